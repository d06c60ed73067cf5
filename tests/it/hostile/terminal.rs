//! What the commands print: text that neither steers a terminal nor commands the runner of a build.

use linchpin::{
    Project,
    model::Kind,
    report::{
        entity,
        finding::{self, Format},
    },
};

use super::{CASES, CORPUS, assert_calm, mistakes};
use crate::{
    built::{Folder, linchpin, said},
    filled::{filled, id},
};

/// Fails if a text steers, or begins a line as commands of a runner begin.
fn assert_harmless(text: &str, what: &str) {
    assert_calm(text, what);
    assert_no_command(text, what);
}

/// Fails if the runner of a build obeys a line: by `::` at its start, by `##[` or `##vso[` anywhere.
pub fn assert_no_command(text: &str, what: &str) {
    for line in text.lines() {
        let seen: String = line.chars().filter(|c| !"\u{200b}\u{200c}\u{200d}\u{2060}\u{ad}".contains(*c)).collect();
        // Three colons are how an excerpt of a second file begins.
        let is_command = seen.trim_start().starts_with("::") && !seen.trim_start().starts_with("::: ");
        let bracket = seen.split("##").skip(1).any(|rest| rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('['));
        assert!(!is_command && !bracket, "{what}: {line}");
    }
}

fn shown(project: &Project, write: impl Fn(&Project, &mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(project, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn entities_and_tables_are_shown_harmless() {
    for case in CASES.iter() {
        assert_harmless(&shown(&case.project, |project, out| entity::write_overview(project, out)), case.name);
        for kind in Kind::ALL {
            let table = shown(&case.project, |project, out| entity::write_kind(project, *kind, out));
            assert_harmless(&table, &format!("{}: table of {kind:?}", case.name));
            assert_eq!(table.lines().count(), 3, "{}: {table}", case.name);
        }
        for of in case.project.stack.all() {
            let page = shown(&case.project, |project, out| entity::write_entity(project, of, out));
            assert_harmless(&page, &format!("{}: {}", case.name, of.address()));
        }
    }
}

#[test]
fn findings_take_one_line_each_in_the_concise_form() {
    for case in CASES.iter() {
        let text = shown(&case.project, |project, out| finding::write(Format::Concise, project, out));
        assert_harmless(&text, case.name);
        assert_eq!(text.lines().count(), case.project.report.findings.len(), "{}", case.name);
    }
}

#[test]
fn every_command_prints_hostile_texts_harmless() {
    for (turn, (name, text)) in CORPUS.iter().enumerate() {
        let folder = filled(text, turn * 7);
        let [tool, person, team] = [Kind::Tool, Kind::Person, Kind::Team].map(|kind| format!("{}.{}", kind.name(), id(kind, 0)));
        let commands: [&[&str]; 12] = [
            &["what-if", "--without", &tool, &person, &team],
            &["what-if", "--without", &tool, &person, &team, "--format", "markdown"],
            &["plan"],
            &["plan", "--format", "markdown"],
            &["check"],
            &["check", "--format", "concise"],
            &["show"],
            &["show", "--only", "integration"],
            &["show", "--only", &tool],
            &["graph"],
            &["graph", "--format", "dot", "--focus", &tool],
            &["build", "-o", "out"],
        ];
        for arguments in commands {
            let (out, err) = said(&linchpin(folder.path(), arguments));
            assert!(!out.is_empty() || err.starts_with("nothing to report"), "{name}: {arguments:?} says nothing: {err}");
            assert_harmless(&out, &format!("{name}: {arguments:?}"));
            assert_harmless(&err, &format!("{name}: {arguments:?}, standard error"));
        }
    }
}

#[test]
fn messages_about_hostile_mistakes_are_harmless() {
    for (name, text) in CORPUS {
        for mistake in mistakes(text) {
            let folder = Folder::stack(&mistake);
            for format in ["text", "concise"] {
                let output = linchpin(folder.path(), &["check", "--format", format]);
                let (out, err) = said(&output);
                assert_eq!(output.status.code(), Some(1), "{name}: {mistake}{err}");
                assert_harmless(&out, &format!("{name}: {mistake}"));
                assert_harmless(&err, &format!("{name}: {mistake}"));
            }
        }
    }
}

#[test]
fn what_a_command_cannot_find_is_named_harmless() {
    let folder = Folder::stack("[tool.a]\nname = \"A\"\ncategory = \"crm\"\n");
    for (name, text) in CORPUS {
        let argument = text.replace('\0', "");
        for arguments in [
            ["show", "--only", &argument],
            ["graph", "--focus", &argument],
            ["what-if", "--without", &argument],
            ["build", "-o", "stack.toml"],
        ] {
            let output = linchpin(folder.path(), &arguments);
            let (_, err) = said(&output);
            assert_eq!(output.status.code(), Some(2), "{name}: {arguments:?}");
            assert!(!err.is_empty(), "{name}: {arguments:?}");
            assert_harmless(&err, &format!("{name}: {arguments:?}"));
        }
        let output = linchpin(folder.path(), &["check", &argument]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert_harmless(&said(&output).1, name);
    }
}
