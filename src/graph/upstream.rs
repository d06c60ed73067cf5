//! What leads where: walks against the direction of the data, from the tools at which it should arrive.
//!
//! Data also arrives in middleware that it goes through and leaves from it, but does not go on there with another
//! integration: middleware is a beginning or an end, never on the way.

use std::collections::{BTreeMap, BTreeSet, VecDeque, btree_map::Entry};

use petgraph::{Direction as Toward, graph::NodeIndex, visit::EdgeRef};

use super::{
    Graph, Hop,
    paths::{Keep, carried},
};
use crate::model::{Direction, Entity, Integration, Ref};

/// The tools from which data gets to some others.
#[derive(Debug, Clone, Default)]
pub struct Ways<'a> {
    /// The next tool on a way from each; nothing for those at which data should arrive.
    next: BTreeMap<&'a str, Option<&'a str>>,
}

impl<'a> Ways<'a> {
    /// Whether data gets there from a tool, or the tool is one of those at which it should arrive.
    pub fn lead_from(&self, tool: &str) -> bool {
        self.next.contains_key(tool)
    }

    /// Iterates over the tools that come after this one on a way there.
    pub fn after(&self, tool: &str) -> impl Iterator<Item = &'a str> {
        let next = |tool: &str| self.next.get(tool).copied().flatten();
        std::iter::successors(next(tool), move |tool| next(tool))
    }
}

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
    /// Returns from which tools data gets to one of these along hops that `keep` accepts. One walk, breadth first, over
    /// what leads there.
    pub fn ways_to<'s>(&self, to: impl IntoIterator<Item = &'s str>, keep: Keep<'_>) -> Ways<'a> {
        let mut next: BTreeMap<NodeIndex, Option<NodeIndex>> = to.into_iter().filter_map(|tool| Some((self.node(tool)?, None))).collect();
        let mut queue: VecDeque<NodeIndex> = next.keys().copied().collect();
        for end in queue.clone() {
            for (_, hop) in self.through(end).filter(|(integration, hop)| keep(integration, *hop)) {
                if let Some((source, _)) = self.ends_of(hop)
                    && let Entry::Vacant(place) = next.entry(source)
                {
                    place.insert(Some(end));
                    queue.push_back(source);
                }
            }
        }
        let mut middleware: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::new();
        while let Some(node) = queue.pop_front() {
            // The graph lists the newest edge first; ids are wanted in their order.
            let mut edges: Vec<_> = self.map.edges_directed(node, Toward::Incoming).collect();
            edges.reverse();
            for edge in edges {
                let hop = *edge.weight();
                let Some(integration) = self.integration(hop).filter(|integration| keep(integration, hop)) else { continue };
                if let Some(via) = self.middleware(integration) {
                    middleware.entry(via).or_insert(node);
                }
                if let Entry::Vacant(place) = next.entry(edge.source()) {
                    place.insert(Some(node));
                    queue.push_back(edge.source());
                }
            }
        }
        for (via, node) in middleware {
            next.entry(via).or_insert(Some(node));
        }
        Ways { next: next.into_iter().map(|(node, next)| (self.tool(node), next.map(|next| self.tool(next)))).collect() }
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
            let via = self.middleware(integration);
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
        let node = self.node(tool);
        let hops = self.touching.get(tool).into_iter().flatten().flat_map(|number| self.hops(*number));
        hops.filter_map(move |(integration, hop)| {
            let (source, target) = self.ends_of(hop)?;
            let leaves = Some(source) == node || self.middleware(integration) == node;
            leaves.then(|| (integration, hop, self.tool(target)))
        })
    }

    /// Iterates over the hops through a tool as middleware.
    fn through(&self, node: NodeIndex) -> impl Iterator<Item = (&'a Entity<Integration>, Hop)> {
        let numbers = self.touching.get(self.tool(node)).into_iter().flatten();
        numbers.flat_map(|number| self.hops(*number)).filter(move |(integration, _)| self.middleware(integration) == Some(node))
    }

    /// Iterates over the directions of an integration.
    fn hops(&self, number: usize) -> impl Iterator<Item = (&'a Entity<Integration>, Hop)> {
        let integration = self.integrations.get(number).copied();
        [true, false].into_iter().filter_map(move |forward| {
            let integration = integration.filter(|integration| forward || integration.direction == Direction::TwoWay)?;
            Some((integration, Hop { integration: number, forward }))
        })
    }

    /// Where a hop starts and ends.
    fn ends_of(&self, hop: Hop) -> Option<(NodeIndex, NodeIndex)> {
        let integration = self.integration(hop)?;
        let (from, to) = (self.node(integration.from.as_str())?, self.node(integration.to.as_str())?);
        Some(if hop.forward { (from, to) } else { (to, from) })
    }

    /// The middleware of an integration.
    fn middleware(&self, integration: &Integration) -> Option<NodeIndex> {
        self.node(integration.via.as_ref().map(Ref::as_str)?)
    }
}
