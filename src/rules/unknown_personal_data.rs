use super::Context;
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Category},
};

/// Categories of which a tool without people would be an exception.
const PEOPLE: [Category; 21] = [
    Category::CallAnalytics,
    Category::Cdp,
    Category::Community,
    Category::ConsentManagement,
    Category::ConversationIntelligence,
    Category::Crm,
    Category::CustomerSuccess,
    Category::DataEnrichment,
    Category::DirectMail,
    Category::Dmp,
    Category::EmailMarketing,
    Category::Events,
    Category::FormsSurveys,
    Category::LiveChat,
    Category::Loyalty,
    Category::MarketingAutomation,
    Category::PartnerMarketing,
    Category::SalesEngagement,
    Category::Scheduling,
    Category::SessionAnalytics,
    Category::Webinars,
];

declare_rule! {
    /// ## What it checks
    /// A live tool of a category that nearly always holds people, such as `crm`, `email-marketing` or `webinars`,
    /// without a `data` table, unless something is known to carry personal data into it, which
    /// `undeclared-personal-data` reports.
    ///
    /// ## Why it matters
    /// Nobody can say who is affected by a leak, or from where a person has to be deleted, as long as the tools that
    /// hold people do not say so (GDPR Art. 5(2), 30).
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
    /// A tool that really holds nobody says so: `data = { personal = [] }`. It says what is documented and is no legal
    /// advice.
    pub RULE = "unknown-personal-data", Privacy, Info
}

pub(super) fn check(cx: &mut Context<'_>) {
    for holding in cx.analysis.data_map().holdings.values() {
        let tool = holding.tool;
        let Some(category) = tool.categories().find(|category| PEOPLE.contains(category)) else { continue };
        if tool.data.is_some() || holding.is_holding() {
            continue;
        }
        let message = format!("`{}` is of category `{category}` and does not say what it holds of people", tool.address());
        cx.report(
            cx.on(&RULE, tool, message)
                .label("no `data`")
                .help("write `data = { personal = [\"email\", …], deletion = \"…\" }`, or `data = { personal = [] }` if it holds nobody"),
        );
    }
}
