//! Whether conditions, records and fields of routing and scoring fit together.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    blank,
    explain::{cut, listed},
    meaning::Cx,
    suggest::{Advice, Near},
    validity::{INVALID_VALUE, MISSING_FIELD, UNKNOWN_REFERENCE},
};
use crate::{
    model::{Condition, FieldType, Fields, OWN_COLUMNS, Operators, Record, Scalar, When, fold},
    source::push_token,
};

/// The fields that conditions and records may speak of, as far as they could be read.
#[derive(Debug)]
pub struct KnownFields<'a> {
    /// Those that could be read.
    pub fields: &'a Fields,
    /// Those that are there and could not; nothing stands for any.
    pub unread: Option<&'a BTreeSet<Option<String>>>,
    /// Whether there may be others.
    pub is_open: bool,
    /// The closed lists of values, folded as conditions compare them, so that looking one up is quick.
    values: HashMap<&'a str, HashSet<String>>,
}

impl<'a> KnownFields<'a> {
    /// Takes fields, those that could not be read, and whether there may be others.
    pub fn new(fields: &'a Fields, unread: Option<&'a BTreeSet<Option<String>>>, is_open: bool) -> Self {
        let closed = fields.iter().filter_map(|(name, field)| Some((name.as_str(), field.values.as_ref()?)));
        let values = closed.map(|(name, values)| (name, values.iter().map(folded).collect())).collect();
        Self { fields, unread, is_open, values }
    }

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
                    "remove it, or change `type`",
                );
            }
        }
        cx.ordered(&at, ("min", field.min), ("max", field.max));
        for (index, value) in field.values.iter().flatten().enumerate() {
            if !fits(value, field.r#type) {
                let message = format!("`{}` does not fit a field of type {}", written(value), word(field.r#type));
                cx.report(&INVALID_VALUE, &format!("{at}/values/{index}"), message, "change the value, or `type`");
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
            if !fields.fields.contains_key(name) {
                unknown_field(cx, &at, name, fields);
                continue;
            }
            match condition {
                Condition::Is(value) => asked(cx, &at, (name, false), value, fields),
                Condition::AnyOf(values) => {
                    for (index, value) in values.iter().enumerate() {
                        asked(cx, &format!("{at}/{index}"), (name, false), value, fields);
                    }
                }
                Condition::Operators(operators) => check_operators(cx, &at, name, operators, fields),
            }
        }
    }
}

/// Checks a record that stands at a pointer, as far as it could be read.
pub fn record(cx: &mut Cx<'_>, pointer: &str, record: &Record, fields: &KnownFields<'_>) {
    for (name, value) in record {
        let mut at = pointer.to_owned();
        push_token(&mut at, name);
        if fields.fields.contains_key(name) {
            scalar(cx, &at, name, value, fields);
        } else {
            unknown_field(cx, &at, name, fields);
        }
    }
}

/// Reports the fields that every record has and this one lacks: a record that cannot exist tests nothing.
pub fn complete(cx: &mut Cx<'_>, pointer: &str, record: &Record, fields: &KnownFields<'_>) {
    for (name, field) in fields.fields.iter().filter(|(_, field)| field.required) {
        let mut at = pointer.to_owned();
        push_token(&mut at, name);
        match record.get(name) {
            None => {
                let message = format!("the record has no `{name}`, and every record has one");
                let help = format!("add `{name} = …`, or let the field be missing: without `required`");
                cx.report_within(&MISSING_FIELD, (&at, pointer), message, help);
            }
            Some(value) if field.r#type == FieldType::Text && blank::is_blank(value) => {
                let message = format!("`{name}` is empty, and every record has one");
                cx.report(&INVALID_VALUE, &at, message, "write a value, or let the field be missing: without `required`");
            }
            Some(_) => {}
        }
    }
}

fn unknown_field(cx: &mut Cx<'_>, at: &str, name: &str, fields: &KnownFields<'_>) {
    if fields.may_have(name) {
        return;
    }
    let known = fields.fields.keys().map(String::as_str);
    let advice: Advice = match cx.near("fields", name, known.clone()) {
        Some(near) => near.for_key(),
        None if fields.fields.is_empty() => "declare the field under `fields`, here or in the object".into(),
        None => format!("{}; declare others under `fields`", listed("fields are", known)).into(),
    };
    cx.report_key(&UNKNOWN_REFERENCE, at, format!("no field `{name}`"), advice);
}

