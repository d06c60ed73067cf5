//! Rules: each by its fixtures, its page, and the way it speaks.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use linchpin::{
    Project,
    diagnostic::{Diagnostic, Level, Rule},
    load::validity,
    model::Kind,
    report::finding::{self, Cap, Format},
    rules,
};
use toml::{Table, Value};

use crate::fixture::{Made, brief, checked_in, folders, golden, merged, open};

/// The fixtures of a rule whose names start like this, as paths relative to the working directory, so that reports show them so.
fn fixtures(rule: &Rule, prefix: &str) -> Vec<PathBuf> {
    let below = |folder: PathBuf| folder.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_owned();
    let is_named = |folder: &PathBuf| folder.file_name().unwrap().to_string_lossy().starts_with(prefix);
    folders(&format!("rules/{}", rule.name)).into_iter().filter(is_named).map(below).collect()
}

/// Judges a stack by its own day, and keeps what one rule finds.
fn found_by(rule: &Rule, folder: &Path) -> Project {
    let mut project = open(folder);
    assert!(project.is_valid(), "{} is not valid: {:?}", folder.display(), brief(&project));
    project.report.findings.retain(|finding| finding.rule == rule);
    project
}

#[test]
fn every_rule_finds_what_its_fixtures_expect() {
    for rule in rules::RULES {
        let failing = fixtures(rule, "fail");
        assert!(!failing.is_empty(), "tests/rules/{}/fail is missing", rule.name);
        for folder in failing {
            let project = found_by(rule, &folder);
            assert!(!project.report.findings.is_empty(), "{} finds nothing in {}", rule.name, folder.display());
            let mut text = Vec::new();
            finding::write_capped(Format::Text, Cap::of(0), &project, &mut text).unwrap();
            let text = anstream::adapter::strip_str(std::str::from_utf8(&text).unwrap()).to_string();
            golden(&text, &folder.join("expected.txt"));
        }
    }
}

#[test]
fn no_rule_finds_anything_in_what_passes() {
    for rule in rules::RULES {
        let passing = fixtures(rule, "pass");
        assert!(!passing.is_empty(), "tests/rules/{}/pass is missing", rule.name);
        for folder in passing {
            assert_eq!(brief(&found_by(rule, &folder)), [] as [&str; 0], "{}", folder.display());
        }
    }
}

#[test]
fn every_folder_of_fixtures_belongs_to_a_rule() {
    for folder in folders("rules") {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(rules::RULES.iter().any(|rule| rule.name == name), "there is no rule {name}");
        for fixture in folders(&format!("rules/{name}")) {
            let fixture = fixture.file_name().unwrap().to_string_lossy().into_owned();
            assert!(fixture.starts_with("fail") || fixture.starts_with("pass"), "{name}/{fixture} is neither fail nor pass");
        }
    }
}

#[test]
fn every_rule_of_validity_has_a_stack_with_its_mistakes() {
    for rule in validity::RULES {
        let folder = checked_in("stacks/mistakes").join(rule.name);
        assert!(folder.is_dir(), "tests/stacks/mistakes/{} is missing", rule.name);
        let found = open(&folder).report.findings;
        assert!(found.iter().any(|finding| finding.rule == rule), "{} finds nothing in {}", rule.name, folder.display());
    }
}

/// The TOML under a heading of a rule's page.
fn block(rule: &Rule, heading: &str) -> String {
    let section = rule.section(heading).unwrap_or_else(|| panic!("{} has no `## {heading}`", rule.name));
    let block = section.split("```toml\n").nth(1).unwrap_or_else(|| panic!("`## {heading}` of {} has no TOML", rule.name));
    let lines = block.split("```").next().unwrap().lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// An example of a rule as a stack: that of a rule of validity by itself, any other as a part of the sound stack, in which
/// its tables stand in the place of those with the same header. The bare header of a kind, such as `[attribution]`, stands
/// in the place of everything of that kind.
fn example(rule: &Rule, heading: &str) -> Made {
    let text = block(rule, heading);
    if !rule.is_adjustable() {
        return Made::one(&text);
    }
    let mut all = merged(&["stacks/sound"]);
    let part: Table = text.parse().unwrap_or_else(|error| panic!("`## {heading}` of {} is not TOML: {error}", rule.name));
    for (key, value) in part {
        match (all.get_mut(&key), value) {
            (Some(Value::Table(entities)), Value::Table(new)) if Kind::from_name(&key).is_some() && !new.is_empty() => {
                entities.extend(new);
            }
            (_, value) => drop(all.insert(key, value)),
        }
    }
    Made::of(&[("stack.toml", &toml::to_string(&all).unwrap())])
}

/// The names of the rules that find something in an example.
fn fired(rule: &Rule, heading: &str) -> BTreeSet<&'static str> {
    let project = example(rule, heading).open();
    project.report.findings.iter().map(|finding| finding.rule.name).collect()
}

