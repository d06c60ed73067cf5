use super::Context;
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Deletion},
};

declare_rule! {
    /// ## What it checks
    /// A live tool that holds personal data (`data.personal`), at which no working integration that carries `deletion`
    /// arrives, and whose `data.deletion` is absent or `none`, or is `ticket` or `manual` without a runbook of kind
    /// `data-subject-request` that covers the tool.
    ///
    /// ## Why it matters
    /// A request to be forgotten (GDPR Art. 17, CCPA regulations 7022) has to reach every copy, and whoever has passed
    /// data on has to pass the request on too (GDPR Art. 19). The tool that nobody thought of is where the person turns
    /// up again.
    ///
    /// ## Example
    /// ```toml
    /// [tool.typeform]
    /// name = "Typeform"
    /// vendor = "Typeform"
    /// category = "forms-surveys"
    /// purpose = "Asks visitors for their contact details."
    /// owner = "ben"
    /// capabilities = ["forms", "surveys"]
    /// captures = ["lead"]
    /// data = { personal = ["email"], deletion = "manual" }
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.typeform]
    /// name = "Typeform"
    /// vendor = "Typeform"
    /// category = "forms-surveys"
    /// purpose = "Asks visitors for their contact details."
    /// owner = "ben"
    /// capabilities = ["forms", "surveys"]
    /// captures = ["lead"]
    /// data = { personal = ["email"], deletion = "api" }
    /// ```
    ///
    /// ## Limits
    /// Whether a deletion that is documented really works is not judged. `exempt` asks for a reason in `deletion-note`
    /// and is not reported. It says what is documented and is no legal advice.
    pub RULE = "erasure-gap", Privacy, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let data = cx.analysis.data_map();
    for tool in cx.stack.tools.values().filter(|tool| tool.is_live() && data.is_missed(tool)) {
        let address = tool.address();
        let deletion = tool.data.as_ref().and_then(|data| data.deletion);
        let (message, help) = match deletion {
            None => (
                format!("how a person is deleted from `{address}` is not documented"),
                "write `deletion = \"…\"` in its `data`: `automatic`, `api`, `ticket`, `manual`, or `exempt` with the reason".to_owned(),
            ),
            Some(Deletion::None) => (
                format!("a person is never deleted from `{address}`"),
                "find out how it can be done, by a call, a ticket or by hand, and write that as `deletion`; or `exempt` with the reason"
                    .to_owned(),
            ),
            Some(_) => (
                format!("a person is deleted from `{address}` by hand, and no runbook for such requests covers it"),
                format!("add `\"{address}\"` to the `covers` of a runbook of kind `data-subject-request`, with the steps"),
            ),
        };
        let key = if deletion.is_some() { "data/deletion" } else { "data" };
        cx.report(cx.at(&RULE, tool, key, message).label("a request would miss it").help(help));
    }
}
