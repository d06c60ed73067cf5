//! The command line: exit codes, streams, arguments, and what is promised to other programs.

use std::{
    fmt::Write,
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

use crate::fixture::{Made, checked_in, folders, golden};

/// A run of linchpin in a folder, with nothing in the environment that changes what it writes.
pub fn linchpin(folder: &Path, arguments: &[&str]) -> Run {
    run(folder, arguments, &[])
}

fn run(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    command.current_dir(folder).args(arguments);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "SOURCE_DATE_EPOCH", "COLORTERM", "CI"] {
        command.env_remove(name);
    }
    command.env("TERM", "xterm-256color").env("COLUMNS", "100").envs(environment.iter().copied());
    Run(command.output().unwrap())
}

pub struct Run(Output);

impl Run {
    pub fn code(&self) -> i32 {
        self.0.status.code().unwrap()
    }
    pub fn out(&self) -> &str {
        std::str::from_utf8(&self.0.stdout).unwrap()
    }
    pub fn err(&self) -> &str {
        std::str::from_utf8(&self.0.stderr).unwrap()
    }
    pub fn json(&self) -> Value {
        serde_json::from_str(self.out()).unwrap()
    }
}

pub const HEAD: &str = "[stack]\nname = \"Example\"\nas-of = 2026-11-22\n\n";
const FINE: &str = "[person.ana]\nname = \"Ana\"\n\n[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\npurpose = \"Holds every lead.\"\nowner = \"ana\"\nstandalone = \"Nothing else is in use.\"\n";
/// One error, one warning.
const FINDINGS: &str = "[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\npurpose = \"Holds every lead.\"\n";
const INVALID: &str = "[tool.crm]\nname = \"CRM\"\n";

pub fn stack(text: &str) -> Made {
    Made::of(&[("stack.toml", &format!("{HEAD}{text}"))])
}

/// What one has to write that other rules have nothing to say.
const TWO_RULES: &[&str] = &["--select", "no-owner,orphaned-tool"];

#[test]
fn a_check_exits_with_0_when_fine_1_when_something_fails_and_2_when_it_could_not_be_done() {
    let here = Made::of(&[]);
    let check = |made: &Made, arguments: &[&str]| linchpin(made.root(), &[&["check", "."], TWO_RULES, arguments].concat()).code();
    let warning = "[rules]\nno-owner = \"off\"\n";
    for format in ["text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown"] {
        let format = ["--format", format];
        assert_eq!(check(&stack(FINE), &format), 0);
        assert_eq!(check(&stack(FINDINGS), &format), 1);
        assert_eq!(check(&stack(&format!("{FINDINGS}{warning}")), &format), 0);
        assert_eq!(check(&stack(INVALID), &format), 1);
        assert_eq!(check(&here, &format), 2);
    }
    let fails = |text: &str, level: &str| check(&stack(text), &["--select", "no-owner,orphaned-tool", "--fail-on", level]);
    assert_eq!(["error", "warning", "info", "never"].map(|level| fails(FINDINGS, level)), [1, 1, 1, 0]);
    assert_eq!(["error", "warning", "info", "never"].map(|level| fails(&format!("{FINDINGS}{warning}"), level)), [0, 1, 1, 0]);
    let info = "[rules]\nno-owner = \"off\"\norphaned-tool = \"info\"\n";
    assert_eq!(["error", "warning", "info", "never"].map(|level| fails(&format!("{FINDINGS}{info}"), level)), [0, 0, 1, 0]);
    assert_eq!(["error", "warning", "info", "never"].map(|level| fails(INVALID, level)), [1; 4]);
}

