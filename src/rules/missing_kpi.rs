use std::collections::BTreeSet;

use super::Context;
use crate::{diagnostic::declare_rule, model::Measure};

declare_rule! {
    /// ## What it checks
    /// One of `pipeline-created`, `acquisition-cost`, `stage-conversion`, `revenue-contribution`, `forecast-accuracy`,
    /// `speed-to-lead`, `routing-accuracy`, `campaign-cycle-time` and `attribution-consistency` that no metric measures.
    ///
    /// ## Why it matters
    /// These are the questions that a board, a buyer or a new head of marketing asks first. A number that nobody has
    /// defined is computed anew for every meeting, each time in another way.
    ///
    /// ## Example
    /// ```toml
    /// [metric.speed-to-lead]
    /// name = "Speed to lead"
    /// definition = "Minutes until somebody calls."
    /// kind = "operational"
    /// sources = ["salesforce"]
    /// owner = "ben"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [metric.speed-to-lead]
    /// name = "Speed to lead"
    /// definition = "Minutes until somebody calls."
    /// kind = "operational"
    /// measures = "speed-to-lead"
    /// sources = ["salesforce"]
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// What a metric measures is what its `measures` says; names are not guessed from. A metric without measurements
    /// counts: it is defined. The quality of data is judged by `unmeasured-data-quality`. A stack with neither a live
    /// tool nor a metric has nothing to measure yet. One metric anywhere in the company is enough, whatever its unit.
    pub RULE = "missing-kpi", Proof, Info
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    if !stack.has_live_tools() && stack.metrics.is_empty() {
        return;
    }
    let measured: BTreeSet<Measure> = stack.metrics.values().filter_map(|metric| metric.measures).collect();
    for measure in Measure::PERFORMANCE.into_iter().filter(|measure| !measured.contains(measure)) {
        let word = measure.word();
        let finding =
            cx.on_stack(&RULE, format!("no metric measures `{word}`: {}", meaning(measure))).key(word).label(format!("{word}: no metric"));
        cx.report(
            finding.help(format!(
                "add `[metric.{word}]` with `measures = \"{word}\"`, or write that line into the metric that tells it already"
            )),
        );
    }
}

/// What a measure tells, as the end of a sentence.
fn meaning(measure: Measure) -> &'static str {
    match measure {
        Measure::PipelineCreated => "the value of the opportunities that came into being",
        Measure::AcquisitionCost => "what a new customer costs",
        Measure::StageConversion => "the share of records that reach the next stage",
        Measure::RevenueContribution => "the revenue that marketing contributed to",
        Measure::ForecastAccuracy => "how near forecasts came",
        Measure::SpeedToLead => "how long it takes until somebody speaks to a lead",
        Measure::RoutingAccuracy => "the share of leads that reach the right person",
        Measure::CampaignCycleTime => "how long a campaign takes from brief to launch",
        Measure::AttributionConsistency => "how well the tools agree on what brought the revenue",
        _ => "how good the data is",
    }
}
