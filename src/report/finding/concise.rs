//! One line for each finding.

use std::io::{self, Write};

use super::shown_path;
use crate::{Project, text::terminal::line};

pub(super) fn write(project: &Project, out: &mut dyn Write) -> io::Result<()> {
    for finding in &project.report.findings {
        let file = project.sources.file(finding.span.file);
        let at = file.position(finding.span.start);
        let (path, level, rule) = (shown_path(project, file.path()), finding.level.word(), finding.rule.name);
        writeln!(out, "{path}:{}:{}: {level}[{rule}] {}", at.line, at.column, line(&finding.message))?;
    }
    Ok(())
}