#[test]
fn other_commands_refuse_an_invalid_stack_with_1_and_what_they_cannot_do_with_2() {
    let invalid = stack(INVALID);
    for command in ["show", "graph", "build"] {
        let run = linchpin(invalid.root(), &[command]);
        assert_eq!(run.code(), 1, "{command}");
        assert_eq!(run.out(), "", "{command} has no result");
        assert!(run.err().contains("missing-field"), "{command} does not say what is wrong");
        assert!(run.err().contains("1 error in 1 file"), "{command}: {}", run.err());
        assert_eq!(linchpin(Made::of(&[]).root(), &[command, "."]).code(), 2);
    }
    assert!(!invalid.root().join("site").exists());
    let fine = stack(FINE);
    for arguments in [
        &["show", "--only", "tool.hubspot"][..],
        &["show", "--only", "nonsense"],
        &["graph", "--focus", "tool.hubspot"],
        &["graph", "--focus", "person.ana"],
        &["graph", "--format", "nonsense"],
        &["explain", "nonsense"],
        &["explain"],
        &["nonsense"],
        &["check", "nowhere"],
        &["check", "--fail-on", "nonsense"],
        &["check", "--today", "yesterday"],
        &["check", "--today", "2026-02-30"],
        &["check", "--today", "2026-11-22T10:00"],
        &["check", "stack.toml/nowhere"],
        &["init", "stack.toml"],
        &["completions", "nonsense"],
        &[],
    ] {
        let run = linchpin(fine.root(), arguments);
        assert_eq!(run.code(), 2, "{arguments:?}: {}{}", run.out(), run.err());
        assert!(run.out().is_empty() && !run.err().is_empty(), "{arguments:?}");
    }
    for arguments in [
        &["show"][..],
        &["show", "--only", "tool"],
        &["show", "--only", "tools"],
        &["show", "--only", "tool.crm"],
        &["graph"],
        &["rules"],
        &["--help"],
        &["--version"],
    ] {
        let run = linchpin(fine.root(), arguments);
        assert_eq!((run.code(), run.out().is_empty()), (0, false), "{arguments:?}: {}", run.err());
    }
}

#[test]
fn the_result_is_on_standard_output_and_what_is_said_of_the_run_on_standard_error() {
    let made = stack(FINDINGS);
    let check = |made: &Made, arguments: &[&str]| linchpin(made.root(), &[&["check"], TWO_RULES, arguments].concat());
    let text = check(&made, &[]);
    assert!(text.out().starts_with("error[no-owner]: `tool.crm` has no owner\n --> stack.toml:5:1\n"), "{}", text.out());
    assert_eq!(text.err(), "1 error, 1 warning in 1 file, as of 2026-11-22\n");
    let concise = check(&made, &["--format", "concise"]);
    assert_eq!(
        concise.out(),
        "stack.toml:5:1: error[no-owner] `tool.crm` has no owner\nstack.toml:5:1: warning[orphaned-tool] no live integration touches `tool.crm`\n"
    );
    assert_eq!(concise.err(), text.err());
    let quiet = check(&made, &["-q"]);
    assert_eq!((quiet.out(), quiet.err()), (text.out(), ""));
    let fine = check(&stack(FINE), &[]);
    assert_eq!((fine.out(), fine.err()), ("", "nothing to report in 1 file, as of 2026-11-22\n"));
    let invalid = linchpin(stack(INVALID).root(), &["check", "--quiet", "--format", "concise"]);
    assert_eq!((invalid.out().lines().count(), invalid.err()), (1, ""));
    let invalid = linchpin(stack(INVALID).root(), &["check"]);
    assert_eq!(invalid.err(), "note: the other rules run once the files are valid\n1 error in 1 file, as of 2026-11-22\n");
    let failed = linchpin(Made::of(&[]).root(), &["check", "-q"]);
    assert!(failed.err().starts_with("error: no stack here: "), "{}", failed.err());
}

/// Colours, as terminals are told of them.
const ESCAPE: char = '\u{1b}';

#[test]
fn colour_is_used_only_where_it_is_wanted() {
    let made = stack(FINDINGS);
    let coloured = |arguments: &[&str], environment: &[(&str, &str)]| {
        run(made.root(), &[&["check"], arguments].concat(), environment).out().contains(ESCAPE)
    };
    assert!(!coloured(&[], &[]), "what goes to a file is not coloured");
    assert!(coloured(&["--color", "always"], &[]));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "0")]));
    assert!(!coloured(&["--color", "always", "--format", "concise"], &[]));
    assert!(!coloured(&["--color", "always", "--format", "json"], &[]));
    let plain = run(made.root(), &["check"], &[]);
    let stripped = anstream::adapter::strip_str(run(made.root(), &["check", "--color", "always"], &[]).out()).to_string();
    assert_eq!(plain.out(), stripped);
}

