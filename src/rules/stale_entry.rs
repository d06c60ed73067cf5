use super::{
    Context,
    age::{self, Done},
    option::MaxAge,
};
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Kind},
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
    /// Runbooks have a rule of their own, `stale-runbook`. A day that lies ahead does not count.
    pub RULE = "stale-entry", Documentation, Info, MaxAge
}

pub(super) fn check(cx: &mut Context<'_>) {
    let is_judged = |entity: &&dyn AnyEntity| entity.is_important() || matches!(entity.kind(), Kind::Lifecycle | Kind::Attribution);
    for entity in cx.stack.all().filter(is_judged) {
        let done = Done { what: "confirmed", key: "reviewed", day: entity.common().reviewed };
        if let Some(finding) = age::too_old(cx, &RULE, entity, &done, 365) {
            cx.report(finding.help("compare the entry with what is really there, mend it, and write `reviewed = …` with the day"));
        }
    }
}
