//! Writing a site to disk: all of it or none, and nothing twice.

mod archive;
mod places;
mod templates;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Output,
    time::SystemTime,
};

use linchpin::{load::MANIFEST, render::write};

use crate::built::{Folder, linchpin, open, said};

const TOOL: &str = "[tool.a]\nname = \"A\"\ncategory = \"crm\"\n";
const OTHER: &str = "[tool.b]\nname = \"B\"\ncategory = \"cms\"\n";

/// A folder with a stack in `stack/`.
fn place(text: &str) -> Folder {
    Folder::of(&[("stack/stack.toml", &format!("[stack]\nname = \"Example\"\nas-of = 2026-11-22\n\n{text}"))])
}

fn rewrite(folder: &Folder, text: &str) {
    folder.write("stack/stack.toml", format!("[stack]\nname = \"Example\"\nas-of = 2026-11-22\n\n{text}"));
}

fn build(folder: &Folder, more: &[&str]) -> Output {
    linchpin(folder.path(), &[&["build", "stack"], more].concat())
}

/// Builds, and fails unless it ends with this code.
fn build_with(folder: &Folder, more: &[&str], code: i32) -> (String, String) {
    let output = build(folder, more);
    let (out, err) = said(&output);
    assert_eq!(output.status.code(), Some(code), "{out}{err}");
    (out, err)
}

/// Every file below a folder, with its bytes and the time of its last change; folders too.
fn snapshot(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    entries
        .map(|entry| {
            let bytes = if entry.file_type().is_file() { fs::read(entry.path()).unwrap() } else { Vec::new() };
            let changed = entry.path().symlink_metadata().unwrap().modified().unwrap();
            (entry.path().to_owned(), (bytes, changed))
        })
        .collect()
}

#[test]
fn the_first_build_writes_every_file_and_says_where() {
    let folder = place(TOOL);
    let (out, err) = build_with(&folder, &[], 0);
    assert_eq!(out, "site/index.html\n");
    assert!(err.contains("files written to `site`, 0 unchanged"), "{err}");
    let site = crate::built::Site::of(&open(&folder.path().join("stack")));
    for file in &site.0 {
        assert_eq!(fs::read(folder.path().join("site").join(&file.path)).unwrap(), file.content, "{}", file.path);
    }
    let listed: Vec<String> =
        folder.read(&format!("site/{MANIFEST}")).lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    assert_eq!(listed, site.paths().collect::<Vec<_>>());
    let leftover = snapshot(&folder.path().join("site"))
        .into_keys()
        .find(|path| path.to_string_lossy().contains(".linchpin-") && !path.ends_with(MANIFEST));
    assert_eq!(leftover, None);
}

#[test]
fn quiet_builds_say_nothing_but_the_path() {
    let (out, err) = build_with(&place(TOOL), &["-q"], 0);
    assert_eq!((out.as_str(), err.as_str()), ("site/index.html\n", ""));
}

#[test]
fn files_that_have_not_changed_are_not_written_again() {
    let folder = place(TOOL);
    build_with(&folder, &[], 0);
    let before = snapshot(&folder.path().join("site"));
    let (_, err) = build_with(&folder, &[], 0);
    assert!(err.starts_with("0 files written to `site`, "), "{err}");
    assert!(snapshot(&folder.path().join("site")) == before);
    rewrite(&folder, &TOOL.replace("\"A\"", "\"Another\""));
    build_with(&folder, &[], 0);
    let after = snapshot(&folder.path().join("site"));
    let style = folder.path().join("site/assets/site.css");
    assert!(before[&style] == after[&style]);
    let page = folder.path().join("site/tools/a.html");
    assert!(before[&page] != after[&page]);
}

#[test]
fn an_invalid_stack_is_refused_and_the_old_site_stays_as_it_was() {
    let folder = place(TOOL);
    build_with(&folder, &[], 0);
    let before = snapshot(&folder.path().join("site"));
    rewrite(&folder, &format!("{TOOL}owner = \"nobody\"\n"));
    let (out, err) = build_with(&folder, &[], 1);
    assert_eq!(out, "");
    assert!(err.contains("unknown-reference") && err.contains("stack/stack.toml:8:9"), "{err}");
    assert!(err.contains("nothing was written"), "{err}");
    assert!(snapshot(&folder.path().join("site")) == before);
    build_with(&folder, &["--check"], 1);
    let (out, err) = build_with(&folder, &["-q", "-o", "new"], 1);
    assert!(out.is_empty() && err.starts_with("error[unknown-reference]"), "{err}");
    assert!(err.ends_with("\n\nnothing was written: a site is built from a valid stack only\n"), "{err}");
    assert!(!folder.has("new"));
}

#[test]
fn findings_of_the_rules_do_not_stop_a_build() {
    let folder = place(TOOL);
    assert_eq!(linchpin(folder.path(), &["check", "stack"]).status.code(), Some(1));
    build_with(&folder, &[], 0);
}

#[test]
fn pages_of_entities_that_are_gone_are_removed_with_their_folders() {
    let folder = place(&format!("{TOOL}{OTHER}"));
    build_with(&folder, &[], 0);
    assert!(folder.has("site/tools/b.html"));
    let manifest = format!("site/{MANIFEST}");
    folder.write("site/old/page.html", "old");
    folder.write(&manifest, format!("{}old/page.html\n", folder.read(&manifest)));
    rewrite(&folder, TOOL);
    let (_, err) = build_with(&folder, &[], 0);
    assert!(err.contains(", 2 removed"), "{err}");
    assert!(!folder.has("site/tools/b.html") && !folder.has("site/old"));
    assert!(folder.has("site/tools/a.html"));
}