#[test]
fn the_day_is_the_one_asked_for_then_the_one_the_stack_says_then_the_one_of_the_environment() {
    let dated = stack(FINE);
    let undated = Made::of(&[("stack.toml", &format!("[stack]\nname = \"Example\"\n\n{FINE}"))]);
    let day = |made: &Made, arguments: &[&str], epoch: Option<&str>| {
        let environment: Vec<(&str, &str)> = epoch.iter().map(|epoch| ("SOURCE_DATE_EPOCH", *epoch)).collect();
        run(made.root(), &[&["check", "--format", "json"], arguments].concat(), &environment).json()["today"].as_str().unwrap().to_owned()
    };
    assert_eq!(day(&dated, &["--today", "2025-01-31"], Some("0")), "2025-01-31");
    assert_eq!(day(&dated, &[], Some("0")), "2026-11-22");
    assert_eq!(day(&undated, &["--today", "2025-01-31"], Some("0")), "2025-01-31");
    assert_eq!(day(&undated, &[], Some("86399")), "1970-01-01");
    assert_eq!(day(&undated, &[], Some("86400")), "1970-01-02");
    assert!(day(&undated, &[], None).as_str() >= "2026-01-01");
    let wrong = run(undated.root(), &["check"], &[("SOURCE_DATE_EPOCH", "yesterday")]);
    assert_eq!((wrong.code(), wrong.err()), (2, "error: SOURCE_DATE_EPOCH is `yesterday`, not a number of seconds\n"));
}

#[test]
fn a_stack_is_found_from_below_and_shown_from_where_one_stands() {
    let made = stack(INVALID);
    made.write("tools/deep/more.toml", "[tool.more]\nname = \"More\"\n");
    let below = linchpin(&made.root().join("tools/deep"), &["check", "--format", "concise"]);
    assert_eq!(
        below.out().lines().map(|line| line.split(':').next().unwrap()).collect::<Vec<_>>(),
        ["../../stack.toml", "../../tools/deep/more.toml"]
    );
    let named =
        linchpin(made.root().parent().unwrap(), &["check", made.root().file_name().unwrap().to_str().unwrap(), "--format", "concise"]);
    assert!(
        named.out().starts_with(&format!("{}/stack.toml:5:1: ", made.root().file_name().unwrap().to_str().unwrap())),
        "{}",
        named.out()
    );
    let root_file = linchpin(made.root(), &["check", "stack.toml", "--format", "concise"]);
    assert!(root_file.out().starts_with("stack.toml:5:1: "), "{}", root_file.out());
    let beside = linchpin(made.root(), &["check", "tools", "--format", "concise"]);
    assert_eq!(beside.code(), 2);
    assert!(beside.err().starts_with("error: no stack in `tools`: it has no `stack.toml`, but `"), "{}", beside.err());
    let nowhere = linchpin(made.root(), &["check", "nowhere"]);
    assert_eq!((nowhere.code(), nowhere.err()), (2, "error: no stack in `nowhere`: there is no such folder\n"));
}

#[test]
fn what_is_not_known_is_compared_with_what_is() {
    let made = stack(FINE);
    let said = |arguments: &[&str]| linchpin(made.root(), arguments).err().to_owned();
    assert_eq!(said(&["explain", "orphaned-tol"]), "error: no rule `orphaned-tol`; did you mean `orphaned-tool`?\n");
    assert_eq!(said(&["explain", "xyz"]), "error: no rule `xyz`; `linchpin rules` lists them\n");
    assert_eq!(said(&["show", "--only", "tool.crn"]), "error: nothing in the stack is called `tool.crn`; did you mean `tool.crm`?\n");
    assert_eq!(said(&["show", "--only", "tols"]), "error: nothing in the stack is called `tols`; did you mean `tools`?\n");
}

#[test]
fn a_report_for_programs_is_as_the_contract_says_field_by_field() {
    let text = format!(
        "{FINDINGS}\n[person.ana]\nname = \"Ana\"\nstatus = \"left\"\n\n[tool.second]\nname = \"Second\"\ncategory = \"crm\"\npurpose = \"Ä test.\"\nowner = \"ana\"\nstandalone = \"yes\"\n\n\
         [[suppress]]\nrule = \"orphaned-tool\"\non = \"tool.crm\"\nreason = \"the connector comes in spring\"\nuntil = 2027-02-28\nby = \"bea\"\n\n[person.bea]\nname = \"Bea\"\n"
    );
    let made = stack(&text);
    made.write("people/more.toml", "[person.cleo]\nname = \"Cleo\"\n");
    let run = linchpin(made.root(), &["check", "--format", "json", "--select", "no-owner,departed-owner,orphaned-tool"]);
    let mut report = run.json();
    assert_eq!(report["tool"]["version"].take(), env!("CARGO_PKG_VERSION"));
    golden(&format!("{report:#}\n"), &checked_in("it/golden/report.json"));
    let keys: Vec<&String> = report["findings"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "rule", "family", "level", "message", "subject", "key", "related", "location", "notes", "help"]);
    let keys: Vec<&String> = report["suppressed"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys[keys.len() - 3..], ["reason", "until", "by"]);
    assert_eq!(run.out(), linchpin(made.root(), &["check", "--format", "json", "--select", "no-owner,departed-owner,orphaned-tool"]).out());
}

