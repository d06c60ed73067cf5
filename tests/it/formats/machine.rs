//! Formats for programs: what their readers require is there, for every stack that there is.

use std::{collections::BTreeSet, fs, path::PathBuf, process::Command, sync::LazyLock};

use linchpin::{
    Project,
    diagnostic::Level,
    report::finding::{self, Format},
};
use rayon::prelude::*;
use serde_json::{Value as Json, json};

use super::{reader, written};
use crate::{
    built::Site,
    fixture::{Made, checked_in, folders, open},
};

/// Every stack of the repository: the example, a real one, those of the rules and those with mistakes.
fn stacks() -> Vec<PathBuf> {
    let mut all = vec![checked_in("../stack.example")];
    all.extend(folders("stacks"));
    all.extend(folders("stacks/mistakes"));
    for rule in folders("rules") {
        all.extend(fs::read_dir(rule).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()));
    }
    all.retain(|folder| folder.join("stack.toml").exists());
    all.sort();
    all
}

static PROJECTS: LazyLock<Vec<(String, Project)>> =
    LazyLock::new(|| stacks().into_par_iter().map(|folder| (folder.display().to_string(), open(&folder))).collect());

fn each(check: impl Fn(&str, &Project)) {
    assert!(PROJECTS.len() > 25, "only {} stacks", PROJECTS.len());
    for (name, project) in PROJECTS.iter() {
        check(name, project);
    }
}

fn read(path: &str) -> Json {
    serde_json::from_str(&fs::read_to_string(checked_in(path)).unwrap()).unwrap()
}

