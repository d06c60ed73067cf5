//! Numbers of a given sort, values of records, and shapes that hold one value or several.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// Declares a type that is a number for serde and has a schema of its own.
macro_rules! number_types {
    ($($(#[$doc:meta])* $name:ident = $schema:tt;)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Deserialize, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub f64);
        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )* };
}

number_types! {
    /// An amount, at least 0, in the stack's currency unless the entry says otherwise.
    Money = { "type": "number", "minimum": 0, "x-number": "money" };
    /// A share, from 0 to 1.
    Share = { "type": "number", "minimum": 0, "maximum": 1, "x-number": "share" };
    /// A quantity, at least 0.
    Quantity = { "type": "number", "minimum": 0 };
}

/// Returns a number with at most two decimals.
pub fn trimmed(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Returns a share in percent with at most one decimal, such as `42.5%`.
pub fn percent(share: f64) -> String {
    format!("{}%", trimmed((share * 1_000.0).round() / 10.0))
}

/// Returns a number with at most two decimals and commas between thousands.
pub fn thousands(number: f64) -> String {
    let text = trimmed(number);
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    let mut out = String::new();
    let digits = whole.chars().count();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (digits - index).is_multiple_of(3) && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    out + &rest
}

/// Returns a number with commas between thousands and all its decimals.
pub fn exact(number: f64) -> String {
    let text = thousands(number);
    // Two decimals are enough for most; no number must be shown as another one.
    if text.replace(',', "").parse() == Ok(number) { text } else { number.to_string() }
}

/// One value, or a list of them.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum OneOrMany<T> {
    /// One value.
    One(T),
    /// A list.
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    /// Returns the values as a list.
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

/// The value of a field of a record.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Scalar {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Text.
    Text(String),
}

impl Scalar {
    /// Returns the text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(value) => value.fmt(f),
            Self::Integer(value) => value.fmt(f),
            Self::Number(value) => value.fmt(f),
            Self::Text(value) => value.fmt(f),
        }
    }
}

/// A lower and an upper bound of an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Range {
    /// The lower bound.
    pub low: Quantity,
    /// The upper bound.
    pub high: Quantity,
}

#[cfg(test)]
mod tests {
    use super::{percent, thousands};

    #[test]
    fn numbers_have_commas_between_thousands_and_few_decimals() {
        assert_eq!(thousands(1_234_567.0), "1,234,567");
        assert_eq!(thousands(999.5), "999.5");
        assert_eq!(thousands(-1000.0), "-1,000");
        assert_eq!(thousands(0.0), "0");
        assert_eq!(percent(0.425_4), "42.5%");
        assert_eq!(percent(0.4), "40%");
    }
}
