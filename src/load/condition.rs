//! Whether conditions, records and fields of routing and scoring fit together.

use std::collections::BTreeSet;

use super::{
    meaning::Cx,
    validity::{INVALID_VALUE, UNKNOWN_REFERENCE},
};
use crate::{
    model::{Condition, Field, FieldType, Fields, OneOrMany, Operators, Record, Scalar, When},
    source::push_token,
};

/// The name that a test gives to a record that no rule takes.
pub const UNROUTED: &str = "unrouted";
/// How the columns start that linchpin adds to a table of records.
pub const OWN_COLUMNS: &str = "linchpin_";

/// The fields that conditions and records may speak of, as far as they could be read.
#[derive(Debug)]
pub struct KnownFields<'a> {
    /// Those that could be read.
    pub fields: &'a Fields,
    /// Those that are there and could not; nothing stands for any.
    pub unread: Option<&'a BTreeSet<Option<String>>>,
    /// Whether there may be others.
    pub is_open: bool,
}

impl KnownFields<'_> {
    /// Whether there may be a field of this name of which nothing is known.
    fn may_have(&self, name: &str) -> bool {
        let is_unread = |unread: &BTreeSet<Option<String>>| unread.iter().any(|field| field.as_deref().is_none_or(|field| field == name));
        self.is_open || self.unread.is_some_and(is_unread)
    }
}

