//! Who answers for what and which flows pass where, asked once for all pages.

use std::collections::BTreeMap;

use crate::{
    graph::{FlowHop, Graph},
    model::{AnyEntity, Stack},
};

/// Entities by what ties them to another, in the order of the stack.
pub(super) struct Ties<'a> {
    owned: BTreeMap<&'a str, Vec<&'a dyn AnyEntity>>,
    backed_up: BTreeMap<&'a str, Vec<&'a dyn AnyEntity>>,
    passing: BTreeMap<&'a str, Vec<&'a dyn AnyEntity>>,
}

impl<'a> Ties<'a> {
    /// Asks every entity and every hop of every flow. Linear in both.
    pub(super) fn new(stack: &'a Stack, graph: &Graph<'a>) -> Self {
        let mut ties = Self { owned: BTreeMap::new(), backed_up: BTreeMap::new(), passing: BTreeMap::new() };
        for entity in stack.all() {
            if let Some(owner) = entity.owner() {
                ties.owned.entry(owner.as_str()).or_default().push(entity);
            }
            if let Some(backup) = entity.backup() {
                ties.backed_up.entry(backup.as_str()).or_default().push(entity);
            }
        }
        for flow in stack.flows.values() {
            for hop in graph.flow_hops(flow) {
                let FlowHop::By(by) = hop else { continue };
                for integration in by {
                    let flows = ties.passing.entry(integration.id.as_str()).or_default();
                    if flows.last().is_none_or(|last| last.id() != &flow.id) {
                        flows.push(flow);
                    }
                }
            }
        }
        ties
    }

    /// Returns what a person or team is the owner of.
    pub(super) fn owned(&self, party: &str) -> &[&'a dyn AnyEntity] {
        self.owned.get(party).map_or(&[], Vec::as_slice)
    }

    /// Returns what a person or team is the backup of.
    pub(super) fn backed_up(&self, party: &str) -> &[&'a dyn AnyEntity] {
        self.backed_up.get(party).map_or(&[], Vec::as_slice)
    }

    /// Returns the flows that pass through an integration.
    pub(super) fn passing(&self, integration: &str) -> &[&'a dyn AnyEntity] {
        self.passing.get(integration).map_or(&[], Vec::as_slice)
    }
}
