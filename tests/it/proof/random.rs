//! Random rules and criteria over small fields, made so that conditions meet, imply and exclude one another.

use linchpin::{
    model::{Entity, Routing, Scoring},
    source::{SourceFile, Sources},
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Map, Value, json};

/// Which sorts of fields there are.
#[derive(Debug, Clone, Copy)]
pub enum Sort {
    Text,
    Listed,
    Integer,
    Number,
    Boolean,
}

/// The fields that can be tried out completely.
pub const FINITE: &[Sort] = &[Sort::Listed, Sort::Integer, Sort::Number, Sort::Boolean];

fn with(mut table: Map<String, Value>, key: &str, value: Option<impl Into<Value>>) -> Map<String, Value> {
    if let Some(value) = value {
        table.insert(key.to_owned(), value.into());
    }
    table
}

/// A field of a sort, as JSON.
fn field(sort: Sort) -> BoxedStrategy<Value> {
    let bounds = (option::weighted(0.3, -3..1_i64), option::weighted(0.3, 1..6_i64), any::<bool>());
    let table =
        move |kind: &str, required: bool| Map::from_iter([("type".to_owned(), json!(kind)), ("required".to_owned(), json!(required))]);
    match sort {
        Sort::Text => any::<bool>().prop_map(move |required| table("text", required).into()).boxed(),
        Sort::Boolean => any::<bool>().prop_map(move |required| table("boolean", required).into()).boxed(),
        Sort::Listed => {
            let values = proptest::sample::subsequence(vec!["a", "B", "ab ", "ba", "c", " "], 1..=6);
            let text = (values, any::<bool>())
                .prop_map(move |(values, required)| with(table("text", required), "values", Some(json!(values))).into());
            let numbers = proptest::sample::subsequence(vec![-1, 0, 2, 3, 7], 1..=5);
            let whole = (numbers, bounds).prop_map(move |(values, (_, max, required))| {
                with(with(table("integer", required), "values", Some(json!(values))), "max", max).into()
            });
            prop_oneof![3 => text, 1 => whole].boxed()
        }
        Sort::Integer => {
            bounds.prop_map(move |(min, max, required)| with(with(table("integer", required), "min", min), "max", max).into()).boxed()
        }
        Sort::Number => {
            bounds.prop_map(move |(min, max, required)| with(with(table("number", required), "min", min), "max", max).into()).boxed()
        }
    }
}

/// Texts that conditions look for: parts, starts and ends of each other, in other cases, with space, and empty.
fn literal() -> impl Strategy<Value = &'static str> {
    select(vec!["a", "b", "ab", "ba", "aa", "B", "aba", "a b", " a", "bab", "c", ""])
}

fn one_or_many(of: impl Strategy<Value = Value> + Clone + 'static) -> impl Strategy<Value = Value> {
    prop_oneof![2 => of.clone(), 1 => vec(of, 1..3).prop_map(Value::from)]
}

/// Operators of which each is there with some chance.
fn operators(all: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    let count = all.len();
    let one = (0..count).prop_flat_map(move |at| {
        let (name, value) = all[at].clone();
        value.prop_map(move |value| (name.to_owned(), value))
    });
    prop_oneof![12 => vec(one.clone(), 1..2), 8 => vec(one, 2..4), 1 => Just(Vec::new())]
        .prop_map(|all| Value::Object(all.into_iter().collect()))
        .boxed()
}

/// A condition on a field of this type.
fn condition(field: &Value) -> BoxedStrategy<Value> {
    let present = any::<bool>().prop_map(Value::from).boxed();
    match field["type"].as_str().unwrap() {
        "text" => {
            let text = literal().prop_map(Value::from).boxed();
            if !field["values"].is_null() {
                let listed = select(field["values"].as_array().unwrap().clone()).boxed();
                let ops = ["not", "starts-with", "ends-with", "contains"].map(|name| (name, one_or_many(text.clone()).boxed()));
                let ops = operators(ops.into_iter().chain([("present", present)]).collect());
                return prop_oneof![3 => one_or_many(listed), 2 => ops].boxed();
            }
            let ops = ["not", "starts-with", "ends-with", "contains"].map(|name| (name, one_or_many(text.clone()).boxed()));
            let ops = operators(ops.into_iter().chain([("present", present)]).collect());
            prop_oneof![1 => one_or_many(text), 4 => ops].boxed()
        }
        "boolean" => {
            let value = any::<bool>().prop_map(Value::from).boxed();
            let ops = operators(vec![("not", value.clone()), ("present", present)]);
            prop_oneof![3 => value, 1 => ops].boxed()
        }
        sort => {
            let value = (-4..8_i64).prop_map(Value::from).boxed();
            // Bounds of whole numbers need not be whole.
            let step = if sort == "integer" { 2.0 } else { 1.0 };
            let bound = (-4..8_i32).prop_map(move |n| json!(f64::from(n) / step)).boxed();
            let ops = ["min", "max", "above", "below"].map(|name| (name, bound.clone())).into_iter();
            let ops = operators(ops.chain([("not", one_or_many(value.clone()).boxed()), ("present", present)]).collect());
            prop_oneof![1 => one_or_many(value), 3 => ops].boxed()
        }
    }
}

