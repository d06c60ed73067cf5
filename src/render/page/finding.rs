//! Findings as pages show them.

use serde::Serialize;

use super::{Filter, Level, Link, Prose, Source};

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// An id to link to where all findings stand: `finding-9f2c…`.
    pub id: String,
    /// The token of its family, by which a table can be filtered.
    pub family: String,
    /// The token of whoever answers for its subject, by which a table can be filtered.
    pub owner: String,
    /// Its level.
    pub level: Level,
    /// Its rule, linked to the rule's page.
    pub rule: Link,
    /// What is the matter.
    pub message: Prose,
    /// What to do.
    pub help: Prose,
    /// What it concerns: the address, linked to the entity.
    pub subject: Option<Link>,
    /// The line it stands on.
    pub source: Option<Source>,
    /// What it puts at risk, among the worst findings: `USD 29,700 a year, critical`.
    pub price: Option<String>,
    /// The row above has the same rule: its name is hidden from the eye.
    pub repeat: bool,
    /// The row above says to do the same: it is not repeated to the eye.
    pub repeat_help: bool,
}

/// Findings of one family, or all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingGroup {
    /// An id to link to, such as `f-ownership`.
    pub id: Option<String>,
    /// The family; none for a table without groups.
    pub title: Option<String>,
    /// The findings.
    pub findings: Vec<Finding>,
    /// How many the family has, where these are not all.
    pub of: Option<usize>,
}

/// A table of findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingTable {
    /// What it shows; unique on its page.
    pub label: String,
    /// Shows the column of subjects.
    pub subjects: bool,
    /// Shows the column of rules.
    pub rules: bool,
    /// An id, unique on its page, for the filter above the table. Only a table with a filter carries the ids of findings.
    pub filter: Option<String>,
    /// Choices beside the filter: `level`, `family`, `owner`.
    pub filters: Vec<Filter>,
    /// The findings.
    pub groups: Vec<FindingGroup>,
}
