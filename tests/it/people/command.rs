//! `what-if` and `plan` on the command line: what they say of `stack.example`, what they refuse, hostile names.

use std::{fmt::Write, path::Path};

use serde_json::Value;

use crate::{
    cli::{HEAD, linchpin, stack},
    fixture::{Made, checked_in, golden},
};

/// A run in the folder of the project.
fn example(arguments: &[&str]) -> crate::cli::Run {
    let arguments: Vec<&str> = [&arguments[..1], &["stack.example"], &arguments[1..]].concat();
    linchpin(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments)
}

#[test]
fn what_is_said_of_the_example_reads_well() {
    let expected = |name: &str| checked_in("it/golden").join(name);
    let cases: [(&str, &[&str]); 7] = [
        ("what-if.txt", &["what-if", "--without", "person.sofia"]),
        ("what-if.json", &["what-if", "--without", "person.sofia", "--format", "json"]),
        ("what-if.md", &["what-if", "--without", "person.theo,team.harbour-lane", "--format", "markdown"]),
        ("what-if-tool.txt", &["what-if", "--without", "tool.leandata"]),
        ("plan.txt", &["plan"]),
        ("plan.json", &["plan", "--format", "json"]),
        ("plan.md", &["plan", "--format", "markdown"]),
    ];
    for (name, arguments) in cases {
        let run = example(arguments);
        assert_eq!((run.code(), run.err()), (0, ""), "{name}");
        golden(run.out(), &expected(name));
        assert_eq!(run.out(), example(arguments).out(), "{name} is not the same again");
    }
}

#[test]
fn the_keys_of_what_if_are_those_that_are_promised() {
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let json = example(&["what-if", "--without", "person.sofia", "tool.leandata", "--format", "json"]).json();
    let has = |value: &Value, wanted: &[&str]| wanted.iter().all(|key| keys(value).iter().any(|known| known == key));
    assert!(has(&json, &["schema", "without", "stops_now", "unmaintained", "recoverable", "covered", "cost"]));
    assert_eq!(json["schema"], "linchpin/what-if/1");
    assert_eq!(json["without"], serde_json::json!(["person.sofia", "tool.leandata"]));
    assert_eq!(keys(&json["stops_now"][0]), ["flow", "at", "because", "monthly_pipeline", "weeks"]);
    let because: Vec<&str> = json["stops_now"].as_array().unwrap().iter().map(|stop| stop["because"].as_str().unwrap()).collect();
    assert!(because.contains(&"runs as person.sofia"), "{because:?}");
    assert!(has(&json["cost"], &["currency", "rebuild_hours", "rebuild", "pipeline_exposed", "unknown"]));
    for range in ["rebuild_hours", "rebuild", "pipeline_exposed"] {
        assert_eq!(keys(&json["cost"][range]), ["low", "high"]);
    }
    let plan = example(&["plan", "--format", "json"]).json();
    assert_eq!(plan["schema"], "linchpin/plan/1");
    assert_eq!(keys(&plan["steps"][0]), ["phase", "action", "on", "owner", "owner_from", "hours", "removes", "saves"]);
}

const TEXT: &str = "[person.ana]\nname = \"Ana\"\nteams = [\"crew\"]\n\n[person.eve]\nname = \"Eve\"\nstatus = \"left\"\n\n\
    [team.crew]\nname = \"Crew\"\n\n\
    [tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\npurpose = \"Holds every lead.\"\nowner = \"ana\"\n\n\
    [tool.web]\nname = \"Web\"\ncategory = \"cms\"\npurpose = \"The site.\"\nowner = \"ana\"\n\n\
    [integration.web-crm]\nfrom = \"web\"\nto = \"crm\"\nmethod = \"api\"\nowner = \"ana\"\nruns-as = \"ana\"\n\n\
    [flow.in]\nname = \"Inbound\"\nowner = \"ana\"\nsteps = [{ tool = \"web\" }, { tool = \"crm\" }]\n";

fn json(made: &Made, without: &[&str]) -> Value {
    let run = linchpin(made.root(), &[&["what-if", "--format", "json", "--without"], without].concat());
    assert_eq!((run.code(), run.err()), (0, ""), "{without:?}");
    run.json()
}

