use super::Context;
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A stack with a lifecycle, in which no stage of any lifecycle sends records back to an earlier one.
    ///
    /// ## Why it matters
    /// Most leads are not ready at the first call. Where no way back is written down, sales lets them lie or closes
    /// them, and what marketing paid for is lost.
    ///
    /// ## Example
    /// ```toml
    /// [lifecycle.main]
    /// name = "Lead lifecycle"
    /// owner = "ana"
    /// reviewed = 2026-10-01
    ///
    /// [[lifecycle.main.stage]]
    /// id = "mql"
    /// name = "Marketing-qualified lead"
    /// exit = ["Sales accepts within two days."]
    /// handoff = { to = "sales", within = "5m", sla = "4h", notify = "A task.", creates = "opportunity" }
    ///
    /// [[lifecycle.main.stage]]
    /// id = "sql"
    /// name = "Sales-qualified lead"
    /// entry = ["Sales has accepted."]
    /// terminal = true
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [lifecycle.main]
    /// name = "Lead lifecycle"
    /// owner = "ana"
    /// reviewed = 2026-10-01
    ///
    /// [[lifecycle.main.stage]]
    /// id = "mql"
    /// name = "Marketing-qualified lead"
    /// exit = ["Sales accepts within two days."]
    /// handoff = { to = "sales", within = "5m", sla = "4h", notify = "A task.", creates = "opportunity" }
    ///
    /// [[lifecycle.main.stage]]
    /// id = "sql"
    /// name = "Sales-qualified lead"
    /// entry = ["Sales has accepted."]
    /// exit = ["The deal is won or lost."]
    /// recycle = { to = "mql", when = ["No budget this year."], after = "90d" }
    /// ```
    ///
    /// ## Limits
    /// A `next` that names an earlier stage is a way back too, and a `recycle` to the same or a later one is none. Where no lifecycle has two stages, `no-lifecycle`
    /// speaks instead. One way back anywhere in the stack is enough. Silent without any live tool.
    pub RULE = "no-recycling", LeadManagement, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let judged: Vec<_> = stack.lifecycles.values().filter(|lifecycle| lifecycle.has_two_stages()).collect();
    if !stack.has_live_tools() || judged.is_empty() || judged.iter().any(|lifecycle| lifecycle.goes_back()) {
        return;
    }
    let mut finding = cx
        .on_stack(&RULE, "no stage of any lifecycle sends records back")
        .label("no way back in this stack")
        .help("where sales may return a record, add `recycle = { to = \"…\", when = [\"…\"], after = \"30d\" }` to the stage, with an earlier one under `to`");
    for lifecycle in judged {
        let recycles = lifecycle.stage.iter().any(|stage| stage.recycle.is_some());
        let label = if recycles { "its `recycle` leads to no earlier stage" } else { "goes only forward" };
        finding = finding.related(lifecycle.address(), Some(cx.header(lifecycle)), label);
    }
    cx.report(finding);
}