/// The ids of all findings, sorted, and their number of different ones.
fn ids(made: &Made) -> Vec<String> {
    let report = linchpin(made.root(), &["check", ".", "--format", "json"]).json();
    let mut ids: Vec<String> =
        report["findings"].as_array().unwrap().iter().map(|finding| finding["id"].as_str().unwrap().to_owned()).collect();
    ids.sort();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands for two findings");
    ids
}

#[test]
fn the_id_of_a_finding_survives_moved_lines_reformatting_and_moved_files() {
    for folder in ["rules/departed-owner/fail", "rules/flow-gap/fail", "rules/no-owner/fail", "rules/undocumented-tool/fail"] {
        let text = fs::read_to_string(checked_in(folder).join("stack.toml")).unwrap();
        let before = ids(&Made::of(&[("stack.toml", &text)]));
        assert!(before.len() > 5);
        let spaced = text.replace("\n[", "\n# A remark.\n\n\n[").replace(" = ", "   =   ");
        assert_eq!(ids(&Made::of(&[("stack.toml", &spaced)])), before);
        let (head, rest) = text.split_once("\n\n").unwrap();
        assert_eq!(ids(&Made::of(&[("stack.toml", head), ("elsewhere/all of it.toml", rest)])), before);
    }
    let admins = |list: &str| {
        let text = format!(
            "{HEAD}[person.ana]\nname = \"Ana\"\nstatus = \"left\"\n[person.ben]\nname = \"Ben\"\n[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\nadmins = {list}\n"
        );
        ids(&Made::of(&[("stack.toml", &text)]))
    };
    assert_eq!(admins("[\"ana\", \"ben\"]"), admins("[\"ben\", \"ana\"]"));
}

#[test]
fn findings_are_sorted_by_path_position_and_rule() {
    for folder in folders("stacks/mistakes") {
        let run = linchpin(&folder, &["check", ".", "--format", "json"]);
        let report = run.json();
        let place = |finding: &Value| {
            let (location, text) = (&finding["location"], |value: &Value| value.as_str().unwrap_or_default().to_owned());
            let start = &location["start"];
            (text(&location["path"]), start["line"].as_u64(), start["column"].as_u64(), text(&finding["rule"]))
        };
        let places: Vec<_> = report["findings"].as_array().unwrap().iter().map(place).collect();
        assert!(places.is_sorted(), "{}", folder.display());
        assert!(places.iter().all(|(_, line, column, _)| *line >= Some(1) && *column >= Some(1)));
    }
}

#[test]
fn the_stack_that_init_starts_is_fine_and_nothing_is_ever_overwritten() {
    let made = Made::of(&[]);
    let begun = linchpin(made.root(), &["init", "new/stack"]);
    assert_eq!(begun.code(), 0, "{}", begun.err());
    assert!(begun.out().lines().all(|path| made.root().join(path).is_file()), "{}", begun.out());
    assert!(begun.out().lines().count() > 1);
    let check = linchpin(made.root(), &["check", "new/stack", "--fail-on", "info"]);
    assert_eq!((check.code(), check.out()), (0, ""), "{}", check.err());
    let again = linchpin(made.root(), &["init", "new/stack"]);
    assert_eq!((again.code(), again.out()), (2, ""));
    assert!(again.err().contains("is already there, and nothing is ever overwritten"), "{}", again.err());
    assert!(begun.err().ends_with("try `linchpin check new/stack` and `linchpin build new/stack`\n"), "{}", begun.err());
    let beside = Made::of(&[("people.toml", "mine")]);
    assert_eq!(linchpin(beside.root(), &["init"]).code(), 2);
    assert_eq!(fs::read_to_string(beside.root().join("people.toml")).unwrap(), "mine");
    assert_eq!(fs::read_dir(beside.root()).unwrap().count(), 1, "something was written before it was refused");
}

