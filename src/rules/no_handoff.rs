use super::Context;
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Handoff},
};

declare_rule! {
    /// ## What it checks
    /// A stack with a lifecycle, in which no stage of any lifecycle has a handoff that names `sla`, `notify` and
    /// `creates`.
    ///
    /// ## Why it matters
    /// Between marketing and sales a lead belongs to nobody. Unless it is agreed how the salesperson learns of it,
    /// how soon they call, and what comes into being, it is found by chance.
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
    /// handoff = { to = "sales" }
    ///
    /// [[lifecycle.main.stage]]
    /// id = "sql"
    /// name = "Sales-qualified lead"
    /// entry = ["Sales has accepted."]
    /// exit = ["The deal is won or lost."]
    /// recycle = { to = "mql", when = ["No budget this year."], after = "90d" }
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
    /// One complete handoff anywhere in the stack is enough. Where no lifecycle has two stages, `no-lifecycle` speaks
    /// instead. Silent without any live tool. How fast a record is handed over is judged by `slow-handoff`.
    pub RULE = "no-handoff", LeadManagement, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let judged: Vec<_> = stack.lifecycles.values().filter(|lifecycle| lifecycle.has_two_stages()).collect();
    let handoffs = || judged.iter().flat_map(|lifecycle| &lifecycle.stage).filter_map(|stage| stage.handoff.as_ref());
    if !stack.has_live_tools() || judged.is_empty() || handoffs().any(|handoff| handoff.lacks().is_empty()) {
        return;
    }
    let (message, help) = match handoffs().count() {
        0 => (
            "no stage of any lifecycle has a `handoff`",
            "at the stage where sales takes over, add `handoff = { to = \"…\", sla = \"4h\", notify = \"…\", creates = \"…\" }`",
        ),
        _ => (
            "no handoff names all of `sla`, `notify` and `creates`",
            "add to the handoff to sales what it lacks: `sla` is the time until somebody speaks to the person, `notify` how they learn of the record, `creates` the object that comes into being",
        ),
    };
    let mut finding = cx.on_stack(&RULE, message).label("no complete handoff in this stack").help(help);
    for lifecycle in judged {
        let own = |handoff: &Option<Handoff>| handoff.as_ref().map(Handoff::lacks);
        let lacks = lifecycle.stage.iter().enumerate().filter_map(|(index, stage)| Some((index, stage, own(&stage.handoff)?)));
        let mut lacks = lacks.peekable();
        if lacks.peek().is_none() {
            finding = finding.related(lifecycle.address(), Some(cx.header(lifecycle)), "no stage has a `handoff`");
        }
        for (index, stage, keys) in lacks {
            let subject = lifecycle.address().part("stage", stage.id.as_str());
            let span = cx.value(lifecycle, &format!("stage/{index}/handoff"));
            finding = finding.related(subject, Some(span), format!("lacks `{}`", keys.join("`, `")));
        }
    }
    cx.report(finding);
}
