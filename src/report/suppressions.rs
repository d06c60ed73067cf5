//! Accepted risks by the day on which they expire, for people, programs and pages of text.

use std::io::{self, Write};

use serde::Serialize;

pub use super::outline::Format;
use crate::{
    Project,
    model::Address,
    policy::acceptance::{Acceptance, State, by_last_day},
    text::{markdown::inline, terminal::line},
};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    stack: &'a str,
    today: String,
    suppressions: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    on: Vec<&'a str>,
    key: Option<&'a str>,
    until: String,
    days_left: i64,
    by: String,
    reason: &'a str,
    state: &'static str,
    findings: usize,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    line: usize,
}

/// Returns the accepted risks of a project that expire within some days, expired ones included, or all; the earliest first.
pub fn expiring(project: &Project, within: Option<i64>) -> Vec<&Acceptance> {
    let mut all = by_last_day(&project.report.acceptances);
    all.retain(|acceptance| within.is_none_or(|within| acceptance.days_left(project.today) <= within));
    all
}

/// Writes accepted risks.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(format: Format, project: &Project, listed: &[&Acceptance], out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => write_text(project, listed, out),
        Format::Json => write_json(project, listed, out),
        Format::Markdown => write_markdown(project, listed, out),
    }
}

fn state_in_words(acceptance: &Acceptance) -> String {
    match (acceptance.state, acceptance.findings) {
        (State::InUse, 1) => "in use: sets 1 finding aside".to_owned(),
        (State::InUse, findings) => format!("in use: sets {findings} findings aside"),
        (State::Unused, _) => "unused: sets nothing aside".to_owned(),
        (State::Expired, _) => "expired".to_owned(),
        (State::NotJudged, _) => "not judged: its rule is off".to_owned(),
    }
}

fn by(acceptance: &Acceptance) -> Address {
    Address::of("person", acceptance.suppress.by.as_str())
}

fn write_text(project: &Project, listed: &[&Acceptance], out: &mut dyn Write) -> io::Result<()> {
    for (index, acceptance) in listed.iter().enumerate() {
        let suppress = &acceptance.suppress;
        let gap = if index > 0 { "\n" } else { "" };
        writeln!(out, "{gap}{}", line(&suppress.name()))?;
        writeln!(out, "  until {}, {}; {}", suppress.until, acceptance.left_in_words(project.today), state_in_words(acceptance))?;
        writeln!(out, "  {}: {}", line(&project.stack.name_at(&by(acceptance))), line(&suppress.reason))?;
    }
    Ok(())
}

fn entry<'a>(project: &'a Project, acceptance: &'a Acceptance) -> Entry<'a> {
    let suppress = &acceptance.suppress;
    let span = project.sources.span(suppress.file, &suppress.pointer);
    let file = project.sources.file(span.file);
    Entry {
        rule: suppress.rule.as_str(),
        on: suppress.subjects().into_iter().collect(),
        key: suppress.key.as_deref(),
        until: suppress.until.to_string(),
        days_left: acceptance.days_left(project.today),
        by: by(acceptance).to_string(),
        reason: &suppress.reason,
        state: acceptance.state.word(),
        findings: acceptance.findings,
        location: Location { path: file.path(), line: file.position(span.start).line },
    }
}

fn write_json(project: &Project, listed: &[&Acceptance], out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        schema: "linchpin/suppressions/1",
        stack: project.stack.company.name.as_str(),
        today: project.today.to_string(),
        suppressions: listed.iter().map(|acceptance| entry(project, acceptance)).collect(),
    };
    crate::text::json::write(&document, out)
}

fn write_markdown(project: &Project, listed: &[&Acceptance], out: &mut dyn Write) -> io::Result<()> {
    if listed.is_empty() {
        return writeln!(out, "No accepted risk expires.");
    }
    writeln!(out, "| Until | Left | Rule | On | Accepted by | Reason | State |\n| --- | --- | --- | --- | --- | --- | --- |")?;
    for acceptance in listed {
        let suppress = &acceptance.suppress;
        let on: Vec<String> = suppress.subjects().into_iter().map(inline).collect();
        let key = suppress.key.as_ref().map_or_else(String::new, |key| format!(": {}", inline(key)));
        writeln!(
            out,
            "| {} | {} | {} | {}{key} | {} | {} | {} |",
            suppress.until,
            acceptance.left_in_words(project.today),
            inline(suppress.rule.as_str()),
            on.join(", "),
            inline(&project.stack.name_at(&by(acceptance))),
            inline(&suppress.reason),
            state_in_words(acceptance),
        )?;
    }
    Ok(())
}
