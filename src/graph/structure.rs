//! The shape of the map: components, articulation points, and circles on which an object travels.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::{
    algo::{articulation_points::articulation_points, tarjan_scc},
    graph::{DiGraph, NodeIndex, UnGraph},
    unionfind::UnionFind,
    visit::EdgeRef,
};

use super::{Graph, Hop, Path, ends};
use crate::model::{Entity, Integration};

impl<'a> Graph<'a> {
    /// Returns the tools in groups that integrations accepted by `keep` join in whatever direction,
    /// middleware included. Groups and their members are sorted by id.
    pub fn components(&self, keep: impl Fn(&Entity<Integration>) -> bool) -> Vec<Vec<&'a str>> {
        let mut joined: UnionFind<usize> = UnionFind::new(self.graph.node_count());
        for integration in self.integrations.iter().copied().filter(|integration| keep(integration)) {
            let nodes: Vec<usize> = ends(integration).filter_map(|tool| self.node(tool)).map(NodeIndex::index).collect();
            for pair in nodes.windows(2) {
                if let [a, b] = pair {
                    joined.union(*a, *b);
                }
            }
        }
        let mut groups: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for node in self.graph.node_indices() {
            groups.entry(joined.find_mut(node.index())).or_default().push(self.tool(node));
        }
        let mut groups: Vec<_> = groups.into_values().collect();
        groups.sort();
        groups
    }

    /// Returns the tools without which a group of tools falls apart, sorted by id. Middleware stands
    /// between the ends that it joins.
    pub fn articulation_points(&self, keep: impl Fn(&Entity<Integration>) -> bool) -> Vec<&'a str> {
        let mut undirected: UnGraph<(), ()> = UnGraph::default();
        for _ in self.graph.node_indices() {
            undirected.add_node(());
        }
        for integration in self.integrations.iter().copied().filter(|integration| keep(integration)) {
            let via = integration.via.as_ref().map(crate::model::Ref::as_str);
            let along = [Some(integration.from.as_str()), via, Some(integration.to.as_str())];
            let nodes: Vec<NodeIndex> = along.into_iter().flatten().filter_map(|tool| self.node(tool)).collect();
            for pair in nodes.windows(2) {
                if let [a, b] = pair
                    && a != b
                {
                    undirected.update_edge(*a, *b, ());
                }
            }
        }
        let points: BTreeSet<NodeIndex> = articulation_points(&undirected).into_iter().collect();
        points.into_iter().map(|node| self.tool(node)).collect()
    }

    /// Returns, for each group of at least `least` tools among which an object can go round, a shortest
    /// circle. Linear in the hops that carry the object.
    pub fn circles(&self, object: &str, least: usize, keep: impl Fn(&Entity<Integration>, Hop) -> bool) -> Vec<Path> {
        let mut carried: DiGraph<(), Hop> = DiGraph::new();
        for _ in self.graph.node_indices() {
            carried.add_node(());
        }
        for edge in self.graph.edge_references() {
            let hop = *edge.weight();
            let carries = self
                .integration(hop)
                .is_some_and(|integration| keep(integration, hop) && !self.arrives_as(integration, hop.forward, object).is_empty());
            if carries {
                carried.add_edge(edge.source(), edge.target(), hop);
            }
        }
        let mut groups: Vec<Vec<NodeIndex>> = tarjan_scc(&carried).into_iter().filter(|group| group.len() >= least).collect();
        for group in &mut groups {
            group.sort();
        }
        groups.sort();
        groups.iter().filter_map(|group| self.circle(&carried, group, least)).collect()
    }

    /// A shortest circle of at least `least` tools through the first tool of a strongly connected group that lies on one.
    fn circle(&self, carried: &DiGraph<(), Hop>, group: &[NodeIndex], least: usize) -> Option<Path> {
        let inside: BTreeSet<NodeIndex> = group.iter().copied().collect();
        group.iter().find_map(|start| {
            // Each entry is a simple way from the start; ways are kept one per tool reached, so the search is bounded.
            let mut came: BTreeMap<NodeIndex, (NodeIndex, Hop)> = BTreeMap::new();
            let mut queue: VecDeque<NodeIndex> = VecDeque::from([*start]);
            while let Some(node) = queue.pop_front() {
                let mut edges: Vec<_> = carried.edges(node).filter(|edge| inside.contains(&edge.target())).collect();
                edges.reverse();
                for edge in edges {
                    let next = edge.target();
                    if next == *start {
                        let path = self.back(&came, *start, node, *edge.weight());
                        if path.hops.len() >= least {
                            return Some(path);
                        }
                    } else if !came.contains_key(&next) {
                        came.insert(next, (node, *edge.weight()));
                        queue.push_back(next);
                    }
                }
            }
            None
        })
    }

    /// The circle that ends with a hop from `last` to `start`.
    fn back(&self, came: &BTreeMap<NodeIndex, (NodeIndex, Hop)>, start: NodeIndex, last: NodeIndex, closing: Hop) -> Path {
        let (mut tools, mut hops) = (vec![self.tool(start).to_owned()], vec![closing]);
        let mut node = last;
        while node != start {
            tools.push(self.tool(node).to_owned());
            let Some((previous, hop)) = came.get(&node) else { break };
            hops.push(*hop);
            node = *previous;
        }
        tools.push(self.tool(start).to_owned());
        tools.reverse();
        hops.reverse();
        Path { tools, hops }
    }
}
