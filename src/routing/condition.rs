//! Conditions, compiled once: the one place that says when one holds.

use std::collections::BTreeMap;

use super::{
    form::Form,
    value::{Value, Values},
};
use crate::model::{self, OneOrMany, Operators, When, fold};

/// What a condition asks of a value that is there.
#[derive(Debug, Clone)]
pub enum Operation {
    /// It is one of these.
    OneOf(Values),
    /// It is none of these.
    NoneOf(Values),
    /// It is at least this.
    Min(f64),
    /// It is at most this.
    Max(f64),
    /// It is more than this.
    Above(f64),
    /// It is less than this.
    Below(f64),
    /// It starts with one of these, which are folded.
    StartsWith(Vec<String>),
    /// It ends with one of these, which are folded.
    EndsWith(Vec<String>),
    /// It contains one of these, which are folded.
    Contains(Vec<String>),
    /// Whether there is one.
    Present(bool),
}

impl Operation {
    /// Whether it holds. On a missing value nothing holds but that it is missing.
    pub fn holds(&self, value: &Value) -> bool {
        if *value == Value::Missing {
            return matches!(self, Self::Present(false));
        }
        let number = |holds: fn(f64, f64) -> bool, bound: f64| matches!(value, Value::Number(number) if holds(*number, bound));
        let text =
            |holds: fn(&str, &str) -> bool, of: &[String]| matches!(value, Value::Text(text) if of.iter().any(|part| holds(text, part)));
        match self {
            Self::OneOf(values) => values.contains(value),
            Self::NoneOf(values) => !values.contains(value),
            Self::Min(bound) => number(|a, b| a >= b, *bound),
            Self::Max(bound) => number(|a, b| a <= b, *bound),
            Self::Above(bound) => number(|a, b| a > b, *bound),
            Self::Below(bound) => number(|a, b| a < b, *bound),
            Self::StartsWith(parts) => text(|text, part| text.starts_with(part), parts),
            Self::EndsWith(parts) => text(|text, part| text.ends_with(part), parts),
            Self::Contains(parts) => text(|text, part| text.contains(part), parts),
            Self::Present(present) => *present,
        }
    }
}

/// The condition on one field: operations that must all hold.
#[derive(Debug, Clone)]
pub struct Filter<'a> {
    /// The number of the field in the form.
    pub field: usize,
    /// What must hold.
    pub operations: Vec<Operation>,
    /// The condition as it is written.
    pub source: &'a model::Condition,
}

impl Filter<'_> {
    /// Whether it holds of a value. A condition on a missing value does not hold unless it asks for that.
    pub fn holds(&self, value: &Value) -> bool {
        let says_something = *value != Value::Missing || !self.operations.is_empty();
        says_something && self.operations.iter().all(|operation| operation.holds(value))
    }
}

/// Conditions that must all hold, by field.
pub type Clause<'a> = Vec<Filter<'a>>;

/// Clauses of which one must hold.
#[derive(Debug, Clone)]
pub struct Logic<'a> {
    /// The clauses.
    pub clauses: Vec<Clause<'a>>,
}

impl<'a> Logic<'a> {
    /// Compiles what is written; without anything it always holds. A clause on a field that the form does not have
    /// never holds: the loader reports it.
    pub fn new(when: Option<&'a When>, form: &Form<'_>) -> Self {
        let Some(when) = when else { return Self { clauses: vec![vec![]] } };
        Self { clauses: when.clauses().iter().filter_map(|written| clause(written, form)).collect() }
    }

    /// Whether it holds of a record.
    pub fn holds(&self, record: &[Value]) -> bool {
        let is_true = |filter: &Filter<'_>| record.get(filter.field).is_some_and(|value| filter.holds(value));
        self.clauses.iter().any(|clause| clause.iter().all(is_true))
    }
}

fn clause<'a>(written: &'a BTreeMap<String, model::Condition>, form: &Form<'_>) -> Option<Clause<'a>> {
    let filter = |(name, source): (&'a String, &'a model::Condition)| {
        Some(Filter { field: form.index(name)?, operations: operations(source), source })
    };
    written.iter().map(filter).collect()
}

fn operations(condition: &model::Condition) -> Vec<Operation> {
    match condition {
        model::Condition::Is(value) => vec![Operation::OneOf(Values::new([value]))],
        model::Condition::AnyOf(values) => vec![Operation::OneOf(Values::new(values))],
        model::Condition::Operators(operators) => of_operators(operators),
    }
}

fn of_operators(operators: &Operators) -> Vec<Operation> {
    let Operators { not, min, max, above, below, starts_with, ends_with, contains, present } = operators;
    let folded = |texts: &OneOrMany<String>| texts.as_slice().iter().map(|text| fold(text)).collect();
    let operations = [
        not.as_ref().map(|values| Operation::NoneOf(Values::new(values.as_slice()))),
        min.map(Operation::Min),
        max.map(Operation::Max),
        above.map(Operation::Above),
        below.map(Operation::Below),
        starts_with.as_ref().map(folded).map(Operation::StartsWith),
        ends_with.as_ref().map(folded).map(Operation::EndsWith),
        contains.as_ref().map(folded).map(Operation::Contains),
        present.map(Operation::Present),
    ];
    operations.into_iter().flatten().collect()
}
