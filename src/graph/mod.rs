//! The integration map as a graph, and the questions about it that rules and pages share.
//!
//! [`Graph::new`] builds one `DiGraph` from the sorted ids: a node per tool, an edge per integration and
//! direction. Middleware is no node on the way, or data of one integration would seem to go on with
//! another; it is kept on the edge. Walks are iterative and go by sorted indices, so that answers are
//! the same in every run.

mod circle;
mod field;
mod journey;
mod paths;
mod reference;
mod spread;
mod structure;
mod upstream;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use petgraph::graph::{DiGraph, NodeIndex};

pub use self::{
    circle::{Circle, Content, Leg, Station, circles},
    field::{Load, Place, Write},
    journey::{FlowHop, Keep},
    paths::{Path, carried},
    reference::{Reference, References},
    spread::{Leg as SpreadLeg, Spread},
    upstream::Records,
};
use crate::model::{AnyEntity, Direction, Entity, Id, Integration, Kind, Stack};

/// One direction of an integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hop {
    /// The number of the integration among all, sorted by id.
    pub integration: usize,
    /// Whether data goes from `from` to `to`.
    pub forward: bool,
}

/// The integration map of a stack.
#[derive(Debug)]
pub struct Graph<'a> {
    stack: &'a Stack,
    map: DiGraph<&'a Id, Hop>,
    nodes: BTreeMap<&'a str, NodeIndex>,
    integrations: Vec<&'a Entity<Integration>>,
    touching: BTreeMap<&'a str, Vec<usize>>,
    /// By both ends, the smaller id first.
    joining: BTreeMap<[&'a str; 2], Vec<usize>>,
    /// By the middleware and one of the ends.
    through: BTreeMap<[&'a str; 2], Vec<usize>>,
    /// The tools that are not live.
    idle: HashSet<&'a str>,
}

impl<'a> Graph<'a> {
    /// Builds the map. An integration whose ends are no tools, which validity rules out, has no edge.
    pub fn new(stack: &'a Stack) -> Self {
        let mut graph = DiGraph::new();
        let nodes: BTreeMap<&str, NodeIndex> = stack.tools.keys().map(|id| (id.as_str(), graph.add_node(id))).collect();
        let integrations: Vec<_> = stack.integrations.values().collect();
        for (number, integration) in integrations.iter().enumerate() {
            let (Some(from), Some(to)) = (nodes.get(integration.from.as_str()), nodes.get(integration.to.as_str())) else { continue };
            graph.add_edge(*from, *to, Hop { integration: number, forward: true });
            if integration.direction == Direction::TwoWay {
                graph.add_edge(*to, *from, Hop { integration: number, forward: false });
            }
        }
        let mut touching: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut joining: BTreeMap<[&str; 2], Vec<usize>> = BTreeMap::new();
        let mut through: BTreeMap<[&str; 2], Vec<usize>> = BTreeMap::new();
        for (number, integration) in integrations.iter().enumerate() {
            for tool in ends(integration).collect::<BTreeSet<_>>() {
                touching.entry(tool).or_default().push(number);
            }
            let (from, to) = (integration.from.as_str(), integration.to.as_str());
            joining.entry(ordered(from, to)).or_default().push(number);
            for (via, end) in integration.via.iter().flat_map(|via| BTreeSet::from([from, to]).into_iter().map(move |end| (via, end))) {
                through.entry([via.as_str(), end]).or_default().push(number);
            }
        }
        let idle = stack.tools.values().filter(|tool| !tool.is_live()).map(|tool| tool.id.as_str()).collect();
        Self { stack, map: graph, nodes, integrations, touching, joining, through, idle }
    }

    /// Returns the stack that the map is of.
    pub fn stack(&self) -> &'a Stack {
        self.stack
    }

    /// Returns the integration that a hop belongs to.
    pub fn integration(&self, hop: Hop) -> Option<&'a Entity<Integration>> {
        self.integrations.get(hop.integration).copied()
    }

    /// Iterates over the integrations that touch a tool as an end or as middleware, sorted by id.
    pub fn touching(&self, tool: &str) -> impl Iterator<Item = &'a Entity<Integration>> {
        self.touching.get(tool).into_iter().flatten().filter_map(|number| self.integrations.get(*number).copied())
    }

    /// Iterates over the integrations that touch both of two tools, as ends or as middleware, sorted by id.
    pub fn between(&self, one: &str, other: &str) -> impl Iterator<Item = &'a Entity<Integration>> {
        let numbers = [self.joining(one, other), self.through(one, other), self.through(other, one)];
        let numbers: BTreeSet<usize> = numbers.into_iter().flatten().copied().collect();
        numbers.into_iter().filter_map(|number| self.integrations.get(number).copied())
    }

    /// Returns the numbers of the integrations that have these two ends.
    fn joining<'s>(&'s self, one: &'s str, other: &'s str) -> &'s [usize] {
        self.joining.get(&ordered(one, other)).map_or(&[], Vec::as_slice)
    }

    /// Returns the numbers of the integrations through middleware that have this end.
    fn through<'s>(&'s self, middleware: &'s str, end: &'s str) -> &'s [usize] {
        self.through.get(&[middleware, end]).map_or(&[], Vec::as_slice)
    }

    /// Returns the tools that some integration accepted by `keep` touches, as an end or as middleware.
    pub fn touched(&self, keep: impl Fn(&Entity<Integration>) -> bool) -> BTreeSet<&'a str> {
        let kept = self.integrations.iter().copied().filter(|integration| keep(integration));
        kept.flat_map(ends).collect()
    }

    /// Returns those of the tools that an integration touches that are not live.
    pub fn idle_at<'s>(&self, integration: &'s Entity<Integration>) -> impl Iterator<Item = &'s str> {
        ends(integration).filter(|tool| self.idle.contains(tool))
    }

    /// Whether an integration is live, and every tool that it touches.
    pub fn is_in_use(&self, integration: &Entity<Integration>) -> bool {
        integration.is_live() && self.idle_at(integration).next().is_none()
    }

    fn node(&self, tool: &str) -> Option<NodeIndex> {
        self.nodes.get(tool).copied()
    }

    fn tool(&self, node: NodeIndex) -> &'a str {
        self.map.node_weight(node).map_or("", |id| id.as_str())
    }
}

