//! Stacks to test with: folders that are checked in, folders that are made on the spot, and golden text.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use linchpin::{Clock, Project, load, model::Date, rules};
use tempfile::TempDir;
use toml::{Table, Value};
use walkdir::WalkDir;

/// The day on which every test takes place unless it says otherwise.
pub fn today() -> Date {
    Date::new(2026, 11, 22).unwrap()
}

/// A folder that is checked in, below `tests/`.
pub fn checked_in(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)
}

/// The folders in a folder that is checked in, sorted.
pub fn folders(path: &str) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(checked_in(path)).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// A stack in a folder of its own that vanishes with the value.
pub struct Made(TempDir);

impl Made {
    /// Writes these files: paths relative to the root, and text.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let made = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            made.write(path, text);
        }
        made
    }

    /// A stack of one file, to which `[stack]` is added.
    pub fn one(text: &str) -> Self {
        Self::of(&[("stack.toml", &format!("[stack]\nname = \"Example\"\n\n{text}"))])
    }

    /// The same files as in a folder.
    pub fn copy_of(folder: &Path) -> Self {
        let made = Self::of(&[]);
        for entry in WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap();
            made.write(path, fs::read(entry.path()).unwrap());
        }
        made
    }

    /// The paths of its TOML files.
    fn tomls(&self) -> Vec<PathBuf> {
        let files = WalkDir::new(self.root()).into_iter().map(|entry| entry.unwrap().into_path());
        files.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect()
    }

    /// Removes every TOML file.
    pub fn remove_toml(&self) {
        self.tomls().iter().for_each(|path| fs::remove_file(path).unwrap());
    }

    /// Changes every TOML file.
    pub fn each_toml(&self, change: impl Fn(String) -> String) {
        for path in self.tomls() {
            let text = fs::read_to_string(&path).unwrap();
            fs::write(path, change(text)).unwrap();
        }
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn open(&self) -> Project {
        open(self.root())
    }
}

/// A clock that says [`today`], whatever the stack says.
pub fn clock() -> Clock {
    Clock { asked: Some(today()), now: || Ok(today()) }
}

/// Loads and judges a stack as of [`today`].
pub fn open(root: &Path) -> Project {
    Project::open(root, clock()).unwrap()
}

/// Loads a stack without judging it.
pub fn load(root: &Path) -> load::Loaded {
    load::load(root, &rules::all()).unwrap()
}

/// The findings of a project, everything that is said of each: place, rule, subject and key, message, label, notes, help, related places.
pub fn told(project: &Project) -> String {
    let mut out = String::new();
    let place = |span: linchpin::source::Span| {
        let file = project.sources.file(span.file);
        let (start, end) = (file.position(span.start), file.position(span.end));
        format!("{}:{}:{}-{}:{}", file.path(), start.line, start.column, end.line, end.column)
    };
    for finding in &project.report.findings {
        let key = finding.key.as_ref().map_or_else(String::new, |key| format!(" ({key})"));
        let level = finding.level.word();
        writeln!(out, "{} {level}[{}] {}{key}", place(finding.span), finding.rule.name, finding.subject).unwrap();
        writeln!(out, "  {}", finding.message).unwrap();
        if !finding.label.is_empty() {
            writeln!(out, "  label: {}", finding.label).unwrap();
        }
        for related in &finding.related {
            let (address, at) = (related.address.as_deref().unwrap_or("-"), related.span.map_or_else(|| "nowhere".to_owned(), place));
            writeln!(out, "  see {at} {address}: {}", related.label).unwrap();
        }
        for note in &finding.notes {
            writeln!(out, "  note: {note}").unwrap();
        }
        if let Some(help) = &finding.help {
            writeln!(out, "  help: {help}").unwrap();
        }
    }
    out
}

/// Compares a text with a file that is checked in. `SNAPSHOTS=overwrite cargo test` writes the file instead.
pub fn golden(actual: &str, file: &Path) {
    let expected = snapbox::Data::read_from(file, Some(snapbox::data::DataFormat::Text)).raw();
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(actual.to_owned(), expected);
}

/// Every TOML file below some folders that are checked in, in one table. Files that are mistaken on purpose are left out.
pub fn merged(folders: &[&str]) -> Table {
    let mut all = Table::new();
    for folder in folders {
        for entry in WalkDir::new(checked_in(folder)).sort_by_file_name().into_iter().map(Result::unwrap) {
            let is_draft =
                entry.path().components().any(|part| part.as_os_str() == "drafts" || part.as_os_str().to_string_lossy().starts_with(".t"));
            if entry.path().extension().is_some_and(|extension| extension == "toml") && !is_draft {
                let table: Table = fs::read_to_string(entry.path()).unwrap().parse().unwrap();
                merge(&mut all, table);
            }
        }
    }
    all
}

fn merge(into: &mut Table, from: Table) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Value::Table(into)), Value::Table(from)) => merge(into, from),
            (Some(Value::Array(into)), Value::Array(from)) => into.extend(from),
            (Some(_), _) => {}
            (None, value) => drop(into.insert(key, value)),
        }
    }
}

/// One line for each finding: `path:line rule subject`.
pub fn brief(project: &Project) -> Vec<String> {
    let line = |finding: &linchpin::diagnostic::Diagnostic| {
        let file = project.sources.file(finding.span.file);
        format!("{}:{} {} {}", file.path(), file.position(finding.span.start).line, finding.rule.name, finding.subject)
    };
    project.report.findings.iter().map(line).collect()
}