/// A value that a condition asks of a field, or excludes.
fn asked(cx: &mut Cx<'_>, at: &str, (name, is_excluded): (&str, bool), value: &Scalar, known: &KnownFields<'_>) {
    let is_text = known.fields.get(name).is_some_and(|field| field.r#type == FieldType::Text);
    if is_text && blank::is_blank(value) { blank::value(cx, at, name, is_excluded) } else { scalar(cx, at, name, value, known) }
}

/// A value of a field: of its type, in its range, in its closed list.
fn scalar(cx: &mut Cx<'_>, at: &str, name: &str, value: &Scalar, known: &KnownFields<'_>) {
    let Some(field) = known.fields.get(name) else { return };
    if !fits(value, field.r#type) {
        let message = format!("`{name}` is of type {}: it cannot be `{}`", word(field.r#type), written(value));
        return cx.report(&INVALID_VALUE, at, message, format!("write {}", instead(value, field.r#type)));
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
    if let Some(values) = field.values.as_ref().filter(|_| known.values.get(name).is_some_and(|closed| !closed.contains(&folded(value)))) {
        let got = value.to_string();
        let texts = || values.iter().filter_map(Scalar::as_text);
        let near = cx.near(&format!("values of {name}"), &got, texts());
        let help = near.as_ref().map_or_else(|| listed_values(values), Near::question);
        cx.report(&INVALID_VALUE, at, format!("`{got}` is no value of `{name}`"), help);
    }
}

fn check_operators(cx: &mut Cx<'_>, at: &str, name: &str, operators: &Operators, known: &KnownFields<'_>) {
    let Some(field) = known.fields.get(name) else { return };
    if let Some(values) = &operators.not {
        for (at, value) in values.placed(&format!("{at}/not")) {
            asked(cx, &at, (name, true), value, known);
        }
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
    if field.r#type == FieldType::Text {
        blank::parts(cx, at, operators);
    }
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

/// The values of a closed list in a message.
fn listed_values(values: &[Scalar]) -> String {
    const MOST: usize = 40;
    let shown: Vec<String> = values.iter().take(MOST).map(ToString::to_string).collect();
    let more = values.len().saturating_sub(MOST);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("its values are {}{rest}", shown.join(", "))
}

/// A value as conditions compare it: text without surrounding ASCII space and without case, numbers as 64-bit floats.
fn folded(value: &Scalar) -> String {
    match value {
        Scalar::Text(text) => format!("text {}", fold(text)),
        #[expect(clippy::cast_precision_loss, reason = "values are compared as numbers of the format are")]
        Scalar::Integer(number) => format!("number {}", *number as f64),
        Scalar::Number(number) => format!("number {number}"),
        Scalar::Boolean(boolean) => format!("boolean {boolean}"),
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

/// A value as the file has it: text in quotes, a number with its point.
fn written(value: &Scalar) -> String {
    match value {
        Scalar::Text(text) => format!("\"{}\"", cut(text)),
        Scalar::Number(number) => format!("{number:?}"),
        other => other.to_string(),
    }
}

/// What to write in place of a value that is of another type: the same without its quotes or its point where that fits.
fn instead(value: &Scalar, of: FieldType) -> String {
    match (value, of) {
        (Scalar::Text(text), FieldType::Integer) if text.parse::<i64>().is_ok() => format!("`{text}`, without quotes"),
        (Scalar::Text(text), FieldType::Number) if text.parse().is_ok_and(f64::is_finite) => format!("`{text}`, without quotes"),
        (Scalar::Text(text), FieldType::Boolean) if text == "true" || text == "false" => format!("`{text}`, without quotes"),
        (Scalar::Number(number), FieldType::Integer) if number.fract() == 0.0 && number.abs() < 9e15 => {
            format!("`{number}`, without a point")
        }
        (_, FieldType::Text) => "text in quotes".to_owned(),
        (_, FieldType::Integer) => "an integer".to_owned(),
        (_, FieldType::Number) => "a number".to_owned(),
        (_, FieldType::Boolean) => "`true` or `false`".to_owned(),
    }
}

fn fitting(of: FieldType) -> &'static str {
    match of {
        FieldType::Text => "a text, a list of texts, `not`, `starts-with`, `ends-with`, `contains` or `present`",
        FieldType::Integer | FieldType::Number => "a number, a list of numbers, `not`, `min`, `max`, `above`, `below` or `present`",
        FieldType::Boolean => "`true`, `false` or `present`",
    }
}