/// Checks the definitions of fields that stand at a pointer.
pub fn fields(cx: &mut Cx<'_>, pointer: &str, fields: &Fields) {
    for (name, field) in fields {
        let mut at = pointer.to_owned();
        push_token(&mut at, name);
        if name.starts_with(OWN_COLUMNS) {
            cx.report_key(
                &INVALID_VALUE,
                &at,
                format!("a field cannot be called `{name}`"),
                format!("names that start with `{OWN_COLUMNS}` are columns that linchpin adds"),
            );
        }
        let numeric = matches!(field.r#type, FieldType::Integer | FieldType::Number);
        for (bound, value) in [("min", field.min), ("max", field.max)] {
            if value.is_some() && !numeric {
                cx.report_key(
                    &INVALID_VALUE,
                    &format!("{at}/{bound}"),
                    format!("`{bound}` does not fit a field of type {}", word(field.r#type)),
                    "remove it, or change `type`".into(),
                );
            }
        }
        cx.ordered(&at, ("min", field.min), ("max", field.max));
        for (index, value) in field.values.iter().flatten().enumerate() {
            if !fits(value, field.r#type) {
                let message = format!("`{value}` does not fit a field of type {}", word(field.r#type));
                cx.report(&INVALID_VALUE, &format!("{at}/values/{index}"), message, "change the value, or `type`".into());
            }
        }
    }
}

/// Checks the conditions that stand at a pointer against the fields that they are about.
pub fn when(cx: &mut Cx<'_>, pointer: &str, when: &When, fields: &KnownFields<'_>) {
    for (index, clause) in when.clauses().iter().enumerate() {
        let clause_at = if matches!(when, When::Any(_)) { format!("{pointer}/{index}") } else { pointer.to_owned() };
        for (name, condition) in clause {
            let mut at = clause_at.clone();
            push_token(&mut at, name);
            let Some(field) = fields.fields.get(name) else {
                unknown_field(cx, &at, name, fields);
                continue;
            };
            match condition {
                Condition::Is(value) => scalar(cx, &at, name, value, field),
                Condition::AnyOf(values) => list(cx, &at, name, values, field),
                Condition::Operators(operators) => check_operators(cx, &at, name, operators, field),
            }
        }
    }
}

/// Checks a record that stands at a pointer.
pub fn record(cx: &mut Cx<'_>, pointer: &str, record: &Record, fields: &KnownFields<'_>) {
    for (name, value) in record {
        let mut at = pointer.to_owned();
        push_token(&mut at, name);
        match fields.fields.get(name) {
            Some(field) => scalar(cx, &at, name, value, field),
            None => unknown_field(cx, &at, name, fields),
        }
    }
}

fn unknown_field(cx: &mut Cx<'_>, at: &str, name: &str, fields: &KnownFields<'_>) {
    if fields.may_have(name) {
        return;
    }
    let known = fields.fields.keys().map(String::as_str);
    let help = match cx.near("fields", name, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if fields.fields.is_empty() => "declare the field under `fields`, here or in the object".to_owned(),
        None => {
            format!("fields are {}; declare others under `fields`", known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
        }
    };
    cx.report_key(&UNKNOWN_REFERENCE, at, format!("no field `{name}`"), help);
}

fn list(cx: &mut Cx<'_>, at: &str, name: &str, values: &[Scalar], field: &Field) {
    for (index, value) in values.iter().enumerate() {
        scalar(cx, &format!("{at}/{index}"), name, value, field);
    }
}

fn one_or_many(cx: &mut Cx<'_>, at: &str, name: &str, values: &OneOrMany<Scalar>, field: &Field) {
    match values {
        OneOrMany::One(value) => scalar(cx, at, name, value, field),
        OneOrMany::Many(values) => list(cx, at, name, values, field),
    }
}

/// A value of a field: of its type, in its range, in its closed list.
fn scalar(cx: &mut Cx<'_>, at: &str, name: &str, value: &Scalar, field: &Field) {
    if !fits(value, field.r#type) {
        let help = format!("write {}", example(field.r#type));
        return cx.report(&INVALID_VALUE, at, format!("`{name}` is of type {}: it cannot be `{value}`", word(field.r#type)), help);
    }
    let number = match value {
        #[expect(clippy::cast_precision_loss, reason = "bounds are compared as numbers of the format are: as 64-bit floats")]
        Scalar::Integer(value) => Some(*value as f64),
        Scalar::Number(value) => Some(*value),
        _ => None,
    };
    if let Some(number) = number {
        let below = field.min.filter(|min| number < *min).map(|min| format!("its `min` is {min}"));
        let above = field.max.filter(|max| number > *max).map(|max| format!("its `max` is {max}"));
        if let Some(help) = below.or(above) {
            return cx.report(&INVALID_VALUE, at, format!("`{name}` is never {number}"), help);
        }
    }
    if let Some(values) = field.values.as_ref().filter(|values| !values.iter().any(|known| is_same(known, value))) {
        let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
        let got = value.to_string();
        let near = cx.near(&texts.join(","), &got, texts.iter().map(String::as_str));
        let help = near.map_or_else(|| format!("its values are {}", texts.join(", ")), |near| format!("did you mean `{near}`?"));
        cx.report(&INVALID_VALUE, at, format!("`{got}` is no value of `{name}`"), help);
    }
}

fn check_operators(cx: &mut Cx<'_>, at: &str, name: &str, operators: &Operators, field: &Field) {
    if let Some(values) = &operators.not {
        one_or_many(cx, &format!("{at}/not"), name, values, field);
    }
    let numeric = matches!(field.r#type, FieldType::Integer | FieldType::Number);
    let bounds = [("min", operators.min), ("max", operators.max), ("above", operators.above), ("below", operators.below)];
    let texts = [("starts-with", &operators.starts_with), ("ends-with", &operators.ends_with), ("contains", &operators.contains)];
    let unfit = bounds.iter().filter(|(_, value)| value.is_some() && !numeric).map(|(operator, _)| *operator);
    let unfit =
        unfit.chain(texts.iter().filter(|(_, value)| value.is_some() && field.r#type != FieldType::Text).map(|(operator, _)| *operator));
    for operator in unfit {
        let message = format!("`{operator}` does not fit `{name}`, which is of type {}", word(field.r#type));
        let help = format!("use {}", fitting(field.r#type));
        cx.report_key(&INVALID_VALUE, &format!("{at}/{operator}"), message, help);
    }
    cx.ordered(at, ("min", operators.min), ("max", operators.max));
}

/// Whether a value is of a type; an integer is a number too.
pub fn fits(value: &Scalar, of: FieldType) -> bool {
    matches!(
        (value, of),
        (Scalar::Text(_), FieldType::Text)
            | (Scalar::Integer(_), FieldType::Integer | FieldType::Number)
            | (Scalar::Number(_), FieldType::Number)
            | (Scalar::Boolean(_), FieldType::Boolean)
    )
}

/// Whether two values are the same to a condition: text without surrounding ASCII space and without case.
fn is_same(a: &Scalar, b: &Scalar) -> bool {
    let fold = |text: &str| text.trim_matches(|c: char| c.is_ascii_whitespace()).chars().flat_map(char::to_lowercase).collect::<String>();
    match (a, b) {
        (Scalar::Text(a), Scalar::Text(b)) => fold(a) == fold(b),
        #[expect(clippy::cast_precision_loss, reason = "values are compared as numbers of the format are")]
        (Scalar::Integer(a), Scalar::Number(b)) | (Scalar::Number(b), Scalar::Integer(a)) => (*a as f64).total_cmp(b).is_eq(),
        (a, b) => a == b,
    }
}

fn word(of: FieldType) -> &'static str {
    match of {
        FieldType::Text => "text",
        FieldType::Integer => "integer",
        FieldType::Number => "number",
        FieldType::Boolean => "boolean",
    }
}

fn example(of: FieldType) -> &'static str {
    match of {
        FieldType::Text => "text in quotes",
        FieldType::Integer => "an integer",
        FieldType::Number => "a number",
        FieldType::Boolean => "`true` or `false`",
    }
}

fn fitting(of: FieldType) -> &'static str {
    match of {
        FieldType::Text => "a text, a list of texts, `not`, `starts-with`, `ends-with`, `contains` or `present`",
        FieldType::Integer | FieldType::Number => "a number, a list of numbers, `not`, `min`, `max`, `above`, `below` or `present`",
        FieldType::Boolean => "`true`, `false` or `present`",
    }
}
