//! The command line of what becomes of findings: selection, acceptances, baselines and fixes; exit codes, streams and words.

use std::fs;

use crate::{
    cli::{HEAD, HOSTILE, Run, linchpin, stack, steering},
    fixture::{Made, checked_in, golden},
};

/// Two errors of one rule and a warning of another.
const FINDINGS: &str = "[person.ana]\nname = \"Ana\"\n\n[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\npurpose = \"Holds every lead.\"\n\n\
                        [tool.ads]\nname = \"Ads\"\ncategory = \"search-advertising\"\npurpose = \"Buys clicks.\"\nstandalone = \"yes\"\n\n\
                        [rules]\nflow-gap = \"off\"\n";

fn findings() -> Made {
    stack(&FINDINGS.replace("\n\n[rules]\nflow-gap = \"off\"\n", "\n"))
}

fn check(made: &Made, arguments: &[&str]) -> Run {
    linchpin(made.root(), &[&["check", "--format", "concise", "--fail-on", "warning"], arguments].concat())
}

/// The rules and places that a check reports, without the messages.
fn reported(run: &Run) -> Vec<String> {
    run.out().lines().map(|line| line.split("] ").next().unwrap().replace("stack.toml:", "") + "]").collect()
}

#[test]
fn rules_are_selected_left_out_and_set_for_one_run() {
    let made = findings();
    let of = |arguments: &[&str]| {
        let run = check(&made, arguments);
        let rules: std::collections::BTreeSet<String> =
            reported(&run).iter().map(|line| line.rsplit(' ').next().unwrap().to_owned()).collect();
        (run.code(), rules.into_iter().collect::<Vec<_>>().join(" "))
    };
    assert_eq!(of(&["--select", "no-owner"]), (1, "error[no-owner]".to_owned()));
    assert_eq!(of(&["--select", "no-owner,orphaned-tool"]), (1, "error[no-owner] warning[orphaned-tool]".to_owned()));
    assert_eq!(of(&["--select", "no-owner", "--select", "orphaned-tool"]), (1, "error[no-owner] warning[orphaned-tool]".to_owned()));
    assert_eq!(of(&["--select", "ownership", "--ignore", "no-owner"]), (0, String::new()));
    assert_eq!(of(&["--select", "no-owner", "--level", "no-owner=info"]), (0, "info[no-owner]".to_owned()));
    assert_eq!(of(&["--select", "no-owner", "--level", "no-owner=off"]), (0, String::new()));
    assert_eq!(of(&["--select", "orphaned-tool", "--level", "orphaned-tool=error,no-owner=off"]).1, "error[orphaned-tool]");
    let off = stack(&format!("{FINDINGS}no-owner = \"off\"\n"));
    let selected = check(&off, &["--select", "no-owner"]);
    assert_eq!((selected.code(), selected.out()), (0, ""));
    assert!(selected.err().contains("note: `no-owner` is off in this stack; `--level no-owner=error` lets it run\n"), "{}", selected.err());
    let on = check(&off, &["--select", "no-owner", "--level", "no-owner=warning"]);
    assert_eq!((on.code(), on.out().lines().count()), (1, 2));
    let invalid = stack("[tool.crm]\nname = \"CRM\"\n");
    assert_eq!(check(&invalid, &["--select", "ownership"]).code(), 1);
    assert!(check(&invalid, &["--select", "ownership"]).out().contains("missing-field"));
}

