//! The tree of a file as the JSON that the schema checks, and the way back from a pointer to a span.
//!
//! [`view`] shows it to the schema, [`read`] to the types of the model.

mod read;
mod view;

use std::{borrow::Cow, ops::Range};

use serde_json::{Number, Value};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

pub use self::view::Form;
use crate::model::DATE_KEY;

/// A value of a file, as the schema sees it: JSON whose keys and texts are borrowed from the file wherever they stand there
/// as they are. Nothing is lost that the schema must tell apart: a date is no text, and numbers that do not fit, times and
/// `nan` are null, which no schema accepts.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Instance<'a> {
    /// What no schema accepts.
    #[default]
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Instance<'a>>),
    /// A table, sorted by key.
    Table(Vec<(Cow<'a, str>, Instance<'a>)>),
}

impl<'a> Instance<'a> {
    /// Converts a table.
    pub fn of(table: &DeTable<'a>) -> Self {
        let entries = table.iter().map(|(key, item)| (key.get_ref().clone(), value(item.get_ref())));
        let mut entries: Vec<(Cow<'_, str>, Self)> = entries.collect();
        // The parser gives them sorted by key; a table must not pass for a date.
        if let Some((key, _)) = entries.iter_mut().find(|(key, _)| key == DATE_KEY) {
            *key = format!("\"{DATE_KEY}\"").into();
            entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        }
        Self::Table(entries)
    }

    /// Returns the value of a key; nothing where there is none, or no table.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Table(entries) = self else { return None };
        entries.get(place(entries, key)?).map(|(_, value)| value)
    }

    /// Returns the value of a key, as [`Self::get`], to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let Self::Table(entries) = self else { return None };
        let at = place(entries, key)?;
        entries.get_mut(at).map(|(_, value)| value)
    }

    /// Returns the text; nothing for anything else.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Returns the elements of a list; none for anything else.
    pub fn elements(&self) -> &[Self] {
        if let Self::List(list) = self { list } else { &[] }
    }

    /// Returns a copy that can be taken apart. The parser bounds how deep values nest.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(boolean) => Value::Bool(*boolean),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Text(text) => Value::String(text.clone().into_owned()),
            Self::List(list) => Value::Array(list.iter().map(Self::to_value).collect()),
            Self::Table(entries) => {
                Value::Object(entries.iter().map(|(key, value)| (key.clone().into_owned(), value.to_value())).collect())
            }
        }
    }
}

/// Returns where a key stands among the entries of a table.
fn place(entries: &[(Cow<'_, str>, Instance<'_>)], key: &str) -> Option<usize> {
    entries.binary_search_by(|(name, _)| name.as_ref().cmp(key)).ok()
}

fn value<'a>(item: &DeValue<'a>) -> Instance<'a> {
    match item {
        // A file that ends its lines as Windows does says the same.
        DeValue::String(text) if text.as_bytes().contains(&b'\r') => Instance::Text(text.replace("\r\n", "\n").into()),
        DeValue::String(text) => Instance::Text(text.clone()),
        DeValue::Integer(integer) => {
            i64::from_str_radix(integer.as_str(), integer.radix()).map_or(Instance::Null, |integer| Instance::Number(integer.into()))
        }
        DeValue::Float(float) => float.as_str().parse().ok().and_then(Number::from_f64).map_or(Instance::Null, Instance::Number),
        DeValue::Boolean(boolean) => Instance::Boolean(*boolean),
        DeValue::Datetime(datetime) => match (datetime.date, datetime.time, datetime.offset) {
            (Some(date), None, None) if is_on_calendar(date) => {
                Instance::Table(vec![(DATE_KEY.into(), Instance::Text(date.to_string().into()))])
            }
            _ => Instance::Null,
        },
        DeValue::Array(list) => Instance::List(list.iter().map(|item| value(item.get_ref())).collect()),
        DeValue::Table(inner) => Instance::of(inner),
    }
}

/// Whether the calendar has the day: TOML knows how long months are only roughly.
fn is_on_calendar(date: toml::value::Date) -> bool {
    let (Ok(year), Ok(month), Ok(day)) = (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day)) else {
        return false;
    };
    crate::model::Date::new(year, month, day).is_some()
}

/// Where a pointer leads: the key and the value there.
#[derive(Debug)]
pub struct Spot<'t, 'i> {
    /// Where the key stands; nothing for the root and for elements of a list.
    pub key: Option<Range<usize>>,
    /// The value; nothing for the root.
    pub value: Option<&'t Spanned<DeValue<'i>>>,
}

impl Spot<'_, '_> {
    /// Returns where the value stands; for a table its header.
    pub fn span(&self) -> Range<usize> {
        self.value.map_or(0..0, Spanned::span)
    }
}

/// Follows a pointer as far as the tree goes.
pub fn follow<'t, 'i>(root: &'t DeTable<'i>, pointer: &str) -> Spot<'t, 'i> {
    let mut spot = Spot { key: None, value: None };
    let mut table = Some(root);
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        let next = if let Some(table) = table {
            table.get_key_value(token.as_str()).map(|(key, item)| (Some(key.span()), item))
        } else if let Some(list) = spot.value.and_then(|value| value.get_ref().as_array()) {
            token.parse().ok().and_then(|index: usize| list.get(index)).map(|item| (None, item))
        } else {
            None
        };
        let Some((key, item)) = next else { break };
        spot = Spot { key, value: Some(item) };
        table = item.get_ref().as_table();
    }
    spot
}

/// Says in words what a value is.
pub fn type_name(value: Option<&DeValue<'_>>) -> &'static str {
    match value {
        Some(DeValue::Datetime(datetime)) if datetime.date.is_none() => "a time",
        Some(DeValue::Datetime(datetime)) if datetime.time.is_none() => "a date",
        Some(DeValue::Datetime(_)) => "a date with a time",
        Some(DeValue::String(_)) => "text",
        Some(DeValue::Integer(integer)) if i64::from_str_radix(integer.as_str(), integer.radix()).is_err() => "an integer beyond 64 bits",
        Some(DeValue::Integer(_)) => "an integer",
        Some(DeValue::Float(float)) if float.as_str().parse::<f64>().is_ok_and(f64::is_finite) => "a number",
        Some(DeValue::Float(float)) if float.as_str().contains(['a', 'A']) => "`nan`",
        Some(DeValue::Float(_)) => "`inf`",
        Some(DeValue::Boolean(_)) => "true or false",
        Some(DeValue::Array(_)) => "a list",
        Some(DeValue::Table(_)) => "a table",
        None => "nothing",
    }
}
