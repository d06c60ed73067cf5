//! What the commands print: text that neither steers a terminal nor commands the runner of a build.

use linchpin::{
    Project,
    model::Kind,
    report::{
        entity,
        finding::{self, Format},
    },
};

use super::{CASES, CORPUS, assert_calm};
use crate::{
    built::{Folder, linchpin, said},
    filled::{filled, id},
};

/// Fails if a text steers, or begins a line as commands of a runner begin.
fn assert_harmless(text: &str, what: &str) {
    assert_calm(text, what);
    // Three colons are how an excerpt of a second file begins.
    let is_command = |line: &&str| line.trim_start().starts_with("::") && !line.trim_start().starts_with("::: ");
    let command = text.lines().find(is_command);
    assert_eq!(command, None, "{what}");
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
        let tool = format!("tool.{}", id(Kind::Tool, 0));
        let commands: [&[&str]; 8] = [
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
        let quoted = toml::Value::from(*text).to_string();
        let quoted = if quoted.contains('\n') { serde_json::to_string(text).unwrap() } else { quoted };
        let key = serde_json::to_string(text).unwrap().replace('\u{7f}', "\\u007f");
        let mistakes = [
            format!("[tool.a]\nname = 1\n{key} = {key}\n"),
            format!("[tool.a]\nname = \"A\"\ncategory = {quoted}\nowner = {quoted}\n"),
            format!("[{key}.a]\n[tool.{key}]\nname = \"A\"\ncategory = \"crm\"\n"),
            format!("[lifecycle.a]\nname = \"A\"\nstage = [{{ id = \"a\", name = \"A\", next = [{key}] }}]\n"),
            format!("[rules]\n{key} = {key}\n[[suppress]]\nrule = {key}\non = {key}\nreason = {key}\nuntil = 2026-12-01\nby = {key}\n"),
            format!("[runbook.a]\nname = \"A\"\nkind = \"other\"\nfile = {key}\n"),
            format!("[tool.a\n# {text}\nname = {text}\n"),
        ];
        for mistake in mistakes {
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
        for arguments in [["show", "--only", &argument], ["graph", "--focus", &argument], ["build", "-o", "stack.toml"]] {
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