#[test]
fn the_working_directory_may_be_the_stack_or_anywhere_else() {
    let folder = place(TOOL);
    let stack = folder.path().join("stack");
    assert_eq!(said(&linchpin(&stack, &["build"])).0, "site/index.html\n");
    assert!(folder.has("stack/site/index.html"));
    // The site inside the stack is no part of the stack.
    assert_eq!(linchpin(&stack, &["build", "--check"]).status.code(), Some(0));
    fs::create_dir_all(folder.path().join("far/away")).unwrap();
    let away = folder.path().join("far/away");
    assert_eq!(said(&linchpin(&away, &["build", "../../stack", "-o", "../out"])).0, "../out/index.html\n");
    assert_eq!(folder.read("far/out/index.html"), folder.read("stack/site/index.html"));
    let (out, _) = said(&linchpin(&stack.join("site"), &["build", "-o", "deep/er/site"]));
    assert_eq!(out, "deep/er/site/index.html\n");
}

#[test]
fn a_check_writes_nothing_and_names_the_first_line_that_differs() {
    let folder = place(TOOL);
    let (out, err) = build_with(&folder, &["--check"], 1);
    assert_eq!((out.as_str(), err.as_str()), ("site is missing\n", "`site` is not what `linchpin build stack -o site` would write\n"));
    assert!(!folder.has("site"));
    fs::create_dir(folder.path().join("site")).unwrap();
    let (out, err) = build_with(&folder, &["--check"], 1);
    assert!(out.lines().count() == 20 && out.contains("site/assets/icon.svg is missing"), "{out}");
    assert!(err.starts_with("… and ") && err.contains(" more; `site` is not what"), "{err}");
    build_with(&folder, &[], 0);
    let (out, err) = build_with(&folder, &["--check"], 0);
    assert_eq!((out.as_str(), err.contains("up to date")), ("", true), "{err}");
    rewrite(&folder, &TOOL.replace("\"A\"", "\"Another\""));
    let before = snapshot(folder.path());
    let (out, _) = build_with(&folder, &["--check"], 1);
    let page = folder.read("site/tools/a.html");
    let line = page.lines().position(|line| line.starts_with("<title>")).unwrap() + 1;
    let wanted =
        format!("site/tools/a.html differs in line {line}: has `<title>A · Example marketing stack</title>` instead of `<title>Another");
    assert!(out.contains(&wanted), "{wanted}\n{out}");
    assert!(snapshot(folder.path()) == before);
}

#[test]
fn a_check_notices_other_line_ends_and_files_that_the_site_no_longer_has() {
    let folder = place(TOOL);
    build_with(&folder, &[], 0);
    folder.write("site/index.html", folder.read("site/index.html").replace('\n', "\r\n"));
    folder.write("site/old/page.html", "old");
    let manifest = format!("site/{MANIFEST}");
    folder.write(&manifest, format!("{}old/page.html\nold/absent.html\n", folder.read(&manifest)));
    let (out, _) = build_with(&folder, &["--check"], 1);
    let wanted = [
        "site/index.html differs in line 1: has `<!DOCTYPE html> ` instead of `<!DOCTYPE html>`",
        "site/old/page.html is no longer part of the site",
    ];
    assert_eq!(out.lines().collect::<Vec<_>>(), wanted);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_is_an_error_and_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let folder = place(TOOL);
    build_with(&folder, &[], 0);
    let tools = folder.path().join("site/tools");
    fs::set_permissions(&tools, fs::Permissions::from_mode(0o555)).unwrap();
    let may_write_anyway = fs::write(tools.join("probe"), "").is_ok();
    let _ = fs::remove_file(tools.join("probe"));
    rewrite(&folder, &TOOL.replace("\"A\"", "\"Another\""));
    let before = snapshot(&folder.path().join("site"));
    let output = build(&folder, &[]);
    let after = snapshot(&folder.path().join("site"));
    fs::set_permissions(&tools, fs::Permissions::from_mode(0o755)).unwrap();
    if may_write_anyway {
        // A superuser may write everywhere.
        assert_eq!(output.status.code(), Some(0));
        return;
    }
    assert_eq!(output.status.code(), Some(2));
    let same = |path: &PathBuf| before[path].0 == after[path].0;
    assert!(before.len() == after.len() && before.keys().all(same));
    assert!(said(&output).1.contains("tools"), "{}", said(&output).1);
}

#[test]
fn a_site_is_written_whole_or_not_at_all() {
    let folder = place(TOOL);
    let project = open(&folder.path().join("stack"));
    let mut files = crate::built::Site::of(&project).0;
    let site = folder.path().join("site");
    write::write(&files, &site, &project.root).unwrap();
    let before = snapshot(&site);
    for file in &mut files {
        file.content.push(b'x');
    }
    // The last file cannot be written: the name of its folder is longer than any file system allows.
    files.push(linchpin::render::File { path: format!("{}/z.html", "n".repeat(300)), content: vec![b'x'] });
    assert!(write::write(&files, &site, &project.root).is_err());
    let after = snapshot(&site);
    assert!(before == after);
    files.pop();
    assert_eq!(write::write(&files, &site, &project.root).unwrap().changed, files.len());
}
