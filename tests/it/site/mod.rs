//! The generated site as a whole: which files there are, whether they are those of the repository, and how large they are.

mod budget;
mod content;
mod examples;
mod figures;
mod glance;
mod large;
mod logic;
mod logo;
mod pack;
mod people;
mod redacted;
mod sound;
mod spend;

use std::{collections::BTreeSet, fs, path::Path};

use linchpin::{load::MANIFEST, model::Kind, render::File, rules};

use crate::built::{Folder, Site, example, open};

/// The largest page, in bytes.
const MAX_PAGE: usize = 150_000;
/// The largest site, in bytes.
const MAX_SITE: usize = 5_000_000;

fn built_example() -> Site {
    Site::of(&open(&example()))
}

/// How a file differs from the one that the repository holds, by the first line that does.
fn difference(file: &File, folder: &Path) -> Option<String> {
    let Ok(found) = fs::read(folder.join(&file.path)) else { return Some(format!("{} is missing", file.path)) };
    if found == file.content {
        return None;
    }
    let (found, wanted) = (String::from_utf8_lossy(&found), String::from_utf8_lossy(&file.content));
    let (mut found, mut wanted) = (found.split('\n'), wanted.split('\n'));
    let mut number = 0;
    loop {
        number += 1;
        match (found.next(), wanted.next()) {
            (Some(a), Some(b)) if a == b => {}
            (a, b) => return Some(format!("{}:{number}:\n  committed {:?}\n  rendered  {:?}", file.path, a, b)),
        }
    }
}

#[test]
fn the_committed_site_is_what_the_example_renders_to() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("site");
    let site = built_example();
    let how = "`cargo run -- build stack.example` writes it";
    assert!(folder.is_dir(), "there is no folder `site`; {how}");
    if let Some(difference) = site.0.iter().find_map(|file| difference(file, &folder)) {
        panic!("{difference}\n{how}");
    }
    let committed: BTreeSet<String> = walkdir::WalkDir::new(&folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(&folder).unwrap().to_string_lossy().into_owned())
        .collect();
    let rendered: BTreeSet<String> = site.paths().chain([MANIFEST]).map(str::to_owned).collect();
    assert_eq!(committed.difference(&rendered).collect::<Vec<_>>(), Vec::<&String>::new(), "files that nothing renders; {how}");
}

#[test]
fn two_renders_give_the_same_bytes() {
    let (once, again) = (built_example(), built_example());
    assert!(once.0 == again.0);
}

#[test]
fn ends_of_lines_as_in_windows_give_the_same_bytes() {
    let folder = Folder::of(&[]);
    for entry in walkdir::WalkDir::new(example()).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
        let path = entry.path().strip_prefix(example()).unwrap().to_str().unwrap();
        match String::from_utf8(fs::read(entry.path()).unwrap()) {
            Ok(text) => folder.write(path, text.replace("\r\n", "\n").replace('\n', "\r\n")),
            // A picture has no lines.
            Err(bytes) => folder.write(path, bytes.as_bytes()),
        }
    }
    let (unix, windows) = (built_example(), folder.site());
    let differing: Vec<&str> = unix.0.iter().zip(&windows.0).filter(|(a, b)| a != b).map(|(a, _)| a.path.as_str()).collect();
    assert_eq!(differing, [] as [&str; 0]);
}

/// Findings are sorted by path: there are none but those that stand in this file.
const HEAD: &str = "[stack]\nname = \"Example\"\nas-of = 2026-11-22\n[rules]\nunknown-cost = \"off\"\nunknown-capabilities = \"off\"\nunknown-personal-data = \"off\"\n";

#[test]
fn names_and_order_of_files_do_not_matter() {
    let tool =
        |id: &str| format!("[tool.{id}]\nname = \"Tool\"\ncategory = \"crm\"\nowner = \"ana\"\npurpose = \"p\"\nstandalone = \"s\"\n");
    let (a, b) = (&tool("a"), &tool("b"));
    let (c, head) = ("[person.ana]\nname = \"Ana\"\n", HEAD);
    let whole = Folder::of(&[("stack.toml", head), ("1.toml", a), ("2.toml", b), ("3.toml", c)]).site();
    let other = Folder::of(&[("stack.toml", head), ("z/3.toml", a), ("a.toml", b), ("m/2.toml", c)]).site();
    // Places in the files are part of the site, and the only part that differs.
    let without_places = |file: &File| {
        let text = String::from_utf8(file.content.clone()).unwrap().replace("/<wbr>", "/");
        ["z/3", "m/2", "1", "2", "3", "a"].iter().fold(text, |text, name| text.replace(&format!("{name}.toml"), "FILE"))
    };
    assert_eq!(whole.paths().collect::<Vec<_>>(), other.paths().collect::<Vec<_>>());
    for (one, another) in whole.0.iter().zip(&other.0) {
        assert!(without_places(one) == without_places(another), "{}", one.path);
    }
}

#[test]
fn every_page_that_others_may_link_to_is_there() {
    let project = open(&example());
    let site = Site::of(&project);
    let paths: BTreeSet<&str> = site.paths().collect();
    let mut wanted: Vec<String> = [
        "index.html",
        "map.html",
        "findings.html",
        "charter.html",
        "key-people.html",
        "assets/what-if.js",
        "redundancy.html",
        "privacy.html",
        "spend.html",
        "rules/index.html",
        "search.js",
        "data/stack.json",
        "data/findings.json",
        "assets/site.css",
        "assets/page.css",
        "assets/site.js",
        "assets/routing.js",
        "assets/minisearch.js",
        "assets/icon.svg",
    ]
    .map(str::to_owned)
    .to_vec();
    let folders = [
        "tools",
        "people",
        "teams",
        "units",
        "contracts",
        "objects",
        "integrations",
        "flows",
        "automations",
        "lifecycles",
        "routing",
        "scoring",
        "runbooks",
        "routines",
        "checklists",
        "conventions",
        "audiences",
        "metrics",
        "reports",
        "attribution",
    ];
    assert_eq!(folders.len(), Kind::ALL.len());
    wanted.extend(folders.iter().flat_map(|folder| [format!("{folder}/index.html"), format!("data/{folder}.csv")]));
    wanted.extend(project.stack.all().map(|entity| format!("{}/{}.html", entity.kind().folder(), entity.id())));
    wanted.extend(rules::all().iter().map(|rule| format!("rules/{}.html", rule.name)));
    let missing: Vec<&String> = wanted.iter().filter(|path| !paths.contains(path.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for kind in Kind::ALL {
        assert!(project.stack.count(*kind) > 0, "the example has no {}", kind.name());
    }
}

/// Where a relative link leads: the path of a file, counted from the root, and the id on it.
fn target(from: &str, href: &str) -> (String, Option<String>) {
    let (path, fragment) = href.split_once('#').map_or((href, None), |(path, id)| (path, Some(id.to_owned())));
    if path.is_empty() {
        return (from.to_owned(), fragment);
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        if part == ".." {
            assert!(parts.pop().is_some(), "{from}: {href} leaves the site");
        } else {
            parts.push(part);
        }
    }
    (parts.join("/"), fragment)
}

#[test]
fn pages_and_the_whole_site_stay_small() {
    let site = built_example();
    for file in site.0.iter().filter(|file| file.path.ends_with("html")) {
        assert!(file.content.len() < MAX_PAGE, "{} has {} bytes", file.path, file.content.len());
    }
    let total: usize = site.0.iter().map(|file| file.content.len()).sum();
    assert!(total < MAX_SITE, "{total} bytes");
}
