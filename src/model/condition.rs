//! Conditions on the fields of a record, as routing and scoring use them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{OneOrMany, Scalar};

/// A record: values by field.
pub type Record = BTreeMap<String, Scalar>;

/// Conditions that must all hold, by field.
pub type Clause = BTreeMap<String, Condition>;

/// A table whose conditions must all hold, or a list of such tables of which one must hold.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum When {
    /// All of these must hold.
    All(Clause),
    /// One of these must hold.
    Any(Vec<Clause>),
}

impl When {
    /// Returns the clauses, of which one must hold.
    pub fn clauses(&self) -> &[Clause] {
        match self {
            Self::All(clause) => std::slice::from_ref(clause),
            Self::Any(clauses) => clauses,
        }
    }
}

/// A value (equals), a list (any of), or operators that must all hold.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Condition {
    /// The field has this value.
    Is(Scalar),
    /// The field has one of these values.
    AnyOf(Vec<Scalar>),
    /// All of these hold.
    Operators(Box<Operators>),
}

/// Operators that must all hold.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Operators {
    /// It has none of these values.
    pub not: Option<OneOrMany<Scalar>>,
    /// It is at least this.
    pub min: Option<f64>,
    /// It is at most this.
    pub max: Option<f64>,
    /// It is more than this.
    pub above: Option<f64>,
    /// It is less than this.
    pub below: Option<f64>,
    /// It starts with this, or with one of these: text that is not empty, without space around it.
    pub starts_with: Option<OneOrMany<String>>,
    /// It ends with this, or with one of these: text that is not empty, without space around it.
    pub ends_with: Option<OneOrMany<String>>,
    /// It contains this, or one of these: text that is not empty, without space around it.
    pub contains: Option<OneOrMany<String>>,
    /// Whether the field is there.
    pub present: Option<bool>,
}

/// Returns a text as conditions compare it: without surrounding ASCII space, each character in lower case.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends a text as conditions compare it, see [`fold`].
pub fn fold_into(text: &str, folded: &mut String) {
    let text = text.trim_ascii();
    if text.is_ascii() {
        let start = folded.len();
        folded.push_str(text);
        if let Some(added) = folded.get_mut(start..) {
            added.make_ascii_lowercase();
        }
    } else {
        folded.extend(text.chars().flat_map(char::to_lowercase));
    }
}
