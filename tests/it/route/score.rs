//! `score trace` and `score test`.

use serde_json::{Value, json};

use super::{changed, made};
use crate::cli::linchpin;

#[test]
fn a_trace_says_which_criteria_count_and_what_failed_in_the_others() {
    let made = made();
    let trace = |record: &[&str]| linchpin(made.root(), &[&["score", "trace", "main", "email=a@b.example"], record].concat());
    let promoted = trace(&["level=Executive", "budget=9.75"]);
    assert_eq!(promoted.code(), 0);
    assert_eq!(
        promoted.out(),
        "Fit (scoring.main)
  budget  9.75
  email   a@b.example
  level   Executive
  missing: country, employees, vip

  ✓  +25   Decides
           level is executive
  ✓  +10   Large or rich
           budget is above 9.5
  ✗ (-25)  Student
           level is student, but it is Executive

35 points, threshold 30: promoted to Marketing qualified (lifecycle.main.stage.mql)
"
    );
    let last = |record: &[&str]| trace(record).out().lines().last().unwrap().to_owned();
    assert_eq!(last(&["level=student"]), "-25 points, threshold 30: not promoted, 55 short");
    assert_eq!(last(&[]), "0 points, threshold 30: not promoted, 30 short");
}

#[test]
fn without_a_stage_a_record_reaches_the_threshold() {
    let made = changed("threshold = 30\npromotes-to = \"lifecycle.main.stage.mql\"\n", "threshold = 25\n");
    let run = linchpin(made.root(), &["score", "trace", "main", "email=a@b.example", "level=executive"]);
    assert_eq!(run.out().lines().last().unwrap(), "25 points, threshold 25: the threshold is reached");
    let json = linchpin(made.root(), &["score", "trace", "main", "email=a@b.example", "level=executive", "--format", "json"]).json();
    assert_eq!((&json["promoted"], &json["promotes_to"]), (&json!(true), &Value::Null));
}

#[test]
fn a_trace_for_programs_has_every_criterion() {
    let made = made();
    let run = linchpin(made.root(), &["score", "trace", "scoring.main", "email=a@b.example", "employees=10", "--format", "json"]);
    assert_eq!(
        run.json(),
        json!({
            "schema": "linchpin/scoring-trace/1",
            "scoring": "main",
            "record": { "budget": null, "country": null, "email": "a@b.example", "employees": 10, "level": null, "vip": null },
            "criteria": [
                {
                    "criterion": "Decides",
                    "signal": "fit",
                    "points": 25,
                    "counts": false,
                    "clauses": [[{ "field": "level", "condition": "is executive", "value": null }]]
                },
                {
                    "criterion": "Large or rich",
                    "signal": null,
                    "points": 10,
                    "counts": false,
                    "clauses": [
                        [{ "field": "employees", "condition": "is at least 1,000", "value": 10 }],
                        [{ "field": "budget", "condition": "is above 9.5", "value": null }]
                    ]
                },
                {
                    "criterion": "Student",
                    "signal": null,
                    "points": -25,
                    "counts": false,
                    "clauses": [[{ "field": "level", "condition": "is student", "value": null }]]
                }
            ],
            "points": 0,
            "threshold": 30,
            "promoted": false,
            "promotes_to": "lifecycle.main.stage.mql"
        })
    );
}

#[test]
fn mistakes_are_those_of_a_routing() {
    let made = made();
    let run = linchpin(made.root(), &["score", "trace", "main", "lvl=x", "employees=x"]);
    assert_eq!((run.code(), run.out()), (2, ""));
    assert_eq!(
        run.err(),
        "error: no field `lvl`; the fields are `budget`, `country`, `email`, `employees`, `level`, `vip`\nerror: `employees` cannot be `x`: it is no whole number\n"
    );
    assert_eq!(linchpin(made.root(), &["score", "trace", "mian"]).err(), "error: no scoring `mian`; did you mean `main`?\n");
    let noted = linchpin(made.root(), &["score", "trace", "main"]);
    assert_eq!((noted.code(), noted.err()), (0, "note: every record has `email`; without it, it is traced as missing\n"));
}

#[test]
fn tests_that_pass_exit_with_0_and_one_that_fails_shows_how_its_points_came_about() {
    let fine = linchpin(made().root(), &["score", "test"]);
    assert_eq!((fine.code(), fine.out(), fine.err()), (0, "Fit (scoring.main): 1 test passes\n", "1 test in 1 scoring: it passes\n"));
    let made = changed("expect = 35", "expect = 45");
    let failed = linchpin(made.root(), &["score", "test", "main"]);
    assert_eq!((failed.code(), failed.err()), (1, "1 test in 1 scoring: it fails\n"));
    assert_eq!(
        failed.out(),
        "Fit (scoring.main): 1 test fails
  ✗ A rich executive
      expected: 45 points
      got: 35 points
      ✓  +25   Decides
               level is executive
      ✓  +10   Large or rich
               budget is above 9.5
      ✗ (-25)  Student
               level is student, but it is executive
"
    );
    let json = linchpin(made.root(), &["score", "test", "--format", "json"]);
    assert_eq!(json.code(), 1);
    let json = json.json();
    assert_eq!((&json["schema"], &json["passed"], &json["failed"]), (&json!("linchpin/scoring-tests/1"), &json!(0), &json!(1)));
    let test = &json["scorings"][0]["tests"][0];
    assert_eq!(
        (&test["test"], &test["passed"], &test["expected"], &test["got"]),
        (&json!("A rich executive"), &json!(false), &json!(45), &json!(35))
    );
    assert_eq!((&test["record"]["budget"], &test["criteria"][1]["counts"]), (&json!(10), &json!(true)));
}
