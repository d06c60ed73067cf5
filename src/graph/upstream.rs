//! What leads where: walks against the direction of the data, from the tools at which it should arrive.
//!
//! Data also arrives in middleware that it goes through and leaves from it, but does not go on there with another
//! integration: middleware is a beginning or an end, never on the way.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::{Direction as Toward, graph::NodeIndex, visit::EdgeRef};

use super::{
    Graph, Hop,
    paths::{Keep, carried},
};
use crate::model::{Direction, Entity, Integration};

/// What records are called; nothing stands for whatever they are called.
type Name<'a> = Option<&'a str>;

/// The records that get to a tool: where they are, and under which name.
#[derive(Debug, Clone, Default)]
pub struct Records<'a> {
    at: BTreeSet<(&'a str, Name<'a>)>,
}

impl Records<'_> {
    /// Whether records that a tool calls by this name are among them.
    pub fn contains(&self, tool: &str, object: &str) -> bool {
        self.at.contains(&(tool, None)) || self.at.contains(&(tool, Some(object)))
    }
}

/// One way of one sort of records over an integration, seen from where they arrive.
struct Arrival<'a> {
    source: NodeIndex,
    via: Option<NodeIndex>,
    leaves: Name<'a>,
}

impl<'a> Graph<'a> {
    /// Returns the tools from which data gets to one of these over what `keep` accepts, the ends included. One walk.
    pub fn leading_to<'s>(&self, ends: impl IntoIterator<Item = &'s str>, keep: Keep<'_>) -> BTreeSet<&'a str> {
        let mut found: BTreeSet<NodeIndex> = ends.into_iter().filter_map(|tool| self.node(tool)).collect();
        let mut queue: VecDeque<NodeIndex> = found.iter().copied().collect();
        for end in queue.clone() {
            for (_, hop) in self.hops_through(end).filter(|(integration, hop)| keep(integration, *hop)) {
                queue.extend(self.ends_of(hop).map(|(source, _)| source).filter(|source| found.insert(*source)));
            }
        }
        let mut middleware: BTreeSet<NodeIndex> = BTreeSet::new();
        while let Some(node) = queue.pop_front() {
            for edge in self.map.edges_directed(node, Toward::Incoming) {
                let hop = *edge.weight();
                if !self.integration(hop).is_some_and(|integration| keep(integration, hop)) {
                    continue;
                }
                middleware.extend(self.middleware(hop));
                if found.insert(edge.source()) {
                    queue.push_back(edge.source());
                }
            }
        }
        found.into_iter().chain(middleware).map(|node| self.tool(node)).collect()
    }

    /// Returns the tools on a shortest way of data from a tool to one that `is_end`, without the tool itself: the first by
    /// integration among equals, none where the tool is an end. Only tools that `enters` are passed. The walk ends where
    /// the first end is found.
    pub fn way(&self, from: &str, is_end: &dyn Fn(&str) -> bool, enters: &dyn Fn(&str) -> bool, keep: Keep<'_>) -> Option<Vec<&'a str>> {
        let start = self.node(from)?;
        if is_end(from) {
            return Some(Vec::new());
        }
        let mut came_from: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            for (_, hop) in self.hops_from(node, node == start).filter(|(integration, hop)| keep(integration, *hop)) {
                let Some((_, target)) = self.ends_of(hop) else { continue };
                let via = self.middleware(hop).filter(|via| *via != node && is_end(self.tool(*via)));
                if let Some(end) = via.or_else(|| Some(target).filter(|target| is_end(self.tool(*target)))) {
                    let back = std::iter::successors(Some(node), |at| came_from.get(at).copied()).take_while(|at| *at != start);
                    let mut way: Vec<&str> = std::iter::once(end).chain(back).map(|at| self.tool(at)).collect();
                    way.reverse();
                    return Some(way);
                }
                if target != start && enters(self.tool(target)) && !came_from.contains_key(&target) {
                    came_from.insert(target, node);
                    queue.push_back(target);
                }
            }
        }
        None
    }

    /// Iterates over the hops that leave a tool, by integration; those that go through it as middleware too where it is
    /// the beginning.
    pub(super) fn hops_from(&self, node: NodeIndex, is_beginning: bool) -> impl Iterator<Item = (&'a Entity<Integration>, Hop)> {
        self.touching_node(node).iter().flat_map(|number| self.hops(*number)).filter(move |(_, hop)| {
            let leaves = self.ends_of(*hop).is_some_and(|(source, _)| source == node);
            leaves || is_beginning && self.middleware(*hop) == Some(node)
        })
    }

