//! Journeys of data, and what happens along the way.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{About, Credential, Criticality, Date, Integration, Money, Object, Owner, Ref, StageAddress, Status, Tool};

/// A journey of data for a business purpose.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Flow {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// What it is there for.
    pub purpose: Option<String>,
    /// The stations, in order.
    #[schemars(length(min = 1))]
    pub steps: Vec<Step>,
    /// What travels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<Ref<Object>>,
    /// Who answers for it.
    pub owner: Option<Owner>,
    /// Who steps in for the owner.
    pub backup: Option<Owner>,
    /// Where it is in its life. Default: `active`.
    #[serde(default)]
    pub status: Status,
    /// How much depends on it. Default: `medium`.
    pub criticality: Option<Criticality>,
    /// What allows the use of personal data, such as `consent`, `legitimate interest`.
    pub lawful_basis: Option<String>,
    /// How many records pass in a month.
    pub monthly_volume: Option<u64>,
    /// The pipeline of a month that stops when it stops.
    pub monthly_pipeline: Option<Money>,
}

/// A station of a flow.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Step {
    /// Where it is.
    pub tool: Ref<Tool>,
    /// What happens there.
    pub action: Option<String>,
    /// The stage that the record is in afterwards.
    pub stage: Option<Ref<StageAddress>>,
    /// The integration by which the data came here.
    pub via: Option<Ref<Integration>>,
    /// Whether somebody carries the data here by hand.
    #[serde(default)]
    pub manual: bool,
}

/// When x happens, do y, inside one tool.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Automation {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// Where it runs.
    pub tool: Ref<Tool>,
    /// What sets it off.
    pub trigger: String,
    /// What it does, in order.
    pub actions: Vec<String>,
    /// The objects that it changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<Ref<Object>>,
    /// Other tools that it calls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<Ref<Tool>>,
    /// The stages at which it acts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Ref<StageAddress>>,
    /// Who answers for it.
    pub owner: Option<Owner>,
    /// Who steps in for the owner.
    pub backup: Option<Owner>,
    /// On whose account it runs.
    pub runs_as: Option<Ref<Credential>>,
    /// Where it is in its life. Default: `active`.
    #[serde(default)]
    pub status: Status,
    /// How much depends on it. Default: `medium`.
    pub criticality: Option<Criticality>,
    /// When it was last tested.
    pub tested: Option<Date>,
}
