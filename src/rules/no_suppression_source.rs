use super::{Context, wording};
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// Whether `[privacy]` names a `suppression-tool` once a live tool contacts people (`data.sends`).
    ///
    /// ## Why it matters
    /// Where several lists of objections exist and none is final, each tool honours its own. Nobody can say whether
    /// somebody may be contacted, and every right to object (GDPR Art. 21, 15 USC 7704(a)(3)) depends on which list is
    /// looked at.
    ///
    /// ## Example
    /// ```toml
    /// [privacy]
    /// consent-tool = "hubspot"
    /// erasure-runbook = "forget"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [privacy]
    /// consent-tool = "hubspot"
    /// suppression-tool = "hubspot"
    /// erasure-runbook = "forget"
    /// ```
    ///
    /// ## Limits
    /// The tool need not be a product for that purpose: the CRM may have the final word. It says what is documented and
    /// is no legal advice.
    pub RULE = "no-suppression-source", Privacy, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    if cx.stack.privacy.as_ref().is_some_and(|privacy| privacy.suppression_tool.is_some()) {
        return;
    }
    let senders: Vec<_> = cx.stack.tools.values().filter(|tool| tool.is_live() && tool.contacts_people()).collect();
    if senders.is_empty() {
        return;
    }
    let names = wording::all_of(cx.stack, senders.iter().map(|tool| tool.id.as_str()), senders.len());
    let contact = if senders.len() == 1 { "contacts" } else { "contact" };
    let mut finding = cx
        .on_stack(&RULE, format!("no tool has the final word on who may not be contacted, while {names} {contact} people"))
        .help("name the tool whose list counts: `[privacy]` with `suppression-tool = \"…\"`");
    for tool in senders.into_iter().take(wording::MOST) {
        finding = finding.related(tool.address(), Some(cx.value(tool, "data/sends")), "contacts people");
    }
    cx.report(finding);
}
