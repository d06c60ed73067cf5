//! Where a site may be written: nowhere where something else stands, and never through a link.

use std::fs;

use linchpin::load::MANIFEST;

use super::{OTHER, TOOL, build_with, place, rewrite, snapshot};

#[test]
fn folders_that_are_not_for_a_site_are_refused() {
    let folder = place(TOOL);
    folder.write("full/letter.txt", "mine");
    folder.write("file", "mine");
    folder.write("stack/notes/plan.md", "mine");
    let before = snapshot(folder.path());
    let root = folder.path().to_string_lossy().into_owned();
    let outputs = [
        ("stack", "the stack lies in it"),
        (".", "the stack lies in it"),
        ("/", "the stack lies in it"),
        (root.as_str(), "the stack lies in it"),
        ("stack/../stack", "the stack lies in it"),
        ("absent/..", "the stack lies in it"),
        ("absent/../stack", "the stack lies in it"),
        ("full", "has files that linchpin did not write"),
        ("stack/notes", "has files that linchpin did not write"),
        ("file", "there is a file of that name"),
        ("file/site", "file"),
    ];
    for (output, reason) in outputs {
        let (out, err) = build_with(&folder, &["-o", output], 2);
        assert_eq!(out, "", "{output}");
        assert!(err.contains(reason), "{output}: {err}");
        assert!(snapshot(folder.path()) == before, "{output}");
    }
}

#[test]
fn files_of_others_are_neither_removed_nor_overwritten() {
    let folder = place(TOOL);
    build_with(&folder, &[], 0);
    folder.write("site/CNAME", "stack.example.com\n");
    folder.write("site/tools/notes.txt", "mine\n");
    build_with(&folder, &[], 0);
    assert_eq!(folder.read("site/CNAME"), "stack.example.com\n");
    folder.write("site/tools/b.html", "mine\n");
    rewrite(&folder, &format!("{TOOL}{OTHER}"));
    let before = snapshot(&folder.path().join("site"));
    let (out, err) = build_with(&folder, &[], 2);
    assert_eq!(out, "");
    assert!(err.contains("`tools/b.html`") && err.contains("did not write"), "{err}");
    assert!(snapshot(&folder.path().join("site")) == before);
}

#[test]
fn a_list_of_files_that_lead_out_of_the_folder_is_not_obeyed() {
    let folder = place(TOOL);
    build_with(&folder, &[], 0);
    folder.write("precious.txt", "mine");
    folder.write("site/mine/keep.txt", "mine");
    let absolute = folder.path().join("precious.txt").to_string_lossy().into_owned();
    let manifest = format!("site/{MANIFEST}");
    let hostile = [
        "../precious.txt",
        "tools/../../precious.txt",
        "./../precious.txt",
        &absolute,
        "..",
        ".",
        "",
        "mine",
        "mine/",
        "\u{1b}[31m",
        "../stack/stack.toml",
    ];
    folder.write(&manifest, format!("{}{}\n", folder.read(&manifest), hostile.join("\n")));
    // Nothing of it counts, so that nothing differs.
    build_with(&folder, &["--check"], 0);
    build_with(&folder, &[], 0);
    for path in ["precious.txt", "site/mine/keep.txt", "stack/stack.toml", "site/index.html"] {
        assert!(folder.has(path), "{path}");
    }
    let clean = folder.read(&manifest);
    assert!(!clean.contains("precious") && !clean.contains("mine"), "{clean}");
}

#[test]
fn a_folder_in_the_place_of_a_file_is_told_before_anything_is_written() {
    let folder = place(TOOL);
    build_with(&folder, &[], 0);
    fs::remove_file(folder.path().join("site/tools/a.html")).unwrap();
    folder.write("site/tools/a.html/inner.txt", "mine");
    rewrite(&folder, &TOOL.replace("\"A\"", "\"Another\""));
    let before = snapshot(folder.path());
    let (_, err) = build_with(&folder, &[], 2);
    assert!(err.contains("tools/a.html"), "{err}");
    assert!(snapshot(folder.path()) == before);
}

