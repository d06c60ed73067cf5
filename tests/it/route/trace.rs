//! `route trace`.

use serde_json::{Value, json};

use super::{changed, made};
use crate::cli::{HOSTILE, linchpin, steering};

fn trace(made: &crate::fixture::Made, id: &str, record: &[&str]) -> crate::cli::Run {
    linchpin(made.root(), &[&["route", "trace", id], record].concat())
}

fn json_of(record: &[&str]) -> Value {
    let run = trace(&made(), "inbound", &[record, &["--format", "json"]].concat());
    assert_eq!(run.code(), 0, "{}", run.err());
    run.json()
}

#[test]
fn a_trace_says_in_words_what_failed_in_each_rule_and_who_gets_the_record() {
    let run = trace(&made(), "inbound", &["email=J@Shop.example", "employees=250", "country=US", "level="]);
    assert_eq!(run.code(), 0);
    assert_eq!(
        run.out(),
        "Inbound leads (routing.inbound)
  country    US
  email      J@Shop.example
  employees  250
  missing: budget, level, vip

 1. ✗ Not a buyer
      level is student, but it is missing
      or email ends with .edu, but it is J@Shop.example
      and vip is not true, but it is missing
 2. ✗ Very important
      vip is true, but it is missing
 3. ✗ France
      country is FR or MC, but it is US
 4. ✗ Large
      employees is at least 1,000, but it is 250
 5. ✓ Middle
      employees is at least 100 and is below 1,000

goes to: in turn Ana Alves (person.ana), Ben (person.ben) · weights 3 : 1 · at most 25 a day each
"
    );
    assert_eq!(run.err(), "");
}

#[test]
fn a_record_that_is_handed_over_is_followed() {
    let run = trace(&made(), "routing.inbound", &["email=a@b.example", "country= mc ", "employees=11"]);
    let (_, second) = run.out().split_once("\n 3. ✓ France\n      country is FR or MC\n").unwrap();
    assert_eq!(
        second,
        "      so it goes to whoever France (routing.france) says

France (routing.france)

 1. ✓ Larger ones
      employees is above 10

goes to: in turn Ben (person.ben), Field Sales (team.sales)
"
    );
    let lost = trace(&made(), "inbound", &["email=a@b.example", "country=FR"]);
    assert!(lost.out().ends_with("\ngoes to: nobody: no rule takes it, and other records are not its business (`partial`)\n"));
    assert_eq!(lost.code(), 0);
    let unrouted = trace(&made(), "inbound", &["email=a@b.example"]);
    assert!(unrouted.out().ends_with("\ngoes to: nobody: no rule takes it\n"), "{}", unrouted.out());
}

#[test]
fn every_way_to_assign_a_record_is_told_in_words_and_for_programs() {
    for (record, words, kind) in [
        (&["vip=true"][..], "Ana Alves (person.ana)", json!({ "kind": "party", "party": "person.ana" })),
        (
            &["employees=100"],
            "in turn Ana Alves (person.ana), Ben (person.ben) · weights 3 : 1 · at most 25 a day each",
            json!({ "kind": "turns", "turns": [{ "party": "person.ana", "weight": 3.0 }, { "party": "person.ben", "weight": 1.0 }], "cap_per_day": 25 }),
        ),
        (
            &["country=us", "employees=1000"],
            "the owner of the Company, or else Field Sales (team.sales)",
            json!({ "kind": "owner_of", "object": "account", "fallback": "team.sales" }),
        ),
        (&["level=STUDENT"], "nobody: The website answers them.", json!({ "kind": "nobody", "reason": "The website answers them." })),
        (
            &["country=FR", "employees=11"],
            "in turn Ben (person.ben), Field Sales (team.sales)",
            json!({ "kind": "turns", "turns": [{ "party": "person.ben", "weight": 1.0 }, { "party": "team.sales", "weight": 1.0 }], "cap_per_day": null }),
        ),
        (&["country=DE"], "nobody: no rule takes it", Value::Null),
    ] {
        let record = [&["email=a@b.example"], record].concat();
        let text = trace(&made(), "inbound", &record);
        assert_eq!(text.out().lines().last().unwrap(), format!("goes to: {words}"));
        assert_eq!(json_of(&record)["assignee"], kind, "{record:?}");
    }
}

