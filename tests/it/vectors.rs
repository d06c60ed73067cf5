//! What conditions mean, against vectors that `browser/vectors.test.js` runs through the script of the pages as well.
//!
//! `vectors/routing.json` is written by hand; `compiled.json` and `random.json` are what the engine makes of it and of a
//! seeded set: they are compared with what is checked in, and read by the script's test.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use linchpin::{
    model::{Condition, Fields, OneOrMany, Operators, Record, Scalar, When},
    routing::{Engine, Form, Logic, Scorer, Value, portable},
};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::{built::open, fixture::golden};

#[derive(Deserialize)]
struct Vectors {
    fields: Fields,
    conditions: Vec<Case>,
    reading: Reading,
    decisions: Vec<Decided>,
    points: Vec<Scored>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    when: When,
    holds: Vec<Record>,
    fails: Vec<Record>,
}

#[derive(Deserialize)]
struct Reading {
    fields: Fields,
    values: Vec<(String, String, Option<Scalar>)>,
    misfits: Vec<(String, String, String)>,
}

#[derive(Deserialize)]
struct Decided {
    ask: String,
    record: Record,
    route: Vec<(String, Option<String>)>,
}

#[derive(Deserialize)]
struct Scored {
    ask: String,
    record: Record,
    points: i64,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

fn vectors() -> Vectors {
    serde_json::from_str(&std::fs::read_to_string(folder().join("routing.json")).unwrap()).unwrap()
}

/// The fields and conditions as the script reads them, a line each.
fn compiled(vectors: &Vectors) -> String {
    let form = Form::new(&vectors.fields);
    let fields = [portable::form(&form), portable::form(&Form::new(&vectors.reading.fields))];
    let logics = vectors.conditions.iter().map(|case| portable::logic(&Logic::new(Some(&case.when), &form)));
    fields.into_iter().chain(logics).fold(String::new(), |text, line| format!("{text}{line}\n"))
}

#[test]
fn every_condition_holds_of_the_records_of_which_it_should_and_of_no_other() {
    let vectors = vectors();
    let form = Form::new(&vectors.fields);
    for case in &vectors.conditions {
        let logic = Logic::new(Some(&case.when), &form);
        for (records, expected) in [(&case.holds, true), (&case.fails, false)] {
            for record in records {
                assert_eq!(logic.holds(&form.values(record)), expected, "{}: {record:?}", case.name);
            }
        }
    }
}

#[test]
fn the_script_is_given_the_same_conditions() {
    let compiled = compiled(&vectors());
    for operator in ["one-of", "none-of", "min", "max", "above", "below", "starts-with", "ends-with", "contains", "present"] {
        assert!(compiled.matches(&format!("\"{operator}\":")).count() > 1, "{operator}");
    }
    assert!(compiled.contains("\"asks\":{}") && compiled.contains("\n[]\n") && compiled.contains("\n[[]]\n"));
    golden(&compiled, &folder().join("compiled.jsonl"));
}

#[test]
fn text_is_read_as_a_value_of_its_field_or_refused_with_the_reason() {
    let Reading { fields, values, misfits } = vectors().reading;
    let form = Form::new(&fields);
    for (field, text, expected) in &values {
        let mut value = Value::Boolean(true);
        form.read(form.index(field).unwrap(), text, &mut value).unwrap_or_else(|misfit| panic!("{field} {text:?}: {misfit}"));
        assert_eq!(value, expected.as_ref().map_or(Value::Missing, Value::from), "{field} {text:?}");
    }
    for (field, text, reason) in &misfits {
        let misfit = form.read(form.index(field).unwrap(), text, &mut Value::Missing).unwrap_err();
        assert_eq!(misfit.to_string().replace('`', ""), *reason, "{field} {text:?}");
    }
}

#[test]
fn records_are_handed_over_by_name_and_type() {
    let (vectors, project) = (vectors(), open(&folder().join("stack")));
    assert!(project.is_valid());
    let engine = Engine::new(&project.stack);
    for Decided { ask, record, route } in &vectors.decisions {
        let router = engine.router(ask).unwrap();
        let decision = engine.decide(router, router.form.values(record));
        let asked = decision.routes.iter().map(|step| {
            let rule = step.rule.and_then(|rule| step.routing.rule.get(rule));
            (step.routing.id.to_string(), rule.map(|rule| rule.name.to_string()))
        });
        assert_eq!(asked.collect::<Vec<_>>(), *route, "{ask} {record:?}");
    }
    for Scored { ask, record, points } in &vectors.points {
        let scorer = Scorer::new(&project.stack, project.stack.scorings.get(ask.as_str()).unwrap());
        assert_eq!(scorer.points(&scorer.form.values(record)), *points, "{ask} {record:?}");
    }
}

/// A small generator of numbers: the same ones everywhere, for ever.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(n).unwrap()).unwrap()
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    /// A few letters of one sort, so that texts begin, end and contain each other; some change when they are lower-cased.
    fn text(&mut self) -> String {
        let sorts: [&[&str]; 4] =
            [&["a", "A", "b", "B"], &["ß", "ẞ", "İ", "i", "\u{307}", "ı"], &["Σ", "σ", "ς", " ", "\t"], &["𐐀", "𐐨", "É", "\u{a0}", "<"]];
        let (letters, long) = (self.one(&sorts), self.below(4));
        (0..long).map(|_| self.one(letters)).collect()
    }

