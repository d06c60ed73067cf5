//! Findings for programs: `linchpin/report/1`, and the schema of it, which is derived from the same types.
//!
//! Their doc comments are the descriptions in the schema.

use std::io::{self, Write};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::Serialize;
use serde_json::Value;

use crate::{
    Project,
    diagnostic::{Diagnostic, Family, Level},
    policy::Suppressed,
    source::Position,
};

/// The name of the format and its version. A version may gain keys: programs ignore those that they do not know.
const SCHEMA: &str = "linchpin/report/1";

/// What `linchpin check --format json` writes
#[derive(Serialize, JsonSchema)]
#[schemars(title = SCHEMA)]
struct Document<'a> {
    /// The name of the format and its version
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// What has written the report
    tool: Tool,
    /// The name of the stack
    stack: &'a str,
    /// The day on which the stack was judged
    #[schemars(extend("format" = "date"))]
    today: String,
    /// How much there is
    summary: Summary,
    /// What stands, sorted by path, position, rule and key
    findings: Vec<Finding<'a>>,
    /// What somebody has accepted, sorted in the same way
    suppressed: Vec<Accepted<'a>>,
}

/// A program
#[derive(Serialize, JsonSchema)]
struct Tool {
    /// Its name
    name: &'static str,
    /// Its version; the data of a site have none, so that they stay the same
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    version: Option<&'static str>,
}

/// How much there is
#[derive(Serialize, JsonSchema)]
struct Summary {
    /// Findings that are errors
    errors: usize,
    /// Findings that are warnings
    warnings: usize,
    /// Findings that are infos
    infos: usize,
    /// Findings that are accepted
    suppressed: usize,
    /// Findings that the baseline knows
    baselined: usize,
    /// TOML files of the stack
    files: usize,
}

/// A finding
#[derive(Serialize, JsonSchema)]
pub struct Finding<'a> {
    /// A fingerprint of rule, subject and key: unique in a report, the same after lines or files have moved
    #[schemars(regex(pattern = "^[0-9a-f]{16}$"))]
    id: String,
    /// The rule that it comes from
    rule: &'static str,
    /// The family of the rule
    family: Family,
    /// What it means for the outcome of a check
    level: Level,
    /// What is wrong, in a sentence of its own
    message: &'a str,
    /// The address of the smallest thing concerned, or `stack`
    subject: &'a str,
    /// What tells apart findings of one rule on one subject
    key: Option<&'a str>,
    /// The addresses of what else is concerned
    related: Vec<&'a str>,
    /// Where it is
    location: Location<'a>,
    /// Facts, and paths in the map
    notes: &'a [String],
    /// What to do
    help: Option<&'a str>,
}

/// A place in a file
#[derive(Serialize, JsonSchema)]
struct Location<'a> {
    /// The path from the root of the stack, with `/`
    path: &'a str,
    /// The first character
    start: Place,
    /// The character after the last
    end: Place,
}

/// A line and a column
#[derive(Serialize, JsonSchema)]
struct Place {
    /// The line, from 1
    #[schemars(range(min = 1))]
    line: usize,
    /// The column in characters, from 1
    #[schemars(range(min = 1))]
    column: usize,
}

/// A finding that somebody has accepted
#[derive(Serialize, JsonSchema)]
struct Accepted<'a> {
    #[serde(flatten)]
    finding: Finding<'a>,
    /// Why
    reason: &'a str,
    /// The last day on which it is accepted
    #[schemars(extend("format" = "date"))]
    until: String,
    /// The address of the person who accepts it
    by: &'a str,
}

/// Returns the JSON Schema of the report, draft-07.
pub fn schema() -> Value {
    SchemaSettings::draft07().for_serialize().into_generator().into_root_schema_for::<Document<'_>>().to_value()
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
        schema: SCHEMA,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: Some(env!("CARGO_PKG_VERSION")) },
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
