use super::Context;
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::{AnyEntity, Entity, Lifecycle},
};

declare_rule! {
    /// ## What it checks
    /// A stage of a lifecycle that says nothing under `entry`, unless it is the first, or nothing under `exit`,
    /// unless it is `terminal`.
    ///
    /// ## Why it matters
    /// Where no criterion is written down, everybody who moves records decides by their own. Conversion from stage
    /// to stage then measures habits.
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
    /// The last stage is an end only if it says `terminal = true`. Whether a criterion can be measured is not judged;
    /// an empty text counts as none.
    pub RULE = "stage-without-criteria", LeadManagement, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    for lifecycle in cx.stack.lifecycles.values() {
        for (index, stage) in lifecycle.stage.iter().enumerate() {
            if index > 0 && !stage.has_entry() {
                let finding = lack(cx, lifecycle, index, "entry", "enters");
                cx.report(finding.help("write `entry = [\"…\"]` with what must be true of a record that comes in"));
            }
            if !stage.terminal && !stage.has_exit() {
                let end = "`terminal = true` if records end here";
                let exit = "`exit = [\"…\"]` with what must be true of a record that leaves";
                let (first, second) = if lifecycle.next(index).is_empty() { (end, exit) } else { (exit, end) };
                let finding = lack(cx, lifecycle, index, "exit", "leaves");
                cx.report(finding.help(format!("write {first}, or {second}")));
            }
        }
    }
}

fn lack(cx: &Context<'_>, lifecycle: &Entity<Lifecycle>, index: usize, key: &str, verb: &str) -> Diagnostic {
    let id = lifecycle.stage.get(index).map_or("", |stage| stage.id.as_str());
    let subject = lifecycle.address().part("stage", id);
    let message = format!("`{subject}` does not say when a record {verb} it");
    Diagnostic::new(&RULE, subject, cx.value(lifecycle, &format!("stage/{index}/{key}")), message)
        .label(format!("no criterion under `{key}`"))
        .key(key)
}
