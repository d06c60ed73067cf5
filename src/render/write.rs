//! The only place that touches the disk: a site appears whole or not at all.
//!
//! Files are written beside their places and moved there; the manifest, which lists what linchpin wrote,
//! comes last. What it does not list is never touched, what has not changed is not written again.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::File;
use crate::load::{MANIFEST, ROOT_FILE, plain};

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
    let old = manifest(folder);
    accept(folder, root, old.is_some())?;
    let old = old.unwrap_or_default();
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    foreign(files, folder, &old)?;
    for directory in files.iter().filter_map(|file| Some(file.path.rsplit_once('/')?.0)).collect::<BTreeSet<_>>() {
        let path = folder.join(directory);
        fs::create_dir_all(&path).map_err(|error| failed(&path, &error))?;
    }
    // First everything is written under temporary names, so that a full disk leaves the old site whole.
    let staged: Vec<Option<(tempfile::TempPath, PathBuf)>> = files.par_iter().map(|file| stage(file, folder)).collect::<Result<_, _>>()?;
    let changed = staged.iter().flatten().count();
    for (temporary, path) in staged.into_iter().flatten() {
        temporary.persist(&path).map_err(|error| failed(&path, &error.error))?;
    }
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let stale: Vec<&String> = old.iter().filter(|path| !paths.contains(path.as_str())).collect();
    for path in &stale {
        remove(folder, path)?;
    }
    let list = File { path: MANIFEST.to_owned(), content: list(&paths).into_bytes() };
    if let Some((temporary, path)) = stage(&list, folder)? {
        temporary.persist(&path).map_err(|error| failed(&path, &error.error))?;
    }
    Ok(Written { changed, unchanged: files.len() - changed, removed: stale.len() })
}

/// Compares a folder with the site that would be written.
pub fn compare(files: &[File], folder: &Path) -> Vec<Difference> {
    let mut differences: Vec<Difference> = files.par_iter().filter_map(|file| difference(file, folder)).collect();
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let stale = manifest(folder).unwrap_or_default().into_iter().filter(|path| !paths.contains(path.as_str()));
    differences.extend(stale.map(|path| Difference { path, how: "is no longer part of the site".to_owned() }));
    differences.sort_by(|a, b| a.path.cmp(&b.path));
    differences
}

fn difference(file: &File, folder: &Path) -> Option<Difference> {
    let how = match fs::read(folder.join(&file.path)) {
        Err(_) => "is missing".to_owned(),
        Ok(found) if found == file.content => return None,
        Ok(found) => {
            let (found, wanted) = (String::from_utf8_lossy(&found), String::from_utf8_lossy(&file.content));
            let line = found.lines().zip(wanted.lines()).take_while(|(a, b)| a == b).count();
            let shown = |text: &str| text.lines().nth(line).unwrap_or("nothing").chars().take(160).collect::<String>();
            format!("differs in line {}: has `{}` instead of `{}`", line + 1, shown(&found), shown(&wanted))
        }
    };
    Some(Difference { path: file.path.clone(), how })
}

/// The files that linchpin wrote to a folder, if it ever did.
fn manifest(folder: &Path) -> Option<BTreeSet<String>> {
    let text = fs::read_to_string(folder.join(MANIFEST)).ok()?;
    // A path that leaves the folder is not ours, whoever wrote it there.
    let is_ours = |path: &&str| {
        !path.is_empty() && !path.starts_with(['#', '/']) && !path.split('/').any(|part| part == "..") && !path.contains('\\')
    };
    Some(text.lines().filter(is_ours).map(str::to_owned).collect())
}

fn list(paths: &BTreeSet<&str>) -> String {
    let mut text = String::from("# Files that linchpin wrote. It removes these and no others.\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// Refuses folders that hold something else: the stack itself, what contains it, or somebody's files.
fn accept(folder: &Path, root: &Path, is_ours: bool) -> Result<(), Error> {
    let refuse = |reason: &str| Err(Error::Refused { folder: folder.to_owned(), reason: reason.to_owned() });
    if let Ok(metadata) = folder.symlink_metadata() {
        if !folder.is_dir() {
            return refuse("there is a file of that name; choose another folder by `--output`");
        }
        if metadata.is_symlink() && !is_ours {
            return refuse("it is a symbolic link; name the folder itself by `--output`");
        }
    }
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if real(root).starts_with(real(folder)) && folder.exists() || folder.join(ROOT_FILE).exists() {
        return refuse("the stack lies in it; choose another folder by `--output`");
    }
    let has_files = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if has_files && !is_ours {
        return refuse("it has files that linchpin did not write; choose an empty folder by `--output`");
    }
    Ok(())
}

/// Refuses to write over files that linchpin did not write.
fn foreign(files: &[File], folder: &Path, old: &BTreeSet<String>) -> Result<(), Error> {
    let in_the_way = files.iter().find(|file| {
        let path = folder.join(&file.path);
        !old.contains(&file.path) && path.symlink_metadata().is_ok() && fs::read(&path).map_or(true, |found| found != file.content)
    });
    in_the_way.map_or(Ok(()), |file| {
        Err(Error::Refused {
            folder: folder.to_owned(),
            reason: format!("it has a file `{}` that linchpin did not write; move it away", file.path),
        })
    })
}

/// Writes a file under a temporary name beside its place, unless it is there already.
fn stage(file: &File, folder: &Path) -> Result<Option<(tempfile::TempPath, PathBuf)>, Error> {
    let path = folder.join(&file.path);
    let is_there = path.symlink_metadata().is_ok_and(|there| there.is_file() && there.len() == file.content.len() as u64);
    if is_there && fs::read(&path).is_ok_and(|found| found == file.content) {
        return Ok(None);
    }
    let parent = path.parent().unwrap_or(folder);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".linchpin-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut temporary = builder.tempfile_in(parent).map_err(|error| failed(&path, &error))?;
    io::Write::write_all(&mut temporary, &file.content).map_err(|error| failed(&path, &error))?;
    Ok(Some((temporary.into_temp_path(), path)))
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
