//! The site as one archive.

use std::io::{self, Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::File;

/// Packs the files of a site into a zip archive, in a folder of this name. The same files give the same bytes: nothing tells
/// when or by whom they were packed.
///
/// # Errors
/// If there are more files or bytes than an archive can hold.
pub fn archive(files: &[File], folder: &str) -> io::Result<Vec<u8>> {
    // What unpacks an archive may read a path in it as one outside.
    let folder: String = folder.chars().map(|c| if c.is_alphanumeric() || "-_. ".contains(c) { c } else { '-' }).collect();
    let folder = folder.trim_matches(['.', ' ']);
    let folder = if folder.is_empty() { "site" } else { folder };
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        archive.start_file(format!("{folder}/{}", file.path), options).map_err(plain)?;
        archive.write_all(&file.content)?;
    }
    Ok(archive.finish().map_err(plain)?.into_inner())
}

fn plain(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        other => io::Error::other(other.to_string()),
    }
}
