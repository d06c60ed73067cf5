//! Tools that can do much the same: how many are compared, and how much of it is kept.

use std::{fmt::Write, time::Instant};

use linchpin::{
    analysis::{Analysis, MOST_PAIRS},
    graph::Graph,
};

use crate::fixture::{Made, today};

/// A stack of tools, each with these capabilities.
fn stack(tools: impl Iterator<Item = Vec<String>>) -> Made {
    let mut text = String::new();
    for (number, capabilities) in tools.enumerate() {
        writeln!(text, "[tool.t{number:05}]\nname = \"T\"\ncategory = \"crm\"\ncapabilities = {capabilities:?}").unwrap();
    }
    Made::one(&text)
}

#[test]
fn of_a_crowd_that_is_all_the_same_only_the_first_pairs_are_kept_but_all_are_counted() {
    let made = stack((0..300).map(|_| vec!["forms".to_owned(), "surveys".to_owned()]));
    let loaded = crate::fixture::load(made.root());
    let graph = Graph::new(&loaded.stack);
    let analysis = Analysis::new(&loaded.stack, &graph, today());
    let [group] = analysis.overlap().groups.as_slice() else { panic!("one group") };
    assert_eq!((group.tools.len(), group.pairs.len(), group.pair_count), (300, MOST_PAIRS, 300 * 299 / 2));
    assert!(group.pairs.is_sorted_by(|a, b| a.tools < b.tools));
    assert_eq!(group.pairs.last().unwrap().tools, ["t00000", "t00100"]);
}

#[test]
fn thousands_of_tools_are_compared_in_no_time() {
    // Every second one has what the one before has, and one thing more.
    let words: Vec<&str> = linchpin::model::vocabulary::capabilities().collect();
    let tools = (0..10_000_usize).map(|number| {
        let seed = number / 2;
        let own = [seed, seed * 7 + 1, seed * 13 + 2, seed * 29 + 3].into_iter().take(3 + number % 2);
        own.map(|at| words[at % words.len()].to_owned()).collect()
    });
    let made = stack(tools);
    let loaded = crate::fixture::load(made.root());
    let graph = Graph::new(&loaded.stack);
    let analysis = Analysis::new(&loaded.stack, &graph, today());
    let start = Instant::now();
    assert!(!analysis.overlap().groups.is_empty());
    let took = start.elapsed();
    assert!(took.as_secs_f64() < 2.0, "{took:?}");
}
