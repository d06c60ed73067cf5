//! Numbers: what they mean, where they come from, who reads them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{About, Date, Duration, Owner, Ref, Tool, Url, choices, exact};

/// A number, defined once.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Metric {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// What it says.
    pub definition: String,
    /// How it is computed.
    pub formula: Option<String>,
    /// Who needs it.
    pub kind: MetricKind,
    /// What it measures, in words that every company shares.
    pub measures: Option<Measure>,
    /// The tools that it is computed from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Ref<Tool>>,
    /// Who answers for it.
    pub owner: Option<Owner>,
    /// Where it can be seen.
    pub dashboard: Option<Url>,
    /// How often it is measured.
    pub cadence: Option<Duration>,
    /// The unit of its values, such as `%`.
    pub unit_of_measure: Option<String>,
    /// What it should be.
    pub target: Option<MetricTarget>,
    /// What it was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measurements: Vec<Measurement>,
}

choices! {
    /// Who needs a metric.
    MetricKind {
        /// Those who decide.
        Executive,
        /// Those who run the machine.
        Operational,
        /// Those who keep data clean.
        DataQuality,
    }
    /// What a metric measures.
    Measure {
        /// Share of records that are there twice.
        DuplicateRate,
        /// Share of addresses that bounce.
        BounceRate,
        /// Share of fields that are filled.
        Completeness,
        /// Share of records that are enriched.
        EnrichmentCoverage,
        /// Share of mail that arrives.
        Deliverability,
        /// Pipeline that came into being.
        PipelineCreated,
        /// What a customer costs.
        AcquisitionCost,
        /// Share of records that reach the next stage.
        StageConversion,
        /// Revenue that marketing contributed to.
        RevenueContribution,
        /// How near forecasts were.
        ForecastAccuracy,
        /// Time until somebody speaks to a lead.
        SpeedToLead,
        /// Share of leads that reached the right person.
        RoutingAccuracy,
        /// Time from brief to launch.
        CampaignCycleTime,
        /// How well sources agree on what caused revenue.
        AttributionConsistency,
        /// Something else.
        Other,
    }
    /// Who reads a report.
    ReportAudience {
        /// The board.
        Board,
        /// The executives.
        Executive,
        /// A team.
        Team,
    }
    /// How revenue is attributed to touches.
    AttributionModel {
        /// All to the first.
        FirstTouch,
        /// All to the last.
        LastTouch,
        /// Evenly.
        Linear,
        /// Mostly to first and lead creation.
        UShaped,
        /// Mostly to first, lead creation and opportunity creation.
        WShaped,
        /// More to later ones.
        TimeDecay,
        /// As a model says.
        DataDriven,
    }
}

impl Metric {
    /// Returns the newest measurement that is not in the future, with its position; the last of those of one day.
    pub fn newest(&self, today: Date) -> Option<(usize, &Measurement)> {
        self.measurements.iter().enumerate().filter(|(_, one)| one.on <= today).max_by_key(|(_, one)| one.on)
    }
}

impl Metric {
    /// Returns a value with the unit of the metric: `1.4%`, `12 days`.
    pub fn quantity(&self, value: f64) -> String {
        let value = exact(value);
        match self.unit_of_measure.as_deref().map(str::trim) {
            Some("%") => format!("{value}%"),
            Some(unit) if !unit.is_empty() => format!("{value} {unit}"),
            _ => value,
        }
    }

    /// Returns the target in words: `at most 2%`.
    pub fn target_in_words(&self) -> String {
        let bounds = self.target.as_ref().map(|target| (target.min, target.max));
        match bounds {
            Some((Some(min), Some(max))) => format!("from {} to {}", self.quantity(min), self.quantity(max)),
            Some((Some(min), None)) => format!("at least {}", self.quantity(min)),
            Some((None, Some(max))) => format!("at most {}", self.quantity(max)),
            _ => "not documented".to_owned(),
        }
    }
}

impl MetricTarget {
    /// Whether a value lies within the target; a bound belongs to it.
    pub fn holds(&self, value: f64) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }
}

impl Measure {
    /// What tells how good the data is.
    pub const DATA_QUALITY: [Self; 5] =
        [Self::DuplicateRate, Self::BounceRate, Self::Completeness, Self::EnrichmentCoverage, Self::Deliverability];

    /// What tells how well marketing works.
    pub const PERFORMANCE: [Self; 9] = [
        Self::PipelineCreated,
        Self::AcquisitionCost,
        Self::StageConversion,
        Self::RevenueContribution,
        Self::ForecastAccuracy,
        Self::SpeedToLead,
        Self::RoutingAccuracy,
        Self::CampaignCycleTime,
        Self::AttributionConsistency,
    ];

    /// Returns the word that a stack writes.
    pub fn word(self) -> &'static str {
        match self {
            Self::DuplicateRate => "duplicate-rate",
            Self::BounceRate => "bounce-rate",
            Self::Completeness => "completeness",
            Self::EnrichmentCoverage => "enrichment-coverage",
            Self::Deliverability => "deliverability",
            Self::PipelineCreated => "pipeline-created",
            Self::AcquisitionCost => "acquisition-cost",
            Self::StageConversion => "stage-conversion",
            Self::RevenueContribution => "revenue-contribution",
            Self::ForecastAccuracy => "forecast-accuracy",
            Self::SpeedToLead => "speed-to-lead",
            Self::RoutingAccuracy => "routing-accuracy",
            Self::CampaignCycleTime => "campaign-cycle-time",
            Self::AttributionConsistency => "attribution-consistency",
            Self::Other => "other",
        }
    }
}

impl AttributionModel {
    /// Returns the word that a stack writes.
    pub fn word(self) -> &'static str {
        match self {
            Self::FirstTouch => "first-touch",
            Self::LastTouch => "last-touch",
            Self::Linear => "linear",
            Self::UShaped => "u-shaped",
            Self::WShaped => "w-shaped",
            Self::TimeDecay => "time-decay",
            Self::DataDriven => "data-driven",
        }
    }

    /// Whether it gives all the credit to one touch.
    pub fn is_single_touch(self) -> bool {
        matches!(self, Self::FirstTouch | Self::LastTouch)
    }
}

/// What a metric should be.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct MetricTarget {
    /// At least this.
    pub min: Option<f64>,
    /// At most this.
    pub max: Option<f64>,
}

/// What a metric was.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Measurement {
    /// The day.
    pub on: Date,
    /// The value, in the metric's unit.
    pub value: f64,
}

/// Numbers that are read together.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Report {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// Who reads it.
    pub audience: ReportAudience,
    /// What it shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub metrics: Vec<Ref<Metric>>,
    /// Where it is made.
    pub tool: Option<Ref<Tool>>,
    /// How often it is read.
    pub cadence: Option<Duration>,
    /// Who makes it.
    pub owner: Option<Owner>,
    /// Where it is.
    pub url: Option<Url>,
}

/// How revenue is attributed to touches.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Attribution {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// The model.
    pub model: AttributionModel,
    /// Where it is computed.
    pub tool: Option<Ref<Tool>>,
    /// Who answers for it.
    pub owner: Option<Owner>,
    /// What else there is to know.
    pub note: Option<String>,
}
