//! Who reads which field of a record, and what is asked of it.

use std::collections::BTreeSet;

use crate::{
    model::{Field, Scalar},
    routing::{Form, Logic, Operation, Value},
};

/// Who reads a field.
pub(super) struct Reader<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// The field.
    pub(super) field: &'a Field,
    /// The numbers of the rules or criteria that read it.
    pub(super) by: BTreeSet<usize>,
    /// What each of them asks.
    asks: Vec<(usize, Operation)>,
}

/// Who reads which field.
pub(super) struct Readers<'a> {
    /// All fields, sorted by name.
    pub(super) fields: Vec<Reader<'a>>,
}

/// What conditions can tell of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// One of them names it whole, or it is one of a closed list.
    Whole,
    /// How it starts and ends, and what it contains; each may be empty.
    Like {
        /// How it starts.
        starts: String,
        /// What it contains.
        contains: String,
        /// How it ends.
        ends: String,
    },
    /// That there is one.
    Any,
}

impl<'a> Readers<'a> {
    /// Asks every condition.
    pub(super) fn new<'l>(form: &Form<'a>, logics: impl IntoIterator<Item = &'l Logic<'l>>) -> Self {
        let reader = |(name, field): &(&'a str, &'a Field)| Reader { name, field, by: BTreeSet::new(), asks: Vec::new() };
        let mut fields: Vec<Reader<'a>> = form.fields().iter().map(reader).collect();
        for (number, logic) in logics.into_iter().enumerate() {
            for filter in logic.clauses.iter().flatten() {
                if let Some(reader) = fields.get_mut(filter.field) {
                    reader.by.insert(number);
                    reader.asks.extend(filter.operations.iter().map(|operation| (number, operation.clone())));
                }
            }
        }
        Self { fields }
    }

    /// Returns who reads the field of a name.
    pub(super) fn of(&self, name: &str) -> Option<&Reader<'a>> {
        self.fields.iter().find(|reader| reader.name == name)
    }
}

impl Reader<'_> {
    /// Whether one of these asks that the field is empty.
    pub(super) fn may_be_asked_to_be_empty(&self, by: impl Fn(usize) -> bool) -> bool {
        self.asks.iter().any(|(number, operation)| by(*number) && matches!(operation, Operation::Present(false)))
    }

    /// What the conditions can tell of a value.
    pub(super) fn tell(&self, scalar: &Scalar) -> Told {
        let value = Value::from(scalar);
        let Value::Text(text) = &value else { return Told::Whole };
        let lists = |operation: &Operation| matches!(operation, Operation::OneOf(of) | Operation::NoneOf(of) if of.contains(&value));
        if self.field.values.is_some() || self.asks.iter().any(|(_, operation)| lists(operation)) {
            return Told::Whole;
        }
        let (mut starts, mut ends, mut contains) = ("", "", "");
        for (_, operation) in &self.asks {
            match operation {
                Operation::StartsWith(parts) => longest(&mut starts, parts, |part| text.starts_with(part)),
                Operation::EndsWith(parts) => longest(&mut ends, parts, |part| text.ends_with(part)),
                Operation::Contains(parts) => longest(&mut contains, parts, |part| text.contains(part)),
                _ => {}
            }
        }
        if starts.contains(contains) || ends.contains(contains) {
            contains = "";
        }
        let [starts, contains, ends] = [starts, contains, ends].map(str::to_owned);
        if starts.is_empty() && contains.is_empty() && ends.is_empty() { Told::Any } else { Told::Like { starts, contains, ends } }
    }
}

/// Keeps the longest part that is there.
fn longest<'p>(so_far: &mut &'p str, parts: &'p [String], is_there: impl Fn(&str) -> bool) {
    for part in parts.iter().filter(|part| is_there(part) && part.len() > so_far.len()) {
        *so_far = part;
    }
}
