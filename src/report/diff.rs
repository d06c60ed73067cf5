//! What fixing would change, as a unified diff.

use std::io::{self, Write};

use similar::TextDiff;

use super::finding::shown_path;
use crate::{Project, load::Edits, text::terminal::neutralize};

/// Writes how edited texts differ from the files of a project, for people. `patch -p0` takes it too, unless a line in it steers
/// a terminal or commands a runner, which is made visible, or a file begins with a byte-order mark, which is no part of the text.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(project: &Project, edits: &Edits, out: &mut dyn Write) -> io::Result<()> {
    for (_, source) in project.sources.iter() {
        let Some(text) = edits.get(source.path()) else { continue };
        // After a tab nothing belongs to the path, whatever stands in it.
        let path = shown_path(project, source.path());
        let path = if path.contains(' ') { path + "\t" } else { path };
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
