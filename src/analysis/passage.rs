//! Which live flows pass through what.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    graph::{FlowHop, Graph},
    model::{AnyEntity, Entity, Flow, Integration, Ref, Stack},
};

/// The live flows that pass through each integration and each tool.
#[derive(Debug, Default)]
pub struct Passage<'a> {
    integrations: BTreeMap<&'a str, BTreeMap<&'a str, Passing<'a>>>,
    tools: BTreeMap<&'a str, Vec<&'a Entity<Flow>>>,
}

/// A flow that passes through an integration.
#[derive(Debug, Clone, Copy)]
pub struct Passing<'a> {
    /// The flow.
    pub flow: &'a Entity<Flow>,
    /// Whether some hop of it is made by this integration alone.
    pub has_no_other: bool,
}

impl<'a> Passage<'a> {
    /// Asks every hop of every live flow. Linear in the hops and the integrations that may make them.
    pub fn new(stack: &'a Stack, graph: &Graph<'a>) -> Self {
        let mut passage = Self::default();
        for flow in stack.flows.values().filter(|flow| flow.is_live()) {
            let mut inside: BTreeSet<&str> = flow.steps.iter().map(|step| step.tool.as_str()).collect();
            for hop in graph.flow_hops(flow) {
                let FlowHop::By(by) = hop else { continue };
                inside.extend(only_middleware(&by));
                for integration in &by {
                    let flows = passage.integrations.entry(integration.id.as_str()).or_default();
                    let passing = flows.entry(flow.id.as_str()).or_insert(Passing { flow, has_no_other: false });
                    passing.has_no_other |= by.len() == 1;
                }
            }
            for end in [flow.steps.first(), flow.steps.last()].into_iter().flatten() {
                inside.remove(end.tool.as_str());
            }
            for tool in inside {
                passage.tools.entry(tool).or_default().push(flow);
            }
        }
        passage
    }

    /// Iterates over the live flows that pass through an integration, sorted by id.
    pub fn through_integration(&self, integration: &str) -> impl Iterator<Item = Passing<'a>> {
        self.integrations.get(integration).into_iter().flat_map(BTreeMap::values).copied()
    }

    /// Returns the live flows that pass through a tool and neither begin nor end there, sorted by id.
    pub fn through_tool(&self, tool: &str) -> &[&'a Entity<Flow>] {
        self.tools.get(tool).map_or(&[], Vec::as_slice)
    }
}

/// The middleware that a hop goes through whichever of these integrations makes it.
fn only_middleware<'a>(by: &[&'a Entity<Integration>]) -> Option<&'a str> {
    let via = |integration: &&'a Entity<Integration>| integration.body.via.as_ref().map(Ref::as_str);
    let first = by.first().and_then(via)?;
    by.iter().all(|integration| via(integration) == Some(first)).then_some(first)
}
