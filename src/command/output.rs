//! Files that somebody has asked for beside or instead of what goes to standard output, each of them whole or not at all.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::{self, Path, PathBuf},
};

use anstream::AutoStream;
use anyhow::{anyhow, bail};
use linchpin::{
    Project,
    load::plain,
    report::finding::{self, Cap},
    text::terminal::line,
};
use tempfile::NamedTempFile;

use crate::cli::Destination;

/// The files that were asked for.
pub struct Files<'a>(&'a [Destination]);

impl<'a> Files<'a> {
    /// Accepts the files, unless two of them are one.
    pub fn of(all: &'a [Destination]) -> anyhow::Result<Self> {
        let absolute = |one: &Destination| path::absolute(&one.path).unwrap_or_else(|_| one.path.clone());
        let places: Vec<PathBuf> = all.iter().map(absolute).collect();
        for (index, place) in places.iter().enumerate() {
            if places.iter().take(index).any(|other| other == place) {
                bail!("two outputs would be written to `{}`", place.display());
            }
        }
        Ok(Self(all))
    }

    /// Writes every file that can be written and returns their paths; fails with what is to be said of the others.
    pub fn write(&self, project: &Project, cap: Cap) -> anyhow::Result<Vec<String>> {
        let (mut written, mut failed) = (Vec::new(), Vec::new());
        for one in self.0 {
            let shown = line(&one.path.display().to_string()).into_owned();
            match write(one, project, cap) {
                Ok(()) => written.push(shown),
                Err(reason) => failed.push(format!("cannot write `{shown}`: {reason}")),
            }
        }
        if failed.is_empty() { Ok(written) } else { Err(anyhow!(failed.join("; "))) }
    }
}

fn write(one: &Destination, project: &Project, cap: Cap) -> Result<(), String> {
    let fill = |file: &mut fs::File| {
        // No colours in files, whatever the terminal has.
        let mut out = BufWriter::new(AutoStream::never(file));
        finding::write_capped(one.format, cap, project, &mut out).and_then(|()| out.flush())
    };
    place(&one.path, project, fill).map_err(|error| match error {
        Unplaced::Refused(reason) => reason,
        Unplaced::Unfilled(error) => plain(&error),
    })
}

/// Why a file is not where it should be.
pub enum Unplaced<E> {
    /// There can be no file there.
    Refused(String),
    /// What should be in it could not be written.
    Unfilled(E),
}

/// Writes a file, which is replaced as a whole or stays as it was. Its folder is made if need be.
pub fn place<T, E>(path: &Path, project: &Project, fill: impl FnOnce(&mut fs::File) -> Result<T, E>) -> Result<T, Unplaced<E>> {
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
        // A pipe or a device is written to; nothing could take its place.
        Ok(there) if !there.is_file() => {
            let mut file = fs::File::options().write(true).open(path).map_err(|error| refused(&error))?;
            fill(&mut file).map_err(Unplaced::Unfilled)
        }
        _ => {
            let mut temporary = beside(path).map_err(|error| refused(&error))?;
            let filled = fill(temporary.as_file_mut()).map_err(Unplaced::Unfilled)?;
            temporary.persist(path).map_err(|error| refused(&error.error))?;
            Ok(filled)
        }
    }
}

/// Makes a file beside the place that it is to take.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if folder.is_file() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".linchpin-tmp-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What the user's mask leaves of it, as for any new file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Whether a path is one of the files that the stack was read from.
fn is_source(project: &Project, path: &Path) -> bool {
    let (Ok(path), Ok(root)) = (path.canonicalize(), project.root.canonicalize()) else { return false };
    let Ok(below) = path.strip_prefix(root) else { return false };
    project.sources.iter().any(|(_, file)| Path::new(file.path()) == below)
}