#[test]
fn what_cannot_be_selected_left_out_or_set_is_told_with_2() {
    let made = findings();
    for (arguments, told) in [
        (["--select", "no-onwer"], "error: no rule or family `no-onwer`; did you mean `no-owner`?\n"),
        (["--ignore", "ownrship"], "error: no rule or family `ownrship`; did you mean `ownership`?\n"),
        (["--level", "no-onwer=off"], "error: no rule `no-onwer`; did you mean `no-owner`?\n"),
        (["--level", "no-owner=of"], "error: no level `of` for `no-owner`; levels are `error`, `warning`, `info`, `off`\n"),
        (
            ["--ignore", "validity"],
            "error: `validity` cannot be left out: a stack with mistakes in its files cannot be judged, so they are always reported as errors\n",
        ),
        (
            ["--ignore", "unknown-field"],
            "error: `unknown-field` cannot be left out: a stack with mistakes in its files cannot be judged, so they are always reported as errors\n",
        ),
        (
            ["--level", "unknown-field=off"],
            "error: `unknown-field` has no level to set: a stack with mistakes in its files cannot be judged, so they are always reported as errors\n",
        ),
        (["--baseline", "nowhere"], "error: no baseline `nowhere`; `linchpin check --write-baseline nowhere` writes one\n"),
        (
            ["--baseline", "stack.toml"],
            "error: stack.toml:1: this is no finding; a line has its fingerprint, rule, subject and key, as `--write-baseline` writes them\n",
        ),
    ] {
        let run = linchpin(made.root(), &[&["check"], &arguments[..]].concat());
        assert_eq!((run.code(), run.out(), run.err()), (2, "", told), "{arguments:?}");
    }
    for arguments in
        [&["check", "--diff"][..], &["check", "--fix", "--diff", "--write-baseline", "x"], &["suppressions", "--expiring-within", "30"]]
    {
        assert_eq!(linchpin(made.root(), arguments).code(), 2, "{arguments:?}");
    }
    for arguments in [&["rules", "."][..], &["rules", "--select", "no-owner"]] {
        let run = linchpin(made.root(), arguments);
        assert_eq!((run.code(), run.out()), (2, ""));
        assert!(run.err().ends_with("`--resolved` shows what holds in one\n"), "{}", run.err());
    }
}

/// Something of each sort: a default, `[rules]` with a level and an option, an override by address and one by tag.
const SET: &str = "[rules]\nno-owner = \"warning\"\nstale-runbook = { level = \"info\", max-age = \"180d\" }\n\n\
                   [[override]]\non = [\"tool.trial-*\", \"tool.test-*\"]\nrules = { no-owner = \"off\", stale-runbook = { max-age = \"30d\" } }\n\n\
                   [[override]]\ntags = [\"trial\"]\nrules = { no-owner = { level = \"info\" } }\n";

#[test]
fn what_holds_for_each_rule_is_shown_with_its_origin() {
    let made = stack("");
    made.write("policy/rules.toml", SET);
    let run = linchpin(made.root(), &["rules", "--resolved", "--level", "no-backup=error", "--ignore", "integration"]);
    assert_eq!((run.code(), run.err()), (0, ""));
    let named = ["no-owner", "no-backup", "stale-runbook", "orphaned-tool", "invalid-toml"];
    let of = |name: &str| {
        let mut lines = run.out().lines().skip_while(|line| !line.starts_with(&format!("  {name} ")));
        let first = lines.next().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        let rest = lines.take_while(|line| line.starts_with("    ")).map(str::trim_end);
        std::iter::once(first.as_str()).chain(rest).collect::<Vec<_>>().join("\n")
    };
    let shown = named.map(of).join("\n");
    assert_eq!(
        shown,
        "no-owner warning policy/rules.toml:2\n    for tool.trial-*, tool.test-*: off      policy/rules.toml:7\n    for the tag trial: info     policy/rules.toml:11\n\
         no-backup error command line\n\
         stale-runbook info policy/rules.toml:3\n    max-age = \"180d\"  policy/rules.toml:3\n    for tool.trial-*, tool.test-*: policy/rules.toml:5\n      max-age = \"30d\"  policy/rules.toml:7\n\
         orphaned-tool warning default; not selected\n\
         invalid-toml error always"
    );
    let json = linchpin(made.root(), &["rules", "--resolved", "--format", "json", "--level", "no-owner=error"]).json();
    assert_eq!(json["schema"], "linchpin/rules-resolved/1");
    let rules = json["rules"].as_array().unwrap();
    assert_eq!(rules.len(), linchpin::rules::all().len());
    let of = |name: &str| rules.iter().find(|rule| rule["name"] == name).unwrap();
    let shown = named.iter().map(|name| format!("{:#}\n", of(name))).collect::<Vec<_>>().concat();
    golden(&shown, &checked_in("it/golden/rules-resolved.json"));
    let invalid = linchpin(stack("[tool.crm]\nname = \"CRM\"\n").root(), &["rules", "--resolved"]);
    assert_eq!(invalid.code(), 1);
    assert_eq!(linchpin(Made::of(&[]).root(), &["rules", "--resolved", "."]).code(), 2);
}

