//! Small random stacks as tables that can be changed, as if something had happened.

use std::collections::BTreeMap;

use linchpin::{
    analysis::Analysis,
    graph::Graph,
    model::{Company, Kind, Located, Stack, StackEntities},
    source::{SourceFile, Sources},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fixture::today;

/// The tables of a stack, by kind and id.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub tables: BTreeMap<(Kind, String), Value>,
    pub risk: Value,
}

impl Draft {
    pub fn add(&mut self, kind: Kind, id: impl Into<String>, table: Value) {
        self.tables.insert((kind, id.into()), table);
    }

    /// The table at an address.
    pub fn at(&mut self, address: &str) -> &mut Value {
        let (kind, id) = address.split_once('.').unwrap();
        self.tables.get_mut(&(Kind::from_name(kind).unwrap(), id.to_owned())).unwrap()
    }

    pub fn stack(&self) -> Stack {
        let file = Sources::default().add(SourceFile::default());
        let mut entities = StackEntities::default();
        for ((kind, id), table) in &self.tables {
            entities.insert(*kind, id, file, table.clone()).unwrap();
        }
        let mut body = Company::unnamed();
        if !self.risk.is_null() {
            body.risk = serde_json::from_value(self.risk.clone()).unwrap();
        }
        let company = Located { file, pointer: "/stack".to_owned(), body };
        Stack { company, site: None, rules: None, charter: None, privacy: None, overrides: Vec::new(), suppressions: Vec::new(), entities }
    }
}

/// Asks something of the analysis of a stack.
pub fn ask<T>(stack: &Stack, look: impl FnOnce(&Analysis<'_>) -> T) -> T {
    let graph = Graph::new(stack);
    look(&Analysis::new(stack, &graph, today()))
}

/// Numbers from which a stack is made: fewer and smaller ones make a simpler stack, so that counterexamples shrink.
pub fn tape() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 60..420)
}

/// Reads a tape; behind its end there are zeros.
pub struct Tape<'t> {
    numbers: std::slice::Iter<'t, u8>,
}

impl<'t> Tape<'t> {
    pub fn new(numbers: &'t [u8]) -> Self {
        Self { numbers: numbers.iter() }
    }

    pub fn below(&mut self, most: usize) -> usize {
        usize::from(self.numbers.next().copied().unwrap_or(0)) % most
    }

    /// Whether something holds in one of so many cases.
    pub fn one_in(&mut self, cases: usize) -> bool {
        self.below(cases) == cases - 1
    }

    pub fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    /// An id such as `p3`, of so many.
    fn id(&mut self, letter: char, most: usize) -> String {
        format!("{letter}{}", self.below(most))
    }

    fn party(&mut self) -> String {
        if self.one_in(4) { self.id('g', TEAMS) } else { self.id('p', PEOPLE) }
    }

    /// Owner, backup, status and criticality, each often absent.
    fn duties(&mut self, table: &mut Value, statuses: &[&str]) {
        for key in ["owner", "backup"] {
            if self.below(3) > 0 {
                table[key] = self.party().into();
            }
        }
        table["status"] = self.of(statuses).into();
        if let Some(criticality) = self.of(&[None, Some("critical"), Some("high"), Some("high"), Some("medium"), Some("low")]) {
            table["criticality"] = criticality.into();
        }
    }

    fn credential(&mut self, table: &mut Value) {
        match self.below(4) {
            0 => {}
            1 => table["runs-as"] = "service-account".into(),
            _ => table["runs-as"] = self.id('p', PEOPLE).into(),
        }
    }
}

pub const PEOPLE: usize = 6;
pub const TEAMS: usize = 3;
const TOOLS: usize = 6;
const INTEGRATIONS: usize = 10;
pub const STAGES: [&str; 3] = ["known", "engaged", "won"];
const STATUSES: [&str; 9] = ["active", "active", "active", "active", "active", "broken", "paused", "planned", "retired"];

