use super::{Context, option::MaxAge};
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Date, Kind},
};

declare_rule! {
    /// ## What it checks
    /// An entry that nobody has confirmed for longer than `max-age`, or ever, by its `reviewed`: a live tool,
    /// integration, flow, routing, scoring or automation of criticality critical or high, or a lifecycle or attribution.
    ///
    /// ## Why it matters
    /// A description that was true two years ago is believed today. People plan by it, and find out what has changed when
    /// something breaks.
    ///
    /// ## Example
    /// ```toml
    /// [attribution.main]
    /// name = "Attribution"
    /// model = "w-shaped"
    /// tool = "looker"
    /// owner = "ben"
    /// reviewed = 2025-03-01
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [attribution.main]
    /// name = "Attribution"
    /// model = "w-shaped"
    /// tool = "looker"
    /// owner = "ben"
    /// reviewed = 2026-10-01
    /// ```
    ///
    /// ## Options
    /// `max-age`: how long a review holds, such as `"180d"`. Default: `"365d"`.
    ///
    /// ## Limits
    /// Runbooks have a rule of their own, `stale-runbook`.
    pub RULE = "stale-entry", Documentation, Info, MaxAge
}

pub(super) fn check(cx: &mut Context<'_>) {
    let is_judged = |entity: &&dyn AnyEntity| entity.is_important() || matches!(entity.kind(), Kind::Lifecycle | Kind::Attribution);
    for entity in cx.stack.all().filter(is_judged) {
        let address = entity.address();
        let most = cx.options::<MaxAge>(&RULE, &address).days_or(365);
        let reviewed = entity.common().reviewed;
        if !Date::is_over(reviewed, most, cx.today) {
            continue;
        }
        let (message, label) = match reviewed {
            Some(day) => {
                let days = cx.today.days_since(day);
                (format!("`{address}` was last confirmed on {day}, {days} days ago"), format!("more than {most} days ago"))
            }
            None => (format!("`{address}` does not say when it was last confirmed"), "no `reviewed`".to_owned()),
        };
        let help = "compare the entry with what is really there, mend it, and write `reviewed = …` with the day";
        cx.report(cx.at(&RULE, entity, "reviewed", message).label(label).help(help));
    }
}
