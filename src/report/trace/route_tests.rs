//! What came of the tests of routings.
//!
//! As JSON `{ "schema": "linchpin/routing-tests/1", "passed", "failed", "routings": [{ "routing", "tests" }] }`; a test is
//! `{ "test", "passed", "expected", "got", "record", "expected_rule" }`. `expected` and `got` are names of rules or
//! `unrouted`; `expected_rule` says of a test that fails what becomes of its record in the rule that it expects, as
//! [`super::route`] does, and is null otherwise.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::{
    Format, Reading, Tested,
    route::{Step, step},
    tests_in_words, words, write_unmet,
};
use crate::{
    model::{AnyEntity, RoutingTest, Stack, UNROUTED},
    routing::{Router, Value, when},
    text::{json, terminal::line},
};

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    passed: usize,
    failed: usize,
    routings: Vec<Entry<'r>>,
}

#[derive(Serialize)]
struct Entry<'r> {
    routing: &'r str,
    tests: Vec<Outcome<'r>>,
}

#[derive(Serialize)]
struct Outcome<'r> {
    test: &'r str,
    passed: bool,
    expected: &'r str,
    got: &'r str,
    record: Map<String, Json>,
    expected_rule: Option<Step<'r>>,
}

/// A test that was run.
struct Run<'r> {
    test: &'r RoutingTest,
    values: Vec<Value>,
    got: Option<usize>,
    passed: bool,
}

impl<'r> Run<'r> {
    fn reading(&'r self, router: &'r Router<'r>) -> Reading<'r> {
        Reading { form: &router.form, values: &self.values, record: &self.test.record }
    }

    /// The number of the rule that is expected.
    fn expected(&self, router: &Router<'_>) -> Option<usize> {
        router.routing.rule.iter().position(|rule| rule.name.as_str() == self.test.expect)
    }
}

/// Runs the tests of routings and writes what came of them.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(format: Format, stack: &Stack, routers: &[&Router<'_>], out: &mut dyn Write) -> io::Result<Tested> {
    let mut tested = Tested::default();
    let mut entries = Vec::new();
    for router in routers {
        let values = |test: &RoutingTest| router.form.values(&test.record);
        let runs: Vec<Run<'_>> = router.tests().map(|(test, got, passed)| Run { test, values: values(test), got, passed }).collect();
        let failed = runs.iter().filter(|run| !run.passed).count();
        tested.add(router.routing.address(), runs.len(), failed);
        match format {
            Format::Text => write_text(stack, router, &runs, failed, out)?,
            Format::Json => entries.push((*router, runs)),
        }
    }
    if format == Format::Json {
        let routings = entries.iter().map(|(router, runs)| entry(router, runs)).collect();
        let Tested { passed, failed, .. } = tested;
        json::write(&Document { schema: "linchpin/routing-tests/1", passed, failed, routings }, out)?;
    }
    Ok(tested)
}

fn entry<'r>(router: &'r Router<'r>, runs: &'r [Run<'r>]) -> Entry<'r> {
    let outcome = |run: &'r Run<'r>| {
        let reading = run.reading(router);
        let expected = run.expected(router).filter(|_| !run.passed);
        let tried = expected.and_then(|rule| router.ask(rule, &run.values));
        Outcome {
            test: run.test.name.as_str(),
            passed: run.passed,
            expected: &run.test.expect,
            got: run.got.and_then(|rule| router.rule(rule)).map_or(UNROUTED, |rule| rule.name.as_str()),
            record: reading.json(),
            expected_rule: tried.and_then(|tried| step(router, reading, &tried)),
        }
    };
    Entry { routing: router.routing.id.as_str(), tests: runs.iter().map(outcome).collect() }
}

fn write_text(stack: &Stack, router: &Router<'_>, runs: &[Run<'_>], failed: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: {}", line(&words::title(stack, router.routing)), tests_in_words(runs.len(), failed))?;
    for run in runs.iter().filter(|run| !run.passed) {
        writeln!(out, "  ✗ {}", line(run.test.name.as_str()))?;
        writeln!(out, "      expected: {}", line(&run.test.expect))?;
        let expected = run.expected(router);
        let got = match run.got.and_then(|number| Some((number, router.rule(number)?))) {
            None => format!("{UNROUTED}: no rule takes the record"),
            Some((number, rule)) => {
                let before = if expected.is_some_and(|expected| number < expected) { ", which comes first" } else { "" };
                format!("{}, rule {}{before}: {}", rule.name.as_str(), number + 1, words::plain(&when(rule.when.as_ref())))
            }
        };
        writeln!(out, "      got: {}", line(&got))?;
        let Some((logic, tried)) = expected.and_then(|rule| Some((router.rules.get(rule)?, router.ask(rule, &run.values)?))) else {
            continue;
        };
        if !tried.holds {
            writeln!(out, "      {} does not take it:", line(&run.test.expect))?;
            write_unmet(&run.reading(router).unmet(logic, &tried), "        ", out)?;
        }
    }
    Ok(())
}
