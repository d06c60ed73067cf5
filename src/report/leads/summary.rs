//! What came of a table, for the person who had it routed.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::{
    model::{Assign, percent, thousands},
    report::entity::cell,
    routing::{Routed, Run},
    text::terminal::line,
};

/// So many cells that do not fit are shown.
const SHOWN: usize = 20;
/// So many lines are named of records that nobody gets.
const MOST_LINES: usize = 10;
/// The width of the longest bar, in columns.
const BAR: u128 = 24;

/// What came of a table, beside what its run has counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many rows there were.
    pub rows: u64,
    /// How many of them were left out.
    pub left_out: u64,
    /// How many cells did not fit.
    pub misfits: u64,
    /// What is wrong with the first of them.
    pub invalid: Vec<String>,
    /// The lines of the first records that no rule took.
    pub unrouted: Vec<u64>,
    /// The lines of the first records that were handed over and that no rule took there.
    pub lost: Vec<u64>,
    /// What is to be said of the table.
    pub notes: Vec<String>,
}

impl Summary {
    /// Leaves a row out.
    pub(super) fn leave_out(&mut self, cells: Vec<String>) {
        self.left_out += 1;
        self.misfits += cells.len() as u64;
        self.invalid.extend(cells.into_iter().take(SHOWN.saturating_sub(self.invalid.len())));
    }

    /// Notes the line of a record that nobody gets.
    pub(super) fn note(&mut self, routed: Routed, line: impl FnOnce() -> u64) {
        if routed.taker.is_some() {
            return;
        }
        let lines = if routed.rule.is_none() { &mut self.unrouted } else { &mut self.lost };
        if lines.len() < MOST_LINES {
            lines.push(line());
        }
    }
}

/// Writes how many records each rule took and everybody got, and what went nowhere.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(summary: &Summary, run: &Run<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    for note in &summary.notes {
        writeln!(out, "note: {}", line(note))?;
    }
    let Some((first, others)) = run.parts().split_first() else { return Ok(()) };
    let routed = summary.rows - summary.left_out;
    writeln!(out, "{} routed by routing.{}", many(routed, "record"), first.router.routing.id)?;
    let mut rules: Vec<(&str, u64)> = first.rules().map(|(rule, records)| (rule.name.as_str(), records)).collect();
    rules.extend(Some(("unrouted", first.unrouted)).filter(|(_, records)| *records > 0));
    write_bars("rule", &rules, routed, out)?;
    let mut takers: Vec<(&str, u64)> = run.takers().iter().map(|taker| (taker.name.as_str(), taker.records)).collect();
    takers.sort_by_key(|(_, records)| std::cmp::Reverse(*records));
    let nowhere = routed.saturating_sub(takers.iter().map(|(_, records)| records).sum());
    takers.extend(Some(("unrouted", nowhere)).filter(|(_, records)| *records > 0));
    write_bars("assignee", &takers, routed, out)?;
    writeln!(out)?;
    if first.unrouted > 0 {
        let why = if first.router.routing.partial { "no rule took them, and the routing is `partial`" } else { "no rule took them" };
        writeln!(out, "unrouted: {}, {}; {why}", many(first.unrouted, "record"), on_lines(&summary.unrouted, first.unrouted))?;
    }
    let lost = nowhere.saturating_sub(first.unrouted);
    if lost > 0 {
        let by = others.iter().filter(|part| part.unrouted > 0).map(|part| format!("routing.{}", part.router.routing.id));
        let by: Vec<String> = by.collect();
        let (how, by) = if by.is_empty() {
            ("given to nobody by the rules that took them", String::new())
        } else {
            ("handed over and unrouted there", format!(" ({})", by.join(", ")))
        };
        writeln!(out, "{how}: {}{by}, {}", many(lost, "record"), on_lines(&summary.lost, lost))?;
    }
    for part in run.parts() {
        for (rule, _) in part.rules().filter(|(_, records)| *records > 0) {
            if let Assign::RoundRobin(round) = &rule.assign
                && let Some(cap) = round.cap_per_day
            {
                let name = line(rule.name.as_str());
                writeln!(out, "`{name}` gives at most {cap} a day to each; the table has no days, so this is not counted")?;
            }
        }
    }
    write_left_out(summary, out)
}

fn write_left_out(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    if summary.left_out == 0 {
        return Ok(());
    }
    writeln!(out, "left out: {} with {}", many(summary.left_out, "row"), many(summary.misfits, "invalid cell"))?;
    for cell in &summary.invalid {
        writeln!(out, "  {}", line(cell))?;
    }
    match summary.misfits.saturating_sub(summary.invalid.len() as u64) {
        0 => Ok(()),
        more => writeln!(out, "  … and {} more", thousands(as_number(more))),
    }
}

/// Writes names with their records, the share of all, and a bar.
fn write_bars(title: &str, named: &[(&str, u64)], all: u64, out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<String> = named.iter().map(|(name, _)| cell(name)).collect();
    let width = cells.iter().map(|name| name.width()).max().unwrap_or(0).max(title.len());
    let most = named.iter().map(|(_, records)| *records).max().unwrap_or(0);
    writeln!(out, "\n{title}{}  {:>11}  {:>6}", " ".repeat(width.saturating_sub(title.len())), "records", "share")?;
    for (name, (_, records)) in cells.iter().zip(named) {
        let space = " ".repeat(width.saturating_sub(name.width()));
        let row = format!("{name}{space}  {:>11}  {:>6}  {}", thousands(as_number(*records)), share(*records, all), bar(*records, most));
        writeln!(out, "{}", row.trim_end())?;
    }
    Ok(())
}

/// A share in percent; what is little is not nothing.
fn share(records: u64, all: u64) -> String {
    let share = as_number(records) / as_number(all.max(1));
    if records > 0 && share < 0.0005 { "<0.1%".to_owned() } else { percent(share) }
}

/// A bar in eighths of a column; whoever has a record has at least one of them.
fn bar(records: u64, most: u64) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = u128::from(records) * BAR * 8 / u128::from(most.max(1));
    let eighths = usize::try_from(eighths).unwrap_or(0).max(usize::from(records > 0));
    "█".repeat(eighths / 8) + EIGHTHS.get(eighths % 8).copied().unwrap_or_default()
}

fn on_lines(lines: &[u64], all: u64) -> String {
    let shown: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let rest = match all.saturating_sub(lines.len() as u64) {
        0 => String::new(),
        more => format!(" and {} more", thousands(as_number(more))),
    };
    format!("{} {}{rest}", if all == 1 { "on line" } else { "on lines" }, shown.join(", "))
}

/// A number with its word: `1 row`, `2,000 rows`.
fn many(number: u64, word: &str) -> String {
    format!("{} {word}{}", thousands(as_number(number)), if number == 1 { "" } else { "s" })
}

#[expect(clippy::cast_precision_loss, reason = "nobody counts that many rows")]
fn as_number(number: u64) -> f64 {
    number as f64
}