#[test]
fn a_trace_for_programs_has_every_field_every_failed_condition_and_the_hand_over() {
    let trace = json_of(&["email=A@b.EDU", "country=FR", "employees=7", "vip=TRUE"]);
    assert_eq!(
        trace,
        json!({
            "schema": "linchpin/routing-trace/1",
            "routing": "inbound",
            "record": { "budget": null, "country": "FR", "email": "A@b.EDU", "employees": 7, "level": null, "vip": true },
            "tried": [
                {
                    "rule": "Not a buyer",
                    "matched": false,
                    "clauses": [
                        [{ "field": "level", "condition": "is student", "value": null }],
                        [{ "field": "vip", "condition": "is not true", "value": true }]
                    ]
                },
                { "rule": "Very important", "matched": true, "clauses": [[]] }
            ],
            "rule": "Very important",
            "assignee": { "kind": "party", "party": "person.ana" },
            "hands_over_to": null
        })
    );
    let handed = json_of(&["email=a@b.example", "country=FR", "employees=7", "budget=1.5"]);
    assert_eq!(handed["rule"], "France");
    assert_eq!(
        handed["hands_over_to"],
        json!({
            "routing": "france",
            "record": { "budget": 1.5, "country": "FR", "email": "a@b.example", "employees": 7, "level": null, "vip": null },
            "tried": [{ "rule": "Larger ones", "matched": false, "clauses": [[{ "field": "employees", "condition": "is above 10", "value": 7 }]] }],
            "rule": null,
            "assignee": null,
            "hands_over_to": null
        })
    );
    assert_eq!(handed["assignee"], Value::Null);
}

#[test]
fn what_is_missing_of_what_every_record_has_is_noted_and_traced() {
    for record in [&["vip=true"][..], &["vip=true", "email="], &["vip=true", "email=  "]] {
        let run = trace(&made(), "inbound", record);
        assert_eq!((run.code(), run.err()), (0, "note: every record has `email`; without it, it is traced as missing\n"));
        assert!(run.out().contains("  missing: budget, country, email, employees, level\n"), "{}", run.out());
    }
    assert_eq!(trace(&made(), "inbound", &["vip=true", "-q"]).err(), "");
}

#[test]
fn every_mistake_of_a_record_is_said_in_one_run() {
    let run = trace(
        &made(),
        "inbound",
        &[
            "contry=FR",
            "zzz=1",
            "employees=many",
            "employees=3",
            "level=Studnet",
            "level",
            "budget=inf",
            "vip=yes",
            "country=\u{1b}[31mx",
            "x\u{1b}=1",
        ],
    );
    assert_eq!((run.code(), run.out()), (2, ""));
    assert_eq!(
        run.err(),
        "error: no field `contry`; did you mean `country`?
error: no field `zzz`; the fields are `budget`, `country`, `email`, `employees`, `level`, `vip`
error: `employees` cannot be `many`: it is no whole number
error: `employees` is given twice; a record has one value of it
error: `level` cannot be `Studnet`: did you mean `Student`?
error: `level` says nothing of a field; write `FIELD=VALUE`, such as `country=US`
error: `budget` cannot be `inf`: it is no number
error: `vip` cannot be `yes`: it is neither `true` nor `false`
error: no field `x?`; the fields are `budget`, `country`, `email`, `employees`, `level`, `vip`
"
    );
    for (value, reason) in [
        ("employees=-1", "the least value is 0"),
        ("employees=1000001", "the greatest value is 1000000"),
        ("employees=1.0", "it is no whole number"),
        ("level=boss", "its values are `Executive`, `Student`"),
    ] {
        let (field, given) = value.split_once('=').unwrap();
        assert_eq!(trace(&made(), "inbound", &[value]).err(), format!("error: `{field}` cannot be `{given}`: {reason}\n"));
    }
    let long = format!("employees={}", "9".repeat(500));
    assert_eq!(
        trace(&made(), "inbound", &[&long]).err(),
        format!("error: `employees` cannot be `{}…`: it is no whole number\n", "9".repeat(60))
    );
}

#[test]
fn a_routing_is_named_by_its_id_and_a_slip_is_pointed_out() {
    let made = made();
    let said = |id: &str| {
        let run = trace(&made, id, &[]);
        (run.code(), run.err().to_owned())
    };
    assert_eq!(said("inbuond"), (2, "error: no routing `inbuond`; did you mean `inbound`?\n".to_owned()));
    assert_eq!(said("zzz"), (2, "error: no routing `zzz`; `linchpin show --only routing` lists them\n".to_owned()));
    assert_eq!(said("scoring.main").0, 2);
    let none = crate::fixture::Made::one("");
    assert_eq!(trace(&none, "x", &[]).err(), "error: no routing `x`: the stack has none\n");
}

#[test]
fn the_stack_is_named_by_an_option_wherever_it_stands_and_an_invalid_one_is_refused() {
    let made = made();
    let above = made.root().parent().unwrap();
    let name = made.root().file_name().unwrap().to_str().unwrap();
    let expected = trace(&made, "inbound", &["vip=true", "-q"]).out().to_owned();
    for arguments in [
        &["route", "trace", "inbound", "vip=true", "--stack", name][..],
        &["route", "--stack", name, "trace", "inbound", "vip=true"],
        &["route", "trace", "--stack", name, "inbound", "vip=true"],
    ] {
        assert_eq!(linchpin(above, arguments).out(), expected);
    }
    assert_eq!(linchpin(above, &["route", "trace", "inbound", "--stack", "nowhere"]).code(), 2);
    let invalid = changed("assign = \"ana\"", "assign = \"nobody-known\"");
    for arguments in [
        &["route", "trace", "inbound"][..],
        &["route", "trace", "inbound", "--format", "json"],
        &["route", "run", "inbound", "x.csv"],
        &["route", "test"],
        &["route", "prove", "--format", "json"],
        &["score", "test"],
        &["score", "trace", "main", "-q"],
    ] {
        let run = linchpin(invalid.root(), arguments);
        assert_eq!((run.code(), run.out()), (1, ""), "{arguments:?}");
        assert!(run.err().contains("error[unknown-reference]"), "{}", run.err());
    }
    let coloured = |color| linchpin(invalid.root(), &["route", "test", "--color", color]).err().contains('\u{1b}');
    assert_eq!([coloured("auto"), coloured("always"), coloured("never")], [false, true, false]);
}

