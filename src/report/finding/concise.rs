//! One line for each finding.

use std::io::{self, Write};

use rayon::prelude::*;

use super::{BATCH, shown_path};
use crate::{Project, diagnostic::Diagnostic, text::terminal::line};

pub(super) fn write(project: &Project, out: &mut dyn Write) -> io::Result<()> {
    // Side by side, a batch at a time: of thousands of findings, finding the lines is most of the work.
    for batch in project.report.findings.chunks(BATCH) {
        let lines: Vec<String> = batch.par_iter().map(|finding| said(project, finding)).collect();
        out.write_all(lines.concat().as_bytes())?;
    }
    Ok(())
}

fn said(project: &Project, finding: &Diagnostic) -> String {
    let file = project.sources.file(finding.span.file);
    let at = file.position(finding.span.start);
    let (path, level, rule) = (shown_path(project, file.path()), finding.level.word(), finding.rule.name);
    format!("{path}:{}:{}: {level}[{rule}] {}\n", at.line, at.column, line(&finding.message))
}
