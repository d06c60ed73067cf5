//! Rules in the terminal: the table of all, and the page of one.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::{Family, Level, Rule};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    rules: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    family: Family,
    level: Level,
    adjustable: bool,
    summary: String,
}

/// Writes the table of rules, by family.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write_table(rules: &[&Rule], out: &mut dyn Write) -> io::Result<()> {
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    for family in Family::ALL {
        let of: Vec<_> = rules.iter().filter(|rule| rule.family == family).collect();
        if of.is_empty() {
            continue;
        }
        writeln!(out, "{}", family.word())?;
        for rule in of {
            writeln!(out, "  {:width$}  {:7}  {}", rule.name, rule.level.word(), rule.summary())?;
        }
    }
    Ok(())
}

/// Writes the rules for programs: `linchpin/rules/1`.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write_json(rules: &[&Rule], out: &mut dyn Write) -> io::Result<()> {
    let entry = |rule: &&'_ Rule| Entry {
        name: rule.name,
        family: rule.family,
        level: rule.level,
        adjustable: rule.is_adjustable(),
        summary: rule.summary(),
    };
    let document = Document { schema: "linchpin/rules/1", rules: rules.iter().map(entry).collect() };
    crate::text::json::write(&document, out)
}

/// Writes the page of a rule.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write_page(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", rule.name)?;
    let adjustable = if rule.is_adjustable() { "" } else { ", always an error" };
    writeln!(out, "family {} · {} by default{adjustable}\n", rule.family.word(), rule.level.word())?;
    writeln!(out, "{}", rule.page())
}
