//! What becomes of findings: held against every rule and its fixtures, so that a new rule is covered by being there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use linchpin::{
    Project,
    diagnostic::{Diagnostic, Level, Rule},
    load::Edits,
    model::Kind,
    policy::{Request, acceptance::State, baseline::Baseline, selection::Selection},
    rules,
};
use toml::{Table, Value};

use crate::fixture::{Made, brief, checked_in, clock, folders, merged, today};

/// As many findings of a fixture are accepted one by one.
const ACCEPTED: usize = 2;
/// Somebody who accepts risks and is nobody else.
const APPROVER: &str = "[person.zz-approver]\nname = \"Approver\"\n";

/// The fixtures in which a rule finds something.
fn failing(rule: &Rule) -> Vec<PathBuf> {
    let is_failing = |folder: &PathBuf| folder.file_name().unwrap().to_string_lossy().starts_with("fail");
    folders(&format!("rules/{}", rule.name)).into_iter().filter(is_failing).collect()
}

/// Every rule with each of its fixtures in which it finds something.
fn all_failing() -> impl Iterator<Item = (&'static Rule, PathBuf)> {
    rules::RULES.iter().flat_map(|rule| failing(rule).into_iter().map(|folder| (*rule, folder)))
}

/// Every stack that is checked in and valid.
fn all_stacks() -> impl Iterator<Item = PathBuf> {
    let whole = ["stacks/sound", "stacks/addresses", "stacks/sourcegraph", "stacks/posthog", "../stack.example"];
    whole.into_iter().map(checked_in).chain(all_failing().map(|(_, folder)| folder))
}

fn judge(root: &Path, request: &Request) -> Project {
    Project::judge(root, clock(), request, &Edits::new()).unwrap()
}

/// Judges a stack with some more files.
fn with(root: &Path, request: &Request, more: &[(&str, &str)]) -> Project {
    let made = Made::copy_of(root);
    for (path, text) in more {
        made.write(path, text);
    }
    let project = judge(made.root(), request);
    assert!(project.is_valid(), "{}: {:?}", root.display(), brief(&project));
    project
}

fn selection(select: &[&str], ignore: &[&str], level: &[&str]) -> Request {
    let owned = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let selection = Selection::parse(&owned(select), &owned(ignore), &owned(level)).unwrap();
    Request { selection, ..Request::default() }
}

/// All that is said of a finding but its place.
type Said = (String, &'static str, Level, String, Option<String>, String, Vec<String>, Option<String>);

fn one(finding: &Diagnostic) -> Said {
    let Diagnostic { rule, level, subject, key, message, notes, help, .. } = finding;
    (finding.id(), rule.name, *level, subject.clone(), key.clone(), message.clone(), notes.clone(), help.clone())
}

/// What is said of some findings, sorted.
fn said<'d>(findings: impl IntoIterator<Item = &'d Diagnostic>) -> Vec<Said> {
    let mut said: Vec<Said> = findings.into_iter().map(one).collect();
    said.sort();
    said
}

/// A `[[suppress]]` of a finding by its subject and key.
fn acceptance(finding: &Diagnostic, until: linchpin::model::Date) -> String {
    let key = finding.key.as_ref().map_or_else(String::new, |key| format!("key = {}\n", Value::String(key.clone())));
    format!(
        "{APPROVER}\n[[suppress]]\nrule = \"{}\"\non = \"{}\"\n{key}reason = \"decided for this test\"\nuntil = {until}\nby = \"zz-approver\"\n",
        finding.rule.name, finding.subject
    )
}

/// The findings that an accepted risk names: by subject, and by key where the finding has one.
fn is_named(finding: &Diagnostic, like: &Diagnostic) -> bool {
    finding.rule == like.rule && finding.subject == like.subject && (like.key.is_none() || finding.key == like.key)
}

