//! Files that are replaced whole or not at all, and where a path leads.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, Write},
    path::{Component, Path, PathBuf},
};

use tempfile::TempPath;

/// What temporary files begin with: hidden, so that nobody takes them for a part of a stack.
const TEMPORARY: &str = ".linchpin-tmp-";

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write `{}`: {error}", path.display())]
pub struct Unwritten {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

/// A file that stands under a temporary name beside its place, and vanishes unless it is moved there.
#[derive(Debug)]
pub struct Staged {
    temporary: TempPath,
    place: PathBuf,
}

impl Staged {
    /// Moves the file to its place.
    ///
    /// # Errors
    /// If it cannot be moved; what is there then stays as it was.
    pub fn persist(self) -> Result<(), Unwritten> {
        let Self { temporary, place } = self;
        temporary.persist(&place).map_err(|error| Unwritten { path: place, error: error.error })
    }
}

/// Opens a file under a temporary name beside its place, with the permissions of the file that is there, or those of any new
/// file. Its folder is made if need be. A link in its place will be replaced, not what it leads to.
///
/// # Errors
/// If it cannot be made, or what is there is read-only or no file at all.
pub fn stage(place: &Path) -> io::Result<(File, Staged)> {
    let there = match place.symlink_metadata() {
        Ok(there) if there.is_symlink() => None,
        Ok(there) if !there.is_file() => return Err(io::Error::other("it is no regular file")),
        Ok(there) if there.permissions().readonly() => return Err(io::Error::other("it is read-only")),
        Ok(there) => Some(there.permissions()),
        Err(_) => None,
    };
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_folder(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What the user's mask leaves of it, as for any new file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let (file, temporary) = builder.tempfile_in(folder)?.into_parts();
    if let Some(permissions) = there {
        file.set_permissions(permissions)?;
    }
    Ok((file, Staged { temporary, place: place.to_owned() }))
}

/// Writes files in the place of what is there, each whole or not at all.
///
/// All are on the disk under temporary names first, so that a full one leaves everything as it was.
///
/// # Errors
/// If a file cannot be written; those that come after it then stay as they were.
pub fn replace(files: &[(PathBuf, Vec<u8>)]) -> Result<(), Unwritten> {
    let write = |path: &Path, content: &[u8]| {
        let (mut file, staged) = stage(path)?;
        file.write_all(content)?;
        file.sync_all()?;
        Ok(staged)
    };
    let staged = files.iter().map(|(path, content)| write(path, content).map_err(|error| Unwritten { path: path.clone(), error }));
    staged.collect::<Result<Vec<_>, _>>()?.into_iter().try_for_each(Staged::persist)
}

/// Whether a file of this name is one that a run which was interrupted has left.
pub fn is_temporary(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(TEMPORARY))
}

/// Makes a folder, and those above it, unless it is there.
///
/// # Errors
/// If it cannot be made.
pub fn make_folder(path: &Path) -> io::Result<()> {
    // Of a file in its place the system would say that it exists.
    if path.is_file() { Err(io::ErrorKind::NotADirectory.into()) } else { fs::create_dir_all(path) }
}

/// Returns a path without links and dots, also where its end does not exist yet.
pub fn resolved(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(out.pop()),
            part => {
                out.push(part);
                out = out.canonicalize().unwrap_or(out);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::{is_temporary, replace, resolved};

    #[test]
    fn either_all_files_are_written_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a"), "old").unwrap();
        fs::write(at("file"), "old").unwrap();
        let failed = replace(&[(at("a"), b"new".to_vec()), (at("file/b"), b"new".to_vec())]).unwrap_err();
        assert_eq!(failed.path, at("file/b"));
        assert_eq!(fs::read_to_string(at("a")).unwrap(), "old");
        replace(&[(at("a"), b"new".to_vec()), (at("new/b"), b"new".to_vec())]).unwrap();
        assert_eq!((fs::read_to_string(at("a")).unwrap(), fs::read_to_string(at("new/b")).unwrap()), ("new".to_owned(), "new".to_owned()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "a temporary file is left");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_what_is_read_only_stays_and_a_link_is_replaced() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        let mode = |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let write = |path: &Path, text: &str| replace(&[(path.to_owned(), text.into())]);
        fs::write(&file, "old").unwrap();
        mode(0o640);
        write(&file, "new").unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        mode(0o440);
        assert_eq!(write(&file, "newer").unwrap_err().error.to_string(), "it is read-only");
        symlink("file", &link).unwrap();
        write(&link, "another").unwrap();
        assert!(!link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(write(folder.path(), "x").unwrap_err().error.to_string(), "it is no regular file");
        assert!(!fs::read_dir(folder.path()).unwrap().any(|entry| is_temporary(&entry.unwrap().file_name())));
    }

    #[test]
    fn paths_that_lead_to_one_place_are_one() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| resolved(&folder.path().join(path));
        assert_eq!(at("new/../a"), at("./a"));
        assert_ne!(at("new/a"), at("a"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path(), folder.path().join("link")).unwrap();
            assert_eq!(at("link/a"), at("a"));
        }
    }
}
