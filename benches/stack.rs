//! Benchmarks of loading, checking, drawing, rendering and building, each beside what it is compared with.

#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, reason = "a benchmark that cannot go on may stop")]
#![allow(missing_docs, reason = "criterion's macros make functions without docs")]

mod generator;
mod work;

use std::{hint::black_box, time::Duration};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use linchpin::{
    diagram::{Caption, map},
    load,
    report::finding::Format,
    rules,
};

/// Reading: what is given, what loading makes of it, and the whole check, also of a stack full of mistakes.
fn reading(c: &mut Criterion) {
    let (healthy, paths) = work::stack(&generator::stack(1));
    let (broken, _) = work::stack(&generator::broken(1, 6_000));
    let mut group = c.benchmark_group("reading");
    group.bench_function("read-and-parse", |b| b.iter(|| work::read_and_parse(black_box(&paths))));
    group.bench_function("load", |b| b.iter(|| load::load(healthy.path(), &rules::all())));
    group.bench_function("check-concise", |b| b.iter(|| work::check(healthy.path(), Format::Concise)));
    group.bench_function("check-json", |b| b.iter(|| work::check(healthy.path(), Format::Json)));
    group.bench_function("check-broken", |b| b.iter(|| work::check(broken.path(), Format::Concise)));
    group.finish();
}

/// Writing: what is given, what rendering adds, and the whole build into a fresh folder.
fn writing(c: &mut Criterion) {
    let (root, _) = work::stack(&generator::stack(1));
    let project = work::open(root.path());
    let files = work::render(&project);
    let mut group = c.benchmark_group("writing");
    group.bench_function("write-plainly", |b| b.iter_with_large_drop(|| work::write_plainly(black_box(&files))));
    group.bench_function("render", |b| b.iter_with_large_drop(|| work::render(black_box(&project))));
    group.bench_function("build", |b| b.iter_with_large_drop(|| work::build(root.path())));
    group.finish();
}

/// Growth: the same on ten times the stack.
fn growth(c: &mut Criterion) {
    let (root, paths) = work::stack(&generator::stack(10));
    let mut group = c.benchmark_group("growth");
    group.bench_function("read-and-parse-10", |b| b.iter(|| work::read_and_parse(black_box(&paths))));
    group.bench_function("check-10", |b| b.iter(|| work::check(root.path(), Format::Concise)));
    group.bench_function("build-10", |b| b.iter_with_large_drop(|| work::build(root.path())));
    group.finish();
}

/// People: who can run what when somebody leaves, how few hold it, what to do about it; of 200 people and of 2,000.
fn people(c: &mut Criterion) {
    let mut group = c.benchmark_group("people");
    for scale in [1, 10] {
        let (root, _) = work::stack(&generator::stack(scale));
        let project = work::open(root.path());
        for (name, question) in work::QUESTIONS {
            group.bench_function(format!("{name}-{scale}"), |b| b.iter(|| work::ask(black_box(&project), question)));
        }
    }
    group.finish();
}

/// Drawing: maps from a handful of tools to the most that one picture shows.
fn drawing(c: &mut Criterion) {
    let mut group = c.benchmark_group("drawing");
    for tools in [12, 24, 40, 60] {
        let caption = Caption { prefix: "map", title: "Map", description: "Tools and integrations." };
        let draw = |drawn| map::picture(&drawn, &caption);
        group.bench_function(format!("map-{tools}"), |b| b.iter_batched(|| generator::map(tools), draw, BatchSize::LargeInput));
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(5));
    targets = reading, writing, growth, people, drawing
}
criterion_main!(benches);
