//! How the cost of a contract is divided among the tools that it covers.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ROUNDING;
use crate::model::{Contract, RefMap};

/// By what a cost is divided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It is not: the contract covers one tool of the stack, or none.
    #[default]
    Whole,
    /// Nobody says how, so each tool has the same share.
    Equally,
    /// As `allocation` says.
    Allocated,
    /// As `allocation` says, and what that leaves goes in equal shares to the tools that it does not name.
    WithRest,
    /// As `allocation` says, scaled from this sum to 1.
    Scaled(f64),
}

/// The shares of the tools that a contract covers.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Division<'a> {
    /// By what they are told.
    pub how: How,
    /// The share of each tool, by its id; together 1 unless there is no tool.
    pub shares: BTreeMap<&'a str, f64>,
    /// The ids of tools that `allocation` names and the contract does not cover, sorted: their shares do not count.
    pub ignored: Vec<&'a str>,
}

impl<'a> Division<'a> {
    /// Divides a contract among the tools of the stack that it covers. Linear in them and in the shares.
    pub fn new(contract: &'a Contract, tools: &[&'a str]) -> Self {
        let written = contract.allocation.iter().flat_map(RefMap::iter);
        let (mut named, mut ignored): (BTreeMap<&str, f64>, Vec<&str>) = (BTreeMap::new(), Vec::new());
        for (tool, share) in written {
            if tools.binary_search(&tool.as_str()).is_ok() {
                named.insert(tool.as_str(), share.0);
            } else {
                ignored.push(tool.as_str());
            }
        }
        let sum: f64 = named.values().sum();
        let others = tools.len() - named.len();
        let is_one = (sum - 1.0).abs() <= ROUNDING;
        let (how, scale, rest) = match () {
            // Nothing but zeros says nothing either.
            () if named.is_empty() || others == 0 && sum <= 0.0 => {
                let how = if tools.len() < 2 { How::Whole } else { How::Equally };
                named.clear();
                (how, 1.0, 1.0 / count(tools.len()))
            }
            () if is_one => (if tools.len() < 2 { How::Whole } else { How::Allocated }, 1.0, 0.0),
            () if sum > 1.0 || others == 0 => (How::Scaled(sum), 1.0 / sum, 0.0),
            () => (How::WithRest, 1.0, (1.0 - sum) / count(others)),
        };
        let share = |tool: &&'a str| (*tool, named.get(tool).map_or(rest, |share| share * scale));
        Self { how, shares: tools.iter().map(share).collect(), ignored }
    }

    /// Returns the share of a tool; nothing for one that the contract does not cover.
    pub fn of(&self, tool: &str) -> Option<f64> {
        self.shares.get(tool).copied()
    }
}

/// A number of tools to divide by.
fn count(tools: usize) -> f64 {
    f64::from(u32::try_from(tools.max(1)).unwrap_or(u32::MAX))
}
