//! What is true of 200 rules over ten fields, whatever record comes: `cargo bench --bench proof`.
//!
//! Before anything is timed it says of every set whether all questions were answered, and why not where they were not.

#![expect(clippy::expect_used, clippy::print_stderr, reason = "a benchmark that cannot go on may stop, and says what it measures")]
#![allow(missing_docs, reason = "criterion's macros make functions without docs")]

#[path = "generator/rules.rs"]
#[allow(clippy::indexing_slicing, clippy::string_slice, reason = "its texts are its own")]
mod rules;
#[path = "generator/words.rs"]
#[allow(dead_code, clippy::indexing_slicing, clippy::string_slice, reason = "the generator of stacks uses the rest")]
mod words;

use std::{fs, hint::black_box, path::Path, time::Duration};

use criterion::{Criterion, criterion_group, criterion_main};
use linchpin::{
    Clock, Project,
    model::Date,
    routing::{Overlaps, Router, RoutingProof},
};
use tempfile::TempDir;

use self::words::Random;

/// As many rules as the target is about.
const RULES: usize = 200;

/// Opens a stack of one file.
fn open(text: &str) -> Project {
    let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder for the stack");
    fs::write(folder.path().join("stack.toml"), text).expect("the stack can be written");
    let project = at(folder.path());
    assert!(project.is_valid(), "{:?}", project.report.findings.iter().map(|finding| &finding.message).collect::<Vec<_>>());
    project
}

fn at(folder: &Path) -> Project {
    let clock = Clock { asked: Date::new(2026, 11, 20), now: || Err(String::new()) };
    Project::open(folder, clock).expect("the stack can be opened")
}

fn proving(c: &mut Criterion) {
    let sets = [
        ("inbound", at(&Path::new(env!("CARGO_MANIFEST_DIR")).join("stack.example")), "inbound"),
        ("realistic", open(&rules::realistic(RULES)), "leads"),
        ("adversarial", open(&rules::adversarial(RULES)), "leads"),
    ];
    let mut group = c.benchmark_group("proof");
    for (name, project, routing) in &sets {
        let routing = project.stack.routings.get(*routing).expect("the routing is there");
        let router = Router::new(&project.stack, routing);
        describe(name, &router);
        group.bench_function(*name, |b| b.iter(|| (RoutingProof::new(black_box(&router)), Overlaps::new(black_box(&router)))));
        group.bench_function(format!("{name}, rules alone"), |b| b.iter(|| RoutingProof::new(black_box(&router))));
    }
    group.finish();
}

/// Says what came out, which does not depend on the machine.
fn describe(name: &str, router: &Router<'_>) {
    let (proof, overlaps) = (RoutingProof::new(router), Overlaps::new(router));
    let doubt = proof.doubt.or(overlaps.doubt).map_or("all decided".to_owned(), |doubt| format!("not decided: {doubt}"));
    let undecided = proof.rules.iter().filter(|rule| rule.reached.is_yes().is_none()).count();
    eprintln!(
        "{name}: {} rules over {} fields, {} never the first, {undecided} of them not decided; {} overlaps; {doubt}",
        router.rules.len(),
        router.form.fields().len(),
        proof.unreachable().count(),
        overlaps.pairs.len(),
    );
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5));
    targets = proving
}
criterion_main!(benches);