/// One acceptance of each state; the day is 22 November 2026.
const ACCEPTED: &str = "[person.ana]\nname = \"Ana\"\n\n[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\npurpose = \"Holds every lead.\"\n\n[rules]\nflow-gap = \"off\"\n\n\
    [[suppress]]\nrule = \"no-owner\"\non = \"tool.crm\"\nreason = \"the owner | starts <soon>\"\nuntil = 2026-12-06\nby = \"ana\"\n\n\
    [[suppress]]\nrule = \"orphaned-tool\"\non = [\"tool.crm\", \"person.ana\"]\nreason = \"the connector comes in spring\"\nuntil = 2027-02-28\nby = \"ana\"\n\n\
    [[suppress]]\nrule = \"orphaned-tool\"\non = \"tool.crm\"\nreason = \"the connector comes in autumn\"\nuntil = 2026-11-21\nby = \"ana\"\n\n\
    [[suppress]]\nrule = \"flow-gap\"\non = \"stack\"\nkey = \"x\"\nreason = \"flows are not written down\"\nuntil = 2026-11-22\nby = \"ana\"\n";

#[test]
fn accepted_risks_are_listed_by_the_day_on_which_they_expire() {
    let made = stack(ACCEPTED);
    let text = linchpin(made.root(), &["suppressions"]);
    assert_eq!((text.code(), text.err()), (0, "4 acceptances, 1 expired, 1 unused, as of 2026-11-22\n"));
    assert_eq!(
        text.out(),
        "orphaned-tool on tool.crm\n  until 2026-11-21, 1 day ago; expired\n  Ana: the connector comes in autumn\n\n\
         flow-gap on stack: x\n  until 2026-11-22, today is the last day; not judged: its rule is off\n  Ana: flows are not written down\n\n\
         no-owner on tool.crm\n  until 2026-12-06, 14 days left; in use: sets 1 finding aside\n  Ana: the owner | starts <soon>\n\n\
         orphaned-tool on person.ana, tool.crm\n  until 2027-02-28, 98 days left; unused: sets nothing aside\n  Ana: the connector comes in spring\n"
    );
    let within = |time: &str| linchpin(made.root(), &["suppressions", "--expiring-within", time]);
    assert_eq!(within("2w").out().lines().filter(|line| line.contains("until")).count(), 3);
    assert_eq!(within("13d").out().lines().filter(|line| line.contains("until")).count(), 2);
    assert_eq!(within("13d").err(), "2 acceptances expiring within 13 days, 1 expired, as of 2026-11-22\n");
    let json = linchpin(made.root(), &["suppressions", "--format", "json"]);
    golden(&format!("{:#}\n", json.json()), &checked_in("it/golden/suppressions.json"));
    let markdown = linchpin(made.root(), &["suppressions", "--format", "markdown", "--expiring-within", "30d"]);
    golden(markdown.out(), &checked_in("it/golden/suppressions.md"));
    let none = linchpin(findings().root(), &["suppressions", "--format", "markdown"]);
    assert_eq!((none.code(), none.out(), none.err()), (0, "No accepted risk expires.\n", "0 acceptances, as of 2026-11-22\n"));
    assert_eq!(linchpin(stack("[tool.crm]\nname = \"CRM\"\n").root(), &["suppressions"]).code(), 1);
    assert_eq!(linchpin(Made::of(&[]).root(), &["suppressions", "."]).code(), 2);
}

