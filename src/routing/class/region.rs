//! Regions: records by some classes of some facets.

use fixedbitset::FixedBitSet;

/// Classes of one facet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Side {
    /// The number of the facet.
    pub facet: usize,
    /// The classes.
    pub classes: FixedBitSet,
}

/// Records by their classes in some facets; in the others they have any.
#[derive(Debug, Clone)]
pub struct Region {
    /// The facets that matter, each at most once.
    pub sides: Vec<Side>,
}

impl Region {
    pub(super) fn new(sides: Vec<Side>) -> Self {
        Self { sides }
    }

    /// Makes a region of sides; nothing if it has no record. Sides that take every class are left out.
    pub(super) fn of(mut sides: Vec<Side>) -> Option<Self> {
        if sides.iter().any(|side| side.classes.is_clear()) {
            return None;
        }
        sides.retain(|side| !side.classes.is_full());
        Some(Self { sides })
    }

    /// Whether a record is in it, given the class of each facet.
    pub fn holds(&self, point: &[usize]) -> bool {
        self.sides.iter().all(|side| point.get(side.facet).is_some_and(|class| side.classes.contains(*class)))
    }
}

/// Facets that are being counted, and what they rule out.
#[derive(Debug, Default)]
pub(super) struct Builder {
    /// How many classes each facet has.
    pub(super) sizes: Vec<usize>,
    /// What no record is.
    pub(super) impossible: Vec<Region>,
}

impl Builder {
    /// Adds a facet of so many classes, and returns its number.
    pub(super) fn facet(&mut self, classes: usize) -> usize {
        self.sizes.push(classes);
        self.sizes.len() - 1
    }

    /// Returns the number of the facet that is added next.
    pub(super) fn next(&self) -> usize {
        self.sizes.len()
    }

    /// Rules out that a record has these classes of two facets.
    pub(super) fn rule_out(&mut self, sides: [Side; 2]) {
        if sides.iter().all(|side| !side.classes.is_clear()) {
            self.impossible.push(Region::new(sides.into()));
        }
    }
}

/// Returns the set of some classes of so many.
pub(super) fn set(size: usize, classes: impl IntoIterator<Item = usize>) -> FixedBitSet {
    let mut set = FixedBitSet::with_capacity(size);
    classes.into_iter().filter(|class| *class < size).for_each(|class| set.insert(class));
    set
}
