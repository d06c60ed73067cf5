//! Who gets a record, and how much it counts.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    About, Criticality, Date, Duration, Fields, Name, Object, Owner, Person, Quantity, Record, Ref, RefMap, StageAddress, Status, Team,
    Tool, When, choices,
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

/// Who gets a record.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Assign {
    /// A person, or the queue of a team.
    To(Owner),
    /// Each in turn.
    InTurn(#[schemars(length(min = 1))] Vec<Owner>),
    /// Each in turn, with weights.
    RoundRobin(RoundRobin),
    /// Whoever owns the matched record of an object.
    OwnerOf(OwnerOf),
    /// Whoever another routing says.
    HandOver(HandOver),
    /// Nobody, on purpose.
    Nobody(Nobody),
}

impl Assign {
    /// Iterates over the people and teams that it names.
    pub fn parties(&self) -> impl Iterator<Item = &Owner> {
        let (one, many): (Option<&Owner>, &[Owner]) = match self {
            Self::To(owner) => (Some(owner), &[]),
            Self::InTurn(owners) => (None, owners),
            Self::RoundRobin(turns) => (None, &turns.round_robin),
            Self::OwnerOf(of) => (Some(&of.fallback), &[]),
            Self::HandOver(_) | Self::Nobody(_) => (None, &[]),
        };
        one.into_iter().chain(many)
    }

    /// Whether two assignments give records to the same people, however they are written. Reasons for nobody do not matter.
    pub fn means_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nobody(_), Self::Nobody(_)) => true,
            _ if self == other => true,
            _ => self.shares().is_some_and(|shares| Some(shares) == other.shares()),
        }
    }

    /// Returns what part of the records each person or team gets, from 0 to 1, and how many one may get in a day; nothing
    /// where others decide that.
    fn shares(&self) -> Option<(BTreeMap<&Owner, f64>, Option<u32>)> {
        let (weights, cap) = match self {
            Self::To(_) | Self::InTurn(_) => (None, None),
            Self::RoundRobin(turns) => (turns.weights.as_ref(), turns.cap_per_day),
            Self::OwnerOf(_) | Self::HandOver(_) | Self::Nobody(_) => return None,
        };
        let mut shares: BTreeMap<&Owner, f64> = BTreeMap::new();
        for party in self.parties() {
            *shares.entry(party).or_default() += weights.and_then(|weights| weights.get(party)).map_or(1.0, |weight| weight.0);
        }
        let all: f64 = shares.values().sum();
        Some((shares.into_iter().map(|(party, share)| (party, share / all)).collect(), cap))
    }
}

/// Each in turn, with weights.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct RoundRobin {
    /// Who takes turns.
    #[schemars(length(min = 1))]
    pub round_robin: Vec<Owner>,
    /// How often each has a turn, relative to the others. Default: 1.
    pub weights: Option<RefMap<(Person, Team), Quantity>>,
    /// How many records one may get in a day.
    pub cap_per_day: Option<u32>,
}

/// Whoever owns the matched record of an object.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct OwnerOf {
    /// The object whose owner gets the record.
    pub owner_of: Ref<Object>,
    /// Who gets it where there is no such record.
    pub fallback: Owner,
}

/// Whoever another routing says.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct HandOver {
    /// The routing that decides.
    pub routing: Ref<Routing>,
}

/// Nobody, on purpose.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Nobody {
    /// Why.
    pub nobody: Name,
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Assign;

    #[test]
    fn assignments_mean_the_same_however_they_are_written() {
        let same = |one: Value, other: Value| {
            let [one, other]: [Assign; 2] = [one, other].map(|text| serde_json::from_value(text).unwrap());
            assert_eq!(one.means_the_same(&other), other.means_the_same(&one));
            one.means_the_same(&other)
        };
        let turns = |weights: Value| json!({ "round-robin": ["ana", "ben"], "weights": weights });
        assert!(same(json!("ana"), json!(["ana"])));
        assert!(same(json!(["ben", "ana"]), turns(json!({}))));
        assert!(same(turns(json!({ "ana": 2, "ben": 4 })), turns(json!({ "ben": 2 }))));
        assert!(same(json!({ "nobody": "spam" }), json!({ "nobody": "a student" })));
        assert!(!same(json!("ana"), json!("ben")));
        assert!(!same(json!(["ana", "ben"]), turns(json!({ "ana": 2 }))));
        assert!(!same(json!(["ana", "ben"]), json!({ "round-robin": ["ana", "ben"], "cap-per-day": 9 })));
        assert!(!same(json!({ "owner-of": "account", "fallback": "ana" }), json!("ana")));
        assert!(!same(json!({ "nobody": "spam" }), json!("ana")));
    }
}
