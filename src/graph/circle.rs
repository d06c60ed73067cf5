//! Circles on which the value of a field comes back to where it was, and those on which it may.
//!
//! A value stands at a [`Station`]: a tool, an object, and a field. Over a hop whose fields are not documented it arrives
//! in some unknown field, from which every mapping may take it on. So that this costs one edge and not one for each
//! field that stands at the tool, what arrives in a field by its name also arrives as [`Content::Some`], which goes on
//! over undocumented hops only.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ahash::{HashMap, HashSet};
use petgraph::{
    algo::{bridges::bridges, kosaraju_scc},
    graph::{DiGraph, EdgeReference, NodeIndex, UnGraph},
    visit::EdgeRef,
};

use super::{Hop, Load, Place, Write};

/// What is known of the field in which a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Content<'a> {
    /// The field of this name.
    Field(&'a str),
    /// Some field that is documented.
    Some,
    /// A field that is not documented.
    Unknown,
}

/// Where a value stands on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Station<'a> {
    /// The id of the tool.
    pub tool: &'a str,
    /// The object, as it is called there; nothing where nobody names one.
    pub object: Option<&'a str>,
    /// The field.
    pub content: Content<'a>,
}

/// How a value gets from a station to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Leg {
    /// Over which integration, and in which direction.
    pub hop: Hop,
    /// The number of the mapping among the integration's `fields`; nothing where they are not documented.
    pub mapping: Option<usize>,
}

/// A way on which a value comes back, through three tools or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle<'a> {
    /// The stations in order, each once.
    pub stations: Vec<Station<'a>>,
    /// As many legs: from each station to the next, and from the last to the first.
    pub legs: Vec<Leg>,
}

type Travel<'a> = DiGraph<Station<'a>, Leg>;

/// The most stations of a group from which a circle is looked for. Where a tool keeps a value in one field, as good as
/// always, the first finds one; the limit keeps the time linear for tools that pass it on from field to field.
const MOST_STARTS: usize = 64;

/// Returns circles on which `writes` carry a value, and then circles on which one may travel because fields of `loads`
/// are not documented. Of circles that are entangled a shortest one stands for all: the one through the first station,
/// or, of the second sort, the first station that an undocumented hop leads to. Detours between two tools that nothing
/// else joins, to and fro, are no part of a circle. The time is linear in both but for sorting.
pub fn circles<'a>(writes: &[Write<'a>], loads: &[Load<'a>]) -> Vec<Circle<'a>> {
    let station = |place: Place<'a>, content| Station { tool: place.tool, object: place.object, content };
    let mut known = Vec::new();
    let mut guessed = Vec::new();
    for write in writes {
        let leg = Leg { hop: write.hop, mapping: Some(write.number) };
        let [from, to] = [write.from, write.to].map(|place| station(place, Content::Field(place.field)));
        known.push((from, to, leg));
        guessed.push((station(write.from, Content::Unknown), to, leg));
        for from in [from, station(write.from, Content::Unknown)] {
            guessed.push((from, station(write.to, Content::Some), leg));
        }
    }
    for load in loads.iter().filter(|load| load.fields.is_none()) {
        let leg = Leg { hop: load.hop, mapping: None };
        let to = Station { tool: load.to, object: Some(load.arrives), content: Content::Unknown };
        for content in [Content::Some, Content::Unknown] {
            guessed.push((Station { tool: load.from, object: Some(load.leaves), content }, to, leg));
        }
    }
    let mut found = found_in(&travel(known.iter().copied()), |_| true);
    found.extend(found_in(&travel(known.into_iter().chain(guessed)), |station| station.content == Content::Unknown));
    found
}

/// Builds the graph of the legs between different tools. Nodes stand in the order of the stations.
fn travel<'a>(legs: impl Iterator<Item = (Station<'a>, Station<'a>, Leg)>) -> Travel<'a> {
    let legs: Vec<_> = legs.filter(|(from, to, _)| from.tool != to.tool).collect();
    let distinct: HashSet<_> = legs.iter().flat_map(|(from, to, _)| [*from, *to]).collect();
    let mut stations: Vec<_> = distinct.into_iter().collect();
    stations.sort_unstable();
    let mut travel = DiGraph::new();
    let nodes: HashMap<_, _> = stations.into_iter().map(|station| (station, travel.add_node(station))).collect();
    let numbered = legs.iter().filter_map(|(from, to, leg)| Some((*nodes.get(from)?, *nodes.get(to)?, *leg)));
    let numbered: BTreeSet<_> = numbered.collect();
    for (from, to, leg) in numbered {
        travel.add_edge(from, to, leg);
    }
    travel
}

/// A circle for each group of stations that are entangled, through one that `wanted` accepts.
fn found_in<'a>(travel: &Travel<'a>, wanted: impl Fn(&Station<'a>) -> bool) -> Vec<Circle<'a>> {
    let travel = entangled(&without_bridges(&entangled(travel)));
    let mut groups = kosaraju_scc(&travel);
    for group in &mut groups {
        group.sort();
    }
    groups.sort();
    let starts = |group: &[NodeIndex]| -> Vec<NodeIndex> {
        group.iter().copied().filter(|node| travel.node_weight(*node).is_some_and(&wanted)).take(MOST_STARTS).collect()
    };
    let several = groups.iter().filter(|group| group.len() > 2);
    several.filter_map(|group| starts(group).into_iter().find_map(|start| circle(&travel, start))).collect()
}

/// The strongly connected group of each node, by the number of the node. Kosaraju's walk is iterative in petgraph,
/// Tarjan's is not.
fn groups(travel: &Travel<'_>) -> Vec<usize> {
    let mut groups = vec![0; travel.node_count()];
    for (number, group) in kosaraju_scc(travel).into_iter().enumerate() {
        for node in group {
            if let Some(of) = groups.get_mut(node.index()) {
                *of = number;
            }
        }
    }
    groups
}

/// Leaves out the legs on which nothing comes back.
fn entangled<'a>(travel: &Travel<'a>) -> Travel<'a> {
    let groups = groups(travel);
    let of = |node: NodeIndex| groups.get(node.index());
    let is_inside = |(from, to)| of(from) == of(to);
    travel.filter_map(|_, station| Some(*station), |edge, leg| travel.edge_endpoints(edge).is_some_and(is_inside).then_some(*leg))
}