/// The tools that an integration touches: both ends and the middleware.
pub fn ends(integration: &Entity<Integration>) -> impl Iterator<Item = &str> {
    [Some(&integration.from), Some(&integration.to), integration.via.as_ref()].into_iter().flatten().map(crate::model::Ref::as_str)
}

/// The directions of an integration: from where, to where, and whether that is from `from` to `to`.
pub fn directions(integration: &Entity<Integration>) -> impl Iterator<Item = (&str, &str, bool)> {
    let (from, to) = (integration.from.as_str(), integration.to.as_str());
    let back = (integration.direction == Direction::TwoWay).then_some((to, from, false));
    [(from, to, true)].into_iter().chain(back)
}

/// The tools that an entity is, joins, passes or runs in; nothing for kinds that are in no tool.
pub fn tools_of<'a>(stack: &'a Stack, entity: &'a dyn AnyEntity) -> Vec<&'a str> {
    let id = entity.id().as_str();
    match entity.kind() {
        Kind::Tool => vec![id],
        Kind::Integration => stack.integrations.get(id).into_iter().flat_map(ends).collect(),
        Kind::Flow => stack.flows.get(id).into_iter().flat_map(|of| &of.body.steps).map(|step| step.tool.as_str()).collect(),
        Kind::Routing => stack.routings.get(id).map(|of| of.tool.as_str()).into_iter().collect(),
        Kind::Scoring => stack.scorings.get(id).map(|of| of.tool.as_str()).into_iter().collect(),
        Kind::Automation => stack.automations.get(id).map(|of| of.tool.as_str()).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn ordered<'s>(one: &'s str, other: &'s str) -> [&'s str; 2] {
    if one < other { [one, other] } else { [other, one] }
}
