//! The section of the page of key people that says who edited what, drawn as that page draws it.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use super::{View, frame, history, page::ReportPage, templates};
use crate::{
    Clock, Project,
    analysis::{Analysis, Witness},
    graph::Graph,
    history::{History, Missing},
    load,
};

const PEOPLE: &str = "[stack]\nname = \"Example\"\nas-of = 2026-11-22\n\n[person.ana]\nname = \"Ana\"\nemail = \"ana@example.com\"\n\n\
                      [person.cleo]\nname = \"Cleo\"\nemail = \"cleo@example.com\"\nstatus = \"left\"\nuntil = 2026-01-31\n\n\
                      [team.agency]\nname = \"Agency\"\nmembers-listed = false\n";

fn tool(id: &str, owner: &str, criticality: &str) -> String {
    format!("[tool.{id}]\nname = \"Tool {id}\"\ncategory = \"crm\"\nowner = \"{owner}\"\ncriticality = \"{criticality}\"\n\n")
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=C", "-c", "user.email=c@example.com"]).args(arguments).current_dir(folder);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    assert!(command.output().expect("these tests need git").status.success(), "git {arguments:?}");
}

fn edit(folder: &Path, path: &str, text: &str, author: &str, day: &str) {
    fs::write(folder.join(path), text).unwrap();
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "x", "--author", author, "--date", &format!("{day}T12:00:00+0000")]);
}

/// A repository of a stack in which everything is that the section tells of.
fn stack(site: &str) -> tempfile::TempDir {
    let made = tempfile::tempdir().unwrap();
    let folder = made.path();
    git(folder, &["init", "-q", "-b", "main"]);
    edit(folder, "stack.toml", &format!("{PEOPLE}\n{site}"), "Ana <ana@example.com>", "2025-01-02");
    edit(folder, "old.toml", &tool("old", "ana", "low"), "Cleo <cleo@example.com>", "2025-02-03");
    edit(
        folder,
        "new.toml",
        &(tool("new", "agency", "critical") + &tool("mine", "ana", "high")),
        "B & <b@elsewhere.example>",
        "2026-10-11",
    );
    edit(folder, "new.toml", &(tool("new", "agency", "critical") + &tool("mine", "ana", "medium")), "Ana <ana@example.com>", "2026-10-12");
    made
}

/// The section as a page draws it; nothing where there is none.
fn drawn(root: &Path, history: Option<&Result<History, Missing>>) -> Option<String> {
    let project = Project::open(root, Clock { asked: None, now: || Err("the stack says it".to_owned()) }).unwrap();
    let shown = super::disclosed::Disclosed::new(&project.stack).unwrap().stack(&project.stack).unwrap();
    let stack = shown.as_ref().unwrap_or(&project.stack);
    let graph = Graph::new(stack);
    let analysis = Analysis::new(stack, &graph, project.today);
    let mut view = View::new(&project, &analysis, super::review(&project)).unwrap();
    view.history =
        history.map(|read| Ok(Witness::new(&project.stack, &project.sources, &project.documents, read.as_ref()?, project.today)));
    let sections = vec![history::section(&view)?];
    let mut tera = templates::compile(&[]).unwrap();
    tera.global_context().insert("site", &frame::site(&view));
    let data = ReportPage { title: "Key people".to_owned(), lead: vec![], figures: vec![], contents: false, sections };
    let page = super::Page::new("report.html", frame::overview("key-people.html", "Key people"), &data).render(&tera).unwrap();
    let html = String::from_utf8(page.content).unwrap();
    let from = html.find("<h2 id=\"history\"").unwrap();
    let length = html[from..].find("</section>").unwrap();
    Some(html[from..from + length].to_owned())
}

fn read(root: &Path) -> Result<History, Missing> {
    let project = Project::open(root, Clock { asked: None, now: || Err("the stack says it".to_owned()) }).unwrap();
    let files: BTreeSet<&str> = project.sources.iter().map(|(_, file)| file.path()).collect();
    History::read(root, &files, load::parts)
}

