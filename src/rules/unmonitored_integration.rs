use super::{Context, wording};
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A live integration of criticality critical or high that does not say by `monitoring` where a failure shows.
    ///
    /// ## Why it matters
    /// An integration stops without a sound: a field is renamed, a quota is used up, a password ends. Without a place
    /// where that shows, sales finds out, weeks later, by the leads that did not come.
    ///
    /// ## Example
    /// ```toml
    /// [integration.hubspot-salesforce]
    /// from = "hubspot"
    /// to = "salesforce"
    /// direction = "two-way"
    /// method = "native"
    /// objects = ["lead"]
    /// schedule = "15m"
    /// criticality = "high"
    /// owner = "ana"
    /// backup = "ben"
    /// runs-as = "service-account"
    /// credential-expires = 2027-10-01
    /// verified = 2026-10-01
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
    /// schedule = "15m"
    /// criticality = "high"
    /// owner = "ana"
    /// backup = "ben"
    /// runs-as = "service-account"
    /// credential-expires = 2027-10-01
    /// monitoring = "HubSpot posts errors of the connector to #marketing-operations."
    /// verified = 2026-10-01
    /// reviewed = 2026-10-01
    /// ```
    ///
    /// ## Limits
    /// Whether somebody looks there is not checked. An integration that somebody carries out by hand is judged too: say
    /// who notices that it was not done.
    pub RULE = "unmonitored-integration", Integration, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    for integration in cx.stack.integrations.values().filter(|integration| integration.is_important()) {
        if integration.monitoring.as_ref().is_some_and(|place| !place.trim().is_empty()) {
            continue;
        }
        let (address, name) = (integration.address(), cx.stack.name(integration));
        let criticality = wording::criticality(integration);
        let message = format!("`{address}` ({name}) is {criticality} and does not say where a failure shows");
        cx.report(
            cx.at(&RULE, integration, "monitoring", message)
                .label("no `monitoring`")
                .help("add `monitoring = \"…\"`: where an error or a silence shows, and who looks there"),
        );
    }
}
