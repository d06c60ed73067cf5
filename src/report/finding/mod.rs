//! Findings in one format per file.

mod concise;
mod json;
mod text;

use std::io::{self, Write};

use crate::Project;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people: with excerpts of the files
    #[default]
    Text,
    /// One line each
    Concise,
    /// For programs
    Json,
}

/// Writes the findings of a project.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(format: Format, project: &Project, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(project, out),
        Format::Concise => concise::write(project, out),
        Format::Json => json::write(project, out),
    }
}

/// Returns the path of a file as a reader at the working directory would write it.
pub(super) fn shown_path(project: &Project, path: &str) -> String {
    let root = project.root.to_string_lossy();
    let root = root.trim_end_matches('/');
    let joined = if root.is_empty() || root == "." { path.to_owned() } else { format!("{root}/{path}") };
    crate::text::terminal::line(&joined).into_owned()
}