/// Makes a stack. With `middleware` integrations may go through a third tool.
pub fn draft(numbers: &[u8], middleware: bool) -> Draft {
    let mut tape = Tape::new(numbers);
    let mut draft = Draft::default();
    people(&mut tape, &mut draft);
    let categories = ["crm", "marketing-automation", "cms", "search-advertising"];
    for number in 0..TOOLS {
        let mut table = json!({ "name": format!("Tool {number}"), "category": tape.of(&categories) });
        tape.duties(&mut table, &["active", "active", "active", "active", "active", "sunset", "evaluating", "retired"]);
        table["admins"] = (0..tape.below(3)).map(|_| tape.id('p', PEOPLE)).collect();
        draft.add(Kind::Tool, format!("t{number}"), table);
    }
    for number in 0..tape.below(INTEGRATIONS) {
        let mut table = json!({ "from": tape.id('t', TOOLS), "to": tape.id('t', TOOLS), "method": "api" });
        tape.duties(&mut table, &STATUSES);
        tape.credential(&mut table);
        table["direction"] = tape.of(&["one-way", "two-way"]).into();
        if middleware && tape.below(2) == 1 {
            table["via"] = tape.id('t', TOOLS).into();
        }
        draft.add(Kind::Integration, format!("i{number}"), table);
    }
    flows(&mut tape, &mut draft);
    logic(&mut tape, &mut draft);
    runbooks(&mut tape, &mut draft);
    if tape.one_in(2) {
        draft.risk = json!({
            "hourly-rate": { "low": 80, "high": 120 }, "weeks-to-replace": { "low": 6, "high": 9 }, "weeks-to-replace-tool": { "low": 2, "high": 11 },
            "hours-to-rebuild": { "tool": 10, "integration": 7.5 }, "hours-to-prepare": { "backup": 2, "exercise": 0 },
        });
    }
    draft
}

fn people(tape: &mut Tape<'_>, draft: &mut Draft) {
    for number in 0..PEOPLE {
        let teams: Vec<String> = (0..tape.below(3)).map(|_| tape.id('g', TEAMS)).collect();
        let mut table = json!({ "name": format!("Person {number}"), "teams": teams });
        match tape.below(14) {
            8 => table["status"] = "leaving".into(),
            9 => table["status"] = "left".into(),
            10 => table["until"] = "2026-12-20".into(),
            11 => table["until"] = "2026-10-01".into(),
            12 => table["away-until"] = "2027-03-01".into(),
            13 => table["employment"] = "contractor".into(),
            _ => {}
        }
        draft.add(Kind::Person, format!("p{number}"), table);
    }
    for number in 0..TEAMS {
        let mut table = json!({ "name": format!("Group {number}"), "members-listed": tape.below(4) != 3 });
        if tape.one_in(2) {
            table["lead"] = tape.id('p', PEOPLE).into();
        }
        draft.add(Kind::Team, format!("g{number}"), table);
    }
    let stage = |id: &str, to: Option<String>| {
        let mut stage = json!({ "id": id, "name": id });
        if let Some(to) = to {
            stage["handoff"] = json!({ "to": to });
        }
        stage
    };
    let stages: Vec<Value> = STAGES.into_iter().map(|id| stage(id, tape.one_in(2).then(|| tape.party()))).collect();
    draft.add(Kind::Lifecycle, "main", json!({ "name": "Main", "stage": stages }));
}

fn some_stages(tape: &mut Tape<'_>) -> Value {
    (0..tape.below(2)).map(|_| format!("lifecycle.main.stage.{}", tape.of(&STAGES))).collect()
}

fn flows(tape: &mut Tape<'_>, draft: &mut Draft) {
    let integrations: Vec<String> = draft.tables.keys().filter(|(kind, _)| *kind == Kind::Integration).map(|(_, id)| id.clone()).collect();
    for number in 0..=tape.below(4) {
        let mut at = tape.below(TOOLS);
        let mut steps = Vec::new();
        for _ in 0..=tape.below(5) {
            let mut step = json!({ "tool": format!("t{at}"), "manual": tape.one_in(9) && !steps.is_empty() });
            if tape.one_in(9) && !integrations.is_empty() {
                step["via"] = tape.of(&integrations).into();
            }
            if tape.one_in(4) {
                step["stage"] = format!("lifecycle.main.stage.{}", tape.of(&STAGES)).into();
            }
            steps.push(step);
            at = next_tool(tape, draft, at);
        }
        let mut table = json!({ "name": format!("Flow {number}"), "steps": steps });
        tape.duties(&mut table, &STATUSES);
        if tape.below(3) > 0 {
            table["monthly-pipeline"] = (tape.below(9) * 1_000).into();
        }
        draft.add(Kind::Flow, format!("f{number}"), table);
    }
}

