//! The tree of a file as the JSON value that the schema checks, and the way back from a pointer to a span.

use std::ops::Range;

use serde_json::{Map, Number, Value};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::model::DATE_KEY;

/// Converts a table. Nothing is lost that the schema must tell apart: a date is no text, and numbers that
/// do not fit, times and `nan` become null, which no schema accepts.
pub fn table(table: &DeTable<'_>) -> Value {
    Value::Object(table.iter().map(|(key, item)| (key_of(key.get_ref()), value(item.get_ref()))).collect::<Map<_, _>>())
}

/// A key as it is; only the one that marks a date is changed, lest a table pass for a date.
fn key_of(key: &str) -> String {
    if key == DATE_KEY { format!("\"{key}\"") } else { key.to_owned() }
}

fn value(item: &DeValue<'_>) -> Value {
    match item {
        // A file that ends its lines as Windows does says the same.
        DeValue::String(text) => Value::String(text.replace("\r\n", "\n")),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).map_or(Value::Null, Into::into),
        DeValue::Float(float) => float.as_str().parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number),
        DeValue::Boolean(boolean) => Value::Bool(*boolean),
        DeValue::Datetime(datetime) => match (datetime.date, datetime.time, datetime.offset) {
            (Some(date), None, None) if is_on_calendar(date) => {
                Value::Object(Map::from_iter([(DATE_KEY.to_owned(), Value::String(date.to_string()))]))
            }
            _ => Value::Null,
        },
        DeValue::Array(list) => Value::Array(list.iter().map(|item| value(item.get_ref())).collect()),
        DeValue::Table(inner) => table(inner),
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
