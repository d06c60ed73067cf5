//! Sections of a page and what may stand in them.

use serde::Serialize;

use super::{Answer, Cell, Diagram, Figure, Finding, FindingTable, LegendItem, Link, Prose, Source, Table};

/// One line of a table of facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What the fact is about.
    pub label: String,
    /// A short clause below the label, only where the label cannot be understood without it.
    pub help: Option<String>,
    /// The fact, or the gap.
    pub cell: Cell,
    /// Its line.
    pub source: Option<Source>,
}

/// A place where something could stand, and how to add it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Empty {
    /// What is missing and why it matters.
    pub text: Prose,
    /// TOML to start from.
    pub snippet: Option<String>,
}

/// Links from other entities, by kind and field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Backlinks {
    /// The kind, in the plural: `Flows`.
    pub kind: String,
    /// What this entity is to them, in words: `passes through`, `owner`.
    pub field: String,
    /// Those that link here.
    pub links: Vec<Link>,
}

/// A question in the overview of one layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LayerItem {
    /// The answer's mark; none for a plain count.
    pub answer: Option<Answer>,
    /// The question in short, or a kind.
    pub link: Link,
    /// The answer in words, or the count.
    pub word: String,
}

/// One of the four layers in an overview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Layer {
    /// People, Process, Platform or Proof.
    pub title: String,
    /// What belongs to it.
    pub items: Vec<LayerItem>,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Whether it speaks for (yes), partly, against (no) or is not known.
    pub answer: Answer,
    /// The statement.
    pub text: Prose,
    /// How many parts of the answer it takes away: `−1.5`.
    pub deducts: Option<String>,
    /// Its line.
    pub source: Option<Source>,
}

/// A question of a review with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// An id to link to.
    pub id: String,
    /// Its number in the whole review.
    pub number: usize,
    /// The question.
    pub question: String,
    /// The answer's mark.
    pub answer: Answer,
    /// The answer's word: `Not in place`.
    pub verdict: String,
    /// The measure beside the verdict: `3 of 5 kinds`.
    pub measure: Prose,
    /// The answer in sentences.
    pub text: Prose,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What would close it.
    pub close: Prose,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// A table.
    Table(Table),
    /// Facts in two columns.
    Facts {
        /// The facts.
        facts: Vec<Fact>,
    },
    /// A picture.
    Diagram(Diagram),
    /// Safe HTML; see [`Value::Markdown`](super::Value::Markdown).
    Markdown {
        /// The HTML.
        html: String,
    },
    /// A table of findings.
    Findings(FindingTable),
    /// Links from other entities.
    Backlinks {
        /// What it shows; unique on its page.
        label: String,
        /// By kind and field.
        groups: Vec<Backlinks>,
    },
    /// A place to fill.
    Empty(Empty),
    /// A paragraph.
    Text {
        /// The sentence.
        text: Prose,
    },
    /// A secondary line below a table or a picture.
    Remark {
        /// The sentence.
        text: Prose,
    },
    /// Assumptions, on a ground of their own.
    Note {
        /// The sentence.
        text: Prose,
    },
    /// A list.
    Bullets {
        /// The entries.
        items: Vec<Prose>,
        /// Their order matters: they carry numbers.
        ordered: bool,
    },
    /// What the marks of the table above mean; a picture has its own.
    Legend {
        /// The marks.
        items: Vec<LegendItem>,
    },
    /// The form that asks rules or criteria about a record (a script's work).
    Try {
        /// The rules as data, safe in a `script` element.
        json: String,
    },
    /// Key figures.
    Figures {
        /// Three to five of them.
        figures: Vec<Figure>,
    },
    /// The worst findings, each with its price.
    Worst {
        /// Up to five of them.
        findings: Vec<Finding>,
    },
    /// The four layers at a glance.
    Layers {
        /// People, Process, Platform, Proof.
        layers: Vec<Layer>,
    },
    /// Questions of a review.
    Questions {
        /// The questions.
        questions: Vec<Question>,
    },
}

/// A section of a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// An id to link to, unique on its page; neither `nav`, `main`, `q`, `theme` nor `results`.
    pub id: String,
    /// Its head: a question or a noun.
    pub title: String,
    /// What stands right of the head: `12, of 32 in the stack`.
    pub note: Option<String>,
    /// The sentence below the head.
    pub intro: Prose,
    /// Its parts.
    pub blocks: Vec<Block>,
}

impl Section {
    /// A section of blocks without note and intro.
    pub fn new(id: impl Into<String>, title: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self { id: id.into(), title: title.into(), note: None, intro: vec![], blocks }
    }
}
