use std::{cmp::Reverse, collections::BTreeMap};

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Context, wording::list};
use crate::{analysis::usual, diagnostic::declare_rule, model::Category};

declare_rule! {
    /// ## What it checks
    /// A stack with more than `max-tools` live production tools.
    ///
    /// ## Why it matters
    /// Each tool needs an owner, a contract, integrations and somebody who knows it. A team that keeps more of them than it
    /// can look after keeps none of them well.
    ///
    /// ## Example
    /// ```toml
    /// [rules]
    /// tool-sprawl = { max-tools = 5 }
    ///
    /// [tool.bynder]
    /// name = "Bynder"
    /// category = "dam"
    /// purpose = "Keeps pictures and logos."
    /// owner = "ben"
    /// capabilities = ["asset-management"]
    /// standalone = "Pictures are downloaded by hand."
    ///
    /// [contract.bynder]
    /// annual-cost = 6_000
    /// owner = "ben"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [rules]
    /// tool-sprawl = { max-tools = 5 }
    ///
    /// [tool.bynder]
    /// name = "Bynder"
    /// category = "dam"
    /// purpose = "May keep pictures and logos, if the website cannot."
    /// status = "evaluating"
    /// owner = "ben"
    /// ```
    ///
    /// ## Options
    /// `max-tools`: how many tools are allowed. Default: `22`.
    ///
    /// ## Limits
    /// Tools that are sunset are counted until they are retired; sandboxes and tools that are tried out are not. The tools
    /// of all units are counted together, and so is what the company has built itself, such as its website: it too needs
    /// somebody who looks after it.
    pub RULE = "tool-sprawl", Redundancy, Info, MaxTools
}

/// The option of the rule.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub(super) struct MaxTools {
    /// How many tools are allowed.
    max_tools: Option<u32>,
}

/// So many categories are noted at most.
const MOST_CATEGORIES: usize = 8;

pub(super) fn check(cx: &mut Context<'_>) {
    let most = cx.options::<MaxTools>(&RULE, "stack").max_tools;
    let most = most.map_or(usual::tools::AVERAGE.1, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let categories = || cx.stack.tools.values().filter(|tool| tool.is_live_production()).map(|tool| tool.category);
    let count = categories().count();
    if count <= most {
        return;
    }
    let areas = ranked(categories().map(Category::area));
    let largest = if let [(area, largest), (_, next), ..] = areas.as_slice()
        && largest > next
    {
        format!("; the largest part, {largest}, stands in {}", area.label())
    } else {
        String::new()
    };
    let message = format!("{count} tools are live in production, more than the {most} that are allowed{largest}");
    let mut finding = cx.on_stack(&RULE, message).label(format!("{count} tools"));
    finding =
        finding.note(format!("by area: {}", list(areas.iter().map(|(area, count)| format!("{} {count}", area.label())), areas.len())));
    let several: Vec<_> = ranked(categories()).into_iter().filter(|(_, count)| *count > 1).collect();
    if !several.is_empty() {
        let several = list(several.iter().map(|(category, count)| format!("`{category}` {count}")), MOST_CATEGORIES);
        finding = finding.note(format!("categories with more than one: {several}"));
    }
    cx.report(
        finding
            .help("retire the tools that others can replace, or say how many are allowed: `tool-sprawl = { max-tools = … }` in `[rules]`"),
    );
}

/// Counts what occurs, the most frequent first.
fn ranked<T: Ord + Copy>(items: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts
}
