//! What came of the tests of scorings.
//!
//! As JSON `{ "schema": "linchpin/scoring-tests/1", "passed", "failed", "scorings": [{ "scoring", "tests" }] }`; a test is
//! `{ "test", "passed", "expected", "got", "record", "criteria" }` with points, and with criteria as [`super::score`] has them.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::{
    Format, Reading, Tested,
    score::{Step, steps, write_criteria},
    tests_in_words, words,
};
use crate::{
    model::{AnyEntity, ScoringTest, Stack, points},
    routing::{Scorer, Value},
    text::{json, terminal::line},
};

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    passed: usize,
    failed: usize,
    scorings: Vec<Entry<'r>>,
}

#[derive(Serialize)]
struct Entry<'r> {
    scoring: &'r str,
    tests: Vec<Outcome<'r>>,
}

#[derive(Serialize)]
struct Outcome<'r> {
    test: &'r str,
    passed: bool,
    expected: i64,
    got: i64,
    record: Map<String, Json>,
    criteria: Vec<Step<'r>>,
}

/// A test that was run.
struct Run<'r> {
    test: &'r ScoringTest,
    values: Vec<Value>,
    got: i64,
}

impl<'r> Run<'r> {
    fn reading(&'r self, scorer: &'r Scorer<'_>) -> Reading<'r> {
        Reading { form: &scorer.form, values: &self.values, record: &self.test.record }
    }

    fn passed(&self) -> bool {
        self.got == self.test.expect
    }
}

/// Runs the tests of scorings and writes what came of them.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(format: Format, stack: &Stack, scorers: &[Scorer<'_>], out: &mut dyn Write) -> io::Result<Tested> {
    let mut tested = Tested::default();
    let mut all = Vec::new();
    for scorer in scorers {
        let runs: Vec<Run<'_>> = scorer.tests().map(|(test, got)| Run { test, values: scorer.form.values(&test.record), got }).collect();
        let failed = runs.iter().filter(|run| !run.passed()).count();
        tested.add(scorer.scoring.address(), runs.len(), failed);
        match format {
            Format::Text => write_text(stack, scorer, &runs, failed, out)?,
            Format::Json => all.push((scorer, runs)),
        }
    }
    if format == Format::Json {
        let scorings = all.iter().map(|(scorer, runs)| entry(scorer, runs)).collect();
        let Tested { passed, failed, .. } = tested;
        json::write(&Document { schema: "linchpin/scoring-tests/1", passed, failed, scorings }, out)?;
    }
    Ok(tested)
}

fn entry<'r>(scorer: &'r Scorer<'_>, runs: &'r [Run<'_>]) -> Entry<'r> {
    let outcome = |run: &'r Run<'_>| {
        let reading = run.reading(scorer);
        Outcome {
            test: run.test.name.as_str(),
            passed: run.passed(),
            expected: run.test.expect,
            got: run.got,
            record: reading.json(),
            criteria: steps(scorer, reading),
        }
    };
    Entry { scoring: scorer.scoring.id.as_str(), tests: runs.iter().map(outcome).collect() }
}

fn write_text(stack: &Stack, scorer: &Scorer<'_>, runs: &[Run<'_>], failed: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: {}", line(&words::title(stack, scorer.scoring)), tests_in_words(runs.len(), failed))?;
    for run in runs.iter().filter(|run| !run.passed()) {
        writeln!(out, "  ✗ {}", line(run.test.name.as_str()))?;
        writeln!(out, "      expected: {}", points(run.test.expect))?;
        writeln!(out, "      got: {}", points(run.got))?;
        write_criteria(scorer, run.reading(scorer), "      ", out)?;
    }
    Ok(())
}
