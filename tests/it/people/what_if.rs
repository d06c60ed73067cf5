//! Departures against the stack in which they have happened.

use std::collections::{BTreeMap, BTreeSet};

use linchpin::{
    analysis::{Departure, Gone, departure::Waits},
    graph::{FlowHop, Graph},
    model::{Address, AnyEntity, Bounds, Entity, Id, Integration, Kind, Stack},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    draft::{Draft, Tape, ask, draft, tape},
    happened::expected,
};
use crate::fixture::today;

/// What a departure says, by address.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Told {
    pub stops: BTreeSet<String>,
    pub stopped: BTreeSet<String>,
    pub unmaintained: BTreeSet<String>,
    pub recoverable: BTreeSet<String>,
    pub covered: BTreeSet<String>,
    pub without_admin: BTreeSet<String>,
    pub stages: BTreeSet<String>,
    pub routings: BTreeSet<String>,
    pub automations: BTreeSet<String>,
    pub unknown: BTreeSet<String>,
    pub hours: [f64; 2],
    pub rebuild: [f64; 2],
    pub pipeline: [f64; 2],
}

fn each<'e>(entities: impl Iterator<Item = &'e dyn AnyEntity>) -> BTreeSet<String> {
    let all: Vec<String> = entities.map(|entity| entity.address().to_string()).collect();
    let set: BTreeSet<String> = all.iter().cloned().collect();
    assert_eq!(set.len(), all.len(), "something is told twice: {all:?}");
    set
}

fn told(departure: &Departure<'_>) -> Told {
    let Departure { stops, stopped, unmaintained, recoverable, covered, without_admin, reach, bill, .. } = departure;
    let [flows, unknown] = [stops.iter().map(|stop| stop.flow).collect::<Vec<_>>(), bill.unknown.clone()];
    Told {
        stops: each(flows.iter().map(|flow| *flow as &dyn AnyEntity)),
        stopped: each(stopped.iter().map(|stopped| stopped.entity)),
        unmaintained: each(unmaintained.iter().copied()),
        recoverable: each(recoverable.iter().copied()),
        covered: each(covered.iter().copied()),
        without_admin: each(without_admin.iter().map(|tool| *tool as &dyn AnyEntity)),
        stages: reach.stages.iter().map(ToString::to_string).collect(),
        routings: each(reach.routings.iter().map(|reached| reached.entity)),
        automations: each(reach.automations.iter().map(|reached| reached.entity)),
        unknown: each(unknown.iter().map(|flow| *flow as &dyn AnyEntity)),
        hours: [bill.hours.low, bill.hours.high],
        rebuild: [bill.rebuild.low, bill.rebuild.high],
        pipeline: [bill.pipeline.low, bill.pipeline.high],
    }
}

