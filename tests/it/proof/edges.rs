//! The edges of what conditions can tell apart, one by one.

use linchpin::{
    model::{Entity, Routing, Scoring},
    routing::{Answer, Form, Logic, Overlaps, Router, RoutingProof, Scorer, ScoringProof},
};
use serde_json::{Value, json};

use super::{
    oracle::read,
    random::{routing_of, scoring_of},
};

/// A routing of one field `x` with these conditions, all assigned to different people.
fn of(field: &Value, whens: &[Value]) -> Entity<Routing> {
    let rule = |(number, when): (usize, &Value)| json!({ "name": format!("rule {number}"), "when": when, "assign": format!("p{number}") });
    let rules: Vec<Value> = whens.iter().enumerate().map(rule).collect();
    routing_of(&json!({ "x": field }), &json!(rules))
}

fn router(routing: &Entity<Routing>) -> Router<'_> {
    let form = Form::new(routing.fields.as_ref().unwrap());
    let rules = routing.rule.iter().map(|rule| Logic::new(rule.when.as_ref(), &form)).collect();
    Router { routing, form, rules }
}

/// What each rule is reached by, or why it is not; last, what no rule takes. Every example is asked of the engine.
fn told(field: &Value, conditions: &[Value]) -> Vec<String> {
    let whens: Vec<Value> = conditions.iter().map(|condition| json!({ "x": condition })).collect();
    let routing = of(field, &whens);
    let router = router(&routing);
    let proof = RoutingProof::new(&router);
    assert_eq!(proof.doubt, None);
    let rule = |(number, rule): (usize, &linchpin::routing::RuleProof<'_>)| match &rule.reached {
        Answer::Yes(example) => {
            assert_eq!(router.first(&read(&router.form, example)), Some(number), "{example}");
            example.to_string()
        }
        _ if !rule.is_possible => "never".to_owned(),
        _ => format!("taken by {:?}", rule.taken_by.iter().map(|taker| taker.rule).collect::<Vec<_>>()),
    };
    let mut told: Vec<String> = proof.rules.iter().enumerate().map(rule).collect();
    told.push(proof.unrouted.example().map_or_else(|| "complete".to_owned(), |example| format!("unrouted: {example}")));
    told
}

#[test]
fn whole_numbers_that_are_one_float_cannot_be_told_apart() {
    let field = json!({ "type": "integer", "required": true, "min": 9_007_199_254_740_991_i64, "max": 9_007_199_254_740_994_i64 });
    let conditions = [json!(9_007_199_254_740_991_i64), json!(9_007_199_254_740_992_i64), json!({ "above": 9_007_199_254_740_992_i64 })];
    assert_eq!(told(&field, &conditions), ["x = 9007199254740991", "x = 9007199254740992", "x = 9007199254740994", "complete"]);
    let below = json!({ "type": "integer", "required": true, "min": -9_007_199_254_740_994_i64, "max": -9_007_199_254_740_991_i64 });
    let conditions = [json!({ "min": -9_007_199_254_740_991_i64 }), json!({ "below": -9_007_199_254_740_992_i64 })];
    assert_eq!(told(&below, &conditions), ["x = -9007199254740991", "x = -9007199254740994", "unrouted: x = -9007199254740992"]);
}

#[test]
fn whole_numbers_end_where_those_of_the_format_end() {
    let field = json!({ "type": "integer", "required": true });
    let conditions = [json!({ "min": 9.223_372_036_854_775e18 }), json!({ "below": -9.223_372_036_854_775e18 }), json!({ "above": 1e19 })];
    assert_eq!(told(&field, &conditions), ["x = 9223372036854774784", "x = -9223372036854775808", "never", "unrouted: x = 0"]);
    let ends = [
        json!({ "min": 9_223_372_036_854_775_807_i64 }),
        json!({ "max": i64::MIN }),
        json!({ "above": i64::MAX }),
        json!({ "below": i64::MIN }),
    ];
    assert_eq!(told(&field, &ends), ["x = 9223372036854775807", "x = -9223372036854775808", "never", "never", "unrouted: x = 0"]);
}

