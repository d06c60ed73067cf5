//! What holds for each rule and where it comes from, for people and programs.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::finding::shown_path;
use crate::{
    Project,
    diagnostic::Family,
    policy::resolved::{Origin, Part, Resolved, SetOption, Sourced},
    text::terminal::line,
};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    stack: &'a str,
    rules: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    family: Family,
    adjustable: bool,
    selected: bool,
    level: Level<'a>,
    options: Vec<NamedOption<'a>>,
    overrides: Vec<Override<'a>>,
}

#[derive(Serialize)]
struct Level<'a> {
    value: &'static str,
    #[serde(flatten)]
    source: Source<'a>,
}

#[derive(Serialize)]
struct NamedOption<'a> {
    name: &'a str,
    value: Option<&'a Value>,
    #[serde(flatten)]
    source: Source<'a>,
}

#[derive(Serialize)]
struct Override<'a> {
    on: &'a [String],
    tags: &'a [String],
    location: Option<Location<'a>>,
    level: Option<Level<'a>>,
    options: Vec<NamedOption<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    origin: &'static str,
    location: Option<Location<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    line: usize,
}

fn location(origin: &Origin) -> Option<Location<'_>> {
    match origin {
        Origin::Place { path, line } => Some(Location { path, line: *line }),
        Origin::Default | Origin::CommandLine => None,
    }
}

/// Where a value comes from; `place` is the word for a place in the files.
fn source<'a>(origin: &'a Origin, place: &'static str) -> Source<'a> {
    let word = match origin {
        Origin::Default => "default",
        Origin::Place { .. } => place,
        Origin::CommandLine => "command-line",
    };
    Source { origin: word, location: location(origin) }
}

fn options<'a>(options: &'a [SetOption], place: &'static str) -> Vec<NamedOption<'a>> {
    let option = |option: &'a SetOption| NamedOption {
        name: &option.name,
        value: option.value.value.as_ref(),
        source: source(&option.value.origin, place),
    };
    options.iter().map(option).collect()
}

fn part(part: &Part) -> Override<'_> {
    Override {
        on: &part.on,
        tags: &part.tags,
        location: location(&part.origin),
        level: part.level.as_ref().map(|level| Level { value: level.value.word(), source: source(&level.origin, "override") }),
        options: options(&part.options, "override"),
    }
}

fn entry(resolved: &Resolved) -> Entry<'_> {
    Entry {
        name: resolved.rule.name,
        family: resolved.rule.family,
        adjustable: resolved.rule.is_adjustable(),
        selected: resolved.is_selected,
        level: Level { value: resolved.level.value.word(), source: source(&resolved.level.origin, "rules") },
        options: options(&resolved.options, "rules"),
        overrides: resolved.parts.iter().map(part).collect(),
    }
}

/// Writes what holds for each rule, for programs: `linchpin/rules-resolved/1`.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write_json(project: &Project, resolved: &[Resolved], out: &mut dyn Write) -> io::Result<()> {
    let stack = project.stack.company.name.as_str();
    let document = Document { schema: "linchpin/rules-resolved/1", stack, rules: resolved.iter().map(entry).collect() };
    crate::text::json::write(&document, out)
}

/// Writes what holds for each rule, by family: level and origin, options and origins, and what holds for parts of the stack.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write_table(project: &Project, resolved: &[Resolved], out: &mut dyn Write) -> io::Result<()> {
    let width = resolved.iter().map(|one| one.rule.name.len()).max().unwrap_or(0);
    for family in Family::ALL {
        let of: Vec<&Resolved> = resolved.iter().filter(|one| one.rule.family == family).collect();
        if !of.is_empty() {
            writeln!(out, "{}", family.word())?;
        }
        for one in of {
            let origin = match (one.rule.is_adjustable(), one.is_selected) {
                (false, _) => "always".to_owned(),
                (true, false) => format!("{}; not selected", origin(project, &one.level.origin)),
                (true, true) => origin(project, &one.level.origin),
            };
            writeln!(out, "  {:width$}  {:7}  {origin}", one.rule.name, one.level.value.word())?;
            write_options(project, &one.options, "    ", out)?;
            for part in &one.parts {
                writeln!(out, "    for {}: {}", line(&part.scope()), origin_of_level(project, part.level.as_ref(), &part.origin))?;
                write_options(project, &part.options, "      ", out)?;
            }
        }
    }
    Ok(())
}

fn write_options(project: &Project, options: &[SetOption], indent: &str, out: &mut dyn Write) -> io::Result<()> {
    for option in options {
        let value = option.value.value.as_ref().map_or_else(String::new, |value| format!(" = {}", line(&value.to_string())));
        writeln!(out, "{indent}{}{value}  {}", line(&option.name), origin(project, &option.value.origin))?;
    }
    Ok(())
}

fn origin_of_level(project: &Project, level: Option<&Sourced<crate::model::RuleLevel>>, part: &Origin) -> String {
    level.map_or_else(|| origin(project, part), |level| format!("{:7}  {}", level.value.word(), origin(project, &level.origin)))
}

fn origin(project: &Project, origin: &Origin) -> String {
    match origin {
        Origin::Default => "default".to_owned(),
        Origin::Place { path, line } => format!("{}:{line}", shown_path(project, path)),
        Origin::CommandLine => "command line".to_owned(),
    }
}
