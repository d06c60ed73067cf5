//! What a question about all records is answered with.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::model::{Record, Scalar};

/// A record that shows something, with the name of every field.
#[derive(Debug, Clone, PartialEq)]
pub struct Example<'a> {
    /// The fields, sorted by name, and their values as somebody would write them; nothing where there is none.
    pub fields: Vec<(&'a str, Option<Scalar>)>,
}

impl Example<'_> {
    /// Whether every field is missing.
    pub fn is_empty(&self) -> bool {
        self.fields.iter().all(|(_, value)| value.is_none())
    }

    /// Returns it as a test writes it: without the fields that are missing.
    pub fn record(&self) -> Record {
        self.fields.iter().filter_map(|(name, value)| Some(((*name).to_owned(), value.clone()?))).collect()
    }
}

impl fmt::Display for Example<'_> {
    /// Writes the fields that it has on one line, as a test writes them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut is_empty = true;
        for (name, value) in &self.fields {
            let Some(value) = value else { continue };
            f.write_str(if is_empty { "" } else { ", " })?;
            is_empty = false;
            match value {
                Scalar::Text(text) => write!(f, "{name} = {}", toml::Value::from(text.as_str()))?,
                other => write!(f, "{name} = {other}")?,
            }
        }
        if is_empty { f.write_str("nothing filled in") } else { Ok(()) }
    }
}

impl Serialize for Example<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.fields.iter().map(|(name, value)| (name, value)))
    }
}

/// Whether there is a record of some sort.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer<'a> {
    /// There is, such as this one.
    Yes(Example<'a>),
    /// There is none at all.
    No,
    /// That could not be decided.
    Undecided,
}

impl<'a> Answer<'a> {
    /// Returns the record that shows it.
    pub fn example(&self) -> Option<&Example<'a>> {
        if let Self::Yes(example) = self { Some(example) } else { None }
    }

    /// Returns whether there is a record; nothing where that could not be decided.
    pub fn is_yes(&self) -> Option<bool> {
        match self {
            Self::Yes(_) => Some(true),
            Self::No => Some(false),
            Self::Undecided => None,
        }
    }

    /// Whether it is certain that there is no record.
    pub fn is_no(&self) -> bool {
        *self == Self::No
    }
}

/// Why something could not be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt<'a> {
    /// Conditions tell too many values of this field apart.
    Values(&'a str),
    /// Conditions depend on each other in too many ways.
    Combinations,
    /// The points of criteria are too large to be added up.
    Points,
}

impl fmt::Display for Doubt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Values(field) => write!(f, "the conditions on `{field}` name too many values to compare all of them"),
            Self::Combinations => f.write_str("the conditions overlap in too many ways to look at all of them"),
            Self::Points => f.write_str("the points are too large to add up"),
        }
    }
}