#[test]
fn the_schema_for_editors_is_draft_07_accepts_the_stacks_and_catches_a_slip() {
    let schema = linchpin(Made::of(&[]).root(), &["schema"]).json();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    assert!(jsonschema::draft7::meta::is_valid(&schema));
    let validator = jsonschema::draft7::new(&schema).unwrap();
    assert!(!schema.to_string().contains("\"x-"), "the loader's own keywords are nobody else's business");
    for folder in ["../stack.example", "stacks/sourcegraph", "stacks/posthog", "stacks/addresses"] {
        for entry in walkdir::WalkDir::new(checked_in(folder)).into_iter().map(Result::unwrap) {
            let is_part = entry.path().extension().is_some_and(|extension| extension == "toml")
                && !entry.file_name().to_string_lossy().starts_with('.');
            if is_part {
                let table: toml::Table = fs::read_to_string(entry.path()).unwrap().parse().unwrap();
                let errors: Vec<String> = validator
                    .iter_errors(&plain(&toml::Value::Table(table)))
                    .map(|error| format!("{}: {error}", error.instance_path()))
                    .collect();
                assert_eq!(errors, [] as [String; 0], "{}", entry.path().display());
            }
        }
    }
    for slip in [
        "[tool.a]\nname = 'A'\ncategroy = 'crm'\n",
        "[tols.a]\n",
        "[rules]\nno-onwer = 'off'\n",
        "[tool.a]\nname = 'A'\ncategory = 'crn'\n",
    ] {
        assert!(!validator.is_valid(&plain(&toml::Value::Table(slip.parse().unwrap()))), "{slip}");
    }
}

/// TOML as editors see it: a date is a text.
fn plain(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(datetime) => datetime.to_string().into(),
        toml::Value::Array(list) => list.iter().map(plain).collect(),
        toml::Value::Table(table) => Value::Object(table.iter().map(|(key, value)| (key.clone(), plain(value))).collect()),
        value => serde_json::to_value(value).unwrap(),
    }
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let here = stack("");
    let whole = linchpin(here.root(), &["man"]);
    assert_eq!(whole.code(), 0);
    assert!(whole.out().starts_with(".ie") || whole.out().contains(".TH linchpin 1"), "{}", whole.out());
    let pages = linchpin(here.root(), &["man", "-o", "man/man1"]);
    assert_eq!(pages.code(), 0, "{}", pages.err());
    for name in ["linchpin", "linchpin-check", "linchpin-what-if", "linchpin-route-trace", "linchpin-man"] {
        let page = fs::read_to_string(here.root().join(format!("man/man1/{name}.1"))).unwrap();
        assert!(page.contains(&name.replace('-', "\\-")), "{name}: {page}");
        assert!(pages.out().contains(&format!("{name}.1")), "{}", pages.out());
        assert!(name == "linchpin" || whole.out().contains(&name.split('-').nth(1).unwrap().to_owned()), "{name}");
    }
}

#[test]
fn completions_are_written_for_every_shell() {
    let here = Made::of(&[]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = linchpin(here.root(), &["completions", shell]);
        assert_eq!(run.code(), 0);
        assert!(run.out().contains("linchpin") && run.out().contains("explain") && run.out().contains("fail-on"), "{shell}");
    }
}

#[test]
fn the_help_of_every_command_is_known() {
    let here = Made::of(&[]);
    let mut help = linchpin(here.root(), &["--help"]).out().to_owned();
    let commands: Vec<String> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .filter(|command| command != "help")
        .collect();
    assert!(commands.len() >= 9, "{commands:?}");
    for command in commands {
        writeln!(help, "\n---- linchpin {command} --help").unwrap();
        help.push_str(linchpin(here.root(), &[&command, "--help"]).out());
    }
    for command in [["route", "trace"], ["route", "run"], ["route", "test"], ["score", "trace"], ["score", "test"]] {
        writeln!(help, "\n---- linchpin {} --help", command.join(" ")).unwrap();
        help.push_str(linchpin(here.root(), &[&command[..], &["--help"]].concat()).out());
    }
    golden(&help, &checked_in("it/golden/help.txt"));
}

#[test]
fn the_list_of_rules_and_the_page_of_one_are_known() {
    let here = Made::of(&[]);
    golden(linchpin(here.root(), &["rules"]).out(), &checked_in("it/golden/rules.txt"));
    golden(linchpin(here.root(), &["explain", "orphaned-tool"]).out(), &checked_in("it/golden/explain.txt"));
    let rules = linchpin(here.root(), &["rules", "--format", "json"]).json();
    assert_eq!(rules["schema"], "linchpin/rules/1");
    let listed: Vec<&str> = rules["rules"].as_array().unwrap().iter().map(|rule| rule["name"].as_str().unwrap()).collect();
    assert_eq!(listed, linchpin::rules::all().iter().map(|rule| rule.name).collect::<Vec<_>>());
    for rule in listed {
        let page = linchpin(here.root(), &["explain", rule]);
        assert!(page.code() == 0 && page.out().starts_with(&format!("# {rule}\n")), "{rule}");
    }
}

