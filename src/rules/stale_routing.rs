use super::{
    Context,
    age::{self, Done},
    option::MaxAge,
    wording,
};
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A live routing whose `audited` is longer ago than `max-age`, or absent.
    ///
    /// ## Why it matters
    /// People change territories, and somebody adds an exception in the tool. After a year the rules that are written
    /// down and the rules that run are two things, and leads go to people who no longer expect them.
    ///
    /// ## Example
    /// ```toml
    /// [routing.inbound]
    /// name = "Inbound leads"
    /// object = "lead"
    /// tool = "salesforce"
    /// owner = "ana"
    /// backup = "ben"
    /// audited = 2025-09-01
    /// reviewed = 2026-10-01
    /// fields = { country = { type = "text" } }
    /// rule = [{ name = "Everybody", assign = "sales" }]
    /// test = [{ name = "A lead from France", record = { country = "FR" }, expect = "Everybody" }]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [routing.inbound]
    /// name = "Inbound leads"
    /// object = "lead"
    /// tool = "salesforce"
    /// owner = "ana"
    /// backup = "ben"
    /// audited = 2026-09-01
    /// reviewed = 2026-10-01
    /// fields = { country = { type = "text" } }
    /// rule = [{ name = "Everybody", assign = "sales" }]
    /// test = [{ name = "A lead from France", record = { country = "FR" }, expect = "Everybody" }]
    /// ```
    ///
    /// ## Options
    /// `max-age`: how long an audit holds, such as `"180d"`. Default: `"365d"`.
    ///
    /// ## Limits
    /// A routing that is planned or retired is not judged. `reviewed` says that the entry was read, `audited` that it
    /// was compared with the tool; a routine of kind `routing-audit` does not date the routing by itself. A
    /// day that lies ahead does not count.
    pub RULE = "stale-routing", LeadManagement, Warning, MaxAge
}

pub(super) fn check(cx: &mut Context<'_>) {
    for routing in cx.stack.routings.values().filter(|routing| routing.is_live()) {
        let done = Done { what: "audited", key: "audited", day: routing.audited };
        if let Some(finding) = age::too_old(cx, &RULE, routing, &done, 365) {
            let tool = wording::tool(cx.stack, routing.tool.as_str());
            cx.report(
                finding.help(format!(
                    "compare the rules with those that run in {tool}, mend what differs, and write `audited = …` with the day"
                )),
            );
        }
    }
}
