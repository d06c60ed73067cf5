//! The cheapest way out, for people and programs.

mod json;
mod words;

use std::io::{self, Write};

pub use self::words::{counted_name, order, people, phrase, seat, until_then};
pub use super::outline::Format;
use crate::{analysis::Analysis, model::Stack};

/// Writes the plan of a stack.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(format: Format, analysis: &Analysis<'_>, out: &mut dyn Write) -> io::Result<()> {
    let stack: &Stack = analysis.stack;
    match format {
        Format::Text => words::outline(stack, analysis).write_text(out),
        Format::Markdown => words::outline(stack, analysis).write_markdown(out),
        Format::Json => json::write(stack, analysis, out),
    }
}
