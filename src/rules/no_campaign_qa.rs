use super::Context;
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, ChecklistKind},
};

declare_rule! {
    /// ## What it checks
    /// A stack without a checklist of kind `campaign-qa` that names an owner and an approver.
    ///
    /// ## Why it matters
    /// A wrong link or a wrong list reaches everybody at once and cannot be called back. A second pair of eyes with a
    /// list takes twenty minutes.
    ///
    /// ## Example
    /// ```toml
    /// [checklist.campaign]
    /// name = "Last look at a campaign"
    /// kind = "campaign-qa"
    /// owner = "ana"
    /// items = ["Links carry their parameters.", "Somebody else has read the text."]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [checklist.campaign]
    /// name = "Last look at a campaign"
    /// kind = "campaign-qa"
    /// owner = "ana"
    /// approver = "cara"
    /// items = ["Links carry their parameters.", "Somebody else has read the text."]
    /// ```
    ///
    /// ## Limits
    /// One such checklist is enough. Whether the approver is somebody else than the owner is not judged. Silent without
    /// any live tool.
    pub RULE = "no-campaign-qa", LeadManagement, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let checklists: Vec<_> = stack.checklists.values().filter(|checklist| checklist.kind == ChecklistKind::CampaignQa).collect();
    if !stack.has_live_tools() || checklists.iter().any(|checklist| checklist.owner.is_some() && checklist.approver.is_some()) {
        return;
    }
    let (message, help) = if checklists.is_empty() {
        (
            "no checklist is gone through before a campaign goes out",
            "add `[checklist.campaign-qa]` with `kind = \"campaign-qa\"`, `owner`, `approver` and `items`",
        )
    } else {
        (
            "no checklist of kind `campaign-qa` has both an owner and an approver",
            "add what is missing: `owner` keeps the list true, `approver` says yes before a campaign goes out",
        )
    };
    let mut finding = cx.on_stack(&RULE, message).label("no complete checklist of kind `campaign-qa`").help(help);
    for checklist in checklists {
        let label = match (&checklist.owner, &checklist.approver) {
            (None, None) => "names neither `owner` nor `approver`",
            (None, Some(_)) => "names no `owner`",
            _ => "names no `approver`",
        };
        finding = finding.related(checklist.address(), Some(cx.header(checklist)), label);
    }
    cx.report(finding);
}
