//! The Markdown files that runbooks name: read, or refused with the reason.

use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use super::{validity::UNREADABLE_FILE, walk};
use crate::{
    diagnostic::Diagnostic,
    model::{AnyEntity, Entities, Entity, FilePath, Runbook},
    source::{FileId, SourceFile, Sources},
};

/// Reads the files that runbooks name. What cannot be read is reported at the key that names it.
pub fn read(
    root: &Path,
    runbooks: &Entities<Runbook>,
    salvaged: &Entities<Runbook>,
    sources: &mut Sources,
) -> (Vec<(String, FileId)>, Vec<Diagnostic>) {
    let mut read = Vec::new();
    let mut found = Vec::new();
    let named: Vec<_> = runbooks.values().chain(salvaged.values()).filter_map(|runbook| Some((runbook, runbook.file_name()?))).collect();
    let texts: Vec<_> = named.par_iter().map(|(_, file)| document(root, file)).collect();
    for ((runbook, file), text) in named.into_iter().zip(texts) {
        match text {
            Ok(text) => {
                let id = sources.add(SourceFile::new(file.to_owned(), text.replace("\r\n", "\n")));
                read.push((runbook.id.to_string(), id));
            }
            Err(refusal) => {
                let span = sources.span(runbook.file, &format!("{}/file", runbook.pointer()));
                let message = format!("`{file}` cannot be a runbook: {}", refusal.reason);
                found.push(Diagnostic::new(&UNREADABLE_FILE, runbook.address(), span, message).key("file").help(refusal.help));
            }
        }
    }
    (read, found)
}

impl Entity<Runbook> {
    /// Returns the path of the file with the steps, if there is one.
    pub fn file_name(&self) -> Option<&str> {
        self.body.file.as_ref().map(FilePath::as_str)
    }
}

/// Reads a Markdown file inside the stack, without following links.
fn document(root: &Path, name: &str) -> Result<String, walk::Refusal> {
    if Path::new(name).extension().is_none_or(|extension| extension != "md") && !leaves(name) {
        return Err(walk::Refusal::new("it is no Markdown file", "name a file that ends in `.md`"));
    }
    let path = inside(root, name, "write a path below the stack's folder, such as `runbooks/launch.md`")?;
    walk::read_file(&path)
}

/// Whether a path leads out of the folder that it is relative to.
fn leaves(name: &str) -> bool {
    name.contains('\\') || Path::new(name).components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Returns the path of a regular file inside the stack that is named by its path there, without following links.
///
/// # Errors
/// If it leaves the stack, is hidden, is not there, or is no file; `help` says what to name instead.
pub fn inside(root: &Path, name: &str, help: &'static str) -> Result<PathBuf, walk::Refusal> {
    let refuse = |reason: &str, help| Err(walk::Refusal::new(reason, help));
    if leaves(name) {
        return refuse("the path leaves the stack's folder", help);
    }
    let mut path = root.to_owned();
    for part in Path::new(name).components().filter(|part| *part != Component::CurDir) {
        if part.as_os_str().to_string_lossy().starts_with('.') {
            return refuse("a part of its path is hidden", "move it to a folder whose name does not start with a dot");
        }
        path.push(part);
        match path.symlink_metadata() {
            Err(_) => return refuse("there is no such file", "write the file, or mend the path; it is relative to the stack's folder"),
            Ok(metadata) if metadata.is_symlink() => return refuse("a part of its path is a symbolic link", "put the file itself there"),
            Ok(_) => {}
        }
    }
    if path.is_file() { Ok(path) } else { refuse("it is no regular file", "name a file, and not a folder or device") }
}
