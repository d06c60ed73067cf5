use super::{
    Context,
    age::{self, Done},
    option::MaxAge,
};
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A live automation whose `tested` is longer ago than `max-age`, or absent.
    ///
    /// ## Why it matters
    /// An automation depends on fields, lists and templates that others change. It does not complain when one of them
    /// is renamed; it stops doing its part.
    ///
    /// ## Example
    /// ```toml
    /// [automation.nurture]
    /// name = "Nurture"
    /// tool = "hubspot"
    /// trigger = "A lead is not ready yet."
    /// actions = ["Send three mails in three weeks."]
    /// owner = "ben"
    /// tested = 2025-06-01
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [automation.nurture]
    /// name = "Nurture"
    /// tool = "hubspot"
    /// trigger = "A lead is not ready yet."
    /// actions = ["Send three mails in three weeks."]
    /// owner = "ben"
    /// tested = 2026-06-01
    /// ```
    ///
    /// ## Options
    /// `max-age`: how long a test holds, such as `"180d"`. Default: `"365d"`.
    ///
    /// ## Limits
    /// An automation that is planned or retired is not judged; one that is paused or broken is. A day that lies
    /// ahead does not count.
    pub RULE = "untested-automation", LeadManagement, Info, MaxAge
}

pub(super) fn check(cx: &mut Context<'_>) {
    for automation in cx.stack.automations.values().filter(|automation| automation.is_live()) {
        let done = Done { what: "tested", key: "tested", day: automation.tested };
        if let Some(finding) = age::too_old(cx, &RULE, automation, &done, 365) {
            cx.report(finding.help("set it off with a test record, see that every action happens, and write `tested = …` with the day"));
        }
    }
}
