//! The site as one archive.

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read},
    path::Path,
};

use linchpin::render::{self, File};
use zip::ZipArchive;

use super::{TOOL, build_with, place};

/// The files in an archive, by their path.
fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let read = |index: usize| {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        assert!(file.enclosed_name().is_some(), "{name} leads outside");
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        (name, content)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(read).collect()
}

#[test]
fn an_archive_holds_what_the_folder_would_byte_for_byte_and_comes_out_the_same_each_time() {
    let here = place(TOOL);
    build_with(&here, &["-o", "site"], 0);
    let (out, err) = build_with(&here, &["--zip", "data room/northwind.zip"], 0);
    assert_eq!(out, format!("{}\n", Path::new("data room").join("northwind.zip").display()));
    assert!(err.contains("unpack it and open `northwind/index.html`"), "{err}");
    let bytes = fs::read(here.path().join("data room/northwind.zip")).unwrap();
    let files = unpacked(&bytes);
    assert!(files.len() > 90, "{}", files.len());
    for (path, content) in &files {
        let written = fs::read(here.path().join("site").join(path.strip_prefix("northwind/").unwrap())).unwrap();
        assert!(*content == written, "{path} differs");
    }
    build_with(&here, &["--zip", "data room/northwind.zip"], 0);
    assert!(bytes == fs::read(here.path().join("data room/northwind.zip")).unwrap(), "the bytes differ");
    build_with(&here, &["--zip", "other.zip", "--check"], 2);
    build_with(&here, &["--zip", "other.zip", "-o", "elsewhere"], 2);
    assert!(!here.path().join("other.zip").exists() && !here.path().join("elsewhere").exists());
}

#[test]
fn the_folder_in_an_archive_is_a_plain_name_whatever_the_archive_is_called() {
    let file = File { path: "index.html".to_owned(), content: b"x".to_vec() };
    for (name, folder) in
        [("northwind", "northwind"), ("..", "site"), ("a/b\\c:d", "a-b-c-d"), ("", "site"), ("Ünal GmbH 2", "Ünal GmbH 2")]
    {
        let files = unpacked(&render::archive(std::slice::from_ref(&file), name).unwrap());
        assert_eq!(files.keys().collect::<Vec<_>>(), [&format!("{folder}/index.html")]);
    }
}

#[test]
fn an_archive_that_cannot_be_written_is_said_and_the_old_one_stays() {
    let here = place(TOOL);
    fs::create_dir_all(here.path().join("taken.zip")).unwrap();
    let (_, err) = build_with(&here, &["--zip", "taken.zip"], 2);
    assert!(err.contains("cannot write `taken.zip`: it is no regular file"), "{err}");
}