#[test]
fn between_two_whole_numbers_there_is_none_and_between_two_floats_neither() {
    let whole = json!({ "type": "integer", "required": true, "min": 0.5, "max": 3.5 });
    let conditions = [json!({ "above": 1, "below": 2 }), json!({ "above": 0.2, "below": 1.8 }), json!({ "not": [1, 2, 3] })];
    assert_eq!(told(&whole, &conditions), ["never", "x = 1", "never", "unrouted: x = 2"]);
    let number = json!({ "type": "number", "required": true });
    let (one, next) = (1.0_f64, 1.0_f64.next_up());
    let conditions =
        [json!({ "above": one, "below": next }), json!({ "above": one, "below": next.next_up() }), json!({ "min": one, "max": next })];
    assert_eq!(told(&number, &conditions), ["never", &format!("x = {next}"), "x = 1", "unrouted: x = 0"]);
    let none = json!({ "type": "integer", "required": true, "min": 0.2, "max": 0.8 });
    assert_eq!(told(&none, &[json!({})]), ["never", "complete"]);
}

#[test]
fn zero_has_one_sign() {
    let field = json!({ "type": "number" });
    assert_eq!(
        told(&field, &[json!(-0.0), json!(0), json!({ "above": -0.0, "below": 1 })]),
        ["x = 0", "taken by [0]", "x = 0.1", "unrouted: nothing filled in"]
    );
}

#[test]
fn a_condition_of_nothing_takes_whatever_is_there() {
    let text = json!({ "type": "text" });
    for all in
        [json!({ "starts-with": "" }), json!({ "ends-with": ["a", "  "] }), json!({ "contains": "\t" }), json!({}), json!({ "not": [] })]
    {
        assert_eq!(
            told(&text, &[all, json!({ "present": true }), json!({ "present": false })]),
            ["x = \"x\"", "taken by [0]", "nothing filled in", "complete"]
        );
    }
    for none in [json!(""), json!([]), json!({ "contains": [] }), json!({ "starts-with": [] }), json!({ "present": false, "contains": "" })]
    {
        assert_eq!(told(&text, &[none]), ["never", "unrouted: nothing filled in"]);
    }
}

#[test]
fn a_text_that_is_named_whole_starts_ends_and_contains() {
    let text = json!({ "type": "text", "required": true });
    assert_eq!(told(&text, &[json!({ "starts-with": "a" }), json!("AB")]), ["x = \"a\"", "taken by [0]", "unrouted: x = \"x\""]);
    assert_eq!(told(&text, &[json!(".edu"), json!({ "ends-with": ".edu" })]), ["x = \".edu\"", "x = \"x.edu\"", "unrouted: x = \"x\""]);
    assert_eq!(told(&text, &[json!({ "starts-with": "ab", "ends-with": "ab" })]), ["x = \"ab\"", "unrouted: x = \"x\""]);
    let both = [json!(["ab", "abab"]), json!({ "starts-with": "ab", "ends-with": "ab" })];
    assert_eq!(told(&text, &both), ["x = \"ab\"", "x = \"abxab\"", "unrouted: x = \"x\""]);
    assert_eq!(told(&text, &[json!({ "contains": "b" }), json!(["ab", "a"])]), ["x = \"b\"", "x = \"a\"", "unrouted: x = \"x\""]);
}

#[test]
fn parts_of_a_text_imply_their_own_parts() {
    let text = json!({ "type": "text", "required": true });
    assert_eq!(
        told(&text, &[json!({ "contains": "an" }), json!({ "contains": "man" })]),
        ["x = \"an\"", "taken by [0]", "unrouted: x = \"x\""]
    );
    assert_eq!(
        told(&text, &[json!({ "contains": "man" }), json!({ "contains": "an" })]),
        ["x = \"man\"", "x = \"an\"", "unrouted: x = \"x\""]
    );
    let lists = [json!({ "contains": ["ab", "ba"] }), json!({ "contains": ["cab", "bac"] }), json!({ "contains": ["ab", "c"] })];
    assert_eq!(told(&text, &lists), ["x = \"ba\"", "taken by [0]", "x = \"c\"", "unrouted: x = \"x\""]);
    // What contains "ab" or "cd" by the second list contains a part of the first or of the third.
    let either = [json!({ "contains": "a" }), json!({ "contains": "d" }), json!({ "contains": ["ab", "cd"] })];
    assert_eq!(told(&text, &either), ["x = \"a\"", "x = \"d\"", "taken by [0, 1]", "unrouted: x = \"x\""]);
    assert_eq!(
        told(&text, &[json!({ "contains": "b" }), json!({ "starts-with": "ab" }), json!({ "ends-with": ["ba", "c"] })])[1..3],
        ["taken by [0]", "x = \"c\""]
    );
}

