//! Reports of findings: what their readers make of hostile texts, in messages and in mistakes.

use linchpin::{Project, report::finding::Format};
use serde_json::Value as Json;

use super::{CASES, CORPUS, assert_calm, mistakes};
use crate::{
    built::{Folder, open},
    formats::{ALL, reader, written},
    hostile::terminal::assert_no_command,
};

/// Reads every format as its readers do and fails where a text is more than a text.
fn assert_all(project: &Project, what: &str) {
    let findings = &project.report.findings;
    for (format, name) in ALL {
        let what = format!("{what}, {name}");
        let text = written(format, project);
        assert_calm(&text, &what);
        match format {
            Format::Json => {
                let report: Json = serde_json::from_str(&text).unwrap();
                for (finding, said) in findings.iter().zip(report["findings"].as_array().unwrap()) {
                    assert_eq!(said["message"], finding.message, "{what}");
                }
            }
            Format::Sarif => {
                let (run, results) = reader::sarif(&text);
                assert_eq!(results.len(), findings.len(), "{what}");
                decoded(&run, &what);
            }
            Format::Gitlab => {
                let issues: Json = serde_json::from_str(&text).unwrap();
                assert_eq!(issues.as_array().unwrap().len(), findings.len(), "{what}");
                decoded(&issues, &what);
            }
            Format::Junit => {
                let cases = reader::junit(&text);
                let failed = cases.iter().filter_map(|case| case.outcome.as_ref()).filter(|outcome| outcome[0] == "failure");
                assert_eq!(failed.count(), findings.len(), "{what}");
            }
            Format::Markdown => reader::markdown(&text, &what),
            Format::Github => {
                let annotations = reader::github(&text);
                assert_eq!(annotations.len(), findings.len(), "{what}");
                for annotation in annotations {
                    assert!(["error", "warning", "notice"].contains(&annotation.command.as_str()), "{what}");
                    let keys = annotation.properties.iter().map(|(key, _)| key.as_str());
                    assert!(keys.clone().all(|key| ["file", "line", "endLine", "col", "endColumn", "title"].contains(&key)), "{what}");
                }
                assert!(!text.contains("##["), "{what}");
            }
            Format::Text | Format::Concise => {}
        }
        if format != Format::Github {
            assert_no_command(&text, &what);
        }
    }
}

/// Fails if a text of a document steers once it is decoded.
fn decoded(json: &Json, what: &str) {
    match json {
        Json::String(text) => assert_calm(text, what),
        Json::Array(items) => items.iter().for_each(|item| decoded(item, what)),
        Json::Object(table) => table.values().for_each(|value| decoded(value, what)),
        _ => {}
    }
}

#[test]
fn findings_about_hostile_texts_are_harmless_in_every_format() {
    let with = |text: &str| CASES.iter().filter(|case| case.project.report.findings.iter().any(|of| of.message.contains(text))).count();
    assert!(with(CORPUS[0].1) > 0, "no message names anything by its name");
    for case in CASES.iter() {
        assert_all(&case.project, case.name);
    }
}

#[test]
fn findings_about_hostile_mistakes_are_harmless_in_every_format() {
    for (name, text) in CORPUS {
        for mistake in mistakes(text) {
            let folder = Folder::stack(&mistake);
            let project = open(folder.path());
            assert!(!project.is_valid(), "{name}: {mistake}");
            assert_all(&project, &format!("{name}: {mistake}"));
        }
    }
}

/// Messages may quote anything anywhere, so every text is also a whole message, its note, help, label, subject and key.
#[test]
fn a_hostile_message_is_harmless_in_every_format_wherever_it_stands() {
    for (name, text) in CORPUS {
        let made = crate::formats::small();
        let mut project = made.open();
        for finding in &mut project.report.findings {
            finding.message = format!("{text} of `{text}`");
            finding.notes = vec![(*text).to_owned()];
            finding.help = Some((*text).to_owned());
            finding.label = (*text).to_owned();
            finding.subject = format!("{}{text}", finding.subject);
            finding.related.iter_mut().for_each(|related| related.label = (*text).to_owned());
        }
        for accepted in &mut project.report.suppressed {
            accepted.finding.message = (*text).to_owned();
            accepted.reason = (*text).to_owned();
            accepted.by = (*text).to_owned();
        }
        assert_all(&project, name);
    }
}
