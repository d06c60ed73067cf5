use super::Context;
use crate::{
    analysis::Unknown,
    diagnostic::declare_rule,
    model::{Address, Category},
};

declare_rule! {
    /// ## What it checks
    /// A live production tool without `capabilities` while another live production tool of its unit has the same
    /// `category`.
    ///
    /// ## Why it matters
    /// Two tools of one category may do the same or complement one another. Without their capabilities nobody can tell,
    /// and `redundant-tools` stays silent.
    ///
    /// ## Example
    /// ```toml
    /// [tool.surveymonkey]
    /// name = "SurveyMonkey"
    /// category = "forms-surveys"
    /// purpose = "Asks customers how satisfied they are."
    /// owner = "ben"
    /// standalone = "The answers are read in the tool."
    /// data = { personal = ["email"], deletion = "api" }
    ///
    /// [contract.surveymonkey]
    /// annual-cost = 2_000
    /// owner = "ben"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.surveymonkey]
    /// name = "SurveyMonkey"
    /// category = "forms-surveys"
    /// purpose = "Asks customers how satisfied they are."
    /// owner = "ben"
    /// capabilities = ["nps-surveys"]
    /// standalone = "The answers are read in the tool."
    /// data = { personal = ["email"], deletion = "api" }
    ///
    /// [contract.surveymonkey]
    /// annual-cost = 2_000
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// Only what `redundant-tools` would compare is asked for: nothing of tools that are sunset, of category `other`, or of
    /// channels of advertising. What a tool is `also` is not looked at. A tool without a unit belongs to each.
    pub RULE = "unknown-capabilities", Redundancy, Info
}

pub(super) fn check(cx: &mut Context<'_>) {
    let analysis = cx.analysis;
    for Unknown { tool: id, others, other_count } in &analysis.overlap().unknown {
        let Some(tool) = cx.stack.tools.get(*id) else { continue };
        let category: Category = tool.category;
        let others_are = if *other_count == 1 { "another tool is".to_owned() } else { format!("{other_count} other tools are") };
        let message = format!("`tool.{id}` does not say what it can do, and {others_are} of category `{category}`");
        let mut finding = cx.at(&RULE, tool, "capabilities", message).label("no `capabilities`").help(
            "add `capabilities = [\"…\"]` with words of the vocabulary, such as `email-sending`, so that it shows what the tools have in common",
        );
        for other in others {
            let other = Address::of("tool", other);
            finding = finding.related(&other, cx.header_at(&other), format!("of category `{category}` too"));
        }
        cx.report(finding);
    }
}