#[test]
fn an_accepted_risk_removes_exactly_its_finding_and_an_expired_one_nothing() {
    for (rule, folder) in all_failing() {
        let before = with(&folder, &Request::default(), &[("zz/approver.toml", APPROVER)]).report;
        let own: Vec<&Diagnostic> = before.findings.iter().filter(|finding| finding.rule == rule).take(ACCEPTED).collect();
        for finding in own {
            let shown = format!("{} on {} in {}", rule.name, finding.subject, folder.display());
            if !rule.is_suppressible() {
                let made = Made::copy_of(&folder);
                made.write("zz/approver.toml", acceptance(finding, today()));
                let refused = brief(&judge(made.root(), &Request::default()));
                assert_eq!(refused, ["zz/approver.toml:5 invalid-suppression stack"], "{shown}");
                continue;
            }
            let accepted = with(&folder, &Request::default(), &[("zz/approver.toml", &acceptance(finding, today()))]).report;
            let rest = before.findings.iter().filter(|other| !is_named(other, finding));
            assert_eq!(said(&accepted.findings), said(rest), "accepted: {shown}");
            let aside = accepted.suppressed.iter().map(|one| &one.finding).filter(|other| is_named(other, finding));
            assert_eq!(said(aside), said(before.findings.iter().filter(|other| is_named(other, finding))), "{shown}");

            let yesterday = today().plus_days(-1);
            let expired = with(&folder, &Request::default(), &[("zz/approver.toml", &acceptance(finding, yesterday))]).report;
            let note = format!("the acceptance of this finding by Approver expired on {yesterday}");
            let expected = before.findings.iter().cloned().map(|other| if is_named(&other, finding) { other.note(&note) } else { other });
            let is_own = |other: &&Diagnostic| !(other.rule.name == "expired-suppression" && other.message.contains("by Approver"));
            assert_eq!(said(expired.findings.iter().filter(is_own)), said(&expected.collect::<Vec<_>>()), "expired: {shown}");
            assert_eq!(expired.findings.len(), before.findings.len() + 1, "{shown}");
        }
    }
}

#[test]
fn without_acceptances_everything_is_reported_and_nothing_is_unused() {
    let request = Request { reports_accepted: true, ..Request::default() };
    for folder in all_stacks() {
        let usual = judge(&folder, &Request::default()).report;
        let all = judge(&folder, &request).report;
        let usually = usual.findings.iter().filter(|finding| finding.rule.name != "unused-suppression");
        let ids = |findings: Vec<&Diagnostic>| findings.into_iter().map(Diagnostic::id).collect::<BTreeSet<_>>();
        let expected = ids(usually.chain(usual.suppressed.iter().map(|one| &one.finding)).collect());
        assert_eq!(ids(all.findings.iter().collect()), expected, "{}", folder.display());
        assert!(all.suppressed.is_empty() && all.acceptances.is_empty());
    }
}

#[test]
fn every_finding_of_every_stack_has_an_id_of_its_own() {
    for folder in all_stacks().chain(folders("stacks/mistakes")) {
        let report = judge(&folder, &Request::default()).report;
        let mut seen = BTreeMap::new();
        for finding in report.findings.iter().chain(report.suppressed.iter().map(|one| &one.finding)) {
            let of = (finding.rule.name, finding.subject.clone(), finding.key.clone());
            if let Some(other) = seen.insert(finding.id(), of.clone()) {
                panic!("{}: {other:?} and {of:?} have one id", folder.display());
            }
        }
    }
}

