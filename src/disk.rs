//! Files that are replaced whole or not at all.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// What temporary files begin with: hidden, so that nobody takes them for a part of a stack.
const TEMPORARY: &str = ".linchpin-";

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write `{}`: {error}", path.display())]
pub struct Unwritten {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

/// Writes files in the place of what is there, each whole or not at all, with the permissions that it had.
///
/// All are written under temporary names first, so that a full disk leaves everything as it was. A file behind a symbolic
/// link is replaced, not the link.
///
/// # Errors
/// If a file cannot be written; those that come after it then stay as they were.
pub fn replace(files: &[(PathBuf, Vec<u8>)]) -> Result<(), Unwritten> {
    let staged = files.iter().map(|(path, content)| {
        let failed = |error| Unwritten { path: path.clone(), error };
        let target = if path.symlink_metadata().is_ok() { path.canonicalize().map_err(failed)? } else { path.clone() };
        stage(&target, content).map(|temporary| (temporary, target)).map_err(failed)
    });
    let staged = staged.collect::<Result<Vec<_>, _>>()?;
    for (temporary, path) in staged {
        temporary.persist(&path).map_err(|error| Unwritten { path, error: error.error })?;
    }
    Ok(())
}

/// Writes a file under a temporary name beside its place.
fn stage(path: &Path, content: &[u8]) -> io::Result<tempfile::TempPath> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut temporary = builder.tempfile_in(folder)?;
    temporary.write_all(content)?;
    match path.metadata() {
        Ok(there) if !there.is_file() => return Err(io::Error::other("it is no regular file")),
        Ok(there) => temporary.as_file().set_permissions(there.permissions())?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    temporary.as_file().sync_all()?;
    Ok(temporary.into_temp_path())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::replace;

    #[test]
    fn either_all_files_are_written_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a"), "old").unwrap();
        let failed = replace(&[(at("a"), b"new".to_vec()), (at("nowhere/b"), b"new".to_vec())]).unwrap_err();
        assert_eq!(failed.path, at("nowhere/b"));
        assert_eq!(fs::read_to_string(at("a")).unwrap(), "old");
        replace(&[(at("a"), b"new".to_vec()), (at("b"), b"new".to_vec())]).unwrap();
        assert_eq!((fs::read_to_string(at("a")).unwrap(), fs::read_to_string(at("b")).unwrap()), ("new".to_owned(), "new".to_owned()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "a temporary file is left");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_a_link_is_followed() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("file", &link).unwrap();
        replace(&[(link.clone(), b"new".to_vec())]).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        assert!(link.symlink_metadata().unwrap().is_symlink());
    }
}
