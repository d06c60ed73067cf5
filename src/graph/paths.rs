//! Ways through the map: reachability and shortest paths.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::{Direction as Toward, graph::NodeIndex, visit::EdgeRef};

use super::{Graph, Hop};
use crate::model::{Entity, Integration};

/// A way from one tool to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The tools in order, both ends included.
    pub tools: Vec<String>,
    /// The integrations between them, one fewer than the tools.
    pub hops: Vec<Hop>,
}

/// What a walk may use: an integration and its direction.
pub(super) type Keep<'k> = &'k dyn Fn(&Entity<Integration>, Hop) -> bool;

impl<'a> Graph<'a> {
    /// Returns the tools that can be reached from these along hops that `keep` accepts, the starts included.
    pub fn reachable<'s>(&self, from: impl IntoIterator<Item = &'s str>, keep: Keep<'_>) -> BTreeSet<&'a str> {
        self.walk(from, keep, Toward::Outgoing).into_keys().map(|node| self.tool(node)).collect()
    }

    /// Returns the tools from which one of these can be reached along hops that `keep` accepts, the ends included.
    pub fn reaching<'s>(&self, to: impl IntoIterator<Item = &'s str>, keep: Keep<'_>) -> BTreeSet<&'a str> {
        self.walk(to, keep, Toward::Incoming).into_keys().map(|node| self.tool(node)).collect()
    }

    /// Returns a shortest way along hops that `keep` accepts, the first by id among equals.
    pub fn path(&self, from: &str, to: &str, keep: Keep<'_>) -> Option<Path> {
        let came_from = self.walk([from], keep, Toward::Outgoing);
        let mut node = self.node(to)?;
        let (mut tools, mut hops) = (vec![self.tool(node).to_owned()], Vec::new());
        while let Some((previous, hop)) = *came_from.get(&node)? {
            tools.push(self.tool(previous).to_owned());
            hops.push(hop);
            node = previous;
        }
        tools.reverse();
        hops.reverse();
        Some(Path { tools, hops })
    }

    /// Walks breadth first and remembers by which hop each tool was reached.
    fn walk<'s>(
        &self,
        starts: impl IntoIterator<Item = &'s str>,
        keep: Keep<'_>,
        toward: Toward,
    ) -> BTreeMap<NodeIndex, Option<(NodeIndex, Hop)>> {
        let mut reached: BTreeMap<NodeIndex, Option<(NodeIndex, Hop)>> =
            starts.into_iter().filter_map(|tool| Some((self.node(tool)?, None))).collect();
        let mut queue: VecDeque<NodeIndex> = reached.keys().copied().collect();
        while let Some(node) = queue.pop_front() {
            // The graph lists the newest edge first; ids are wanted in their order.
            let mut edges: Vec<_> = self.map.edges_directed(node, toward).collect();
            edges.reverse();
            for edge in edges {
                let next = if toward == Toward::Outgoing { edge.target() } else { edge.source() };
                let hop = *edge.weight();
                if !reached.contains_key(&next) && self.integration(hop).is_some_and(|integration| keep(integration, hop)) {
                    reached.insert(next, Some((node, hop)));
                    queue.push_back(next);
                }
            }
        }
        reached
    }

    /// Returns what records of an object are called where a hop takes them; nothing if it does not carry them.
    pub fn arrives_as<'s>(integration: &'s Integration, forward: bool, object: &str) -> Vec<&'s str> {
        carried(integration, forward).filter(|(leaves, _)| *leaves == object).map(|(_, arrives)| arrives).collect()
    }

    /// Returns the tools that records of an object reach from a tool along hops that `keep` accepts, with what they are called there.
    pub fn reach_of_object(&self, from: &str, object: &str, keep: Keep<'_>) -> BTreeSet<(&'a str, String)> {
        let mut reached: BTreeSet<(NodeIndex, String)> = self.node(from).map(|node| (node, object.to_owned())).into_iter().collect();
        let mut queue: VecDeque<(NodeIndex, String)> = reached.iter().cloned().collect();
        while let Some((node, object)) = queue.pop_front() {
            for edge in self.map.edges(node) {
                let hop = *edge.weight();
                let Some(integration) = self.integration(hop).filter(|integration| keep(integration, hop)) else { continue };
                for called in Self::arrives_as(integration, hop.forward, &object) {
                    let place = (edge.target(), called.to_owned());
                    if reached.insert(place.clone()) {
                        queue.push_back(place);
                    }
                }
            }
        }
        reached.into_iter().map(|(node, object)| (self.tool(node), object)).collect()
    }
}

/// The objects that travel over an integration in a direction: what they are called where they leave and where they arrive.
pub fn carried(integration: &Integration, forward: bool) -> impl Iterator<Item = (&str, &str)> {
    integration.objects.iter().filter(move |carried| carried.travels(forward, integration.direction)).map(move |carried| {
        let (here, there) = (carried.object().as_str(), carried.object_at_other_end().as_str());
        if forward { (here, there) } else { (there, here) }
    })
}
