use super::{Context, option::MaxAge};
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Date},
};

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
    pub RULE = "stale-runbook", Documentation, Warning, MaxAge
}

pub(super) fn check(cx: &mut Context<'_>) {
    for runbook in cx.stack.runbooks.values() {
        let address = runbook.address();
        let most = cx.options::<MaxAge>(&RULE, &address).days_or(365);
        let reviewed = runbook.about.reviewed;
        if !Date::is_over(reviewed, most, cx.today) {
            continue;
        }
        let message = match reviewed {
            Some(day) => format!("`{address}` was last reviewed on {day}, {} days ago", cx.today.days_since(day)),
            None => format!("`{address}` does not say when it was last reviewed"),
        };
        let help = "go through the steps, mend what has changed, and write `reviewed = …` with the day";
        cx.report(
            cx.at(&RULE, runbook, "reviewed", message)
                .label(if reviewed.is_some() { format!("more than {most} days ago") } else { "no `reviewed`".to_owned() })
                .help(help),
        );
    }
}
