//! The content of a table cell or a fact.

use serde::Serialize;

use super::{Prose, Value};

/// What stands between the values of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Join {
    /// A comma: a list of names.
    Comma,
    /// A space: a sentence.
    Space,
    /// A line each: long entries.
    Lines,
    /// Nothing: the values carry what stands between them.
    None,
}

/// The content of a table cell or of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// What it shows; empty for an empty cell.
    pub values: Vec<Value>,
    /// What stands between the values.
    pub join: Join,
    /// A secondary line below.
    pub sub: Prose,
    /// What a column sorts by, where that is not the text: a plain number. A date is sorted by its day.
    pub sort: Option<String>,
}

impl Cell {
    /// A list of values with commas between them.
    pub fn list(values: Vec<Value>) -> Self {
        Self { values, join: Join::Comma, sub: vec![], sort: None }
    }

    /// Values with spaces between them.
    pub fn words(values: Vec<Value>) -> Self {
        Self { join: Join::Space, ..Self::list(values) }
    }

    /// Values that carry what stands between them.
    pub fn prose(values: Prose) -> Self {
        Self { join: Join::None, ..Self::list(values) }
    }

    /// Adds the secondary line.
    #[must_use]
    pub fn with_sub(mut self, sub: Prose) -> Self {
        self.sub = sub;
        self
    }

    /// Sets what the column sorts by.
    #[must_use]
    pub fn sorted_by(mut self, key: impl Into<String>) -> Self {
        self.sort = Some(key.into());
        self
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self::list(vec![value])
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Value::text(text).into()
    }
}
