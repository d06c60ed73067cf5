//! Tools that overlap: what is counted, what is kept, and that it agrees with the definition.

use std::{collections::BTreeSet, fmt::Write};

use linchpin::{
    analysis::{Analysis, Group, MOST_PAIRS, Overlap},
    graph::Graph,
    load::Loaded,
    model::vocabulary,
};

use crate::fixture::{Made, load, today};

/// A tool: its unit, if it has one, and what it can do.
type Described = (Option<&'static str>, Vec<&'static str>);

fn id(number: usize) -> String {
    format!("t{number:03}")
}

/// A stack of these tools, numbered.
fn stack(tools: &[Described]) -> Loaded {
    let mut text = "[unit.emea]\nname = \"EMEA\"\n[unit.apac]\nname = \"APAC\"\n".to_owned();
    for (number, (unit, capabilities)) in tools.iter().enumerate() {
        let unit = unit.map_or_else(String::new, |unit| format!("unit = \"{unit}\"\n"));
        let id = id(number);
        writeln!(text, "[tool.{id}]\nname = \"{id}\"\ncategory = \"crm\"\n{unit}capabilities = {capabilities:?}").unwrap();
    }
    load(Made::one(&text).root())
}

fn overlap<T>(loaded: &Loaded, look: impl FnOnce(&Overlap<'_>) -> T) -> T {
    let graph = Graph::new(&loaded.stack);
    look(Analysis::new(&loaded.stack, &graph, today()).overlap())
}

#[test]
fn of_a_crowd_that_is_all_the_same_the_first_pairs_are_kept_and_all_are_counted() {
    let loaded = stack(&vec![(None, vec!["forms", "surveys"]); 300]);
    overlap(&loaded, |overlap| {
        let [group] = overlap.groups.as_slice() else { panic!("there is one group") };
        assert_eq!((group.tools.len(), group.pairs.len(), group.pair_count), (300, MOST_PAIRS, 300 * 299 / 2));
        assert!(group.pairs.is_sorted_by(|a, b| a.tools < b.tools));
        assert_eq!(group.pairs.last().unwrap().tools, ["t000", "t100"]);
    });
}

/// Tools with some of a few capabilities, different for each seed and the same in every run.
fn arbitrary(mut seed: u64) -> Vec<Described> {
    let words: Vec<&str> = vocabulary::capabilities().take(40).collect();
    let mut below = move |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((seed >> 33) % most).unwrap()
    };
    let units = [None, Some("emea"), Some("apac")];
    (0..40).map(|_| (units[below(3)], (0..below(7)).map(|_| words[below(40)]).collect())).collect()
}

/// The pairs that overlap, by comparing each tool with each other.
fn pairs(tools: &[Described]) -> Vec<(usize, usize)> {
    let sets: Vec<BTreeSet<_>> = tools.iter().map(|(_, capabilities)| capabilities.iter().collect()).collect();
    let overlap = |a: usize, b: usize| {
        let shared = sets[a].intersection(&sets[b]).count();
        let in_one_unit = tools[a].0.is_none() || tools[b].0.is_none() || tools[a].0 == tools[b].0;
        in_one_unit && shared >= 2 && shared * 2 >= sets[a].len().min(sets[b].len())
    };
    let all = (0..tools.len()).flat_map(|a| (a + 1..tools.len()).map(move |b| (a, b)));
    all.filter(|(a, b)| overlap(*a, *b)).collect()
}

/// The pairs of tools of different units that overlap, by comparing each tool with each other.
fn pairs_across(tools: &[Described]) -> Vec<(usize, usize)> {
    let sets: Vec<BTreeSet<_>> = tools.iter().map(|(_, capabilities)| capabilities.iter().collect()).collect();
    let overlap = |a: usize, b: usize| {
        let shared = sets[a].intersection(&sets[b]).count();
        let differ = tools[a].0.is_some() && tools[b].0.is_some() && tools[a].0 != tools[b].0;
        differ && shared >= 2 && shared * 2 >= sets[a].len().min(sets[b].len())
    };
    let all = (0..tools.len()).flat_map(|a| (a + 1..tools.len()).map(move |b| (a, b)));
    all.filter(|(a, b)| overlap(*a, *b)).collect()
}

