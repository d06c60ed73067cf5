//! How many of the automations that run in a tool are described.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{AnyEntity, AutomationCount, Stack};

/// The automations of a tool, counted in the tool and described in the stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Described {
    /// How many somebody counted in the tool; never 0.
    pub counted: u32,
    /// How many live ones the stack describes.
    pub described: u32,
}

impl Described {
    /// Returns the share that is described, from 0 to 1.
    pub fn share(self) -> f64 {
        (f64::from(self.described) / f64::from(self.counted)).min(1.0)
    }

    /// Returns how many are not described.
    pub fn undescribed(self) -> u32 {
        self.counted.saturating_sub(self.described)
    }
}

/// Compares what the stack describes with what was counted, for each live tool with automations, by its id. Linear in
/// the tools and automations.
pub fn described(stack: &Stack) -> BTreeMap<&str, Described> {
    let counted = |count: &AutomationCount| count.running().filter(|counted| *counted > 0);
    let tools = stack.tools.values().filter(|tool| tool.is_live());
    let counts = tools.filter_map(|tool| Some((tool.id.as_str(), tool.automations.as_ref().and_then(counted)?)));
    let mut all: BTreeMap<&str, Described> = counts.map(|(tool, counted)| (tool, Described { counted, described: 0 })).collect();
    for automation in stack.automations.values().filter(|automation| automation.is_live()) {
        if let Some(of_tool) = all.get_mut(automation.tool.as_str()) {
            of_tool.described = of_tool.described.saturating_add(1);
        }
    }
    all
}
