//! How something spreads from where it begins: to which tools, over which integrations, after how long.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use petgraph::graph::NodeIndex;

use super::{Graph, Hop, paths::Keep};
use crate::model::{Entity, Integration};

/// How a tool was reached.
#[derive(Debug, Clone, Copy)]
struct Arrival {
    /// What it took, in the unit of the question.
    cost: u64,
    /// The number of hops.
    hops: usize,
    /// The tool before, and the hop from there; nothing where it began.
    by: Option<(NodeIndex, Hop)>,
}

/// What waits to be reached: the cost, the hops, the tool, and from where it would be reached.
type Waiting = Reverse<(u64, usize, NodeIndex, Option<(NodeIndex, Hop)>)>;

/// A hop on the way to a tool.
#[derive(Debug, Clone, Copy)]
pub struct Leg<'a> {
    /// The tool that it leaves.
    pub from: &'a str,
    /// The tool at which it arrives.
    pub to: &'a str,
    /// The integration.
    pub integration: &'a Entity<Integration>,
}

/// What was reached, and how.
#[derive(Debug, Default)]
pub struct Spread<'a> {
    /// The tools from which it goes on.
    reached: BTreeMap<&'a str, Reached<'a>>,
    /// The middleware at which it arrives sooner, or only, on the way to another tool.
    passed: BTreeMap<&'a str, Reached<'a>>,
    order: Vec<&'a str>,
}

/// What it took to reach a tool, and the last hop; none where it began.
type Reached<'a> = (u64, Option<Leg<'a>>);

impl<'a> Spread<'a> {
    /// Whether a tool was reached; where it began counts.
    pub fn contains(&self, tool: &str) -> bool {
        self.at(tool).is_some()
    }

    /// Returns what it took to reach a tool; nothing where it was not reached.
    pub fn cost(&self, tool: &str) -> Option<u64> {
        self.at(tool).map(|(cost, _)| *cost)
    }

    /// Returns the hop by which it goes on to a tool, as an end of an integration and not as middleware; nothing where it began
    /// or does not get so.
    pub fn last(&self, tool: &str) -> Option<&Leg<'a>> {
        self.reached.get(tool).and_then(|(_, leg)| leg.as_ref())
    }

    /// Returns the hop by which a tool was reached soonest; nothing where it began or was not reached.
    pub fn leg(&self, tool: &str) -> Option<&Leg<'a>> {
        self.at(tool).and_then(|(_, leg)| leg.as_ref())
    }

    /// Returns what it took to a tool as an end; nothing where it does not get so.
    pub fn cost_as_end(&self, tool: &str) -> Option<u64> {
        self.reached.get(tool).map(|(cost, _)| *cost)
    }

    /// Returns how a tool was reached soonest.
    fn at(&self, tool: &str) -> Option<&Reached<'a>> {
        self.passed.get(tool).or_else(|| self.reached.get(tool))
    }

    /// Returns the hops to a tool in order; none where it began or was not reached. Linear in the hops.
    pub fn way(&self, tool: &str) -> Vec<Leg<'a>> {
        let last = self.at(tool).and_then(|(_, leg)| *leg);
        // It came on from tools that it had reached itself, not from middleware.
        let mut way: Vec<Leg<'a>> = std::iter::successors(last, |leg| self.reached.get(leg.from).and_then(|(_, leg)| *leg)).collect();
        way.reverse();
        way
    }

    /// Iterates over the tools in the order in which they were reached, those where it began first.
    pub fn tools(&self) -> impl Iterator<Item = &'a str> {
        self.order.iter().copied()
    }
}

impl<'a> Graph<'a> {
    /// Follows hops that `keep` accepts from some tools, the cheapest first, then those with fewer hops, then by id. What
    /// goes through middleware arrives there too and does not go on. Takes n·log n for n hops.
    pub fn spread<'s>(
        &self,
        from: impl IntoIterator<Item = &'s str>,
        keep: Keep<'_>,
        cost: &dyn Fn(&Entity<Integration>) -> u64,
    ) -> Spread<'a> {
        let mut reached: BTreeMap<NodeIndex, Arrival> = BTreeMap::new();
        let mut passed: BTreeMap<NodeIndex, Arrival> = BTreeMap::new();
        let mut queue: BinaryHeap<Waiting> = from.into_iter().filter_map(|tool| Some(Reverse((0, 0, self.node(tool)?, None)))).collect();
        let mut order = Vec::new();
        while let Some(Reverse((so_far, hops, node, by))) = queue.pop() {
            if reached.contains_key(&node) {
                continue;
            }
            reached.insert(node, Arrival { cost: so_far, hops, by });
            order.push(node);
            for (integration, hop) in self.hops_from(node, by.is_none()).filter(|(integration, hop)| keep(integration, *hop)) {
                let Some((_, target)) = self.ends_of(hop) else { continue };
                let arrival = Arrival { cost: so_far.saturating_add(cost(integration)), hops: hops + 1, by: Some((node, hop)) };
                if let Some(via) = self.middleware(hop).filter(|via| *via != node) {
                    passed.entry(via).and_modify(|known| *known = sooner(*known, arrival)).or_insert(arrival);
                }
                queue.push(Reverse((arrival.cost, arrival.hops, target, arrival.by)));
            }
        }
        let rank = |arrival: &Arrival| (arrival.cost, arrival.hops);
        order.extend(passed.keys().filter(|node| !reached.contains_key(node)));
        passed.retain(|node, arrival| reached.get(node).is_none_or(|known| rank(arrival) < rank(known)));
        order.sort_by_key(|node| passed.get(node).or_else(|| reached.get(node)).map(rank));
        let leg = |node: NodeIndex, arrival: Arrival| {
            let leg = arrival
                .by
                .and_then(|(before, hop)| Some(Leg { from: self.tool(before), to: self.tool(node), integration: self.integration(hop)? }));
            (self.tool(node), (arrival.cost, leg))
        };
        Spread {
            reached: reached.into_iter().map(|(node, arrival)| leg(node, arrival)).collect(),
            passed: passed.into_iter().map(|(node, arrival)| leg(node, arrival)).collect(),
            order: order.into_iter().map(|node| self.tool(node)).collect(),
        }
    }
}

/// The cheaper of two arrivals, the one with fewer hops among equals, else the first.
fn sooner(one: Arrival, other: Arrival) -> Arrival {
    if (other.cost, other.hops) < (one.cost, one.hops) { other } else { one }
}
