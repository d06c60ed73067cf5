use super::Context;
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, RoutineKind},
};

declare_rule! {
    /// ## What it checks
    /// A stack in which no routine of kind `dedupe` was ever done.
    ///
    /// ## Why it matters
    /// Every form, import and scan makes duplicates. Left alone, two salespeople call one person, scores are split in
    /// halves, and every count in every report is too high.
    ///
    /// ## Example
    /// ```toml
    /// [routine.dedupe]
    /// name = "Countries into one form"
    /// kind = "normalize"
    /// cadence = "4w"
    /// owner = "ben"
    /// runbook = "hygiene"
    /// done = [{ on = 2026-11-10, by = "ben" }]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [routine.dedupe]
    /// name = "Merging duplicates"
    /// kind = "dedupe"
    /// cadence = "4w"
    /// owner = "ben"
    /// runbook = "hygiene"
    /// done = [{ on = 2026-11-10, by = "ben" }]
    /// ```
    ///
    /// ## Limits
    /// How long ago the last run was is judged by `overdue-routine`. A run that lies ahead does not count. Silent
    /// without any live tool.
    pub RULE = "no-database-cleaning", LeadManagement, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let (stack, today) = (cx.stack, cx.today);
    let routines: Vec<_> = stack.routines.values().filter(|routine| routine.kind == RoutineKind::Dedupe).collect();
    if !stack.has_live_tools() || routines.iter().any(|routine| routine.last_done(today).is_some()) {
        return;
    }
    let (message, help) = if routines.is_empty() {
        (
            "no routine merges duplicates",
            "add `[routine.dedupe]` with `kind = \"dedupe\"`, a `cadence` and an `owner`, and record each run under `done`",
        )
    } else {
        ("no routine of kind `dedupe` was ever done", "merge the duplicates and add `{ on = …, by = \"…\" }` to `done` of the routine")
    };
    let mut finding = cx.on_stack(&RULE, message).label("no recorded run of kind `dedupe`").help(help);
    for routine in routines {
        finding = finding.related(routine.address(), Some(cx.header(routine)), "never done");
    }
    cx.report(finding);
}
