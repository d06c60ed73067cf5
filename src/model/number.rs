//! Numbers of a given sort, values of records, and shapes that hold one value or several.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct};

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
    /// An amount from 0 to a quadrillion, in the stack's currency unless the entry says otherwise.
    Money = { "type": "number", "minimum": 0, "maximum": 1e15, "x-number": "money" };
    /// A share, from 0 to 1.
    Share = { "type": "number", "minimum": 0, "maximum": 1, "x-number": "share" };
    /// A quantity from 0 to a quadrillion.
    Quantity = { "type": "number", "minimum": 0, "maximum": 1e15 };
}

/// Returns a number with at most two decimals.
pub fn trimmed(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Returns a number of points with its noun, such as `30 points` or `-1 point`.
pub fn points(points: i64) -> String {
    format!("{points} {}", if points.unsigned_abs() == 1 { "point" } else { "points" })
}

/// Returns a share in percent with at most one decimal, such as `42.5%`.
pub fn percent(share: f64) -> String {
    format!("{}%", trimmed((share * 1_000.0).round() / 10.0))
}

/// So many decimals are shown at most where two shares are told apart.
const MOST_DECIMALS: usize = 12;

/// Returns two shares in percent with at most one decimal, or with as many as tell them apart, such as `39.99%` and `40%`.
pub fn percents(shares: [f64; 2]) -> [String; 2] {
    let [one, other] = shares;
    let written = |decimals: usize| {
        shares.map(|share| {
            let text = format!("{:.decimals$}", share * 100.0);
            format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
        })
    };
    let differ = |texts: &[String; 2]| matches!(texts, [one, other] if one != other);
    (2..=MOST_DECIMALS).map(written).find(differ).filter(|_| percent(one) == percent(other)).unwrap_or_else(|| shares.map(percent))
}

/// Returns a number with at most two decimals and commas between thousands.
pub fn thousands(number: f64) -> String {
    separated(&trimmed(number))
}

/// Returns a time in words, rounded up to the largest unit of which it has two, or a whole number: `5 minutes`, `2 days`.
pub fn time_in_words(seconds: u64) -> String {
    let units = [(86_400, "day"), (3_600, "hour"), (60, "minute")];
    let fits = |(length, _): &(u64, &str)| seconds >= 2 * length || seconds > 0 && seconds.is_multiple_of(*length);
    let (length, unit) = units.into_iter().find(fits).unwrap_or((1, "second"));
    let count = seconds.div_ceil(length);
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// Returns a number as it was written, with all of its decimals and commas between thousands.
pub fn exact(number: f64) -> String {
    let size = number.abs();
    // Written out, those beyond would be rows of zeros.
    if size != 0.0 && !(1e-9..1e15).contains(&size) { format!("{number:e}") } else { separated(&number.to_string()) }
}

/// Puts commas between the thousands of a number.
fn separated(text: &str) -> String {
    let (whole, rest) = text.split_once('.').map_or((text, String::new()), |(whole, rest)| (whole, format!(".{rest}")));
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

    /// Iterates over the values, each with the pointer of its place, given that of all of them.
    pub fn placed<'a>(&'a self, at: &'a str) -> impl Iterator<Item = (String, &'a T)> {
        let is_one = matches!(self, Self::One(_));
        let place = move |index: usize| if is_one { at.to_owned() } else { format!("{at}/{index}") };
        self.as_slice().iter().enumerate().map(move |(index, value)| (place(index), value))
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

/// A number for programs: a whole one is written without a point, as people write it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53 is one of `i64`")]
        let whole = (self.0.fract() == 0.0 && self.0.abs() < 9e15).then_some(self.0 as i64);
        match whole {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.0),
        }
    }
}

/// A lower and an upper bound of something that is reckoned; written as [`Number`] is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bounds {
    /// The lower one.
    pub low: f64,
    /// The upper one.
    pub high: f64,
}

impl Bounds {
    /// Rounds to whole units: amounts of money are no more exact than what they are made from.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self { low: self.low.round(), high: self.high.round() }
    }
}

impl From<Range> for Bounds {
    fn from(range: Range) -> Self {
        Self { low: range.low.0, high: range.high.0 }
    }
}

impl Serialize for Bounds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bounds = serializer.serialize_struct("Bounds", 2)?;
        bounds.serialize_field("low", &Number(self.low))?;
        bounds.serialize_field("high", &Number(self.high))?;
        bounds.end()
    }
}

#[cfg(test)]
mod tests {
    use super::{exact, percent, percents, points, thousands};

    #[test]
    fn one_point_is_one_above_and_below_nothing() {
        let said = [30, 1, 0, -1, -25, i64::MIN].map(points);
        assert_eq!(said, ["30 points", "1 point", "0 points", "-1 point", "-25 points", "-9223372036854775808 points"]);
    }

    #[test]
    fn numbers_have_commas_between_thousands_and_few_decimals() {
        assert_eq!(thousands(1_234_567.0), "1,234,567");
        assert_eq!(thousands(999.5), "999.5");
        assert_eq!(thousands(-1000.0), "-1,000");
        assert_eq!(thousands(0.0), "0");
        assert_eq!(percent(0.425_4), "42.5%");
        assert_eq!(percent(0.4), "40%");
    }

    #[test]
    fn numbers_that_are_compared_keep_what_tells_them_apart() {
        assert_eq!([1_234.567_8, -1_000.0, 0.953, 0.1 + 0.2].map(exact), ["1,234.5678", "-1,000", "0.953", "0.30000000000000004"]);
        assert_eq!([1e300, -1e-300, 0.0].map(exact), ["1e300", "-1e-300", "0"]);
        assert_eq!(percents([0.399_9, 0.4]), ["39.99%", "40%"]);
        assert_eq!(percents([0.3, 0.4]), ["30%", "40%"]);
        assert_eq!(percents([0.125_4, 0.4]), ["12.5%", "40%"]);
        assert_eq!(percents([0.4, 0.399_999_999_9]), ["40%", "39.99999999%"]);
        assert_eq!(percents([0.4, 0.4 + 1e-15]), ["40%", "40%"]);
        assert_eq!(percents([1.0 / 3.0, 0.333]), ["33.33%", "33.3%"]);
    }
}
