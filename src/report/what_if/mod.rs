//! What happens when people, teams, tools or integrations go, for people and programs.

mod json;
mod words;

use std::io::{self, Write};

pub use super::outline::Format;
use crate::analysis::{Analysis, Departure};

/// Writes what happens.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(format: Format, analysis: &Analysis<'_>, departure: &Departure<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => words::outline(analysis, departure).write_text(out),
        Format::Markdown => words::outline(analysis, departure).write_markdown(out),
        Format::Json => json::write(analysis.stack, departure, out),
    }
}
