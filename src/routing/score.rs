//! The points of a record.

use super::{condition::Logic, engine::Tried, form::Form, value::Value};
use crate::model::{Criterion, Entity, Scoring, ScoringTest, Stack};

/// A scoring with its criteria compiled.
#[derive(Debug)]
pub struct Scorer<'a> {
    /// The scoring.
    pub scoring: &'a Entity<Scoring>,
    /// The fields that it reads.
    pub form: Form<'a>,
    /// For which records each criterion counts, in order.
    pub criteria: Vec<Logic<'a>>,
}

/// What came of a criterion.
#[derive(Debug, Clone)]
pub struct Counted<'a> {
    /// The criterion.
    pub criterion: &'a Criterion,
    /// Whether it counts, and which of its conditions failed.
    pub tried: Tried,
}

impl<'a> Scorer<'a> {
    /// Compiles a scoring of a stack.
    pub fn new(stack: &'a Stack, scoring: &'a Entity<Scoring>) -> Self {
        let form = Form::new(stack.fields_of(scoring.fields.as_ref(), scoring.object.as_ref()));
        let criteria = scoring.criterion.iter().map(|criterion| Logic::new(Some(&criterion.when), &form)).collect();
        Self { scoring, form, criteria }
    }

    /// Returns the points of a record.
    pub fn points(&self, record: &[Value]) -> i64 {
        let counts = self.scoring.body.criterion.iter().zip(&self.criteria).filter(|(_, logic)| logic.holds(record));
        counts.fold(0, |sum: i64, (criterion, _)| sum.saturating_add(criterion.points))
    }

    /// Whether so many points promote a record.
    pub fn promotes(&self, points: i64) -> bool {
        points >= self.scoring.threshold
    }

    /// Asks every criterion and says what came of it.
    pub fn counted(&self, record: &[Value]) -> Vec<Counted<'a>> {
        let criteria = self.scoring.body.criterion.iter().zip(&self.criteria).enumerate();
        criteria.map(|(number, (criterion, logic))| Counted { criterion, tried: Tried::new(number, logic, record) }).collect()
    }

    /// Runs the tests of the stack: each with the points that its record gets.
    pub fn tests(&self) -> impl Iterator<Item = (&'a ScoringTest, i64)> {
        self.scoring.body.test.iter().map(|test| (test, self.points(&self.form.values(&test.record))))
    }
}
