//! Whom a rule of a routing gives its records.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Name, Object, Owner, Person, Quantity, Ref, RefMap, Routing, Team};

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
        let (turns, cap) = match self {
            Self::To(_) | Self::InTurn(_) => (None, None),
            Self::RoundRobin(turns) => (Some(turns), turns.cap_per_day),
            Self::OwnerOf(_) | Self::HandOver(_) | Self::Nobody(_) => return None,
        };
        let mut shares: BTreeMap<&Owner, f64> = BTreeMap::new();
        for party in self.parties() {
            *shares.entry(party).or_default() += turns.map_or(1.0, |turns| turns.weight(party));
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

impl RoundRobin {
    /// Returns how often somebody has a turn, relative to the others.
    pub fn weight(&self, owner: &Owner) -> f64 {
        self.weights.as_ref().and_then(|weights| weights.get(owner)).map_or(1.0, |weight| weight.0)
    }
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
