//! The bus factor against all sets of people.

use std::collections::{BTreeMap, BTreeSet};

use linchpin::{
    analysis::{Analysis, BusFactor, Counted, EXACT, Fewest, Loss},
    graph::ends,
    model::{AnyEntity, Area, Criticality, Kind, Stack},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::draft::{Draft, Tape, ask, draft, tape};

/// What is important: who can run each part, and what it weighs in tenths.
type Parts = Vec<(BTreeSet<String>, u64)>;

/// Whoever is counted, as an address, with as how many.
fn name(who: Counted<'_>) -> String {
    match who {
        Counted::Person(id) => format!("person.{id}"),
        Counted::Unnamed(id) => format!("team.{id}"),
    }
}

fn people(who: &str) -> usize {
    if who.starts_with("team.") { 2 } else { 1 }
}

/// Weights in tenths of what is critical and what is high.
type Tenths = [u64; 2];

fn parts(analysis: &Analysis<'_>, tenths: Tenths, is_wanted: impl Fn(&dyn AnyEntity) -> bool) -> Parts {
    let important = analysis.stack.all().filter(|entity| entity.is_live() && is_wanted(*entity));
    let part = |entity: &dyn AnyEntity| {
        let weight = match entity.criticality()? {
            Criticality::Critical => tenths[0],
            Criticality::High => tenths[1],
            _ => return None,
        };
        let runners = analysis.knowledge().of(entity.address().as_str());
        let people = runners.staying().map(|runner| format!("person.{}", runner.person));
        Some((people.chain(runners.unlisted.iter().map(|team| format!("team.{team}"))).collect(), weight))
    };
    important.filter_map(part).collect()
}

/// Twice what nobody can run without them, and all of the weight.
fn lost(parts: &Parts, gone: &BTreeSet<&str>) -> (u64, u64) {
    let lost = parts.iter().filter(|(who, _)| who.iter().all(|one| gone.contains(one.as_str())));
    (2 * lost.map(|(_, weight)| weight).sum::<u64>(), parts.iter().map(|(_, weight)| weight).sum())
}

fn is_enough(parts: &Parts, gone: &BTreeSet<&str>) -> bool {
    let (lost, all) = lost(parts, gone);
    lost > all
}

/// The fewest people, and every set of so many that is enough, by trying all sets.
fn fewest(parts: &Parts) -> Option<(usize, BTreeSet<Vec<String>>)> {
    let all: Vec<&str> = parts.iter().flat_map(|(who, _)| who).map(String::as_str).collect::<BTreeSet<_>>().into_iter().collect();
    let mut found: BTreeMap<usize, BTreeSet<Vec<String>>> = BTreeMap::new();
    for bits in 0..1_u32 << all.len() {
        let gone: BTreeSet<&str> = all.iter().enumerate().filter(|(number, _)| bits >> number & 1 == 1).map(|(_, who)| *who).collect();
        if is_enough(parts, &gone) {
            let count = gone.iter().map(|who| people(who)).sum();
            found.entry(count).or_default().insert(gone.iter().map(ToString::to_string).collect());
        }
    }
    found.into_iter().next()
}

/// Says what is wrong with a bus factor.
fn judge(factor: &BusFactor<'_>, parts: &Parts) -> Result<(), TestCaseError> {
    let names = |loss: &Loss<'_>| loss.who.iter().map(|who| name(*who)).collect::<Vec<_>>();
    let check = |loss: &Loss<'_>| {
        let names = names(loss);
        let gone: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        let (lost, all) = lost(parts, &gone);
        prop_assert!(lost > all, "{names:?} are not enough");
        #[expect(clippy::cast_precision_loss, reason = "the weights are small")]
        let weight = lost as f64 / 20.0;
        prop_assert!((loss.weight - weight).abs() < 1e-9, "without {names:?} {} is lost, not {weight}", loss.weight);
        Ok(())
    };
    prop_assert_eq!(factor.count, parts.len());
    let truth = fewest(parts);
    match (&factor.fewest, truth) {
        (Fewest::Nothing, None) => prop_assert!(parts.iter().all(|(_, weight)| *weight == 0)),
        (Fewest::Exactly { people, sets, are_more }, Some((fewest, all))) => {
            prop_assert_eq!(*people, fewest);
            let found: BTreeSet<Vec<String>> = sets.iter().map(names).collect();
            prop_assert_eq!(found.len(), sets.len(), "a set is told twice");
            prop_assert!(found.is_subset(&all), "{:?} of {:?}", found, all);
            prop_assert_eq!(*are_more, found.len() < all.len());
            for set in sets {
                check(set)?;
            }
        }
        (Fewest::Between { least, most }, Some((fewest, _))) => {
            prop_assert!(*least <= fewest && fewest <= most.people(), "{fewest} is not from {least} to {}", most.people());
            prop_assert!(fewest > EXACT, "so few are found exactly");
            check(most)?;
        }
        (found, truth) => prop_assert!(false, "{found:?} is not {truth:?}"),
    }
    Ok(())
}

