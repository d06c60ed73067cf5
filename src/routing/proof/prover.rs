//! Questions to the rules of one routing, and the records that answer them.

use std::ops::Range;

use super::{
    super::class::{Region, Space},
    answer::Answer,
    bits::Word,
    grid::Grid,
    search::{Budget, Exhausted, Node, Point, State},
    shown::Shown,
};

/// The most records of which a rule is the first that takes them that are kept for the next questions about it.
const MOST_KNOWN: usize = 64;

/// Rules as regions, in order, and how much may still be asked about them.
pub(super) struct Prover<'s, 'a> {
    /// All classes of records.
    pub(super) space: &'s Space<'a>,
    /// For each rule the regions of which a record must be in one.
    pub(super) rules: &'s [Vec<Region>],
    grid: &'s Grid,
    budget: Budget,
    shown: Shown<'s, 'a>,
}

/// The records of which a rule is the first that takes them.
pub(super) struct Head<'s> {
    /// What is left of its regions, as far as that is concluded without dividing them.
    nodes: Result<Vec<Node<'s>>, Exhausted>,
    /// Some of the records.
    known: Vec<Point>,
}

impl<'s, 'a> Prover<'s, 'a> {
    /// Prepares questions that may compare so many words.
    pub(super) fn new(space: &'s Space<'a>, rules: &'s [Vec<Region>], grid: &'s Grid, words: u64) -> Self {
        Self { space, rules, grid, budget: Budget::new(words), shown: Shown::new(space, grid) }
    }

    /// Returns the records that no rule before that of a number takes.
    pub(super) fn before(&self, rule: usize) -> Node<'s> {
        Node::new(self.grid, self.grid.before(rule))
    }

    /// Returns the regions of a rule.
    pub(super) fn regions(&self, rule: usize) -> &'s [Region] {
        self.rules.get(rule).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the records of which a rule is the first that takes them.
    pub(super) fn head(&mut self, rule: usize) -> Head<'s> {
        let mut nodes = Vec::new();
        for region in self.regions(rule) {
            let Some(mut node) = self.before(rule).within(region) else { continue };
            self.budget.ask();
            match node.settle(&mut self.budget) {
                Ok(State::Empty) => {}
                Ok(State::Free | State::Open(_)) => nodes.push(node),
                Err(exhausted) => return Head { nodes: Err(exhausted), known: Vec::new() },
            }
        }
        Head { nodes: Ok(nodes), known: Vec::new() }
    }

    /// Searches the nodes one by one, as one question each, for any record.
    pub(super) fn any(&mut self, nodes: impl IntoIterator<Item = Node<'s>>) -> Result<Option<Point>, Exhausted> {
        let mut result = Ok(None);
        for node in nodes {
            self.budget.ask();
            match node.search(&mut self.budget) {
                Ok(None) => {}
                Ok(found) => return Ok(found),
                // Another one may still have a record.
                Err(exhausted) => result = Err(exhausted),
            }
        }
        result
    }

    /// Searches for a record of which a rule is the first that takes it.
    pub(super) fn reach(&mut self, head: &mut Head<'s>) -> Result<Option<Point>, Exhausted> {
        let nodes = head.nodes.clone()?;
        let found = self.any(nodes);
        head.learn(found)
    }

    /// Searches for a record of which a rule is the first that takes it, and another would take it too.
    pub(super) fn meet(&mut self, head: &mut Head<'s>, other: usize) -> Result<Option<Point>, Exhausted> {
        let regions = self.regions(other);
        if let Some(known) = head.known.iter().find(|point| takes(regions, point)) {
            return Ok(Some(known.clone()));
        }
        let mut both = Vec::new();
        for node in head.nodes.as_ref().map_err(|exhausted| *exhausted)? {
            self.budget.ask();
            self.budget.spend(regions.len())?;
            let near = regions.iter().filter(|region| node.meets(region).0);
            both.extend(near.filter_map(|region| node.clone().within(region)));
        }
        let found = self.any(both);
        head.learn(found)
    }

    /// Searches for a record of which a rule is the first that takes it, and another would not take it.
    pub(super) fn leave(&mut self, head: &mut Head<'s>, other: usize) -> Result<Option<Point>, Exhausted> {
        if let Some(known) = head.known.iter().find(|point| !takes(self.regions(other), point)) {
            return Ok(Some(known.clone()));
        }
        let nodes = head.nodes.clone()?;
        let found = self.any(nodes.into_iter().map(|node| node.outside(self.grid.rule(other))).collect::<Vec<_>>());
        head.learn(found)
    }

    /// Searches for a record of which a rule is the first that takes it, and that none of these others takes.
    pub(super) fn first_outside(&mut self, rule: usize, others: Range<usize>) -> Result<Option<Point>, Exhausted> {
        let avoided: Vec<usize> = others.flat_map(|other| self.grid.rule(other)).collect();
        let inside = self.regions(rule).iter().filter_map(|region| self.before(rule).within(region));
        let nodes: Vec<_> = inside.map(|node| node.outside(avoided.iter().copied())).collect();
        self.any(nodes)
    }

    /// Answers a question by what was found: with the simplest record that is such, by the regions that it is in.
    pub(super) fn answer(&mut self, found: Result<Option<Point>, Exhausted>, is_such: impl Fn(&Grid, &[Word]) -> bool) -> Answer<'a> {
        match found {
            Err(Exhausted) => Answer::Undecided,
            Ok(None) => Answer::No,
            Ok(Some(point)) => Answer::Yes(self.shown.example(&point, |regions| is_such(self.grid, regions))),
        }
    }
}

impl Head<'_> {
    /// Keeps a record that was found for the next question.
    fn learn(&mut self, found: Result<Option<Point>, Exhausted>) -> Result<Option<Point>, Exhausted> {
        if let Ok(Some(point)) = &found
            && self.known.len() < MOST_KNOWN
        {
            self.known.push(point.clone());
        }
        found
    }
}

/// Whether a record is in one of the regions.
pub(super) fn takes(regions: &[Region], point: &[usize]) -> bool {
    regions.iter().any(|region| region.holds(point))
}
