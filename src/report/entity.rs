//! Entities in the terminal: a table of a kind, or everything about one.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::finding::shown_path;
use crate::{
    Project,
    model::{AnyEntity, Kind, json},
    source::FileId,
    text::terminal::{line, neutralize},
};

/// The widest cell of a table, in columns.
const MAX_CELL: usize = 48;

/// Writes how many entities of each kind there are.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write_overview(project: &Project, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", line(project.stack.company.name.as_str()))?;
    for kind in Kind::ALL {
        writeln!(out, "  {:14} {:>5}", kind.folder(), project.stack.count(*kind))?;
    }
    Ok(())
}

/// Writes the entities of a kind as a table: id, name, owner, status.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write_kind(project: &Project, kind: Kind, out: &mut dyn Write) -> io::Result<()> {
    let stack = &project.stack;
    let mut rows = vec![["id", "name", "owner", "status"].map(str::to_owned)];
    for entity in stack.of(kind) {
        let table = entity.json();
        let status = table.get("status").and_then(Value::as_str).unwrap_or("–").to_owned();
        let owner = entity.owner().map_or_else(|| "–".to_owned(), ToString::to_string);
        rows.push([entity.id().to_string(), cell(&stack.name(entity)), cell(&owner), status]);
    }
    if rows.len() == 1 {
        return writeln!(out, "no {} in this stack; add one by `[{}.ID]`", kind.folder(), kind.name());
    }
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    for row in &rows {
        for (cell, width) in row.iter().zip(widths) {
            write!(out, "{cell}{}  ", " ".repeat(width.saturating_sub(cell.width())))?;
        }
        writeln!(out, "{}", row.last().map_or("", String::as_str))?;
    }
    Ok(())
}

/// A text on one line, cut where it is wide.
pub(super) fn cell(text: &str) -> String {
    let text = line(text);
    if text.width() <= MAX_CELL {
        return text.into_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        if cut.width() >= MAX_CELL - 1 {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}

/// Whether the stack has a table that exists once and is called so, such as `charter`.
pub fn is_once(project: &Project, name: &str) -> bool {
    once(project, name).is_some()
}

/// The file of a table that exists once, and what it says.
fn once(project: &Project, name: &str) -> Option<(FileId, Value)> {
    let stack = &project.stack;
    let (file, table) = match name {
        "stack" => (Some(stack.company.file), json(&stack.company.body)),
        "site" => (stack.site.as_ref().map(|site| site.file), stack.site.as_ref().map(|site| json(&site.body)).unwrap_or_default()),
        "charter" => (stack.charter.as_ref().map(|of| of.file), stack.charter.as_ref().map(|of| json(&of.body)).unwrap_or_default()),
        "privacy" => (stack.privacy.as_ref().map(|of| of.file), stack.privacy.as_ref().map(|of| json(&of.body)).unwrap_or_default()),
        _ => return None,
    };
    Some((file?, table))
}

/// Writes a table that exists once, such as `charter`. Nothing if the stack has none.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write_once(project: &Project, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let Some((file, table)) = once(project, name) else { return Ok(()) };
    let source = project.sources.file(file);
    let at = source.position(project.sources.span(file, &format!("/{name}")).start);
    writeln!(out, "{name}  {}:{}", shown_path(project, source.path()), at.line)?;
    write_value(&table, 1, out)
}

/// Writes an entity: its place, its keys, who refers to it, and what is wrong with it.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write_entity(project: &Project, entity: &dyn AnyEntity, out: &mut dyn Write) -> io::Result<()> {
    let address = entity.address();
    let file = project.sources.file(entity.file());
    let at = file.position(project.sources.span(entity.file(), &entity.pointer()).start);
    writeln!(out, "{address}  {}  {}:{}", line(&project.stack.name(entity)), shown_path(project, file.path()), at.line)?;
    write_value(&entity.json(), 1, out)?;
    let references = crate::graph::References::new(&project.stack);
    let mentions = references.to(&address).iter().map(|mention| format!("    {} ({})", mention.from, mention.field));
    // A list may name one thing in several of its entries.
    let mut seen = BTreeSet::new();
    for (index, mention) in mentions.filter(|mention| seen.insert(mention.clone())).enumerate() {
        if index == 0 {
            writeln!(out, "  referred to by")?;
        }
        writeln!(out, "{mention}")?;
    }
    let prefix = format!("{address}.");
    let about = |subject: &str| subject == address.as_str() || subject.starts_with(&prefix);
    for finding in project.report.findings.iter().filter(|finding| about(&finding.subject)) {
        writeln!(out, "  {}[{}] {}", finding.level.word(), finding.rule.name, line(&finding.message))?;
    }
    Ok(())
}

/// Writes the keys of a table, indented; depth is that of the types.
fn write_value(value: &Value, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    let Value::Object(table) = value else { return Ok(()) };
    let indent = "  ".repeat(depth);
    for (key, value) in table {
        let key = line(key);
        match value {
            Value::Object(_) => {
                writeln!(out, "{indent}{key}")?;
                write_value(value, depth + 1, out)?;
            }
            Value::Array(items) if items.iter().any(Value::is_object) => {
                for item in items {
                    writeln!(out, "{indent}{key} ·")?;
                    match item {
                        Value::Object(_) => write_value(item, depth + 1, out)?,
                        item => writeln!(out, "{indent}  {}", line(&scalar(item)))?,
                    }
                }
            }
            Value::Array(items) => writeln!(out, "{indent}{key}: {}", line(&items.iter().map(scalar).collect::<Vec<_>>().join(", ")))?,
            value => {
                let text = scalar(value);
                let mut lines = text.lines();
                writeln!(out, "{indent}{key}: {}", lines.next().unwrap_or_default())?;
                for rest in lines {
                    // A bar keeps a line of the text from being read as one of the output, or as a command.
                    writeln!(out, "{indent}  | {rest}")?;
                }
            }
        }
    }
    Ok(())
}

fn scalar(value: &Value) -> String {
    value.as_str().map_or_else(|| line(&value.to_string()).into_owned(), |text| neutralize(text).into_owned())
}
