use super::Context;
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::{AnyEntity, Entity, Lifecycle},
};

declare_rule! {
    /// ## What it checks
    /// A stage that no record can come to from the first stage of its lifecycle. Ways are `next`, which is the
    /// following stage unless something else is written, and `recycle`.
    ///
    /// ## Why it matters
    /// Either records do get there, by a way that nobody has written down and nobody watches; or the stage is left
    /// over and reports still count it.
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
    /// next = ["sql"]
    /// handoff = { to = "sales", within = "5m", sla = "4h", notify = "A task.", creates = "opportunity" }
    ///
    /// [[lifecycle.main.stage]]
    /// id = "waiting"
    /// name = "Not now"
    /// entry = ["Sales names a day."]
    /// exit = ["The day has come."]
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
    /// next = ["sql", "waiting"]
    /// handoff = { to = "sales", within = "5m", sla = "4h", notify = "A task.", creates = "opportunity" }
    ///
    /// [[lifecycle.main.stage]]
    /// id = "waiting"
    /// name = "Not now"
    /// entry = ["Sales names a day."]
    /// exit = ["The day has come."]
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
    /// A stage that records reach by being recycled is reached. Every stage of a chain that hangs in the air is
    /// reported. A scoring that promotes records to a stage is no way: it follows the ways of the lifecycle.
    pub RULE = "unreachable-stage", LeadManagement, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    for lifecycle in cx.stack.lifecycles.values() {
        let Some(first) = lifecycle.stage.first() else { continue };
        let reached = lifecycle.reached();
        for (index, stage) in lifecycle.stage.iter().enumerate().filter(|(_, stage)| !reached.contains(stage.id.as_str())) {
            let stages = |id: &str| lifecycle.address().part("stage", id);
            let subject = stages(stage.id.as_str());
            let start = stages(first.id.as_str());
            let message = format!("no way leads from the first stage, `{start}`, to `{subject}`");
            let mut finding = Diagnostic::new(&RULE, subject, cx.value(lifecycle, &format!("stage/{index}")), message)
                .label("no record can come here")
                .help(format!(
                    "add `{}` to the `next` or `recycle` of a stage from which records come here, or remove the stage",
                    stage.id
                ));
            if let Some((before, key, why)) = before(lifecycle, index, |id| reached.contains(id)) {
                let id = lifecycle.stage.get(before).map_or("", |stage| stage.id.as_str());
                finding = finding.related(stages(id), Some(cx.value(lifecycle, &format!("stage/{before}/{key}"))), why);
            }
            cx.report(finding);
        }
    }
}

/// The stage before this one, the key in it that tells why records do not come here, and the reason.
fn before(lifecycle: &Entity<Lifecycle>, index: usize, is_reached: impl Fn(&str) -> bool) -> Option<(usize, &'static str, &'static str)> {
    let before = index.checked_sub(1)?;
    let stage = lifecycle.stage.get(before)?;
    Some(match &stage.next {
        _ if !is_reached(stage.id.as_str()) => (before, "id", "the stage before cannot be reached either"),
        Some(next) if next.is_empty() => (before, "next", "the stage before leads nowhere"),
        Some(_) => (before, "next", "the stage before leads elsewhere"),
        None => (before, "terminal", "the stage before is an end"),
    })
}
