//! The slowest way to answer: every record of a small world, one by one, by the engine itself.

use std::collections::BTreeSet;

use linchpin::{
    model::{Condition, Field, FieldType, Fields, OneOrMany, Scalar, When, fold},
    routing::{Bounds, Example, Form, Part, Value},
};

/// All texts of some letters up to a length, and what conditions look for, put together with a letter that they do not have.
fn texts(literals: &BTreeSet<String>) -> Vec<String> {
    let mut all: BTreeSet<String> = BTreeSet::from([String::new()]);
    let mut last: Vec<String> = vec![String::new()];
    for _ in 0..4 {
        last = last.iter().flat_map(|text| ["a", "b", "x", " "].map(|letter| format!("{text}{letter}"))).collect();
        all.extend(last.iter().filter(|text| text.len() < 4 || !text.contains([' ', 'x'])).cloned());
    }
    let some: Vec<&str> = std::iter::once("").chain(literals.iter().map(String::as_str)).collect();
    for first in &some {
        for second in &some {
            all.insert(format!("{first}x{second}"));
            all.insert(format!("{first}{second}"));
            all.insert(format!("x{first}x{second}x"));
        }
    }
    let is_value = |text: &String| !text.is_empty() && fold(text) == *text;
    all.into_iter().filter(is_value).collect()
}

/// The texts that conditions name whole, and those of which they speak as a part.
fn literals(whens: &[&When], field: &str) -> [BTreeSet<String>; 2] {
    let (mut named, mut parts) = (BTreeSet::new(), BTreeSet::new());
    for condition in whens.iter().flat_map(|when| when.clauses()).filter_map(|clause| clause.get(field)) {
        let mut name = |scalars: &[Scalar]| named.extend(scalars.iter().filter_map(Scalar::as_text).map(fold));
        match condition {
            Condition::Is(scalar) => name(std::slice::from_ref(scalar)),
            Condition::AnyOf(many) => name(many),
            Condition::Operators(operators) => {
                operators.not.iter().for_each(|not| name(not.as_slice()));
                let texts = [&operators.starts_with, &operators.ends_with, &operators.contains].into_iter().flatten();
                parts.extend(texts.flat_map(OneOrMany::as_slice).map(|text| fold(text)));
            }
        }
    }
    [named, parts]
}

/// The texts that conditions on a field name whole.
pub fn named(whens: &[&When], field: &str) -> BTreeSet<String> {
    let [named, _] = literals(whens, field);
    named
}

/// The values of a field in the small world.
fn values(field: &Field, literals: &BTreeSet<String>) -> Vec<Value> {
    let mut all = if field.required { Vec::new() } else { vec![Value::Missing] };
    let in_bounds = |number: &f64| field.min.is_none_or(|min| *number >= min) && field.max.is_none_or(|max| *number <= max);
    let numbers = |step: f64| (-20..=34).map(|n| f64::from(n) * 0.25).filter(move |n| n % step == 0.0);
    match (&field.values, field.r#type) {
        (Some(listed), _) => {
            let fits = |value: &Value| !matches!(value, Value::Number(number) if !in_bounds(number));
            all.extend(listed.iter().map(Value::from).filter(|value| *value != Value::Missing).filter(fits));
        }
        (None, FieldType::Text) => all.extend(texts(literals).into_iter().map(Value::Text)),
        (None, FieldType::Boolean) => all.extend([true, false].map(Value::Boolean)),
        (None, FieldType::Integer) => all.extend(numbers(1.0).filter(in_bounds).map(Value::Number)),
        (None, FieldType::Number) => all.extend(numbers(0.25).filter(in_bounds).map(Value::Number)),
    }
    all
}

/// Every record of the small world, or every so many of them where there are too many; and whether these are all.
pub fn records(fields: &Fields, whens: &[&When], most: usize) -> (Vec<Vec<Value>>, bool) {
    let columns: Vec<Vec<Value>> =
        fields.iter().map(|(name, field)| values(field, &literals(whens, name).into_iter().flatten().collect())).collect();
    let count: usize = columns.iter().map(Vec::len).product();
    // A step that has nothing in common with the lengths of the columns.
    let step = (count / most).max(1) | 1;
    let at = |number: usize| {
        let mut rest = number;
        let pick = |column: &Vec<Value>| {
            let value = column[rest % column.len()].clone();
            rest /= column.len();
            value
        };
        columns.iter().map(pick).collect()
    };
    ((0..count).step_by(step).map(at).collect(), step == 1)
}

/// Reads an example as a record, and says if it is none.
pub fn read(form: &Form<'_>, example: &Example<'_>) -> Vec<Value> {
    assert_eq!(example.fields.len(), form.fields().len());
    let record = form.values(&example.record());
    for (index, ((name, value), read)) in example.fields.iter().zip(&record).enumerate() {
        assert_eq!(form.fields()[index].0, *name);
        let text = value.as_ref().map(ToString::to_string).unwrap_or_default();
        let mut again = Value::Missing;
        assert_eq!(form.read(index, &text, &mut again), Ok(()), "{name} of {example}");
        assert_eq!(again, *read, "{name} of {example} is read as it is written");
        assert_eq!(value.is_none(), *read == Value::Missing, "{name} of {example}");
    }
    record
}

/// Whether a part holds a value.
pub fn holds(part: &Part, value: &Value, named: &BTreeSet<String>) -> bool {
    match (part, value) {
        (Part::Missing, value) => *value == Value::Missing,
        (Part::Value(scalar), value) => Value::from(scalar) == *value,
        (Part::Range(bounds), Value::Number(number)) => within(bounds, *number),
        (Part::OtherText, Value::Text(text)) => !named.contains(text),
        (Part::StartsWith(texts), Value::Text(text)) => texts.iter().any(|of| text.starts_with(&fold(of))),
        (Part::EndsWith(texts), Value::Text(text)) => texts.iter().any(|of| text.ends_with(&fold(of))),
        (Part::Contains(texts), Value::Text(text)) => texts.iter().any(|of| text.contains(&fold(of))),
        _ => false,
    }
}

fn within(bounds: &Bounds, number: f64) -> bool {
    let holds = |end: &Option<Scalar>, holds: fn(f64, f64) -> bool| {
        let end = end.as_ref().map(|end| if let Value::Number(end) = Value::from(end) { end } else { panic!("{end}") });
        end.is_none_or(|end| holds(number, end))
    };
    holds(&bounds.min, |a, b| a >= b)
        && holds(&bounds.max, |a, b| a <= b)
        && holds(&bounds.above, |a, b| a > b)
        && holds(&bounds.below, |a, b| a < b)
}
