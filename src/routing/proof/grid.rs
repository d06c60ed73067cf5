//! All regions side by side: for every class of every facet, the regions that it is in.

use std::ops::Range;

use super::{
    super::class::{Region, Side, Space},
    bits::{self, Word, words},
};

/// The most bits of a grid.
const MOST_BITS: usize = 400_000_000;

/// Regions by the classes that are in them. First come those of which no record is, then those of the rules, in order.
#[derive(Debug)]
pub(super) struct Grid {
    facets: Vec<Facet>,
    /// How many words hold a set of regions.
    words: usize,
    /// The regions of each rule.
    rules: Vec<Range<usize>>,
    /// How many regions there are of which no record is.
    pub(super) impossible: usize,
    /// The facets of each field, and in it the classes that say the least.
    pub(super) fields: Vec<(Vec<usize>, Vec<Vec<usize>>)>,
}

#[derive(Debug)]
struct Facet {
    /// The words of the facet in a domain.
    span: Range<usize>,
    /// For every class the regions that it is in; those that do not depend on the facet, too.
    rows: Vec<Word>,
    /// Whether some region depends on it.
    matters: bool,
    size: usize,
}

/// Some classes of every facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Domain(Vec<Word>);

impl Grid {
    /// Sorts regions; nothing if there are too many.
    pub(super) fn new(space: &Space<'_>, rules: &[Vec<Region>]) -> Option<Self> {
        let regions = || space.impossible.iter().chain(rules.iter().flatten());
        let count = regions().count();
        let words = words(count);
        let classes: usize = space.sizes.iter().sum();
        if classes.saturating_mul(count) > MOST_BITS {
            return None;
        }
        let mut start = 0;
        let facet = |size: &usize| {
            let span = start..start + bits::words(*size);
            start = span.end;
            // Until a side says otherwise every class is in every region.
            Facet { span, rows: vec![Word::MAX; words * size], matters: false, size: *size }
        };
        let mut grid = Self {
            facets: space.sizes.iter().map(facet).collect(),
            words,
            rules: Vec::new(),
            impossible: space.impossible.len(),
            fields: space.blanks(),
        };
        for (number, region) in regions().enumerate() {
            for side in &region.sides {
                let Some(facet) = grid.facets.get_mut(side.facet) else { continue };
                facet.matters = true;
                for (class, row) in facet.rows.chunks_exact_mut(words).enumerate() {
                    bits::put(row, number, side.classes.contains(class));
                }
            }
        }
        let mut first = grid.impossible;
        for regions in rules {
            grid.rules.push(first..first + regions.len());
            first += regions.len();
        }
        Some(grid)
    }

    /// Returns the facets on which regions depend.
    pub(super) fn facets(&self) -> impl Iterator<Item = usize> {
        self.facets.iter().enumerate().filter(|(_, facet)| facet.matters).map(|(number, _)| number)
    }

    /// Returns the regions of a rule.
    pub(super) fn rule(&self, rule: usize) -> Range<usize> {
        self.rules.get(rule).cloned().unwrap_or_default()
    }

    /// Returns where the regions of a rule begin, or all end.
    pub(super) fn before(&self, rule: usize) -> usize {
        self.rules.get(rule).map_or_else(|| self.rules.last().map_or(self.impossible, |last| last.end), |regions| regions.start)
    }

    /// Whether one of some regions is a rule's.
    pub(super) fn takes(&self, regions: &[Word], rule: usize) -> bool {
        bits::has_any(regions, self.rule(rule))
    }

    /// Whether one of some regions is that of a rule before this.
    pub(super) fn takes_before(&self, regions: &[Word], rule: usize) -> bool {
        bits::has_any(regions, self.impossible..self.before(rule))
    }

    /// Whether a rule is the first to which one of some regions belongs.
    pub(super) fn is_first(&self, regions: &[Word], rule: usize) -> bool {
        self.takes(regions, rule) && !self.takes_before(regions, rule)
    }

    /// Returns the regions that records of some classes are in, as far as these classes tell.
    pub(super) fn regions(&self, classes: impl IntoIterator<Item = (usize, usize)>) -> Vec<Word> {
        let mut regions = vec![Word::MAX; self.words];
        for (facet, class) in classes {
            regions.iter_mut().zip(self.row(facet, class)).for_each(|(regions, row)| *regions &= row);
        }
        regions
    }

    /// Returns the regions that a class is in.
    pub(super) fn row(&self, facet: usize, class: usize) -> &[Word] {
        self.facets.get(facet).and_then(|facet| facet.rows.get(class * self.words..(class + 1) * self.words)).unwrap_or_default()
    }

    /// Returns the first regions as a set.
    pub(super) fn first(count: usize) -> Vec<Word> {
        let mut set = vec![0; words(count)];
        (0..count).for_each(|number| bits::put(&mut set, number, true));
        set
    }

    /// Returns all classes of all facets.
    pub(super) fn all(&self) -> Domain {
        let mut domain = Domain(vec![0; self.facets.last().map_or(0, |facet| facet.span.end)]);
        for (number, facet) in self.facets.iter().enumerate() {
            let classes = self.classes_mut(&mut domain, number);
            (0..facet.size).for_each(|class| bits::put(classes, class, true));
        }
        domain
    }

    /// Returns the classes of a facet in a domain.
    pub(super) fn classes<'d>(&self, domain: &'d Domain, facet: usize) -> &'d [Word] {
        self.facets.get(facet).and_then(|facet| domain.0.get(facet.span.clone())).unwrap_or_default()
    }

    /// The same, to be changed.
    pub(super) fn classes_mut<'d>(&self, domain: &'d mut Domain, facet: usize) -> &'d mut [Word] {
        self.facets.get(facet).and_then(|facet| domain.0.get_mut(facet.span.clone())).unwrap_or_default()
    }

    /// Keeps in a domain only the classes of a side, and says whether any is left.
    pub(super) fn narrow(&self, domain: &mut Domain, side: &Side) -> bool {
        let classes = self.classes_mut(domain, side.facet);
        for (word, kept) in classes.iter_mut().zip(side.classes.as_slice()) {
            *word &= kept;
        }
        !bits::is_empty(classes)
    }

    /// Whether a domain has classes of a side, and whether it has only such.
    pub(super) fn meets(&self, domain: &Domain, side: &Side) -> (bool, bool) {
        let words = || self.classes(domain, side.facet).iter().zip(side.classes.as_slice());
        (words().any(|(has, side)| has & side != 0), words().all(|(has, side)| has & !side == 0))
    }

    /// Returns the first class of every facet: one record of a domain of which every combination is one.
    pub(super) fn point(&self, domain: &Domain) -> Vec<usize> {
        (0..self.facets.len()).map(|facet| bits::ones(self.classes(domain, facet)).next().unwrap_or(0)).collect()
    }

    /// Whether a domain has a class of every facet.
    pub(super) fn has_all(&self, domain: &Domain) -> bool {
        (0..self.facets.len()).all(|facet| !bits::is_empty(self.classes(domain, facet)))
    }

    /// How much it costs to compare all classes with so many regions.
    pub(super) fn cost(&self, words: usize) -> usize {
        self.facets.iter().filter(|facet| facet.matters).map(|facet| 1 + facet.size * words).sum()
    }
}