#[test]
fn the_example_of_every_rule_fires_that_rule_alone() {
    let wrong: Vec<_> = rules::all().into_iter().map(|rule| (rule.name, fired(rule, "Example"))).collect();
    let wrong: Vec<_> = wrong.into_iter().filter(|(name, fired)| *fired != BTreeSet::from([*name])).collect();
    assert_eq!(wrong, []);
}

#[test]
fn what_to_use_instead_fires_nothing() {
    let wrong: Vec<_> = rules::RULES.iter().map(|rule| (rule.name, fired(rule, "Use instead"))).collect();
    let wrong: Vec<_> = wrong.into_iter().filter(|(_, fired)| !fired.is_empty()).collect();
    assert_eq!(wrong, []);
}

#[test]
fn what_to_use_instead_of_a_mistake_is_valid() {
    for rule in validity::RULES {
        let project = example(rule, "Use instead").open();
        let names: Vec<&str> = project.report.findings.iter().filter(|f| !f.rule.is_adjustable()).map(|f| f.rule.name).collect();
        assert_eq!(names, [] as [&str; 0], "{}", rule.name);
    }
}

#[test]
fn a_stack_that_follows_all_the_advice_has_no_finding() {
    let project = open(&checked_in("stacks/sound"));
    assert_eq!(crate::fixture::told(&project), "");
    assert!(project.stack.all().count() > 40, "it is not an empty stack");
}

#[test]
fn every_page_of_a_rule_has_its_sections_in_order() {
    let known = ["What it checks", "Why it matters", "Example", "Use instead", "Options", "Limits"];
    for rule in rules::all() {
        let headings: Vec<&str> = rule.docs.lines().filter_map(|line| line.trim_start().strip_prefix("## ")).collect();
        let order: Vec<usize> = headings.iter().map(|heading| known.iter().position(|known| known == heading).expect(heading)).collect();
        assert!(order.is_sorted() && order.starts_with(&[0, 1, 2, 3]), "{}: {headings:?}", rule.name);
        assert!(rule.summary().ends_with('.') && !rule.summary().contains('\n'), "{}: {}", rule.name, rule.summary());
        assert_eq!(headings.contains(&"Options"), rule.options.is_some(), "{}", rule.name);
    }
}

#[test]
fn the_rules_are_sorted_by_name_and_every_name_is_taken_once() {
    let names: Vec<&str> = rules::RULES.iter().map(|rule| rule.name).collect();
    assert!(names.is_sorted());
    let all: BTreeSet<&str> = rules::all().iter().map(|rule| rule.name).collect();
    assert_eq!(all.len(), rules::all().len());
}

/// What is wrong with how a finding speaks.
fn objections(finding: &Diagnostic) -> Vec<&'static str> {
    let texts = [Some(finding.message.as_str()), finding.help.as_deref()].into_iter().flatten();
    let texts = texts.chain(finding.notes.iter().map(String::as_str)).chain([finding.label.as_str()]);
    let texts = texts.chain(finding.related.iter().map(|related| related.label.as_str()));
    let mut objections = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if text.ends_with('.') {
            objections.push("ends with a full stop");
        }
        if text.contains("  ") || text.trim() != text || text.contains('\n') {
            objections.push("has stray white space");
        }
        if text.matches('`').count() % 2 != 0 {
            objections.push("has an unpaired backtick");
        }
    }
    let first = finding.message.chars().next();
    let is_name = finding.message.split(' ').next().is_some_and(|word| matches!(word, "TOML" | "UTF-8"));
    if first.is_some_and(char::is_uppercase) && !is_name && !starts_with_a_name(finding) {
        objections.push("starts with a capital");
    }
    if finding.message.is_empty() {
        objections.push("says nothing");
    }
    if finding.level == Level::Error && finding.help.as_deref().is_none_or(str::is_empty) {
        objections.push("has no help");
    }
    objections
}

