//! The only place that touches the disk: a site appears whole or not at all.
//!
//! Files are written beside their places and moved there; the manifest, which lists what linchpin wrote,
//! comes last. What it does not list is never touched, what has not changed is not written again.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Component, Path, PathBuf},
};

use rayon::prelude::*;

use super::File;
use crate::{
    disk::{self, Staged, Unwritten, resolved},
    load::{MANIFEST, ROOT_FILE, plain},
};

/// Why a site could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder is not one to write a site to.
    #[error("cannot write the site to `{}`: {reason}", folder.display())]
    Refused {
        /// The folder.
        folder: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// A file could not be read or written.
    #[error("cannot write `{}`: {reason}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// What writing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Files that are new or changed.
    pub changed: usize,
    /// Files that stayed as they were.
    pub unchanged: usize,
    /// Files that linchpin wrote before and that the site no longer has.
    pub removed: usize,
}

/// How a folder differs from the site that would be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file.
    pub path: String,
    /// How it differs.
    pub how: String,
}

fn failed(path: &Path, error: &io::Error) -> Error {
    Error::Io { path: path.to_owned(), reason: plain(error) }
}

/// Writes a site to a folder.
///
/// # Errors
/// If the folder is not one to write to, or a file cannot be written; the old site then stays as it was.
pub fn write(files: &[File], folder: &Path, root: &Path) -> Result<Written, Error> {
    let resolved = resolved(folder);
    // A path with `..` in it may lead through folders that do not exist, and shall not make them.
    let folder = if folder.components().any(|part| part == Component::ParentDir) { resolved.as_path() } else { folder };
    let old = manifest(folder);
    accept(folder, root, old.is_some())?;
    let old = old.unwrap_or_default();
    let directories: BTreeSet<&str> = files.iter().flat_map(|file| directories(&file.path)).collect();
    check_places(files, &directories, folder, &old)?;
    for directory in [""].iter().chain(&directories) {
        let path = folder.join(directory);
        disk::make_folder(&path).map_err(|error| failed(&path, &error))?;
    }
    // Whoever is interrupted from here on has a folder that is still known to be a site.
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    if !folder.join(MANIFEST).exists() {
        list(&BTreeSet::new(), folder)?;
    }
    sweep(&directories, folder);
    // First everything is written under temporary names, so that a full disk leaves the old site whole.
    let staged: Vec<Option<Staged>> = files.par_iter().map(|file| stage(file, folder)).collect::<Result<_, _>>()?;
    let changed = staged.iter().flatten().count();
    let stale: Vec<&str> = stale(&old, &paths, folder).collect();
    if changed > 0 || !stale.is_empty() {
        list(&paths.iter().copied().chain(old.iter().map(String::as_str)).collect(), folder)?;
    }
    for staged in staged.into_iter().flatten() {
        persist(staged)?;
    }
    for path in &stale {
        remove(folder, path)?;
    }
    list(&paths, folder)?;
    Ok(Written { changed, unchanged: files.len() - changed, removed: stale.len() })
}

/// Compares a folder with the site that would be written.
pub fn compare(files: &[File], folder: &Path) -> Vec<Difference> {
    let mut differences: Vec<Difference> = files.par_iter().filter_map(|file| difference(file, folder)).collect();
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let old = manifest(folder).unwrap_or_default();
    let gone = |path: &str| Difference { path: path.to_owned(), how: "is no longer part of the site".to_owned() };
    differences.extend(stale(&old, &paths, folder).map(gone));
    differences.sort_by(|a, b| a.path.cmp(&b.path));
    differences
}

fn difference(file: &File, folder: &Path) -> Option<Difference> {
    let how = match read(&folder.join(&file.path)) {
        Err(_) => "is missing".to_owned(),
        Ok(found) if found == file.content => return None,
        Ok(found) => {
            let (found, wanted) = (String::from_utf8_lossy(&found), String::from_utf8_lossy(&file.content));
            let line = found.split('\n').zip(wanted.split('\n')).take_while(|(a, b)| a == b).count();
            let shown = |text: &str| text.split('\n').nth(line).unwrap_or("nothing").chars().take(160).collect::<String>();
            format!("differs in line {}: has `{}` instead of `{}`", line + 1, shown(&found), shown(&wanted))
        }
    };
    Some(Difference { path: file.path.clone(), how })
}

/// Reads a regular file; anything else, such as a pipe, which would never end, counts as absent.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path.metadata()?.is_file() { fs::read(path) } else { Err(io::ErrorKind::NotFound.into()) }
}

