//! A report as titles and lists, for a terminal or for Markdown.

use std::io::{self, Write};

use crate::{
    model::{AnyEntity, Kind, Stack},
    text::{
        markdown::{inline, prose},
        terminal::line,
    },
};

/// How an outline is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
    /// For an issue or a mail
    Markdown,
}

/// A report. What stands in backticks in its lines is an address or a key: names go through [`plainly`].
pub struct Outline {
    /// What it is about.
    pub title: String,
    /// The verdict, in a sentence or a few.
    pub lead: Vec<String>,
    /// The rest, by section.
    pub sections: Vec<Section>,
}

/// A part of a report, which is left out where it has no items.
pub struct Section {
    /// What it lists.
    pub title: String,
    /// What it lists, each with lines that say more.
    pub items: Vec<Item>,
}

/// An item of a list.
pub struct Item {
    /// What it is.
    pub text: String,
    /// More about it.
    pub notes: Vec<String>,
}

impl Section {
    /// Makes a section.
    pub fn new(title: impl Into<String>, items: impl IntoIterator<Item = Item>) -> Self {
        Self { title: title.into(), items: items.into_iter().collect() }
    }
}

impl<T: Into<String>> From<T> for Item {
    fn from(text: T) -> Self {
        Self { text: text.into(), notes: Vec::new() }
    }
}

impl Outline {
    /// Writes it for a terminal.
    ///
    /// # Errors
    /// If the sink cannot be written to.
    pub fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", plain(&self.title))?;
        for lead in &self.lead {
            writeln!(out, "{}", plain(lead))?;
        }
        for section in self.sections.iter().filter(|section| !section.items.is_empty()) {
            writeln!(out, "\n{}", plain(&section.title))?;
            for item in &section.items {
                writeln!(out, "  {}", plain(&item.text))?;
                for note in &item.notes {
                    writeln!(out, "      {}", plain(note))?;
                }
            }
        }
        Ok(())
    }

    /// Writes it as Markdown.
    ///
    /// # Errors
    /// If the sink cannot be written to.
    pub fn write_markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "### {}", inline(&self.title))?;
        for lead in &self.lead {
            writeln!(out, "\n{}", prose(lead))?;
        }
        for section in self.sections.iter().filter(|section| !section.items.is_empty()) {
            writeln!(out, "\n#### {}\n", inline(&section.title))?;
            for item in &section.items {
                writeln!(out, "- {}", prose(&item.text))?;
                for note in &item.notes {
                    writeln!(out, "  - {}", prose(note))?;
                }
            }
        }
        Ok(())
    }
}

/// Returns a name without what marks code in the lines of an outline.
pub fn plainly(name: &str) -> String {
    name.replace('`', "'")
}

/// Returns the name and address of an entity.
pub fn titled(stack: &Stack, entity: &dyn AnyEntity) -> String {
    format!("{} (`{}`)", plainly(&stack.name(entity)), entity.address())
}

/// Returns the name of an entity, or its id where the stack does not know it.
pub fn named(stack: &Stack, kind: Kind, id: &str) -> String {
    stack.get(kind, id).map_or_else(|| id.to_owned(), |entity| plainly(&stack.name(entity)))
}

/// On one line, as a terminal shows it: without the backticks, which only mark what is code elsewhere.
fn plain(text: &str) -> String {
    line(text).replace('`', "")
}
