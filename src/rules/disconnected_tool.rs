use super::{Context, wording};
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A live production tool that has live integrations, but none that joins it to the system of record, in whatever
    /// direction and through however many tools. Middleware joins what it stands between.
    ///
    /// ## Why it matters
    /// Tools that talk to each other only are an island: what they know is missing where leads are worked and numbers
    /// are made, and what is decided there never gets to them.
    ///
    /// ## Example
    /// ```toml
    /// [integration.salesforce-looker]
    /// from = "salesforce"
    /// to = "looker"
    /// method = "etl"
    /// objects = ["opportunity"]
    /// schedule = "1h"
    /// status = "retired"
    /// owner = "ben"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [integration.salesforce-looker]
    /// from = "salesforce"
    /// to = "looker"
    /// method = "etl"
    /// objects = ["opportunity"]
    /// schedule = "1h"
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// Tools that are sunset or `standalone` need no integration. A tool that no live integration touches is reported
    /// by `orphaned-tool`, and a stack that names no system of record by `no-system-of-record`.
    pub RULE = "disconnected-tool", Integration, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let reach = cx.analysis.reach();
    let Some(record) = reach.system_of_record() else { return };
    for tool in stack.tools.values().filter(|tool| tool.is_to_be_integrated()) {
        let id = tool.id.as_str();
        if reach.is_joined(id) || !cx.analysis.touched().contains(id) {
            continue;
        }
        let address = tool.address();
        let message = format!("no path of integrations joins `{address}` with the system of record, {}", record.about.name);
        // A group may hold as many tools as there are findings: it is not walked through for each.
        let group = reach.group(id);
        let others = group.iter().copied().filter(|other| *other != id);
        let joined = match group.len().saturating_sub(1) {
            0 => "its integrations begin and end at itself".to_owned(),
            count => format!("live integrations join it only with {}", wording::all_of(stack, others, count)),
        };
        let finding = cx
            .on(&RULE, tool, message)
            .label(format!("cut off from {}", record.about.name))
            .note(joined)
            .related(record.address(), Some(cx.header(record)), "the system of record")
            .help("describe an integration that joins it or its neighbours with the system of record, or say why it needs none by `standalone = \"…\"`");
        cx.report(finding);
    }
}
