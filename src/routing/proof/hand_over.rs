//! Whether what a routing hands over to another is taken there.

use super::{
    super::{Clause, Engine, Filter, Logic, Router, Value, class::Space, form::Form},
    answer::{Answer, Doubt, Example},
    bits::Word,
    grid::Grid,
    prover::Prover,
};
use crate::model::{Assign, Entity, Routing};

/// How many words of bits the questions about one hand-over may compare.
const MOST_WORDS: u64 = 100_000_000;

/// Records that a rule hands over and no rule of the other routing takes.
#[derive(Debug, Clone)]
pub struct Loss<'a> {
    /// The number of the rule that hands over.
    pub rule: usize,
    /// The routing that gets them.
    pub to: &'a Entity<Routing>,
    /// Whether there are such records, and one of them, in the fields of the routing that hands over.
    pub lost: Answer<'a>,
    /// Why that could not be decided.
    pub doubt: Option<Doubt<'a>>,
}

impl<'a> Loss<'a> {
    /// Returns a record that gets lost.
    pub fn example(&self) -> Option<&Example<'a>> {
        self.lost.example()
    }
}

/// Asks for each rule of a routing that hands over whether all of its records are taken where they get, in the order of
/// the rules. A routing that hands over itself is asked in the same way when it is its turn.
pub fn losses<'a>(engine: &Engine<'a>, router: &Router<'a>) -> Vec<Loss<'a>> {
    let rules = router.routing.body.rule.iter().enumerate();
    let handing = rules.filter_map(|(number, rule)| match &rule.assign {
        Assign::HandOver(over) => Some((number, engine.router(over.routing.as_str())?)),
        _ => None,
    });
    handing.map(|(number, to)| loss(router, number, to)).collect()
}

fn loss<'a>(router: &Router<'a>, number: usize, to: &Router<'a>) -> Loss<'a> {
    let undecided = |doubt| Loss { rule: number, to: to.routing, lost: Answer::Undecided, doubt: Some(doubt) };
    // Rules after the one that hands over have no say.
    let own = router.rules.iter().take(number + 1).cloned();
    let rules: Vec<Logic<'a>> = own.chain(to.rules.iter().map(|logic| seen(logic, &to.form, &router.form))).collect();
    let (space, regions) = match Space::new(&router.form, &rules) {
        Ok(sorted) => sorted,
        Err(field) => return undecided(Doubt::Values(field)),
    };
    let Some(grid) = Grid::new(&space, &regions) else { return undecided(Doubt::Combinations) };
    let mut prover = Prover::new(&space, &regions, &grid, MOST_WORDS);
    let there = number + 1..rules.len();
    let found = prover.first_outside(number, there.clone());
    let is_lost = |grid: &Grid, regions: &[Word]| grid.is_first(regions, number) && !there.clone().any(|rule| grid.takes(regions, rule));
    let lost = prover.answer(found, is_lost);
    let doubt = (lost == Answer::Undecided).then_some(Doubt::Combinations);
    Loss { rule: number, to: to.routing, lost, doubt }
}

/// A condition of another routing as it comes out on records of this form. Fields go over by name; one that is not here, or
/// of another type, is missing there.
fn seen<'a>(logic: &Logic<'a>, there: &Form<'a>, here: &Form<'a>) -> Logic<'a> {
    Logic { clauses: logic.clauses.iter().filter_map(|clause| seen_clause(clause, there, here)).collect() }
}

/// A clause likewise; nothing if it never holds.
fn seen_clause<'a>(clause: &Clause<'a>, there: &Form<'a>, here: &Form<'a>) -> Option<Clause<'a>> {
    let mut filters = Vec::new();
    for filter in clause {
        match there.source(filter.field, here) {
            Some(index) => filters.push(Filter { field: index, ..filter.clone() }),
            None if filter.holds(&Value::Missing) => {}
            None => return None,
        }
    }
    Some(filters)
}
