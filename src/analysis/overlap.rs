//! Which tools can do much the same, as far as their capabilities tell.
//!
//! Two tools overlap if they share at least half of the capabilities of the one that has fewer, and two at least. Tools
//! of different units are not compared; one without a unit belongs to each. Nor are two channels of advertising: each
//! reaches other people. Overlapping tools form groups: the connected components of that relation.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
};

use petgraph::unionfind::UnionFind;
use serde::Serialize;

use crate::model::{AnyEntity, Category, Entity, Ref, Stack, Tool};

/// So many pairs of a group are listed at most; a group may have as many as the square of its tools.
pub const MOST_PAIRS: usize = 100;
/// So many other tools of its category are listed at most for a tool without capabilities.
pub const MOST_OTHERS: usize = 3;
/// Tools that share fewer capabilities do not overlap.
const LEAST_SHARED: usize = 2;

/// Two tools that overlap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair<'a> {
    /// Their ids, sorted.
    pub tools: [&'a str; 2],
    /// How many capabilities each has.
    pub capabilities: [usize; 2],
    /// The capabilities that both have, sorted.
    pub shared: Vec<&'a str>,
}

/// Tools that overlap, each with at least one other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group<'a> {
    /// Their ids, sorted.
    pub tools: Vec<&'a str>,
    /// The first [`MOST_PAIRS`] of the pairs that overlap, sorted.
    pub pairs: Vec<Pair<'a>>,
    /// How many pairs overlap.
    pub pair_count: usize,
}

/// A tool that cannot be compared with others of its category, because it names no capabilities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unknown<'a> {
    /// Its id.
    pub tool: &'a str,
    /// The ids of the first [`MOST_OTHERS`] other tools of its category, sorted.
    pub others: Vec<&'a str>,
    /// How many others there are; never 0.
    pub other_count: usize,
}

/// What the capabilities of a stack's tools have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Overlap<'a> {
    /// The groups of tools that overlap, sorted.
    pub groups: Vec<Group<'a>>,
    /// The tools whose overlap is not known, sorted by id.
    pub unknown: Vec<Unknown<'a>>,
}

impl<'a> Overlap<'a> {
    /// Compares the tools of a stack.
    ///
    /// Tools of one unit with the same capabilities are one class, and classes are compared by counting along an index
    /// from capability to classes. The steps are bounded by the sum over the capabilities of the square of the classes
    /// that have one, whatever the number of tools.
    pub fn new(stack: &'a Stack) -> Self {
        Self { groups: Classes::new(stack).groups(), unknown: unknown(stack) }
    }
}

/// Whether something of one unit can be in the way of something of another. What has no unit belongs to each.
fn share_a_unit(a: Option<&str>, b: Option<&str>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// Tools of one unit with the same capabilities.
#[derive(Debug)]
struct Class<'a> {
    unit: Option<&'a str>,
    capabilities: BTreeSet<&'a str>,
    /// Whether it is one channel of advertising: what another channel can do, it does for other people.
    is_channel: bool,
    /// Their ids, sorted; a channel is alone.
    tools: Vec<&'a str>,
}

impl Class<'_> {
    /// Whether tools of two classes overlap that share so many capabilities.
    fn overlaps(&self, other: &Self, shared: usize) -> bool {
        let fewest = self.capabilities.len().min(other.capabilities.len());
        let are_channels = self.is_channel && other.is_channel;
        shared >= LEAST_SHARED && 2 * shared >= fewest && !are_channels && share_a_unit(self.unit, other.unit)
    }
}

