use super::{Context, wording::list};
use crate::{
    analysis::{Group, Pair},
    diagnostic::declare_rule,
    model::Address,
};

declare_rule! {
    /// ## What it checks
    /// Live production tools that overlap in what they can do: two that share at least half of the capabilities of the one that
    /// has fewer, and two at least. Tools that overlap in pairs are reported together, at the first by id. Tools of
    /// different units are not compared; a tool without a unit belongs to each.
    ///
    /// ## Why it matters
    /// Two tools for one job cost twice, hold two truths about the same people, and need two people who know them. An
    /// acquirer asks first what can be switched off.
    ///
    /// ## Example
    /// ```toml
    /// [tool.surveymonkey]
    /// name = "SurveyMonkey"
    /// category = "forms-surveys"
    /// purpose = "Asks customers how satisfied they are."
    /// owner = "ben"
    /// capabilities = ["forms", "nps-surveys", "surveys"]
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
    /// [tool.typeform]
    /// name = "Typeform"
    /// category = "forms-surveys"
    /// purpose = "Asks visitors for their contact details, and customers how satisfied they are."
    /// owner = "ben"
    /// capabilities = ["forms", "nps-surveys", "surveys"]
    /// captures = ["lead"]
    /// data = { personal = ["email"], deletion = "api" }
    /// ```
    ///
    /// ## Limits
    /// Only what the tools name under `capabilities` is compared, whatever their categories are; `unknown-capabilities`
    /// reports those that name nothing. Tools that are sunset, or of category `other`, are not compared, nor are two
    /// channels of advertising with each other: each reaches other people. A unit and its parent are different units. At
    /// most 12 pairs are listed.
    pub RULE = "redundant-tools", Redundancy, Warning
}

/// So many pairs are noted at most.
const MOST_NOTES: usize = 12;
/// So many tools or capabilities are named in a sentence at most.
const MOST_NAMES: usize = 8;

pub(super) fn check(cx: &mut Context<'_>) {
    let analysis = cx.analysis;
    for group in &analysis.overlap().groups {
        let mut tools = group.tools.iter().filter_map(|id| cx.stack.tools.get(*id));
        let Some(first) = tools.next() else { continue };
        let mut finding = cx.on(&RULE, first, message(group)).label(format!("one of {} that overlap", group.tools.len()));
        for tool in tools {
            finding = finding.related(Address::of("tool", tool.id.as_str()), Some(cx.header(tool)), "another of them");
        }
        for pair in group.pairs.iter().take(MOST_NOTES) {
            finding = finding.note(note(pair));
        }
        match group.pair_count.saturating_sub(MOST_NOTES) {
            0 => {}
            1 => finding = finding.note("1 more pair overlaps"),
            more => finding = finding.note(format!("{more} more pairs overlap")),
        }
        let (others, all) = if group.tools.len() == 2 { ("other", "both") } else { ("others", "all") };
        cx.report(finding.help(format!(
            "decide which one stays, and mark the {others} with `status = \"sunset\"` and `replaced-by`; if {all} are wanted, accept that in a `[[suppress]]`"
        )));
    }
}

fn message(group: &Group<'_>) -> String {
    if let ([a, b], [pair]) = (group.tools.as_slice(), group.pairs.as_slice()) {
        let (shared, [of_a, of_b]) = (pair.shared.len(), pair.capabilities);
        return format!("`tool.{a}` and `tool.{b}` overlap: they share {shared} of their {of_a} and {of_b} capabilities");
    }
    let names = list(group.tools.iter().map(|tool| format!("`tool.{tool}`")), MOST_NAMES);
    format!("{} tools overlap in what they can do: {names}", group.tools.len())
}

fn note(pair: &Pair<'_>) -> String {
    let ([a, b], [of_a, of_b]) = (pair.tools, pair.capabilities);
    let shared = list(pair.shared.iter().map(|capability| format!("`{capability}`")), MOST_NAMES);
    format!("`tool.{a}` ({of_a} capabilities) and `tool.{b}` ({of_b}) share {}: {shared}", pair.shared.len())
}
