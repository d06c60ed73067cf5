//! Which files belong to a stack, and their text, read once and within limits.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    time::SystemTime,
};

use globset::{Glob, GlobSet, GlobSetBuilder};
use rayon::prelude::*;
use toml::de::{DeTable, DeValue};
use walkdir::{DirEntry, WalkDir};

use super::{Edits, Error};

/// The file that marks the root of a stack.
pub const ROOT_FILE: &str = "stack.toml";
/// A file in every folder that linchpin wrote.
pub const MANIFEST: &str = ".linchpin-manifest";
/// The largest file, in bytes.
pub const MAX_FILE: u64 = 1 << 20;

/// How much a stack may be.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most files.
    pub files: usize,
    /// The most text, in bytes.
    pub total: u64,
}

/// The limits of every stack.
pub const LIMITS: Limits = Limits { files: 20_000, total: 64 << 20 };

/// A file of the stack: its text, or why it could not be read.
#[derive(Debug)]
pub struct Found {
    /// The path relative to the root, with `/`.
    pub path: String,
    /// Its text.
    pub text: Result<String, Refusal>,
}

/// Why a file was not read, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The reason.
    pub reason: String,
    /// The remedy.
    pub help: &'static str,
}

impl Refusal {
    /// Makes a refusal from a reason and a remedy.
    pub fn new(reason: impl Into<String>, help: &'static str) -> Self {
        Self { reason: reason.into(), help }
    }
}

