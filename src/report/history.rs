//! Who edited what, by git, in the terminal: a table, or everything about one entity.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{counted, entity::cell};
use crate::{
    Project,
    analysis::{Editor, Record, Verdict, WhyNot, Witness, signed},
    model::{Date, Kind, Redaction},
    text::terminal::line,
};

/// Writes one line for each entity, of one kind or of all.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write_table(project: &Project, witness: &Witness<'_>, kind: Option<Kind>, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = vec![["entity", "last edit", "by", "lines", "owner"].map(str::to_owned)];
    for record in witness.records.iter().filter(|record| kind.is_none_or(|kind| record.entity.kind() == kind)) {
        let (day, by) = match record.last {
            Some((day, editor)) => (day.map_or_else(|| "no day".to_owned(), |day| day.to_string()), name(project, editor)),
            None if record.is_committed => ("unknown".to_owned(), "–".to_owned()),
            None => ("not committed".to_owned(), "–".to_owned()),
        };
        let lines: Vec<String> = record.shares.iter().map(|share| format!("{} {}", name(project, share.editor), share.lines)).collect();
        let lines = if lines.is_empty() { "–".to_owned() } else { lines.join(", ") };
        let owner = record.owner.map_or("–", in_short).to_owned();
        rows.push([record.entity.address().to_string(), day, cell(&by), cell(&lines), owner]);
    }
    if let Some(kind) = kind.filter(|_| rows.len() == 1) {
        return writeln!(out, "no {} in this stack; add one by `[{}.ID]`", kind.folder(), kind.name());
    }
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3)];
    for row in &rows {
        for (cell, width) in row.iter().zip(widths) {
            write!(out, "{cell}{}  ", " ".repeat(width.saturating_sub(cell.width())))?;
        }
        writeln!(out, "{}", row.last().map_or("", String::as_str))?;
    }
    Ok(())
}

/// Writes who edited an entity and when, and whether its declared owner and backup did.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write_record(project: &Project, record: &Record<'_>, out: &mut dyn Write) -> io::Result<()> {
    let stack = &project.stack;
    writeln!(out, "{}  {}", record.entity.address(), line(&stack.name(record.entity)))?;
    if !record.is_committed {
        return writeln!(out, "  not committed: git knows nothing of it");
    }
    if let Some((day, editor)) = record.last {
        let day = day.map_or_else(|| "on a day that git cannot tell".to_owned(), |day| day.to_string());
        writeln!(out, "  last edit {day} by {}", line(&name(project, editor)))?;
    }
    for share in &record.shares {
        let last = share.last.map_or_else(String::new, |day: Date| format!(", last on {day}"));
        let (lines, commits) = (counted(share.lines, "line"), counted(share.commits, "commit"));
        writeln!(out, "    {}: {lines} in {commits}{last}", line(&name(project, share.editor)))?;
    }
    if record.alone().is_some() {
        writeln!(out, "  nobody else has edited it")?;
    }
    let declared = [("owner", record.owner, record.entity.owner()), ("backup", record.backup, record.entity.backup())];
    for (role, verdict, owner) in declared {
        let (Some(verdict), Some(owner)) = (verdict, owner) else { continue };
        let who = stack.party(owner).map_or_else(|| owner.to_string(), |party| format!("{} ({})", party.name(), party.address()));
        writeln!(out, "  {}", line(&format!("{role} {who} {}", in_words(project, verdict))))?;
    }
    if record.unknown > 0 {
        writeln!(out, "  {} older than what this clone holds", counted(record.unknown, "line"))?;
    }
    if record.uncommitted > 0 {
        writeln!(out, "  {} not committed, left out", counted(record.uncommitted, "line"))?;
    }
    Ok(())
}

/// The name of whoever edited, with the address where the stack does not know them and it may be shown.
fn name(project: &Project, editor: Editor<'_>) -> String {
    let redact = project.stack.site.as_ref().map(|site| site.redact.as_slice()).unwrap_or_default();
    match editor {
        Editor::Person(id) => project.stack.people.get(id).map_or_else(|| id.to_owned(), |person| person.about.name.to_string()),
        Editor::Other(author) => signed(author, !redact.contains(&Redaction::Emails)),
    }
}

fn in_short(verdict: Verdict<'_>) -> &'static str {
    match verdict {
        Verdict::Edited { .. } => "has edited it",
        Verdict::NotEdited => "has not edited it",
        Verdict::Unknown => "unknown",
        Verdict::NotComparable(_) => "not comparable",
    }
}

fn in_words(project: &Project, verdict: Verdict<'_>) -> String {
    match verdict {
        Verdict::Edited { lines, commits } => format!("has edited it: {} in {}", counted(lines, "line"), counted(commits, "commit")),
        Verdict::NotEdited => "has not edited it".to_owned(),
        Verdict::Unknown => "has not edited it as far as this clone can tell".to_owned(),
        Verdict::NotComparable(why) => format!("cannot be compared: {}", reason(project, why)),
    }
}

/// Returns why nobody can say which commits are somebody's, and what would tell.
pub fn reason(project: &Project, why: WhyNot<'_>) -> String {
    let person = |id: &str| project.stack.people.get(id).map_or_else(|| id.to_owned(), |person| person.about.name.to_string());
    match why {
        WhyNot::NoEmail(id) => format!("`person.{id}` has no `email`, and no author is called {}", person(id)),
        WhyNot::OtherAddress(id) => {
            format!("an author called {} has another address than `person.{id}`; a line in `.mailmap` joins them", person(id))
        }
        WhyNot::NoMembers(id) => format!("the members of `team.{id}` are not in the stack"),
    }
}
