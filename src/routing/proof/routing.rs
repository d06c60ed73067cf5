//! What is true of the rules of a routing, whatever record comes.

use super::{
    super::{class::Space, engine::Router},
    answer::{Answer, Doubt, Example},
    bits::Word,
    gap::{Gap, gaps},
    grid::Grid,
    prover::Prover,
};
use crate::model::{Entity, Routing, RoutingRule};

/// How many words of bits the questions about one routing may compare.
const MOST_WORDS: u64 = 350_000_000;

/// What is true of the rules of a routing.
#[derive(Debug, Clone)]
pub struct RoutingProof<'a> {
    /// The routing.
    pub routing: &'a Entity<Routing>,
    /// Its rules, in order.
    pub rules: Vec<RuleProof<'a>>,
    /// Whether there is a record that no rule takes.
    pub unrouted: Answer<'a>,
    /// What records without a rule can have, field by field; empty where all records have one.
    pub gaps: Vec<Gap<'a>>,
    /// A field that every record must have and that no value fits, so that there is no record at all.
    pub unfillable: Option<&'a str>,
    /// Why something could not be decided.
    pub doubt: Option<Doubt<'a>>,
}

/// What is true of a rule.
#[derive(Debug, Clone)]
pub struct RuleProof<'a> {
    /// The rule.
    pub rule: &'a RoutingRule,
    /// Whether it is the first that takes some record.
    pub reached: Answer<'a>,
    /// Whether there is a record of which its own condition holds, wherever that goes.
    pub is_possible: bool,
    /// If it is never the first: the rules that are, for some record of which its own condition holds.
    pub taken_by: Vec<Taker<'a>>,
}

/// A rule that takes records from a later one.
#[derive(Debug, Clone)]
pub struct Taker<'a> {
    /// Its number.
    pub rule: usize,
    /// A record that it takes.
    pub example: Example<'a>,
}

impl<'a> RoutingProof<'a> {
    /// Decides what can be decided about a routing.
    pub fn new(router: &Router<'a>) -> Self {
        let (space, regions) = match Space::new(&router.form, &router.rules) {
            Ok(sorted) => sorted,
            Err(field) => return Self::undecided(router, Doubt::Values(field)),
        };
        let Some(grid) = Grid::new(&space, &regions) else { return Self::undecided(router, Doubt::Combinations) };
        Self::decide(router, &mut Prover::new(&space, &regions, &grid, MOST_WORDS))
    }

    fn undecided(router: &Router<'a>, doubt: Doubt<'a>) -> Self {
        let rule = |rule| RuleProof { rule, reached: Answer::Undecided, is_possible: true, taken_by: Vec::new() };
        let routing = router.routing;
        Self {
            routing,
            rules: routing.body.rule.iter().map(rule).collect(),
            unrouted: Answer::Undecided,
            gaps: Vec::new(),
            unfillable: None,
            doubt: Some(doubt),
        }
    }

    fn decide(router: &Router<'a>, prover: &mut Prover<'_, 'a>) -> Self {
        let mut doubt = None;
        let rules = router.routing.body.rule.iter().enumerate();
        let mut rules: Vec<_> = rules.map(|(number, rule)| RuleProof { rule, ..reached(prover, number, rule) }).collect();
        if !takers(prover, &mut rules) || rules.iter().any(|rule| rule.reached == Answer::Undecided) {
            doubt = Some(Doubt::Combinations);
        }
        let found = prover.any([prover.before(prover.rules.len())]);
        let unrouted = prover.answer(found.clone(), |grid, regions| !grid.takes_before(regions, rules.len()));
        let gaps = match found {
            Ok(None) => Ok(Vec::new()),
            Ok(Some(point)) => gaps(prover, point),
            Err(exhausted) => Err(exhausted),
        };
        if gaps.is_err() {
            doubt = Some(Doubt::Combinations);
        }
        let unfillable = prover.space.unfillable();
        Self { routing: router.routing, rules, unrouted, gaps: gaps.unwrap_or_default(), unfillable, doubt }
    }

    /// Whether a rule takes every record; nothing where that could not be decided.
    pub fn is_complete(&self) -> Option<bool> {
        self.unrouted.is_yes().map(|is_yes| !is_yes)
    }

    /// Returns the rules of which it is certain that they are never the first to take a record.
    pub fn unreachable(&self) -> impl Iterator<Item = (usize, &RuleProof<'a>)> {
        self.rules.iter().enumerate().filter(|(_, rule)| rule.reached.is_no())
    }
}

/// Whether a rule is the first that takes some record, and whether its condition ever holds.
fn reached<'a>(prover: &mut Prover<'_, 'a>, number: usize, rule: &'a RoutingRule) -> RuleProof<'a> {
    let mut head = prover.head(number);
    let found = prover.reach(&mut head);
    let regions = prover.regions(number);
    let reached = prover.answer(found, |grid, regions| grid.is_first(regions, number));
    let is_possible = !reached.is_no() || {
        let nodes = regions.iter().filter_map(|region| prover.before(0).within(region)).collect::<Vec<_>>();
        prover.any(nodes) != Ok(None)
    };
    RuleProof { rule, reached, is_possible, taken_by: Vec::new() }
}

/// Adds to each rule that is never the first those that take its records, and says whether that could be decided.
fn takers<'a>(prover: &mut Prover<'_, 'a>, rules: &mut [RuleProof<'a>]) -> bool {
    let mut is_decided = true;
    let Some(last) = rules.iter().rposition(|rule| rule.reached.is_no() && rule.is_possible) else { return true };
    for number in 0..last {
        let mut head = prover.head(number);
        for (later, proof) in rules.iter_mut().enumerate().skip(number + 1) {
            if !proof.reached.is_no() || !proof.is_possible {
                continue;
            }
            let found = prover.meet(&mut head, later);
            let is_one = |grid: &Grid, regions: &[Word]| grid.takes(regions, later) && grid.is_first(regions, number);
            match prover.answer(found, is_one) {
                Answer::Yes(example) => proof.taken_by.push(Taker { rule: number, example }),
                Answer::No => {}
                Answer::Undecided => is_decided = false,
            }
        }
    }
    is_decided
}
