//! Departures against the stack in which they have happened.

use std::collections::{BTreeMap, BTreeSet};

use linchpin::{
    analysis::{Analysis, Departure, Gone},
    graph::{FlowHop, Graph},
    model::{Address, AnyEntity, Flow, Integration, Kind, Stack},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::draft::{Draft, Tape, ask, draft, tape};
use crate::fixture::today;

/// What a departure says, by address.
#[derive(Debug, Clone, PartialEq, Default)]
struct Told {
    stops: BTreeSet<String>,
    stopped: BTreeSet<String>,
    unmaintained: BTreeSet<String>,
    recoverable: BTreeSet<String>,
    covered: BTreeSet<String>,
    without_admin: BTreeSet<String>,
    stages: BTreeSet<String>,
    routings: BTreeSet<String>,
    automations: BTreeSet<String>,
    unknown: BTreeSet<String>,
    hours: [f64; 2],
    rebuild: [f64; 2],
    pipeline: [f64; 2],
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
    (0..1 + tape.below(4)).map(|_| tape.of(&all)).collect()
}

/// What has happened, read from the tables.
struct Happened<'d> {
    draft: &'d Draft,
    /// Everything that goes, with the members of teams.
    gone: BTreeSet<String>,
}

fn is_in(value: &Value, one: &str) -> bool {
    value.as_array().is_some_and(|list| list.iter().any(|item| item == one)) || value == one
}

impl<'d> Happened<'d> {
    fn new(draft: &'d Draft, without: &[Address]) -> Self {
        let mut gone: BTreeSet<String> = without.iter().map(ToString::to_string).collect();
        for ((kind, id), table) in &draft.tables {
            let is_member = |team: &&String| {
                let team = team.strip_prefix("team.");
                team.is_some_and(|team| is_in(&table["teams"], team) || draft.tables[&(Kind::Team, team.to_owned())]["lead"] == *id)
            };
            if *kind == Kind::Person && gone.iter().any(|address| is_member(&address)) {
                gone.insert(format!("person.{id}"));
            }
        }
        Self { draft, gone }
    }

    fn is_gone(&self, kind: &str, id: &Value) -> bool {
        id.as_str().is_some_and(|id| self.gone.contains(&format!("{kind}.{id}")))
    }

    /// The tables of kinds, with their addresses.
    fn tables(&self, kinds: &'static [Kind]) -> impl Iterator<Item = (String, &'d Value)> {
        let tables = self.draft.tables.iter().filter(move |((kind, _), _)| kinds.contains(kind));
        tables.map(|((kind, id), table)| (format!("{}.{id}", kind.name()), table))
    }

    /// Whether it needs a tool that is gone.
    fn is_in_gone_tool(&self, table: &Value) -> bool {
        let calls = table["calls"].as_array().into_iter().flatten();
        ["from", "to", "via", "tool"].iter().map(|key| &table[key]).chain(calls).any(|tool| self.is_gone("tool", tool))
    }

    /// What worked and does not any more, and whether it has to be made anew.
    fn stopped(&self) -> BTreeMap<String, bool> {
        let working = self
            .tables(&[Kind::Integration, Kind::Automation, Kind::Routing, Kind::Scoring])
            .filter(|(_, table)| table["status"] == "active");
        let stopped = working.filter_map(|(address, table)| {
            let is_gone = self.gone.contains(&address);
            let needs = self.is_in_gone_tool(table);
            let runs_as = self.is_gone("person", &table["runs-as"]);
            (is_gone || needs || runs_as).then_some((address, is_gone || needs))
        });
        stopped.collect()
    }

    /// The stack whose people and teams have left.
    fn left(&self) -> Stack {
        let mut draft = self.draft.clone();
        for address in &self.gone {
            match address.split_once('.').unwrap() {
                ("person", _) => draft.at(address)["status"] = "left".into(),
                ("team", id) => drop(draft.tables.remove(&(Kind::Team, id.to_owned()))),
                _ => {}
            }
        }
        draft.stack()
    }

    /// The stack whose integrations have stopped.
    fn stopped_stack(&self) -> Stack {
        let mut draft = self.draft.clone();
        for address in self.stopped().keys() {
            draft.at(address)["status"] = "broken".into();
        }
        draft.stack()
    }

