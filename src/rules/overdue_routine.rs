use super::Context;
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A routine whose last run under `done` is longer ago than one and a half times its `cadence`, or that has none.
    ///
    /// ## Why it matters
    /// What is done again and again is dropped in a busy month and missed by nobody. Duplicates, wrong owners and open
    /// accounts grow meanwhile, and the next run takes a week instead of an hour.
    ///
    /// ## Example
    /// ```toml
    /// [routine.dedupe]
    /// name = "Merging duplicates"
    /// kind = "dedupe"
    /// cadence = "4w"
    /// owner = "ben"
    /// runbook = "hygiene"
    /// done = [{ on = 2026-08-03, by = "ben" }]
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
    /// done = [{ on = 2026-11-10, by = "ben" }, { on = 2026-08-03, by = "ben" }]
    /// ```
    ///
    /// ## Limits
    /// Runs are known by the day: a cadence of less counts as a day, and a run that lies ahead does not count. A routine
    /// without a run counts as overdue from its first day; if it is of kind `dedupe` and the only one,
    /// `no-database-cleaning` speaks of the stack beside it.
    pub RULE = "overdue-routine", LeadManagement, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let today = cx.today;
    for routine in cx.stack.routines.values().filter(|routine| routine.is_overdue(today)) {
        let address = routine.address();
        let cadence = routine.cadence.in_words();
        let finding = if let Some((index, run)) = routine.last_done(today) {
            let ago = run.on.away_from(today);
            let message = format!("`{address}` was last done on {}, {ago}, and its cadence is {cadence}", run.on);
            let is_part_of_a_day = routine.cadence.seconds() < routine.cadence.seconds_by_day();
            let most = if is_part_of_a_day { "1 day" } else { cadence.as_str() };
            cx.at(&RULE, routine, &format!("done/{index}/on"), message).label(format!("longer ago than 1.5 × {most}"))
        } else {
            let finding =
                cx.at(&RULE, routine, "done", format!("no run of `{address}` up to today is recorded, and its cadence is {cadence}"));
            match routine.done.iter().map(|run| run.on).min() {
                Some(ahead) => finding.label("nothing up to today").note(format!("the run on {ahead} lies ahead and does not count")),
                None => finding.label("no run is recorded"),
            }
        };
        cx.report(finding.help(
            "do it and add `{ on = …, by = \"…\" }` to `done`; if it is needed less often, change `cadence`; if not at all, remove the routine",
        ));
    }
}
