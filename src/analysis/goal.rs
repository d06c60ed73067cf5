//! Where data of every unit should arrive: in a CRM, at the attribution.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    graph::Graph,
    model::{AnyEntity, Attribution, Category, Entity, Integration, Stack},
};

/// Tools at which data should arrive, and what leads there. A tool of a unit has those of its unit and the shared ones
/// to go to, a shared tool has all. Data goes over live tools only.
pub struct Goal<'a> {
    graph: &'a Graph<'a>,
    carries: fn(&Integration) -> bool,
    tools: BTreeMap<Option<&'a str>, BTreeSet<&'a str>>,
    every: BTreeSet<&'a str>,
    /// The tools from which data gets to any of them, whatever its unit.
    leading: BTreeSet<&'a str>,
}

impl<'a> Goal<'a> {
    /// Goes back, once, from tools at which data should arrive, given with the units that they count for, over live
    /// integrations that `carries` accepts.
    fn new(graph: &'a Graph<'a>, ends: impl IntoIterator<Item = (Option<&'a str>, &'a str)>, carries: fn(&Integration) -> bool) -> Self {
        let mut tools: BTreeMap<Option<&str>, BTreeSet<&str>> = BTreeMap::new();
        for (unit, tool) in ends {
            tools.entry(unit).or_default().insert(tool);
        }
        let every = tools.values().flatten().copied().collect();
        let mut goal = Self { graph, carries, tools, every, leading: BTreeSet::new() };
        goal.leading = graph.leading_to(goal.every.iter().copied(), &|integration, _| goal.uses(integration));
        goal
    }

    /// Follows live integrations to every live CRM in production: those that run without hands, or all.
    pub fn crm(stack: &'a Stack, graph: &'a Graph<'a>, by_hand_too: bool) -> Self {
        let crm = stack.tools.values().filter(|tool| tool.is_live_production() && tool.is_of(Category::Crm));
        let ends = crm.map(|tool| (tool.unit(), tool.id.as_str()));
        Self::new(graph, ends, if by_hand_too { |_| true } else { Integration::is_automated })
    }

    /// Follows live integrations to the tool of every live attribution, if that is live in production.
    pub fn attribution(stack: &'a Stack, graph: &'a Graph<'a>) -> Self {
        let live = stack.attributions.values().filter(|attribution| attribution.is_live());
        let tool = |attribution: &'a Entity<Attribution>| stack.tools.get(attribution.tool.as_ref()?.as_str());
        let ends = live.filter_map(|attribution| Some((attribution.unit(), tool(attribution).filter(|tool| tool.is_live_production())?)));
        Self::new(graph, ends.map(|(unit, tool)| (unit, tool.id.as_str())), |_| true)
    }

    /// Whether data goes over an integration: it is live and so is all that it touches.
    fn uses(&self, integration: &Entity<Integration>) -> bool {
        (self.carries)(&integration.body) && self.graph.is_in_use(integration)
    }

    /// Iterates over the tools at which data of a unit should arrive: its own, then shared ones.
    pub fn of(&self, unit: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        let every = self.every.iter().filter(move |_| unit.is_none());
        let own = unit.and_then(|unit| self.tools.get(&Some(unit)));
        let shared = self.tools.get(&None).filter(|_| unit.is_some()).into_iter().flatten();
        let shared = shared.filter(move |tool| own.is_none_or(|own| !own.contains(*tool)));
        every.chain(own.into_iter().flatten()).chain(shared).copied()
    }

    /// Returns how many tools [`Self::of`] iterates over.
    pub fn count_of(&self, unit: Option<&'a str>) -> usize {
        if unit.is_none() {
            return self.every.len();
        }
        let (own, shared) = (self.tools.get(&unit), self.tools.get(&None));
        let both = own.into_iter().flatten().filter(|tool| shared.is_some_and(|shared| shared.contains(*tool))).count();
        own.map_or(0, BTreeSet::len) + shared.map_or(0, BTreeSet::len) - both
    }

    /// Whether data should arrive at a tool itself, for whichever unit.
    pub fn includes(&self, tool: &str) -> bool {
        self.every.contains(tool)
    }

    /// Returns a shortest way from a tool of a unit, or of none, to where its data should arrive, without the tool itself;
    /// nothing where there is no way. Takes as long as looking at what lies nearer than the end, or, where there is no
    /// way, at what can be reached from the tool and leads to an end of another unit.
    pub fn way(&self, unit: Option<&str>, tool: &str) -> Option<Vec<&'a str>> {
        if !self.leading.contains(tool) {
            return None;
        }
        let is_of = |unit: Option<&str>, tool: &str| self.tools.get(&unit).is_some_and(|tools| tools.contains(tool));
        let is_end = |tool: &str| match unit {
            None => self.every.contains(tool),
            Some(_) => is_of(unit, tool) || is_of(None, tool),
        };
        self.graph.way(tool, &is_end, &|tool| self.leading.contains(tool), &|integration, _| self.uses(integration))
    }
}
