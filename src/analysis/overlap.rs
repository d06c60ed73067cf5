//! Which tools can do much the same, as far as their capabilities tell.
//!
//! Two tools overlap if they share at least half of the capabilities of the one that has fewer, and two at least. Tools
//! of different units are not compared; one without a unit belongs to each. Nor are two channels of advertising: each
//! reaches other people. Overlapping tools form groups: the connected components of that relation.
//!
//! The same question between units has a list of its own: what two units have bought for one job may be consolidated.

mod classes;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use self::classes::{Classes, Scope};
use crate::model::{AnyEntity, Category, Entity, Stack, Tool};

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
        Self { groups: Classes::new(stack, Scope::Within).groups(), unknown: unknown(stack) }
    }
}

/// Whether a tool is a channel of advertising, which is not compared with others: each reaches other people.
fn is_channel(tool: &Tool) -> bool {
    tool.category.group() == "advertising"
}

fn unit_of(tool: &Entity<Tool>) -> Option<&str> {
    tool.unit()
}

/// Compares the tools of different units and returns the groups that overlap, sorted. A tool without a unit belongs to each
/// and is no other unit's; one that is sunset counts, for its going is such a consolidation. Bounded as [`Overlap::new`].
pub fn across(stack: &Stack) -> Vec<Group<'_>> {
    Classes::new(stack, Scope::Across).groups()
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
