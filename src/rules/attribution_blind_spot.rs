use super::{Context, wording};
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Category, Tool},
};

declare_rule! {
    /// ## What it checks
    /// A live production tool for advertising, events or webinars from which no path of live integrations leads to
    /// the tool of an attribution. Every tool on the way has to be live too. A tool of a business unit has to reach an attribution of that unit or one that all
    /// units share; a shared tool any.
    ///
    /// ## Why it matters
    /// What the attribution does not see, it credits to something else. Budgets then move away from a channel that
    /// works to one that happens to be measured.
    ///
    /// ## Example
    /// ```toml
    /// [attribution.main]
    /// name = "Attribution"
    /// model = "w-shaped"
    /// tool = "hubspot"
    /// owner = "ben"
    /// reviewed = 2026-10-01
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [attribution.main]
    /// name = "Attribution"
    /// model = "w-shaped"
    /// tool = "hubspot"
    /// owner = "ben"
    /// reviewed = 2026-10-01
    ///
    /// [integration.google-ads-hubspot]
    /// from = "google-ads"
    /// to = "hubspot"
    /// method = "native"
    /// objects = ["campaign"]
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// Categories under `also` count. What the integrations on the way carry is not judged, and those done by hand
    /// count like any other. The rule is silent while no attribution that concerns the tool names its own `tool`, one
    /// that is live in production: there is nothing to reach.
    pub RULE = "attribution-blind-spot", Proof, Info
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let goal = cx.analysis.to_attribution();
    for tool in stack.tools.values().filter(|tool| tool.is_live_production() && is_touch(tool)) {
        let (id, unit) = (tool.id.as_str(), tool.unit());
        let count = goal.count_of(unit);
        if count == 0 || goal.includes(id) || goal.way(unit, id).is_some() {
            continue;
        }
        let address = tool.address();
        let ends = wording::one_of(stack, goal.of(unit), count);
        let next: std::collections::BTreeSet<&str> =
            cx.graph.leaving(id).filter(|(integration, ..)| cx.graph.is_in_use(integration)).map(|(.., to)| to).collect();
        let idle = wording::idle_after(cx, id);
        let onward = match next.len() {
            0 => idle.is_none().then(|| "no live integration leads out of it".to_owned()),
            count => {
                Some(format!("live integrations lead from it to {}, but not from there to {ends}", wording::all_of(stack, next, count)))
            }
        };
        let mut finding = cx
            .on(&RULE, tool, format!("no path of integrations leads from `{address}` to the attribution in {ends}"))
            .label("unseen by the attribution")
            .help(format!(
                "describe the integration that takes its campaigns, its costs or its attendance to {ends}, or to a tool that passes them on"
            ));
        finding.notes.extend(onward.into_iter().chain(idle));
        cx.report(finding);
    }
}

/// Whether a tool is where people are touched outside of the company's own site and mail.
fn is_touch(tool: &Tool) -> bool {
    tool.categories().any(|category| category.group() == "advertising" || matches!(category, Category::Events | Category::Webinars))
}
