use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Entity, Measure, Metric},
};

declare_rule! {
    /// ## What it checks
    /// Two metrics of one name, or with one `measures` other than `other`, that have different definitions. Two of one
    /// definition whose formulas differ are different too.
    ///
    /// ## Why it matters
    /// Two people bring two numbers for one word to the same meeting, and the meeting is about the numbers.
    ///
    /// ## Example
    /// ```toml
    /// [metric.pipeline-of-sales]
    /// name = "Pipeline"
    /// definition = "Value of opportunities that sales has accepted."
    /// kind = "executive"
    /// measures = "other"
    /// sources = ["salesforce"]
    /// owner = "ben"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [metric.pipeline-of-sales]
    /// name = "Accepted pipeline"
    /// definition = "Value of opportunities that sales has accepted."
    /// kind = "executive"
    /// measures = "other"
    /// sources = ["salesforce"]
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// Case and white space make no difference. Metrics of different units do not conflict; one without a unit belongs
    /// to each of them. Each is compared with the first of its unit, not with every other. Where one measure has
    /// several metrics on purpose, such as the conversion of each stage, let one of them bear it and the others `other`.
    pub RULE = "conflicting-metrics", Proof, Warning
}

/// What two metrics have in common.
#[derive(Clone, Copy)]
enum Shared {
    Name,
    Measure(Measure),
}

pub(super) fn check(cx: &mut Context<'_>) {
    let mut by_name: BTreeMap<String, Vec<&Entity<Metric>>> = BTreeMap::new();
    let mut by_measure: BTreeMap<Measure, Vec<&Entity<Metric>>> = BTreeMap::new();
    for metric in cx.stack.metrics.values() {
        by_name.entry(plain(metric.about.name.as_str())).or_default().push(metric);
        if let Some(measure) = metric.measures.filter(|measure| *measure != Measure::Other) {
            by_measure.entry(measure).or_default().push(metric);
        }
    }
    let groups = by_name.into_values().map(|group| (Shared::Name, group));
    let groups = groups.chain(by_measure.into_iter().map(|(measure, group)| (Shared::Measure(measure), group)));
    let mut told = BTreeSet::new();
    for (shared, group) in groups {
        for (first, later) in pairs(&group).into_iter().filter(|(first, later)| differ(first, later)) {
            // Two that share both name and measure conflict once.
            if told.insert((first.id.as_str(), later.id.as_str())) {
                report(cx, first, later, shared);
            }
        }
    }
}

/// Returns which metrics of a group, sorted by id, are compared: each with the first of its unit, shared ones included,
/// and each shared one with the first shared one. If any two of a unit differ, a pair does. Linear but for the lookups.
fn pairs<'a>(group: &[&'a Entity<Metric>]) -> Vec<(&'a Entity<Metric>, &'a Entity<Metric>)> {
    let mut firsts: BTreeMap<&str, &Entity<Metric>> = BTreeMap::new();
    let mut shared: Option<&Entity<Metric>> = None;
    let mut pairs = Vec::new();
    for metric in group {
        match (metric.unit(), shared) {
            (None, None) => {
                pairs.extend(firsts.values().map(|first| (*first, *metric)));
                shared = Some(metric);
            }
            (None, Some(first)) => pairs.push((first, *metric)),
            (Some(unit), _) => match firsts.get(unit).copied().or(shared) {
                Some(first) => pairs.push((first, *metric)),
                None => drop(firsts.insert(unit, metric)),
            },
        }
    }
    pairs
}

/// Whether two metrics say different things.
fn differ(a: &Metric, b: &Metric) -> bool {
    let formulas = a.formula.as_deref().zip(b.formula.as_deref());
    plain(&a.definition) != plain(&b.definition) || formulas.is_some_and(|(a, b)| plain(a) != plain(b))
}

/// A text without case and without white space that means nothing.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn report(cx: &mut Context<'_>, first: &Entity<Metric>, later: &Entity<Metric>, shared: Shared) {
    let (one, other) = (first.address(), later.address());
    let (what, key) = match shared {
        Shared::Name => (format!("are both called \"{}\"", first.about.name.as_str().trim()), "name"),
        Shared::Measure(measure) => (format!("both measure `{}`", measure.word()), "measures"),
    };
    let is_formula = plain(&first.definition) == plain(&later.definition);
    let by = if is_formula { "formula" } else { "definition" };
    let help = match shared {
        Shared::Name => "agree on one definition and keep one of them, or give them names that tell them apart",
        Shared::Measure(_) => "agree on one definition and keep one of them, or write `measures = \"other\"` in the one that is not meant",
    };
    let place = cx.value(first, by);
    cx.report(
        cx.at(&RULE, later, by, format!("`{other}` and `{one}` {what} and have different {by}s"))
            .key(format!("{key}.{}", first.id))
            .label(format!("this {by}"))
            .related(&one, Some(place), "differs from this one")
            .help(help),
    );
}
