//! Which rules were tried, what failed in each, and who gets the record; through hand-overs.
//!
//! As JSON a trace is `{ "schema": "linchpin/routing-trace/1", "routing", "record", "tried", "rule", "assignee",
//! "hands_over_to" }`:
//!
//! - `tried`: the rules down to the one that matched, each `{ "rule", "matched", "clauses" }`. Of the clauses of a rule one
//!   must hold; each is the list of its conditions that do not, `{ "field", "condition", "value" }`, and empty if it holds.
//! - `rule`: the name of the rule that matched, or null.
//! - `assignee`: who gets the record in the end, or null if no rule took it: `{ "kind": "party", "party" }`,
//!   `{ "kind": "turns", "turns": [{ "party", "weight" }], "cap_per_day" }`, `{ "kind": "owner_of", "object", "fallback" }`
//!   or `{ "kind": "nobody", "reason" }`.
//! - `hands_over_to`: the same (without `schema`) of the routing to which the rule hands the record over, or null.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::{Format, Reading, Unmet, words, write_unmet};
use crate::{
    model::{Assign, Record, Stack},
    routing::{Assignee, Decision, Engine, Route, Router, Tried, assign},
    text::{json, terminal::line},
};

/// A trace as JSON follows at most so many hand-overs: what reads JSON follows few levels.
const DEEPEST: usize = 40;

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    #[serde(flatten)]
    trace: Trace<'r>,
}

#[derive(Serialize)]
struct Trace<'r> {
    routing: &'r str,
    record: Map<String, Json>,
    tried: Vec<Step<'r>>,
    rule: Option<&'r str>,
    assignee: Option<Taker<'r>>,
    hands_over_to: Option<Box<Trace<'r>>>,
}

/// A rule that was asked.
#[derive(Serialize)]
pub(super) struct Step<'r> {
    pub rule: &'r str,
    pub matched: bool,
    pub clauses: Vec<Vec<Unmet<'r>>>,
}

#[derive(Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Taker<'r> {
    Party { party: String },
    Turns { turns: Vec<Turn>, cap_per_day: Option<u32> },
    OwnerOf { object: &'r str, fallback: String },
    Nobody { reason: &'r str },
}

#[derive(Clone, Serialize)]
struct Turn {
    party: String,
    weight: f64,
}

/// Writes how a routing decides about a record.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(
    format: Format,
    stack: &Stack,
    engine: &Engine<'_>,
    router: &Router<'_>,
    record: &Record,
    out: &mut dyn Write,
) -> io::Result<()> {
    let decision = engine.decide(router, router.form.values(record));
    match format {
        Format::Text => write_text(stack, engine, &decision, record, out),
        Format::Json => write_json(engine, &decision, record, out),
    }
}

/// A rule of a routing as it was asked.
pub(super) fn step<'r>(router: &Router<'r>, reading: Reading<'r>, tried: &Tried) -> Option<Step<'r>> {
    let clauses = reading.unmet(router.rules.get(tried.rule)?, tried);
    Some(Step { rule: router.rule(tried.rule)?.name.as_str(), matched: tried.holds, clauses })
}

fn taker<'r>(assignee: &Assignee<'r>, assign: Option<&Assign>) -> Taker<'r> {
    match assignee {
        Assignee::Party(party) => Taker::Party { party: party.to_string() },
        Assignee::Turns(turns) => Taker::Turns {
            turns: turns.iter().map(|(party, weight)| Turn { party: party.to_string(), weight: *weight }).collect(),
            cap_per_day: match assign {
                Some(Assign::RoundRobin(round)) => round.cap_per_day,
                _ => None,
            },
        },
        Assignee::OwnerOf { object, fallback } => Taker::OwnerOf { object, fallback: fallback.to_string() },
        Assignee::Nobody { reason } => Taker::Nobody { reason },
    }
}

/// The assignment of the rule that decided.
fn decided<'a>(engine: &Engine<'a>, decision: &Decision<'a>) -> Option<&'a Assign> {
    let last = decision.routes.last()?;
    Some(&engine.router(last.routing.id.as_str())?.rule(last.rule?)?.assign)
}

fn write_json(engine: &Engine<'_>, decision: &Decision<'_>, record: &Record, out: &mut dyn Write) -> io::Result<()> {
    let assignee = decision.assignee.as_ref().map(|assignee| taker(assignee, decided(engine, decision)));
    let mut trace = None;
    for route in decision.routes.iter().take(DEEPEST).rev() {
        let Some(router) = engine.router(route.routing.id.as_str()) else { continue };
        let reading = Reading { form: &router.form, values: &route.record, record };
        trace = Some(Trace {
            routing: route.routing.id.as_str(),
            record: reading.json(),
            tried: router.tried(&route.record).iter().filter_map(|tried| step(router, reading, tried)).collect(),
            rule: route.rule.and_then(|rule| router.rule(rule)).map(|rule| rule.name.as_str()),
            assignee: assignee.clone(),
            hands_over_to: trace.map(Box::new),
        });
    }
    match trace {
        Some(trace) => json::write(&Document { schema: "linchpin/routing-trace/1", trace }, out),
        None => Ok(()),
    }
}

fn write_text(stack: &Stack, engine: &Engine<'_>, decision: &Decision<'_>, record: &Record, out: &mut dyn Write) -> io::Result<()> {
    let mut shown = None;
    for route in &decision.routes {
        let Some(router) = engine.router(route.routing.id.as_str()) else { continue };
        let reading = Reading { form: &router.form, values: &route.record, record };
        if shown.is_some() {
            writeln!(out)?;
        }
        writeln!(out, "{}", line(&words::title(stack, route.routing)))?;
        // Where the next routing reads the same of it, it is not said again.
        let known = reading.json();
        if shown.as_ref() != Some(&known) {
            reading.write(out)?;
        }
        shown = Some(known);
        writeln!(out)?;
        write_rules(stack, router, reading, route, out)?;
    }
    let result = match (&decision.assignee, decided(engine, decision)) {
        (Some(_), Some(assigned)) => words::named(stack, &assign(assigned)),
        _ if decision.routes.last().is_some_and(|last| last.routing.partial) => {
            "nobody: no rule takes it, and other records are not its business (`partial`)".to_owned()
        }
        _ => "nobody: no rule takes it".to_owned(),
    };
    writeln!(out, "\ngoes to: {}", line(&result))
}

fn write_rules(stack: &Stack, router: &Router<'_>, reading: Reading<'_>, route: &Route<'_>, out: &mut dyn Write) -> io::Result<()> {
    let width = router.rules.len().to_string().len();
    let indent = " ".repeat(width + 5);
    for tried in router.tried(&route.record) {
        let (Some(logic), Some(rule)) = (router.rules.get(tried.rule), router.rule(tried.rule)) else { continue };
        let mark = if tried.holds { '✓' } else { '✗' };
        writeln!(out, " {:>width$}. {mark} {}", tried.rule + 1, line(rule.name.as_str()))?;
        match reading.met(logic, &tried) {
            Some(met) => writeln!(out, "{indent}{}", line(&met))?,
            None => write_unmet(&reading.unmet(logic, &tried), &indent, out)?,
        }
        if tried.holds && matches!(rule.assign, Assign::HandOver(_)) {
            writeln!(out, "{indent}so it goes to {}", line(&words::named(stack, &assign(&rule.assign))))?;
        }
    }
    Ok(())
}
