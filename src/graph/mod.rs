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
use crate::model::{AnyEntity, Direction, Entity, Id, Integration, Kind, Ref, Stack, Tool};

/// One direction of an integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hop {
    /// The number of the integration among all, sorted by id.
    pub integration: usize,
    /// Whether data goes from `from` to `to`.
    pub forward: bool,
}

/// The nodes of what an integration touches.
#[derive(Debug, Clone, Copy)]
struct Joint {
    from: Option<NodeIndex>,
    to: Option<NodeIndex>,
    via: Option<NodeIndex>,
}

/// The integration map of a stack.
#[derive(Debug)]
pub struct Graph<'a> {
    stack: &'a Stack,
    map: DiGraph<&'a Id, Hop>,
    nodes: BTreeMap<&'a str, NodeIndex>,
    integrations: Vec<&'a Entity<Integration>>,
    /// By the number of the integration.
    joints: Vec<Joint>,
    /// By the number of the node.
    touching: Vec<Vec<usize>>,
    /// By both ends, the smaller first.
    joining: BTreeMap<[NodeIndex; 2], Vec<usize>>,
    /// By the middleware and one of the ends.
    through: BTreeMap<[NodeIndex; 2], Vec<usize>>,
    /// The tools that are not live.
    idle: HashSet<&'a str>,
}

impl<'a> Graph<'a> {
    /// Builds the map. An integration whose ends are no tools, which validity rules out, has no edge.
    pub fn new(stack: &'a Stack) -> Self {
        let mut graph = DiGraph::new();
        let nodes: BTreeMap<&str, NodeIndex> = stack.tools.keys().map(|id| (id.as_str(), graph.add_node(id))).collect();
        let node = |tool: &Ref<Tool>| nodes.get(tool.as_str()).copied();
        let joint = |of: &&Entity<Integration>| Joint { from: node(&of.from), to: node(&of.to), via: of.via.as_ref().and_then(node) };
        let integrations: Vec<_> = stack.integrations.values().collect();
        let joints: Vec<Joint> = integrations.iter().map(joint).collect();
        let mut touching: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
        let mut joining: BTreeMap<[NodeIndex; 2], Vec<usize>> = BTreeMap::new();
        let mut through: BTreeMap<[NodeIndex; 2], Vec<usize>> = BTreeMap::new();
        for (number, (integration, joint)) in integrations.iter().zip(&joints).enumerate() {
            for node in [joint.from, joint.to, joint.via].into_iter().flatten() {
                touching.get_mut(node.index()).into_iter().for_each(|numbers| push_once(numbers, number));
            }
            let Some((from, to)) = joint.from.zip(joint.to) else { continue };
            graph.add_edge(from, to, Hop { integration: number, forward: true });
            if integration.direction == Direction::TwoWay {
                graph.add_edge(to, from, Hop { integration: number, forward: false });
            }
            joining.entry(ordered(from, to)).or_default().push(number);
            for (via, end) in joint.via.iter().flat_map(|via| [(*via, from), (*via, to)]) {
                push_once(through.entry([via, end]).or_default(), number);
            }
        }
        let idle = stack.tools.values().filter(|tool| !tool.is_live()).map(|tool| tool.id.as_str()).collect();
        Self { stack, map: graph, nodes, integrations, joints, touching, joining, through, idle }
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
        let node = self.node(tool).into_iter();
        node.flat_map(|node| self.touching_node(node)).filter_map(|number| self.integrations.get(*number).copied())
    }

    /// Returns the numbers of the integrations that touch a node.
    fn touching_node(&self, node: NodeIndex) -> &[usize] {
        self.touching.get(node.index()).map_or(&[], Vec::as_slice)
    }

    /// Iterates over the integrations that touch both of two tools, as ends or as middleware, sorted by id.
    pub fn between(&self, one: &str, other: &str) -> impl Iterator<Item = &'a Entity<Integration>> {
        let nodes = self.node(one).zip(self.node(other)).into_iter();
        let numbers = nodes.flat_map(|(one, other)| [self.joining(one, other), self.through(one, other), self.through(other, one)]);
        let numbers: BTreeSet<usize> = numbers.flatten().copied().collect();
        numbers.into_iter().filter_map(|number| self.integrations.get(number).copied())
    }

    /// Returns the numbers of the integrations that have these two ends.
    fn joining(&self, one: NodeIndex, other: NodeIndex) -> &[usize] {
        self.joining.get(&ordered(one, other)).map_or(&[], Vec::as_slice)
    }

    /// Returns the numbers of the integrations through middleware that have this end.
    fn through(&self, middleware: NodeIndex, end: NodeIndex) -> &[usize] {
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
    [Some(&integration.from), Some(&integration.to), integration.via.as_ref()].into_iter().flatten().map(Ref::as_str)
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

fn ordered(one: NodeIndex, other: NodeIndex) -> [NodeIndex; 2] {
    [one.min(other), one.max(other)]
}

/// Adds a number to numbers that are in order, unless it is the last of them already.
fn push_once(numbers: &mut Vec<usize>, number: usize) {
    if numbers.last() != Some(&number) {
        numbers.push(number);
    }
}
