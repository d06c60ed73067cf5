//! Values as conditions compare them.

use std::{cmp::Ordering, fmt};

use crate::model::{Scalar, fold};

/// What a record has in a field, as conditions compare it.
#[derive(Debug, PartialEq)]
pub enum Value {
    /// Nothing, or text without a visible character.
    Missing,
    /// Text, folded by [`fold`], never empty.
    Text(String),
    /// A number; whole ones too.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
}

impl Clone for Value {
    fn clone(&self) -> Self {
        match self {
            Self::Missing => Self::Missing,
            Self::Text(text) => Self::Text(text.clone()),
            Self::Number(number) => Self::Number(*number),
            Self::Boolean(boolean) => Self::Boolean(*boolean),
        }
    }

    /// Copies a value into the memory of this one.
    fn clone_from(&mut self, source: &Self) {
        match (self, source) {
            (Self::Text(text), Self::Text(source)) => text.clone_from(source),
            (value, source) => *value = source.clone(),
        }
    }
}

impl From<&Scalar> for Value {
    fn from(scalar: &Scalar) -> Self {
        match scalar {
            Scalar::Text(text) => Some(fold(text)).filter(|text| !text.is_empty()).map_or(Self::Missing, Self::Text),
            #[expect(clippy::cast_precision_loss, reason = "values are compared as numbers of the format are: as 64-bit floats")]
            Scalar::Integer(number) => Self::Number(*number as f64),
            Scalar::Number(number) => Self::Number(*number),
            Scalar::Boolean(boolean) => Self::Boolean(*boolean),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("missing"),
            Self::Text(text) => text.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Boolean(boolean) => boolean.fmt(f),
        }
    }
}

/// A set of values, of whatever types, that is quick to ask.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// Sorted by length, then by letters: most texts that are asked for differ in length.
    texts: Vec<String>,
    numbers: Vec<f64>,
    booleans: Vec<bool>,
}

impl Values {
    /// Collects values; what folds to nothing is left out, as no value equals it.
    pub fn new<'a>(scalars: impl IntoIterator<Item = &'a Scalar>) -> Self {
        let mut values = Self::default();
        for scalar in scalars {
            match Value::from(scalar) {
                Value::Missing => {}
                Value::Text(text) => values.texts.push(text),
                Value::Number(number) => values.numbers.push(number),
                Value::Boolean(boolean) => values.booleans.push(boolean),
            }
        }
        values.texts.sort_unstable_by(|a, b| by_length(a, b));
        values.texts.dedup();
        values.numbers.sort_by(f64::total_cmp);
        values.numbers.dedup();
        values
    }

    /// Whether a value is among them.
    pub fn contains(&self, value: &Value) -> bool {
        match value {
            Value::Missing => false,
            Value::Text(text) => self.texts.binary_search_by(|of| by_length(of, text)).is_ok(),
            // Not by `total_cmp`: -0 is 0.
            Value::Number(number) => self.numbers.binary_search_by(|of| of.partial_cmp(number).unwrap_or(Ordering::Less)).is_ok(),
            Value::Boolean(boolean) => self.booleans.contains(boolean),
        }
    }

    /// Iterates over the texts, each once, the shortest first.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }

    /// Returns the numbers, sorted.
    pub fn numbers(&self) -> &[f64] {
        &self.numbers
    }

    /// Whether `true`, or whether `false`, is among them.
    pub fn has_boolean(&self, boolean: bool) -> bool {
        self.booleans.contains(&boolean)
    }
}

fn by_length(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}
