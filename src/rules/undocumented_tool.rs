use super::Context;
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::AnyEntity,
};

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
    /// [tool.clearbit]
    /// name = "Clearbit"
    /// category = "data-enrichment"
    /// owner = "ana"
    /// standalone = "Looked up by hand."
    ///
    /// [person.ana]
    /// name = "Ana"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.clearbit]
    /// name = "Clearbit"
    /// category = "data-enrichment"
    /// purpose = "Adds company size and industry to new leads."
    /// owner = "ana"
    /// standalone = "Looked up by hand."
    ///
    /// [person.ana]
    /// name = "Ana"
    /// ```
    pub RULE = "undocumented-tool", Documentation, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    for tool in stack.tools.values().filter(|tool| tool.is_live()) {
        let address = tool.address();
        if tool.purpose.as_deref().is_none_or(|purpose| purpose.trim().is_empty()) {
            cx.report(
                Diagnostic::new(&RULE, &address, cx.header(tool), format!("`{address}` does not say what it is used for"))
                    .label("no `purpose`")
                    .key("purpose")
                    .help("add `purpose = \"…\"`: one sentence that a newcomer understands"),
            );
        }
        let documented = tool.about.description.as_ref().is_some_and(|text| !text.as_str().trim().is_empty()) || !tool.about.links.is_empty() || !cx.analysis.coverage().of(address.as_str()).is_empty();
        if tool.is_important() && !documented {
            let word = tool.criticality.map_or("high", crate::model::Criticality::word);
            cx.report(
                Diagnostic::new(&RULE, &address, cx.header(tool), format!("`{address}` is of criticality {word} and nothing explains it"))
                    .label("no description, no link, no runbook")
                    .key("explanation")
                    .help(format!("add a `description` or `links`, or let a runbook cover it: `covers = [\"{address}\"]`")),
            );
        }
    }
}
