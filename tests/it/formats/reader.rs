//! Reads the formats as those read them that they are for. Whatever is not as it has to be is a failure.

use std::collections::BTreeSet;

use serde_json::Value as Json;

/// An annotation as the runner of a workflow reads it.
pub struct Annotation {
    pub command: String,
    pub properties: Vec<(String, String)>,
    pub message: String,
}

/// Reads every line as the runner does: a command, its properties, its message.
pub fn github(text: &str) -> Vec<Annotation> {
    let unescape = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let read = |line: &str| {
        let (head, message) =
            line.strip_prefix("::").and_then(|rest| rest.split_once("::")).unwrap_or_else(|| panic!("no command: {line}"));
        let (command, properties) = head.split_once(' ').unwrap();
        let property = |pair: &str| {
            let (key, value) = pair.split_once('=').unwrap_or_else(|| panic!("no property: {line}"));
            (key.to_owned(), unescape(&value.replace("%3A", ":").replace("%2C", ",")))
        };
        Annotation { command: command.to_owned(), properties: properties.split(',').map(property).collect(), message: unescape(message) }
    };
    text.lines().map(read).collect()
}

/// A case of a report for `JUnit`.
#[derive(Debug)]
pub struct Case {
    pub suite: String,
    pub class: String,
    pub name: String,
    /// The element, its type, its message and its text.
    pub outcome: Option<[String; 4]>,
}

/// Reads a report for `JUnit`; the sums have to be right, and no two cases the same.
pub fn junit(text: &str) -> Vec<Case> {
    let document = roxmltree::Document::parse(text).unwrap();
    let root = document.root_element();
    let number = |node: roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<usize>().unwrap();
    let of = |node: roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().to_owned();
    let known = ["testsuites", "testsuite", "testcase", "failure", "skipped"];
    assert!(document.descendants().filter(roxmltree::Node::is_element).all(|node| known.contains(&node.tag_name().name())));
    assert!(document.descendants().all(|node| !node.is_comment() && !node.is_pi()));
    let mut cases = Vec::new();
    for suite in root.children().filter(roxmltree::Node::is_element) {
        let all: Vec<_> = suite.children().filter(roxmltree::Node::is_element).collect();
        let with = |element: &str| all.iter().filter(|case| case.children().any(|child| child.has_tag_name(element))).count();
        let sums = ["tests", "failures", "skipped", "errors"].map(|name| number(suite, name));
        assert_eq!(sums, [all.len(), with("failure"), with("skipped"), 0]);
        for case in all {
            let outcome = case.children().find(roxmltree::Node::is_element).map(|outcome| {
                let text = outcome.text().unwrap_or_default().to_owned();
                [outcome.tag_name().name().to_owned(), of(outcome, "type"), of(outcome, "message"), text]
            });
            cases.push(Case { suite: of(suite, "name"), class: of(case, "classname"), name: of(case, "name"), outcome });
        }
    }
    let failures = cases.iter().filter(|case| case.outcome.as_ref().is_some_and(|outcome| outcome[0] == "failure")).count();
    assert_eq!((number(root, "tests"), number(root, "failures"), number(root, "errors")), (cases.len(), failures, 0));
    let names: BTreeSet<_> = cases.iter().map(|case| (&case.class, &case.name)).collect();
    assert_eq!(names.len(), cases.len(), "two cases have one name");
    cases
}