fn clause(fields: &Map<String, Value>) -> BoxedStrategy<Value> {
    let names: Vec<String> = fields.keys().cloned().collect();
    let fields = fields.clone();
    let most = names.len();
    proptest::sample::subsequence(names, 0..=most)
        .prop_flat_map(move |names| names.iter().map(|name| (Just(name.clone()), condition(&fields[name]))).collect::<Vec<_>>())
        .prop_map(|conditions| Value::Object(conditions.into_iter().collect()))
        .boxed()
}

fn when(fields: &Map<String, Value>) -> BoxedStrategy<Value> {
    let clause = clause(fields);
    prop_oneof![3 => clause.clone(), 1 => vec(clause, 0..3).prop_map(Value::from)].boxed()
}

/// Fields of these sorts, named by letters.
fn fields(sorts: Vec<Sort>) -> impl Strategy<Value = Map<String, Value>> {
    let all: Vec<_> = sorts.into_iter().enumerate().map(|(number, sort)| (Just(format!("f{number}")), field(sort))).collect();
    all.prop_map(|all| all.into_iter().collect())
}

fn sorts(of: &'static [Sort], most: usize) -> impl Strategy<Value = Vec<Sort>> {
    vec(select(of), 1..=most)
}

fn entity<T>(body: T) -> Entity<T> {
    let file = Sources::default().add(SourceFile::default());
    Entity { id: serde_json::from_value(json!("r")).unwrap(), file, body }
}

/// A routing of these fields and rules.
pub fn routing_of(fields: &Value, rules: &Value) -> Entity<Routing> {
    entity(serde_json::from_value(json!({ "name": "R", "object": "lead", "tool": "crm", "fields": fields, "rule": rules })).unwrap())
}

/// A scoring of these fields and criteria.
pub fn scoring_of(fields: &Value, criteria: &Value) -> Entity<Scoring> {
    entity(serde_json::from_value(json!({ "name": "S", "tool": "crm", "threshold": 1, "fields": fields, "criterion": criteria })).unwrap())
}

/// A routing.
pub fn routing(of: &'static [Sort], most_fields: usize) -> impl Strategy<Value = Entity<Routing>> {
    let rules = |fields: Map<String, Value>| (vec((option::weighted(0.95, when(&fields)), select(vec!["x", "y"])), 0..7), Just(fields));
    sorts(of, most_fields).prop_flat_map(fields).prop_flat_map(rules).prop_map(|(rules, fields)| {
        let rule = |(number, (when, assign)): (usize, (Option<Value>, &str))| {
            with(Map::from_iter([("name".to_owned(), json!(format!("rule {number}"))), ("assign".to_owned(), json!(assign))]), "when", when)
        };
        let rules: Vec<Value> = rules.into_iter().enumerate().map(|numbered| rule(numbered).into()).collect();
        routing_of(&fields.into(), &rules.into())
    })
}

/// A scoring.
pub fn scoring(of: &'static [Sort], most_fields: usize) -> impl Strategy<Value = Entity<Scoring>> {
    let criteria = |fields: Map<String, Value>| (vec((when(&fields), -5..9_i64), 0..8), Just(fields));
    sorts(of, most_fields).prop_flat_map(fields).prop_flat_map(criteria).prop_map(|(criteria, fields)| {
        let criterion =
            |(number, (when, points)): (usize, (Value, i64))| json!({ "name": format!("c {number}"), "when": when, "points": points });
        let criteria: Vec<Value> = criteria.into_iter().enumerate().map(criterion).collect();
        scoring_of(&fields.into(), &criteria.into())
    })
}
