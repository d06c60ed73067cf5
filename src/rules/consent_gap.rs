use super::{Context, signal_gap, wording};
use crate::{diagnostic::declare_rule, model::AnyEntity};

/// The laws under which people have to agree first.
const OPT_IN: [&str; 2] = ["gdpr", "casl"];

declare_rule! {
    /// ## What it checks
    /// A live tool that contacts people (`data.sends`), where a law in force needs their consent first (`gdpr`,
    /// `casl`), and that no path reaches from the consent tool on which every integration works, runs without hands and
    /// carries `consent`. Laws of a unit are in force for its tools.
    ///
    /// ## Why it matters
    /// Consent that is withdrawn has to count everywhere, as easily as it was given (GDPR Art. 7(3)). A tool that never
    /// learns of it goes on as if it had been given.
    ///
    /// ## Example
    /// ```toml
    /// [privacy]
    /// regimes = ["gdpr"]
    /// consent-tool = "salesforce"
    /// suppression-tool = "hubspot"
    /// erasure-runbook = "forget"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [privacy]
    /// regimes = ["gdpr"]
    /// consent-tool = "salesforce"
    /// suppression-tool = "hubspot"
    /// erasure-runbook = "forget"
    ///
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
    /// monitoring = "Errors of the connector are posted to the channel of the team."
    /// verified = 2026-10-01
    /// reviewed = 2026-10-01
    /// carries = ["consent"]
    /// ```
    ///
    /// ## Limits
    /// What an integration carries is what its entry says. A tool that only contacts people who are customers may need
    /// no consent: accept the risk with that reason. Without a consent tool the rule is silent. It says what is
    /// documented and is no legal advice.
    pub RULE = "consent-gap", Privacy, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let data = cx.analysis.data_map();
    let Some(consent) = &data.consent else { return };
    for tool in cx.stack.tools.values().filter(|tool| tool.is_live() && tool.contacts_people()) {
        let id = tool.id.as_str();
        if consent.reaches(id) || consent.begins_in(id) {
            continue;
        }
        let laws: Vec<&str> = OPT_IN.into_iter().filter(|law| data.regimes.is_in_force(law, tool)).collect();
        if !laws.is_empty() {
            let laws = wording::list(laws.into_iter().map(|law| format!("`{law}`")), OPT_IN.len());
            let finding = signal_gap::missing(cx, &RULE, consent, tool)
                .note(format!("in force for it: {laws}, under which people may have to agree before they are contacted"));
            cx.report(finding);
        }
    }
}