#[test]
fn a_check_says_what_expires_soon_and_what_has_expired() {
    let made = stack(ACCEPTED);
    let run = linchpin(made.root(), &["check"]);
    assert!(run.err().ends_with("2 acceptances expire within 30 days\n"), "{}", run.err());
    assert!(run.out().contains("= note: the acceptance of this finding by Ana expired on 2026-11-21"), "{}", run.out());
    assert!(run.out().contains("error[expired-suppression]: the acceptance of `orphaned-tool` on `tool.crm` by Ana expired on 2026-11-21"));
    let tomorrow = linchpin(made.root(), &["check", "--today", "2026-11-23"]);
    assert!(tomorrow.err().ends_with("1 acceptance expires within 30 days\n"), "{}", tomorrow.err());
    let on = |day: &str| linchpin(made.root(), &["check", "--today", day]).err().contains("expires within");
    assert_eq!(["2027-01-28", "2027-01-29", "2027-02-28", "2027-03-01"].map(on), [false, true, true, false]);
    let all = linchpin(made.root(), &["check", "--no-suppressions", "--format", "concise"]);
    assert!(all.out().contains("error[no-owner]") && !all.out().contains("unused-suppression"), "{}", all.out());
    assert!(!all.err().contains("accept") && !all.err().contains("within"), "{}", all.err());
}

#[test]
fn a_baseline_is_written_kept_and_said_to_be_too_long() {
    let made = findings();
    let all = check(&made, &[]);
    let count = all.out().lines().count();
    assert!(count >= 3);
    let written = check(&made, &["--write-baseline", "baseline.txt"]);
    assert_eq!((written.code(), written.out()), (0, ""), "{}", written.err());
    assert!(written.err().starts_with(&format!("{count} findings written to `baseline.txt`\n")), "{}", written.err());
    let text = fs::read_to_string(made.root().join("baseline.txt")).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.len() == count && lines.is_sorted(), "{text}");
    let covered = check(&made, &["--baseline", "baseline.txt"]);
    assert_eq!((covered.code(), covered.out()), (0, ""));
    assert_eq!(covered.err(), format!("nothing to report, {count} in the baseline in 1 file, as of 2026-11-22\n"));
    let json = linchpin(made.root(), &["check", "--format", "json", "--baseline", "baseline.txt"]).json();
    assert_eq!((json["summary"]["baselined"].as_u64(), json["findings"].as_array().unwrap().len()), (Some(count as u64), 0));

    made.write("more.toml", "[tool.more]\nname = \"More\"\ncategory = \"other\"\npurpose = \"x\"\nstandalone = \"y\"\n");
    let new = check(&made, &["--baseline", "baseline.txt", "--select", "no-owner"]);
    assert_eq!((new.code(), new.out()), (1, "more.toml:1:1: error[no-owner] `tool.more` has no owner\n"));
    let root = made.root().join("stack.toml");
    let owned = fs::read_to_string(&root).unwrap().replace("[tool.crm]\n", "[tool.crm]\nowner = \"ana\"\n");
    fs::write(&root, owned).unwrap();
    let stale = check(&made, &["--baseline", "baseline.txt", "--select", "no-owner"]);
    let expected = "1 entry of the baseline is no longer found; remove its line from `baseline.txt`:\n  no-owner tool.crm\n";
    assert!(stale.err().ends_with(expected), "{}", stale.err());
    let part = check(&made, &["--write-baseline", "baseline.txt", "--select", "no-owner"]);
    assert_eq!(part.code(), 0, "{}", part.err());
    assert!(part.err().starts_with(&format!("{count} findings written to `baseline.txt`: 1 new, 1 gone\n")), "{}", part.err());
    let text = fs::read_to_string(made.root().join("baseline.txt")).unwrap();
    assert!(
        text.contains(" no-owner tool.more\n") && !text.contains(" no-owner tool.crm\n") && text.contains(" orphaned-tool tool.crm\n"),
        "{text}"
    );
}

