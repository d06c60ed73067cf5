//! What conditions mean, written a second time from the words of the format, and held against the engine.

use std::sync::LazyLock;

use linchpin::{
    Project,
    model::{Clause, Condition, OneOrMany, Operators, Record, Scalar, When},
    routing::{Engine, Form, Logic, Run, Tried, Value},
};
use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::*,
    sample::select,
};

use super::STACK;
use crate::fixture::Made;

/// A stack with a field of every type; two of a type, so that they can be mistaken for one another.
static PROJECT: LazyLock<Project> = LazyLock::new(|| {
    let fields = "[object.thing]\nname = \"Thing\"\n[object.thing.fields]\ntext = { type = \"text\" }\nword = { type = \"text\" }\n\
        whole = { type = \"integer\" }\nreal = { type = \"number\" }\ntruth = { type = \"boolean\" }\n";
    let project = Made::one(&format!("{STACK}\n{fields}")).open();
    assert!(project.is_valid());
    project
});
const FIELDS: [&str; 5] = ["real", "text", "truth", "whole", "word"];

fn form() -> Form<'static> {
    let form = Form::new(&PROJECT.stack.objects["thing"].body.fields);
    assert_eq!(form.fields().iter().map(|(name, _)| *name).collect::<Vec<_>>(), FIELDS);
    form
}

/// What a record has in a field, by the words of the format: "Text compares after trimming ASCII whitespace and
/// lower-casing each character; text that is then empty is a missing field."
#[derive(Debug, PartialEq)]
enum Known {
    Nothing,
    Text(String),
    Number(f64),
    Truth(bool),
}

fn compared(text: &str) -> String {
    let is_space = |c: char| [' ', '\t', '\n', '\r', '\u{c}'].contains(&c);
    let mut out = String::new();
    for c in text.trim_matches(is_space).chars() {
        for lower in c.to_lowercase() {
            out.push(lower);
        }
    }
    out
}

fn known(scalar: Option<&Scalar>) -> Known {
    match scalar {
        None => Known::Nothing,
        Some(Scalar::Text(text)) if compared(text).is_empty() => Known::Nothing,
        Some(Scalar::Text(text)) => Known::Text(compared(text)),
        #[expect(clippy::cast_precision_loss, reason = "the format compares numbers as 64-bit floats")]
        Some(Scalar::Integer(number)) => Known::Number(*number as f64),
        Some(Scalar::Number(number)) => Known::Number(*number),
        Some(Scalar::Boolean(truth)) => Known::Truth(*truth),
    }
}

/// "A condition on a field is a value (equals), a list (any of), or a table of operators that must all hold. A condition on
/// a missing field is false, `not` included; only `present = false` matches it."
fn condition_holds(condition: &Condition, known_value: &Known) -> bool {
    let equals = |scalar: &Scalar| known(Some(scalar)) == *known_value;
    if *known_value == Known::Nothing {
        let Condition::Operators(operators) = condition else { return false };
        return **operators == Operators { present: Some(false), ..Operators::default() };
    }
    let operators = match condition {
        Condition::Is(value) => return equals(value),
        Condition::AnyOf(values) => return values.iter().any(equals),
        Condition::Operators(operators) => operators,
    };
    let bound = |of: Option<f64>, holds: &dyn Fn(f64, f64) -> bool| match (of, known_value) {
        (None, _) => true,
        (Some(bound), Known::Number(number)) => holds(*number, bound),
        _ => false,
    };
    let part = |of: &Option<OneOrMany<String>>, holds: &dyn Fn(&str, &str) -> bool| match (of, known_value) {
        (None, _) => true,
        (Some(parts), Known::Text(text)) => parts.as_slice().iter().any(|part| holds(text, &compared(part))),
        _ => false,
    };
    !operators.not.as_ref().is_some_and(|values| values.as_slice().iter().any(equals))
        && bound(operators.min, &|number, bound| number >= bound)
        && bound(operators.max, &|number, bound| number <= bound)
        && bound(operators.above, &|number, bound| number > bound)
        && bound(operators.below, &|number, bound| number < bound)
        && part(&operators.starts_with, &|text, part| text.find(part) == Some(0))
        && part(&operators.ends_with, &|text, part| text.len() >= part.len() && text.rfind(part) == Some(text.len() - part.len()))
        && part(&operators.contains, &|text, part| text.find(part).is_some())
        && operators.present != Some(false)
}