/// Whether a message starts with what an entity is called: an integration by its ends, say.
fn starts_with_a_name(finding: &Diagnostic) -> bool {
    finding.rule.name == "manual-integration" || finding.message.contains(" has accepted ")
}

#[test]
fn every_message_speaks_in_the_same_way() {
    let stacks = folders("stacks/mistakes").into_iter().chain(rules::RULES.iter().flat_map(|rule| fixtures(rule, "fail")));
    let mut seen = 0;
    for folder in stacks.chain([checked_in("stacks/sourcegraph"), checked_in("stacks/posthog"), checked_in("../stack.example")]) {
        for finding in &open(&folder).report.findings {
            assert_eq!(objections(finding), [] as [&str; 0], "{}: {:?}", finding.rule.name, finding);
            seen += 1;
        }
    }
    assert!(seen > 200, "only {seen} messages were read");
}

/// Fixtures that say something in `[rules]` themselves have a folder of their own, such as `fail-options`.
#[test]
fn a_level_and_an_override_and_an_accepted_risk_are_applied_to_every_rule() {
    for rule in rules::RULES {
        let folder = fixtures(rule, "fail").remove(0);
        let text = fs::read_to_string(folder.join("stack.toml")).unwrap();
        let level = |settings: &str| {
            let project = Made::of(&[("stack.toml", &text), ("settings.toml", settings)]).open();
            assert!(project.is_valid(), "{:?}", brief(&project));
            let levels: Vec<Level> =
                project.report.findings.iter().filter(|finding| finding.rule == *rule).map(|finding| finding.level).collect();
            (levels, project.report.suppressed.iter().filter(|suppressed| suppressed.finding.rule == *rule).count())
        };
        let name = rule.name;
        let (plain, _) = level("");
        // A rule may say that one of its findings means more or less than the others.
        assert!(plain.contains(&rule.level), "{name}");
        let (info, _) = level(&format!("[rules]\n{name} = \"info\"\n"));
        assert_eq!(info, vec![Level::Info; plain.len()], "{name}");
        assert_eq!(level(&format!("[rules]\n{name} = \"off\"\n")).0, [], "{name}");
        assert_eq!(level(&format!("[rules]\n{name} = {{ level = \"off\" }}\n")).0, [], "{name}");
        let (warned, _) = level(&format!("[rules]\n{name} = \"off\"\n[[override]]\non = \"*\"\nrules = {{ {name} = \"warning\" }}\n"));
        assert_eq!(warned, vec![Level::Warning; plain.len()], "{name}");
    }
}

#[test]
fn an_accepted_risk_sets_aside_exactly_the_finding_it_names_until_its_day() {
    let accept = |on: &str, until: &str| {
        let text = format!(
            "[person.ana]\nname = \"Ana\"\n[tool.a]\nname = \"A\"\ncategory = \"crm\"\n[tool.b]\nname = \"B\"\ncategory = \"crm\"\n\
             [[suppress]]\nrule = \"no-owner\"\non = {on}\nreason = \"the team decides next month\"\nuntil = {until}\nby = \"ana\"\n"
        );
        let project = Made::one(&text).open();
        let left = project.report.findings.iter().filter(|finding| finding.rule.name == "no-owner").map(|finding| finding.subject.clone());
        (left.collect::<Vec<_>>(), project.report.suppressed.len())
    };
    assert_eq!(accept("\"tool.a\"", "2026-11-22"), (vec!["tool.b".to_owned()], 1));
    assert_eq!(accept("[\"tool.a\"]", "2027-11-22"), (vec!["tool.b".to_owned()], 1));
    assert_eq!(accept("\"tool.a\"", "2026-11-21"), (vec!["tool.a".to_owned(), "tool.b".to_owned()], 0));
    assert_eq!(accept("[\"tool.a\", \"tool.b\"]", "2026-11-22"), (vec!["tool.a".to_owned(), "tool.b".to_owned()], 0));
    assert_eq!(accept("\"stack\"", "2026-11-22"), (vec!["tool.a".to_owned(), "tool.b".to_owned()], 0));
}
