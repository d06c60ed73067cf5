//! Findings as a comment on a pull request, or the summary of a job: the verdict, then what is wrong, the worst first.
//!
//! The first line is a comment by which a program finds what it wrote before and updates it.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use super::{command, counted, place::Place, scope};
use crate::{
    Project,
    diagnostic::{Diagnostic, Level},
    policy::Suppressed,
    text::markdown::{code, inline, prose},
};

/// The line by which a comment is known.
const MARKER: &str = "<!-- linchpin -->";
/// How many characters GitHub takes in a comment.
const MAX_LENGTH: usize = 65_536;
/// How many of them are kept for headings, and for saying what is left out.
const RESERVED: usize = 2_000;
/// How many characters of the stack's name are shown.
const MAX_NAME: usize = 80;

/// A group of entries below a heading.
struct Section {
    heading: String,
    /// Whether it is closed until a reader opens it.
    folded: bool,
    entries: Vec<String>,
}

pub(super) fn write(project: &Project, out: &mut dyn Write) -> io::Result<()> {
    let report = &project.report;
    writeln!(out, "{MARKER}\n{}", head(project))?;
    let mut left = MAX_LENGTH - RESERVED;
    let all = command("check", &project.root, "--format concise");
    for (level, word) in [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Info, "info")] {
        let entries: Vec<String> =
            report.findings.iter().filter(|finding| finding.level == level).map(|finding| entry(project, finding)).collect();
        let heading = counted(entries.len(), word);
        write_section(Section { heading, folded: level == Level::Info, entries }, &all, &mut left, out)?;
    }
    let entries: Vec<String> = report.suppressed.iter().map(|accepted| accepted_entry(project, accepted)).collect();
    write_section(Section { heading: format!("{} accepted", entries.len()), folded: true, entries }, &all, &mut left, out)
}

/// The verdict and what it was found in.
fn head(project: &Project) -> String {
    let report = &project.report;
    let name: String = project.stack.company.name.as_str().chars().take(MAX_NAME).collect();
    let mut head = format!("### linchpin: {}\n\n", super::counts(report));
    let shown = if name.trim().is_empty() { String::new() } else { format!("The stack of {}, ", inline(name.trim())) };
    // Writing to a string cannot fail.
    let _ = write!(head, "{shown}{}.", scope(project));
    if report.only_validity {
        head.push_str(" The other rules run once the files are valid.");
    }
    head
}

/// Writes as many entries as there is room for, and how many are left out, which a command lists.
fn write_section(section: Section, all: &str, left: &mut usize, out: &mut dyn Write) -> io::Result<()> {
    let Section { heading, folded, entries } = section;
    if entries.is_empty() {
        return Ok(());
    }
    if folded {
        writeln!(out, "\n<details>\n<summary>{heading}</summary>\n")?;
    } else {
        writeln!(out, "\n#### {heading}\n")?;
    }
    let mut omitted = 0;
    for entry in &entries {
        let length = entry.chars().count() + 1;
        if length > *left {
            omitted += 1;
            continue;
        }
        *left -= length;
        writeln!(out, "{entry}")?;
    }
    if omitted > 0 {
        writeln!(out, "- … {omitted} more, for which a comment has no room: {} lists them all", code(all))?;
    }
    if folded { writeln!(out, "\n</details>") } else { Ok(()) }
}

/// What is wrong, then where, then what to do. A line of it begins with words of linchpin, never with those of the stack.
fn entry(project: &Project, finding: &Diagnostic) -> String {
    let place = code(&Place::of(project, finding.span).short());
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!(" — {}", prose(help)));
    format!("- **{}** — {}\\\n  {place}{help}", finding.rule.name, prose(&finding.message))
}

fn accepted_entry(project: &Project, accepted: &Suppressed) -> String {
    let Suppressed { finding, reason, until, by } = accepted;
    let place = code(&Place::of(project, finding.span).short());
    format!("- **{}** — {}\\\n  {place} — until {until} by {}: {}", finding.rule.name, prose(&finding.message), code(by), inline(reason))
}