/// Reads SARIF as code scanning does: everything that it requires is there. Returns the run and its results.
pub fn sarif(text: &str) -> (Json, Vec<Json>) {
    let document: Json = serde_json::from_str(text).unwrap();
    assert_eq!((&document["version"], document["runs"].as_array().unwrap().len()), (&"2.1.0".into(), 1));
    let run = document["runs"][0].clone();
    let driver = &run["tool"]["driver"];
    let rules = driver["rules"].as_array().unwrap();
    let is_said = |value: &Json| value.as_str().is_some_and(|text| !text.is_empty());
    assert!(is_said(&driver["name"]) && is_said(&driver["semanticVersion"]));
    for rule in rules {
        for pointer in ["/id", "/shortDescription/text", "/fullDescription/text", "/help/text", "/help/markdown"] {
            assert!(is_said(rule.pointer(pointer).unwrap()), "{pointer}: {rule}");
        }
        for pointer in ["/shortDescription/text", "/fullDescription/text"] {
            assert!(rule.pointer(pointer).unwrap().as_str().unwrap().chars().count() <= 1024, "{pointer}: {rule}");
            assert!(!rule.pointer(pointer).unwrap().as_str().unwrap().contains("##"), "more than one section: {rule}");
        }
    }
    let results = run["results"].as_array().unwrap().clone();
    let mut fingerprints = BTreeSet::new();
    for result in &results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(result["ruleId"], rule["id"]);
        assert!(is_said(&result["message"]["text"]) && ["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        let fingerprint = result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap();
        assert_eq!(fingerprint, format!("{}:1", result["partialFingerprints"]["linchpin/v1"].as_str().unwrap()));
        assert!(fingerprints.insert(fingerprint.to_owned()), "one fingerprint for two results");
        let locations = result["locations"].as_array().unwrap().iter();
        let related: Vec<&Json> = result["relatedLocations"].as_array().into_iter().flatten().collect();
        for location in locations.chain(related.iter().copied()) {
            place(&location["physicalLocation"]);
        }
        let ids: Vec<String> = related.iter().map(|location| location["id"].to_string()).collect();
        for target in links(result["message"]["text"].as_str().unwrap()) {
            assert!(ids.contains(&target), "a link to {target}: {result}");
        }
    }
    (run, results)
}

/// Fails unless a place has a URI that is no more than a path, and all four numbers.
fn place(physical: &Json) {
    let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
    let path = uri.strip_prefix("file://").unwrap_or(uri);
    assert!(path.chars().all(|c| c.is_ascii_alphanumeric() || "-._~/%".contains(c)), "{uri}");
    let number = |name: &str| physical["region"][name].as_u64().unwrap();
    let (start, end) = ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
    assert!(start.0 >= 1 && start.1 >= 1 && end.1 >= 1 && start <= end, "{physical}");
}

/// The targets of the links in a plain text of SARIF: `[text](target)`, unless the brackets are escaped.
fn links(text: &str) -> Vec<String> {
    let (mut targets, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find("](") {
        let is_escaped = rest[..at].chars().rev().take_while(|c| *c == '\\').count() % 2 == 1;
        rest = &rest[at + 2..];
        if !is_escaped {
            targets.push(rest.split(')').next().unwrap().to_owned());
        }
    }
    targets
}

/// Fails unless a comment makes nothing of texts but texts: no link, picture, mention or markup that is not linchpin's own.
pub fn markdown(text: &str, what: &str) {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    assert!(text.starts_with("<!-- linchpin -->\n### linchpin: "), "{what}");
    assert!(text.chars().count() <= 65_536, "{what}: {} characters", text.chars().count());
    let mut words = String::new();
    for event in Parser::new_ext(text, Options::all()) {
        match event {
            Event::Start(tag) => {
                let is_own =
                    matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::List(None) | Tag::Item | Tag::Strong | Tag::HtmlBlock);
                assert!(is_own, "{what}: {tag:?}");
            }
            Event::Html(html) => {
                let html = html.trim();
                let is_summary = html.strip_prefix("<summary>").and_then(|rest| rest.strip_suffix("</summary>"));
                let is_own = ["<!-- linchpin -->", "<details>", "</details>", ""].contains(&html)
                    || is_summary.is_some_and(|words| words.chars().all(|c| c.is_ascii_alphanumeric() || c == ' '));
                assert!(is_own, "{what}: {html}");
            }
            Event::Text(text) => words.push_str(&text),
            Event::Code(_) => words.push(' '),
            Event::HardBreak | Event::SoftBreak | Event::End(_) => words.push('\n'),
            event => panic!("{what}: {event:?}"),
        }
    }
    let lower = words.to_lowercase();
    for link in ["://", "www.", "gh-1"] {
        assert!(!lower.contains(link), "{what}: {link} in {words}");
    }
    let mut characters = words.chars().peekable();
    while let Some(c) = characters.next() {
        let is_mention = matches!(c, '@' | '#') && characters.peek().is_some_and(char::is_ascii_alphanumeric);
        assert!(!is_mention, "{what}: {c}{}", characters.take(20).collect::<String>());
    }
    assert_eq!(text.matches("\n<details>\n").count(), text.matches("\n</details>\n").count(), "{what}");
}
