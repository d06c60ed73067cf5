//! Who gets a record, and how much it counts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    About, Assign, Criticality, Date, Duration, Fields, Name, Object, Owner, Record, Ref, StageAddress, Status, Tool, When, choices,
};

/// The name that a test gives to a record that no rule takes.
pub const UNROUTED: &str = "unrouted";
/// How the columns start that linchpin adds to a table of records.
pub const OWN_COLUMNS: &str = "linchpin_";

/// Rules that say who gets a record; the first match wins.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Routing {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// What is routed.
    pub object: Ref<Object>,
    /// Where the rules run.
    pub tool: Ref<Tool>,
    /// Who answers for it.
    pub owner: Option<Owner>,
    /// Who steps in for the owner.
    pub backup: Option<Owner>,
    /// Where it is in its life. Default: `active`.
    #[serde(default)]
    pub status: Status,
    /// How much depends on it. Default: `high`.
    pub criticality: Option<Criticality>,
    /// The stages at which it acts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Ref<StageAddress>>,
    /// When somebody last compared the rules with the tool.
    pub audited: Option<Date>,
    /// Whether other records are not its business. Default: false.
    #[serde(default)]
    pub partial: bool,
    /// The fields that it reads. Default: those of its object.
    pub fields: Option<Fields>,
    /// The rules, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rule: Vec<RoutingRule>,
    /// Records and the rule that must take them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub test: Vec<RoutingTest>,
}

/// A rule of a routing.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct RoutingRule {
    /// Its name, unique in the routing.
    pub name: Name,
    /// Which records it takes. Absent: all.
    pub when: Option<When>,
    /// Who gets them.
    pub assign: Assign,
    /// What else there is to know.
    pub note: Option<String>,
}

/// A record and the rule that must take it.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct RoutingTest {
    /// Its name, unique in the routing.
    pub name: Name,
    /// The record.
    pub record: Record,
    /// The name of the rule, or `unrouted`.
    pub expect: String,
}

/// Points for what is known of a record.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Scoring {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// Where the score is computed.
    pub tool: Ref<Tool>,
    /// What is scored.
    pub object: Option<Ref<Object>>,
    /// Who answers for it.
    pub owner: Option<Owner>,
    /// Who steps in for the owner.
    pub backup: Option<Owner>,
    /// Where it is in its life. Default: `active`.
    #[serde(default)]
    pub status: Status,
    /// How much depends on it. Default: `high`.
    pub criticality: Option<Criticality>,
    /// The stages at which it acts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Ref<StageAddress>>,
    /// When somebody last compared scores with outcomes.
    pub calibrated: Option<Date>,
    /// The points from which a record is promoted.
    pub threshold: i64,
    /// The stage to which it is promoted.
    pub promotes_to: Option<Ref<StageAddress>>,
    /// The fields that it reads. Default: those of its object.
    pub fields: Option<Fields>,
    /// What counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criterion: Vec<Criterion>,
    /// Records and the points that they must get.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub test: Vec<ScoringTest>,
}

impl Scoring {
    /// Returns the one sort of signal that all its criteria are; nothing where there are both, or where one does not say.
    pub fn only_signal(&self) -> Option<ScoreSignal> {
        let first = self.criterion.first()?.signal?;
        self.criterion.iter().all(|criterion| criterion.signal == Some(first)).then_some(first)
    }
}

/// Something that counts.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Criterion {
    /// Its name, unique in the scoring.
    pub name: Name,
    /// What sort of signal it is.
    pub signal: Option<ScoreSignal>,
    /// For which records it counts.
    pub when: When,
    /// How much it counts; negative too.
    pub points: i64,
    /// After how long the points are gone.
    pub decay: Option<Duration>,
}

choices! {
    /// A sort of signal.
    ScoreSignal {
        /// Who they are.
        Fit,
        /// What they do.
        Behaviour,
    }
}

/// A record and the points that it must get.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct ScoringTest {
    /// Its name, unique in the scoring.
    pub name: Name,
    /// The record.
    pub record: Record,
    /// The points.
    pub expect: i64,
}
