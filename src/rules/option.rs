//! Options that several rules have.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::model::{Duration, Share};

/// The option of a rule that judges how long ago something was.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct MaxAge {
    /// The longest time that may have passed.
    max_age: Option<Duration>,
}

impl MaxAge {
    /// Returns the most days that may have passed, given the rule's default.
    pub fn days_or(&self, default: i64) -> i64 {
        self.max_age.as_ref().map_or(default, Duration::days)
    }
}

/// The option of a rule that judges how soon something is.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Within {
    /// The limit, as a length of time.
    within: Option<Duration>,
}

impl Within {
    /// Returns the limit in days, given the rule's default.
    pub fn days_or(&self, default: i64) -> i64 {
        self.within.as_ref().map_or(default, Duration::days)
    }

    /// Returns the limit, given the rule's default.
    pub fn or(self, default: &str) -> Duration {
        self.within.unwrap_or_else(|| default.into())
    }
}

/// The option of a rule that judges a share.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct MinShare {
    /// The least share, from 0 to 1.
    min_share: Option<Share>,
}

impl MinShare {
    /// Returns the least share, from 0 to 1, given the rule's default.
    pub fn share_or(&self, default: f64) -> f64 {
        self.min_share.map_or(default, |share| share.0)
    }
}
