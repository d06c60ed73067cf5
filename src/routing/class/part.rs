//! Parts of what a field may have, as they are shown.

use std::fmt;

use serde::Serialize;

use super::{number, round::Span};
use crate::model::Scalar;

/// A part of what a field may have.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// No value.
    Missing,
    /// One value.
    Value(Scalar),
    /// All numbers between two ends.
    Range(Bounds),
    /// All text that no condition names whole.
    OtherText,
    /// Text that starts with one of these.
    StartsWith(Vec<String>),
    /// Text that ends with one of these.
    EndsWith(Vec<String>),
    /// Text that contains one of these.
    Contains(Vec<String>),
}

/// The ends of a range, by the operators of the format; without one there is no end.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Bounds {
    /// It begins with this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<Scalar>,
    /// It begins right after this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above: Option<Scalar>,
    /// It ends with this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Scalar>,
    /// It ends right before this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<Scalar>,
}

impl Part {
    pub(super) fn numbers(span: Span) -> Self {
        if let Some(number) = span.single() {
            return Self::Value(number::scalar(number));
        }
        let end = |number: f64, wanted: bool| (wanted && number.is_finite()).then(|| number::scalar(number));
        Self::Range(Bounds {
            min: end(span.from, span.with_from),
            above: end(span.from, !span.with_from),
            max: end(span.to, span.with_to),
            below: end(span.to, !span.with_to),
        })
    }
}

impl fmt::Display for Part {
    /// Writes it so that it can be read after the name of the field and "is".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let any_of = |f: &mut fmt::Formatter<'_>, verb: &str, texts: &[String]| {
            f.write_str(verb)?;
            for (index, text) in texts.iter().enumerate() {
                write!(f, "{}`{text}`", if index > 0 { " or " } else { " " })?;
            }
            Ok(())
        };
        match self {
            Self::Missing => f.write_str("missing"),
            Self::Value(value) => write!(f, "`{value}`"),
            Self::Range(bounds) => bounds.fmt(f),
            Self::OtherText => f.write_str("any other text"),
            Self::StartsWith(texts) => any_of(f, "text that starts with", texts),
            Self::EndsWith(texts) => any_of(f, "text that ends with", texts),
            Self::Contains(texts) => any_of(f, "text that contains", texts),
        }
    }
}

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self { min: Some(min), max: Some(max), .. } => write!(f, "{min} to {max}"),
            Self { min: None, above: None, max: None, below: None } => f.write_str("any number"),
            Self { min, above, max, below } => {
                let ends = [("at least", min), ("above", above), ("at most", max), ("below", below)];
                let mut written = false;
                for (words, end) in ends {
                    if let Some(end) = end {
                        write!(f, "{}{words} {end}", if written { " and " } else { "" })?;
                        written = true;
                    }
                }
                Ok(())
            }
        }
    }
}