    /// Returns which records get to one of these tools along hops that `keep` accepts: under the name that stands beside
    /// the tool, or under any where none does. An integration that lists no objects counts as carrying every record
    /// under the name that it has.
    ///
    /// One walk, breadth first, over tools and the names that records have there; it takes each listed object once and
    /// each integration without a list once for every name at its end.
    pub fn records_to<'s>(&self, ends: impl IntoIterator<Item = (&'s str, Name<'a>)>, keep: Keep<'_>) -> Records<'a> {
        let arrivals = self.arrivals(keep);
        let ends: BTreeSet<(NodeIndex, Name<'a>)> = ends.into_iter().filter_map(|(tool, name)| Some((self.node(tool)?, name))).collect();
        let mut reached = ends.clone();
        // What passes through an end as middleware has got there.
        for arrival in arrivals.values().flatten() {
            let Some(via) = arrival.via else { continue };
            if ends.contains(&(via, None)) || ends.contains(&(via, arrival.leaves)) {
                reached.insert((arrival.source, arrival.leaves));
            }
        }
        let mut middleware: BTreeSet<(NodeIndex, Name<'a>)> = BTreeSet::new();
        let mut queue: VecDeque<(NodeIndex, Name<'a>)> = reached.iter().copied().collect();
        while let Some((node, name)) = queue.pop_front() {
            if name.is_some() && reached.contains(&(node, None)) {
                continue;
            }
            let all = arrivals.range((node, None)..).take_while(|((at, _), _)| *at == node);
            let some = [(node, None), (node, name)];
            let some = some.iter().filter_map(|key| arrivals.get_key_value(key));
            let arriving: Vec<_> = if name.is_none() { all.collect() } else { some.collect() };
            for ((_, arrives), arrival) in arriving.into_iter().flat_map(|(key, list)| list.iter().map(move |arrival| (key, arrival))) {
                let leaves = arrival.leaves.or(name);
                if let Some(via) = arrival.via {
                    middleware.extend([(via, leaves), (via, arrives.or(name))]);
                }
                if reached.insert((arrival.source, leaves)) {
                    queue.push_back((arrival.source, leaves));
                }
            }
        }
        Records { at: reached.into_iter().chain(middleware).map(|(node, name)| (self.tool(node), name)).collect() }
    }

    /// Which records arrive at each tool under each name.
    fn arrivals(&self, keep: Keep<'_>) -> BTreeMap<(NodeIndex, Name<'a>), Vec<Arrival<'a>>> {
        let mut arrivals: BTreeMap<(NodeIndex, Name<'a>), Vec<Arrival<'a>>> = BTreeMap::new();
        for edge in self.map.edge_references() {
            let hop = *edge.weight();
            let Some(integration) = self.integration(hop).filter(|integration| keep(integration, hop)) else { continue };
            let via = self.middleware(hop);
            let mut add = |leaves, arrives| {
                arrivals.entry((edge.target(), arrives)).or_default().push(Arrival { source: edge.source(), via, leaves });
            };
            if integration.objects.is_empty() {
                add(None, None);
            }
            carried(&integration.body, hop.forward).for_each(|(leaves, arrives)| add(Some(leaves), Some(arrives)));
        }
        arrivals
    }

    /// Iterates over the hops by which data leaves a tool, as an end or as middleware, with the tools that it gets to.
    pub fn leaving(&self, tool: &str) -> impl Iterator<Item = (&'a Entity<Integration>, Hop, &'a str)> {
        let hops = self.node(tool).into_iter().flat_map(|node| self.hops_from(node, true));
        hops.filter_map(|(integration, hop)| Some((integration, hop, self.tool(self.ends_of(hop)?.1))))
    }

    /// Iterates over the hops through a tool as middleware.
    fn hops_through(&self, node: NodeIndex) -> impl Iterator<Item = (&'a Entity<Integration>, Hop)> {
        let hops = self.touching_node(node).iter().flat_map(|number| self.hops(*number));
        hops.filter(move |(_, hop)| self.middleware(*hop) == Some(node))
    }

    /// Iterates over the directions of an integration.
    pub(super) fn hops(&self, number: usize) -> impl Iterator<Item = (&'a Entity<Integration>, Hop)> {
        let integration = self.integrations.get(number).copied();
        [true, false].into_iter().filter_map(move |forward| {
            let integration = integration.filter(|integration| forward || integration.direction == Direction::TwoWay)?;
            Some((integration, Hop { integration: number, forward }))
        })
    }

    /// Where a hop starts and ends.
    pub(super) fn ends_of(&self, hop: Hop) -> Option<(NodeIndex, NodeIndex)> {
        let joint = self.joints.get(hop.integration)?;
        let (from, to) = joint.from.zip(joint.to)?;
        Some(if hop.forward { (from, to) } else { (to, from) })
    }

    /// The middleware that a hop goes through.
    pub(super) fn middleware(&self, hop: Hop) -> Option<NodeIndex> {
        self.joints.get(hop.integration)?.via
    }
}