#[test]
fn a_file_in_the_place_of_a_folder_is_told_before_anything_is_written() {
    let folder = place(TOOL);
    build_with(&folder, &[], 0);
    fs::remove_dir_all(folder.path().join("site/tools")).unwrap();
    folder.write("site/tools", "mine");
    let before = snapshot(folder.path());
    let (_, err) = build_with(&folder, &[], 2);
    assert!(err.contains("tools"), "{err}");
    assert!(snapshot(folder.path()) == before);
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed_out_of_the_folder() {
    use std::os::unix::fs::symlink;
    let folder = place(&format!("{TOOL}{OTHER}"));
    build_with(&folder, &[], 0);
    // A link in the place of a folder: nothing is written through it, nothing is removed through it.
    folder.write("elsewhere/b.html", "mine");
    folder.write("elsewhere/a.html", "mine");
    fs::remove_dir_all(folder.path().join("site/tools")).unwrap();
    symlink(folder.path().join("elsewhere"), folder.path().join("site/tools")).unwrap();
    rewrite(&folder, TOOL);
    let before = snapshot(folder.path());
    let (_, err) = build_with(&folder, &[], 2);
    assert!(err.contains("`tools`") && err.contains("symbolic link"), "{err}");
    assert!(snapshot(folder.path()) == before);
    // A link in the place of a file is replaced by the file.
    fs::remove_file(folder.path().join("site/tools")).unwrap();
    fs::remove_file(folder.path().join("site/index.html")).unwrap();
    folder.write("precious.txt", "mine");
    symlink(folder.path().join("precious.txt"), folder.path().join("site/index.html")).unwrap();
    build_with(&folder, &[], 0);
    assert_eq!(folder.read("precious.txt"), "mine");
    assert!(folder.path().join("site/index.html").symlink_metadata().unwrap().is_file());
}

#[cfg(unix)]
#[test]
fn nothing_is_removed_through_a_link_that_the_list_of_files_names() {
    use std::os::unix::fs::symlink;
    let folder = place(TOOL);
    build_with(&folder, &[], 0);
    folder.write("elsewhere/precious.txt", "mine");
    symlink(folder.path().join("elsewhere"), folder.path().join("site/link")).unwrap();
    let manifest = format!("site/{MANIFEST}");
    folder.write(&manifest, format!("{}link/precious.txt\n", folder.read(&manifest)));
    build_with(&folder, &[], 0);
    assert_eq!(folder.read("elsewhere/precious.txt"), "mine");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_that_is_no_site_is_refused() {
    use std::os::unix::fs::symlink;
    let folder = place(TOOL);
    fs::create_dir(folder.path().join("real")).unwrap();
    symlink(folder.path().join("real"), folder.path().join("site")).unwrap();
    symlink(folder.path().join("stack"), folder.path().join("alias")).unwrap();
    let (_, err) = build_with(&folder, &[], 2);
    assert!(err.contains("symbolic link"), "{err}");
    build_with(&folder, &["-o", "alias"], 2);
    assert!(!folder.has("real/index.html") && !folder.has("stack/index.html"));
}

#[test]
fn an_empty_folder_and_one_with_only_empty_folders_are_fine() {
    let folder = place(TOOL);
    fs::create_dir_all(folder.path().join("site/tools")).unwrap();
    build_with(&folder, &[], 0);
    assert!(folder.has("site/tools/a.html"));
}

#[test]
fn a_build_that_was_interrupted_is_finished_by_the_next() {
    let folder = place(TOOL);
    fs::create_dir_all(folder.path().join("site/tools")).unwrap();
    folder.write("site/.linchpin-manifest", "# Files that linchpin wrote. It removes these and no others.\n");
    folder.write("site/tools/.linchpin-tmp-a1b2c3", "half a pa");
    build_with(&folder, &[], 0);
    assert!(folder.path().join("site/tools/a.html").is_file());
    assert!(!folder.path().join("site/tools/.linchpin-tmp-a1b2c3").exists());
    build_with(&folder, &["--check"], 0);
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_files_place_is_no_file_and_waits_for_nobody() {
    let folder = place(TOOL);
    build_with(&folder, &[], 0);
    let index = folder.path().join("site/index.html");
    fs::remove_file(&index).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&index).status().unwrap().success());
    let (out, _) = build_with(&folder, &["--check"], 1);
    assert!(out.contains("index.html is missing"), "{out}");
}