fn departure<T>(stack: &Stack, without: &[Address], look: impl FnOnce(&Departure<'_>) -> T) -> T {
    ask(stack, |analysis| {
        let gone = Gone::new(analysis.stack, analysis.members(), without, today()).unwrap();
        look(&analysis.departure(gone))
    })
}

/// What goes in a case.
fn without(draft: &Draft, numbers: &[u8]) -> Vec<Address> {
    let mut tape = Tape::new(numbers);
    let may_go = |kind: Kind| matches!(kind, Kind::Person | Kind::Team | Kind::Tool | Kind::Integration);
    let all: Vec<Address> = draft.tables.keys().filter(|(kind, _)| may_go(*kind)).map(|(kind, id)| Address::of(kind.name(), id)).collect();
    (0..=tape.below(4)).map(|_| tape.of(&all)).collect()
}

fn assert_same(mut found: Told, mut wanted: Told) -> Result<(), TestCaseError> {
    for (found, wanted) in [(found.hours, wanted.hours), (found.rebuild, wanted.rebuild), (found.pipeline, wanted.pipeline)] {
        for end in 0..2 {
            prop_assert!((found[end] - wanted[end]).abs() <= 1e-9 * wanted[end].abs().max(1.0), "{found:?} is not {wanted:?}");
        }
    }
    for told in [&mut found, &mut wanted] {
        (told.hours, told.rebuild, told.pipeline) = ([0.0; 2], [0.0; 2], [0.0; 2]);
    }
    prop_assert_eq!(found, wanted);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_departure_is_what_the_stack_says_after_it_has_happened(tape in tape(), going in proptest::collection::vec(any::<u8>(), 1..6), middleware: bool) {
        let draft = draft(&tape, middleware);
        let without = without(&draft, &going);
        let stack = draft.stack();
        let found = departure(&stack, &without, told);
        assert_same(found, expected(&draft, &without, middleware))?;
    }

    #[test]
    fn it_does_not_matter_in_which_order_and_how_often_somebody_is_named(tape in tape(), going in proptest::collection::vec(any::<u8>(), 1..6)) {
        let draft = draft(&tape, true);
        let without = without(&draft, &going);
        let stack = draft.stack();
        let again: Vec<Address> = without.iter().rev().chain(&without).cloned().collect();
        prop_assert_eq!(departure(&stack, &without, told), departure(&stack, &again, told));
    }

    #[test]
    fn together_they_stop_at_least_what_each_of_them_stops(tape in tape(), going in proptest::collection::vec(any::<u8>(), 1..6)) {
        let draft = draft(&tape, true);
        let without = without(&draft, &going);
        let stack = draft.stack();
        let all = departure(&stack, &without, told);
        for one in &without {
            let alone = departure(&stack, std::slice::from_ref(one), told);
            prop_assert!(alone.stops.is_subset(&all.stops), "{one}: {:?} of {:?}", alone.stops, all.stops);
            prop_assert!(alone.stopped.is_subset(&all.stopped));
            prop_assert!(alone.pipeline[0] <= all.pipeline[0] && alone.hours[0] <= all.hours[0] + 1e-9, "{one} alone costs more");
        }
    }
}

#[test]
fn the_random_stacks_show_everything_that_can_happen() {
    let mut seen: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for seed in 0..400_u64 {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            u8::try_from(state >> 56).unwrap()
        };
        let numbers: Vec<u8> = (0..400).map(|_| next()).collect();
        let middleware = seed % 2 == 0;
        let draft = draft(&numbers, middleware);
        let told = departure(&draft.stack(), &without(&draft, &numbers[..5]), told);
        let counts = [
            ("stops", told.stops.len()),
            ("stopped", told.stopped.len()),
            ("unmaintained", told.unmaintained.len()),
            ("recoverable", told.recoverable.len()),
            ("covered", told.covered.len()),
            ("without admin", told.without_admin.len()),
            ("stages", told.stages.len()),
            ("routings", told.routings.len()),
            ("automations", told.automations.len()),
            ("unknown", told.unknown.len()),
        ];
        for (what, count) in counts {
            *seen.entry((what, middleware)).or_default() += count;
        }
    }
    assert!(seen.values().all(|count| *count > 20), "{seen:?}");
}

/// Two tools, a person, and whatever is added.
fn small(tables: &[(Kind, &str, Value)]) -> Draft {
    let mut draft = Draft::default();
    for id in ["crm", "web"] {
        draft.add(Kind::Tool, id, json!({ "name": id, "category": "crm" }));
    }
    for id in ["ana", "bo"] {
        draft.add(Kind::Person, id, json!({ "name": id }));
    }
    for (kind, id, table) in tables {
        draft.add(*kind, *id, table.clone());
    }
    draft
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_parts_of_a_flow_have_the_hops_of_the_whole_whichever_integrations_work(tape in tape(), works: u16) {
        let stack = draft(&tape, true).stack();
        let graph = Graph::new(&stack);
        let ids: Vec<&str> = stack.integrations.keys().map(Id::as_str).collect();
        let keep = |of: &Entity<Integration>| ids.binary_search(&of.id.as_str()).is_ok_and(|at| works >> at & 1 == 1);
        let said = |hop: &FlowHop<'_>| match hop {
            FlowHop::By(by) => by.iter().map(|of| of.id.to_string()).collect::<Vec<_>>().join(" "),
            other => format!("{other:?}"),
        };
        for flow in stack.flows.values() {
            let cuts = graph.cuts(flow);
            let parts = cuts.windows(2).flat_map(|cut| graph.hops_of(&flow.steps[cut[0]..=cut[1]], &keep));
            let whole = graph.flow_hops_by(flow, &keep);
            prop_assert_eq!(parts.map(|hop| said(&hop)).collect::<Vec<_>>(), whole.iter().map(said).collect::<Vec<_>>(), "{:?}", cuts);
        }
    }
}

#[test]
fn who_has_left_a_team_does_not_go_with_it() {
    let mut draft = small(&[(Kind::Team, "crew", json!({ "name": "Crew", "lead": "bo" }))]);
    draft.at("person.ana")["teams"] = json!(["crew"]);
    let gone = |draft: &Draft| departure(&draft.stack(), &[Address::new("team.crew")], |departure| departure.gone.people.len());
    assert_eq!(gone(&draft), 2);
    draft.at("person.ana")["status"] = "left".into();
    assert_eq!(gone(&draft), 1, "Ana has left");
    draft.at("person.bo")["until"] = "2026-01-01".into();
    assert_eq!(gone(&draft), 0, "nobody is left");
}

