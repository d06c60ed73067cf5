//! Git as a witness: who edited which lines of a stack, and when.
//!
//! [`git`] runs the program, [`walk`] reads what it says of commits and files, [`fold`] follows every entity through them. An
//! entity is followed by its address, so that it may move between files and folders, and files may be renamed. Days are those on
//! which authors wrote their commits, in their own time zone: a rebase leaves them as they are, and neither the clock nor the
//! machine changes what is read of a commit.

mod fold;
mod git;
mod walk;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use self::fold::Fold;
use crate::model::Date;

/// Why there is no history.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// There is no program to ask.
    #[error("there is no `git` program here")]
    NoProgram,
    /// The folder is in no repository.
    #[error("the stack is in no git repository")]
    NoRepository,
    /// The repository belongs to another user.
    #[error("the repository belongs to another user, so git does not read it")]
    NotTrusted,
    /// The repository has no working files, or the folder is inside of its own data.
    #[error("the folder is part of a repository without working files")]
    NoWorkingFiles,
    /// Nothing was ever committed.
    #[error("the repository has no commits yet")]
    NoCommits,
    /// The repository does not hold the stack.
    #[error("no file of the stack is committed")]
    Untracked,
    /// Git does not know what it is asked.
    #[error("this version of git is too old")]
    TooOld,
    /// Git took too long.
    #[error("git did not answer in time")]
    Late,
    /// Git refused for another reason.
    #[error("git refused: {0}")]
    Refused(String),
}

/// Why what is known does not go back to the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// The clone is shallow: older commits are elsewhere.
    Shallow,
    /// The clone is partial: versions of files are elsewhere.
    Partial,
}

impl Gap {
    /// Returns what is the matter, and what would help.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Shallow => "the clone is shallow, so what lies behind its oldest commit is unknown; `git fetch --unshallow` brings it",
            Self::Partial => "the clone is partial and lacks versions of files, so what they would say is unknown; a full clone has them",
        }
    }
}

/// Somebody who committed, as `.mailmap` says it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Author {
    /// The name, or what stands in its place.
    pub name: String,
    /// The address; may be empty, or none at all.
    pub email: String,
}

/// A commit that changed files of the stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The index of its author.
    pub author: usize,
    /// The day on which the author wrote it; nothing where it says none.
    pub day: Option<Date>,
}

/// A commit that changed an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The index of the commit.
    pub commit: usize,
    /// The lines that it added, sorted.
    added: Vec<u32>,
}

/// What is known of an entity or a document.
#[derive(Debug, Clone, Default)]
struct Thing {
    /// The commits that changed it, parents first.
    edits: Vec<Edit>,
    /// Its lines in the commit that is checked out, sorted; empty where it is not there.
    committed: Vec<u32>,
    /// Whether it was there before the oldest commit that is known.
    is_older: bool,
}

/// Who edited which lines of a stack.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Those who committed, sorted.
    pub authors: Vec<Author>,
    /// The commits that changed files of the stack, parents first.
    pub commits: Vec<Commit>,
    /// Why what is known does not go back to the beginning.
    pub gap: Option<Gap>,
    things: BTreeMap<String, Thing>,
    lines: HashMap<String, u32>,
}

/// Who wrote the lines of something as it stands now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// How many lines each commit wrote, by its index; only those of which something is left.
    pub by_commit: BTreeMap<usize, usize>,
    /// The commits that changed it, parents first.
    pub edits: Vec<usize>,
    /// Lines that are not committed.
    pub uncommitted: usize,
    /// Lines that were there before the oldest commit that is known.
    pub unknown: usize,
    /// Whether all commits that changed it are known.
    pub is_whole: bool,
}