/// The areas of the tools that an entity touches.
fn areas(stack: &Stack, entity: &dyn AnyEntity) -> BTreeSet<Area> {
    let id = entity.id().as_str();
    let tools: Vec<String> = match entity.kind() {
        Kind::Tool => vec![id.to_owned()],
        Kind::Integration => ends(&stack.integrations[id]).map(str::to_owned).collect(),
        Kind::Flow => stack.flows[id].steps.iter().map(|step| step.tool.as_str().to_owned()).collect(),
        _ => entity.json()["tool"].as_str().map(str::to_owned).into_iter().collect(),
    };
    tools.iter().map(|tool| stack.tools[tool.as_str()].category.area()).collect()
}

fn judge_all(draft: &Draft, tenths: Tenths) -> Result<(), TestCaseError> {
    let stack = draft.stack();
    ask(&stack, |analysis| {
        let factors = analysis.bus_factors();
        judge(&factors.overall, &parts(analysis, tenths, |_| true))?;
        let mut known = BTreeSet::new();
        for (area, factor) in &factors.areas {
            known.insert(*area);
            judge(factor, &parts(analysis, tenths, |entity| areas(&stack, entity).contains(area)))?;
        }
        let important = stack.all().filter(|entity| entity.is_important());
        let wanted: BTreeSet<Area> = important.flat_map(|entity| areas(&stack, entity)).collect();
        prop_assert_eq!(known, wanted);
        Ok(())
    })
}

/// Weights that are no sums of halves, beside the defaults.
const WEIGHTS: [Tenths; 5] = [[40, 20], [3, 1], [1, 1], [7, 0], [6, 3]];

fn weighted(draft: &mut Draft, tenths: Tenths) {
    let [critical, high] = tenths.map(|tenths| tenths.to_string().parse::<f64>().unwrap() / 10.0);
    if draft.risk.is_null() {
        draft.risk = json!({});
    }
    draft.risk["criticality-weight"] = json!({ "critical": critical, "high": high });
}

/// Tools that only owner and backup can run, of many people.
fn crowd(numbers: &[u8]) -> Draft {
    let mut tape = Tape::new(numbers);
    let mut draft = Draft::default();
    let people = 3 + tape.below(9);
    for number in 0..people {
        draft.add(Kind::Person, format!("p{number:02}"), json!({ "name": "Somebody" }));
    }
    for number in 0..2 {
        draft.add(Kind::Team, format!("g{number}"), json!({ "name": "Group", "members-listed": false }));
    }
    for number in 0..4 + tape.below(26) {
        let mut table = json!({ "name": "Tool", "category": "crm", "criticality": tape.of(&["high", "high", "critical"]) });
        for key in ["owner", "backup"] {
            let party = if tape.one_in(10) { format!("g{}", tape.below(2)) } else { format!("p{:02}", tape.below(people)) };
            if !tape.one_in(5) {
                table[key] = party.into();
            }
        }
        draft.add(Kind::Tool, format!("t{number:02}"), table);
    }
    draft
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fewest_are_those_that_trying_all_sets_finds(tape in tape(), weights in 0..WEIGHTS.len()) {
        let mut draft = draft(&tape, true);
        weighted(&mut draft, WEIGHTS[weights]);
        judge_all(&draft, WEIGHTS[weights])?;
    }

    #[test]
    fn the_fewest_of_a_crowd_are_those_that_trying_all_sets_finds(tape in tape(), weights in 0..WEIGHTS.len()) {
        let mut draft = crowd(&tape);
        weighted(&mut draft, WEIGHTS[weights]);
        judge_all(&draft, WEIGHTS[weights])?;
    }
}

