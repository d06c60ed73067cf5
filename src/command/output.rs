//! `--output FORMAT=PATH`: files beside what goes to standard output, each of them whole or not at all.

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
    let Destination { format, path } = one;
    if is_source(project, path) {
        return Err("it is a file of the stack".to_owned());
    }
    if path.is_symlink() && path.metadata().is_ok_and(|to| to.is_file()) {
        return Err("it is a symbolic link; name the file itself".to_owned());
    }
    let fill = |file: &mut fs::File| {
        // No colours in files, whatever the terminal has.
        let mut out = BufWriter::new(AutoStream::never(file));
        finding::write_capped(*format, cap, project, &mut out).and_then(|()| out.flush())
    };
    let written = match path.metadata() {
        Ok(there) if there.is_dir() => return Err("it is a folder".to_owned()),
        // A pipe or a device is written to; nothing could take its place.
        Ok(there) if !there.is_file() => fs::File::options().write(true).open(path).and_then(|mut file| fill(&mut file)),
        _ => replace(path, fill),
    };
    written.map_err(|error| plain(&error))
}

/// Writes a file beside its place and moves it there.
fn replace(path: &Path, fill: impl FnOnce(&mut fs::File) -> io::Result<()>) -> io::Result<()> {
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
    let mut temporary = builder.tempfile_in(folder)?;
    fill(temporary.as_file_mut())?;
    temporary.persist(path).map(drop).map_err(|error| error.error)
}

/// Whether a path is one of the files that the stack was read from.
fn is_source(project: &Project, path: &Path) -> bool {
    let (Ok(path), Ok(root)) = (path.canonicalize(), project.root.canonicalize()) else { return false };
    let Ok(below) = path.strip_prefix(root) else { return false };
    project.sources.iter().any(|(_, file)| Path::new(file.path()) == below)
}
