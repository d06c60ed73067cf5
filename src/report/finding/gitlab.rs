//! Findings for GitLab's code quality: an array, empty where there are none.

use std::io::{self, Write};

use serde::Serialize;

use super::place::Place;
use crate::{
    Project,
    diagnostic::{Diagnostic, Family, Level},
    text::terminal::line,
};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl Issue {
    fn new(project: &Project, finding: &Diagnostic) -> Self {
        let Place { path, start, end } = Place::of(project, finding.span);
        Self {
            description: line(&finding.message).into_owned(),
            check_name: finding.rule.name,
            fingerprint: finding.id(),
            severity: severity(finding),
            location: Location { path, lines: Lines { begin: start.line, end: end.line } },
        }
    }
}

/// Whatever keeps the stack from being judged is critical.
fn severity(finding: &Diagnostic) -> &'static str {
    match (finding.rule.family, finding.level) {
        (Family::Validity, _) => "critical",
        (_, Level::Error) => "major",
        (_, Level::Warning) => "minor",
        (_, Level::Info) => "info",
    }
}

pub(super) fn write(project: &Project, out: &mut dyn Write) -> io::Result<()> {
    let issues: Vec<Issue> = project.report.findings.iter().map(|finding| Issue::new(project, finding)).collect();
    crate::text::json::write(&issues, out)
}
