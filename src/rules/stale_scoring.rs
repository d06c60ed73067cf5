use super::{
    Context,
    age::{self, Done},
    option::MaxAge,
};
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A live scoring whose `calibrated` is longer ago than `max-age`, or absent.
    ///
    /// ## Why it matters
    /// Points are a guess about who buys, and what people do changes with every campaign. A score that was not
    /// compared with outcomes for a quarter sends sales after people who only look ready.
    ///
    /// ## Example
    /// ```toml
    /// [scoring.fit]
    /// name = "Fit and interest"
    /// tool = "hubspot"
    /// owner = "ana"
    /// backup = "ben"
    /// calibrated = 2026-07-15
    /// reviewed = 2026-10-01
    /// threshold = 20
    /// fields = { title = { type = "text" }, visits = { type = "integer" } }
    /// criterion = [
    ///   { name = "Decides", signal = "fit", when = { title = { contains = "head" } }, points = 10 },
    ///   { name = "Comes back", signal = "behaviour", when = { visits = { min = 3 } }, points = 10 },
    /// ]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [scoring.fit]
    /// name = "Fit and interest"
    /// tool = "hubspot"
    /// owner = "ana"
    /// backup = "ben"
    /// calibrated = 2026-10-15
    /// reviewed = 2026-10-01
    /// threshold = 20
    /// fields = { title = { type = "text" }, visits = { type = "integer" } }
    /// criterion = [
    ///   { name = "Decides", signal = "fit", when = { title = { contains = "head" } }, points = 10 },
    ///   { name = "Comes back", signal = "behaviour", when = { visits = { min = 3 } }, points = 10 },
    /// ]
    /// ```
    ///
    /// ## Options
    /// `max-age`: how long a calibration holds, such as `"180d"`. Default: `"92d"`, a quarter.
    ///
    /// ## Limits
    /// A scoring that is planned or retired is not judged. A routine of kind `scoring-calibration` does not date the
    /// scoring by itself. A day that lies ahead does not count.
    pub RULE = "stale-scoring", LeadManagement, Warning, MaxAge
}

pub(super) fn check(cx: &mut Context<'_>) {
    for scoring in cx.stack.scorings.values().filter(|scoring| scoring.is_live()) {
        let done = Done { what: "calibrated", key: "calibrated", day: scoring.calibrated };
        if let Some(finding) = age::too_old(cx, &RULE, scoring, &done, 92) {
            cx.report(finding.help(
                "compare scores with what became of the records, change points or threshold, and write `calibrated = …` with the day",
            ));
        }
    }
}