#[test]
fn the_map_is_written_in_every_format() {
    let root = checked_in("rules/flow-gap/fail");
    for (format, file) in [("mermaid", "map.mmd"), ("dot", "map.dot"), ("json", "map.json")] {
        let run = linchpin(&root, &["graph", ".", "--format", format]);
        assert_eq!(run.code(), 0);
        golden(run.out(), &checked_in("it/golden").join(file));
    }
    let around = |focus: &str, depth: &str| {
        let map = linchpin(&root, &["graph", ".", "--format", "json", "--focus", focus, "--depth", depth]).json();
        let ids = |list: &str| {
            map[list].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
        };
        (ids("nodes"), ids("edges"))
    };
    assert_eq!(around("tool.zap", "0"), ("zap".to_owned(), String::new()));
    assert_eq!(around("tool.zap", "1"), ("crm form zap".to_owned(), "form-crm".to_owned()));
    assert_eq!(around("tool.zap", "2"), ("crm dwh form zap".to_owned(), "crm-dwh dwh-form form-crm".to_owned()));
    assert_eq!(around("integration.crm-dwh", "0"), ("crm dwh".to_owned(), String::new()));
    assert_eq!(around("flow.only-planned", "0"), ("dwh form".to_owned(), String::new()));
}

#[test]
fn an_entity_is_shown_with_its_keys_its_mentions_and_its_findings() {
    let root = checked_in("rules/departed-owner/fail");
    let mut shown = String::new();
    for only in ["", "tool", "metric", "tool.crm", "routing.inbound", "lifecycle.main"] {
        let arguments: &[&str] = if only.is_empty() { &["show", "."] } else { &["show", ".", "--only", only] };
        let run = linchpin(&root, arguments);
        assert_eq!(run.code(), 0, "{}", run.err());
        writeln!(shown, "---- show {only}").unwrap();
        shown.push_str(run.out());
    }
    golden(&shown, &checked_in("it/golden/show.txt"));
}

/// Texts that steer a terminal, a runner of workflows, or the direction of writing.
pub const HOSTILE: &str =
    "A\u{1b}[31mB\u{1b}]8;;https://evil.example\u{7}C\u{9b}31mD\u{202e}E\u{2066}F\u{200f}G\u{7f}H\u{0}I\\nJ::error::K\u{2028}L";

/// A stack that says hostile things wherever it can: escaped as TOML demands, and as they are where it allows them.
fn hostile() -> Made {
    let escaped: String = HOSTILE
        .chars()
        .map(|c| if c.is_ascii_graphic() || c == ' ' { c.to_string() } else { format!("\\u{:04X}", u32::from(c)) })
        .collect();
    let raw: String = HOSTILE.chars().filter(|c| !c.is_ascii_control()).collect();
    let text = format!(
        "[stack]\nname = \"{escaped}\"\nas-of = 2026-11-22\n\n# {raw}\n[person.ana]\nname = \"{raw}\"\nstatus = \"left\"\n\n\
         [tool.crm]\nname = \"{escaped}\"\ncategory = \"crm\"\nowner = \"ana\"\ndescription = \"{escaped}\"\naliases = [\"{raw}\"]\n\n\
         [tool.ads]\nname = \"{raw}\"\ncategory = \"search-advertising\"\n\n\
         [integration.sync]\nname = \"{escaped}\"\nfrom = \"crm\"\nto = \"ads\"\nmethod = \"manual\"\nlimits = \"{raw}\"\n\n\
         [flow.inbound]\nname = \"{escaped}\"\nsteps = [{{ tool = \"ads\" }}, {{ tool = \"crm\", action = \"{raw}\" }}]\n"
    );
    Made::of(&[("stack.toml", &text)])
}

/// The first character that must not reach a terminal; colours that linchpin itself writes are taken out before.
pub fn steering(text: &str) -> Option<char> {
    text.chars().find(|c| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    })
}

