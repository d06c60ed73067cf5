//! The plan against the stack in which its steps have been taken.

use linchpin::{
    analysis::plan::{Phase, Seat, Step},
    model::{Kind, Located, Precaution},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::draft::{Draft, ask, draft, tape};

/// What a step does, by address.
#[derive(Debug, Clone, PartialEq)]
struct Done {
    precaution: Precaution,
    on: String,
    phase: Phase,
    removes: f64,
    per_hour: f64,
}

fn done(step: &Step<'_>) -> Done {
    Done {
        precaution: step.action.precaution,
        on: step.action.on.address().to_string(),
        phase: step.phase,
        removes: step.removes,
        per_hour: if step.action.work > 0.0 { step.removes / step.action.work } else { f64::INFINITY },
    }
}

/// The hours at risk before and after, and the steps.
fn plan(draft: &Draft) -> ([f64; 2], Vec<Done>) {
    let stack = draft.stack();
    ask(&stack, |analysis| ([analysis.plan().before, analysis.plan().after], analysis.plan().steps.iter().map(done).collect()))
}

fn at_risk(draft: &Draft) -> f64 {
    let stack = draft.stack();
    ask(&stack, |analysis| analysis.exposure().at_risk())
}

fn runners(draft: &Draft, address: &str) -> usize {
    let stack = draft.stack();
    ask(&stack, |analysis| analysis.knowledge().of(address).count())
}

/// Takes a step. Whoever is new has no other part in the stack.
fn take(draft: &mut Draft, step: &Done, number: usize) {
    let new = format!("n{number}");
    draft.add(Kind::Person, new.clone(), json!({ "name": "Somebody new" }));
    let today = "2026-11-22";
    match step.precaution {
        Precaution::Backup => {
            let before = runners(draft, &step.on);
            // In whichever place nobody else is lost.
            let named = ["backup", "owner"].into_iter().map(|key| {
                let mut named = draft.clone();
                named.at(&step.on)[key] = new.as_str().into();
                named
            });
            *draft = named.into_iter().find(|named| runners(named, &step.on) == before + 1).expect("somebody more can be named");
        }
        Precaution::Exercise => {
            let runbook = draft.at(&step.on);
            let mut times = runbook["exercised"].as_array().cloned().unwrap_or_default();
            times.push(json!({ "on": today, "by": new }));
            runbook["exercised"] = times.into();
        }
        Precaution::Review => draft.at(&step.on)["reviewed"] = today.into(),
        Precaution::Credential => draft.at(&step.on)["runs-as"] = "service-account".into(),
        Precaution::Retirement => draft.at(&step.on)["status"] = "retired".into(),
        Precaution::Runbook => {
            let table = json!({ "name": "New", "kind": "other", "covers": [step.on], "reviewed": today, "steps": "1. Look." });
            draft.add(Kind::Runbook, format!("n{number}"), table);
        }
    }
}

/// Contracts, capabilities and tools that end, so that something can be retired.
fn with_substitutes(mut draft: Draft) -> Draft {
    let tools: Vec<String> = draft.tables.keys().filter(|(kind, _)| *kind == Kind::Tool).map(|(_, id)| id.clone()).collect();
    for (number, tool) in tools.iter().enumerate() {
        if number % 3 != 2 {
            draft.at(&format!("tool.{tool}"))["capabilities"] = json!(["forms", "surveys"]);
        }
        if number % 2 == 0 {
            draft.add(Kind::Contract, format!("c{number}"), json!({ "name": "Contract", "covers": [tool], "annual-cost": 1_000 }));
        }
    }
    draft
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_step_removes_what_it_says_when_it_is_taken(tape in tape(), middleware: bool) {
        let mut draft = with_substitutes(draft(&tape, middleware));
        let ([before, after], steps) = plan(&draft);
        let mut left = at_risk(&draft);
        prop_assert!((before - left).abs() < 1e-9);
        for (number, step) in steps.iter().enumerate() {
            take(&mut draft, step, number);
            let now = at_risk(&draft);
            prop_assert!((left - now - step.removes).abs() < 1e-9, "{step:?} removes {}", left - now);
            left = now;
        }
        prop_assert!((after - left).abs() < 1e-9, "{left} is left, not {after}");
        // Whatever is left could only be removed by somebody who does not exist: nothing is.
        prop_assert!(left.abs() < 1e-9, "{left} is left after {steps:?}");
    }

    #[test]
    fn steps_stand_in_the_order_of_their_phases_and_are_the_same_each_time(tape in tape()) {
        let draft = with_substitutes(draft(&tape, true));
        let (_, steps) = plan(&draft);
        prop_assert!(steps.is_sorted_by_key(|step| step.phase));
        prop_assert_eq!(&steps, &plan(&draft).1);
        let ended: Vec<&str> = steps.iter().filter(|step| step.precaution == Precaution::Retirement).map(|step| step.on.as_str()).collect();
        for step in steps.iter().filter(|step| step.precaution != Precaution::Retirement) {
            prop_assert!(!ended.contains(&step.on.as_str()), "{step:?} is for a tool that is ended");
        }
        for phase in Phase::ALL {
            let of = steps.iter().filter(|step| step.phase == phase);
            prop_assert!(of.clone().all(|step| (step.precaution == Precaution::Retirement) == (phase == Phase::Optimize)));
        }
        let credentials = steps.iter().filter(|step| step.precaution == Precaution::Credential);
        prop_assert!(credentials.clone().all(|step| step.phase == Phase::Stabilize));
    }
}

/// One important tool that one person owns, and whatever is added.
fn small(tables: &[(Kind, &str, Value)]) -> Draft {
    let mut draft = Draft::default();
    draft.add(Kind::Person, "ana", json!({ "name": "Ana" }));
    draft.add(Kind::Tool, "crm", json!({ "name": "CRM", "category": "crm", "criticality": "critical", "owner": "ana" }));
    for (kind, id, table) in tables {
        draft.add(*kind, *id, table.clone());
    }
    draft
}

fn words(draft: &Draft) -> Vec<String> {
    plan(draft).1.iter().map(|step| format!("{:?} {} {}", step.precaution, step.on, step.removes)).collect()
}

#[test]
fn the_cheapest_step_comes_first_and_what_it_makes_superfluous_is_left_out() {
    assert_eq!(words(&small(&[])), ["Backup tool.crm 24"]);
    let runbook = json!({ "name": "CRM", "kind": "other", "covers": ["tool.crm"], "steps": "1. Look." });
    // Three hours instead of six.
    assert_eq!(words(&small(&[(Kind::Runbook, "crm", runbook.clone())])), ["Exercise runbook.crm 24"]);
    let mut empty = runbook.clone();
    empty["steps"] = "  ".into();
    // A review of two hours removes twelve, six an hour; a backup of six removes 24, four an hour.
    assert_eq!(words(&small(&[(Kind::Runbook, "crm", empty)])), ["Review runbook.crm 12", "Backup tool.crm 12"]);
    let way = json!({ "from": "crm", "to": "crm", "method": "api", "criticality": "low", "owner": "ana", "runs-as": "ana" });
    assert_eq!(words(&small(&[(Kind::Integration, "own", way)])), ["Backup tool.crm 24", "Credential integration.own 8"]);
}

#[test]
fn no_work_is_spent_on_a_tool_that_is_ended() {
    let runbook = |covers: &[&str]| json!({ "name": "R", "kind": "other", "covers": covers, "steps": "1. Look." });
    let going = |more: &[(Kind, &str, Value)]| {
        let mut draft = small(more);
        draft.at("tool.crm")["status"] = "sunset".into();
        draft
    };
    assert_eq!(words(&going(&[])), ["Retirement tool.crm 24"]);
    assert_eq!(words(&going(&[(Kind::Runbook, "crm", runbook(&["tool.crm"]))])), ["Retirement tool.crm 24"]);
    // What covers another too is followed for that, and the tool has it as well.
    let web = json!({ "name": "Web", "category": "cms", "criticality": "high", "owner": "ana" });
    let both = [(Kind::Tool, "web", web), (Kind::Runbook, "both", runbook(&["tool.crm", "tool.web"]))];
    assert_eq!(words(&going(&both)), ["Exercise runbook.both 42", "Retirement tool.crm 0"]);
}

#[test]
fn a_step_says_why_somebody_sees_to_it() {
    let seats = |draft: &Draft, charter: &str| {
        let mut stack = draft.stack();
        stack.charter = Some(Located { file: stack.company.file, pointer: "/charter".to_owned(), body: toml::from_str(charter).unwrap() });
        ask(&stack, |analysis| {
            let charge = |step: &Step<'_>| step.charge.map(|charge| (charge.owner.to_string(), charge.seat));
            analysis.plan().steps.iter().map(charge).collect::<Vec<_>>()
        })
    };
    let charter = "owner = \"bo\"\nareas = { technology = \"cy\" }";
    let mut draft = small(&[(Kind::Person, "bo", json!({ "name": "Bo" })), (Kind::Person, "cy", json!({ "name": "Cy" }))]);
    assert_eq!(seats(&draft, charter), [Some(("ana".to_owned(), Seat::Owner))]);
    draft.at("person.ana")["status"] = "left".into();
    assert_eq!(seats(&draft, charter)[0], Some(("cy".to_owned(), Seat::Area("technology"))));
    draft.at("person.cy")["status"] = "left".into();
    assert_eq!(seats(&draft, charter)[0], Some(("bo".to_owned(), Seat::Charter)));
    draft.at("person.bo")["status"] = "left".into();
    assert_eq!(seats(&draft, charter)[0], None);
}

#[test]
fn a_plan_of_nothing_has_no_steps() {
    assert_eq!(plan(&Draft::default()), ([0.0, 0.0], vec![]));
    let mut nobody = Draft::default();
    nobody.add(Kind::Tool, "crm", json!({ "name": "CRM", "category": "crm", "criticality": "high" }));
    assert_eq!(words(&nobody), ["Backup tool.crm 18", "Backup tool.crm 18"]);
    let owned = small(&[(Kind::Person, "bo", json!({ "name": "Bo" }))]);
    let mut safe = owned;
    safe.at("tool.crm")["backup"] = "bo".into();
    assert_eq!(plan(&safe), ([0.0, 0.0], vec![]));
}
