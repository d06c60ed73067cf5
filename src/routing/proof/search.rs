//! Whether there is a record outside of some regions: a search that is exact, or says that it has given up.

use fixedbitset::FixedBitSet;

use super::super::class::{Region, Side, Space};

/// How many comparisons of sets one question may take.
const MOST_PER_QUESTION: u64 = 4_000_000;

/// How much may be searched before it is given up.
#[derive(Debug)]
pub(super) struct Budget {
    all: u64,
    question: u64,
}

/// It took too long to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exhausted;

impl Budget {
    /// Makes one of so many comparisons of sets.
    pub(super) fn new(all: u64) -> Self {
        Self { all, question: 0 }
    }

    /// Begins a question, which may not use up everything.
    pub(super) fn ask(&mut self) {
        self.question = self.all.min(MOST_PER_QUESTION);
    }

    /// Takes something away.
    pub(super) fn spend(&mut self, comparisons: usize) -> Result<(), Exhausted> {
        let comparisons = u64::try_from(comparisons).unwrap_or(u64::MAX);
        self.all = self.all.saturating_sub(comparisons);
        self.question = self.question.saturating_sub(comparisons);
        if self.question == 0 { Err(Exhausted) } else { Ok(()) }
    }
}

/// Records that are looked for: some classes of every facet, outside of regions.
#[derive(Debug, Clone)]
pub(super) struct Node<'r> {
    /// The classes of every facet.
    pub(super) domain: Vec<FixedBitSet>,
    /// Regions of rules in which the record must not be.
    avoid: Vec<&'r Region>,
    /// Regions of which no record is.
    impossible: Vec<&'r Region>,
}

/// How the records of a node lie to a region.
enum Touch<'r> {
    /// None is in it.
    Apart,
    /// All are in it.
    Inside,
    /// Those are in it that have a class of this side.
    Beyond(&'r Side),
    /// They are in it by several sides.
    Across(usize),
}

/// What is left of a node.
#[derive(Debug, PartialEq)]
pub(super) enum State {
    /// Nothing.
    Empty,
    /// Every combination of its classes is a record.
    Free,
    /// It has to be divided.
    Open,
}

impl<'r> Node<'r> {
    /// Looks for any record.
    pub(super) fn new(space: &'r Space<'_>) -> Self {
        Self { domain: space.all(), avoid: Vec::new(), impossible: space.impossible.iter().collect() }
    }

    /// Looks only inside of a region. Returns nothing if that leaves nothing.
    pub(super) fn within(mut self, region: &Region) -> Option<Self> {
        self.narrow(region).then_some(self)
    }

    /// Looks only inside of a region, and says whether that leaves anything.
    pub(super) fn narrow(&mut self, region: &Region) -> bool {
        region.sides.iter().all(|side| {
            let Some(classes) = self.domain.get_mut(side.facet) else { return false };
            classes.intersect_with(&side.classes);
            !classes.is_clear()
        })
    }

    /// Looks only outside of some regions.
    pub(super) fn outside(mut self, regions: impl IntoIterator<Item = &'r Region>) -> Self {
        self.avoid.extend(regions);
        self
    }

    /// How its records lie to a region.
    fn touch(&self, region: &'r Region) -> Touch<'r> {
        let mut beyond = None;
        let mut open = 0;
        for side in &region.sides {
            let Some(classes) = self.domain.get(side.facet) else { return Touch::Apart };
            if classes.is_disjoint(&side.classes) {
                return Touch::Apart;
            }
            if !classes.is_subset(&side.classes) {
                open += 1;
                beyond = Some(side);
            }
        }
        match (beyond, open) {
            (None, _) => Touch::Inside,
            (Some(side), 1) => Touch::Beyond(side),
            (Some(_), open) => Touch::Across(open),
        }
    }

    /// Whether some of its records are in a region, and whether all are, as far as sides alone tell.
    pub(super) fn meets(&self, region: &'r Region) -> (bool, bool) {
        match self.touch(region) {
            Touch::Apart => (false, false),
            Touch::Inside => (true, true),
            Touch::Beyond(_) | Touch::Across(_) => (true, false),
        }
    }

    /// Draws every conclusion that needs no division.
    pub(super) fn settle(&mut self, budget: &mut Budget) -> Result<State, Exhausted> {
        if self.domain.iter().any(FixedBitSet::is_clear) {
            return Ok(State::Empty);
        }
        loop {
            let mut changed = false;
            for is_avoided in [true, false] {
                let list = if is_avoided { &mut self.avoid } else { &mut self.impossible };
                let regions = std::mem::take(list);
                let mut left = Vec::with_capacity(regions.len());
                for region in regions {
                    budget.spend(region.cost())?;
                    match self.touch(region) {
                        Touch::Apart => {}
                        Touch::Inside => return Ok(State::Empty),
                        Touch::Across(_) => left.push(region),
                        Touch::Beyond(side) => {
                            changed = true;
                            if let Some(classes) = self.domain.get_mut(side.facet) {
                                classes.difference_with(&side.classes);
                            }
                        }
                    }
                }
                if is_avoided {
                    self.avoid = left;
                } else {
                    self.impossible = left;
                }
            }
            if !changed {
                return Ok(if self.avoid.is_empty() && self.impossible.is_empty() { State::Free } else { State::Open });
            }
        }
    }

    /// Divides a settled node into parts that have no record in common, by the region that divides it into the fewest.
    fn divide(&self) -> Vec<Self> {
        // What no record is says little of rules: it comes last.
        let regions = if self.avoid.is_empty() { &self.impossible } else { &self.avoid };
        let open = |region: &&'r Region| if let Touch::Across(open) = self.touch(region) { open } else { 0 };
        let Some(region) = regions.iter().copied().min_by_key(open) else { return Vec::new() };
        let share = |side: &&Side| {
            let classes = self.domain.get(side.facet);
            classes.map_or((0, 1), |classes| (classes.difference_count(&side.classes), classes.count_ones(..).max(1)))
        };
        let is_open = |side: &&Side| self.domain.get(side.facet).is_some_and(|classes| !classes.is_subset(&side.classes));
        let mut sides: Vec<&Side> = region.sides.iter().filter(is_open).collect();
        // Where most classes lie outside, a record is found the soonest.
        sides.sort_by_cached_key(|side| {
            let (outside, all) = share(side);
            std::cmp::Reverse(outside * 1_000 / all)
        });
        let mut parts = Vec::with_capacity(sides.len());
        let mut inside = self.clone();
        for side in sides {
            let mut part = inside.clone();
            if let Some(classes) = part.domain.get_mut(side.facet) {
                classes.difference_with(&side.classes);
            }
            parts.push(part);
            if let Some(classes) = inside.domain.get_mut(side.facet) {
                classes.intersect_with(&side.classes);
            }
        }
        parts
    }

    /// Searches for a record: classes of every facet of which every combination is one; nothing if there is none.
    pub(super) fn search(self, budget: &mut Budget) -> Result<Option<Vec<FixedBitSet>>, Exhausted> {
        let mut stack = vec![self];
        while let Some(mut node) = stack.pop() {
            budget.spend(node.domain.len())?;
            match node.settle(budget)? {
                State::Empty => {}
                State::Free => return Ok(Some(node.domain)),
                State::Open => stack.extend(node.divide().into_iter().rev()),
            }
        }
        Ok(None)
    }
}

/// Returns the first class of every facet: one record of those that were found.
pub(super) fn point(domain: &[FixedBitSet]) -> Vec<usize> {
    domain.iter().map(|classes| classes.minimum().unwrap_or(0)).collect()
}
