use super::Context;
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A stack in which no lifecycle has two stages or more.
    ///
    /// ## Why it matters
    /// As long as nobody has written down what a qualified lead is, marketing and sales each have a definition of
    /// their own, count different things, and records lie between them.
    ///
    /// ## Example
    /// ```toml
    /// [lifecycle.main]
    /// name = "Lead lifecycle"
    /// owner = "ana"
    /// reviewed = 2026-10-01
    /// stage = [{ id = "mql", name = "Marketing-qualified lead", exit = ["Sales accepts within two days."] }]
    ///
    /// [flow.inbound]
    /// name = "Inbound lead"
    /// owner = "ana"
    /// steps = [{ tool = "typeform" }, { tool = "hubspot" }, { tool = "salesforce" }]
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
    /// Silent as long as the stack has no live tool: a company that has described nothing yet lacks nothing yet.
    /// Units are not judged by themselves: one lifecycle anywhere in the stack is enough.
    pub RULE = "no-lifecycle", LeadManagement, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    if !stack.has_live_tools() || stack.lifecycles.values().any(|lifecycle| lifecycle.has_two_stages()) {
        return;
    }
    let (message, id) = match stack.lifecycles.keys().next() {
        None => ("no lifecycle says through which stages a lead becomes a customer", "main"),
        Some(id) => ("no lifecycle has two stages", id.as_str()),
    };
    let help = format!("add to `[lifecycle.{id}]` a `[[lifecycle.{id}.stage]]` with `id` and `name` for each stage, in order");
    let mut finding = cx.on_stack(&RULE, message).label("no lifecycle with two stages").help(help);
    for lifecycle in stack.lifecycles.values() {
        let label = if lifecycle.stage.is_empty() { "has no stage" } else { "has one stage only" };
        finding = finding.related(lifecycle.address(), Some(cx.header(lifecycle)), label);
    }
    cx.report(finding);
}
