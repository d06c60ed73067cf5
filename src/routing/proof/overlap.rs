//! Rules that would take the same record.

use super::{
    super::{class::Space, engine::Router},
    answer::{Answer, Doubt, Example},
    bits::Word,
    grid::Grid,
    prover::Prover,
    search::Exhausted,
};

/// How many words of bits the questions about the overlaps of one routing may compare.
const MOST_WORDS: u64 = 350_000_000;

/// How many pairs that give their records to the same people are looked for.
pub const MOST_SAME: usize = 100;

/// Two rules that would take the same record: the order decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap<'a> {
    /// The number of the rule that takes it.
    pub first: usize,
    /// The number of the rule that would take it too.
    pub second: usize,
    /// Whether the second would take all that the first takes: then the first is an exception that is written before the
    /// general rule, which is how it should be. Nothing where that could not be decided.
    pub is_exception: Option<bool>,
    /// A record that both would take.
    pub example: Example<'a>,
}

/// All overlaps of the rules of a routing.
#[derive(Debug, Clone, Default)]
pub struct Overlaps<'a> {
    /// The pairs that give their records to different people, in the order of the rules.
    pub pairs: Vec<Overlap<'a>>,
    /// Pairs that give their records to the same people, neither of them an exception to the other, in the order of the rules:
    /// the order decides only which of the two is said to have taken one. No more than [`MOST_SAME`].
    pub same: Vec<Overlap<'a>>,
    /// Why there may be others.
    pub doubt: Option<Doubt<'a>>,
}

impl<'a> Overlaps<'a> {
    /// Compares every rule of a routing with every later one.
    pub fn new(router: &Router<'a>) -> Self {
        let undecided = |doubt: Doubt<'a>| Self { doubt: Some(doubt), ..Self::default() };
        let (space, regions) = match Space::new(&router.form, &router.rules) {
            Ok(sorted) => sorted,
            Err(field) => return undecided(Doubt::Values(field)),
        };
        let Some(grid) = Grid::new(&space, &regions) else { return undecided(Doubt::Combinations) };
        Self::decide(router, &mut Prover::new(&space, &regions, &grid, MOST_WORDS))
    }

    fn decide(router: &Router<'a>, prover: &mut Prover<'_, 'a>) -> Self {
        let mut overlaps = Self::default();
        for (first, rule) in router.routing.body.rule.iter().enumerate() {
            let mut head = prover.head(first);
            for (second, other) in router.routing.body.rule.iter().enumerate().skip(first + 1) {
                let is_same = rule.assign.means_the_same(&other.assign);
                if is_same && overlaps.same.len() >= MOST_SAME {
                    continue;
                }
                let found = prover.meet(&mut head, second);
                let is_one = |grid: &Grid, regions: &[Word]| grid.takes(regions, second) && grid.is_first(regions, first);
                match prover.answer(found, is_one) {
                    Answer::Yes(example) => {
                        let is_exception = prover.leave(&mut head, second).map(|found| found.is_none());
                        let is_exception = is_exception.map_err(|Exhausted| overlaps.doubt = Some(Doubt::Combinations)).ok();
                        let pair = Overlap { first, second, is_exception, example };
                        match is_exception {
                            _ if !is_same => overlaps.pairs.push(pair),
                            Some(true) => {}
                            _ => overlaps.same.push(pair),
                        }
                    }
                    Answer::No => {}
                    Answer::Undecided => overlaps.doubt = Some(Doubt::Combinations),
                }
            }
        }
        overlaps
    }

    /// Iterates over the pairs of which neither is an exception to the other.
    pub fn conflicts(&self) -> impl Iterator<Item = &Overlap<'a>> {
        self.pairs.iter().filter(|pair| pair.is_exception != Some(true))
    }
}