#[test]
fn nothing_that_a_stack_says_steers_the_terminal() {
    let made = hostile();
    let commands: [&[&str]; 12] = [
        &["check"],
        &["check", "--format", "concise"],
        &["check", "--format", "json"],
        &["show"],
        &["show", "--only", "tool"],
        &["show", "--only", "tool.crm"],
        &["show", "--only", "integration.sync"],
        &["show", "--only", "flow.inbound"],
        &["graph", "--format", "mermaid"],
        &["graph", "--format", "dot"],
        &["graph", "--format", "json"],
        &["graph", "--format", "svg"],
    ];
    for command in commands {
        let run = linchpin(made.root(), command);
        assert!(run.code() < 2 && !run.out().is_empty(), "{command:?}: {}", run.err());
        for line in run.out().lines().chain(run.err().lines()) {
            assert_eq!(steering(line), None, "{command:?}: {line:?}");
            assert!(!line.starts_with("::"), "{command:?} writes a command of a workflow");
        }
    }
    let coloured = linchpin(made.root(), &["check", "--color", "always"]);
    let own = anstream::adapter::strip_str(coloured.out()).to_string();
    assert_eq!(steering(&own), None);
    assert_eq!(own, linchpin(made.root(), &["check"]).out());
}

#[test]
fn nothing_that_is_mistaken_steers_the_terminal() {
    let escaped: String = HOSTILE
        .chars()
        .map(|c| if c.is_ascii_graphic() || c == ' ' { c.to_string() } else { format!("\\u{:04X}", u32::from(c)) })
        .collect();
    let raw: String = HOSTILE.chars().filter(|c| !c.is_ascii_control()).collect();
    let text = format!(
        "[stack]\nname = \"Example\"\n\"{escaped}\" = 1\n\n[tool.\"{escaped}\"]\nname = \"x\"\ncategory = \"{escaped}\"\nowner = \"{escaped}\"\n\n[\"{raw}\".x]\n\n[runbook.x]\nname = \"x\"\nkind = \"other\"\nfile = \"{escaped}.md\"\n\n\
         [routing.r]\nname = \"R\"\nobject = \"lead\"\ntool = \"{raw}\"\n[[routing.r.rule]]\nname = \"{escaped}\"\nwhen = {{ \"{escaped}\" = \"{raw}\" }}\nassign = \"{raw}\"\n"
    );
    let made = Made::of(&[("stack.toml", &text), (&format!("{}.toml", raw.replace('/', "-")), "x = \u{202e}\n")]);
    for format in ["text", "concise", "json"] {
        let run = linchpin(made.root(), &["check", "--format", format]);
        assert_eq!(run.code(), 1);
        for line in run.out().lines().chain(run.err().lines()) {
            assert_eq!(steering(line), None, "{format}: {line:?}");
            assert!(!line.starts_with("::"), "{format} writes a command of a workflow");
        }
    }
    let missing = linchpin(made.root(), &["show", "--only", "\u{1b}[31mtool\u{202e}"]);
    assert_eq!(missing.err().lines().find_map(steering), None);
    let nowhere = linchpin(made.root(), &["check", "\u{1b}[31mnowhere\u{202e}"]);
    assert_eq!(nowhere.err().lines().find_map(steering), None);
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    use std::{io::Read, process::Stdio};
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_linchpin")).args(["schema"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[test]
fn ids_of_findings_differ_even_where_a_name_stands_twice() {
    let made = Made::one(
        "[tool.a]\nname = \"A\"\ncategory = \"crm\"\npurpose = \"x\"\nowner = \"q\"\nstandalone = \"y\"\nadmins = [\"p\", \"p\"]\n[person.p]\nname = \"P\"\nstatus = \"left\"\n[person.q]\nname = \"Q\"\n",
    );
    let report = made.open().report;
    let ids: std::collections::BTreeSet<String> = report.findings.iter().map(linchpin::diagnostic::Diagnostic::id).collect();
    assert_eq!(report.findings.len(), ids.len());
    assert!(report.findings.iter().filter(|finding| finding.rule.name == "no-owner" || finding.rule.name == "departed-owner").count() > 0);
}

/// How a run ends when nobody reads one of its streams.
fn unread(folder: &Path, arguments: &[&str], is_result: bool) -> Option<i32> {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    command.current_dir(folder).args(arguments).args(["--color", "never"]);
    if is_result {
        command.stdout(writer).stderr(std::process::Stdio::null());
    } else {
        command.stderr(writer).stdout(std::process::Stdio::null());
    }
    command.status().unwrap().code()
}

#[test]
fn an_outcome_does_not_depend_on_whether_anybody_reads() {
    let broken = (0..300).map(|number| format!("[tool.t{number}]\nname = \"x\"\n")).collect::<Vec<_>>().concat();
    let made = Made::of(&[("bad/stack.toml", &format!("{HEAD}{broken}")), ("fine/stack.toml", &format!("{HEAD}{FINE}"))]);
    made.write("old/.linchpin-manifest", "");
    for number in 0..300 {
        let path = format!("old/{number}{}", "x".repeat(200));
        made.write(&path, "");
        made.write("old/.linchpin-manifest", fs::read_to_string(made.root().join("old/.linchpin-manifest")).unwrap() + &path[4..] + "\n");
    }
    for arguments in [
        &["check", "bad"][..],
        &["check", "bad", "--format", "concise"],
        &["check", "bad", "--fix", "--diff"],
        &["build", "bad", "-o", "new"],
        &["build", "fine", "--check", "-o", "old"],
        &["build", "fine", "--check", "-o", "new"],
        &["show", "bad"],
        &["graph", "bad"],
        &["suppressions", "bad"],
        &["rules", "bad", "--resolved"],
    ] {
        for is_result in [true, false] {
            assert_eq!(unread(made.root(), arguments, is_result), Some(1), "{arguments:?}");
        }
    }
    for arguments in [&["check", "fine", "--fail-on", "never"][..], &["show", "fine", "--only", "tool"], &["schema"]] {
        assert_eq!(unread(made.root(), arguments, true), Some(0), "{arguments:?}");
    }
}

#[test]
fn what_is_no_stack_says_why() {
    let made = Made::of(&[("empty/notes.txt", ""), ("folder/stack.toml/x", ""), ("keep.toml", "mine")]);
    let said = |arguments: &[&str]| {
        let run = linchpin(made.root(), arguments);
        (run.code(), run.err().to_owned())
    };
    let told = "error: no stack in `empty`: it has no `stack.toml`; `linchpin init empty` starts one\n";
    assert_eq!(said(&["check", "empty"]), (2, told.to_owned()));
    assert_eq!(said(&["check", "folder"]), (2, "error: cannot read `folder/stack.toml`: it is a folder\n".to_owned()));
    let file = (2, "error: cannot make the folder `keep.toml`: not a directory\n".to_owned());
    assert_eq!(said(&["init", "keep.toml"]), file);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let allow = |bits| fs::set_permissions(made.root().join("empty"), fs::Permissions::from_mode(bits)).unwrap();
        allow(0o000);
        let is_superuser = fs::read_dir(made.root().join("empty")).is_ok();
        let closed = said(&["check", "empty"]);
        allow(0o755);
        let denied = (2, "error: cannot read `empty/stack.toml`: permission denied\n".to_owned());
        assert_eq!(closed, if is_superuser { (2, told.to_owned()) } else { denied });
    }
}

