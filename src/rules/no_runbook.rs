use super::{Context, wording};
use crate::{diagnostic::declare_rule, model::Kind};

declare_rule! {
    /// ## What it checks
    /// A live tool, integration, routing or scoring of criticality critical or high that no runbook covers. A runbook
    /// covers what its `covers` names; one of kind `integration-troubleshooting` also covers the integrations of a tool,
    /// and those that make the hops of a live flow, that it names.
    ///
    /// ## Why it matters
    /// When it stands still, whoever is there has to find out how it works before they can mend it. That takes a day;
    /// following steps takes an hour.
    ///
    /// ## Example
    /// ```toml
    /// [runbook.sync]
    /// name = "The synchronisation stands still"
    /// kind = "integration-troubleshooting"
    /// owner = "ana"
    /// covers = ["tool.salesforce"]
    /// reviewed = 2026-10-01
    /// exercised = [{ on = 2026-10-10, by = "ben" }]
    /// steps = "Read the error, mend the record, start it again."
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [runbook.sync]
    /// name = "The synchronisation stands still"
    /// kind = "integration-troubleshooting"
    /// owner = "ana"
    /// covers = ["tool.salesforce", "tool.hubspot"]
    /// reviewed = 2026-10-01
    /// exercised = [{ on = 2026-10-10, by = "ben" }]
    /// steps = "Read the error, mend the record, start it again."
    /// ```
    ///
    /// ## Limits
    /// Whether the runbook is any good is judged by `empty-runbook`, `stale-runbook` and `unexercised-runbook`. A runbook
    /// that names a part, such as one rule of a routing, covers the whole.
    pub RULE = "no-runbook", Documentation, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    for kind in [Kind::Tool, Kind::Integration, Kind::Routing, Kind::Scoring] {
        for entity in cx.stack.of(kind).filter(|entity| entity.is_important()) {
            let address = entity.address();
            if !cx.analysis.coverage().of(address.as_str()).is_empty() {
                continue;
            }
            let criticality = wording::criticality(entity);
            let mut help = format!("write down how it is run and what to do when it fails, in a runbook with `covers = [\"{address}\"]`");
            if kind == Kind::Integration {
                help.push_str("; one of kind `integration-troubleshooting` that covers either end, or a live flow through it, counts too");
            }
            let message = format!("no runbook covers `{address}`, which is {criticality}");
            cx.report(cx.on(&RULE, entity, message).label("no runbook names it").help(help));
        }
    }
}
