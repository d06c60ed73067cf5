//! Findings for programs: `linchpin/report/1`.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    Project,
    diagnostic::{Diagnostic, Family, Level},
    policy::Suppressed,
    source::Position,
};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: Tool,
    stack: &'a str,
    today: String,
    summary: Summary,
    findings: Vec<Finding<'a>>,
    suppressed: Vec<Accepted<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
    suppressed: usize,
    baselined: usize,
    files: usize,
}

/// A finding as programs see it.
#[derive(Serialize)]
pub struct Finding<'a> {
    id: String,
    rule: &'static str,
    family: Family,
    level: Level,
    message: &'a str,
    subject: &'a str,
    key: Option<&'a str>,
    related: Vec<&'a str>,
    location: Location<'a>,
    notes: &'a [String],
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Accepted<'a> {
    #[serde(flatten)]
    finding: Finding<'a>,
    reason: &'a str,
    until: String,
    by: &'a str,
}

impl From<Position> for Place {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.column }
    }
}

impl<'a> Finding<'a> {
    /// Makes the view of a finding.
    pub fn new(project: &'a Project, finding: &'a Diagnostic) -> Self {
        let file = project.sources.file(finding.span.file);
        Self {
            id: finding.id(),
            rule: finding.rule.name,
            family: finding.rule.family,
            level: finding.level,
            message: &finding.message,
            subject: &finding.subject,
            key: finding.key.as_deref(),
            related: finding.related.iter().filter_map(|related| related.address.as_deref()).collect(),
            location: Location {
                path: file.path(),
                start: file.position(finding.span.start).into(),
                end: file.position(finding.span.end).into(),
            },
            notes: &finding.notes,
            help: finding.help.as_deref(),
        }
    }
}

fn accepted<'a>(project: &'a Project, suppressed: &'a Suppressed) -> Accepted<'a> {
    Accepted {
        finding: Finding::new(project, &suppressed.finding),
        reason: &suppressed.reason,
        until: suppressed.until.to_string(),
        by: &suppressed.by,
    }
}

pub(super) fn write(project: &Project, out: &mut dyn Write) -> io::Result<()> {
    let report = &project.report;
    let document = Document {
        schema: "linchpin/report/1",
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        stack: project.stack.company.name.as_str(),
        today: project.today.to_string(),
        summary: Summary {
            errors: report.count(Level::Error),
            warnings: report.count(Level::Warning),
            infos: report.count(Level::Info),
            suppressed: report.suppressed.len(),
            baselined: report.baselined.len(),
            files: project.files,
        },
        findings: report.findings.iter().map(|finding| Finding::new(project, finding)).collect(),
        suppressed: report.suppressed.iter().map(|suppressed| accepted(project, suppressed)).collect(),
    };
    crate::text::json::write(&document, out)
}
