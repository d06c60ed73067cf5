//! What the commands and the pages show, and that nothing but the commit decides it.

use std::{fs, process::Command};

use linchpin::render::{self, File};

use super::{ANA, BEN, Repository, STACK, git, read};
use crate::{
    built::{Site, example},
    cli::linchpin,
    fixture::open,
};

const TEXT: &str = "[person.ana]\nname = \"Ana Ruiz\"\nemail = \"ana@example.com\"\n\n[team.ops]\nname = \"Operations\"\nlead = \"ana\"\n\n\
                    [tool.a]\nname = \"A\"\ncategory = \"crm\"\nowner = \"ops\"\nbackup = \"dan\"\n\n[person.dan]\nname = \"Dan\"\n";

fn stack() -> Repository {
    let made = Repository::stack(TEXT, ANA, "2025-01-02");
    made.edit("stack.toml", &format!("{STACK}\n{}", TEXT.replace("crm", "cms")), BEN, "2025-02-03");
    made
}

#[test]
fn show_tells_authors_with_their_lines_and_whether_the_declared_ones_are_among_them() {
    let made = stack();
    made.write("stack.toml", format!("{STACK}\n{}", TEXT.replace("crm", "seo")));
    let run = linchpin(made.root(), &["show", "--history", "--only", "tool.a"]);
    let expected = "tool.a  A\n  last edit 2025-02-03 by Ben <ben@example.com>\n    Ana Ruiz: 4 lines in 1 commit, last on 2025-01-02\n\
                    \x20   Ben <ben@example.com>: 0 lines in 1 commit, last on 2025-02-03\n\
                    \x20 owner Operations (team.ops) has edited it: 4 lines in 1 commit\n\
                    \x20 backup Dan (person.dan) cannot be compared: `person.dan` has no `email`, and no author is called Dan\n\
                    \x20 1 line not committed, left out\n";
    assert_eq!((run.code(), run.err(), run.out()), (0, "", expected));
    let run = linchpin(made.root(), &["show", "--history", "--only", "tools"]);
    let expected = "entity  last edit   by                     lines                                 owner\n\
                    tool.a  2025-02-03  Ben <ben@example.com>  Ana Ruiz 4, Ben <ben@example.com> 0  has edited it\n";
    assert_eq!(run.out().split_whitespace().collect::<Vec<_>>(), expected.split_whitespace().collect::<Vec<_>>());
    assert_eq!(linchpin(made.root(), &["show", "--history"]).out().lines().count(), 5);
    assert_eq!(linchpin(made.root(), &["show", "--history", "--only", "flow"]).out(), "no flows in this stack; add one by `[flow.ID]`\n");
    assert_eq!(linchpin(made.root(), &["show", "--history", "--only", "stack"]).code(), 2);
    assert_eq!(linchpin(made.root(), &["show", "--history", "--only", "tool.b"]).code(), 2);
    made.write("stack.toml", format!("{STACK}\n[tool.a]\n"));
    assert_eq!(linchpin(made.root(), &["show", "--history"]).code(), 1);
}

#[test]
fn addresses_are_shown_of_strangers_only_and_never_where_they_are_withheld() {
    let made = stack();
    made.edit("b.toml", "[object.o]\nname = \"O\"\n", "eve@example.com <eve@example.com>", "2025-03-04");
    let shown = |made: &Repository| {
        assert_eq!(linchpin(made.root(), &["build", "--with-history", "-o", "out"]).code(), 0);
        let pages = ["tools/a", "objects/o"].map(|page| fs::read_to_string(made.root().join(format!("out/{page}.html"))).unwrap());
        pages.concat() + linchpin(made.root(), &["show", "--history"]).out()
    };
    let open = shown(&made);
    assert!(open.contains("ben@example.com") && open.contains("eve@example.com") && !open.contains("ana@example.com"), "{open}");
    made.write("site.toml", "[site]\nredact = [\"emails\"]\n");
    let withheld = shown(&made);
    assert!(!withheld.contains("@example.com"), "{withheld}");
    assert!(
        withheld.contains("somebody whose address is withheld") && withheld.contains("Ana Ruiz") && withheld.contains("Ben"),
        "{withheld}"
    );
}

