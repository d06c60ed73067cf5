//! Files that somebody has asked for beside or instead of what goes to standard output, each of them whole or not at all.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use anstream::AutoStream;
use anyhow::{anyhow, bail};
use linchpin::{
    Project,
    disk::{self, Unwritten, resolved},
    load::plain,
    report::finding::{self, Cap},
    text::terminal::line,
};

use crate::cli::{Check, Destination};

/// Accepts the files of a check, unless it would write to one that it reads, to one twice, or a new one of the stack.
pub fn accept(arguments: &Check, root: &Path) -> anyhow::Result<()> {
    let root = resolved(root);
    let mut places: Vec<PathBuf> = Vec::new();
    let outputs = arguments.output.iter().map(|one| &one.path);
    let written: Vec<&PathBuf> = arguments.write_baseline.iter().chain(outputs).collect();
    for path in &written {
        let place = resolved(path);
        if place.starts_with(&root) && place.extension().is_some_and(|extension| extension == "toml") {
            bail!("`{}` would be a file of the stack; give it another name", path.display());
        }
        places.push(place);
    }
    // A baseline may be written in the place of the one that was read, by nothing else.
    let read =
        arguments.baseline.as_deref().map(resolved).filter(|read| places.first() != Some(read) || arguments.write_baseline.is_none());
    for (index, (place, path)) in places.iter().zip(written).enumerate() {
        if read.as_ref() == Some(place) || places.iter().take(index).any(|other| other == place) {
            bail!("`{}` is named twice; give every file that is read or written a place of its own", path.display());
        }
    }
    Ok(())
}

/// Writes every report that can be written and returns the paths; fails with what is to be said of the others.
pub fn write(all: &[Destination], project: &Project, cap: Cap) -> anyhow::Result<Vec<String>> {
    let (mut written, mut failed) = (Vec::new(), Vec::new());
    for Destination { format, path } in all {
        let fill = |file: &mut File| {
            // No colours in files, whatever the terminal has.
            let mut out = BufWriter::new(AutoStream::never(file));
            finding::write_capped(*format, cap, project, &mut out).and_then(|()| out.flush())
        };
        match place(path, project, fill) {
            Ok(()) => written.push(line(&path.display().to_string()).into_owned()),
            Err(error) => failed.push(unwritten(path, &error)),
        }
    }
    if failed.is_empty() { Ok(written) } else { Err(anyhow!(failed.join("; "))) }
}

/// Why a file is not where it should be.
pub enum Unplaced<E> {
    /// There can be no file there.
    Refused(String),
    /// What should be in it could not be written.
    Unfilled(E),
}

/// Says why a file is not where it should be.
pub fn unwritten(path: &Path, error: &Unplaced<io::Error>) -> String {
    let reason = match error {
        Unplaced::Refused(reason) => reason.clone(),
        Unplaced::Unfilled(error) => plain(error),
    };
    format!("cannot write `{}`: {reason}", line(&path.display().to_string()))
}

/// Writes a file, which is replaced as a whole or stays as it was; a pipe or device is written to.
pub fn place<T, E>(path: &Path, project: &Project, fill: impl FnOnce(&mut File) -> Result<T, E>) -> Result<T, Unplaced<E>> {
    let refuse = |reason: &str| Err(Unplaced::Refused(reason.to_owned()));
    if is_source(project, path) {
        return refuse("it is a file of the stack");
    }
    if path.is_symlink() && path.metadata().is_ok_and(|to| to.is_file()) {
        return refuse("it is a symbolic link; name the file itself");
    }
    let refused = |error: &io::Error| Unplaced::Refused(plain(error));
    match path.metadata() {
        Ok(there) if there.is_dir() => refuse("it is a folder"),
        // Nothing could take the place of a pipe or a device.
        Ok(there) if !there.is_file() => {
            let mut device = File::options().write(true).open(path).map_err(|error| refused(&error))?;
            fill(&mut device).map_err(Unplaced::Unfilled)
        }
        _ => {
            let (mut new, staged) = disk::stage(path).map_err(|error| refused(&error))?;
            let filled = fill(&mut new).map_err(Unplaced::Unfilled)?;
            drop(new);
            staged.persist().map_err(|Unwritten { error, .. }| refused(&error))?;
            Ok(filled)
        }
    }
}

/// Whether a path is one of the files that the stack was read from.
fn is_source(project: &Project, path: &Path) -> bool {
    let (path, root) = (resolved(path), resolved(&project.root));
    let below = path.strip_prefix(root);
    below.is_ok_and(|below| project.sources.iter().any(|(_, file)| Path::new(file.path()) == below))
}