#[test]
fn hostile_names_and_values_are_shown_and_steer_nothing() {
    let hostile: String = HOSTILE.chars().filter(|c| !c.is_ascii_control()).collect();
    let stack = format!(
        "[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\n[object.lead]\nname = \"Lead\"\n[object.lead.fields]\n\"{hostile}\" = {{ type = \"text\" }}\n\"a=b\" = {{ type = \"text\" }}\n\
         [person.ana]\nname = \"{hostile}\"\n\
         [routing.r]\nname = \"{hostile}\"\nobject = \"lead\"\ntool = \"crm\"\n[[routing.r.rule]]\nname = \"{hostile}\"\nwhen = {{ \"{hostile}\" = \"{hostile}\" }}\nassign = \"ana\"\n\
         [[routing.r.rule]]\nname = \"two\"\nassign = {{ nobody = \"{hostile}\" }}\n\
         [[routing.r.test]]\nname = \"{hostile}\"\nrecord = {{ \"{hostile}\" = \"{hostile}\" }}\nexpect = \"two\"\n\
         [scoring.s]\nname = \"{hostile}\"\nobject = \"lead\"\ntool = \"crm\"\nthreshold = 1\n[[scoring.s.criterion]]\nname = \"{hostile}\"\nwhen = {{ \"{hostile}\" = \"{hostile}\" }}\npoints = 1\n\
         [[scoring.s.test]]\nname = \"{hostile}\"\nrecord = {{ \"{hostile}\" = \"{hostile}\" }}\nexpect = 2\n"
    );
    let made = crate::fixture::Made::one(&stack);
    // As TOML reads it between its quotation marks.
    let read = hostile.replace("\\n", "\n");
    let (given, equals) = (format!("{read}={read}"), "a=b=c=d");
    for (arguments, code) in [
        (&["route", "trace", "r", given.as_str()][..], 0),
        (&["route", "trace", "r", given.as_str(), "--format", "json"], 0),
        (&["route", "trace", "r", equals], 0),
        (&["score", "trace", "s", given.as_str()], 0),
        (&["score", "trace", "s", "--format", "json"], 0),
        (&["route", "test"], 1),
        (&["route", "test", "--format", "json"], 1),
        (&["score", "test"], 1),
        (&["score", "test", "--format", "json"], 1),
        (&["route", "trace", given.as_str()], 2),
        (&["route", "trace", "r", hostile.as_str()], 2),
        (&["route", "run", "r", hostile.as_str()], 2),
    ] {
        let run = linchpin(made.root(), arguments);
        assert_eq!(run.code(), code, "{arguments:?}: {}{}", run.out(), run.err());
        for line in run.out().lines().chain(run.err().lines()) {
            assert_eq!(steering(line), None, "{arguments:?}: {line:?}");
            assert!(!line.starts_with("::"), "{arguments:?} writes a command of a workflow");
        }
    }
    let equals = linchpin(made.root(), &["route", "trace", "r", equals, "--format", "json"]).json();
    assert_eq!(equals["record"]["a=b"], "c=d", "the name of a field may hold what splits it from its value");
}

#[test]
fn a_long_chain_of_hand_overs_is_followed_to_its_end() {
    use std::fmt::Write;
    let mut stack = "[person.ana]\nname = \"Ana\"\n[tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\n".to_owned();
    let last = 2_000;
    for number in 0..=last {
        let assign = if number == last { "\"ana\"".to_owned() } else { format!("{{ routing = \"r{}\" }}", number + 1) };
        writeln!(
            stack,
            "[routing.r{number}]\nname = \"R\"\nobject = \"lead\"\ntool = \"crm\"\n[[routing.r{number}.rule]]\nname = \"all\"\nassign = {assign}\n"
        )
        .unwrap();
    }
    let made = crate::fixture::Made::one(&stack);
    let text = trace(&made, "r0", &[]);
    assert!(text.out().ends_with("\ngoes to: Ana (person.ana)\n"));
    assert_eq!(text.out().matches("✓ all").count(), last + 1);
    let json = trace(&made, "r0", &["--format", "json"]).json();
    assert_eq!(json["assignee"]["party"], "person.ana");
    made.write("leads.csv", "id\n1\n2\n");
    let run = linchpin(made.root(), &["route", "run", "r0", "leads.csv", "-q"]);
    assert_eq!(run.out(), "id,linchpin_rule,linchpin_assignee\n1,all,person.ana\n2,all,person.ana\n");
}