#[test]
fn a_page_tells_who_edited_its_entity_and_only_where_it_is_built_with_history() {
    let made = stack();
    let project = made.open();
    let history = read(&project);
    let site = Site(render::render_with(&project, Some(&history)).unwrap());
    let page = site.page("tools/a.html");
    let section = page.one("#edits").parent().map(|_| page.words("section:has(#edits)")).unwrap();
    let expected = "Who edited it WhoLinesCommitsLast edit Ana Ruiz412 Jan 2025 Ben <ben@example.com>113 Feb 2025 \
                    The declared owner, Operations, has edited it: 4 lines in 1 commit. \
                    Not comparable: Dan has no email, and no author has that name.";
    assert_eq!(section, expected);
    assert!(page.all("section:has(#edits) a").iter().any(|link| link.attr("href") == Some("../people/ana.html")));
    let plain = Site::of(&project);
    assert!(plain.0.iter().all(|file| !String::from_utf8_lossy(&file.content).contains("id=\"edits\"")), "the default site has history");
    assert_eq!(plain.0, render::render_with(&project, None).unwrap());
}

#[test]
fn the_same_commit_gives_the_same_bytes_wherever_and_whenever_it_is_read() {
    let made = stack();
    let clone = tempfile::tempdir().unwrap();
    git(clone.path(), &["clone", "-q", made.root().to_str().unwrap(), "copy"]);
    let home = tempfile::tempdir().unwrap();
    fs::write(
        home.path().join(".gitconfig"),
        "[log]\n\tdate = relative\n[mailmap]\n\tfile = /etc/passwd\n[i18n]\n\tlogOutputEncoding = UTF-16\n",
    )
    .unwrap();
    let built = |root: &std::path::Path, zone: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
        let output =
            command.args(["build", "--with-history", "-o", "out"]).current_dir(root).env("TZ", zone).env("HOME", home.path()).output();
        assert!(output.unwrap().status.success());
        let files = walkdir::WalkDir::new(root.join("out")).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| File { path: entry.file_name().to_string_lossy().into_owned(), content: fs::read(entry.path()).unwrap() })
            .collect::<Vec<_>>()
    };
    let here = built(made.root(), "Pacific/Auckland");
    assert_eq!(here, built(&clone.path().join("copy"), "America/Los_Angeles"));
    assert!(here.iter().any(|file| String::from_utf8_lossy(&file.content).contains("3 Feb 2025")));
}

#[test]
fn the_pages_of_the_example_stay_small_with_its_history() {
    let made = Repository::of(&[]);
    for entry in walkdir::WalkDir::new(example()).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
        let path = entry.path().strip_prefix(example()).unwrap().to_str().unwrap();
        made.write(path, fs::read(entry.path()).unwrap());
    }
    made.commit("Theo <theo.lindgren@northwind.example>", "2025-01-02");
    let project = open(made.root());
    let history = read(&project);
    for file in render::render_with(&project, Some(&history)).unwrap() {
        let is_page = file.path.rsplit('.').next() == Some("html");
        assert!(!is_page || file.content.len() <= 150_000, "{}: {} bytes", file.path, file.content.len());
    }
}

#[test]
fn nobody_is_named_where_people_are_withheld_and_everything_else_is_said_of_them() {
    let made = stack();
    made.edit("b.toml", "[object.o]\nname = \"O\"\n", "Dan <dan@elsewhere.example>", "2025-03-04");
    made.write("site.toml", "[site]\nredact = [\"people\"]\n");
    let project = made.open();
    let history = read(&project);
    let site = Site(render::render_with(&project, Some(&history)).unwrap());
    for file in &site.0 {
        let text = String::from_utf8_lossy(&file.content);
        for secret in ["Ana Ruiz", "Ruiz", "Ben", "@example.com", "elsewhere.example", ">Dan<"] {
            assert!(!text.contains(secret), "{} has {secret}", file.path);
        }
    }
    let edits = site.page("tools/a.html").words("section:has(#edits)");
    assert!(edits.contains("Person 1412 Jan 2025") && edits.contains("113 Feb 2025"), "{edits}");
    assert!(edits.contains("The declared owner, Operations, has edited it: 4 lines in 1 commit."), "{edits}");
    assert!(edits.contains("The declared backup, Person 2, has not edited it.") && edits.contains("Author 2"), "{edits}");
}
