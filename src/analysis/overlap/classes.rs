//! Tools with the same capabilities as one class, and the classes that overlap, found by counting.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
};

use petgraph::unionfind::UnionFind;

use super::{Group, LEAST_SHARED, MOST_PAIRS, Pair, is_channel};
use crate::model::{AnyEntity, Category, Entity, Ref, Stack, Tool};

/// Which tools are compared with which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Those of one unit; one without a unit belongs to each.
    Within,
    /// Those of different units.
    Across,
}

impl Scope {
    fn takes(self, tool: &Entity<Tool>) -> bool {
        match self {
            Self::Within => tool.is_compared(),
            Self::Across => tool.is_live_production() && tool.category != Category::Other && tool.unit().is_some(),
        }
    }

    /// Whether a tool of one unit is compared with one of another.
    fn compares(self, a: Option<&str>, b: Option<&str>) -> bool {
        match self {
            Self::Within => a.is_none() || b.is_none() || a == b,
            Self::Across => a != b,
        }
    }
}

/// A tool of a class.
#[derive(Debug, Clone, Copy)]
struct Member<'a> {
    id: &'a str,
    unit: Option<&'a str>,
}

/// Tools with the same capabilities: those of one unit where units are compared with themselves, of all where with others.
#[derive(Debug)]
struct Class<'a> {
    capabilities: BTreeSet<&'a str>,
    /// Whether it is one channel of advertising: what another channel can do, it does for other people.
    is_channel: bool,
    /// Sorted by id; a channel is alone.
    tools: Vec<Member<'a>>,
    /// How many of them each unit has.
    units: BTreeMap<Option<&'a str>, usize>,
}

impl Class<'_> {
    /// Whether tools of two classes overlap that share so many capabilities.
    fn overlaps(&self, other: &Self, shared: usize, scope: Scope) -> bool {
        let fewest = self.capabilities.len().min(other.capabilities.len());
        let are_channels = self.is_channel && other.is_channel;
        let are_compared = || match (self.units.keys().next(), other.units.keys().next()) {
            (Some(a), Some(b)) => self.units.len() > 1 || other.units.len() > 1 || scope.compares(*a, *b),
            _ => false,
        };
        shared >= LEAST_SHARED && 2 * shared >= fewest && !are_channels && are_compared()
    }

    /// How many pairs there are of a tool of this class and one of another.
    fn pairs(&self, other: &Self, scope: Scope) -> usize {
        let all = self.tools.len() * other.tools.len();
        let same = |(unit, count): (_, &usize)| count * other.units.get(unit).copied().unwrap_or(0);
        if scope == Scope::Within { all } else { all - self.units.iter().map(same).sum::<usize>() }
    }

    /// How many pairs of its own tools there are.
    fn inner_pairs(&self, scope: Scope) -> usize {
        match scope {
            Scope::Within => self.tools.len() * (self.tools.len() - 1) / 2,
            Scope::Across => self.pairs(self, scope) / 2,
        }
    }
}

