//! The speed targets, measured as ratios in one run: `cargo bench --bench targets`.
//!
//! Both sides of a ratio run in turn, so that a machine whose speed drifts slows both down. With `--write FOLDER
//! [SCALE [FLAWS]]` nothing is measured and the stack is written to a folder, for a profiler or the command itself;
//! with `--read FOLDER` its files are read and parsed and nothing else, as a process to compare the command with.

#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, reason = "a benchmark that cannot go on may stop")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

mod generator;
mod leads;
mod work;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use linchpin::{
    Project,
    analysis::Analysis,
    diagram::{Caption, map},
    report::finding::Format,
    rules::{self, Settings},
};
use walkdir::WalkDir;

use self::generator::Random;

/// The one of the command, for both sides.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often both sides of a ratio run.
const PAIRS: usize = 7;
/// How often, where one side takes long.
const FEW: usize = 3;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let number = |at: usize, or: usize| arguments.get(at).map_or(or, |text| text.parse().expect("a number"));
    if let [flag, folder, ..] = arguments.as_slice()
        && flag == "--write"
    {
        let files = generator::broken(number(2, 1), number(3, 0));
        return generator::write(&files, Path::new(folder)).expect("the stack can be written");
    }
    if let [flag, folder] = arguments.as_slice()
        && flag == "--read"
    {
        let entries = WalkDir::new(folder).into_iter().map(|entry| entry.expect("the folder can be read").into_path());
        let paths: Vec<PathBuf> = entries.filter(|path| path.extension() == Some("toml".as_ref())).collect();
        return println!("{} tables", work::read_and_parse(&paths));
    }
    println!("{:44} {:>10} {:>10} {:>8} {:>8}", "", "this", "that", "ratio", "at most");
    reading();
    judging();
    people();
    writing();
    routing();
    drawing();
}

/// Runs two pieces of work in turn and prints the medians of both and of their ratio.
fn compare<A, B>(name: &str, most: f64, runs: usize, mut this: impl FnMut() -> A, mut that: impl FnMut() -> B) {
    let mut pairs: Vec<(f64, f64)> = (0..=runs).map(|_| (milliseconds(&mut this), milliseconds(&mut that))).collect();
    // The first pair warms up the disk's cache and the allocator.
    pairs.remove(0);
    let of = |value: fn(&(f64, f64)) -> f64| median(pairs.iter().map(value).collect());
    let (a, b, ratio) = (of(|pair| pair.0), of(|pair| pair.1), of(|pair| pair.0 / pair.1));
    println!("{name:44} {a:7.1} ms {b:7.1} ms {ratio:8.2} {most:8.1}");
}

fn milliseconds<T>(work: &mut impl FnMut() -> T) -> f64 {
    let start = Instant::now();
    let result = work();
    let passed = start.elapsed();
    drop(result);
    passed.as_secs_f64() * 1_000.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn reading() {
    let (healthy, paths) = work::stack(&generator::stack(1));
    let (broken, _) = work::stack(&generator::broken(1, 6_000));
    let (large, _) = work::stack(&generator::stack(10));
    let project = work::open(healthy.path());
    assert!(project.is_valid(), "the generated stack has mistakes: {:?}", project.report.findings.first());
    assert!(work::open(broken.path()).report.findings.len() >= 6_000, "every broken reference is reported");
    compare("check : read and parse", 2.0, PAIRS, || work::check(healthy.path(), Format::Concise), || work::read_and_parse(&paths));
    compare(
        "check --format json : read and parse",
        2.0,
        PAIRS,
        || work::check(healthy.path(), Format::Json),
        || work::read_and_parse(&paths),
    );
    compare(
        "check of 6,000 broken references : check",
        2.0,
        PAIRS,
        || work::check(broken.path(), Format::Concise),
        || work::check(healthy.path(), Format::Concise),
    );
    compare(
        "check of 10 stacks : check",
        12.0,
        FEW,
        || work::check(large.path(), Format::Concise),
        || work::check(healthy.path(), Format::Concise),
    );
    memory("check, memory", 100, &["check", "--format", "concise", &healthy.path().display().to_string()]);
}

/// Each rule alone, on the stack and on ten of them. Rules that take less than this are too quick to compare.
const SLOW: f64 = 1.0;

fn judging() {
    let (small, _) = work::stack(&generator::stack(1));
    let (large, _) = work::stack(&generator::stack(10));
    let (small, large) = (work::open(small.path()), work::open(large.path()));
    // The pages on spend and redundancy, each time with the overlap and the references that they need.
    compare("spend, redundancy of 10 stacks : of one", 12.0, FEW, || consolidate(&large), || consolidate(&small));
    let timed = |project: &_| alone(project, FEW, |run| milliseconds(&mut || run()));
    let mut rows: Vec<(&str, f64, f64)> =
        timed(&large).into_iter().zip(timed(&small)).map(|((name, large), (_, small))| (name, median(large), median(small))).collect();
    let sum = |of: fn(&(&str, f64, f64)) -> f64| rows.iter().map(of).sum::<f64>();
    let (large, small) = (sum(|row| row.1), sum(|row| row.2));
    println!("{:44} {large:7.1} ms {small:7.1} ms {:8.2} {:8.1}", "all rules on 10 stacks : on one", large / small, 12.0);
    rows.retain(|(_, large, _)| *large >= SLOW);
    rows.sort_by(|a, b| (b.1 / b.2).total_cmp(&(a.1 / a.2)));
    for (name, large, small) in rows {
        println!("{:44} {large:7.1} ms {small:7.1} ms {:8.2} {:8.1}", format!("  {name}"), large / small, 15.0);
    }
}

/// What the pages on spend and redundancy ask of a stack; returns how many candidates and costs there are.
fn consolidate(project: &Project) -> usize {
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    let (consolidation, outlay) = (analysis.consolidation(), analysis.outlay());
    let choices = consolidation.within.iter().chain(&consolidation.across);
    choices.map(|choice| choice.candidates.len()).sum::<usize>() + outlay.tools.len()
}

/// Times every rule alone, so many times, with what they share computed before: its name and the times.
fn alone(project: &Project, runs: usize, time: impl Fn(&dyn Fn() -> usize) -> f64) -> Vec<(&'static str, Vec<f64>)> {
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    let settings = Settings::new(&project.stack);
    let run = |only: &str| rules::check(&analysis, &project.sources, &project.documents, &settings, |rule| rule.name == only).len();
    let times = |name: &'static str| {
        run(name);
        (name, (0..runs).map(|_| time(&|| run(name))).collect())
    };
    rules::RULES.iter().map(|rule| times(rule.name)).collect()
}

