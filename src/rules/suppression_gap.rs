use super::{Context, signal_gap, wording};
use crate::{
    analysis::personal_data::Propagation,
    diagnostic::declare_rule,
    model::{AnyEntity, Entity, Tool},
};

/// Ten business days are two weeks at least, in seconds.
const TEN_BUSINESS_DAYS: u64 = 14 * 86_400;

declare_rule! {
    /// ## What it checks
    /// A live tool that contacts people (`data.sends`) and that no path reaches from the suppression tool on which
    /// every integration works, runs without hands and carries `suppression`. Where `can-spam` is in force, also a path
    /// that takes more than ten business days by its schedules.
    ///
    /// ## Why it matters
    /// Somebody who unsubscribes in one place goes on hearing from another. The right to object is absolute for
    /// marketing (GDPR Art. 21(3)), in the United States an opt-out must be honoured within ten business days (15 USC
    /// 7704(a)(4)), and opt-outs of sale and sharing within fifteen (CCPA regulations 7026).
    ///
    /// ## Example
    /// ```toml
    /// [privacy]
    /// suppression-tool = "salesforce"
    /// erasure-runbook = "forget"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [privacy]
    /// suppression-tool = "salesforce"
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
    /// carries = ["suppression"]
    /// ```
    ///
    /// ## Limits
    /// What an integration carries is what its entry says: an integration that carries objections and does not say so
    /// is reported. Schedules that nobody documents count as no wait. Without a suppression tool the rule is silent,
    /// which `no-suppression-source` reports. It says what is documented and is no legal advice.
    pub RULE = "suppression-gap", Privacy, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    let data = cx.analysis.data_map();
    let Some(suppression) = &data.suppression else { return };
    for tool in cx.stack.tools.values().filter(|tool| tool.is_live() && tool.contacts_people()) {
        let id = tool.id.as_str();
        if suppression.begins_in(id) {
            continue;
        }
        match suppression.seconds(id) {
            None => cx.report(signal_gap::missing(cx, &RULE, suppression, tool)),
            Some(seconds) if seconds > TEN_BUSINESS_DAYS && data.regimes.is_in_force("can-spam", tool) => {
                late(cx, suppression, tool, seconds);
            }
            Some(_) => {}
        }
    }
}

fn late(cx: &mut Context<'_>, suppression: &Propagation<'_>, tool: &Entity<Tool>, seconds: u64) {
    let days = seconds.div_ceil(86_400);
    let message = format!("an objection may take {days} days to reach `{}`, more than ten business days", tool.address());
    let way = suppression.way(tool.id.as_str());
    let tools = way.first().map(|leg| leg.from).into_iter().chain(way.iter().map(|leg| leg.to));
    let mut finding = cx.at(&RULE, tool, "data/sends", message).label("learns of it late").key("suppression");
    finding = finding.note(format!("it goes {}", wording::way(cx.stack, tools)));
    if let Some(slowest) = suppression.slowest(tool.id.as_str()) {
        let address = slowest.address();
        finding =
            finding.help(format!("let `{address}` run more often")).related(address, Some(cx.value(slowest, "schedule")), "waits longest");
    }
    cx.report(finding);
}
