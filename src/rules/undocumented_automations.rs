use super::{Context, option::MinShare};
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, percent},
};

declare_rule! {
    /// ## What it checks
    /// A tool of criticality critical or high that holds more automations than the stack describes: less than
    /// `min-share` of those that were counted as `active`, or of the `total` where nobody counted the active ones.
    ///
    /// ## Why it matters
    /// Automations send mail, change records and start one another. Those that nobody has described are found when they
    /// misfire, and kept out of fear when the tool is replaced.
    ///
    /// ## Example
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// category = "marketing-automation"
    /// purpose = "Sends mail and scores leads."
    /// criticality = "high"
    /// owner = "ana"
    /// backup = "ben"
    /// admins = ["ana", "ben"]
    /// reviewed = 2026-10-01
    /// automations = { total = 4, active = 3, counted = 2026-10-01 }
    /// data = { personal = ["email"], deletion = "api" }
    /// access = { sso = true, reviewed = 2026-10-01 }
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// category = "marketing-automation"
    /// purpose = "Sends mail and scores leads."
    /// criticality = "high"
    /// owner = "ana"
    /// backup = "ben"
    /// admins = ["ana", "ben"]
    /// reviewed = 2026-10-01
    /// automations = { total = 4, active = 3, counted = 2026-10-01 }
    /// data = { personal = ["email"], deletion = "api" }
    /// access = { sso = true, reviewed = 2026-10-01 }
    ///
    /// [automation.welcome]
    /// name = "Welcome"
    /// tool = "hubspot"
    /// trigger = "Somebody subscribes."
    /// actions = ["Send one mail."]
    /// owner = "ben"
    /// tested = 2026-06-01
    /// ```
    ///
    /// ## Options
    /// `min-share`: the least share that is described, from 0 to 1. Default: `0.5`.
    ///
    /// ## Limits
    /// A tool whose automations nobody has counted is not judged. Planned and retired automations are not counted as
    /// described; broken and paused ones are.
    pub RULE = "undocumented-automations", Documentation, Warning, MinShare
}

pub(super) fn check(cx: &mut Context<'_>) {
    for tool in cx.stack.tools.values().filter(|tool| tool.is_important()) {
        let address = tool.address();
        let least = cx.options::<MinShare>(&RULE, &address).share_or(0.5);
        let Some(automations) = cx.analysis.automations().get(tool.id.as_str()).filter(|of| of.share() < least) else { continue };
        let count = tool.automations.as_ref();
        let (key, active) = if count.is_some_and(|count| count.active.is_some()) { ("active", "active ") } else { ("total", "") };
        let message = match (automations.counted, automations.described) {
            (1, _) => format!("the only {active}automation in `{address}` is not described"),
            (counted, 0) => format!("none of the {counted} {active}automations in `{address}` is described"),
            (counted, 1) => format!("1 of the {counted} {active}automations in `{address}` is described"),
            (counted, some) => format!("{some} of the {counted} {active}automations in `{address}` are described"),
        };
        let mut finding = cx
            .at(&RULE, tool, &format!("automations/{key}"), message)
            .label(format!("less than {} described", percent(least)))
            .help(format!(
                "describe those that matter most, each as `[automation.…]` with `tool = \"{}\"`, its `trigger` and its `actions`",
                tool.id
            ));
        if let Some(day) = count.and_then(|count| count.counted) {
            finding = finding.note(format!("they were counted on {day}"));
        }
        cx.report(finding);
    }
}
