//! The pieces of work that are timed, and those that they are compared with.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use linchpin::{
    Clock, Project,
    analysis::{Analysis, Gone},
    export::ropa,
    model::Date,
    render::{self, File, write},
    report::finding::{self, Format},
};
use tempfile::TempDir;

use super::generator;

/// Makes an empty folder on the disk that the build is on, so that folders in memory do not flatter the numbers.
pub fn folder() -> TempDir {
    TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder for the stack")
}

/// Writes a stack to a folder of its own and returns it with the paths of the TOML files.
pub fn stack(files: &[generator::File]) -> (TempDir, Vec<PathBuf>) {
    let folder = folder();
    generator::write(files, folder.path()).expect("the stack can be written");
    let paths = files.iter().map(|(path, _)| folder.path().join(path)).filter(|path| path.extension() == Some("toml".as_ref())).collect();
    (folder, paths)
}

/// The least that any reader of a stack does: reads every file and parses it as TOML.
pub fn read_and_parse(paths: &[PathBuf]) -> usize {
    let parse = |path: &PathBuf| toml::from_str::<toml::Table>(&fs::read_to_string(path).expect("the file is there")).expect("it is TOML");
    paths.iter().map(|path| parse(path).len()).sum()
}

/// Opens a stack: what every command begins with.
pub fn open(root: &Path) -> Project {
    let now = || Date::new(2026, 11, 20).ok_or_else(|| "no such day".to_owned());
    Project::open(root, Clock { asked: None, now }).expect("the stack can be opened")
}

/// What `linchpin check` does.
pub fn check(root: &Path, format: Format) -> Project {
    let project = open(root);
    finding::write(format, &project, &mut io::sink()).expect("a sink takes everything");
    project
}

/// Renders the site in memory.
pub fn render(project: &Project) -> Vec<File> {
    render::render(project).expect("the site can be rendered")
}

/// What `linchpin build` does, into a fresh folder, which is returned so that removing it is not timed.
pub fn build(root: &Path) -> TempDir {
    let (project, out) = (open(root), folder());
    write::write(&render(&project), out.path(), root).expect("the site can be written");
    out
}

/// The least that any writer of a site does: writes the same bytes to the same number of files in a fresh folder.
pub fn write_plainly(files: &[File]) -> TempDir {
    let out = folder();
    for file in files {
        let path = out.path().join(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(out.path())).expect("the folder can be made");
        fs::write(path, &file.content).expect("the file can be written");
    }
    out
}

/// A question about the people of a stack. The answer is a count of what was found.
pub type Question = fn(&Analysis<'_>) -> usize;

/// What the pages about people and about their data ask, each with its name.
pub const QUESTIONS: [(&str, Question); 4] =
    [("departures", departures), ("bus factor", bus_factor), ("plan", plan), ("personal data", personal_data)];

/// Asks a question of a stack of which nothing has been computed yet.
pub fn ask(project: &Project, question: Question) -> usize {
    let graph = project.graph();
    question(&Analysis::new(&project.stack, &graph, project.today))
}

/// What happens when somebody leaves, for each person alone.
fn departures(analysis: &Analysis<'_>) -> usize {
    let people = analysis.stack.people.keys();
    let departures = people.map(|person| analysis.departure(Gone::person(person.as_str())));
    departures.map(|departure| departure.stops.len() + departure.unmaintained.len() + departure.covered.len()).sum()
}

fn bus_factor(analysis: &Analysis<'_>) -> usize {
    analysis.bus_factors().overall.count
}

fn plan(analysis: &Analysis<'_>) -> usize {
    analysis.plan().steps.len()
}

/// Where signals arrive and a person's record goes, and the record of processing.
fn personal_data(analysis: &Analysis<'_>) -> usize {
    let data = analysis.data_map();
    let missed =
        [&data.consent, &data.suppression, &data.deletion].into_iter().flatten().map(|signal| signal.missed(analysis.stack).count());
    let record = analysis.stack.company.system_of_record.as_ref().and_then(|record| analysis.stack.tools.get(record.as_str()));
    let walk = record.map(|tool| data.erasure(analysis.graph, tool));
    ropa::write(ropa::Format::Csv, analysis, &mut io::sink()).expect("a sink takes everything");
    missed.sum::<usize>() + walk.map_or(0, |walk| walk.missed().count())
}