#[test]
fn parts_may_overlap_in_a_text() {
    let text = json!({ "type": "text", "required": true });
    let routing = routing_of(
        &json!({ "x": text }),
        &json!([{ "name": "both", "when": { "x": { "contains": "abc", "ends-with": "cde", "starts-with": "zab" } }, "assign": "a" }]),
    );
    let router = router(&routing);
    assert_eq!(RoutingProof::new(&router).rules[0].reached.example().unwrap().to_string(), "x = \"zabcde\"");
}

#[test]
fn letters_are_compared_in_lower_case_one_by_one() {
    let text = json!({ "type": "text", "required": true });
    let conditions = [
        json!("İstanbul"),
        json!("i\u{307}STANBUL"),
        json!({ "contains": "ΣΑΣ" }),
        json!({ "ends-with": "ςας" }),
        json!({ "ends-with": "σασ" }),
    ];
    let told = told(&text, &conditions);
    assert_eq!(told, ["x = \"İstanbul\"", "taken by [0]", "x = \"ΣΑΣ\"", "x = \"ςας\"", "taken by [2]", "unrouted: x = \"x\""]);
    for c in '\0'..=char::MAX {
        let once: String = c.to_lowercase().collect();
        let twice: String = once.chars().flat_map(char::to_lowercase).collect();
        assert_eq!(once, twice, "what is folded stays as it is");
    }
}

#[test]
fn space_around_a_text_does_not_count_and_space_in_it_does() {
    let text = json!({ "type": "text", "required": true });
    let conditions =
        [json!({ "starts-with": "vp " }), json!(" VPN\n"), json!("a b"), json!({ "contains": "a  b" }), json!("\u{a0}"), json!("\u{b}")];
    let expected =
        ["x = \"vp\"", "taken by [0]", "x = \"a b\"", "x = \"a  b\"", "x = \"\u{a0}\"", "x = \"\\u000B\"", "unrouted: x = \"x\""];
    assert_eq!(told(&text, &conditions), expected);
    let listed = json!({ "type": "text", "values": [" A", "a ", "\t", "b c"] });
    assert_eq!(told(&listed, &[json!("A"), json!({ "ends-with": "C" })]), ["x = \"A\"", "x = \"b c\"", "unrouted: nothing filled in"]);
}

#[test]
fn a_missing_value_meets_no_condition_but_that_it_is_missing() {
    let boolean = json!({ "type": "boolean" });
    assert_eq!(told(&boolean, &[json!(true), json!({ "not": true })]), ["x = true", "x = false", "unrouted: nothing filled in"]);
    assert_eq!(
        told(&boolean, &[json!({ "present": false }), json!({ "not": [true, false] }), json!({})]),
        ["nothing filled in", "never", "x = false", "complete"]
    );
    assert_eq!(
        told(&json!({ "type": "boolean", "required": true }), &[json!({ "present": false }), json!({ "not": true })])[..2],
        ["never", "x = false"]
    );
}

#[test]
fn a_condition_without_tables_never_holds_and_an_empty_table_always_does() {
    let routing = of(&json!({ "type": "text" }), &[json!([]), json!([{ "x": "a" }, {}]), json!({})]);
    let proof = RoutingProof::new(&router(&routing)).rules.into_iter().map(|rule| (rule.reached.is_yes().unwrap(), rule.is_possible));
    assert_eq!(proof.collect::<Vec<_>>(), [(false, false), (true, true), (false, true)]);
}

#[test]
fn thirty_lists_of_parts_are_told_apart_in_one_text() {
    let parts = |number: usize| format!("part-{number:02}");
    let rules: Vec<Value> = (0..30)
        .map(|number| json!({ "name": format!("r{number}"), "when": { "x": { "contains": parts(number) } }, "assign": "a" }))
        .collect();
    let all = json!({ "name": "all", "when": { "x": { "contains": "part-" } }, "assign": "b" });
    let routing = routing_of(&json!({ "x": { "type": "text" } }), &Value::from([rules, vec![all]].concat()));
    let router = router(&routing);
    let proof = RoutingProof::new(&router);
    assert!(proof.doubt.is_none() && proof.rules.iter().all(|rule| rule.reached.example().is_some()));
    assert_eq!(Overlaps::new(&router).pairs.iter().filter(|pair| pair.is_exception == Some(true)).count(), 30);
}