#[test]
fn a_flow_waits_for_whatever_it_takes_to_go_on() {
    let way = |to: &str, runs_as: &str| json!({ "from": "web", "to": to, "method": "api", "runs-as": runs_as });
    let mut draft = small(&[
        (Kind::Integration, "a", way("crm", "ana")),
        (Kind::Integration, "b", way("crm", "bo")),
        (Kind::Integration, "c", way("web", "bo")),
        (Kind::Flow, "in", json!({ "name": "In", "monthly-pipeline": 13, "steps": [{ "tool": "web" }, { "tool": "crm" }] })),
    ]);
    draft.risk = json!({ "weeks-to-replace": { "low": 4, "high": 20 }, "weeks-to-replace-tool": { "low": 8, "high": 10 } });
    let waits = |without: &[&str]| {
        let without: Vec<Address> = without.iter().map(|address| Address::new(*address)).collect();
        departure(&draft.stack(), &without, |departure| {
            let Bounds { low, high } = departure.bill.pipeline;
            (departure.stops.iter().map(|stop| stop.waits).collect::<Vec<_>>(), [low / 3.0, high / 3.0].map(f64::round))
        })
    };
    assert_eq!(waits(&["person.ana", "person.bo"]), (vec![Waits::People], [4.0, 20.0]));
    assert_eq!(waits(&["tool.crm"]), (vec![Waits::Tools], [8.0, 10.0]));
    assert_eq!(waits(&["integration.a", "integration.b"]), (vec![Waits::Tools], [8.0, 10.0]));
    assert_eq!(waits(&["person.ana", "person.bo", "tool.crm"]), (vec![Waits::Both], [8.0, 20.0]));
    // Somebody for one of them, or another for the other, is enough.
    assert_eq!(waits(&["person.ana", "integration.b"]), (vec![Waits::Either], [4.0, 10.0]));
    // Bo has nothing to do with it.
    assert_eq!(waits(&["person.bo", "tool.crm"]), (vec![Waits::Tools], [8.0, 10.0]));
    assert_eq!(waits(&["person.bo", "person.ana", "integration.c"]), (vec![Waits::People], [4.0, 20.0]));
}

fn why(draft: &Draft, without: &str) -> Vec<String> {
    departure(&draft.stack(), &[Address::new(without)], |departure| {
        departure.stops.iter().map(|stop| format!("{} at {}: {}", stop.flow.id, stop.at, stop.because)).collect()
    })
}

#[test]
fn a_flow_says_where_it_stops_and_why() {
    let flow = |steps: Value| json!({ "name": "In", "steps": steps });
    let way = |runs_as: &str| json!({ "from": "web", "to": "crm", "method": "api", "runs-as": runs_as });
    let steps = json!([{ "tool": "web" }, { "tool": "crm" }]);
    let one = small(&[(Kind::Integration, "a", way("ana")), (Kind::Flow, "in", flow(steps.clone()))]);
    assert_eq!(why(&one, "person.ana"), ["in at integration.a: runs as person.ana"]);
    assert_eq!(why(&one, "integration.a"), ["in at integration.a: is gone"]);
    assert_eq!(why(&one, "tool.web"), ["in at tool.web: is gone"]);
    let two = small(&[(Kind::Integration, "a", way("ana")), (Kind::Integration, "b", way("bo")), (Kind::Flow, "in", flow(steps))]);
    assert!(why(&two, "person.ana").is_empty(), "another integration makes the hop");
    let by_hand = json!([{ "tool": "web" }, { "tool": "crm", "manual": true }]);
    let by_hand = small(&[(Kind::Integration, "a", way("ana")), (Kind::Flow, "in", flow(by_hand))]);
    assert!(why(&by_hand, "person.ana").is_empty(), "it is carried by hand");
}

#[test]
fn rules_of_a_routing_are_named_in_their_order_whoever_goes_first() {
    let rules = json!([
        { "name": "z", "assign": "bo" }, { "name": "b", "assign": "ana" }, { "name": "a", "assign": ["bo", "ana"] }, { "name": "c", "assign": "crew" },
    ]);
    let mut draft = small(&[(Kind::Routing, "in", json!({ "name": "In", "object": "lead", "tool": "crm", "rule": rules }))]);
    draft.add(Kind::Team, "crew", json!({ "name": "Crew" }));
    let all = ["person.ana", "person.bo", "team.crew"].map(Address::new);
    departure(&draft.stack(), &all, |departure| {
        assert_eq!(departure.reach.routings[0].rules, ["z", "b", "a", "c"]);
        assert!(!departure.is_nothing(), "records would go to nobody");
    });
    departure(&draft.stack(), &[Address::new("team.crew")], |departure| assert_eq!(departure.reach.routings[0].rules, ["c"]));
}