#[test]
fn nothing_else_is_overwritten_by_a_baseline_and_an_invalid_stack_has_none() {
    let made = findings();
    let before = fs::read_to_string(made.root().join("stack.toml")).unwrap();
    let refused = check(&made, &["--write-baseline", "stack.toml"]);
    assert_eq!((refused.code(), refused.out()), (2, ""));
    assert_eq!(refused.err(), "error: `stack.toml` would be a file of the stack; give it another name\n");
    made.write("old.txt", "");
    made.write("notes.txt", "mine\n");
    for arguments in [&["--write-baseline", "notes.txt"][..], &["--baseline", "old.txt", "--write-baseline", "notes.txt"]] {
        let refused = check(&made, arguments);
        assert_eq!((refused.code(), refused.out()), (2, ""), "{arguments:?}");
        let told = "error: `notes.txt` is no baseline, and stays as it is; remove it first, or name another file: notes.txt:1: ";
        assert!(refused.err().starts_with(told), "{}", refused.err());
    }
    assert_eq!(fs::read_to_string(made.root().join("stack.toml")).unwrap(), before);
    assert_eq!(fs::read_to_string(made.root().join("notes.txt")).unwrap(), "mine\n");
    made.write("broken.toml", "[tool.x]\n");
    let invalid = check(&made, &["-q", "--write-baseline", "baseline.txt"]);
    assert_eq!(invalid.code(), 1);
    assert_eq!(invalid.err(), "`baseline.txt` was not written: a baseline is made of a valid stack only\n");
    assert!(!made.root().join("baseline.txt").exists());
}

#[test]
fn a_baseline_is_written_to_a_new_folder_and_to_a_pipe() {
    let made = findings();
    let new = check(&made, &["--write-baseline", "new/baseline.txt"]);
    assert_eq!(new.code(), 0, "{}", new.err());
    let text = fs::read_to_string(made.root().join("new/baseline.txt")).unwrap();
    #[cfg(unix)]
    {
        let pipe = check(&made, &["--write-baseline", "/dev/stdout"]);
        assert_eq!((pipe.code(), pipe.out()), (0, text.as_str()), "{}", pipe.err());
    }
    assert!(text.lines().count() > 3);
}

#[test]
fn commands_that_are_suggested_name_the_stack_unless_it_is_found_anyway() {
    let made = Made::of(&[("our stack/stack.toml", &format!("{HEAD}{MENDABLE}"))]);
    let said = |folder: &str, arguments: &[&str]| linchpin(&made.root().join(folder), &[&["check"], arguments].concat()).err().to_owned();
    assert!(said("", &["our stack"]).ends_with("1 of these may be fixed by `linchpin check 'our stack' --fix`\n"));
    assert!(said("our stack", &[]).ends_with("1 of these may be fixed by `linchpin check --fix`\n"));
    assert_eq!(
        said("", &["our stack", "--baseline", "my old.txt"]),
        "error: no baseline `my old.txt`; `linchpin check 'our stack' --write-baseline 'my old.txt'` writes one\n"
    );
}

const MENDABLE: &str = "[person.ana]\nname = \"Ana\"\n\n[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\npurpose = \"Holds every lead.\"\nonwer = \"ana\"\nstandalone = \"Nothing else is in use.\"\n";

#[test]
fn what_can_be_fixed_is_said_shown_and_fixed() {
    let made = stack(MENDABLE);
    let root = made.root().join("stack.toml");
    let check = linchpin(made.root(), &["check"]);
    assert_eq!(check.code(), 1);
    assert!(check.err().ends_with("1 of these may be fixed by `linchpin check --fix`\n"), "{}", check.err());
    let shown = linchpin(made.root(), &["check", "--fix", "--diff"]);
    assert_eq!(shown.code(), 1);
    assert_eq!(
        shown.out(),
        "--- stack.toml\n+++ stack.toml\n@@ -9,5 +9,5 @@\n name = \"CRM\"\n category = \"crm\"\n purpose = \"Holds every lead.\"\n-onwer = \"ana\"\n+owner = \"ana\"\n standalone = \"Nothing else is in use.\"\n"
    );
    assert!(shown.err().starts_with("would fix 1 finding in 1 file; nothing was changed\n"), "{}", shown.err());
    assert_eq!(fs::read_to_string(&root).unwrap(), format!("{HEAD}{MENDABLE}"));
    let fixed = linchpin(made.root(), &["check", "--fix", "--select", "ownership"]);
    assert_eq!((fixed.code(), fixed.out()), (0, ""), "{}", fixed.err());
    assert!(fixed.err().starts_with("fixed 1 finding in 1 file\n"), "{}", fixed.err());
    assert_eq!(fs::read_to_string(&root).unwrap(), format!("{HEAD}{}", MENDABLE.replace("onwer", "owner")));
    let again = linchpin(made.root(), &["check", "--fix", "--diff", "--select", "ownership"]);
    assert_eq!((again.code(), again.out()), (0, ""));
    assert!(again.err().starts_with("nothing can be fixed for certain; nothing was changed\n"), "{}", again.err());
    assert_eq!(linchpin(Made::of(&[]).root(), &["check", "--fix", "."]).code(), 2);
}

