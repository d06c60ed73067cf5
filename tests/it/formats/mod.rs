//! The formats of findings: what each says, and that its readers accept it.

pub mod reader;

mod capped;
mod machine;
mod output;

use std::path::PathBuf;

use linchpin::{
    Project,
    report::finding::{self, Cap, Format},
};

use crate::fixture::{Made, checked_in, golden};

/// Every format with its name.
pub const ALL: [(Format, &str); 8] = [
    (Format::Text, "text"),
    (Format::Concise, "concise"),
    (Format::Json, "json"),
    (Format::Sarif, "sarif"),
    (Format::Github, "github"),
    (Format::Gitlab, "gitlab"),
    (Format::Junit, "junit"),
    (Format::Markdown, "markdown"),
];

pub fn written(format: Format, project: &Project) -> String {
    capped(format, Cap::default(), project)
}

pub fn capped(format: Format, cap: Cap, project: &Project) -> String {
    let mut out = Vec::new();
    finding::write_capped(format, cap, project, &mut out).unwrap();
    anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string()
}

/// A stack with findings of every level, an accepted one, related places, and names that mean something to the formats.
pub fn small() -> Made {
    Made::of(&[
        (
            "stack.toml",
            "[stack]\nname = \"Example & <Co>\"\nas-of = 2026-11-22\n\n[rules]\norphaned-tool = \"info\"\n\n[[override]]\non = \"tool.second\"\nrules = { departed-owner = \"warning\" }\n",
        ),
        ("people.toml", "[person.ana]\nname = \"Ana | @ana\"\nstatus = \"left\"\n\n[person.bea]\nname = \"Bea\"\n"),
        (
            "tools/crm & more.toml",
            "[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\npurpose = \"Holds every lead.\"\n\n\
             [tool.second]\nname = \"Second\"\ncategory = \"crm\"\npurpose = \"Ä test.\"\nowner = \"ana\"\nadmins = [\"ana\"]\n\n\
             [[suppress]]\nrule = \"orphaned-tool\"\non = \"tool.crm\"\nreason = \"the connector comes in *spring*\"\nuntil = 2027-02-28\nby = \"bea\"\n",
        ),
    ])
}

/// The small stack as it would be judged by these rules alone, seen from above a folder `martech`.
fn judged() -> Project {
    let mut project = small().open();
    let rules = ["departed-owner", "no-owner", "orphaned-tool"];
    project.report.findings.retain(|finding| rules.contains(&finding.rule.name));
    project.report.suppressed.retain(|accepted| rules.contains(&accepted.finding.rule.name));
    project.root = PathBuf::from("./martech");
    project
}

#[test]
fn every_format_is_as_it_was_read_and_accepted() {
    let project = judged();
    for (format, name) in ALL {
        let mut text = written(format, &project).replace(&format!("\"{}\"", env!("CARGO_PKG_VERSION")), "\"VERSION\"");
        let file = match format {
            Format::Json => "report.json",
            Format::Sarif => "report.sarif",
            Format::Gitlab => "gitlab.json",
            Format::Junit => "junit.xml",
            Format::Markdown => "markdown.md",
            Format::Text | Format::Concise | Format::Github => name,
        };
        match format {
            Format::Junit => text = without_passed(&text),
            Format::Sarif => text = without_pages(&text),
            _ => {}
        }
        golden(&text, &checked_in("it/golden/formats").join(if file == name { format!("{name}.txt") } else { file.to_owned() }));
    }
}

/// A report without the pages of rules, which have tests of their own.
fn without_pages(text: &str) -> String {
    let mut document: serde_json::Value = serde_json::from_str(text).unwrap();
    for rule in document.pointer_mut("/runs/0/tool/driver/rules").unwrap().as_array_mut().unwrap() {
        rule["help"] = serde_json::json!({ "text": "…", "markdown": "…" });
    }
    format!("{document:#}\n")
}

/// A report without the cases of rules that found nothing, and without numbers that count them: other rules may come.
fn without_passed(text: &str) -> String {
    let mut kept = String::new();
    let mut suite = String::new();
    for line in text.lines() {
        let line = line.split(" tests=\"").enumerate().map(|(part, rest)| if part == 0 { rest } else { rest.split_once("\" ").unwrap().1 });
        let line = line.collect::<Vec<_>>().join(" ");
        if line.contains("name=\"nothing to report\"/>") {
            continue;
        }
        // A suite of nothing but such cases goes with them.
        if line.starts_with("  <testsuite ") {
            suite = line + "\n";
        } else if line != "  </testsuite>" || suite.is_empty() {
            kept.push_str(&std::mem::take(&mut suite));
            kept.push_str(&line);
            kept.push('\n');
        } else {
            suite.clear();
        }
    }
    kept
}

#[test]
fn a_stack_without_findings_is_a_whole_document_too() {
    let project = Made::one("").open();
    assert!(project.report.findings.is_empty());
    for (format, name) in ALL {
        let text = written(format, &project);
        match format {
            Format::Text | Format::Concise | Format::Github => assert_eq!(text, "", "{name}"),
            Format::Json => assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap()["findings"], serde_json::json!([])),
            Format::Sarif => assert_eq!(reader::sarif(&text).1.len(), 0),
            Format::Gitlab => assert_eq!(text, "[]\n"),
            Format::Junit => assert!(reader::junit(&text).iter().all(|case| case.outcome.is_none())),
            Format::Markdown => {
                assert!(
                    text.starts_with("<!-- linchpin -->\n### linchpin: nothing to report\n\nThe stack of Example, 1 file, as of "),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn the_same_stack_gives_the_same_bytes() {
    let made = small();
    let (first, second) = (made.open(), made.open());
    for (format, name) in ALL {
        assert_eq!(written(format, &first), written(format, &second), "{name}");
    }
}
