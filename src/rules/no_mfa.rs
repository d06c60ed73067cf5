use super::Context;
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A live tool that holds personal data (`data.personal`) and says that people get in without a second factor
    /// (`access.mfa = false`) and not by single sign-on.
    ///
    /// ## Why it matters
    /// One password that leaks opens the whole list. A second factor is the cheapest measure of security there is (GDPR
    /// Art. 32), and the first that an insurer asks for.
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
    /// data = { personal = ["email"], deletion = "api" }
    /// access = { sso = false, mfa = false }
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
    /// access = { sso = false, mfa = true }
    /// ```
    ///
    /// ## Limits
    /// A tool that says nothing about a second factor is not reported, nor is one behind single sign-on, where the
    /// factor is asked for before. It says what is documented and is no legal advice.
    pub RULE = "no-mfa", Privacy, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    for tool in cx.stack.tools.values().filter(|tool| tool.is_live()) {
        let holds = tool.holds_people();
        let Some(access) = tool.access.as_ref().filter(|_| holds) else { continue };
        if access.mfa == Some(false) && access.sso != Some(true) {
            cx.report(
                cx.at(
                    &RULE,
                    tool,
                    "access/mfa",
                    format!("people get into `{}`, which holds personal data, with a password alone", tool.address()),
                )
                .label("no second factor")
                .help("ask for a second factor there, or let people in by single sign-on, and write `mfa = true` or `sso = true`"),
            );
        }
    }
}