/// What the pages about people ask, of 1,000 tools and 200 people and of ten times as many.
fn people() {
    let (small, large) = (work::stack(&generator::stack(1)), work::stack(&generator::stack(10)));
    let (small, large) = (work::open(small.0.path()), work::open(large.0.path()));
    for (name, question) in work::QUESTIONS {
        let name = format!("{name} of 10 stacks : of one");
        compare(&name, 15.0, FEW, || work::ask(&large, question), || work::ask(&small, question));
    }
}

fn writing() {
    let (root, _) = work::stack(&generator::stack(1));
    let files = work::render(&work::open(root.path()));
    let bytes: usize = files.iter().map(|file| file.content.len()).sum();
    println!("the site has {} files and {:.1} MB", files.len(), megabytes(bytes));
    compare("build : write plainly", 3.0, PAIRS, || work::build(root.path()), || work::write_plainly(&files));
    let (large, _) = work::stack(&generator::stack(10));
    compare("build of 10 stacks : build", 12.0, FEW, || work::build(large.path()), || work::build(root.path()));
    let out = work::folder();
    let (from, to) = (root.path().display().to_string(), out.path().join("site").display().to_string());
    memory("build, memory", 300, &["build", &from, "--output", &to]);
}

/// As many leads as the target is about.
const LEADS: usize = 1_000_000;

fn routing() {
    let (project, table) = (leads::stack(), leads::table(LEADS));
    compare("route run : read and write with csv", 2.0, FEW, || leads::route(&project, &table), || leads::read_and_write(&table));
    let folder = work::folder();
    let (from, to) = (folder.path().join("leads.csv"), folder.path().join("routed.csv"));
    fs::write(&from, table).expect("the leads can be written");
    let [stack, from, to] = [&leads::example(), &from, &to].map(|path| path.display().to_string());
    memory("route run, memory", 50, &["route", "run", leads::ROUTING, &from, "--stack", &stack, "-o", &to]);
}

fn megabytes(bytes: usize) -> f64 {
    Duration::from_micros(bytes as u64).as_secs_f64()
}

fn drawing() {
    let caption = Caption { prefix: "map", title: "Map", description: "Tools and integrations." };
    for (tools, most) in [(12, None), (24, Some(50)), (40, None), (60, Some(500))] {
        let drawn = generator::map(tools);
        let took = median((0..PAIRS).map(|_| milliseconds(&mut || map::picture(&drawn, &caption))).collect());
        let most = most.map_or_else(|| "–".to_owned(), |most| format!("{most} ms"));
        println!("{:44} {took:7.1} ms {:>10} {:>8} {most:>8}", format!("map of {tools} tools"), "", "");
    }
}

/// Prints the peak of memory of the command itself, where GNU time is installed.
fn memory(name: &str, most: u64, arguments: &[&str]) {
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%M", env!("CARGO_BIN_EXE_linchpin"), "--quiet"]).args(arguments).stdout(Stdio::null());
    let Ok(output) = command.output() else {
        return println!("{name:44} needs GNU time as /usr/bin/time");
    };
    let text = String::from_utf8_lossy(&output.stderr);
    let kilobytes: Option<u64> = text.lines().last().and_then(|line| line.trim().parse().ok());
    match kilobytes {
        Some(kilobytes) => println!("{name:44} {:7} MB {:>10} {:>8} {most:5} MB", kilobytes / 1_000, "", ""),
        None => println!("{name:44} could not be measured: {text}"),
    }
}
