//! What fixing would change, as a unified diff.

use std::io::{self, Write};

use similar::TextDiff;

use super::finding::shown_path;
use crate::{Project, load::Edits, text::terminal::neutralize};

/// Writes how edited texts differ from the files of a project, for people and for `patch -p0`.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(project: &Project, edits: &Edits, out: &mut dyn Write) -> io::Result<()> {
    for (_, source) in project.sources.iter() {
        let Some(text) = edits.get(source.path()) else { continue };
        let path = shown_path(project, source.path());
        let diff = TextDiff::from_lines(source.text(), text);
        let shown = diff.unified_diff().context_radius(3).header(&path, &path).to_string();
        for line in shown.split_inclusive('\n') {
            // The end of a line stays as it is, so that the diff can be applied.
            let end = line.len() - line.trim_end_matches(['\r', '\n']).len();
            let (line, end) = line.split_at(line.len() - end);
            write!(out, "{}{end}", neutralize(line))?;
        }
    }
    Ok(())
}
