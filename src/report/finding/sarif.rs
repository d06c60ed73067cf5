//! Findings as SARIF 2.1.0, for GitHub code scanning.
//!
//! What somebody has accepted is left out: GitHub would show it all the same. Paths are those from the working
//! directory, which has to be the root of the repository.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde_json::{Value, json};

use super::{command, place::Place, worst_first};
use crate::{
    Project,
    diagnostic::{Diagnostic, Family, Level, Rule},
    source::Span,
    text::{terminal::line, uri},
};

/// How many results GitHub takes; a file with more is refused.
const MAX_RESULTS: usize = 25_000;
/// How many places of a result GitHub shows.
const MAX_PLACES: usize = 100;
/// How many characters of a description GitHub takes.
const MAX_DESCRIPTION: usize = 1024;

pub(super) fn write(project: &Project, out: &mut dyn Write) -> io::Result<()> {
    crate::text::json::write(&document(project, MAX_RESULTS), out)
}

fn document(project: &Project, most: usize) -> Value {
    let findings: Vec<&Diagnostic> = worst_first(&project.report.findings).into_iter().map(|(_, finding)| finding).take(most).collect();
    let rules: BTreeMap<&str, &Rule> = findings.iter().map(|finding| (finding.rule.name, finding.rule)).collect();
    let indices: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(index, name)| (*name, index)).collect();
    let result = |finding: &&Diagnostic| result(project, finding, indices.get(finding.rule.name).copied().unwrap_or_default());
    let mut run = json!({
        "tool": { "driver": {
            "name": env!("CARGO_PKG_NAME"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "informationUri": env!("CARGO_PKG_REPOSITORY"),
            "rules": rules.values().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
        } },
        "automationDetails": { "id": "linchpin/" },
        "columnKind": "unicodeCodePoints",
        "results": findings.iter().map(result).collect::<Vec<_>>(),
    });
    let notifications = notifications(project, most);
    if let Some(run) = run.as_object_mut().filter(|_| !notifications.is_empty()) {
        run.insert("invocations".to_owned(), json!([{ "executionSuccessful": true, "toolExecutionNotifications": notifications }]));
    }
    json!({ "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run] })
}

/// What the reader of the results has to know of the run.
fn notifications(project: &Project, most: usize) -> Vec<Value> {
    let notification = |level: &str, text: String| json!({ "level": level, "message": { "text": text } });
    let mut notifications = Vec::new();
    let left_out = project.report.findings.len().saturating_sub(most);
    if left_out > 0 {
        let all = command("check", &project.root, "--format concise");
        let text = format!("{left_out} results are left out, because code scanning takes {most}; `{all}` lists all.");
        notifications.push(notification("warning", text));
    }
    if project.report.only_validity {
        notifications.push(notification("note", "The other rules run once the files are valid.".to_owned()));
    }
    notifications
}

fn descriptor(rule: &Rule) -> Value {
    let page = rule.page();
    json!({
        "id": rule.name,
        "name": pascal_case(rule.name),
        "shortDescription": { "text": within(&rule.summary(), MAX_DESCRIPTION) },
        "fullDescription": { "text": within(rule.section("What it checks").unwrap_or(rule.name), MAX_DESCRIPTION) },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(rule.level) },
        "properties": {
            "tags": [rule.family.word()],
            "precision": if rule.family == Family::Validity { "very-high" } else { "high" },
            "problem.severity": match rule.level { Level::Error => "error", Level::Warning => "warning", Level::Info => "recommendation" },
        },
    })
}

fn result(project: &Project, finding: &Diagnostic, rule_index: usize) -> Value {
    let related: Vec<(Span, &str)> =
        finding.related.iter().filter_map(|related| Some((related.span?, related.label.as_str()))).take(MAX_PLACES).collect();
    let mut result = json!({
        "ruleId": finding.rule.name,
        "ruleIndex": rule_index,
        "level": level(finding.level),
        "message": { "text": message(project, finding, &related) },
        "locations": [{
            "physicalLocation": physical(project, finding.span),
            "logicalLocations": [{ "fullyQualifiedName": line(&finding.subject) }],
        }],
        "partialFingerprints": { "primaryLocationLineHash": format!("{}:1", finding.id()), "linchpin/v1": finding.id() },
    });
    if let Some(result) = result.as_object_mut().filter(|_| !related.is_empty()) {
        let location = |(index, (span, label)): (usize, &(Span, &str))| json!({ "id": index + 1, "physicalLocation": physical(project, *span), "message": { "text": words(project, *span, label) } });
        result.insert("relatedLocations".to_owned(), related.iter().enumerate().map(location).collect());
    }
    result
}

/// The message with notes, help and links to what is concerned too; GitHub shows the first sentence where there is little room.
fn message(project: &Project, finding: &Diagnostic, related: &[(Span, &str)]) -> String {
    let mut text = format!("{}.", unlinked(&finding.message));
    for note in &finding.notes {
        text = format!("{text}\nNote: {}.", unlinked(note));
    }
    for (index, (span, label)) in related.iter().enumerate() {
        text = format!("{text}\nSee [{}]({}).", escaped(&words(project, *span, label)), index + 1);
    }
    finding.help.as_ref().map_or(text.clone(), |help| format!("{text}\nHelp: {}.", unlinked(help)))
}

/// What is said of a place that is concerned too, or else where it is.
fn words(project: &Project, span: Span, label: &str) -> String {
    if label.trim().is_empty() { Place::of(project, span).short() } else { line(label).into_owned() }
}

/// Returns a text in which nothing is a link: SARIF has links in plain text, too.
fn unlinked(text: &str) -> String {
    let text = line(text);
    if text.contains("](") { escaped(&text) } else { text.into_owned() }
}

/// Escapes what makes a link.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn physical(project: &Project, span: Span) -> Value {
    let Place { path, start, end } = Place::of(project, span);
    json!({
        "artifactLocation": { "uri": uri::path(&path) },
        "region": { "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column },
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

/// Returns a text on one line, cut at a word where it is too long.
fn within(text: &str, most: usize) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if out.chars().count() + word.chars().count() + 3 > most {
            return out + " …";
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn pascal_case(name: &str) -> String {
    let capital = |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>();
    name.split('-').map(capital).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::{Clock, Project, model::Date};

    #[test]
    fn more_results_than_are_taken_are_cut_from_the_mildest_and_counted() {
        let now = || Ok(Date::new(2026, 11, 22).unwrap());
        let project = Project::open(Path::new("tests/rules/departed-owner/fail"), Clock { asked: None, now }).unwrap();
        let all = project.report.findings.len();
        let errors = project.report.count(crate::diagnostic::Level::Error);
        assert!(errors > 2 && all > errors);
        let whole = super::document(&project, all);
        assert!(whole.pointer("/runs/0/invocations").is_none());
        let cut = super::document(&project, errors);
        let results = cut.pointer("/runs/0/results").unwrap().as_array().unwrap();
        assert!(results.len() == errors && results.iter().all(|result| result["level"] == "error"));
        let said = cut.pointer("/runs/0/invocations/0/toolExecutionNotifications/0/message/text").unwrap().as_str().unwrap();
        assert!(said.starts_with(&format!("{} results are left out, ", all - errors)), "{said}");
    }
}
