use super::{Context, wording};
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A live tool without a `purpose`; or a live tool of criticality high or critical with neither a description,
    /// a link, nor a runbook that covers it.
    ///
    /// ## Why it matters
    /// A tool whose use nobody can state is kept out of fear, paid for out of habit, and rebuilt from memory when
    /// its owner leaves.
    ///
    /// ## Example
    /// ```toml
    /// [tool.typeform]
    /// name = "Typeform"
    /// category = "forms-surveys"
    /// owner = "ben"
    /// capabilities = ["forms", "surveys"]
    /// captures = ["lead"]
    /// data = { personal = ["email"], deletion = "api" }
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.typeform]
    /// name = "Typeform"
    /// category = "forms-surveys"
    /// purpose = "Asks visitors for their contact details."
    /// owner = "ben"
    /// capabilities = ["forms", "surveys"]
    /// captures = ["lead"]
    /// data = { personal = ["email"], deletion = "api" }
    /// ```
    ///
    /// ## Limits
    /// Whether the runbook is any good is judged by other rules, such as `empty-runbook`. A link is not followed.
    pub RULE = "undocumented-tool", Documentation, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    let is_blank = |text: &str| text.trim().is_empty();
    for tool in cx.stack.tools.values().filter(|tool| tool.is_live()) {
        let address = tool.address();
        if tool.purpose.as_deref().is_none_or(is_blank) {
            cx.report(
                cx.at(&RULE, tool, "purpose", format!("`{address}` does not say what it is used for"))
                    .label(if tool.purpose.is_some() { "nothing stands here" } else { "no `purpose`" })
                    .key("purpose")
                    .help("add `purpose = \"…\"`: one sentence that a newcomer understands"),
            );
        }
        let is_described = tool.about.description.as_ref().is_some_and(|text| !is_blank(text.as_str()));
        let is_explained = is_described || !tool.about.links.is_empty() || !cx.analysis.coverage().of(address.as_str()).is_empty();
        if tool.is_important() && !is_explained {
            let criticality = wording::criticality(tool);
            cx.report(
                cx.on(&RULE, tool, format!("`{address}` is {criticality} and nothing explains it"))
                    .label("no description, no link, no runbook")
                    .key("explanation")
                    .help(format!("add a `description` or `links`, or let a runbook cover it: `covers = [\"{address}\"]`")),
            );
        }
    }
}
