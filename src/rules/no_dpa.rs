use super::Context;
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, VendorRole},
};

declare_rule! {
    /// ## What it checks
    /// A live tool that holds personal data (`data.personal`), whose vendor is a `processor`, without the day on which
    /// an agreement on data processing was signed (`data.dpa`).
    ///
    /// ## Why it matters
    /// A vendor who works on instruction needs a contract that says so (GDPR Art. 28(3); CCPA regulations 7051). It is
    /// the first paper that a reviewer asks for, tool by tool.
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
    /// data = { personal = ["email"], role = "processor", deletion = "api" }
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
    /// data = { personal = ["email"], role = "processor", deletion = "api", dpa = 2026-03-01 }
    /// ```
    ///
    /// ## Limits
    /// A vendor that is a `controller`, or whose part nobody says, is not reported; nor is a day that lies ahead. It
    /// says what is documented and is no legal advice.
    pub RULE = "no-dpa", Privacy, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    for tool in cx.stack.tools.values().filter(|tool| tool.is_live()) {
        let Some(data) = &tool.data else { continue };
        if data.role == Some(VendorRole::Processor) && !data.personal.is_empty() && data.dpa.is_none() {
            let vendor = tool.vendor.as_deref().unwrap_or(tool.about.name.as_str());
            cx.report(
                cx.at(
                    &RULE,
                    tool,
                    "data/role",
                    format!("no agreement on data processing with {vendor} is documented for `{}`", tool.address()),
                )
                .label("works on instruction")
                .help("write `dpa = …` in its `data` with the day on which it was signed"),
            );
        }
    }
}