/// The words of a piece of HTML, cells apart.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((text, more)) = rest.split_once('<') {
        out.push_str(text);
        let (tag, after) = more.split_once('>').unwrap_or((more, ""));
        out.push_str(if tag.starts_with('/') || tag.starts_with("wbr") {
            ""
        } else if ["td", "th", "tr"].iter().any(|cell| tag.starts_with(cell)) {
            " | "
        } else {
            ""
        });
        rest = after;
    }
    out.push_str(rest);
    out.replace('\n', " ")
}

#[test]
fn the_section_says_who_edited_alone_who_did_not_what_is_old_and_whose_author_has_gone() {
    let made = stack("");
    let html = drawn(made.path(), Some(&read(made.path()))).unwrap();
    let text = words(&html);
    for expected in [
        "4 commits by 3 authors changed the files of the stack, from 2 January 2025 to 12 October 2026.",
        "Only one person has edited it 2",
        "every line was written by B &amp; &lt;b@elsewhere.example&gt;; nobody else has edited it",
        "The declared owner has not edited it 1",
        "the declared owner, Ana, has not edited it; last edited by Cleo",
        "Unchanged for more than a year 1",
        "unchanged since 3 February 2025, when Cleo edited it",
        "Last edited by somebody who has left 1",
        "last edited by Cleo, who left on 2026-01-31",
        "Not comparable: the members of Agency are not in the stack (1 entity)",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    // The most critical first, each with its page and its line.
    let (critical, low) = (html.find("tools/new.html").unwrap(), html.find("tools/old.html").unwrap());
    assert!(critical < low && html.contains("new.<wbr>toml:1") | html.contains("new.toml:1"), "{html}");
    assert!(!text.contains("ana@example.com") && !text.contains("cleo@example.com"));
}

#[test]
fn addresses_that_are_withheld_tell_people_all_the_same() {
    let made = stack("[site]\nredact = [\"emails\"]\n");
    let html = drawn(made.path(), Some(&read(made.path()))).unwrap();
    assert!(!html.contains("example.com") && !html.contains("elsewhere.example"), "{html}");
    assert!(words(&html).contains("the declared owner, Ana, has not edited it; last edited by Cleo"), "{html}");
}

#[test]
fn without_history_there_is_no_section_and_without_an_answer_it_says_why() {
    let made = stack("");
    assert_eq!(drawn(made.path(), None), None);
    let html = drawn(made.path(), Some(&Err(Missing::NoRepository))).unwrap();
    assert!(words(&html).contains("There is no history: the stack is in no git repository. Nothing follows from that."), "{html}");
    let clone = tempfile::tempdir().unwrap();
    git(clone.path(), &["clone", "-q", "--depth", "1", &format!("file://{}", made.path().display()), "."]);
    let html = words(&drawn(clone.path(), Some(&read(clone.path()))).unwrap());
    assert!(html.contains("The clone is shallow") && html.contains("is claimed only of what came later."), "{html}");
    assert!(!html.contains("every line") && !html.contains("has not edited it"), "{html}");
}

#[test]
fn a_long_list_is_cut_and_says_so() {
    let made = stack("");
    let tools: String = (0..30).map(|number| tool(&format!("t{number}"), "ana", "low")).collect();
    edit(made.path(), "many.toml", &tools, "Ana <ana@example.com>", "2026-10-13");
    let text = words(&drawn(made.path(), Some(&read(made.path()))).unwrap());
    assert!(
        text.contains("Only one person has edited it 32") && text.contains("A list shows up to 25, the most critical first;"),
        "{text}"
    );
    assert_eq!(text.matches("nobody else has edited it").count(), 25);
}

#[test]
fn a_stack_that_several_people_keep_alive_has_nothing_that_stands_out() {
    let made = tempfile::tempdir().unwrap();
    git(made.path(), &["init", "-q", "-b", "main"]);
    let text = |criticality| format!("{PEOPLE}\n{}", tool("a", "ana", criticality));
    edit(made.path(), "stack.toml", &text("low"), "Ana <ana@example.com>", "2026-10-12");
    edit(made.path(), "stack.toml", &text("high"), "Ben <ben@example.com>", "2026-10-13");
    let text = words(&drawn(made.path(), Some(&read(made.path()))).unwrap());
    assert!(text.contains("Nothing stands out"), "{text}");
}
