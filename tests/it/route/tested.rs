//! `route test`.

use serde_json::json;

use super::{changed, made};
use crate::{
    built::example,
    cli::linchpin,
    fixture::{Made, checked_in},
};

#[test]
fn tests_that_pass_exit_with_0_and_a_routing_without_tests_is_named() {
    let made = made();
    let run = linchpin(made.root(), &["route", "test"]);
    assert_eq!(run.code(), 0);
    assert_eq!(run.out(), "France (routing.france): no tests\nInbound leads (routing.inbound): 2 tests pass\n");
    assert_eq!(run.err(), "2 tests in 1 routing: all pass; without tests: routing.france\n");
    let one = linchpin(made.root(), &["route", "test", "inbound"]);
    assert_eq!((one.code(), one.out()), (0, "Inbound leads (routing.inbound): 2 tests pass\n"));
    assert_eq!(one.err(), "2 tests in 1 routing: all pass\n");
    assert_eq!(linchpin(made.root(), &["route", "test", "franc"]).err(), "error: no routing `franc`; did you mean `france`?\n");
    let none = Made::one("");
    let run = linchpin(none.root(), &["route", "test"]);
    assert_eq!((run.code(), run.out(), run.err()), (0, "", "0 tests in 0 routings\n"));
}

#[test]
fn a_test_that_fails_says_what_was_expected_what_came_and_why() {
    let told = |record: &str, expect: &str| {
        let made = changed(
            "record = { email = \"s@x.example\", employees = 3 }\nexpect = \"unrouted\"",
            &format!("record = {{ email = \"s@x.example\", {record} }}\nexpect = \"{expect}\""),
        );
        let run = linchpin(made.root(), &["route", "test", "inbound"]);
        assert_eq!((run.code(), run.err()), (1, "2 tests in 1 routing: 1 passes, 1 fails\n"));
        run.out().strip_prefix("Inbound leads (routing.inbound): 1 of 2 tests fails\n  ✗ Somebody small\n").unwrap().to_owned()
    };
    assert_eq!(
        told("employees = 3", "Middle"),
        "      expected: Middle
      got: unrouted: no rule takes the record
      Middle does not take it:
        employees is at least 100 and is below 1,000, but it is 3
"
    );
    assert_eq!(
        told("employees = 300, vip = true", "Middle"),
        "      expected: Middle
      got: Very important, rule 2, which comes first: vip is true
"
    );
    assert_eq!(
        told("employees = 3000, vip = true", "Middle"),
        "      expected: Middle
      got: Very important, rule 2, which comes first: vip is true
      Middle does not take it:
        employees is at least 100 and is below 1,000, but it is 3000
"
    );
    assert_eq!(
        told("employees = 300", "Not a buyer"),
        "      expected: Not a buyer
      got: Middle, rule 5: employees is at least 100 and is below 1,000
      Not a buyer does not take it:
        level is student, but it is missing
        or email ends with .edu, but it is s@x.example
        and vip is not true, but it is missing
"
    );
    assert_eq!(
        told("vip = true", "unrouted"),
        "      expected: unrouted
      got: Very important, rule 2: vip is true
"
    );
}

#[test]
fn programs_are_told_of_every_test() {
    let made = changed("expect = \"unrouted\"", "expect = \"Large\"");
    let run = linchpin(made.root(), &["route", "test", "--format", "json"]);
    assert_eq!(run.code(), 1);
    let record = json!({ "budget": null, "country": null, "email": "s@x.example", "employees": null, "level": "student", "vip": null });
    assert_eq!(
        run.json(),
        json!({
            "schema": "linchpin/routing-tests/1",
            "passed": 1,
            "failed": 1,
            "routings": [
                { "routing": "france", "tests": [] },
                {
                    "routing": "inbound",
                    "tests": [
                        {
                            "test": "A student",
                            "passed": true,
                            "expected": "Not a buyer",
                            "got": "Not a buyer",
                            "record": record,
                            "expected_rule": null
                        },
                        {
                            "test": "Somebody small",
                            "passed": false,
                            "expected": "Large",
                            "got": "unrouted",
                            "record": { "budget": null, "country": null, "email": "s@x.example", "employees": 3, "level": null, "vip": null },
                            "expected_rule": {
                                "rule": "Large",
                                "matched": false,
                                "clauses": [[
                                    { "field": "country", "condition": "is US", "value": null },
                                    { "field": "employees", "condition": "is at least 1,000", "value": 3 }
                                ]]
                            }
                        }
                    ]
                }
            ]
        })
    );
}

#[test]
fn the_tests_of_the_stacks_in_the_repository_pass() {
    for stack in [example(), checked_in("stacks/sourcegraph"), checked_in("stacks/sound")] {
        for command in ["route", "score"] {
            let run = linchpin(&stack, &[command, "test"]);
            assert_eq!(run.code(), 0, "{}: {}{}", stack.display(), run.out(), run.err());
        }
    }
}
