//! Whole stacks: two real ones, and the one that linchpin is shown with.

use linchpin::{
    Clock, Project,
    analysis::Analysis,
    diagnostic::Level,
    model::Record,
    report::{
        finding::{self, Format},
        proof::{self, Proven},
    },
    routing::{Engine, Scorer},
};
use std::path::Path;

use crate::fixture::{checked_in, golden, today};

/// Judges a stack by its own day.
fn open(root: &str) -> Project {
    Project::open(Path::new(root), Clock { asked: None, now: || Ok(today()) }).unwrap()
}

/// Compares everything that is found in a stack with what was found when somebody last read it.
fn assert_known(name: &str) {
    let project = open(&format!("tests/stacks/{name}"));
    let mut text = Vec::new();
    finding::write(Format::Concise, &project, &mut text).unwrap();
    golden(std::str::from_utf8(&text).unwrap(), &checked_in(&format!("stacks/{name}.expected.txt")));
    assert!(project.is_valid());
}

/// Compares what is proven about the routings of a stack with what was proven when somebody last read it.
fn assert_proven(name: &str) {
    let project = open(&format!("tests/stacks/{name}"));
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    let proven = Proven::all(&analysis);
    let mut text = Vec::new();
    proof::write(proof::Format::Text, &proven, &mut text).unwrap();
    golden(std::str::from_utf8(&text).unwrap(), &checked_in(&format!("stacks/{name}.proof.txt")));
    assert!(!proven.is_empty());
}

#[test]
fn what_is_proven_about_the_routings_of_sourcegraph_is_known() {
    assert_proven("sourcegraph");
}

#[test]
fn what_is_proven_about_the_routings_of_posthog_is_known() {
    assert_proven("posthog");
}

#[test]
fn the_stack_of_sourcegraph_is_valid_and_its_findings_are_known() {
    assert_known("sourcegraph");
}

#[test]
fn the_stack_of_posthog_is_valid_and_its_findings_are_known() {
    assert_known("posthog");
}

#[test]
fn the_tests_of_every_routing_and_scoring_of_real_stacks_pass() {
    for (name, least) in [("sourcegraph", 10), ("posthog", 40)] {
        let project = open(&format!("tests/stacks/{name}"));
        let engine = Engine::new(&project.stack);
        let mut ran = 0;
        for router in engine.routers() {
            for (test, _, passes) in router.tests() {
                assert!(passes, "{name}, {}: {}", router.routing.id, test.name);
                ran += 1;
            }
        }
        for scoring in project.stack.scorings.values() {
            for (test, points) in Scorer::new(&project.stack, scoring).tests() {
                assert_eq!(points, test.expect, "{name}, {}: {}", scoring.id, test.name);
                ran += 1;
            }
        }
        assert!(ran >= least, "{name}: {ran}");
    }
}

/// A record with these numbers.
fn record(numbers: &[(&str, f64)]) -> Record {
    let table = numbers.iter().map(|(field, number)| ((*field).to_owned(), serde_json::json!(number)));
    serde_json::from_value(table.collect::<serde_json::Map<_, _>>().into()).unwrap()
}

#[test]
fn bands_of_posthogs_score_overlap_at_the_ends_that_they_share_and_nowhere_else() {
    let project = open("tests/stacks/posthog");
    let scorer = Scorer::new(&project.stack, &project.stack.scorings["icp"]);
    let counted = |field: &str, number: f64| {
        let record = scorer.form.values(&record(&[(field, number)]));
        scorer.criteria.iter().filter(|logic| logic.holds(&record)).count()
    };
    for (field, ends, beside) in [("employees", &[1_000.0][..], 1.0), ("estimated-revenue", &[1e6, 1e7, 1e8], 0.01)] {
        for end in ends {
            assert_eq!([-beside, 0.0, beside].map(|by| counted(field, end + by)), [1, 2, 1], "{field} of {end}");
        }
    }
    assert_eq!([counted("employees", 10.0), counted("employees", 11.0)], [1, 1]);
}

#[test]
fn two_rules_of_posthogs_new_business_overlap() {
    let project = open("tests/stacks/posthog");
    let engine = Engine::new(&project.stack);
    let router = engine.router("new-business").unwrap();
    let take = |days: f64, invoice: f64| -> Vec<&str> {
        let record = router.form.values(&record(&[("days-to-roll-off", days), ("last-invoice", invoice)]));
        let rules = router.rules.iter().zip(&router.routing.rule).filter(|(logic, _)| logic.holds(&record));
        rules.map(|(_, rule)| rule.name.as_str()).collect()
    };
    let (early, late) = ("Startup rolls off within 100 days", "Startup rolls off within two months");
    assert_eq!(take(60.0, 2_000.0), [early, late]);
    assert_eq!(take(60.0, 5_000.0), [early, late]);
    assert_eq!([take(61.0, 2_000.0), take(60.0, 1_999.0), take(60.0, 5_001.0)], [[early], [late], [late]]);
    assert!(take(101.0, 2_000.0).is_empty() && take(60.0, 1_500.0).is_empty());
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