    fn hours(&self, address: &str) -> f64 {
        let kind = address.split_once('.').unwrap().0;
        let defaults = [("tool", 24.0), ("integration", 16.0), ("flow", 8.0), ("routing", 24.0), ("scoring", 20.0), ("automation", 6.0)];
        let default = defaults.iter().find(|(name, _)| *name == kind).unwrap().1;
        let table = self.tables(&[Kind::Tool, Kind::Integration, Kind::Flow, Kind::Routing, Kind::Scoring, Kind::Automation]);
        let table = table.into_iter().find(|(of, _)| of == address).unwrap().1;
        let factor = match table["criticality"].as_str() {
            Some("critical") => 2.0,
            Some("high") => 1.5,
            Some("low") => 0.5,
            Some(_) => 1.0,
            // Routings and scorings are important unless somebody says otherwise.
            None => {
                if matches!(kind, "routing" | "scoring") {
                    1.5
                } else {
                    1.0
                }
            }
        };
        factor * self.draft.risk["hours-to-rebuild"][kind].as_f64().unwrap_or(default)
    }

    fn range(&self, key: &str, default: [f64; 2]) -> [f64; 2] {
        let range = &self.draft.risk[key];
        if range.is_null() { default } else { ["low", "high"].map(|end| range[end].as_f64().unwrap()) }
    }
}

/// The integrations that make a hop, found without the map.
fn makes(stack: &Stack, from: &str, to: &linchpin::model::Step) -> BTreeSet<String> {
    let leads = |integration: &Integration| {
        let (a, b) = (integration.from.as_str(), integration.to.as_str());
        let back = integration.direction == linchpin::model::Direction::TwoWay;
        (a == from && b == to.tool.as_str()) || (back && b == from && a == to.tool.as_str())
    };
    let named = |id: &str| to.via.as_ref().is_none_or(|via| via.as_str() == id);
    let all = stack.integrations.values().filter(|of| of.is_working() && leads(of) && named(of.id.as_str()));
    all.map(|of| of.id.as_str().to_owned()).collect()
}

/// Whether each hop of a flow is made; nothing where nothing has to make it.
fn hops(stack: &Stack, flow: &Flow, middleware: bool) -> Vec<Option<bool>> {
    if middleware {
        let hops = Graph::new(stack).flow_hops_by(flow, &|integration| integration.is_working());
        return hops.iter().map(|hop| matches!(hop, FlowHop::By(_) | FlowHop::Gap).then(|| !hop.is_gap())).collect();
    }
    let pairs = flow.steps.windows(2).map(|pair| {
        let [from, to] = pair else { unreachable!() };
        (!to.manual && from.tool != to.tool).then(|| !makes(stack, from.tool.as_str(), to).is_empty())
    });
    pairs.collect()
}

/// What should be told.
fn expected(draft: &Draft, without: &[Address], middleware: bool) -> Told {
    let (happened, before) = (Happened::new(draft, without), draft.stack());
    let (left, broken) = (happened.left(), happened.stopped_stack());
    let stopped = happened.stopped();
    let mut told = Told { stopped: stopped.keys().cloned().collect(), ..Told::default() };
    for flow in before.flows.values().filter(|flow| flow.is_working()) {
        let has_step = flow.steps.iter().any(|step| happened.gone.contains(&format!("tool.{}", step.tool.as_str())));
        let (was, is) = (hops(&before, flow, middleware), hops(&broken, flow, middleware));
        if has_step || was.iter().zip(&is).any(|(was, is)| *was == Some(true) && *is == Some(false)) {
            told.stops.insert(flow.address().to_string());
        }
    }
    ask(&before, |was| ask(&left, |is| classify(&mut told, &happened, &stopped, was, is)));
    reached(&mut told, &happened, &before);
    let live = |(address, table): (String, &Value)| {
        let is_live = !matches!(table["status"].as_str().unwrap(), "planned" | "retired" | "evaluating");
        (is_live && happened.gone.contains(&address)).then_some(address)
    };
    let mut rebuilt: BTreeSet<String> = happened.tables(&[Kind::Tool, Kind::Integration]).filter_map(live).collect();
    rebuilt.extend(stopped.iter().filter(|(_, is_lost)| **is_lost).map(|(address, _)| address.clone()));
    rebuilt.extend(told.unmaintained.iter().cloned());
    let low: f64 = rebuilt.iter().map(|address| happened.hours(address)).sum();
    told.hours = [low, low + told.recoverable.iter().map(|address| happened.hours(address)).sum::<f64>()];
    let (rate, weeks) = (happened.range("hourly-rate", [75.0, 150.0]), happened.range("weeks-to-replace", [8.0, 16.0]));
    let pipeline = |flow: &String| before.at(&Address::new(flow.as_str())).unwrap().json()["monthly-pipeline"].as_f64();
    let monthly: f64 = told.stops.iter().filter_map(pipeline).sum();
    told.unknown = told.stops.iter().filter(|flow| pipeline(flow).is_none()).cloned().collect();
    told.rebuild = [0, 1].map(|end| told.hours[end] * rate[end]);
    told.pipeline = weeks.map(|weeks| monthly * weeks * 12.0 / 52.0);
    told
}

