//! The bus factor: the fewest people whose departure leaves more than half of the important weight with nobody who can
//! run it.
//!
//! Entities that the same people can run count as one, with their weight together. Up to [`EXACT`] people the smallest
//! sets are found exactly by [`search`]; beyond that, or where the search would take too long, a lower and an upper
//! bound are stated.

mod cover;
mod search;

use std::collections::{BTreeMap, BTreeSet};

use self::cover::Cover;
use super::{Knowledge, UNNAMED};
use crate::{
    graph::tools_of,
    model::{AnyEntity, Area, Stack},
};

/// So many people are looked for exactly.
pub const EXACT: usize = 4;
/// So many sets of the smallest size are listed at most.
pub const MOST_SETS: usize = 12;

/// Whoever is counted: a person, or the unnamed people of a team whose members are not listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted<'a> {
    /// The person of this id.
    Person(&'a str),
    /// The unnamed people of the team of this id, who count as [`UNNAMED`].
    Unnamed(&'a str),
}

impl Counted<'_> {
    /// Returns as how many people they count.
    pub fn people(self) -> usize {
        match self {
            Self::Person(_) => 1,
            Self::Unnamed(_) => UNNAMED,
        }
    }
}

/// How many people must go.
#[derive(Debug, Clone, PartialEq)]
pub enum Fewest<'a> {
    /// Nothing is important.
    Nothing,
    /// Exactly so many.
    Exactly {
        /// How many.
        people: usize,
        /// The sets of so many people that do it, sorted: the first [`MOST_SETS`] that were found.
        sets: Vec<Loss<'a>>,
        /// Whether there are more such sets.
        are_more: bool,
    },
    /// At least and at most so many.
    Between {
        /// No fewer are enough.
        least: usize,
        /// These are enough.
        most: Loss<'a>,
    },
}

/// People, and the important weight that nobody could run without them.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss<'a> {
    /// Who goes, sorted.
    pub who: Vec<Counted<'a>>,
    /// The weight that nobody could run then, with what nobody can run today.
    pub weight: f64,
}

impl Loss<'_> {
    /// Returns as how many people they count.
    pub fn people(&self) -> usize {
        self.who.iter().map(|who| who.people()).sum()
    }
}

/// The bus factor of a stack or of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct BusFactor<'a> {
    /// How many important entities there are.
    pub count: usize,
    /// What they weigh together.
    pub weight: f64,
    /// What of it nobody can run today.
    pub uncovered: f64,
    /// How many people must go.
    pub fewest: Fewest<'a>,
}

impl BusFactor<'_> {
    /// Returns how many people must go at least and at most; nothing where nothing is important.
    pub fn range(&self) -> Option<(usize, usize)> {
        match &self.fewest {
            Fewest::Nothing => None,
            Fewest::Exactly { people, .. } => Some((*people, *people)),
            Fewest::Between { least, most } => Some((*least, most.people())),
        }
    }
}

/// The bus factor, overall and for each area in which something is important, in the order of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct BusFactors<'a> {
    /// That of the whole stack.
    pub overall: BusFactor<'a>,
    /// Those of the areas. An integration or flow belongs to each area that it touches.
    pub areas: Vec<(Area, BusFactor<'a>)>,
}

impl<'a> BusFactors<'a> {
    /// Finds the smallest sets. Linear in the important entities and those who can run them, beside searches whose steps
    /// are bounded.
    pub fn new(stack: &'a Stack, knowledge: &Knowledge<'a>) -> Self {
        let weights = &stack.company.risk.criticality_weight;
        let mut overall = Cover::default();
        let mut areas: BTreeMap<Area, Cover<'a>> = BTreeMap::new();
        for entity in stack.all().filter(|entity| entity.is_important()) {
            let runners = knowledge.of(entity.address().as_str());
            let people = runners.staying().map(|runner| Counted::Person(runner.person));
            let who: BTreeSet<Counted<'a>> = people.chain(runners.unlisted.iter().map(|team| Counted::Unnamed(team))).collect();
            let weight = weights.of(entity.criticality());
            for area in areas_of(stack, entity) {
                areas.entry(area).or_default().add(&who, weight);
            }
            overall.add(&who, weight);
        }
        Self { overall: overall.factor(), areas: areas.into_iter().map(|(area, cover)| (area, cover.factor())).collect() }
    }
}

/// The areas that an entity belongs to: those of the tools that it is, runs in, joins or passes.
fn areas_of(stack: &Stack, entity: &dyn AnyEntity) -> BTreeSet<Area> {
    tools_of(stack, entity).into_iter().filter_map(|tool| Some(stack.tools.get(tool)?.category.area())).collect()
}
