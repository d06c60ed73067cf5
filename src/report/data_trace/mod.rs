//! Where a person's record goes, and where a signal about people arrives, for people and programs.

mod json;
mod words;

use std::io::{self, Write};

pub use self::words::{deletion, soon};
pub use super::outline::Format;
use crate::analysis::{
    Analysis,
    personal_data::{Erasure, Propagation},
};

/// What is traced.
pub enum Traced<'t, 'a> {
    /// A person's record, from a tool.
    Person(&'t Erasure<'a>),
    /// A signal, from where it begins.
    Signal(&'t Propagation<'a>),
}

/// Writes what is traced.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(format: Format, analysis: &Analysis<'_>, traced: &Traced<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => words::outline(analysis, traced).write_text(out),
        Format::Markdown => words::outline(analysis, traced).write_markdown(out),
        Format::Json => json::write(analysis, traced, out),
    }
}