/// The tools of a group, each with its class.
type Members<'c, 'a> = Vec<(&'a str, &'c Class<'a>)>;

/// The classes of a stack's tools, by number.
#[derive(Debug)]
struct Classes<'a> {
    all: Vec<Class<'a>>,
    /// The numbers of the classes that have a capability, ascending.
    having: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Classes<'a> {
    fn new(stack: &'a Stack) -> Self {
        let mut classes: BTreeMap<_, Vec<&str>> = BTreeMap::new();
        for tool in stack.tools.values().filter(|tool| tool.is_compared()) {
            let capabilities: BTreeSet<&str> = tool.capabilities.iter().map(Ref::as_str).collect();
            if capabilities.len() >= LEAST_SHARED {
                let channel = is_channel(tool).then_some(tool.id.as_str());
                classes.entry((unit_of(tool), capabilities, channel)).or_default().push(tool.id.as_str());
            }
        }
        let class = |((unit, capabilities, channel), tools): ((_, _, Option<&str>), _)| {
            let is_channel = channel.is_some();
            Class { unit, capabilities, is_channel, tools }
        };
        let all: Vec<_> = classes.into_iter().map(class).collect();
        let mut having: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, class) in all.iter().enumerate() {
            for capability in &class.capabilities {
                having.entry(capability).or_default().push(number);
            }
        }
        Self { all, having }
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
            self.all.get(*number).is_some_and(|other| class.overlaps(other, shared))
        });
        touched
    }

    fn groups(&self) -> Vec<Group<'a>> {
        let mut counter = vec![0; self.all.len()];
        let mut together = UnionFind::new(self.all.len());
        let mut counts = vec![0; self.all.len()];
        for (number, class) in self.all.iter().enumerate() {
            let size = class.tools.len();
            let mut pairs = size * (size - 1) / 2;
            for other in self.overlapping(class, number + 1, &mut counter) {
                together.union(number, other);
                pairs += size * self.all.get(other).map_or(0, |other| other.tools.len());
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
        tools.sort_by_key(|(tool, _)| *tool);
        let mut pairs = Vec::new();
        for (tool, class) in &tools {
            if pairs.len() == MOST_PAIRS {
                break;
            }
            let others = self.overlapping(class, 0, counter).into_iter().filter_map(|number| self.all.get(number));
            let others = others.flat_map(|other| other.tools.iter().map(move |tool| (*tool, other)));
            let mut later: Members<'_, '_> = others.filter(|(other, _)| other > tool).collect();
            later.sort_by_key(|(other, _)| *other);
            pairs.extend(later.into_iter().take(MOST_PAIRS - pairs.len()).map(|(other, of)| Pair {
                tools: [*tool, other],
                capabilities: [class.capabilities.len(), of.capabilities.len()],
                shared: class.capabilities.intersection(&of.capabilities).copied().collect(),
            }));
        }
        Group { tools: tools.into_iter().map(|(tool, _)| tool).collect(), pairs, pair_count }
    }
}

/// Whether a tool is a channel of advertising, which is not compared with others: each reaches other people.
fn is_channel(tool: &Tool) -> bool {
    tool.category.group() == "advertising"
}

fn unit_of(tool: &Entity<Tool>) -> Option<&str> {
    tool.unit()
}

/// The tools that name no capabilities while others of their category and unit are there, of those that would be compared.
/// Linear in the tools, times a logarithm.
fn unknown(stack: &Stack) -> Vec<Unknown<'_>> {
    let compared = || stack.tools.values().filter(|tool| tool.is_compared() && !is_channel(tool));
    let mut of_category: BTreeMap<Category, Vec<&str>> = BTreeMap::new();
    let mut of_unit: BTreeMap<(Category, Option<&str>), Vec<&str>> = BTreeMap::new();
    for tool in compared() {
        of_category.entry(tool.category).or_default().push(tool.id.as_str());
        of_unit.entry((tool.category, unit_of(tool))).or_default().push(tool.id.as_str());
    }
    let unknown = |tool: &'_ Entity<Tool>| {
        let category = tool.category;
        let lists = match unit_of(tool) {
            None => [of_category.get(&category), None],
            unit => [of_unit.get(&(category, unit)), of_unit.get(&(category, None))],
        };
        let lists = lists.into_iter().flatten();
        let other_count = lists.clone().map(Vec::len).sum::<usize>().saturating_sub(1);
        let first = lists.flat_map(|list| list.iter().copied().filter(|other| *other != tool.id.as_str()).take(MOST_OTHERS));
        let first: BTreeSet<&str> = first.collect();
        (first.into_iter().take(MOST_OTHERS).collect::<Vec<_>>(), other_count)
    };
    let silent = compared().filter(|tool| tool.capabilities.is_empty());
    let silent = silent.map(|tool| (tool.id.as_str(), unknown(tool)));
    silent.filter(|(_, (_, count))| *count > 0).map(|(tool, (others, other_count))| Unknown { tool, others, other_count }).collect()
}