    fn number(&mut self) -> f64 {
        self.one(&[-1e15, -2.5, -1.0, -0.1, -0.0, 0.0, 0.1, 0.3, 0.300_000_000_000_000_04, 1.0, 2.0, 2.5, 9_007_199_254_740_993.0, 1e300])
    }

    fn scalar(&mut self, sort: usize) -> Scalar {
        match sort {
            0 => Scalar::Text(self.text()),
            1 => Scalar::Number(self.number()),
            2 => Scalar::Integer(self.one(&[-3, 0, 1, 2, i64::MAX])),
            _ => Scalar::Boolean(self.chance(2)),
        }
    }

    /// A value of a sort, now and then of another.
    fn operand(&mut self, sort: usize) -> Scalar {
        let sort = if self.chance(8) { self.below(4) } else { sort };
        self.scalar(sort)
    }

    fn texts(&mut self) -> OneOrMany<String> {
        let many = self.below(4);
        if many == 3 { OneOrMany::One(self.text()) } else { OneOrMany::Many((0..many).map(|_| self.text()).collect()) }
    }

    fn condition(&mut self, sort: usize) -> Condition {
        match self.below(3) {
            0 => Condition::Is(self.operand(sort)),
            1 => Condition::AnyOf((0..self.below(5)).map(|_| self.operand(sort)).collect()),
            _ => {
                let mut asked = Operators::default();
                for _ in 0..self.below(3) {
                    match (self.below(4), sort) {
                        (0, _) => asked.not = Some(OneOrMany::Many((0..self.below(4)).map(|_| self.operand(sort)).collect())),
                        (1, _) => asked.present = Some(!self.chance(3)),
                        (2, 0) if self.chance(2) => asked.starts_with = Some(self.texts()),
                        (2, 0) => asked.ends_with = Some(self.texts()),
                        (_, 0) => asked.contains = Some(self.texts()),
                        (2, _) => asked.min = Some(self.number()),
                        _ => match self.below(3) {
                            0 => asked.max = Some(self.number()),
                            1 => asked.above = Some(self.number()),
                            _ => asked.below = Some(self.number()),
                        },
                    }
                }
                Condition::Operators(Box::new(asked))
            }
        }
    }

    /// Conditions on five fields: two of text, a number, a whole number, a boolean.
    fn when(&mut self) -> When {
        let clauses = (0..=self.below(3)).map(|_| {
            let fields = (0..=self.below(2)).map(|_| {
                let (name, sort) = self.one(&FIELDS);
                (name.to_owned(), self.condition(sort))
            });
            fields.collect()
        });
        When::Any(clauses.collect())
    }

    fn record(&mut self) -> Record {
        let value = |(name, sort): &(&str, usize)| (!self.chance(4)).then(|| ((*name).to_owned(), self.scalar(*sort)));
        FIELDS.iter().filter_map(value).collect()
    }
}

const FIELDS: [(&str, usize); 5] = [("flag", 3), ("number", 1), ("other", 0), ("text", 0), ("whole", 2)];

#[test]
fn the_script_is_given_what_the_engine_says_of_hundreds_of_random_conditions() {
    let fields = vectors().fields;
    let form = Form::new(&fields);
    assert!(form.fields().iter().map(|(name, _)| *name).eq(FIELDS.iter().map(|(name, _)| *name)));
    let mut seeded = Seeded(0x9e37_79b9_7f4a_7c15);
    let records: Vec<Record> = (0..64).map(|_| seeded.record()).collect();
    let as_list =
        |record: &Record| FIELDS.iter().map(|(name, _)| record.get(*name).map_or(Json::Null, |scalar| json!(scalar))).collect::<Json>();
    let mut text = format!("{}\n", records.iter().map(as_list).collect::<Json>());
    let mut all = 0;
    for _ in 0..400 {
        let when = seeded.when();
        let logic = Logic::new(Some(&when), &form);
        let answers: String = records.iter().map(|record| if logic.holds(&form.values(record)) { '1' } else { '0' }).collect();
        all += answers.matches('1').count();
        writeln!(text, "[{},\"{answers}\"]", portable::logic(&logic)).unwrap();
    }
    // Neither always true nor always false: the answers say something.
    assert!((4_000..16_000).contains(&all), "{all} of {}", 400 * records.len());
    golden(&text, &folder().join("random.jsonl"));
}
