use super::{
    Context,
    age::{self, Done},
    option::MaxAge,
};
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A live integration of criticality critical or high whose last test end to end, `verified`, is longer ago than
    /// `max-age`, or was never recorded.
    ///
    /// ## Why it matters
    /// A connector that shows no error may still lose a field, a country or every tenth record. Only a record that is
    /// followed from one end to the other tells.
    ///
    /// ## Example
    /// ```toml
    /// [integration.hubspot-salesforce]
    /// from = "hubspot"
    /// to = "salesforce"
    /// direction = "two-way"
    /// method = "native"
    /// objects = ["lead"]
    /// criticality = "high"
    /// owner = "ana"
    /// backup = "ben"
    /// monitoring = "Errors of the connector are posted to the channel of the team."
    /// verified = 2026-03-02
    /// reviewed = 2026-10-01
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [integration.hubspot-salesforce]
    /// from = "hubspot"
    /// to = "salesforce"
    /// direction = "two-way"
    /// method = "native"
    /// objects = ["lead"]
    /// criticality = "high"
    /// owner = "ana"
    /// backup = "ben"
    /// monitoring = "Errors of the connector are posted to the channel of the team."
    /// verified = 2026-11-20
    /// reviewed = 2026-10-01
    /// ```
    ///
    /// ## Options
    /// `max-age`: how long a test holds, such as `"90d"`. Default: `"180d"`.
    ///
    /// ## Limits
    /// One that is broken or paused is judged as well: it is tested when it runs again. A day that lies ahead
    /// does not count.
    pub RULE = "unverified-integration", Integration, Info, MaxAge
}

pub(super) fn check(cx: &mut Context<'_>) {
    for integration in cx.stack.integrations.values().filter(|integration| integration.is_important()) {
        let done = Done { what: "tested end to end", key: "verified", day: integration.verified };
        if let Some(finding) = age::too_old(cx, &RULE, integration, &done, 180) {
            cx.report(finding.help("follow a test record from one end to the other and write `verified = …` with the day"));
        }
    }
}