#[test]
fn the_clock_is_asked_only_if_nobody_says_which_day_it_is() {
    let made = Made::one("");
    let with = |epoch: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
        command.arg("check").args(more).current_dir(made.root()).env("SOURCE_DATE_EPOCH", epoch);
        command.output().unwrap().status.code()
    };
    assert_eq!(with("nonsense", &["--today", "2026-01-01"]), Some(0));
    assert_eq!(with("nonsense", &[]), Some(2));
    assert_eq!(with("", &[]), Some(0));
}

#[test]
fn tables_that_exist_once_are_shown_by_their_address() {
    let made = Made::one("[charter]\nmandate = \"Keep it running.\"\n");
    let shown = linchpin(made.root(), &["show", "--only", "charter"]);
    assert_eq!(shown.code(), 0);
    assert!(shown.out().contains("mandate: Keep it running."), "{}", shown.out());
    assert_eq!(linchpin(made.root(), &["show", "--only", "privacy"]).code(), 2);
}

#[test]
fn what_is_shown_of_an_entity_names_files_from_here_and_each_mention_once() {
    let text = "[charter]\nmandate = \"Keep it running.\"\n\n[person.ana]\nname = \"Ana\"\n\n\
                [routine.dedupe]\nname = \"Dedupe\"\nkind = \"dedupe\"\ncadence = \"30d\"\n\
                done = [{ on = 2026-10-01, by = \"ana\" }, { on = 2026-11-01, by = \"ana\" }]\n";
    let made = Made::of(&[("stack/stack.toml", &format!("{HEAD}{text}"))]);
    let shown = |only: &str| linchpin(made.root(), &["show", "stack", "--only", only]).out().to_owned();
    assert!(shown("charter").starts_with("charter  stack/stack.toml:5\n"), "{}", shown("charter"));
    assert!(shown("person.ana").starts_with("person.ana  Ana  stack/stack.toml:8\n"), "{}", shown("person.ana"));
    assert_eq!(shown("person.ana").matches("routine.dedupe (").count(), 1, "{}", shown("person.ana"));
}
