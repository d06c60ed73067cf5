//! Findings as annotations: workflow commands that GitHub shows beside the lines of a pull request.
//!
//! Of each level GitHub shows the first ten of a step and drops the rest without a word. So the worst come first, and
//! the tenth of a level says how many follow; those are in the log.

use std::io::{self, Write};

use super::{counted, place::Place, worst_first};
use crate::{
    Project,
    diagnostic::{Diagnostic, Level},
    text::annotation::{message, property},
};

/// How many annotations of a level GitHub shows for a step.
const SHOWN: usize = 10;

pub(super) fn write(project: &Project, out: &mut dyn Write) -> io::Result<()> {
    let report = &project.report;
    let mut written = 0;
    let mut level = Level::Error;
    for (_, finding) in worst_first(&report.findings) {
        written = if finding.level == level { written + 1 } else { 1 };
        level = finding.level;
        let more = if written == SHOWN { report.count(level).saturating_sub(SHOWN) } else { 0 };
        write_one(project, finding, more, out)?;
    }
    Ok(())
}

/// Writes one annotation; `more` is how many of its level GitHub will not show.
fn write_one(project: &Project, finding: &Diagnostic, more: usize, out: &mut dyn Write) -> io::Result<()> {
    let Place { path, start, end } = Place::of(project, finding.span);
    let command = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "notice",
    };
    write!(out, "::{command} file={},line={},endLine={}", property(&path), start.line, end.line)?;
    // Columns of several lines are refused.
    if start.line == end.line {
        write!(out, ",col={},endColumn={}", start.column, end.column)?;
    }
    let mut text = finding.message.clone();
    if more > 0 {
        // First, because GitHub cuts long messages.
        let more = counted(more, finding.level.word());
        text = format!("{text}\nand {more} more, which GitHub does not show here: they are in the log of this step");
    }
    for note in &finding.notes {
        text = format!("{text}\nnote: {note}");
    }
    if let Some(help) = &finding.help {
        text = format!("{text}\nhelp: {help}");
    }
    writeln!(out, ",title={}::{}", property(&format!("linchpin: {}", finding.rule.name)), message(&text))
}