/// Who can run what after people have left.
fn classify(told: &mut Told, happened: &Happened<'_>, stopped: &BTreeMap<String, bool>, was: &Analysis<'_>, is: &Analysis<'_>) {
    for entity in was.stack.all() {
        let address = entity.address().to_string();
        let (runners, still) = (was.knowledge().of(&address), is.knowledge().of(&address));
        let ids = |of: &linchpin::analysis::Runners<'_>| {
            let people = of.people.iter().map(|runner| runner.person.to_owned());
            people.chain(of.unlisted.iter().map(ToString::to_string)).collect::<BTreeSet<_>>()
        };
        if ids(runners) == ids(still) || happened.gone.contains(&address) || stopped.get(&address) == Some(&true) {
            continue;
        }
        let set = if still.count() > 0 {
            &mut told.covered
        } else if is.coverage().is_fresh(&address, today()) {
            &mut told.recoverable
        } else {
            &mut told.unmaintained
        };
        set.insert(address);
    }
    for tool in was.stack.tools.values().filter(|tool| tool.is_live()) {
        let gone = |stack: &Stack, id: &str| stack.is_gone(id, today());
        let goes = tool.admins.iter().any(|admin| !gone(was.stack, admin.as_str()) && gone(is.stack, admin.as_str()));
        let is_left = tool.admins.iter().any(|admin| is.stack.people.get(admin.as_str()).is_some_and(|person| person.is_present(today())));
        if goes && !is_left && !happened.gone.contains(&tool.address().to_string()) {
            told.without_admin.insert(tool.address().to_string());
        }
    }
}

/// The stages, routings and automations that are affected.
fn reached(told: &mut Told, happened: &Happened<'_>, before: &Stack) {
    let affected: BTreeSet<String> = told.stopped.union(&told.unmaintained).cloned().collect();
    let of_kind = |kind: &str| affected.iter().filter(|address| address.starts_with(kind)).cloned().collect::<BTreeSet<_>>();
    (told.routings, told.automations) = (of_kind("routing."), of_kind("automation."));
    let is_party = |party: &Value| happened.is_gone("person", party) || happened.is_gone("team", party);
    for (address, table) in
        happened.tables(&[Kind::Routing]).filter(|(_, table)| !matches!(table["status"].as_str().unwrap(), "planned" | "retired"))
    {
        let assigned = table["rule"].as_array().into_iter().flatten().flat_map(|rule| rule["assign"].as_array().unwrap());
        if assigned.into_iter().any(is_party) {
            told.routings.insert(address);
        }
    }
    let mut stages: Vec<Value> = Vec::new();
    for address in &told.stopped {
        let table = before.at(&Address::new(address.as_str())).unwrap().json();
        stages.extend(table["stages"].as_array().cloned().unwrap_or_default());
        stages.push(table["promotes-to"].clone());
    }
    for flow in &told.stops {
        let table = before.at(&Address::new(flow.as_str())).unwrap().json();
        stages.extend(table["steps"].as_array().unwrap().iter().map(|step| step["stage"].clone()));
    }
    let (_, lifecycle) = happened.tables(&[Kind::Lifecycle]).next().unwrap();
    for stage in lifecycle["stage"].as_array().unwrap().iter().filter(|stage| is_party(&stage["handoff"]["to"])) {
        stages.push(format!("lifecycle.main.stage.{}", stage["id"].as_str().unwrap()).into());
    }
    told.stages = stages.iter().filter_map(Value::as_str).map(str::to_owned).collect();
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
        counts.into_iter().for_each(|(what, count)| *seen.entry((what, middleware)).or_default() += count);
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
    tables.iter().for_each(|(kind, id, table)| draft.add(*kind, *id, table.clone()));
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
