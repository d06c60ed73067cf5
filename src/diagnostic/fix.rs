//! What mends a finding for certain. What that means for the text of a file is the business of `fix/`.

use super::Diagnostic;
use crate::source::FileId;

/// A change of one value, key or table that mends a finding for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The file.
    pub file: FileId,
    /// The JSON pointer of what is changed.
    pub pointer: String,
    /// What becomes of it.
    pub change: Change,
}

/// What becomes of a value, key or table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The value is this text.
    Value(String),
    /// The key is called this.
    Key(String),
    /// The table is removed, with the comment that belongs to it.
    Remove,
}

impl Diagnostic {
    /// Says what mends it for certain.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}