/// A text with remarks and empty lines before every header outside texts of several lines.
fn spaced(text: &str) -> String {
    let mut out = String::from("# A remark.\n\n");
    let mut is_inside = false;
    for line in text.lines() {
        if !is_inside && line.starts_with('[') && line.trim_end().ends_with(']') {
            out.push_str("\n\n# Another remark.\n\n");
        }
        is_inside ^= (line.matches("\"\"\"").count() + line.matches("'''").count()) % 2 == 1;
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// The tables of a stack one by one: entities each by itself, everything else together.
fn pieces(all: &Table) -> (String, Vec<(String, String)>) {
    let mut rest = Table::new();
    let mut pieces = Vec::new();
    for (key, value) in all {
        match value {
            Value::Table(entities) if Kind::from_name(key).is_some() => {
                for (id, entity) in entities {
                    let one = Table::from_iter([(key.clone(), Value::Table(Table::from_iter([(id.clone(), entity.clone())])))]);
                    pieces.push((format!("{key}/{id}.toml"), toml::to_string(&one).unwrap()));
                }
            }
            value => drop(rest.insert(key.clone(), value.clone())),
        }
    }
    (toml::to_string(&rest).unwrap(), pieces)
}

/// The same stack written in other ways.
fn rewritten(folder: &Path) -> Vec<(&'static str, Made)> {
    let relative = folder.strip_prefix(checked_in("")).unwrap().to_str().unwrap();
    let (rest, pieces) = pieces(&merged(&[relative]));
    let with = |files: Vec<(String, String)>| {
        let made = Made::copy_of(folder);
        made.remove_toml();
        for (path, text) in &files {
            made.write(path, text);
        }
        made
    };
    let joined = |texts: Vec<&str>| vec![("stack.toml".to_owned(), texts.join("\n"))];
    let texts = || pieces.iter().map(|(_, text)| text.as_str());
    let remarks = Made::copy_of(folder);
    remarks.each_toml(|text| spaced(&text));
    vec![
        ("with remarks and empty lines", remarks),
        ("formatted anew", with(joined(std::iter::once(rest.as_str()).chain(texts()).collect()))),
        ("in another order", with(joined(texts().rev().chain([rest.as_str()]).collect()))),
        ("in a file each", with(pieces.iter().cloned().chain([("stack.toml".to_owned(), rest.clone())]).collect())),
        (
            "in files of another order",
            with(
                pieces
                    .iter()
                    .enumerate()
                    .map(|(index, (_, text))| (format!("{:04}/x.toml", pieces.len() - index), text.clone()))
                    .chain([("stack.toml".to_owned(), rest.clone())])
                    .collect(),
            ),
        ),
    ]
}

#[test]
fn what_is_found_does_not_depend_on_how_the_files_are_written() {
    for folder in all_stacks() {
        let before = judge(&folder, &Request::default()).report;
        for (how, made) in rewritten(&folder) {
            let after = judge(made.root(), &Request::default());
            assert!(after.is_valid(), "{how}: {}: {:?}", folder.display(), brief(&after));
            assert_eq!(said(&after.report.findings), said(&before.findings), "{how}: {}", folder.display());
            let ids = |report: &linchpin::policy::Report| report.suppressed.iter().map(|one| one.finding.id()).collect::<BTreeSet<_>>();
            assert_eq!(ids(&after.report), ids(&before), "{how}: {}", folder.display());
        }
    }
}

/// Whether a finding is said of an acceptance of one of these rules that it is unused: that is known only if they run.
fn is_unused_of(finding: &Diagnostic, is_one: impl Fn(&Rule) -> bool) -> bool {
    let of = finding.key.as_deref().and_then(|key| key.split(' ').next()).and_then(rules::find);
    finding.rule.name == "unused-suppression" && of.is_some_and(is_one)
}

#[test]
fn a_rule_that_is_left_out_takes_its_findings_along_and_one_that_is_selected_keeps_only_them() {
    for rule in rules::RULES {
        let folder = failing(rule).remove(0);
        let all = judge(&folder, &Request::default()).report.findings;
        let kept = |keeps: &dyn Fn(&Rule) -> bool| {
            let is_kept = |finding: &&Diagnostic| keeps(finding.rule) && !is_unused_of(finding, |of| !keeps(of));
            said(all.iter().filter(is_kept))
        };
        let found = |select: &[&str], ignore: &[&str]| said(&judge(&folder, &selection(select, ignore, &[])).report.findings);
        let family = rule.family.word();
        assert_eq!(found(&[], &[rule.name]), kept(&|of| of != *rule), "--ignore {}", rule.name);
        assert_eq!(found(&[rule.name], &[]), kept(&|of| of == *rule), "--select {}", rule.name);
        assert_eq!(found(&[], &[family]), kept(&|of| of.family != rule.family), "--ignore {family}");
        assert_eq!(found(&[family], &[]), kept(&|of| of.family == rule.family), "--select {family}");
        assert_eq!(found(&[family], &[rule.name]), kept(&|of| of.family == rule.family && of != *rule), "{family} but {}", rule.name);
    }
}

#[test]
fn mistakes_in_the_files_are_reported_whatever_is_selected() {
    for folder in folders("stacks/mistakes") {
        let all = said(&judge(&folder, &Request::default()).report.findings);
        for request in [
            selection(&["no-owner"], &[], &[]),
            selection(&["governance"], &["integration"], &[]),
            selection(&[], &["ownership", "documentation"], &["no-backup=off"]),
            Request { reports_accepted: true, ..Request::default() },
        ] {
            assert_eq!(said(&judge(&folder, &request).report.findings), all, "{}", folder.display());
        }
    }
}

#[test]
fn a_level_changes_the_level_and_nothing_else() {
    for rule in rules::RULES {
        let folder = failing(rule).remove(0);
        let plain = judge(&folder, &Request::default()).report.findings;
        let expected = |level: Level| {
            let levelled = plain.iter().cloned().map(|finding| if finding.rule == *rule { finding.level(level) } else { finding });
            said(&levelled.collect::<Vec<_>>())
        };
        let name = rule.name;
        for level in [Level::Error, Level::Warning, Level::Info] {
            let asked = selection(&[], &[], &[&format!("{name}={}", level.word())]);
            assert_eq!(said(&judge(&folder, &asked).report.findings), expected(level), "--level {name}={}", level.word());
        }
        let text = format!("[[override]]\non = \"*\"\nrules = {{ {name} = \"info\" }}\n");
        let overridden = with(&folder, &Request::default(), &[("zz/override.toml", &text)]).report.findings;
        assert_eq!(said(&overridden), expected(Level::Info), "[[override]] of {name}");
        let both = with(&folder, &selection(&[], &[], &[&format!("{name}=warning")]), &[("zz/override.toml", &text)]).report.findings;
        assert_eq!(said(&both), expected(Level::Warning), "what is asked for is stronger than [[override]] of {name}");
        let off = judge(&folder, &selection(&[], &[], &[&format!("{name}=off")])).report.findings;
        let rest = plain.iter().filter(|finding| finding.rule != *rule && !is_unused_of(finding, |of| of == *rule));
        assert_eq!(said(&off), said(rest), "--level {name}=off");
    }
}

#[test]
fn what_is_in_a_baseline_is_not_reported_again_and_everything_else_is() {
    for (_, folder) in all_failing() {
        let project = judge(&folder, &Request::default());
        let baseline = Baseline::parse(&project.report.to_baseline(None).to_text()).unwrap();
        let covered = judge(&folder, &Request { baseline: Some(baseline.clone()), ..Request::default() }).report;
        assert!(covered.findings.iter().all(|finding| !finding.rule.is_suppressible()), "{}", folder.display());
        assert_eq!(covered.findings.len() + covered.baselined.len(), project.report.findings.len());
        assert_eq!((covered.stale.len(), baseline.entries().count()), (0, covered.baselined.len()));
        let Some(first) = covered.baselined.first() else { continue };
        let others = baseline.to_text().lines().filter(|line| !line.starts_with(&first.id())).collect::<Vec<_>>().join("\n");
        let others = Some(Baseline::parse(&others).unwrap());
        let report = judge(&folder, &Request { baseline: others, ..Request::default() }).report;
        let told = report.findings.iter().filter(|finding| finding.rule.is_suppressible());
        assert_eq!(said(told), said([first]), "{}", folder.display());
    }
}

const TWO: &str = "[tool.a]\nname = \"A\"\ncategory = \"crm\"\n[tool.b]\nname = \"B\"\ncategory = \"crm\"\n[person.ana]\nname = \"Ana\"\n";

#[test]
fn a_baseline_notes_what_is_gone_only_of_rules_that_ran() {
    let made = Made::one(TWO);
    let baseline = made.open().report.to_baseline(None);
    made.write("stack.toml", format!("[stack]\nname = \"Example\"\n{}", TWO.replace("[tool.b]", "owner = \"ana\"\n[tool.b]")));
    let stale = |request: Request| {
        let report = judge(made.root(), &Request { baseline: Some(baseline.clone()), ..request }).report;
        report.stale.iter().map(|entry| format!("{} {}", entry.rule, entry.about)).collect::<Vec<_>>()
    };
    assert_eq!(stale(Request::default()), ["no-owner tool.a"]);
    assert_eq!(stale(selection(&["integration"], &[], &[])), [] as [&str; 0]);
    assert_eq!(stale(selection(&[], &[], &["no-owner=off"])), [] as [&str; 0]);
    let part = judge(made.root(), &selection(&["integration"], &[], &[])).report;
    let kept = part.to_baseline(Some(&baseline));
    assert_eq!(kept, baseline, "entries of rules that did not run are dropped");
    let all = made.open().report.to_baseline(Some(&baseline));
    assert_eq!(all.entries().count(), baseline.entries().count() - 1);
    made.write("broken.toml", "[tool.c]\n");
    assert_eq!(stale(Request::default()), [] as [&str; 0], "nothing is known of an invalid stack");
}

#[test]
fn what_is_accepted_is_neither_written_to_a_baseline_nor_missed_by_it() {
    let accept =
        "[[suppress]]\nrule = \"no-owner\"\non = \"tool.a\"\nreason = \"the team decides next month\"\nuntil = 2026-12-31\nby = \"ana\"\n";
    let plain = Made::one(TWO).open().report.to_baseline(None);
    let made = Made::one(&format!("{TWO}{accept}"));
    let report = made.open().report;
    assert_eq!(report.to_baseline(None).entries().count(), plain.entries().count() - 1);
    assert!(judge(made.root(), &Request { baseline: Some(plain), ..Request::default() }).report.stale.is_empty());
}

/// The states of the acceptances of a stack, with how many findings each sets aside.
fn states(made: &Made, request: &Request) -> Vec<(State, usize)> {
    judge(made.root(), request).report.acceptances.iter().map(|one| (one.state, one.findings)).collect()
}

#[test]
fn an_acceptance_without_a_key_is_of_every_key_and_of_several_the_longest_counts() {
    let accept = |key: &str, until: &str| {
        format!(
            "[[suppress]]\nrule = \"departed-owner\"\non = \"tool.a\"\n{key}reason = \"their rights end soon\"\nuntil = {until}\nby = \"ana\"\n"
        )
    };
    let stack = "[person.ana]\nname = \"Ana\"\n[person.ben]\nname = \"Ben\"\nstatus = \"left\"\n[person.cleo]\nname = \"Cleo\"\nstatus = \"left\"\n\
                 [tool.a]\nname = \"A\"\ncategory = \"crm\"\nowner = \"ana\"\nadmins = [\"ben\", \"cleo\"]\n";
    let made = Made::one(&format!("{stack}{}{}", accept("", "2026-12-01"), accept("key = \"admins.ben\"\n", "2026-12-02")));
    let report = made.open().report;
    let aside: Vec<_> = report.suppressed.iter().map(|one| (one.finding.key.clone().unwrap(), one.until.to_string())).collect();
    assert_eq!(aside, [("admins.ben".to_owned(), "2026-12-02".to_owned()), ("admins.cleo".to_owned(), "2026-12-01".to_owned())]);
    assert_eq!(states(&made, &Request::default()), [(State::InUse, 2), (State::InUse, 1)]);
    assert_eq!(states(&made, &selection(&["integration"], &[], &[])), [(State::NotJudged, 0), (State::NotJudged, 0)]);
    let gone = Made::one(&format!("{stack}{}", accept("key = \"admins.dora\"\n", "2026-12-02")));
    assert_eq!(states(&gone, &Request::default()), [(State::Unused, 0)]);
}

#[test]
fn ten_thousand_acceptances_of_ten_thousand_findings_are_matched_at_once() {
    use std::fmt::Write;
    let mut text = String::from("[stack]\nname = \"Example\"\n[person.ana]\nname = \"Ana\"\n");
    let made = Made::of(&[]);
    for number in 0..10_000 {
        writeln!(text, "[tool.t{number}]\nname = \"x\"\ncategory = \"crm\"").unwrap();
    }
    made.write("stack.toml", text);
    for part in 0..10 {
        let mut text = String::new();
        for number in part * 1_000..(part + 1) * 1_000 {
            writeln!(text, "[[suppress]]\nrule = \"no-owner\"\non = \"tool.t{number}\"\nreason = \"a reason like any\"\nuntil = 2026-12-31\nby = \"ana\"").unwrap();
        }
        made.write(&format!("accepted/{part}.toml"), text);
    }
    let start = std::time::Instant::now();
    let report = judge(made.root(), &selection(&["no-owner"], &[], &[])).report;
    assert_eq!((report.suppressed.len(), report.findings.len()), (10_000, 0));
    assert!(start.elapsed().as_secs() < 60, "it took {:?}", start.elapsed());
}

#[test]
fn folders_of_fixtures_are_copied_whole() {
    let folder = checked_in("stacks/sourcegraph");
    let count =
        |folder: &Path| walkdir::WalkDir::new(folder).into_iter().filter(|entry| entry.as_ref().unwrap().file_type().is_file()).count();
    assert_eq!(count(Made::copy_of(&folder).root()), count(&folder));
    assert!(fs::read_dir(&folder).unwrap().count() > 0);
}

#[test]
fn the_default_of_every_option_stands_on_the_page_of_its_rule() {
    let project = judge(&checked_in("stacks/sound"), &Request::default());
    for one in linchpin::policy::resolved::resolve(&project.stack, &project.sources, &Request::default()) {
        for option in one.options {
            let name = option.name;
            assert!(option.value.value.is_some(), "`## Options` of {} does not say: `{name}`: … Default: `…`", one.rule.name);
        }
    }
}