/// Everything that is wrong with a document by a schema of draft-07.
fn mistakes(schema: &Json, document: &Json) -> Vec<String> {
    assert!(jsonschema::draft7::meta::is_valid(schema));
    let validator = jsonschema::draft7::new(schema).unwrap();
    validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_report_is_what_its_published_schema_says() {
    let schema = finding::schema();
    each(|name, project| {
        let report: Json = serde_json::from_str(&written(Format::Json, project)).unwrap();
        assert_eq!(mistakes(&schema, &report), [] as [&str; 0], "{name}");
    });
    let site = Site::of(&open(&checked_in("../stack.example")));
    assert_eq!(mistakes(&schema, &serde_json::from_str(site.text("data/findings.json")).unwrap()), [] as [&str; 0]);
    let report: Json = serde_json::from_str(&written(Format::Json, &super::judged())).unwrap();
    for (pointer, wrong) in [
        ("/schema", json!("linchpin/report/2")),
        ("/summary/errors", json!(-1)),
        ("/findings/0/level", json!("fatal")),
        ("/findings/0/id", json!("x")),
        ("/findings/0/location/start/line", json!(0)),
        ("/findings/0/related", json!("person.ana")),
        ("/findings/0/key", json!(1)),
        ("/suppressed/0/until", json!(null)),
        ("/suppressed/0/message", json!(null)),
    ] {
        let mut broken = report.clone();
        *broken.pointer_mut(pointer).unwrap() = wrong;
        assert_eq!(mistakes(&schema, &broken).len(), 1, "{pointer}");
    }
}

#[test]
fn the_schema_of_the_report_names_every_key_as_required_and_describes_it() {
    let printed = Command::new(env!("CARGO_BIN_EXE_linchpin")).args(["schema", "--report"]).output().unwrap();
    let schema: Json = serde_json::from_slice(&printed.stdout).unwrap();
    assert_eq!(schema, finding::schema());
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    let tables = schema["definitions"].as_object().unwrap().values().chain([&schema]);
    for table in tables.filter(|table| table["type"] == "object") {
        for (key, property) in table["properties"].as_object().unwrap() {
            let is_described = property["description"].as_str().is_some_and(|text| !text.is_empty());
            assert!(is_described, "{key}: {property}");
            let is_required = table["required"].as_array().unwrap().iter().any(|name| name == key);
            assert!(is_required || key == "version", "{key}");
        }
    }
}

#[test]
fn gitlab_gets_one_issue_for_each_finding_by_a_path_and_a_fingerprint_of_its_own() {
    let schema = read("schemas/gitlab-code-quality.json");
    each(|name, project| {
        let issues: Json = serde_json::from_str(&written(Format::Gitlab, project)).unwrap();
        assert_eq!(mistakes(&schema, &issues), [] as [&str; 0], "{name}");
        let issues = issues.as_array().unwrap();
        let fingerprints: BTreeSet<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
        assert_eq!((issues.len(), fingerprints.len()), (project.report.findings.len(), project.report.findings.len()), "{name}");
    });
    let mistake = Made::one("[tool.a]\nname = \"A\"\n").open();
    assert_eq!(serde_json::from_str::<Json>(&written(Format::Gitlab, &mistake)).unwrap()[0]["severity"], "critical");
}

#[test]
fn code_scanning_gets_all_that_it_requires() {
    each(|name, project| {
        let (run, results) = reader::sarif(&written(Format::Sarif, project));
        assert_eq!(results.len(), project.report.findings.len(), "{name}");
        let of = |level: &str| results.iter().filter(|result| result["level"] == level).count();
        let counts = [Level::Error, Level::Warning, Level::Info].map(|level| project.report.count(level));
        assert_eq!([of("error"), of("warning"), of("note")], counts, "{name}");
        let notes = run.pointer("/invocations/0/toolExecutionNotifications").map_or(0, |list| list.as_array().unwrap().len());
        assert_eq!(notes, usize::from(project.report.only_validity), "{name}");
    });
}

#[test]
fn a_related_place_is_linked_from_the_message() {
    let (_, results) = reader::sarif(&written(Format::Sarif, &super::judged()));
    let result = results.iter().find(|result| result["ruleId"] == "departed-owner").unwrap();
    assert!(result["message"]["text"].as_str().unwrap().contains("\nSee [recorded here](1)."), "{result}");
    assert_eq!(result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"], "martech/people.toml");
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "martech/tools/crm%20%26%20more.toml");
}

#[test]
fn junit_has_a_failure_for_each_finding_and_a_case_for_each_rule_that_was_asked() {
    each(|name, project| {
        let cases = reader::junit(&written(Format::Junit, project));
        let of = |element: &str| cases.iter().filter(|case| case.outcome.as_ref().is_some_and(|outcome| outcome[0] == element)).count();
        assert_eq!((of("failure"), of("skipped")), (project.report.findings.len(), project.report.suppressed.len()), "{name}");
        for rule in linchpin::rules::all() {
            let class = format!("linchpin.{}.{}", rule.family.word(), rule.name);
            let is_there = cases.iter().any(|case| case.class == class && case.suite == rule.family.word());
            assert!(is_there || rule.is_adjustable(), "{name}: {class}");
            assert!(!is_there || !rule.is_adjustable() || project.is_valid(), "{name}: {class} was not asked");
        }
    });
    let off = Made::one("[rules]\nno-owner = \"off\"\n").open();
    let cases = reader::junit(&written(Format::Junit, &off));
    let has = |rule: &str| cases.iter().any(|case| case.class.ends_with(&format!(".{rule}")));
    assert!(!has("no-owner") && has("departed-owner") && has("invalid-toml"));
}

#[test]
fn annotations_stand_on_the_lines_of_their_findings() {
    each(|name, project| {
        let all = reader::github(&written(Format::Github, project));
        assert_eq!(all.len(), project.report.findings.len(), "{name}");
        for annotation in all {
            let keys: Vec<&str> = annotation.properties.iter().map(|(key, _)| key.as_str()).collect();
            let lines = ["file", "line", "endLine", "title"];
            assert!(keys == lines || keys == ["file", "line", "endLine", "col", "endColumn", "title"], "{name}: {keys:?}");
            let value = |key: &str| annotation.properties.iter().find(|(of, _)| of == key).map(|(_, value)| value.as_str());
            assert!(value("col").is_none() || value("line") == value("endLine"), "{name}");
            assert!(value("title").unwrap().starts_with("linchpin: "), "{name}");
        }
    });
}

#[test]
fn comments_on_every_stack_are_text() {
    each(|name, project| {
        let text = written(Format::Markdown, project);
        reader::markdown(&text, name);
        assert_eq!(
            text.lines().filter(|line| line.starts_with("- **")).count(),
            project.report.findings.len() + project.report.suppressed.len(),
            "{name}"
        );
    });
}