/// "`when` is a table whose conditions must all hold, or a list of such tables of which one must hold"; "absent: always".
fn holds(when: Option<&When>, record: &Record) -> bool {
    let all = |clause: &Clause| clause.iter().all(|(field, condition)| condition_holds(condition, &known(record.get(field))));
    match when {
        None => true,
        Some(When::All(clause)) => all(clause),
        Some(When::Any(clauses)) => clauses.iter().any(all),
    }
}

fn texts() -> impl Strategy<Value = String> {
    let odd = [
        "",
        " ",
        "\t\n\u{c}\r ",
        "a",
        "A",
        " ab ",
        "ABA",
        "ß",
        "ẞ",
        "ss",
        "É",
        "e\u{301}",
        "İ",
        "i\u{307}",
        "i",
        "ΑΣ",
        "ας",
        "ασ",
        "ǅ",
        "\u{a0}a",
        "\u{b}a",
        "日本",
        "本",
        "x.EDU",
        ".edu",
        "true",
        "1",
        "0",
    ];
    prop_oneof![select(odd.map(str::to_owned).to_vec()), "[aAbBéÉ ]{0,4}"]
}

fn numbers() -> impl Strategy<Value = f64> {
    prop_oneof![select(vec![-1.0, -0.0, 0.0, 0.5, 1.0, 2.0, 9.99, 10.0, 1e15, 9_007_199_254_740_993.0, -1e300]), -3.0..3.0]
}

fn wholes() -> impl Strategy<Value = i64> {
    prop_oneof![-3_i64..4, select(vec![10, 9_007_199_254_740_992, 9_007_199_254_740_993, i64::MAX, i64::MIN])]
}

/// A value of a type, or now and then of another.
fn scalars() -> impl Strategy<Value = Scalar> {
    prop_oneof![
        texts().prop_map(Scalar::Text),
        wholes().prop_map(Scalar::Integer),
        numbers().prop_map(Scalar::Number),
        any::<bool>().prop_map(Scalar::Boolean),
    ]
}

fn one_or_many<T: std::fmt::Debug + Clone>(of: impl Strategy<Value = T> + Clone) -> impl Strategy<Value = OneOrMany<T>> {
    prop_oneof![of.clone().prop_map(OneOrMany::One), vec(of, 0..4).prop_map(OneOrMany::Many)]
}

/// Operators of which few are there: many at once hold of nothing.
fn operators() -> impl Strategy<Value = Operators> {
    let text = || option::weighted(0.2, one_or_many(texts().boxed()));
    let number = || option::weighted(0.2, numbers());
    let numbers = (number(), number(), number(), number());
    let present = option::weighted(0.2, any::<bool>());
    (option::weighted(0.2, one_or_many(scalars().boxed())), numbers, (text(), text(), text()), present).prop_map(
        |(not, (min, max, above, below), (starts_with, ends_with, contains), present)| Operators {
            not,
            min,
            max,
            above,
            below,
            starts_with,
            ends_with,
            contains,
            present,
        },
    )
}

fn conditions() -> impl Strategy<Value = Condition> {
    prop_oneof![
        scalars().prop_map(Condition::Is),
        vec(scalars(), 0..5).prop_map(Condition::AnyOf),
        operators().prop_map(|operators| Condition::Operators(Box::new(operators))),
        any::<bool>().prop_map(|present| Condition::Operators(Box::new(Operators { present: Some(present), ..Operators::default() }))),
    ]
}

fn whens() -> impl Strategy<Value = Option<When>> {
    let clause = || btree_map(select(FIELDS.map(str::to_owned).to_vec()), conditions(), 0..3);
    option::weighted(0.95, prop_oneof![clause().prop_map(When::All), vec(clause(), 0..4).prop_map(When::Any)])
}