#[test]
fn lists_repetitions_and_overlaps_are_told_once() {
    let made = stack(TEXT);
    let one = json(&made, &["person.ana"]);
    assert_eq!(one["unmaintained"], serde_json::json!(["flow.in", "tool.crm", "tool.web", "integration.web-crm"]));
    assert_eq!(json(&made, &["person.ana,person.ana", "person.ana"]), one);
    assert_eq!(json(&made, &[" person.ana , person.ana"]), one);
    let team = json(&made, &["team.crew"]);
    assert_eq!((&team["unmaintained"], &team["cost"]), (&one["unmaintained"], &one["cost"]), "a team goes with its members");
    let both = json(&made, &["team.crew", "person.ana"]);
    assert_eq!(both["cost"], one["cost"]);
    let tool = json(&made, &["tool.web"]);
    let with_its_integration = json(&made, &["tool.web", "integration.web-crm"]);
    assert_eq!(tool["cost"], with_its_integration["cost"], "the integration is counted once");
    assert_eq!(tool["stopped"][0]["because"], "needs tool.web");
    assert_eq!(with_its_integration["stopped"][0]["because"], "is gone");
    assert_eq!(tool["cost"]["unknown"], serde_json::json!(["flow.in"]));
    let text = |without: &str| linchpin(made.root(), &["what-if", "--without", without]).out().to_owned();
    assert!(text("person.eve").contains("Nothing in the stack is run by what goes, runs as it or needs it."), "{}", text("person.eve"));
    assert!(text("team.crew").contains("With the team goes Ana."), "{}", text("team.crew"));
    assert!(!text("team.crew,person.ana").contains("With the team"), "{}", text("team.crew,person.ana"));
}

#[test]
fn it_does_not_matter_how_the_stack_is_spread_over_files() {
    let made = stack(TEXT);
    let tables: Vec<&str> = TEXT.split_inclusive("\n\n").collect();
    let spread = Made::of(&[("stack.toml", HEAD)]);
    for (number, table) in tables.iter().enumerate() {
        spread.write(&format!("{}/{number}.toml", 9 - number), table);
    }
    for format in ["text", "json", "markdown"] {
        for arguments in [&["what-if", "--format", format, "--without", "tool.web,person.ana"][..], &["plan", "--format", format]] {
            let (one, many) = (linchpin(made.root(), arguments), linchpin(spread.root(), arguments));
            assert_eq!((one.code(), one.out()), (0, many.out()), "{arguments:?}");
        }
    }
}

#[test]
fn what_cannot_go_is_refused_with_what_may_be_meant() {
    let made = stack(TEXT);
    let refused = |without: &[&str]| {
        let run = linchpin(made.root(), &[&["what-if", "--without"], without].concat());
        assert_eq!((run.code(), run.out()), (2, ""), "{without:?}");
        run.err().to_owned()
    };
    assert_eq!(refused(&["person.anna"]), "error: no `person.anna`; did you mean `person.ana`?\n");
    assert_eq!(refused(&["ana"]), "error: no `ana`; did you mean `person.ana`?\n");
    assert_eq!(refused(&["team.ana"]), "error: no `team.ana`; did you mean `person.ana`?\n");
    assert_eq!(refused(&["flow.in"]), "error: `flow.in` is of kind `flow`; what may go is a person, team, tool or integration\n");
    assert_eq!(refused(&["tool.crm.x"]), "error: no `tool.crm.x`; did you mean `tool.crm`?\n");
    assert_eq!(
        refused(&["tool.zzzzzzz"]),
        "error: no `tool.zzzzzzz`; what may go is a person, team, tool or integration, and `linchpin show --only tool` lists them\n"
    );
    assert_eq!(refused(&["tool.crn,nobody-at-all", "ana"]).lines().count(), 3, "all mistakes are told at once");
    for empty in ["", ",", "person.ana,", " "] {
        let said = refused(&[empty]);
        assert!(said.starts_with("error: an address is empty; `--without` takes that of a person, team, tool or integration"), "{said}");
    }
    assert!(refused(&[]).contains("--without <ADDRESS>"));
    let run = linchpin(made.root(), &["what-if"]);
    assert_eq!(run.code(), 2);
    assert!(run.err().contains("--without <ADDRESS>"), "{}", run.err());
    for command in [&["what-if", "--without", "tool.crm"][..], &["plan"]] {
        let invalid = linchpin(stack("[tool.crm]\nname = \"CRM\"\n").root(), command);
        assert_eq!((invalid.code(), invalid.out()), (1, ""), "{command:?}");
        assert_eq!(linchpin(Made::of(&[]).root(), command).code(), 2, "{command:?}");
    }
}

#[test]
fn numbers_are_not_rounded_into_others() {
    let head = HEAD.replace("as-of", "currency = \"EUR\"\nas-of");
    let risk = "[stack.risk]\nhourly-rate = { low = 75.5, high = 85.5 }\nweeks-to-replace = { low = 4, high = 4 }\n";
    let mut text = format!("{head}{risk}[person.ana]\nname = \"Ana\"\n[person.bo]\nname = \"Bo\"\n");
    for number in 0..2001 {
        let owner = if number % 2 == 0 { "ana" } else { "bo" };
        write!(text, "[tool.t{number}]\nname = \"T\"\ncategory = \"crm\"\ncriticality = \"high\"\nowner = \"{owner}\"\n").unwrap();
    }
    let made = Made::of(&[("stack.toml", &text)]);
    let out = linchpin(made.root(), &["what-if", "--without", "person.bo"]).out().to_owned();
    assert!(out.contains("36,000 hours at EUR 75.5 to 85.5 an hour (stack.risk.hourly-rate)"), "{out}");
    assert!(
        out.contains(
            "36,000 hours to rebuild 1000 tools: 24 for one of medium criticality, × 1.5 for high (stack.risk.hours-to-rebuild.tool, the default)"
        )
    );
    let out = linchpin(made.root(), &["plan"]).out().to_owned();
    assert!(out.contains("without Ana 50.02% of what is important has nobody who can run it"), "{}", &out[..900]);
}