/// Most often a tool that an integration leads to from this one.
fn next_tool(tape: &mut Tape<'_>, draft: &Draft, at: usize) -> usize {
    let number = |value: &Value| value.as_str().map(|id| id[1..].parse::<usize>().unwrap());
    let mut next: Vec<usize> = Vec::new();
    for ((_, _), table) in draft.tables.iter().filter(|((kind, _), _)| *kind == Kind::Integration) {
        let touched: Vec<usize> = ["from", "via", "to"].iter().filter_map(|key| number(&table[key])).collect();
        if touched.contains(&at) {
            next.extend(touched.into_iter().filter(|tool| *tool != at));
        }
    }
    if next.is_empty() || tape.one_in(6) { tape.below(TOOLS) } else { tape.of(&next) }
}

fn logic(tape: &mut Tape<'_>, draft: &mut Draft) {
    draft.add(Kind::Object, "lead", json!({ "name": "Lead" }));
    for number in 0..tape.below(3) {
        let rules: Vec<Value> =
            (0..tape.below(3)).map(|rule| json!({ "name": format!("rule {rule}"), "assign": [tape.party(), tape.party()] })).collect();
        let mut table = json!({ "name": format!("Routing {number}"), "object": "lead", "tool": tape.id('t', TOOLS), "rule": rules });
        table["stages"] = some_stages(tape);
        tape.duties(&mut table, &STATUSES);
        draft.add(Kind::Routing, format!("r{number}"), table);
    }
    for number in 0..tape.below(2) {
        let mut table = json!({ "name": format!("Scoring {number}"), "tool": tape.id('t', TOOLS), "threshold": 10 });
        if tape.one_in(2) {
            table["promotes-to"] = format!("lifecycle.main.stage.{}", tape.of(&STAGES)).into();
        }
        tape.duties(&mut table, &STATUSES);
        draft.add(Kind::Scoring, format!("s{number}"), table);
    }
    for number in 0..tape.below(4) {
        let mut table =
            json!({ "name": format!("Automation {number}"), "tool": tape.id('t', TOOLS), "trigger": "a form", "actions": ["a mail"] });
        table["calls"] = (0..tape.below(3)).map(|_| tape.id('t', TOOLS)).collect();
        table["stages"] = some_stages(tape);
        tape.duties(&mut table, &STATUSES);
        tape.credential(&mut table);
        draft.add(Kind::Automation, format!("a{number}"), table);
    }
}

fn runbooks(tape: &mut Tape<'_>, draft: &mut Draft) {
    let runs = |(kind, id): &(Kind, String)| linchpin::analysis::can_be_run(*kind).then(|| format!("{}.{id}", kind.name()));
    let all: Vec<String> = draft.tables.keys().filter_map(runs).collect();
    for number in 0..tape.below(6) {
        let covers: Vec<String> = (0..=tape.below(3)).map(|_| tape.of(&all)).collect();
        let kind = tape.of(&["other", "incident", "integration-troubleshooting"]);
        let mut table = json!({ "name": format!("Runbook {number}"), "kind": kind, "covers": covers });
        if let Some(day) = tape.of(&[None, Some("2026-06-01"), Some("2026-10-01"), Some("2024-01-01")]) {
            table["reviewed"] = day.into();
        }
        if tape.below(4) > 0 {
            table["steps"] = "1. Look.".into();
        }
        table["exercised"] = (0..tape.below(3))
            .map(|_| json!({ "on": tape.of(&["2026-09-01", "2026-11-01", "2025-01-01", "2027-01-01"]), "by": tape.id('p', PEOPLE) }))
            .collect();
        draft.add(Kind::Runbook, format!("b{number}"), table);
    }
}
