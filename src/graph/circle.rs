//! Circles on which the records of an object come back to where they were.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::{
    algo::kosaraju_scc,
    graph::{DiGraph, NodeIndex},
    visit::EdgeRef,
};

use super::{Graph, Hop, Path};
use crate::model::{Entity, Integration};

/// Records at a tool, under the name that they have there: a lead here may be a contact there.
type Records<'a> = (&'a str, &'a str);

impl<'a> Graph<'a> {
    /// Returns circles of three tools or more on which records travel that some tool on the way calls by this name.
    /// Of circles that are entangled a shortest one, through the first tool by id, stands for all.
    pub fn circles(&self, object: &str, keep: impl Fn(&Entity<Integration>, Hop) -> bool) -> Vec<Path> {
        let travel = self.travel(keep);
        // Kosaraju's walk is iterative in petgraph, Tarjan's is not.
        let mut groups = kosaraju_scc(&travel);
        for group in &mut groups {
            group.sort_by_key(|node| travel.node_weight(*node));
        }
        groups.sort_by_key(|group| group.first().and_then(|node| travel.node_weight(*node)));
        groups.iter().filter(|group| group.len() > 2).filter_map(|group| circle(&travel, &core(&travel, group), object)).collect()
    }

    /// Which records at a tool become which records at another.
    fn travel(&self, keep: impl Fn(&Entity<Integration>, Hop) -> bool) -> DiGraph<Records<'a>, Hop> {
        let mut travel = DiGraph::new();
        let mut nodes: BTreeMap<Records<'a>, NodeIndex> = BTreeMap::new();
        for edge in self.map.edge_references() {
            let hop = *edge.weight();
            let Some(integration) = self.integration(hop).filter(|integration| keep(integration, hop)) else { continue };
            let (from, to) = (self.tool(edge.source()), self.tool(edge.target()));
            for (leaves, arrives) in super::paths::carried(&integration.body, hop.forward) {
                let [start, end] = [(from, leaves), (to, arrives)].map(|at| *nodes.entry(at).or_insert_with(|| travel.add_node(at)));
                travel.add_edge(start, end, hop);
            }
        }
        travel
    }
}

/// A group without what hangs on it by a single tool: chains of tools that pass records to and fro are no circles.
fn core(travel: &DiGraph<Records<'_>, Hop>, group: &[NodeIndex]) -> BTreeSet<NodeIndex> {
    let mut inside: BTreeSet<NodeIndex> = group.iter().copied().collect();
    let mut queue: Vec<NodeIndex> = group.to_vec();
    while let Some(node) = queue.pop() {
        let neighbours: Vec<NodeIndex> = travel.neighbors_undirected(node).filter(|next| inside.contains(next)).collect();
        let tools: BTreeSet<_> = neighbours.iter().filter_map(|next| travel.node_weight(*next)).map(|(tool, _)| tool).collect();
        if tools.len() < 2 && inside.remove(&node) {
            queue.extend(neighbours);
        }
    }
    inside
}

/// A shortest circle of three tools or more in a group, through the first records of this name that lie on one.
fn circle(travel: &DiGraph<Records<'_>, Hop>, inside: &BTreeSet<NodeIndex>, object: &str) -> Option<Path> {
    let at = |node: NodeIndex| travel.node_weight(node).copied().unwrap_or_default();
    let mut starts: Vec<NodeIndex> = inside.iter().copied().filter(|start| at(*start).1 == object).collect();
    starts.sort_by_key(|start| at(*start));
    starts.iter().find_map(|start| {
        let mut seconds: Vec<_> = travel.edges(*start).filter(|edge| inside.contains(&edge.target())).collect();
        seconds.sort_by_key(|edge| (at(edge.target()), edge.weight().integration));
        let ways = seconds.iter().filter(|edge| at(edge.target()).0 != at(*start).0);
        let circles = ways.filter_map(|edge| way_back(travel, inside, *start, (edge.target(), *edge.weight())));
        circles.min_by_key(|path| path.hops.len())
    })
}

/// A shortest way from the second tool of a circle back to the first, by another tool than it came.
fn way_back(
    travel: &DiGraph<Records<'_>, Hop>,
    inside: &BTreeSet<NodeIndex>,
    start: NodeIndex,
    (second, first_hop): (NodeIndex, Hop),
) -> Option<Path> {
    let at = |node: NodeIndex| travel.node_weight(node).copied().unwrap_or_default();
    let mut came: BTreeMap<NodeIndex, (NodeIndex, Hop)> = BTreeMap::from([(second, (start, first_hop))]);
    let mut queue = VecDeque::from([second]);
    while let Some(node) = queue.pop_front() {
        let mut edges: Vec<_> = travel.edges(node).filter(|edge| inside.contains(&edge.target())).collect();
        edges.sort_by_key(|edge| (at(edge.target()), edge.weight().integration));
        for edge in edges {
            let next = edge.target();
            if next == start && at(node).0 != at(second).0 {
                let (mut tools, mut hops) = (vec![at(start).0.to_owned(), at(node).0.to_owned()], vec![*edge.weight()]);
                let mut last = node;
                while let Some((previous, hop)) = came.get(&last) {
                    hops.push(*hop);
                    tools.push(at(*previous).0.to_owned());
                    last = *previous;
                }
                tools.reverse();
                hops.reverse();
                return Some(Path { tools, hops });
            }
            if at(next).0 != at(start).0 && !came.contains_key(&next) {
                came.insert(next, (node, *edge.weight()));
                queue.push_back(next);
            }
        }
    }
    None
}
