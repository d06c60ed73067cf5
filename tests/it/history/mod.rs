//! Git as a witness: repositories made on the spot, with authors and days of their own.

mod compared;
mod edits;
mod missing;
mod oracle;
mod shown;
mod unsafe_repository;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use linchpin::{
    Project,
    analysis::{Editor, Record, Witness, signed},
    history::{History, Missing},
    load,
};

use crate::fixture::{Made, open};

pub const STACK: &str = "[stack]\nname = \"Example\"\nas-of = 2026-11-22\n";
pub const ANA: &str = "Ana <ana@example.com>";
pub const BEN: &str = "Ben <ben@example.com>";

/// A folder that is a repository.
pub struct Repository(Made);

impl Repository {
    /// An empty repository with these files, none of them committed.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let made = Self(Made::of(files));
        made.git(&["init", "-q", "-b", "main"]);
        made
    }

    /// A repository in which somebody has committed a stack with these tables.
    pub fn stack(text: &str, author: &str, day: &str) -> Self {
        let made = Self::of(&[("stack.toml", &format!("{STACK}\n{text}"))]);
        made.commit(author, day);
        made
    }

    pub fn root(&self) -> &Path {
        self.0.root()
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        self.0.write(path, text);
    }

    pub fn git(&self, arguments: &[&str]) -> String {
        git(self.root(), arguments)
    }

    /// Writes a file and commits everything.
    pub fn edit(&self, path: &str, text: &str, author: &str, day: &str) {
        self.write(path, text);
        self.commit(author, day);
    }

    /// Commits everything as somebody, such as `Ana <ana@example.com>`, on a day.
    pub fn commit(&self, author: &str, day: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "x", "--author", author, "--date", &format!("{day}T12:00:00+0000")]);
    }

    pub fn open(&self) -> Project {
        open(self.root())
    }

    /// Who edited each entity, as [`told`].
    pub fn told(&self) -> Vec<String> {
        told(self.root())
    }

    /// What is told of one entity.
    pub fn told_of(&self, address: &str) -> String {
        let told = self.told();
        told.iter().find_map(|line| line.strip_prefix(&format!("{address}: "))).unwrap_or_else(|| panic!("{address}: {told:?}")).to_owned()
    }
}

/// Runs git with nothing of the machine's own settings; whoever commits does so at a fixed time.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = try_git(folder, arguments);
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn try_git(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("git");
    command.args(["-c", "protocol.file.allow=always"]).args(arguments).current_dir(folder);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("GIT_COMMITTER_NAME", "Committer").env("GIT_COMMITTER_EMAIL", "committer@example.com");
    command.env("GIT_AUTHOR_NAME", "Nobody").env("GIT_AUTHOR_EMAIL", "nobody@example.com");
    command.env("GIT_COMMITTER_DATE", "2026-06-01T00:00:00+0000");
    command.output().expect("these tests need git")
}

pub fn read(project: &Project) -> Result<History, Missing> {
    let files: BTreeSet<&str> = project.sources.iter().map(|(_, file)| file.path()).collect();
    History::read(&project.root, &files, load::parts)
}

pub fn witness<'a>(project: &'a Project, history: &'a History) -> Witness<'a> {
    Witness::new(&project.stack, &project.sources, &project.documents, history, project.today)
}

/// Who edited each entity of the stack in a folder: `tool.a: Ana 3 lines 1 commit 2026-01-01; Ben …`, and what is not known.
pub fn told(root: &Path) -> Vec<String> {
    let project = open(root);
    let history = read(&project).unwrap();
    let witness = witness(&project, &history);
    witness.records.iter().map(|record| format!("{}: {}", record.entity.address(), in_words(record))).collect()
}

fn in_words(record: &Record<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    for share in &record.shares {
        let day = share.last.map_or_else(|| "no day".to_owned(), |day| day.to_string());
        parts.push(format!("{} {}/{} {day}", name(share.editor), share.lines, share.commits));
    }
    parts.extend((!record.is_committed).then(|| "not committed".to_owned()));
    parts.extend((record.uncommitted > 0).then(|| format!("{} uncommitted", record.uncommitted)));
    parts.extend((record.unknown > 0).then(|| format!("{} unknown", record.unknown)));
    parts.extend((record.is_committed && !record.is_whole).then(|| "not whole".to_owned()));
    parts.join("; ")
}

pub fn name(editor: Editor<'_>) -> String {
    match editor {
        Editor::Person(id) => format!("person.{id}"),
        Editor::Other(author) => signed(author, false),
    }
}

/// A folder beside the repository, such as that of a clone.
pub fn beside(made: &Made, name: &str) -> PathBuf {
    made.root().join(name)
}
