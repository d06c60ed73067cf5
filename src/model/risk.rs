//! What is assumed wherever a departure is priced: `[stack.risk]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AnyEntity, Criticality, Kind, Quantity, Range};

/// The assumptions behind every price on the site.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Risk {
    /// What an hour of somebody who rebuilds costs. Default: 75 to 150.
    pub hourly_rate: Option<Range>,
    /// Hours to understand and rebuild one entity of each kind, at medium criticality.
    #[serde(default)]
    pub hours_to_rebuild: HoursToRebuild,
    /// Hours of work that each kind of precaution takes.
    #[serde(default)]
    pub hours_to_prepare: HoursToPrepare,
    /// Weeks to hire and train a successor. Default: 8 to 16.
    pub weeks_to_replace: Option<Range>,
    /// Weeks to choose and set up another tool, or to build anew an integration, in place of one that goes. Default: 8 to 16.
    pub weeks_to_replace_tool: Option<Range>,
    /// What each criticality weighs where shares are computed. Default: 4, 2, 1 and 0.5.
    #[serde(default)]
    pub criticality_weight: CriticalityWeight,
}

impl Risk {
    /// Returns what an hour costs, in the stack's currency.
    pub fn hourly_rate(&self) -> Range {
        self.hourly_rate.unwrap_or(Range { low: Quantity(75.0), high: Quantity(150.0) })
    }

    /// Returns how many weeks pass until a successor can do the work of somebody who leaves.
    pub fn weeks_to_replace(&self) -> Range {
        self.weeks_to_replace.unwrap_or(Range { low: Quantity(8.0), high: Quantity(16.0) })
    }

    /// Returns how many weeks pass until something else does what a tool or an integration did that goes.
    pub fn weeks_to_replace_tool(&self) -> Range {
        self.weeks_to_replace_tool.unwrap_or(Range { low: Quantity(8.0), high: Quantity(16.0) })
    }

    /// Returns how many hours it takes to understand and rebuild an entity; nothing for kinds that are not rebuilt.
    pub fn hours_to_rebuild(&self, entity: &dyn AnyEntity) -> Option<f64> {
        Some(self.hours_to_rebuild.of(entity.kind())? * rebuild_factor(entity.criticality()))
    }
}

/// Returns by how much harder than one of medium criticality an entity is to rebuild.
pub fn rebuild_factor(criticality: Option<Criticality>) -> f64 {
    match criticality.unwrap_or(Criticality::Medium) {
        Criticality::Critical => 2.0,
        Criticality::High => 1.5,
        Criticality::Medium => 1.0,
        Criticality::Low => 0.5,
    }
}

/// Hours to rebuild an entity, by kind. Each is doubled for what is critical, half as much again for what is high, and
/// halved for what is low.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct HoursToRebuild {
    /// A tool. Default: 24.
    pub tool: Option<Quantity>,
    /// An integration. Default: 16.
    pub integration: Option<Quantity>,
    /// A flow. Default: 8.
    pub flow: Option<Quantity>,
    /// A routing. Default: 24.
    pub routing: Option<Quantity>,
    /// A scoring. Default: 20.
    pub scoring: Option<Quantity>,
    /// An automation. Default: 6.
    pub automation: Option<Quantity>,
    /// A lifecycle. Default: 16.
    pub lifecycle: Option<Quantity>,
    /// An audience. Default: 4.
    pub audience: Option<Quantity>,
    /// A report. Default: 6.
    pub report: Option<Quantity>,
}

impl HoursToRebuild {
    /// Returns the hours for an entity of a kind at medium criticality; nothing for kinds that are not rebuilt.
    pub fn of(&self, kind: Kind) -> Option<f64> {
        self.set_or_default(kind).map(|(set, default)| set.map_or(default, |hours| hours.0))
    }

    /// Whether the stack does not say how many hours it takes to rebuild entities of a kind.
    pub fn is_default(&self, kind: Kind) -> bool {
        self.set_or_default(kind).is_none_or(|(set, _)| set.is_none())
    }