/// Cuts the text of a TOML file into its entities: address, and lines.
pub type Split = for<'t> fn(&'t str) -> Vec<(String, Vec<&'t str>)>;

/// Returns the key under which the document at a path, relative to the stack's root, is known.
pub fn document(path: &str) -> String {
    format!("file:{path}")
}

impl History {
    /// Reads the history of the stack in a folder; its files are named by their paths in it. Two lines that differ in nothing
    /// but spaces at their ends are the same, and empty ones count for nobody.
    ///
    /// Runs `git` a handful of times, whatever the number of files; the time is linear in the versions of the changed files.
    ///
    /// # Errors
    /// If there is no history to read; what the stack is does not depend on it.
    pub fn read(root: &Path, files: &BTreeSet<&str>, split: Split) -> Result<Self, Missing> {
        let place = walk::place(root)?;
        let checked_out = place.files()?;
        let own = |path: &str| path.strip_prefix(&place.prefix).is_some_and(|path| files.contains(path));
        if !checked_out.keys().any(|path| own(path)) {
            return Err(Missing::Untracked);
        }
        let (mut found, folders) = place.commits()?;
        // Of files that are still there, those count that belong to the stack; of others nobody can say, so all do.
        let counts = |path: &str| is_text(path) && (own(path) || !checked_out.contains_key(path));
        for commit in &mut found {
            commit.changes.retain(|change| counts(&change.path));
        }
        let of_head: Vec<(&String, &String)> = checked_out.iter().filter(|(path, _)| own(path) && is_text(path)).collect();
        let changed = found.iter().flat_map(|commit| &commit.changes);
        let versions = changed.flat_map(|change| change.before.iter().chain([&change.after]).flatten().map(|oid| (&change.path, oid)));
        let (mut oids, mut documents) = (BTreeSet::new(), BTreeSet::new());
        for (path, oid) in versions.chain(of_head.iter().copied()) {
            oids.insert(oid.as_str());
            documents.extend(is_document(path).then(|| oid.clone()));
        }
        let lines = Arc::new(Mutex::new(HashMap::new()));
        let known = Arc::clone(&lines);
        let read = move |oid: &str, text: &str| {
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            let mut parts: Vec<(String, Vec<u32>)> =
                split(text).into_iter().map(|(key, lines)| (key, numbered(lines.into_iter(), &mut known))).collect();
            if documents.contains(oid) {
                parts.push((String::new(), numbered(text.lines(), &mut known)));
            }
            parts
        };
        let texts = place.texts(&oids, read)?;
        let gap = if place.is_shallow { Some(Gap::Shallow) } else { (texts.len() < oids.len()).then_some(Gap::Partial) };
        let mut fold = Fold::new(&texts, &folders, gap);
        for (index, commit) in found.iter().enumerate() {
            fold.add(index, commit);
        }
        for (path, oid) in of_head {
            fold.check_out(path, oid);
        }
        let things = fold.things;
        let mut history =
            Self { gap, things, lines: std::mem::take(&mut *lines.lock().unwrap_or_else(PoisonError::into_inner)), ..Self::default() };
        history.sign(&found);
        Ok(history)
    }

    /// Notes who wrote the commits, and when.
    fn sign(&mut self, found: &[walk::Found]) {
        let author = |(name, email): &(String, String)| Author { name: name.clone(), email: email.clone() };
        let authors: BTreeSet<Author> = found.iter().map(|commit| author(&commit.author)).collect();
        self.authors = authors.into_iter().collect();
        let commit = |found: &walk::Found| Commit {
            author: self.authors.binary_search(&author(&found.author)).unwrap_or_default(),
            day: found.day.parse().ok(),
        };
        self.commits = found.iter().map(commit).collect();
    }

    /// Returns the same history with other names and addresses of its authors, in their order.
    #[must_use]
    pub fn signed_by(&self, authors: Vec<Author>) -> Self {
        Self { authors, ..self.clone() }
    }

    /// Returns who wrote the lines of an entity, by its address, or of a [`document`]; nothing where it is not committed.
    pub fn of<'t>(&self, key: &str, lines: impl Iterator<Item = &'t str>) -> Option<Lines> {
        let thing = self.things.get(key).filter(|thing| !thing.committed.is_empty())?;
        let mut told = Lines { edits: thing.edits.iter().map(|edit| edit.commit).collect(), is_whole: !thing.is_older, ..Lines::default() };
        let mut committed = counted(&thing.committed);
        let mut left: HashMap<u32, usize> = HashMap::new();
        for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
            match self.lines.get(line).and_then(|line| Some((*line, committed.get_mut(line)?))).filter(|(_, count)| **count > 0) {
                Some((line, count)) => {
                    *count -= 1;
                    *left.entry(line).or_default() += 1;
                }
                None => told.uncommitted += 1,
            }
        }
        // The newest commit that wrote a line as it stands is the one that counts.
        for edit in thing.edits.iter().rev() {
            for line in &edit.added {
                if let Some(count) = left.get_mut(line).filter(|count| **count > 0) {
                    *count -= 1;
                    *told.by_commit.entry(edit.commit).or_default() += 1;
                }
            }
        }
        told.unknown = left.values().sum();
        Some(told)
    }
}

/// Whether a path is that of a document and not of tables.
pub fn is_document(path: &str) -> bool {
    path.rsplit('.').next() == Some("md")
}

/// Whether a path is one that a stack, or what a runbook names, may have.
fn is_text(path: &str) -> bool {
    (is_document(path) || path.rsplit('.').next() == Some("toml")) && !path.split('/').any(|part| part.starts_with('.'))
}

/// The numbers of lines, sorted.
fn numbered<'t>(lines: impl Iterator<Item = &'t str>, known: &mut HashMap<String, u32>) -> Vec<u32> {
    let mut numbers = Vec::new();
    for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        let number = known.get(line).copied();
        numbers.push(number.unwrap_or(next));
        if number.is_none() {
            known.insert(line.to_owned(), next);
        }
    }
    numbers.sort_unstable();
    numbers
}

fn counted(lines: &[u32]) -> HashMap<u32, usize> {
    let mut counts = HashMap::new();
    for line in lines {
        *counts.entry(*line).or_default() += 1;
    }
    counts
}
