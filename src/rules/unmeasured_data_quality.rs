use super::Context;
use crate::{
    analysis::FRESH,
    diagnostic::declare_rule,
    model::{AnyEntity, Entity, Measure, Metric},
};

declare_rule! {
    /// ## What it checks
    /// One of `duplicate-rate`, `bounce-rate`, `completeness`, `enrichment-coverage` and `deliverability` that no metric
    /// has measured within the last 365 days. A metric says by `measures` what it measures.
    ///
    /// ## Why it matters
    /// Data decays by itself: people change jobs, forms are filled in twice, addresses die. Without a number nobody
    /// sees it until a campaign goes to the wrong people.
    ///
    /// ## Example
    /// ```toml
    /// [metric.duplicate-rate]
    /// name = "Duplicates"
    /// definition = "Share of leads that are there twice."
    /// kind = "data-quality"
    /// measures = "duplicate-rate"
    /// sources = ["salesforce"]
    /// owner = "ben"
    /// measurements = [{ on = 2025-06-01, value = 2.1 }]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [metric.duplicate-rate]
    /// name = "Duplicates"
    /// definition = "Share of leads that are there twice."
    /// kind = "data-quality"
    /// measures = "duplicate-rate"
    /// sources = ["salesforce"]
    /// owner = "ben"
    /// measurements = [{ on = 2025-06-01, value = 2.1 }, { on = 2026-11-01, value = 2.6 }]
    /// ```
    ///
    /// ## Limits
    /// A measurement with a date in the future does not count. A stack with neither a live tool nor a metric has
    /// nothing to measure yet. One metric anywhere in the company is enough, whatever its unit.
    pub RULE = "unmeasured-data-quality", Proof, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let (stack, today) = (cx.stack, cx.today);
    if !stack.has_live_tools() && stack.metrics.is_empty() {
        return;
    }
    for measure in Measure::DATA_QUALITY {
        let word = measure.word();
        let metrics: Vec<&Entity<Metric>> = stack.metrics.values().filter(|metric| metric.measures == Some(measure)).collect();
        let newest = metrics.iter().filter_map(|metric| metric.newest(today)).map(|(_, one)| one.on).max();
        if newest.is_some_and(|day| today.days_since(day) <= FRESH) {
            continue;
        }
        let message = match (metrics.as_slice(), newest) {
            ([], _) => format!("no metric measures `{word}`"),
            (_, Some(day)) => format!("`{word}` was last measured on {day}, {}", day.away_from(today)),
            (_, None) => format!("`{word}` has never been measured"),
        };
        let help = match metrics.first() {
            Some(metric) => format!("measure it, and add the day and the value to `measurements` of `{}`", metric.address()),
            None => format!("add `[metric.{word}]` with `measures = \"{word}\"` and its first entry in `measurements`"),
        };
        let mut finding = cx.on_stack(&RULE, message).key(word).label(format!("{word}: not measured within a year")).help(help);
        for metric in metrics {
            let label = match metric.newest(today) {
                Some((_, one)) => format!("last measured on {}", one.on),
                None => "has no measurement".to_owned(),
            };
            finding = finding.related(metric.address(), Some(cx.header(metric)), label);
        }
        cx.report(finding);
    }
}