/// Leaves out the legs between two tools that nothing else joins: what goes over comes back the same way, so that no
/// circle of three tools leads there. What is left of a group without such legs has a circle through each of its tools.
fn without_bridges<'a>(travel: &Travel<'a>) -> Travel<'a> {
    let groups = groups(travel);
    let mut tools: UnGraph<(), ()> = UnGraph::default();
    let mut nodes: BTreeMap<(usize, &str), NodeIndex> = BTreeMap::new();
    let place: Vec<NodeIndex> = travel
        .node_weights()
        .zip(&groups)
        .map(|(station, group)| *nodes.entry((*group, station.tool)).or_insert_with(|| tools.add_node(())))
        .collect();
    let pair_of = |edge: EdgeReference<'_, Leg>| {
        let (from, to) = (*place.get(edge.source().index())?, *place.get(edge.target().index())?);
        Some((from.min(to), from.max(to)))
    };
    let pairs: BTreeSet<(NodeIndex, NodeIndex)> = travel.edge_references().filter_map(pair_of).collect();
    for (from, to) in pairs {
        tools.add_edge(from, to, ());
    }
    let bridges: BTreeSet<(NodeIndex, NodeIndex)> =
        bridges(&tools).map(|edge| (edge.source().min(edge.target()), edge.source().max(edge.target()))).collect();
    let kept: BTreeSet<_> =
        travel.edge_references().filter(|edge| pair_of(*edge).is_some_and(|pair| !bridges.contains(&pair))).map(|edge| edge.id()).collect();
    travel.filter_map(|_, station| Some(*station), |edge, leg| kept.contains(&edge).then_some(*leg))
}

/// How a station was reached from the start of a circle.
#[derive(Clone, Copy)]
struct Reached<'a> {
    /// The second tool of the way here.
    second: &'a str,
    leg: Leg,
    /// The station before, and which of its ways; nothing for the start.
    before: Option<(NodeIndex, usize)>,
}

/// The ways by which each station was reached.
type Ways<'a> = BTreeMap<NodeIndex, Vec<Reached<'a>>>;

/// A shortest circle through a station: out by one tool, back by another, and never through its tool in between.
///
/// Walks breadth first and keeps for each station the first ways that come by two different second tools. One of them is
/// other than the tool of the station, so that no third is ever needed: each leg is looked at twice at most.
fn circle<'a>(travel: &Travel<'a>, start: NodeIndex) -> Option<Circle<'a>> {
    let home = travel.node_weight(start)?.tool;
    let tool = |node: NodeIndex| travel.node_weight(node).map_or("", |station| station.tool);
    let sorted = |node: NodeIndex| {
        let mut edges: Vec<_> = travel.edges(node).collect();
        edges.sort_by_key(|edge| (edge.target(), *edge.weight()));
        edges
    };
    let (mut reached, mut queue) = (Ways::new(), VecDeque::new());
    let go = |reached: &mut Ways<'a>, queue: &mut VecDeque<_>, node: NodeIndex, way: Reached<'a>| {
        let ways = reached.entry(node).or_default();
        if ways.len() < 2 && ways.iter().all(|known| known.second != way.second) {
            ways.push(way);
            queue.push_back((node, ways.len() - 1));
        }
    };
    for edge in sorted(start) {
        let way = Reached { second: tool(edge.target()), leg: *edge.weight(), before: None };
        go(&mut reached, &mut queue, edge.target(), way);
    }
    while let Some((node, number)) = queue.pop_front() {
        let way = *reached.get(&node)?.get(number)?;
        for edge in sorted(node) {
            if edge.target() == start && tool(node) != way.second {
                return back(travel, &reached, start, (node, number), *edge.weight());
            }
            if tool(edge.target()) != home {
                let way = Reached { second: way.second, leg: *edge.weight(), before: Some((node, number)) };
                go(&mut reached, &mut queue, edge.target(), way);
            }
        }
    }
    None
}

/// Follows the ways from the last station of a circle back to its start.
fn back<'a>(travel: &Travel<'a>, reached: &Ways<'a>, start: NodeIndex, last: (NodeIndex, usize), closing: Leg) -> Option<Circle<'a>> {
    let (mut stations, mut legs) = (Vec::new(), vec![closing]);
    let mut at = Some(last);
    while let Some((node, number)) = at {
        let way = reached.get(&node)?.get(number)?;
        stations.push(*travel.node_weight(node)?);
        legs.push(way.leg);
        at = way.before;
    }
    stations.push(*travel.node_weight(start)?);
    stations.reverse();
    legs.reverse();
    Some(Circle { stations, legs })
}