#[test]
fn what_could_not_be_fixed_is_not_promised_again() {
    // The corrected key would have a value that it cannot have.
    let made = stack("[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\nonwer = 5\n");
    let check = linchpin(made.root(), &["check"]);
    assert!(check.err().ends_with("1 of these may be fixed by `linchpin check --fix`\n"), "{}", check.err());
    let fixed = linchpin(made.root(), &["check", "--fix"]);
    assert!(fixed.err().starts_with("nothing can be fixed for certain\n") && !fixed.err().contains("may be"), "{}", fixed.err());
}

#[test]
fn a_diff_of_a_file_with_a_space_in_its_name_can_be_applied() {
    let made = Made::of(&[("stack.toml", HEAD), ("our tools.toml", MENDABLE)]);
    let shown = linchpin(made.root(), &["check", "--fix", "--diff"]);
    assert!(shown.out().starts_with("--- our tools.toml\t\n+++ our tools.toml\t\n@@ "), "{}", shown.out());
}

#[test]
fn a_diff_of_lines_that_end_as_in_windows_can_be_applied() {
    let made = Made::of(&[("stack.toml", &format!("{HEAD}{MENDABLE}").replace('\n', "\r\n"))]);
    let shown = linchpin(made.root(), &["check", "--fix", "--diff"]);
    assert!(shown.out().contains("-onwer = \"ana\"\r\n+owner = \"ana\"\r\n"), "{}", shown.out());
}

#[test]
fn what_is_said_of_acceptances_baselines_and_fixes_steers_nothing() {
    let raw: String = HOSTILE.chars().filter(|c| !c.is_ascii_control()).collect();
    let accept = |rule: &str, until: &str| {
        format!(
            "[[suppress]] # {raw}\nrule = \"{rule}\"\non = \"tool.crm\"\nkey = \"{raw}\"\nreason = \"{raw}\"\nuntil = {until}\nby = \"ana\"\n\n"
        )
    };
    let text = format!(
        "[person.ana]\nname = \"{raw}\"\n\n[tool.crm]\nname = \"{raw}\"\ncategory = \"crm\"\n\n{}{}[[override]]\ntags = [\"{raw}\"]\nrules = {{ no-owner = \"off\" }}\n",
        accept("no-owner", "2026-10-31"),
        accept("no-owner", "2026-12-01"),
    );
    let made = stack(&text);
    made.write("old.txt", format!("0123456789abcdef no-owner tool.old {raw}\n"));
    for arguments in [
        &["check"][..],
        &["check", "--baseline", "old.txt"],
        &["check", "--fix", "--diff"],
        &["suppressions"],
        &["suppressions", "--format", "json"],
        &["suppressions", "--format", "markdown"],
        &["rules", "--resolved"],
        &["rules", "--resolved", "--format", "json"],
        &["check", "--select", "\u{1b}[31m"],
        &["check", "--baseline", "\u{1b}[31m"],
        &["check", "--write-baseline", "new\u{202e}.txt"],
        &["check", "--fix"],
    ] {
        let run = linchpin(made.root(), arguments);
        for line in run.out().lines().chain(run.err().lines()) {
            assert_eq!(steering(line), None, "{arguments:?}: {line:?}");
            assert!(!line.starts_with("::"), "{arguments:?} writes a command of a workflow");
        }
    }
}
