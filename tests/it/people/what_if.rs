//! Departures against the stack in which they have happened.

use std::collections::{BTreeMap, BTreeSet};

use linchpin::{
    analysis::{Departure, Gone},
    model::{Address, AnyEntity, Kind, Stack},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    draft::{Draft, Tape, ask, draft, tape},
    happened::expected,
};

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
        covered: each(covered.iter().map(|covered| covered.entity)),
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
        let gone = Gone::new(analysis.stack, analysis.members(), without).unwrap();
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
