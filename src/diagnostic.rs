//! What is wrong, where, why, and what to do: the one shape of every message about a stack.

mod fix;

use std::fmt::Display;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use sha2::{Digest, Sha256};

pub use self::fix::{Change, Fix};
use crate::source::Span;

/// What a finding means for the outcome of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// It fails the check.
    Error,
    /// It is reported.
    Warning,
    /// It is mentioned.
    Info,
}

impl Level {
    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// The families that rules belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Whether the files say something at all.
    Validity,
    /// Who answers for what.
    Ownership,
    /// What is written down.
    Documentation,
    /// How tools are joined.
    Integration,
    /// What is there twice.
    Redundancy,
    /// What it costs.
    Spend,
    /// How leads are handled.
    LeadManagement,
    /// How one knows.
    Proof,
    /// What is said of people.
    Privacy,
    /// How exceptions are kept.
    Governance,
}

impl Family {
    /// All families in the order of the reference.
    pub const ALL: [Self; 10] = [
        Self::Validity,
        Self::Ownership,
        Self::Documentation,
        Self::Integration,
        Self::Redundancy,
        Self::Spend,
        Self::LeadManagement,
        Self::Proof,
        Self::Privacy,
        Self::Governance,
    ];

    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Validity => "validity",
            Self::Ownership => "ownership",
            Self::Documentation => "documentation",
            Self::Integration => "integration",
            Self::Redundancy => "redundancy",
            Self::Spend => "spend",
            Self::LeadManagement => "lead-management",
            Self::Proof => "proof",
            Self::Privacy => "privacy",
            Self::Governance => "governance",
        }
    }
}

/// Derives the schema of a rule's options.
pub type OptionsSchema = fn(&mut SchemaGenerator) -> Schema;

/// A rule: what it is called, what it means, and what can be said of it in `[rules]`.
#[derive(Debug)]
pub struct Rule {
    /// Its name, which reads well after "allow".
    pub name: &'static str,
    /// Its family.
    pub family: Family,
    /// Its level unless the stack says otherwise.
    pub level: Level,
    /// Its page, as Markdown.
    pub docs: &'static str,
    /// The schema of its options, if it has any.
    pub options: Option<OptionsSchema>,
}

impl Rule {
    /// Whether its level can be set.
    pub fn is_adjustable(&self) -> bool {
        !matches!(self.family, Family::Validity)
    }

    /// Returns its page as Markdown, without the space that comments begin with.
    pub fn page(&self) -> String {
        let lines: Vec<&str> = self.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        lines.join("\n").trim_end().to_owned()
    }

    /// Whether its findings can be accepted: not mistakes in the files, nor what is said of acceptances themselves.
    pub fn is_suppressible(&self) -> bool {
        !matches!(self.family, Family::Validity | Family::Governance)
    }

    /// Returns the text of a section of its page, without the heading.
    pub fn section(&self, heading: &str) -> Option<&'static str> {
        let (_, after) = self.docs.split_once(&format!("## {heading}\n"))?;
        // Every line of a comment begins with a space.
        Some(after.split("\n ## ").next().unwrap_or(after).trim())
    }

    /// Returns the first sentence of what it checks, on one line.
    pub fn summary(&self) -> String {
        let text = self.section("What it checks").unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        text.split_once(". ").map_or(text.clone(), |(first, _)| format!("{first}."))
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
impl Eq for Rule {}

/// Declares a rule from its doc comment, which is its page: `## What it checks`, `## Why it matters`,
/// `## Example`, `## Use instead`, and where there is something to say `## Options` and `## Limits`.
macro_rules! declare_rule {
    ($(#[doc = $doc:literal])* $vis:vis $constant:ident = $name:literal, $family:ident, $level:ident $(, $options:ty)?) => {
        $(#[doc = $doc])*
        $vis static $constant: $crate::diagnostic::Rule = $crate::diagnostic::Rule {
            name: $name,
            family: $crate::diagnostic::Family::$family,
            level: $crate::diagnostic::Level::$level,
            docs: concat!($($doc, "\n",)*),
            options: declare_rule!(@options $($options)?),
        };
    };
    (@options $options:ty) => { Some(<$options as schemars::JsonSchema>::json_schema) };
    (@options) => { None };
}
pub(crate) use declare_rule;

/// An entity or place that a finding concerns too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Its address, where it has one.
    pub address: Option<String>,
    /// Where it stands, where that helps.
    pub span: Option<Span>,
    /// What it has to do with the finding.
    pub label: String,
}

/// Something that is wrong, where it is, and what to do.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule that it comes from.
    pub rule: &'static Rule,
    /// What it means for the outcome: the rule's default until the policy has been applied.
    pub level: Level,
    /// What is wrong, in a sentence of its own.
    pub message: String,
    /// The address of the smallest thing concerned, or `stack`.
    pub subject: String,
    /// Tells apart findings of one rule on one subject.
    pub key: Option<String>,
    /// Where it is.
    pub span: Span,
    /// What the place itself has to do with it.
    pub label: String,
    /// What else is concerned.
    pub related: Vec<Related>,
    /// Facts and paths in the graph.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// What mends it for certain, where something does.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Makes a finding of a rule about a subject.
    pub fn new(rule: &'static Rule, subject: impl Display, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: rule.level,
            message: message.into(),
            subject: subject.to_string(),
            key: None,
            span,
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Says that this one means more or less than the rule's others, unless the stack sets a level.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what the place itself has to do with it.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Tells it apart from other findings of the rule on the subject.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Names an entity that is concerned too.
    #[must_use]
    pub fn related(mut self, address: impl Display, span: Option<Span>, label: impl Into<String>) -> Self {
        self.related.push(Related { address: Some(address.to_string()), span, label: label.into() });
        self
    }

    /// Names a place that is concerned too.
    #[must_use]
    pub fn related_place(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push(Related { address: None, span: Some(span), label: label.into() });
        self
    }

    /// Returns the fingerprint of rule, subject and key: 16 hexadecimal digits that survive moved lines.
    pub fn id(&self) -> String {
        let mut hash = Sha256::new();
        for part in [self.rule.name, &self.subject, self.key.as_deref().unwrap_or("\u{0}")] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let first = hash.finalize().iter().take(8).fold(0_u64, |id, byte| id << 8 | u64::from(*byte));
        format!("{first:016x}")
    }
}
