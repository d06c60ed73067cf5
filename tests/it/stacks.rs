//! Whole stacks: a real one, and the one that linchpin is shown with.

use linchpin::{
    Clock, Project,
    diagnostic::Level,
    report::finding::{self, Format},
};
use std::path::Path;

use crate::fixture::{checked_in, golden, today};

/// Judges a stack by its own day.
fn open(root: &str) -> Project {
    Project::open(Path::new(root), Clock { asked: None, now: || Ok(today()) }).unwrap()
}

#[test]
fn the_stack_of_sourcegraph_is_valid_and_its_findings_are_known() {
    let project = open("tests/stacks/sourcegraph");
    let mut text = Vec::new();
    finding::write(Format::Concise, &project, &mut text).unwrap();
    golden(std::str::from_utf8(&text).unwrap(), &checked_in("stacks/sourcegraph.expected.txt"));
    assert!(project.is_valid());
}

#[test]
fn the_example_is_valid_without_errors_and_with_a_few_honest_warnings() {
    let project = open("stack.example");
    assert!(project.is_valid());
    assert_eq!(project.report.count(Level::Error), 0);
    let [warnings, infos] = [Level::Warning, Level::Info].map(|level| project.report.count(level));
    assert!((12..=24).contains(&warnings) && (1..=24).contains(&infos), "{warnings} warnings and {infos} infos");
    assert!(project.stack.company.as_of.is_some(), "the example says on which day it is judged");
}

#[test]
fn every_kind_occurs_in_the_example() {
    let project = open("stack.example");
    for kind in linchpin::model::Kind::ALL {
        assert!(project.stack.count(*kind) > 0, "no {} in stack.example", kind.name());
    }
}
