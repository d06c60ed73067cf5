use super::Context;
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::{AnyEntity, Entity, Lifecycle},
};

declare_rule! {
    /// ## What it checks
    /// A stage of a lifecycle that says nothing under `entry`, unless it is the first, or nothing under `exit`,
    /// unless it is `terminal` or its `recycle` says when records go back.
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
    /// The last stage, and one with `next = []`, is an end only if it says `terminal = true`. Whether a criterion can be measured is not judged;
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
                cx.report(without_exit(cx, lifecycle, index));
            }
        }
    }
}

/// A stage that says neither when records leave it nor that they end there.
fn without_exit(cx: &Context<'_>, lifecycle: &Entity<Lifecycle>, index: usize) -> Diagnostic {
    let finding = lack(cx, lifecycle, index, "exit", "leaves");
    let end = "`terminal = true` if records end here";
    let exit = "`exit = [\"…\"]` with what must be true of a record that leaves";
    let recycles = lifecycle.stage.get(index).is_some_and(|stage| stage.recycle.is_some());
    if !lifecycle.next(index).is_empty() {
        return finding.help(format!("write {exit}, or {end}"));
    }
    if recycles {
        return finding
            .help(format!("say when a record goes back, by `when = [\"…\"]` or `after = \"…\"` in its `recycle`, or write {end}"));
    }
    let message = format!("`{}` leads nowhere and is not `terminal`", finding.subject);
    let named = lifecycle.stage.get(index).is_some_and(|stage| stage.next.is_some());
    let place = if named { cx.value(lifecycle, &format!("stage/{index}/next")) } else { finding.span };
    let on = "name the stages that may come after it under `next`, or the one to which records go back under `recycle`";
    Diagnostic { message, span: place, ..finding }.label("no way out").help(format!("write {end}; if not, {on}"))
}

fn lack(cx: &Context<'_>, lifecycle: &Entity<Lifecycle>, index: usize, key: &str, verb: &str) -> Diagnostic {
    let id = lifecycle.stage.get(index).map_or("", |stage| stage.id.as_str());
    let subject = lifecycle.address().part("stage", id);
    let message = format!("`{subject}` does not say when a record {verb} it");
    Diagnostic::new(&RULE, subject, cx.value(lifecycle, &format!("stage/{index}/{key}")), message)
        .label(format!("no criterion under `{key}`"))
        .key(key)
}
