//! Findings in one format per file.

mod cap;
mod concise;
mod github;
mod gitlab;
mod json;
mod junit;
mod markdown;
mod place;
mod sarif;
mod text;

use std::io::{self, Write};

pub(super) use self::place::shown_path;
pub use self::{cap::Cap, json::schema};
use super::{command, counted};
use crate::{
    Project,
    diagnostic::{Diagnostic, Level},
    policy::Report,
};

/// How many findings are drawn before any of them is written.
const BATCH: usize = 512;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people: with excerpts of the files
    #[default]
    Text,
    /// One line each
    Concise,
    /// For programs: `linchpin schema --report` describes it
    Json,
    /// SARIF 2.1.0, for GitHub code scanning
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
    /// GitLab code quality
    Gitlab,
    /// Results of tests, in the XML of `JUnit`
    Junit,
    /// A comment on a pull request, or the summary of a job
    Markdown,
}

/// Writes the findings of a project.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(format: Format, project: &Project, out: &mut dyn Write) -> io::Result<()> {
    write_capped(format, Cap::default(), project, out)
}

/// Writes the findings of a project. The cap is for the text: every other format has all that its reader takes.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write_capped(format: Format, cap: Cap, project: &Project, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(project, cap, out),
        Format::Concise => concise::write(project, out),
        Format::Json => json::write(project, out),
        Format::Sarif => sarif::write(project, out),
        Format::Github => github::write(project, out),
        Format::Gitlab => gitlab::write(project, out),
        Format::Junit => junit::write(project, out),
        Format::Markdown => markdown::write(project, out),
    }
}

/// The findings with their places in the report: errors first, then warnings, then infos, each in the order of the report.
fn worst_first(findings: &[Diagnostic]) -> Vec<(usize, &Diagnostic)> {
    let mut all: Vec<_> = findings.iter().enumerate().collect();
    all.sort_by_key(|(_, finding)| finding.level);
    all
}

/// Returns in words how many findings there are of each level, accepted and in the baseline: `1 error, 2 infos, 1 accepted`.
pub fn counts(report: &Report) -> String {
    let counted_level = |(level, word)| Some(report.count(level)).filter(|count| *count > 0).map(|count| counted(count, word));
    let mut parts: Vec<String> =
        [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Info, "info")].into_iter().filter_map(counted_level).collect();
    if parts.is_empty() {
        parts.push("nothing to report".to_owned());
    }
    for (count, word) in [(report.suppressed.len(), "accepted"), (report.baselined.len(), "in the baseline")] {
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    parts.join(", ")
}

/// Returns in words what was looked at, and when: `3 files, as of 2026-11-22`.
pub fn scope(project: &Project) -> String {
    format!("{}, as of {}", counted(project.files, "file"), project.today)
}