/// Finds and reads every file of the stack, sorted by path. Of a file that was edited the edited text is read.
///
/// # Errors
/// If the folder itself cannot be read.
pub fn read(root: &Path, limits: Limits, edits: &Edits) -> Result<Vec<Found>, Error> {
    let excluded = exclusions(root, edits);
    let mut found = Vec::new();
    let walk = WalkDir::new(root).follow_links(false).sort_by_file_name();
    let mut entries = walk.into_iter();
    while let Some(entry) = entries.next() {
        let entry = entry.map_err(|error| Error::walk(root, error))?;
        if entry.depth() == 0 {
            continue;
        }
        let path = relative(root, entry.path());
        if is_skipped(&entry) || path != ROOT_FILE && excluded.is_match(&path) {
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        if let Some(candidate) = candidate(&entry) {
            found.push((path, candidate));
            if found.len() > limits.files {
                break;
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(read_all(found, limits, edits))
}

/// What tells whether a file has changed: its length and when it was written last.
pub type Stamp = (u64, Option<SystemTime>);

/// Returns the stamps of every file in a folder that may have to do with the stack. What cannot be read has none.
pub fn stamps(root: &Path) -> BTreeMap<PathBuf, Stamp> {
    let walk = WalkDir::new(root).follow_links(false).into_iter().filter_entry(|entry| entry.depth() == 0 || !is_skipped(entry));
    let stamp = |entry: DirEntry| {
        let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        Some((entry.into_path(), (metadata.len(), metadata.modified().ok())))
    };
    walk.filter_map(Result::ok).filter_map(stamp).collect()
}

/// A file that may be read, and its size; or why it must not be.
type Candidate = Result<(PathBuf, u64), Refusal>;

/// Refuses what exceeds the limits of the whole, and reads the rest side by side.
fn read_all(mut candidates: Vec<(String, Candidate)>, limits: Limits, edits: &Edits) -> Vec<Found> {
    let mut total = 0_u64;
    for (index, (_, candidate)) in candidates.iter_mut().enumerate() {
        total = total.saturating_add(candidate.as_ref().map_or(0, |(_, size)| *size).min(MAX_FILE));
        if index >= limits.files {
            *candidate = Err(Refusal::new(
                format!("a stack may have {} files, and this one is past that", limits.files),
                "join small files, or leave some out by `exclude` in `[stack]`",
            ));
        } else if total > limits.total {
            *candidate = Err(Refusal::new(
                format!("a stack may have {} MiB of text, and this file is past that", limits.total >> 20),
                "leave files that describe nothing out by `exclude` in `[stack]`",
            ));
        }
    }
    let text = |path: &str, at: &Path| edits.get(path).map_or_else(|| read_file(at), |text| Ok(text.clone()));
    let read = |(path, candidate): (String, Candidate)| Found { text: candidate.and_then(|(at, _)| text(&path, &at)), path };
    candidates.into_par_iter().map(read).collect()
}

/// Whether a file or folder is hidden, or a folder that linchpin wrote.
fn is_skipped(entry: &DirEntry) -> bool {
    let hidden = entry.file_name().to_string_lossy().starts_with('.');
    hidden || entry.file_type().is_dir() && entry.path().join(MANIFEST).exists()
}

/// Returns the path if the entry is a file of the stack, or why it must not be read.
fn candidate(entry: &DirEntry) -> Option<Candidate> {
    let is_toml = entry.path().extension().is_some_and(|extension| extension == "toml");
    let kind = entry.file_type();
    if kind.is_symlink() {
        let matters = is_toml || entry.path().is_dir();
        return matters
            .then(|| Err(Refusal::new("this is a symbolic link", "put the file itself here, or name it in `exclude` in `[stack]`")));
    }
    if !is_toml || kind.is_dir() {
        return None;
    }
    if !kind.is_file() {
        return Some(Err(Refusal::new("this is no regular file", "remove it, or name it in `exclude` in `[stack]`")));
    }
    Some(Ok((entry.path().to_owned(), entry.metadata().map_or(0, |metadata| metadata.len()))))
}

/// Reads a regular file of at most [`MAX_FILE`] bytes as UTF-8, without its byte-order mark.
///
/// # Errors
/// If it is something else, larger, or not UTF-8.
pub fn read_file(path: &Path) -> Result<String, Refusal> {
    let unreadable = |error: io::Error| Refusal::new(plain(&error), "check its permissions");
    let irregular = || Refusal::new("this is no regular file", "remove it, or name it in `exclude` in `[stack]`");
    // Looked at before, because opening a pipe waits for its other end, and again afterwards, lest it was swapped in between.
    if !path.symlink_metadata().map_err(unreadable)?.is_file() {
        return Err(irregular());
    }
    let file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(irregular());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(MAX_FILE)).unwrap_or(0));
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(Refusal::new("it is larger than 1 MiB", "split it into several files"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
        Refusal::new(format!("it is not UTF-8: line {line} has a byte that is no character"), "save it as UTF-8")
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// Returns what went wrong without the number of the operating system.
pub fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// Returns the path relative to the root, with `/`.
fn relative(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Reads the patterns of `[stack] exclude` ahead of everything else. Patterns that are none are reported by the schema.
fn exclusions(root: &Path, edits: &Edits) -> GlobSet {
    let edited = edits.get(ROOT_FILE).cloned();
    let text = edited.unwrap_or_else(|| read_file(&root.join(ROOT_FILE)).unwrap_or_default());
    let mut set = GlobSetBuilder::new();
    if text.contains("exclude") {
        let (tree, _) = DeTable::parse_recoverable(&text);
        let stack = tree.get_ref().get("stack").map(toml::Spanned::get_ref);
        let list = stack.and_then(|stack| stack.get("exclude")).map(toml::Spanned::get_ref);
        for pattern in list.and_then(DeValue::as_array).into_iter().flat_map(|list| list.iter()) {
            let Some(text) = pattern.get_ref().as_str() else { continue };
            for glob in [Glob::new(text), Glob::new(&format!("{}/**", text.trim_end_matches('/')))].into_iter().flatten() {
                set.add(glob);
            }
        }
    }
    set.build().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Edits, Limits, read};

    /// The paths of what was refused in a folder of three files of 7, 6 and 5 bytes, with the reasons.
    fn refused(limits: Limits) -> Vec<(String, String)> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("a.toml", "x = 10\n"), ("b.toml", "y = 1\n"), ("c.toml", "z= 1\n")] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let found = read(folder.path(), limits, &Edits::new()).unwrap();
        found.into_iter().filter_map(|file| Some((file.path, file.text.err()?.reason))).collect()
    }

    #[test]
    fn a_stack_within_its_limits_is_read_whole() {
        assert_eq!(refused(Limits { files: 3, total: 18 }), []);
    }

    #[test]
    fn the_file_past_the_most_files_is_refused() {
        let reason = "a stack may have 2 files, and this one is past that";
        assert_eq!(refused(Limits { files: 2, total: 18 }), [("c.toml".to_owned(), reason.to_owned())]);
    }

    #[test]
    fn files_past_the_most_text_are_refused_by_their_order() {
        let refused = refused(Limits { files: 3, total: 17 });
        assert_eq!(refused.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["c.toml"]);
    }
}
