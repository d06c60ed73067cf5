//! How many points a record can get.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use super::{
    super::{
        class::{Region, Space},
        score::Scorer,
    },
    answer::{Answer, Doubt, Example},
    bits::Word,
    bound::{Most, Weighed, most},
    grid::Grid,
    prover::Prover,
    search::{Budget, Exhausted},
    shown::Shown,
};
use crate::model::{Criterion, Entity, Scoring};

/// How many words of bits the questions about one scoring may compare.
const MOST_WORDS: u64 = 300_000_000;

/// A number that is known, or between which others it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attainable {
    /// It is at least this.
    pub at_least: i64,
    /// It is at most this.
    pub at_most: i64,
}

impl Attainable {
    /// Returns the number, if it is known.
    pub fn exact(self) -> Option<i64> {
        (self.at_least == self.at_most).then_some(self.at_least)
    }
}

/// What is true of the points of a scoring.
#[derive(Debug, Clone)]
pub struct ScoringProof<'a> {
    /// The scoring.
    pub scoring: &'a Entity<Scoring>,
    /// The most points that a record gets; nothing where there is no record, or that could not be decided.
    pub most: Option<Attainable>,
    /// The fewest points that a record gets.
    pub fewest: Option<Attainable>,
    /// A record that gets the most points, or the most that were found.
    pub best: Option<Example<'a>>,
    /// For each criterion whether it counts for some record.
    pub criteria: Vec<(&'a Criterion, Answer<'a>)>,
    /// A field that every record must have and that no value fits, so that there is no record at all.
    pub unfillable: Option<&'a str>,
    /// Why something could not be decided.
    pub doubt: Option<Doubt<'a>>,
}

impl<'a> ScoringProof<'a> {
    /// Decides what can be decided about a scoring.
    pub fn new(scorer: &Scorer<'a>) -> Self {
        let scoring = scorer.scoring;
        let mut proof = Self {
            scoring,
            most: None,
            fewest: None,
            best: None,
            criteria: scoring.body.criterion.iter().map(|criterion| (criterion, Answer::Undecided)).collect(),
            unfillable: None,
            doubt: None,
        };
        match Space::new(&scorer.form, &scorer.criteria) {
            Ok((space, regions)) => proof.decide(&space, &regions),
            Err(field) => proof.doubt = Some(Doubt::Values(field)),
        }
        proof
    }

    fn decide(&mut self, space: &Space<'a>, regions: &[Vec<Region>]) {
        self.unfillable = space.unfillable();
        let Some(grid) = Grid::new(space, regions) else {
            self.doubt = Some(Doubt::Combinations);
            return;
        };
        let mut prover = Prover::new(space, regions, &grid, MOST_WORDS);
        for (number, (_, counts)) in self.criteria.iter_mut().enumerate() {
            let nodes: Vec<_> = prover.regions(number).iter().filter_map(|region| prover.before(0).within(region)).collect();
            let found = prover.any(nodes);
            *counts = prover.answer(found, |grid, regions| grid.takes(regions, number));
        }
        let any = match prover.any([prover.before(0)]) {
            Ok(Some(any)) => any,
            Ok(None) => return,
            Err(Exhausted) => {
                self.doubt = Some(Doubt::Combinations);
                return;
            }
        };
        let points: Vec<i64> = self.criteria.iter().map(|(criterion, _)| criterion.points).collect();
        let sum = points.iter().try_fold(0_u64, |sum, points| sum.checked_add(points.unsigned_abs()));
        if sum.is_none_or(|sum| i64::try_from(sum).is_err()) {
            self.doubt = Some(Doubt::Points);
            return;
        }
        let mut budget = Budget::new(MOST_WORDS);
        let highest = extreme(space, &grid, regions, &points, &any, &mut budget);
        let turned: Vec<i64> = points.iter().map(|points| -points).collect();
        let lowest = extreme(space, &grid, regions, &turned, &any, &mut budget);
        let total = |in_them: &[Word]| {
            let counting = points.iter().enumerate().filter(|(number, _)| grid.takes(in_them, *number));
            counting.map(|(_, points)| *points).sum::<i64>()
        };
        self.most = Some(Attainable { at_least: highest.found, at_most: highest.bound });
        self.fewest = Some(Attainable { at_least: -lowest.bound, at_most: -lowest.found });
        self.best = Some(Shown::new(space, &grid).example(&highest.point, |regions| total(regions) == highest.found));
        let is_undecided = self.criteria.iter().any(|(_, counts)| *counts == Answer::Undecided);
        if is_undecided || [self.most, self.fewest].into_iter().flatten().any(|known| known.exact().is_none()) {
            self.doubt = Some(Doubt::Combinations);
        }
    }
}

/// Finds the most that criteria give: those that share no field independently of each other.
fn extreme(space: &Space<'_>, grid: &Grid, regions: &[Vec<Region>], points: &[i64], any: &[usize], budget: &mut Budget) -> Most {
    let field_of = space.field_of();
    let field = |facet: usize| field_of.get(facet).copied().unwrap_or(0);
    let touched = |regions: &[Region]| regions.iter().flat_map(|region| &region.sides).map(|side| field(side.facet)).collect::<Vec<_>>();
    let mut together: UnionFind<usize> = UnionFind::new(space.len());
    for regions in regions {
        let fields = touched(regions);
        for (field, next) in fields.iter().zip(fields.iter().skip(1)) {
            together.union(*field, *next);
        }
    }
    let mut all = Most { found: 0, point: any.to_vec(), bound: 0 };
    let mut groups: BTreeMap<usize, Vec<Weighed<'_>>> = BTreeMap::new();
    for (number, (regions, points)) in regions.iter().zip(points).enumerate() {
        let weighed = Weighed::new(number, *points, regions);
        match touched(regions).first() {
            Some(field) => groups.entry(together.find(*field)).or_default().push(weighed),
            // It depends on nothing: it counts always, or never.
            None if regions.is_empty() => {}
            None => {
                all.found += points;
                all.bound += points;
            }
        }
    }
    for (group, criteria) in groups {
        let best = most(grid, &criteria, any, budget);
        all.found += best.found;
        all.bound += best.bound;
        for (facet, (to, from)) in all.point.iter_mut().zip(best.point).enumerate() {
            if together.find(field(facet)) == group {
                *to = from;
            }
        }
    }
    all
}
