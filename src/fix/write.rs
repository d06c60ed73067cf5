//! Writes the texts that fixing changed, in the place of the files they come from.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    disk::{self, Unwritten},
    load::{Edits, plain},
    source::Sources,
};

/// The mark with which some editors begin a file. The loader leaves it out, so it stands in no text.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file is not the one that was read, or must not be written.
    #[error("`{}` stays as it is: {reason}", path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: &'static str,
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

impl Error {
    fn io(path: &Path, error: &io::Error) -> Self {
        Self::Io { path: path.to_owned(), reason: plain(error) }
    }
}

/// Writes edited texts in the place of the files that were read, which must still say what they said.
///
/// # Errors
/// If a file has changed since, is read-only or no regular file any more, or cannot be written. Before anything is written
/// all files are looked at and all texts stand on the disk under other names.
pub fn write(root: &Path, read: &Sources, edits: &Edits) -> Result<(), Error> {
    let sources = read.iter().map(|(_, source)| source);
    let files = sources.filter_map(|source| Some((source, edits.get(source.path())?)));
    let files = files.map(|(source, text)| {
        let path = place(root, source.path())?;
        let content = fs::read(&path).map_err(|error| Error::io(&path, &error))?;
        let (mark, old) = content.strip_prefix(MARK).map_or((&[][..], content.as_slice()), |rest| (MARK, rest));
        if old != source.text().as_bytes() {
            return Err(Error::Refused { path, reason: "somebody has changed it in the meantime; run this again" });
        }
        Ok((path, [mark, text.as_bytes()].concat()))
    });
    let files = files.collect::<Result<Vec<_>, Error>>()?;
    disk::replace(&files).map_err(|Unwritten { path, error }| Error::io(&path, &error))
}

/// The place of a file of the stack, which no link may lead to.
fn place(root: &Path, relative: &str) -> Result<PathBuf, Error> {
    let mut path = root.to_owned();
    for part in relative.split('/') {
        path.push(part);
        let there = path.symlink_metadata().map_err(|error| Error::io(&path, &error))?;
        if there.is_symlink() {
            return Err(Error::Refused { path, reason: "a symbolic link leads to it" });
        }
    }
    let there = path.symlink_metadata().map_err(|error| Error::io(&path, &error))?;
    if !there.is_file() {
        return Err(Error::Refused { path, reason: "it is no regular file" });
    }
    if there.permissions().readonly() {
        return Err(Error::Refused { path, reason: "it is read-only" });
    }
    Ok(path)
}
