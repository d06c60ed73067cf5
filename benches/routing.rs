//! Routing a million leads, beside reading and writing them and nothing else: `cargo bench --bench routing`.
//!
//! With `--write FILE [ROWS]` nothing is measured and the leads are written to a file, for a profiler or the command itself.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on may stop")]
#![allow(missing_docs, reason = "criterion's macros make functions without docs")]

mod leads;
#[path = "generator/words.rs"]
#[allow(dead_code, clippy::indexing_slicing, clippy::string_slice, reason = "the generator of stacks uses the rest")]
mod words;

use std::{env, fs, hint::black_box, time::Duration};

use criterion::{Criterion, Throughput, criterion_group};

use self::words::Random;

/// As many leads as the target is about.
const LEADS: usize = 1_000_000;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [flag, file, rest @ ..] = arguments.as_slice()
        && flag == "--write"
    {
        let rows = rest.first().map_or(LEADS, |rows| rows.parse().expect("a number"));
        return fs::write(file, leads::table(rows)).expect("the leads can be written");
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}

fn routing(c: &mut Criterion) {
    let (project, table) = (leads::stack(), leads::table(LEADS));
    assert_eq!(leads::read_and_write(&table), LEADS + 1);
    assert_eq!(leads::route(&project, &table), LEADS as u64);
    let mut group = c.benchmark_group("routing");
    group.throughput(Throughput::Bytes(table.len() as u64));
    group.bench_function("read-and-write", |b| b.iter(|| leads::read_and_write(black_box(&table))));
    group.bench_function("route", |b| b.iter(|| leads::route(black_box(&project), black_box(&table))));
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(10));
    targets = routing
}