/// Removes what an interrupted build left: files under temporary names.
fn sweep(directories: &BTreeSet<&str>, folder: &Path) {
    for directory in [""].iter().chain(directories) {
        for entry in fs::read_dir(folder.join(directory)).into_iter().flatten().flatten() {
            if disk::is_temporary(&entry.file_name()) && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                // What cannot be removed is only in the way of nobody.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The files that linchpin wrote to a folder, if it ever did.
fn manifest(folder: &Path) -> Option<BTreeSet<String>> {
    let text = fs::read_to_string(folder.join(MANIFEST)).ok()?;
    // A path that leaves the folder is not ours, whoever wrote it there.
    let is_inside = |path: &str| !path.contains('\\') && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    Some(text.lines().filter(|path| !path.is_empty() && !path.starts_with('#') && is_inside(path)).map(str::to_owned).collect())
}

/// Writes the list of files that linchpin wrote.
fn list(paths: &BTreeSet<&str>, folder: &Path) -> Result<(), Error> {
    let mut text = String::from("# Files that linchpin wrote. It removes these and no others.\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    let file = File { path: MANIFEST.to_owned(), content: text.into_bytes() };
    stage(&file, folder)?.map_or(Ok(()), persist)
}

/// The files that linchpin wrote and that the site no longer has. What lies behind a symbolic link is not ours.
fn stale<'o>(old: &'o BTreeSet<String>, paths: &BTreeSet<&str>, folder: &Path) -> impl Iterator<Item = &'o str> {
    let is_there = |path: &str| {
        let is_real = |directory: &str| folder.join(directory).symlink_metadata().is_ok_and(|there| there.is_dir());
        directories(path).all(is_real) && folder.join(path).symlink_metadata().is_ok_and(|there| !there.is_dir())
    };
    old.iter().map(String::as_str).filter(move |path| !paths.contains(path) && is_there(path))
}

/// The folders that a path leads through.
fn directories(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(at, _)| path.get(..at))
}

/// Refuses folders that hold something else: the stack itself, what contains it, or somebody's files.
fn accept(folder: &Path, root: &Path, is_ours: bool) -> Result<(), Error> {
    let refuse = |reason: &str| Err(Error::Refused { folder: folder.to_owned(), reason: reason.to_owned() });
    let Ok(metadata) = folder.symlink_metadata() else { return Ok(()) };
    if !folder.is_dir() {
        return refuse("there is a file of that name; choose another folder by `--output`");
    }
    if resolved(root).starts_with(resolved(folder)) || folder.join(ROOT_FILE).exists() {
        return refuse("the stack lies in it; choose another folder by `--output`");
    }
    if metadata.is_symlink() && !is_ours {
        return refuse("it is a symbolic link; name the folder itself by `--output`");
    }
    // Empty folders are no files: a first build that failed leaves some.
    let is_file = |entry: walkdir::Result<walkdir::DirEntry>| entry.map_or(true, |entry| !entry.file_type().is_dir());
    if !is_ours && walkdir::WalkDir::new(folder).into_iter().any(is_file) {
        return refuse("it has files that linchpin did not write; choose an empty folder by `--output`");
    }
    Ok(())
}

/// Refuses to write over what linchpin did not write, and through links.
fn check_places(files: &[File], directories: &BTreeSet<&str>, folder: &Path, old: &BTreeSet<String>) -> Result<(), Error> {
    let refuse = |reason: String| Err(Error::Refused { folder: folder.to_owned(), reason });
    for directory in directories {
        match folder.join(directory).symlink_metadata() {
            Ok(there) if there.is_symlink() => return refuse(format!("`{directory}` in it is a symbolic link; remove the link")),
            Ok(there) if !there.is_dir() => {
                return refuse(format!("it has a file `{directory}` where a folder must be; move it away"));
            }
            _ => {}
        }
    }
    for file in files {
        let path = folder.join(&file.path);
        match path.symlink_metadata() {
            Ok(there) if there.is_dir() => return refuse(format!("it has a folder `{}` where a file must be; move it away", file.path)),
            Ok(_) if !old.contains(&file.path) && read(&path).map_or(true, |found| found != file.content) => {
                return refuse(format!("it has a file `{}` that linchpin did not write; move it away", file.path));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Moves a file to its place.
fn persist(staged: Staged) -> Result<(), Error> {
    staged.persist().map_err(|Unwritten { path, error }| failed(&path, &error))
}

/// Writes a file under a temporary name beside its place, unless it is there already.
fn stage(file: &File, folder: &Path) -> Result<Option<Staged>, Error> {
    let path = folder.join(&file.path);
    let is_there = path.symlink_metadata().is_ok_and(|there| there.is_file() && there.len() == file.content.len() as u64);
    if is_there && fs::read(&path).is_ok_and(|found| found == file.content) {
        return Ok(None);
    }
    let staged = disk::stage(&path).and_then(|(mut out, staged)| io::Write::write_all(&mut out, &file.content).map(|()| staged));
    staged.map(Some).map_err(|error| failed(&path, &error))
}

/// Removes a file that linchpin wrote, and its folder if that is now empty.
fn remove(folder: &Path, path: &str) -> Result<(), Error> {
    let path = folder.join(path);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(&path, &error)),
        _ => {}
    }
    // A folder that still has files stays: the error says so, and that is all it says.
    let _ = path.parent().filter(|parent| *parent != folder).map(fs::remove_dir);
    Ok(())
}
