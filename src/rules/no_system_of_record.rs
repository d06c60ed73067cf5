use super::{Context, wording};
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Category},
};

declare_rule! {
    /// ## What it checks
    /// A stack whose `[stack]` names no `system-of-record`.
    ///
    /// ## Why it matters
    /// When two tools disagree about a lead, one of them has to be right. Unless it is agreed which, every report
    /// answers in its own way, and nobody can tell whether the data of a tool gets to where it counts.
    ///
    /// ## Example
    /// ```toml
    /// [stack]
    /// name = "Example"
    /// annual-revenue = 30_000_000
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [stack]
    /// name = "Example"
    /// annual-revenue = 30_000_000
    /// system-of-record = "salesforce"
    /// ```
    ///
    /// ## Limits
    /// A stack without a live tool has nothing to disagree. That a tool is the system of record for some objects
    /// (`system-of-record-for`) does not make it the hub that everything should reach.
    pub RULE = "no-system-of-record", Integration, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let live = stack.tools.values().filter(|tool| tool.is_live()).count();
    if stack.company.system_of_record.is_some() || live == 0 {
        return;
    }
    let crm: Vec<_> = stack.tools.values().filter(|tool| tool.is_live_production() && tool.is_of(Category::Crm)).collect();
    let message = match live {
        1 => "the only live tool is not named as the system of record".to_owned(),
        _ => format!("none of the {live} live tools is named as the system of record"),
    };
    let mut finding = cx.on_stack(&RULE, message).label("no `system-of-record`");
    finding = match crm.as_slice() {
        [only] => finding
            .help(format!("add `system-of-record = \"{}\"` to `[stack]` if it is the CRM that counts when tools disagree", only.id))
            .related(only.address(), Some(cx.header(*only)), "the only live CRM"),
        [] => finding.help("add `system-of-record = \"…\"` to `[stack]` with the id of the tool that everything should reach"),
        several => finding
            .note(format!("the live CRMs are {}", wording::all_of(stack, several.iter().map(|tool| tool.id.as_str()), several.len())))
            .help("add `system-of-record = \"…\"` to `[stack]` with the id of the tool that everything should reach"),
    };
    cx.report(finding);
}