/// As many pigeons as fields and one hole fewer: that two always share one cannot be seen without trying all ways.
fn pigeons(count: usize) -> Entity<Routing> {
    let names: Vec<String> = (1..count).map(|hole| format!("h{hole}")).collect();
    let field = |number: usize| (format!("f{number}"), json!({ "type": "text", "required": true, "values": names }));
    let fields: serde_json::Map<String, Value> = (0..count).map(field).collect();
    let mut rules = Vec::new();
    for first in 0..count {
        for second in first + 1..count {
            for hole in &names {
                let when = json!({ format!("f{first}"): hole, format!("f{second}"): hole });
                rules.push(json!({ "name": format!("{first} {second} {hole}"), "when": when, "assign": "a" }));
            }
        }
    }
    routing_of(&fields.into(), &rules.into())
}

#[test]
fn what_would_take_too_long_is_not_decided_and_nothing_is_claimed() {
    let few = pigeons(6);
    assert_eq!(RoutingProof::new(&router(&few)).is_complete(), Some(true));
    let many = pigeons(14);
    let proof = RoutingProof::new(&router(&many));
    assert_eq!((proof.is_complete(), &proof.unrouted), (None, &Answer::Undecided));
    assert_eq!(proof.unreachable().count(), 0);
    assert!(proof.rules[0].reached.example().is_some(), "what is easy is still decided");
    assert_eq!(proof.doubt.unwrap().to_string(), "the conditions overlap in too many ways to look at all of them");
}

#[test]
fn too_many_texts_in_one_field_are_not_compared() {
    let texts: Vec<String> = (0..3_000).map(|number| format!("text {number}")).collect();
    let routing = of(&json!({ "type": "text" }), &[json!({ "x": { "contains": texts } }), json!({})]);
    let proof = RoutingProof::new(&router(&routing));
    assert!(proof.rules.iter().all(|rule| rule.reached == Answer::Undecided) && proof.is_complete().is_none());
    assert_eq!(proof.doubt.unwrap().to_string(), "the conditions on `x` name too many values to compare all of them");
    assert!(Overlaps::new(&router(&routing)).doubt.is_some());
}

fn score(fields: &Value, criteria: &Value) -> (Option<i64>, Option<i64>, String) {
    let scoring: Entity<Scoring> = scoring_of(fields, criteria);
    let form = Form::new(scoring.fields.as_ref().unwrap());
    let criteria = scoring.criterion.iter().map(|criterion| Logic::new(Some(&criterion.when), &form)).collect();
    let scorer = Scorer { scoring: &scoring, form, criteria };
    let proof = ScoringProof::new(&scorer);
    let exact = |known: Option<linchpin::routing::Attainable>| known.and_then(linchpin::routing::Attainable::exact);
    let best = proof.best.as_ref().map(|best| {
        assert_eq!(Some(scorer.points(&read(&scorer.form, best))), proof.most.map(|most| most.at_least));
        best.to_string()
    });
    (exact(proof.most), exact(proof.fewest), best.or(proof.doubt.map(|doubt| doubt.to_string())).unwrap_or_default())
}

#[test]
fn points_that_exclude_or_imply_each_other_are_counted_as_they_come() {
    let fields =
        json!({ "title": { "type": "text" }, "visits": { "type": "integer", "min": 0 }, "vip": { "type": "boolean", "required": true } });
    let criteria = json!([
        { "name": "a", "when": { "title": { "starts-with": "head" } }, "points": 10 },
        { "name": "b", "when": { "title": { "contains": "ea" } }, "points": -4 },
        { "name": "c", "when": { "title": { "ends-with": "ad", "not": "head" } }, "points": 3 },
        { "name": "d", "when": [{ "visits": { "min": 3 }, "vip": true }, { "visits": { "max": 0 }, "vip": false }], "points": 5 },
        { "name": "e", "when": { "visits": { "below": 3 } }, "points": 2 },
        { "name": "f", "when": { "visits": { "present": false } }, "points": 6 },
        { "name": "g", "when": {}, "points": 100 },
        { "name": "h", "when": [], "points": 1_000 },
    ]);
    assert_eq!(score(&fields, &criteria), (Some(116), Some(96), "title = \"headad\", vip = false, visits = 0".to_owned()));
}

#[test]
fn points_that_cannot_be_added_up_are_not_decided() {
    let fields = json!({ "x": { "type": "boolean" } });
    let criteria =
        json!([{ "name": "a", "when": { "x": true }, "points": i64::MAX }, { "name": "b", "when": { "x": true }, "points": i64::MIN }]);
    assert_eq!(score(&fields, &criteria), (None, None, "the points are too large to add up".to_owned()));
}
