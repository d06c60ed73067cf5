//! Where data of every unit should arrive: in a CRM, at the attribution.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    graph::{Graph, Hop, Ways},
    model::{AnyEntity, Category, Entity, Integration, Ref, Stack},
};

/// Tools at which data should arrive, and what leads there. A tool of a unit has those of its unit and the shared ones
/// to go to, a shared tool has all.
#[derive(Debug, Default)]
pub struct Goal<'a> {
    all: Ways<'a>,
    shared: Ways<'a>,
    own: BTreeMap<&'a str, Ways<'a>>,
    tools: BTreeMap<Option<&'a str>, BTreeSet<&'a str>>,
    every: BTreeSet<&'a str>,
}

impl<'a> Goal<'a> {
    /// Goes back from tools at which data should arrive, given with the units that they count for. Two walks, and one
    /// for each unit with a tool of its own over what leads to that tool.
    pub fn new(
        graph: &Graph<'a>,
        ends: impl IntoIterator<Item = (Option<&'a str>, &'a str)>,
        keep: impl Fn(&Entity<Integration>, Hop) -> bool,
    ) -> Self {
        let mut tools: BTreeMap<Option<&str>, BTreeSet<&str>> = BTreeMap::new();
        for (unit, tool) in ends {
            tools.entry(unit).or_default().insert(tool);
        }
        let every: BTreeSet<&str> = tools.values().flatten().copied().collect();
        let ways = |ends: &BTreeSet<&'a str>| graph.ways_to(ends.iter().copied(), &keep);
        let all = ways(&every);
        let shared = tools.get(&None).map(ways).unwrap_or_default();
        let own = tools.iter().filter_map(|(unit, ends)| Some(((*unit)?, ways(ends)))).collect();
        Self { all, shared, own, tools, every }
    }

    /// Follows live integrations to every live CRM: those that run without hands, or all.
    pub fn crm(stack: &'a Stack, graph: &Graph<'a>, by_hand_too: bool) -> Self {
        let crm = stack.tools.values().filter(|tool| tool.is_live() && tool.is_of(Category::Crm));
        let ends = crm.map(|tool| (tool.unit(), tool.id.as_str()));
        Self::new(graph, ends, |integration, _| integration.is_live() && (by_hand_too || integration.is_automated()))
    }

    /// Follows live integrations to the tool of every live attribution.
    pub fn attribution(stack: &'a Stack, graph: &Graph<'a>) -> Self {
        let live = stack.attributions.values().filter(|attribution| attribution.is_live());
        let ends = live.filter_map(|attribution| Some((attribution.unit(), attribution.tool.as_ref().map(Ref::as_str)?)));
        Self::new(graph, ends, |integration, _| integration.is_live())
    }

    /// Iterates over the tools at which data of a unit should arrive: its own, then shared ones.
    pub fn of(&self, unit: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        let every = self.every.iter().filter(move |_| unit.is_none());
        let own = unit.and_then(|unit| self.tools.get(&Some(unit)));
        let shared = self.tools.get(&None).filter(|_| unit.is_some()).into_iter().flatten();
        let shared = shared.filter(move |tool| own.is_none_or(|own| !own.contains(*tool)));
        every.chain(own.into_iter().flatten()).chain(shared).copied()
    }

    /// Whether data should arrive at a tool itself, for whichever unit.
    pub fn includes(&self, tool: &str) -> bool {
        self.every.contains(tool)
    }

    /// Returns the ways from a tool of a unit to where its data should arrive, if there are any.
    pub fn ways(&self, unit: Option<&str>, tool: &str) -> Option<&Ways<'a>> {
        let ways = match unit {
            None => [Some(&self.all), None],
            Some(unit) => [self.own.get(unit), Some(&self.shared)],
        };
        ways.into_iter().flatten().find(|ways| ways.lead_from(tool))
    }
}