/// The tools of a group, each with its class.
type Members<'c, 'a> = Vec<(Member<'a>, &'c Class<'a>)>;

/// The classes of a stack's tools, by number.
#[derive(Debug)]
pub(super) struct Classes<'a> {
    scope: Scope,
    all: Vec<Class<'a>>,
    /// The numbers of the classes that have a capability, ascending.
    having: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Classes<'a> {
    pub(super) fn new(stack: &'a Stack, scope: Scope) -> Self {
        let mut classes: BTreeMap<_, Vec<Member<'a>>> = BTreeMap::new();
        for tool in stack.tools.values().filter(|tool| scope.takes(tool)) {
            let capabilities: BTreeSet<&str> = tool.capabilities.iter().map(Ref::as_str).collect();
            if capabilities.len() >= LEAST_SHARED {
                let channel = is_channel(tool).then_some(tool.id.as_str());
                let unit = tool.unit().filter(|_| scope == Scope::Within);
                classes.entry((unit, capabilities, channel)).or_default().push(Member { id: tool.id.as_str(), unit: tool.unit() });
            }
        }
        let class = |((_, capabilities, channel), tools): ((_, _, Option<&str>), Vec<Member<'a>>)| {
            let mut units: BTreeMap<Option<&str>, usize> = BTreeMap::new();
            for tool in &tools {
                *units.entry(tool.unit).or_default() += 1;
            }
            Class { capabilities, is_channel: channel.is_some(), tools, units }
        };
        let all: Vec<_> = classes.into_iter().map(class).collect();
        let mut having: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, class) in all.iter().enumerate() {
            for capability in &class.capabilities {
                having.entry(capability).or_default().push(number);
            }
        }
        Self { scope, all, having }
    }

    /// Returns those classes from a number on that overlap with a class, itself included. The counter has a place for each
    /// class and is zero before and after.
    fn overlapping(&self, class: &Class<'_>, from: usize, counter: &mut [usize]) -> Vec<usize> {
        let mut touched = Vec::new();
        for capability in &class.capabilities {
            let having = self.having.get(capability).map_or(&[][..], Vec::as_slice);
            let (_, having) = having.split_at(having.partition_point(|number| *number < from));
            for number in having {
                let Some(count) = counter.get_mut(*number) else { continue };
                if *count == 0 {
                    touched.push(*number);
                }
                *count += 1;
            }
        }
        touched.retain(|number| {
            let shared = counter.get_mut(*number).map_or(0, mem::take);
            self.all.get(*number).is_some_and(|other| class.overlaps(other, shared, self.scope))
        });
        touched
    }

    /// Returns the groups of tools that overlap, sorted.
    pub(super) fn groups(&self) -> Vec<Group<'a>> {
        let mut counter = vec![0; self.all.len()];
        let mut together = UnionFind::new(self.all.len());
        let mut counts = vec![0; self.all.len()];
        for (number, class) in self.all.iter().enumerate() {
            let mut pairs = class.inner_pairs(self.scope);
            for other in self.overlapping(class, number + 1, &mut counter) {
                together.union(number, other);
                pairs += self.all.get(other).map_or(0, |other| class.pairs(other, self.scope));
            }
            if let Some(count) = counts.get_mut(number) {
                *count = pairs;
            }
        }
        let mut groups: BTreeMap<usize, (Members<'_, '_>, usize)> = BTreeMap::new();
        for (number, (class, pairs)) in self.all.iter().zip(counts).enumerate() {
            let (tools, count) = groups.entry(together.find(number)).or_default();
            tools.extend(class.tools.iter().map(|tool| (*tool, class)));
            *count += pairs;
        }
        let groups = groups.into_values().filter(|(_, count)| *count > 0);
        let mut groups: Vec<_> = groups.map(|(tools, pair_count)| self.group(tools, pair_count, &mut counter)).collect();
        groups.sort_by(|a, b| a.tools.cmp(&b.tools));
        groups
    }

    /// Makes a group of its tools. Each tool that is looked at has a pair with an earlier or a later one, so that no more
    /// than twice [`MOST_PAIRS`] are.
    fn group(&self, mut tools: Members<'_, 'a>, pair_count: usize, counter: &mut [usize]) -> Group<'a> {
        tools.sort_by_key(|(tool, _)| tool.id);
        let mut pairs = Vec::new();
        for (tool, class) in &tools {
            if pairs.len() == MOST_PAIRS {
                break;
            }
            let others = self.overlapping(class, 0, counter).into_iter().filter_map(|number| self.all.get(number));
            let others = others.flat_map(|other| other.tools.iter().map(move |tool| (*tool, other)));
            let is_later = |other: &Member<'_>| other.id > tool.id && self.scope.compares(tool.unit, other.unit);
            let mut later: Members<'_, '_> = others.filter(|(other, _)| is_later(other)).collect();
            later.sort_by_key(|(other, _)| other.id);
            pairs.extend(later.into_iter().take(MOST_PAIRS - pairs.len()).map(|(other, of)| Pair {
                tools: [tool.id, other.id],
                capabilities: [class.capabilities.len(), of.capabilities.len()],
                shared: class.capabilities.intersection(&of.capabilities).copied().collect(),
            }));
        }
        Group { tools: tools.into_iter().map(|(tool, _)| tool.id).collect(), pairs, pair_count }
    }
}