/// So many important tools, owned by whoever the number of the tool says.
fn owned(count: usize, people: usize, owners: impl Fn(usize) -> Vec<usize>) -> Draft {
    let mut draft = Draft::default();
    for number in 0..people {
        draft.add(Kind::Person, format!("p{number:02}"), json!({ "name": "Somebody" }));
    }
    for number in 0..count {
        let mut table = json!({ "name": "Tool", "category": "crm", "criticality": "high" });
        for (key, owner) in ["owner", "backup"].into_iter().zip(owners(number)) {
            table[key] = Value::from(format!("p{owner:02}"));
        }
        draft.add(Kind::Tool, format!("t{number:05}"), table);
    }
    draft
}

fn overall(draft: &Draft) -> (usize, usize, bool) {
    let stack = draft.stack();
    ask(&stack, |analysis| match &analysis.bus_factors().overall.fewest {
        Fewest::Exactly { people, .. } => (*people, *people, true),
        Fewest::Between { least, most } => (*least, most.people(), false),
        Fewest::Nothing => panic!("nothing is important"),
    })
}

#[test]
fn exactly_half_is_not_more_than_half_whatever_the_weights_sum_to() {
    for tenths in [1, 2, 3, 7] {
        for tools in [2, 6, 10, 20, 30, 110] {
            let mut draft = owned(tools, 2, |number| vec![number % 2]);
            weighted(&mut draft, [tenths, tenths]);
            assert_eq!(overall(&draft), (2, 2, true), "{tools} tools of {tenths} tenths: each of two holds half");
            let mut idle = owned(tools, 1, |number| if number % 2 == 0 { vec![0] } else { vec![] });
            weighted(&mut idle, [tenths, tenths]);
            assert_eq!(overall(&idle), (1, 1, true), "half of it has nobody, which is not more than half");
            let mut more = owned(tools + 1, 2, |number| vec![number % 2]);
            weighted(&mut more, [tenths, tenths]);
            assert_eq!(overall(&more), (1, 1, true), "one holds a tool more");
        }
    }
    assert_eq!(overall(&owned(3, 1, |number| if number == 0 { vec![0] } else { vec![] })), (0, 0, true));
}

#[test]
fn of_more_people_than_are_looked_for_exactly_bounds_are_stated() {
    // Each of 20 holds as much as another: 11 are more than half.
    assert_eq!(overall(&owned(40, 20, |number| vec![number % 20])), (11, 11, false));
    // Four hold 38 of 80, one of the others two, everybody else one.
    let (least, most, _) = overall(&owned(80, 44, |number| if number < 38 { vec![number % 4] } else { vec![4 + (number - 38) % 40] }));
    assert!(least <= 6 && 6 <= most && least > EXACT, "{least} to {most}");
}

#[test]
fn a_search_that_takes_too_long_is_given_up_and_its_bounds_are_true() {
    // Every two of 40 people share a tool, and of the others just as many have nobody that seven pairs tip the balance.
    let pairs: Vec<[usize; 2]> = (0..40).flat_map(|a| (a + 1..40).map(move |b| [a, b])).collect();
    let draft = owned(2 * pairs.len() - 13, 40, |number| pairs.get(number).map_or_else(Vec::new, |pair| pair.to_vec()));
    let (least, most, is_exact) = overall(&draft);
    assert!(!is_exact, "it was not given up");
    // Four people share six tools, five of them ten.
    assert!(least <= 5 && 5 <= most, "{least} to {most}");
    assert_eq!(least, EXACT, "three people were looked at");
}

#[test]
fn a_stack_without_people_or_without_anything_important_has_an_answer() {
    assert_eq!(overall(&owned(4, 0, |_| vec![])), (0, 0, true));
    let stack = Draft::default().stack();
    ask(&stack, |analysis| {
        assert_eq!(analysis.bus_factors().overall.fewest, Fewest::Nothing);
        assert!(analysis.bus_factors().areas.is_empty());
    });
    let mut weightless = owned(4, 2, |number| vec![number % 2]);
    weightless.risk = json!({ "criticality-weight": { "high": 0 } });
    let stack = weightless.stack();
    ask(&stack, |analysis| assert_eq!(analysis.bus_factors().overall.fewest, Fewest::Nothing));
}
