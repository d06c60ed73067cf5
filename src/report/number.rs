//! Numbers in JSON: whole ones without a fraction.

use serde::{Serialize, Serializer};

/// A number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(pub f64);

/// A lower and an upper bound.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Between {
    low: Number,
    high: Number,
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[expect(clippy::cast_possible_truncation, reason = "it is a whole number that an integer can hold")]
        let whole = (self.0.fract() == 0.0 && self.0.abs() < 9e15).then_some(self.0 as i64);
        match whole {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.0),
        }
    }
}

impl Between {
    /// As they are.
    pub fn exactly(low: f64, high: f64) -> Self {
        Self { low: Number(low), high: Number(high) }
    }

    /// Rounded to whole units: amounts of money are no more exact than what they are made from.
    pub fn whole(low: f64, high: f64) -> Self {
        Self::exactly(low.round(), high.round())
    }
}
