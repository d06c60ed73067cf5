//! Questions to the rules of one routing, and the records that answer them.

use fixedbitset::FixedBitSet;

use super::{
    super::class::{Region, Space},
    answer::{Answer, Example},
    search::{Budget, Exhausted, Node, State, point},
};

/// A set of classes for every facet, of which every combination is a record.
type Domain = Vec<FixedBitSet>;

/// Rules as regions, in order, and how much may still be asked about them.
pub(super) struct Prover<'s, 'a> {
    /// All classes of records.
    pub(super) space: &'s Space<'a>,
    /// For each rule the regions of which a record must be in one.
    pub(super) rules: &'s [Vec<Region>],
    budget: Budget,
}

/// The records of which a rule is the first that takes them, as far as that is concluded without dividing them.
pub(super) struct Head<'s>(Result<Vec<Node<'s>>, Exhausted>);

impl<'s, 'a> Prover<'s, 'a> {
    /// Prepares questions that may take so many comparisons.
    pub(super) fn new(space: &'s Space<'a>, rules: &'s [Vec<Region>], comparisons: u64) -> Self {
        Self { space, rules, budget: Budget::new(comparisons) }
    }

    /// Returns the records that no rule before that of a number takes.
    pub(super) fn before(&self, rule: usize) -> Node<'s> {
        Node::new(self.space).outside(self.rules.iter().take(rule).flatten())
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
                Ok(State::Free | State::Open) => nodes.push(node),
                Err(exhausted) => return Head(Err(exhausted)),
            }
        }
        Head(Ok(nodes))
    }

    /// Searches the nodes one by one, as one question each, for any record.
    pub(super) fn any(&mut self, nodes: impl IntoIterator<Item = Node<'s>>) -> Result<Option<Domain>, Exhausted> {
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
    pub(super) fn reach(&mut self, head: &Head<'s>) -> Result<Option<Domain>, Exhausted> {
        let nodes = head.0.as_ref().map_err(|exhausted| *exhausted)?;
        self.any(nodes.iter().cloned())
    }

    /// Searches for a record of which a rule is the first that takes it, and another would take it too.
    pub(super) fn meet(&mut self, head: &Head<'s>, other: usize) -> Result<Option<Domain>, Exhausted> {
        let nodes = head.0.as_ref().map_err(|exhausted| *exhausted)?;
        let regions = self.regions(other);
        let mut both = Vec::new();
        for node in nodes {
            self.budget.ask();
            self.budget.spend(regions.len())?;
            let near = regions.iter().filter(|region| node.meets(region).0);
            both.extend(near.filter_map(|region| node.clone().within(region)));
        }
        self.any(both)
    }

    /// Searches for a record of which a rule is the first that takes it, and another would not take it.
    pub(super) fn leave(&mut self, head: &Head<'s>, other: usize) -> Result<Option<Domain>, Exhausted> {
        let nodes = head.0.as_ref().map_err(|exhausted| *exhausted)?;
        let regions = self.regions(other);
        self.any(nodes.iter().map(|node| node.clone().outside(regions)))
    }

    /// Whether a rule is the first that takes a record.
    pub(super) fn is_first(&self, rule: usize, point: &[usize]) -> bool {
        takes(self.regions(rule), point) && !self.is_taken_before(rule, point)
    }

    /// Whether a rule before that of a number takes a record.
    pub(super) fn is_taken_before(&self, rule: usize, point: &[usize]) -> bool {
        self.rules.iter().take(rule).any(|regions| takes(regions, point))
    }

    /// Answers a question by what was found: with a record in which as little is filled in as `is_one` allows.
    pub(super) fn answer(&self, found: Result<Option<Domain>, Exhausted>, is_one: impl Fn(&[usize]) -> bool) -> Answer<'a> {
        match found {
            Err(Exhausted) => Answer::Undecided,
            Ok(None) => Answer::No,
            Ok(Some(domain)) => Answer::Yes(example(self.space, &domain, is_one)),
        }
    }
}

/// Whether a record is in one of the regions.
pub(super) fn takes(regions: &[Region], point: &[usize]) -> bool {
    regions.iter().any(|region| region.holds(point))
}

/// Makes a record of those that were found: one in which as little is filled in as `is_one` allows.
pub(super) fn example<'a>(space: &Space<'a>, domain: &[FixedBitSet], is_one: impl Fn(&[usize]) -> bool) -> Example<'a> {
    let mut point = point(domain);
    for field in 0..space.len() {
        let plainer = space.plainer(field, &point).into_iter().take_while(|plainer| *plainer != point);
        let is_one = |plainer: &Vec<usize>| !takes(&space.impossible, plainer) && is_one(plainer);
        let found = plainer.into_iter().find(is_one);
        point = found.unwrap_or(point);
    }
    Example { fields: space.record(&point) }
}
