//! The fields of the records that a routing or scoring reads, and how what is known of a record becomes values.

use std::fmt;

use super::value::{Value, Values};
use crate::model::{self, Field, FieldType, Fields, Record};

/// The fields of records, sorted by name; a record is a list of as many values.
#[derive(Debug, Clone)]
pub struct Form<'a> {
    fields: Vec<(&'a str, &'a Field)>,
    closed: Vec<Option<Values>>,
}

/// Why a text is no value of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Misfit {
    /// It is of another type.
    Type(FieldType),
    /// It is not in the closed list.
    Unlisted,
    /// It is less than the least value.
    Below(f64),
    /// It is more than the greatest value.
    Above(f64),
    /// There is none, and every record has one.
    Missing,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(FieldType::Text) => f.write_str("it is no text"),
            Self::Type(FieldType::Integer) => f.write_str("it is no whole number"),
            Self::Type(FieldType::Number) => f.write_str("it is no number"),
            Self::Type(FieldType::Boolean) => f.write_str("it is neither `true` nor `false`"),
            Self::Unlisted => f.write_str("it is not in the field's list of values"),
            Self::Below(min) => write!(f, "the least value is {min}"),
            Self::Above(max) => write!(f, "the greatest value is {max}"),
            Self::Missing => f.write_str("it is empty, and the field is required"),
        }
    }
}

impl<'a> Form<'a> {
    /// Makes a form of fields.
    pub fn new(fields: &'a Fields) -> Self {
        let closed = fields.values().map(|field| field.values.as_ref().map(Values::new)).collect();
        Self { fields: fields.iter().map(|(name, field)| (name.as_str(), field)).collect(), closed }
    }

    /// Returns the fields, sorted by name.
    pub fn fields(&self) -> &[(&'a str, &'a Field)] {
        &self.fields
    }

    /// Returns the number of the field of a name.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.fields.binary_search_by(|(field, _)| (*field).cmp(name)).ok()
    }

    /// Returns a record without any value.
    pub fn blank(&self) -> Vec<Value> {
        vec![Value::Missing; self.fields.len()]
    }

    /// Returns the values of a record as a test of the stack writes it. Fields that the form does not have are left out.
    pub fn values(&self, record: &Record) -> Vec<Value> {
        let mut values = self.blank();
        for (name, scalar) in record {
            if let Some(value) = self.index(name).and_then(|index| values.get_mut(index)) {
                *value = scalar.into();
            }
        }
        values
    }

    /// Reads a value of a field from text, such as a cell of a table. Space around it does not count; without anything
    /// else it is a missing value.
    ///
    /// # Errors
    /// If the text is no value of the field: of another type, beyond its range, or not in its closed list.
    pub fn read(&self, index: usize, text: &str, value: &mut Value) -> Result<(), Misfit> {
        let Some((_, field)) = self.fields.get(index) else { return Ok(()) };
        let text = text.trim_ascii();
        if text.is_empty() {
            *value = Value::Missing;
            return if field.required { Err(Misfit::Missing) } else { Ok(()) };
        }
        match field.r#type {
            FieldType::Text => fold_into(text, value),
            FieldType::Integer => {
                let number: i64 = text.parse().map_err(|_| Misfit::Type(FieldType::Integer))?;
                #[expect(clippy::cast_precision_loss, reason = "values are compared as numbers of the format are: as 64-bit floats")]
                let number = number as f64;
                *value = Value::Number(number);
            }
            FieldType::Number => {
                let number = text.parse().ok().filter(|number: &f64| number.is_finite()).ok_or(Misfit::Type(FieldType::Number))?;
                *value = Value::Number(number);
            }
            FieldType::Boolean if text.eq_ignore_ascii_case("true") => *value = Value::Boolean(true),
            FieldType::Boolean if text.eq_ignore_ascii_case("false") => *value = Value::Boolean(false),
            FieldType::Boolean => return Err(Misfit::Type(FieldType::Boolean)),
        }
        self.fit(index, field, value)
    }

    /// Whether a value is of the type of a field. A missing one may be.
    pub fn may_hold(&self, index: usize, value: &Value) -> bool {
        let Some((_, field)) = self.fields.get(index) else { return false };
        match value {
            Value::Missing => true,
            Value::Text(_) => field.r#type == FieldType::Text,
            Value::Number(_) => matches!(field.r#type, FieldType::Integer | FieldType::Number),
            Value::Boolean(_) => field.r#type == FieldType::Boolean,
        }
    }

    /// Returns the number of the field of another form whose values a field here takes over: that of its name, if the values
    /// are of one sort. Integers are numbers too.
    pub(super) fn source(&self, index: usize, from: &Form<'_>) -> Option<usize> {
        let is_number = |of| matches!(of, FieldType::Integer | FieldType::Number);
        let (name, field) = self.fields.get(index)?;
        let source = from.index(name)?;
        let (_, other) = from.fields.get(source)?;
        (field.r#type == other.r#type || is_number(field.r#type) && is_number(other.r#type)).then_some(source)
    }

    /// Whether a value is one that the field may have.
    pub(super) fn fit(&self, index: usize, field: &Field, value: &Value) -> Result<(), Misfit> {
        if let Value::Number(number) = value {
            if let Some(min) = field.min.filter(|min| number < min) {
                return Err(Misfit::Below(min));
            }
            if let Some(max) = field.max.filter(|max| number > max) {
                return Err(Misfit::Above(max));
            }
        }
        let is_listed = self.closed.get(index).and_then(Option::as_ref).is_none_or(|values| values.contains(value));
        if is_listed { Ok(()) } else { Err(Misfit::Unlisted) }
    }
}

/// Folds text into a value whose memory is used again.
fn fold_into(text: &str, value: &mut Value) {
    let mut into = match std::mem::replace(value, Value::Missing) {
        Value::Text(mut text) => {
            text.clear();
            text
        }
        _ => String::new(),
    };
    model::fold_into(text, &mut into);
    *value = Value::Text(into);
}
