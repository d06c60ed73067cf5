use super::{
    Context,
    age::{self, Done},
    option::MaxAge,
};
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A live tool of high or critical importance that holds personal data (`data.personal`) and whose list of people
    /// with access was last gone through (`access.reviewed`) longer ago than `max-age`, or never.
    ///
    /// ## Why it matters
    /// People change jobs and keep their rights. Access that nobody has looked at for a year is access that nobody has
    /// decided on, and keeping data from those who do not need it is a duty (GDPR Art. 5(1)(f), 32).
    ///
    /// ## Example
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// vendor = "HubSpot"
    /// category = "marketing-automation"
    /// purpose = "Sends mail and scores leads."
    /// description = "Leads are nurtured here until sales takes over."
    /// criticality = "high"
    /// owner = "ana"
    /// backup = "ben"
    /// admins = ["ana", "ben"]
    /// capabilities = ["email-sending", "lead-nurturing", "lead-scoring"]
    /// reviewed = 2026-10-01
    /// automations = { total = 1, active = 1, broken = 0, counted = 2026-10-01 }
    /// data = { personal = ["email", "name"], deletion = "api", sends = ["email"] }
    /// access = { sso = true, reviewed = 2025-06-01 }
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// vendor = "HubSpot"
    /// category = "marketing-automation"
    /// purpose = "Sends mail and scores leads."
    /// description = "Leads are nurtured here until sales takes over."
    /// criticality = "high"
    /// owner = "ana"
    /// backup = "ben"
    /// admins = ["ana", "ben"]
    /// capabilities = ["email-sending", "lead-nurturing", "lead-scoring"]
    /// reviewed = 2026-10-01
    /// automations = { total = 1, active = 1, broken = 0, counted = 2026-10-01 }
    /// data = { personal = ["email", "name"], deletion = "api", sends = ["email"] }
    /// access = { sso = true, reviewed = 2026-10-01 }
    /// ```
    ///
    /// ## Options
    /// `max-age`: how long a review holds, such as `"180d"`. Default: `"365d"`.
    ///
    /// ## Limits
    /// A routine of kind `access-review` does not date a tool by itself. A day that lies ahead does not count. It says
    /// what is documented and is no legal advice.
    pub RULE = "stale-access-review", Privacy, Warning, MaxAge
}

pub(super) fn check(cx: &mut Context<'_>) {
    for tool in cx.stack.tools.values().filter(|tool| tool.is_live() && tool.is_important() && tool.holds_people()) {
        let day = tool.access.as_ref().and_then(|access| access.reviewed);
        let done = Done { what: "reviewed for access", key: "access/reviewed", day };
        if let Some(finding) = age::too_old(cx, &RULE, tool, &done, 365) {
            cx.report(
                finding.help("go through the people with access, take away what nobody needs, and write `access = { reviewed = … }`"),
            );
        }
    }
}
