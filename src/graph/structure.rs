//! The shape of the map: components and articulation points.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::{
    algo::articulation_points::articulation_points,
    graph::{NodeIndex, UnGraph},
    unionfind::UnionFind,
};

use super::Graph;
use crate::model::{Entity, Integration};

impl<'a> Graph<'a> {
    /// Returns the tools in groups that integrations accepted by `keep` join in whatever direction,
    /// middleware included. Groups and their members are sorted by id.
    pub fn components(&self, keep: impl Fn(&Entity<Integration>) -> bool) -> Vec<Vec<&'a str>> {
        let mut joined: UnionFind<usize> = UnionFind::new(self.map.node_count());
        for (_, joint) in self.integrations.iter().zip(&self.joints).filter(|(integration, _)| keep(integration)) {
            let nodes: Vec<usize> = [joint.from, joint.to, joint.via].into_iter().flatten().map(NodeIndex::index).collect();
            for pair in nodes.windows(2) {
                if let [a, b] = pair {
                    joined.union(*a, *b);
                }
            }
        }
        let mut groups: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for node in self.map.node_indices() {
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
        for _ in self.map.node_indices() {
            undirected.add_node(());
        }
        for (_, joint) in self.integrations.iter().zip(&self.joints).filter(|(integration, _)| keep(integration)) {
            let nodes: Vec<NodeIndex> = [joint.from, joint.via, joint.to].into_iter().flatten().collect();
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
}
