//! Why a record goes where it goes and counts what it counts, and what came of the tests that the stack has of that.
//!
//! Text is for people: conditions in words, marks that differ without colour, the result on the last line. JSON is for
//! programs: a record has every field of its form, with `null` where it is missing, and texts as they were written.

pub mod route;
mod route_tests;
pub mod score;
mod score_tests;
mod words;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value as Json};

pub use self::{route_tests::write as write_route_tests, score_tests::write as write_score_tests};
use crate::{
    model::{Address, Record, Scalar},
    report::counted,
    routing::{Clause, Failed, Filter, Form, Logic, Tried, Value, condition},
    text::terminal::line,
};

/// How a trace, or what came of tests, is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// A record as it was given, and as a form reads it.
#[derive(Clone, Copy)]
struct Reading<'r> {
    form: &'r Form<'r>,
    values: &'r [Value],
    record: &'r Record,
}

/// A condition that does not hold.
#[derive(Serialize)]
struct Unmet<'r> {
    field: &'r str,
    condition: String,
    value: Option<&'r Scalar>,
}

impl<'r> Reading<'r> {
    /// The values of the fields, as they were written; nothing where one is missing.
    fn fields(self) -> impl Iterator<Item = (&'r str, Option<&'r Scalar>)> {
        let of = move |(name, value): (&'r str, &Value)| (name, self.record.get(name).filter(|_| *value != Value::Missing));
        self.form.fields().iter().map(|(name, _)| *name).zip(self.values).map(of)
    }

    fn json(self) -> Map<String, Json> {
        self.fields().map(|(name, value)| (name.to_owned(), serde_json::to_value(value).unwrap_or(Json::Null))).collect()
    }

    /// The conditions that do not hold, for each alternative of a rule or criterion.
    fn unmet(self, logic: &Logic<'_>, tried: &Tried) -> Vec<Vec<Unmet<'r>>> {
        let of = |(clause, failed): (&Clause<'_>, &Vec<Failed>)| {
            let unmet = |failed: &Failed| {
                let (field, value) = self.fields().nth(failed.field)?;
                let source = clause.iter().find(|filter| filter.field == failed.field)?.source;
                Some(Unmet { field, condition: words::plain(&condition(source)), value })
            };
            failed.iter().filter_map(unmet).collect()
        };
        logic.clauses.iter().zip(&tried.clauses).map(of).collect()
    }

    /// The alternative that holds, in words; nothing where none does.
    fn met(self, logic: &Logic<'_>, tried: &Tried) -> Option<String> {
        let (clause, _) = logic.clauses.iter().zip(&tried.clauses).find(|(_, failed)| failed.is_empty())?;
        let named = |filter: &Filter<'_>| {
            let (field, _) = self.form.fields().get(filter.field)?;
            Some(format!("{field} {}", words::plain(&condition(filter.source))))
        };
        let all: Vec<String> = clause.iter().filter_map(named).collect();
        Some(if all.is_empty() { "always".to_owned() } else { all.join(" and ") })
    }

    /// Writes what is known of the record, a field to a line, and what is not known on one.
    fn write(self, out: &mut dyn Write) -> io::Result<()> {
        let width = self.fields().filter(|(_, value)| value.is_some()).map(|(name, _)| line(name).chars().count()).max().unwrap_or(0);
        let mut missing = Vec::new();
        for (name, value) in self.fields() {
            match value {
                Some(value) => writeln!(out, "  {:width$}  {}", line(name), line(&value.to_string()))?,
                None => missing.push(line(name)),
            }
        }
        if missing.is_empty() { Ok(()) } else { writeln!(out, "  missing: {}", missing.join(", ")) }
    }
}

/// Writes the conditions that do not hold, each on a line.
fn write_unmet(unmet: &[Vec<Unmet<'_>>], indent: &str, out: &mut dyn Write) -> io::Result<()> {
    if unmet.is_empty() {
        return writeln!(out, "{indent}never");
    }
    for (number, clause) in unmet.iter().enumerate() {
        for (place, Unmet { field, condition, value }) in clause.iter().enumerate() {
            let joined = match (number, place) {
                (0, 0) => "",
                (_, 0) => "or ",
                _ => "and ",
            };
            let value = value.map_or_else(|| "missing".to_owned(), ToString::to_string);
            writeln!(out, "{indent}{}", line(&format!("{joined}{field} {condition}, but it is {value}")))?;
        }
    }
    Ok(())
}

/// What came of the tests of a stack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tested {
    /// How many pass.
    pub passed: usize,
    /// How many fail.
    pub failed: usize,
    /// What has tests.
    pub with: usize,
    /// What has none.
    pub without: Vec<Address>,
}

impl Tested {
    /// Counts the tests of a routing or scoring: how many there are, and how many of them fail.
    fn add(&mut self, address: Address, tests: usize, failed: usize) {
        self.passed += tests - failed;
        self.failed += failed;
        if tests == 0 {
            self.without.push(address);
        } else {
            self.with += 1;
        }
    }

    /// Says it in a line.
    pub fn summary(&self, word: &str) -> String {
        let tests = format!("{} in {}", counted(self.passed + self.failed, "test"), counted(self.with, word));
        let outcome = match (self.passed, self.failed) {
            (0, 0) => String::new(),
            (1, 0) => ": it passes".to_owned(),
            (_, 0) => ": all pass".to_owned(),
            (0, 1) => ": it fails".to_owned(),
            (passed, failed) => format!(": {passed} {}, {failed} {}", verb(passed, "pass", "passes"), verb(failed, "fail", "fails")),
        };
        let without: Vec<&str> = self.without.iter().map(Address::as_str).collect();
        let without = if without.is_empty() { String::new() } else { format!("; without tests: {}", without.join(", ")) };
        format!("{tests}{outcome}{without}")
    }
}

/// The line above the tests of a routing or scoring.
fn tests_in_words(tests: usize, failed: usize) -> String {
    match (tests, failed) {
        (0, _) => "no tests".to_owned(),
        (1, 0) => "1 test passes".to_owned(),
        (_, 0) => format!("{tests} tests pass"),
        (1, _) => "1 test fails".to_owned(),
        _ => format!("{failed} of {} {}", counted(tests, "test"), verb(failed, "fail", "fails")),
    }
}

/// The verb for so many.
fn verb(number: usize, many: &'static str, one: &'static str) -> &'static str {
    if number == 1 { one } else { many }
}