/// A record whose values are of the types of their fields.
fn records() -> impl Strategy<Value = Record> {
    let real = prop_oneof![numbers().prop_map(Scalar::Number), wholes().prop_map(Scalar::Integer)];
    let text = || texts().prop_map(Scalar::Text);
    let values = (real, text(), any::<bool>().prop_map(Scalar::Boolean), wholes().prop_map(Scalar::Integer), text());
    (values, vec(prop::bool::weighted(0.7), FIELDS.len())).prop_map(|((real, text, truth, whole, word), there)| {
        let all = FIELDS.iter().zip([real, text, truth, whole, word]).zip(there);
        all.filter(|(_, there)| *there).map(|((name, value), _)| ((*name).to_owned(), value)).collect()
    })
}

/// A value as a cell of a table says it.
fn cell(scalar: Option<&Scalar>) -> String {
    match scalar {
        None => String::new(),
        // As short as it can be without being another number.
        Some(Scalar::Number(number)) => format!("{number:?}"),
        Some(scalar) => scalar.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn a_condition_holds_where_the_words_of_the_format_say_so(when in whens(), record in records()) {
        let form = form();
        let logic = Logic::new(when.as_ref(), &form);
        let values = form.values(&record);
        let expected = holds(when.as_ref(), &record);
        prop_assert_eq!(logic.holds(&values), expected);
        // What is said of an alternative is that it fails or holds, and of its conditions which.
        for (clause, written) in logic.clauses.iter().zip(when.as_ref().map_or(&[][..], When::clauses)) {
            for filter in clause {
                let (name, _) = form.fields()[filter.field];
                prop_assert_eq!(filter.holds(&values[filter.field]), condition_holds(&written[name], &known(record.get(name))));
            }
        }
    }

    #[test]
    fn a_record_is_the_same_whether_it_stands_in_a_test_on_a_command_line_or_in_a_table(record in records()) {
        let form = form();
        let mut cells = vec![Value::Text("what was there before".to_owned()); FIELDS.len()];
        for (index, (name, place)) in FIELDS.iter().zip(&mut cells).enumerate() {
            prop_assert_eq!(form.read(index, &cell(record.get(*name)), place), Ok(()));
        }
        prop_assert_eq!(&cells, &form.values(&record));
        let texts: Vec<String> = FIELDS.iter().map(|name| format!("{name}={}", cell(record.get(*name)))).collect();
        let given = form.given(&texts).unwrap();
        prop_assert_eq!(&given.values, &cells);
        prop_assert_eq!(&form.values(&given.record), &cells);
    }

    #[test]
    fn a_run_of_many_sends_each_where_one_alone_goes(
        rows in vec((texts(), option::of(select(vec!["Executive", "student"])), option::of(select(vec!["FR", "mc", "US", "DE"])), option::of(0_i64..2_000), option::of(any::<bool>())), 1..20)
    ) {
        let engine = Engine::new(&PROJECT.stack);
        let router = engine.router("inbound").unwrap();
        let mut run = Run::new(&engine, router);
        for (email, level, country, employees, vip) in rows {
            let fields = [
                ("email", Some(Scalar::Text(email))),
                ("level", level.map(|level| Scalar::Text(level.to_owned()))),
                ("country", country.map(|country| Scalar::Text(country.to_owned()))),
                ("employees", employees.map(Scalar::Integer)),
                ("vip", vip.map(Scalar::Boolean)),
            ];
            let record: Record = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
            let values = router.form.values(&record);
            run.record().clone_from_slice(&values);
            let routed = run.route();
            let by_words = router.routing.rule.iter().position(|rule| holds(rule.when.as_ref(), &record));
            let decision = engine.decide(router, values.clone());
            prop_assert_eq!(routed.rule, by_words);
            prop_assert_eq!(decision.routes[0].rule, by_words);
            let name = routed.taker.map(|taker| run.takers()[taker].name.clone());
            let expected = decision.assignee.map(|assignee| assignee.to_string());
            // Of those who take turns it is one.
            let is_same = match (&name, &expected) {
                (Some(name), Some(all)) => all.split(" | ").any(|one| one == name),
                (name, expected) => name.is_none() && expected.is_none(),
            };
            prop_assert!(is_same, "{name:?} {expected:?}");
            let tried: Vec<Tried> = router.tried(&values);
            prop_assert_eq!(tried.iter().filter(|tried| tried.holds).map(|tried| tried.rule).collect::<Vec<_>>(), by_words.into_iter().collect::<Vec<_>>());
        }
    }
}
