use super::{
    Context,
    age::{self, Done},
    option::MaxAge,
};
use crate::diagnostic::declare_rule;

declare_rule! {
    /// ## What it checks
    /// A runbook whose `reviewed` is longer ago than `max-age`, or absent.
    ///
    /// ## Why it matters
    /// A tool changes its screens every few months. Steps that nobody has confirmed for a year fail at the third one,
    /// at the moment when somebody needs them.
    ///
    /// ## Example
    /// ```toml
    /// [runbook.launch]
    /// name = "Launching a campaign"
    /// kind = "campaign-launch"
    /// owner = "ana"
    /// reviewed = 2025-03-01
    /// exercised = [{ on = 2026-10-10, by = "ben" }]
    /// steps = "Brief, build, check, send."
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [runbook.launch]
    /// name = "Launching a campaign"
    /// kind = "campaign-launch"
    /// owner = "ana"
    /// reviewed = 2026-10-01
    /// exercised = [{ on = 2026-10-10, by = "ben" }]
    /// steps = "Brief, build, check, send."
    /// ```
    ///
    /// ## Options
    /// `max-age`: how long a review holds, such as `"180d"`. Default: `"365d"`.
    ///
    /// ## Limits
    /// A day that lies ahead does not count.
    pub RULE = "stale-runbook", Documentation, Warning, MaxAge
}

pub(super) fn check(cx: &mut Context<'_>) {
    for runbook in cx.stack.runbooks.values() {
        let done = Done { what: "reviewed", key: "reviewed", day: runbook.about.reviewed };
        if let Some(finding) = age::too_old(cx, &RULE, runbook, &done, 365) {
            cx.report(finding.help("go through the steps, mend what has changed, and write `reviewed = …` with the day"));
        }
    }
}