#[test]
fn the_groups_across_units_are_those_that_comparing_each_with_each_finds() {
    let (mut seen, mut same) = (0, 0);
    for seed in 0..60 {
        let mut tools = arbitrary(seed);
        // Tools with the same capabilities, in one unit and in several.
        let twins: Vec<Described> = tools.iter().step_by(3).map(|(_, can)| (Some(["emea", "apac"][can.len() % 2]), can.clone())).collect();
        tools.extend(twins);
        let expected = pairs_across(&tools);
        let loaded = stack(&tools);
        let graph = Graph::new(&loaded.stack);
        let analysis = Analysis::new(&loaded.stack, &graph, today());
        let groups = analysis.across();
        let mut found: Vec<_> = groups.iter().flat_map(|group| &group.pairs).map(|pair| pair.tools.map(str::to_owned)).collect();
        found.sort();
        assert_eq!(found, expected.iter().map(|(a, b)| [id(*a), id(*b)]).collect::<Vec<_>>(), "{tools:?}");
        let members: Vec<Vec<String>> = groups.iter().map(|group| group.tools.iter().map(ToString::to_string).collect()).collect();
        let wanted: Vec<Vec<String>> = components(&expected).iter().map(|of| of.iter().map(|number| id(*number)).collect()).collect();
        assert_eq!(members, wanted, "{tools:?}");
        assert!(groups.iter().all(|group| group.pairs.len() == group.pair_count));
        seen += found.len();
        same += groups
            .iter()
            .flat_map(|group| &group.pairs)
            .filter(|pair| pair.shared.len() == pair.capabilities[0].max(pair.capabilities[1]))
            .count();
    }
    assert!(seen > 200 && same > 50, "only {seen} pairs overlap, {same} of them with the same capabilities");
}

/// The tools that hang together by pairs, sorted.
fn components(pairs: &[(usize, usize)]) -> Vec<BTreeSet<usize>> {
    let mut components: Vec<BTreeSet<usize>> = Vec::new();
    for (a, b) in pairs {
        let (mut joined, rest): (Vec<_>, Vec<_>) = components.into_iter().partition(|of| of.contains(a) || of.contains(b));
        joined.push(BTreeSet::from([*a, *b]));
        components = rest;
        components.push(joined.into_iter().flatten().collect());
    }
    components.sort();
    components
}

#[test]
fn the_groups_are_those_that_comparing_each_with_each_finds() {
    let mut seen = 0;
    for seed in 0..60 {
        let tools = arbitrary(seed);
        let expected = pairs(&tools);
        let named = |(a, b): &(usize, usize)| [id(*a), id(*b)];
        overlap(&stack(&tools), |overlap| {
            let mut found: Vec<_> =
                overlap.groups.iter().flat_map(|group| &group.pairs).map(|pair| pair.tools.map(str::to_owned)).collect();
            found.sort();
            assert_eq!(found, expected.iter().map(named).collect::<Vec<_>>(), "{tools:?}");
            let members = |group: &Group<'_>| group.tools.iter().map(ToString::to_string).collect::<Vec<_>>();
            let wanted = |of: &BTreeSet<usize>| of.iter().map(|number| id(*number)).collect::<Vec<_>>();
            let groups: Vec<_> = overlap.groups.iter().map(members).collect();
            assert_eq!(groups, components(&expected).iter().map(wanted).collect::<Vec<_>>(), "{tools:?}");
            assert!(overlap.groups.iter().all(|group| group.pairs.len() == group.pair_count));
            seen += found.len();
        });
    }
    assert!(seen > 200, "only {seen} pairs overlap");
}