    /// What the stack says of a kind, and what holds where it says nothing.
    fn set_or_default(&self, kind: Kind) -> Option<(Option<Quantity>, f64)> {
        Some(match kind {
            Kind::Tool => (self.tool, 24.0),
            Kind::Integration => (self.integration, 16.0),
            Kind::Flow => (self.flow, 8.0),
            Kind::Routing => (self.routing, 24.0),
            Kind::Scoring => (self.scoring, 20.0),
            Kind::Automation => (self.automation, 6.0),
            Kind::Lifecycle => (self.lifecycle, 16.0),
            Kind::Audience => (self.audience, 4.0),
            Kind::Report => (self.report, 6.0),
            _ => return None,
        })
    }
}

/// Hours of work that each kind of precaution takes.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct HoursToPrepare {
    /// Showing somebody how to run one entity, as its backup. Default: 6.
    pub backup: Option<Quantity>,
    /// Writing a runbook for one entity. Default: 8.
    pub runbook: Option<Quantity>,
    /// Bringing a runbook that there is up to date. Default: 2.
    pub review: Option<Quantity>,
    /// Following a runbook once, with its owner looking on. Default: 3.
    pub exercise: Option<Quantity>,
    /// Moving what runs as a person to an account of its own. Default: 3.
    pub credential: Option<Quantity>,
    /// Ending the use of a tool, beside what must be moved elsewhere. Default: 16.
    pub retirement: Option<Quantity>,
}

/// A precaution that takes hours of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the field of the same name")]
pub enum Precaution {
    Backup,
    Runbook,
    Review,
    Exercise,
    Credential,
    Retirement,
}

impl Precaution {
    /// Returns the key of its hours.
    pub fn key(self) -> &'static str {
        match self {
            Self::Backup => "backup",
            Self::Runbook => "runbook",
            Self::Review => "review",
            Self::Exercise => "exercise",
            Self::Credential => "credential",
            Self::Retirement => "retirement",
        }
    }
}

impl HoursToPrepare {
    /// All precautions.
    pub const ALL: [Precaution; 6] =
        [Precaution::Backup, Precaution::Runbook, Precaution::Review, Precaution::Exercise, Precaution::Credential, Precaution::Retirement];

    /// Returns what the stack says of a precaution.
    pub fn set(&self, precaution: Precaution) -> Option<Quantity> {
        match precaution {
            Precaution::Backup => self.backup,
            Precaution::Runbook => self.runbook,
            Precaution::Review => self.review,
            Precaution::Exercise => self.exercise,
            Precaution::Credential => self.credential,
            Precaution::Retirement => self.retirement,
        }
    }

    /// Returns the hours that a precaution takes.
    pub fn of(&self, precaution: Precaution) -> f64 {
        let default = match precaution {
            Precaution::Backup => 6.0,
            Precaution::Runbook => 8.0,
            Precaution::Review => 2.0,
            Precaution::Exercise | Precaution::Credential => 3.0,
            Precaution::Retirement => 16.0,
        };
        self.set(precaution).map_or(default, |hours| hours.0)
    }
}

/// What each criticality weighs.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct CriticalityWeight {
    /// Default: 4.
    pub critical: Option<Quantity>,
    /// Default: 2.
    pub high: Option<Quantity>,
    /// Default: 1.
    pub medium: Option<Quantity>,
    /// Default: 0.5.
    pub low: Option<Quantity>,
}

impl CriticalityWeight {
    /// Returns what a criticality weighs; that of `medium` for kinds that have none.
    pub fn of(&self, criticality: Option<Criticality>) -> f64 {
        let (set, default) = match criticality.unwrap_or(Criticality::Medium) {
            Criticality::Critical => (self.critical, 4.0),
            Criticality::High => (self.high, 2.0),
            Criticality::Medium => (self.medium, 1.0),
            Criticality::Low => (self.low, 0.5),
        };
        set.map_or(default, |weight| weight.0)
    }
}
