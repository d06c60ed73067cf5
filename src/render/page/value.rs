//! The vocabulary of cells, facts and sentences.

use serde::Serialize;

use super::{Link, Source};
use crate::text::sentence::capital;

/// How severe a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Filled diamond.
    Error,
    /// Hollow triangle.
    Warning,
    /// Dot.
    Info,
}

/// The answer to a question of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// In place: full disc.
    Yes,
    /// Partly: half disc.
    Partly,
    /// Not in place: cross.
    No,
    /// Not documented: dashed ring.
    Unknown,
}

/// What a person is to an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Full disc.
    Owner,
    /// Half disc.
    Backup,
    /// Disc in a ring: can run it for another reason than being named.
    Able,
    /// Small ring: access, not knowledge.
    Access,
    /// Dashed ring with a stroke: the owner who has left.
    Gone,
}

/// The weight of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// As the text around it.
    Plain,
    /// Bold: the word `critical`, the value in a condition.
    Strong,
    /// Secondary: the word `nothing`, a total's dash.
    Quiet,
}

/// One thing shown, in a cell, a fact or a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Value {
    /// Words; also statuses, criticalities and formatted numbers or money.
    Text {
        /// The words.
        text: String,
        /// Their weight.
        tone: Tone,
    },
    /// Words in the monospaced face: a key, a command, a field.
    Code {
        /// The words.
        text: String,
    },
    /// A new line.
    Break,
    /// A link.
    Link(Link),
    /// A day.
    Date {
        /// As people write it: `3 December 2026`, in tables `3 Dec 2026`.
        text: String,
        /// As machines write it: `2026-12-03`; also what a column sorts by.
        iso: String,
    },
    /// A level's mark and its word, or a word that names the state.
    Level {
        /// The mark.
        level: Level,
        /// `error`, or the state: `due`, `alone`, `broken`.
        word: String,
    },
    /// An answer's mark and its word.
    Answer {
        /// The mark.
        answer: Answer,
        /// `In place`, or the state: `passes`.
        word: String,
    },
    /// A person's mark in a matrix; the word is for those who do not see it.
    Role {
        /// The mark.
        role: Role,
        /// Its meaning in words, such as `owner, the only person`.
        word: String,
        /// Boxes the mark: nobody else can run it.
        alone: bool,
    },
    /// A place in the stack's files.
    Source(Source),
    /// Something that is not documented, and the key that says it.
    Gap {
        /// What is missing, such as `not documented`.
        text: String,
        /// What to write, such as `backup = "…"`.
        example: Option<String>,
    },
    /// A dash: nothing, and rightly so.
    Nothing {
        /// What the dash means, for those who hear the page.
        word: String,
    },
    /// HTML that the Markdown renderer made safe. Headings begin at `h3`, below the head of the page at `h2`; each table stands in
    /// `<div class="box" role="region" tabindex="0" aria-label="…">`; an alert has a first
    /// paragraph `.markdown-alert-title`; a task is `<li class="task">` or `<li class="task done">`
    /// with its state in words for those who hear the page.
    Markdown {
        /// The HTML.
        html: String,
    },
}

impl Value {
    /// Plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), tone: Tone::Plain }
    }

    /// Bold words.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), tone: Tone::Strong }
    }

    /// Secondary words.
    pub fn quiet(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), tone: Tone::Quiet }
    }

    /// Words in the monospaced face.
    pub fn code(text: impl Into<String>) -> Self {
        Self::Code { text: text.into() }
    }

    /// `not documented`, with the key to write.
    pub fn gap(example: impl Into<String>) -> Self {
        Self::Gap { text: "not documented".to_owned(), example: Some(example.into()) }
    }

    /// Splits a message at its backticks: what stands between two of them is code.
    pub fn prose(message: &str) -> Prose {
        let pieces: Vec<&str> = message.split('`').collect();
        let balanced = pieces.len() % 2 == 1;
        if !balanced {
            return vec![Self::text(message)];
        }
        let part = |(index, text): (usize, &str)| {
            if index % 2 == 1 { Self::code(text) } else { Self::text(text) }
        };
        pieces.into_iter().enumerate().filter(|(_, text)| !text.is_empty()).map(part).collect()
    }
}

/// Writes a message, which by custom begins small and ends without a stop, as a sentence.
pub fn sentence(message: &str) -> Prose {
    finished(Value::prose(message))
}

/// Begins a sentence with a capital letter and ends it with a stop.
pub fn finished(mut prose: Prose) -> Prose {
    if let Some(Value::Text { text, .. }) = prose.first_mut() {
        *text = capital(text);
    }
    let is_finished = match prose.last() {
        None => true,
        Some(Value::Text { text, .. }) => text.ends_with(['.', '?', '!', '…']),
        // What code ends in ends no sentence: `renewal = …`.
        Some(_) => false,
    };
    if !is_finished {
        prose.push(Value::text("."));
    }
    prose
}

impl From<Link> for Value {
    fn from(link: Link) -> Self {
        Self::Link(link)
    }
}

/// A sentence: values one after the other, nothing put between them.
pub type Prose = Vec<Value>;