#[test]
fn what_a_retirement_saves_is_listed_as_unknown_where_no_contract_says_it() {
    let tool = |id: &str| format!("[tool.{id}]\nname = \"{id}\"\ncategory = \"crm\"\nstatus = \"sunset\"\npurpose = \"It ends.\"\n");
    let contracts = "[contract.dear]\nname = \"Dear\"\ncovers = [\"dear\"]\nannual-cost = 1200\n\
        [contract.silent]\nname = \"Silent\"\ncovers = [\"silent\"]\n\
        [contract.shared]\nname = \"Shared\"\ncovers = [\"shared\", \"other\"]\nannual-cost = 900\n\
        [tool.other]\nname = \"Other\"\ncategory = \"cms\"\npurpose = \"It stays.\"\n";
    let text: String = ["bare", "dear", "silent", "shared"].map(tool).concat() + contracts;
    let made = stack(&text);
    let json = linchpin(made.root(), &["plan", "--format", "json"]).json();
    assert_eq!(json["unknown"], serde_json::json!(["tool.bare", "tool.silent"]));
    let saves: Vec<&Value> = json["steps"].as_array().unwrap().iter().map(|step| &step["saves"]).collect();
    assert_eq!(saves.iter().filter(|saves| saves.is_null()).count(), 3);
    let out = linchpin(made.root(), &["plan"]).out().to_owned();
    assert!(out.contains("and saves USD 1,200 a year once the contracts end, as far as is known."), "{out}");
    assert!(out.contains("its contracts cover other tools too: what it saves has to be agreed"), "{out}");
    assert!(out.contains("\nNot known\n  bare (tool.bare): what it costs, and so what it would save;"), "{out}");
    let markdown = linchpin(made.root(), &["plan", "--format", "markdown"]).out().to_owned();
    assert!(markdown.contains("#### Not known") && markdown.contains("`tool.silent`"), "{markdown}");
}

#[test]
fn hostile_names_stay_names() {
    let name = "\\u001b[31m<b>a</b> | `x` ``y\\n# Head\\n- [z](javascript:x) @org";
    let hostile = TEXT
        .replace("\"Ana\"", &format!("\"{name}\""))
        .replace("\"Web\"", &format!("\"{name}\""))
        .replace("\"Inbound\"", &format!("\"{name}\""));
    let made = stack(&hostile);
    for arguments in [&["what-if", "--without", "person.ana,tool.web"][..], &["what-if", "--without", "person.ana"], &["plan"]] {
        let plain = linchpin(stack(TEXT).root(), arguments);
        let text = linchpin(made.root(), arguments);
        assert_eq!(text.code(), 0);
        assert!(!text.out().contains('\u{1b}'));
        assert_eq!(text.out().lines().count(), plain.out().lines().count(), "a name makes no line: {}", text.out());
        let markdown = linchpin(made.root(), &[arguments, &["--format", "markdown"]].concat());
        let out = markdown.out();
        assert!(!out.contains('\u{1b}') && !out.contains("<b>") && !out.contains("](") && !out.contains("@org"), "{out}");
        assert!(
            out.lines().all(|line| line.is_empty()
                || line.starts_with("### ")
                || line.starts_with("#### ")
                || line.trim_start().starts_with("- ")
                || !line.starts_with(['#', '-', '|', ' '])),
            "{out}"
        );
        let json = linchpin(made.root(), &[arguments, &["--format", "json"]].concat());
        assert!(!json.out().contains('\u{1b}'), "escapes are written as escapes");
        json.json();
    }
}

#[test]
fn a_plan_of_an_empty_stack_and_of_one_without_people_says_something_sensible() {
    let said = |text: &str| {
        let run = linchpin(stack(text).root(), &["plan"]);
        assert_eq!((run.code(), run.err()), (0, ""));
        run.out().to_owned()
    };
    let empty = said("");
    assert!(empty.contains("Nothing in the stack is important yet"), "{empty}");
    assert!(empty.contains("Overall: nothing is important"), "{empty}");
    let nobody = said("[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\ncriticality = \"high\"\n");
    assert!(nobody.contains("36 hours of rebuilding are at risk today; 12 hours of work in 2 steps bring that down to 0."), "{nobody}");
    assert!(
        nobody.contains("Find somebody who can run CRM (tool.crm)") && nobody.contains("nobody is named who could see to it"),
        "{nobody}"
    );
    let safe = said(
        "[person.a]\nname = \"A\"\n[person.b]\nname = \"B\"\n\
         [tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\ncriticality = \"high\"\nowner = \"a\"\nbackup = \"b\"\n",
    );
    assert!(safe.contains("At least two people can run every important part of the stack"), "{safe}");
}
