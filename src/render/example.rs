//! A record as it is shown: an example, or the record of a test.

use super::{
    page::{Prose, Value},
    readers::{Readers, Told},
    view::View,
    words,
};
use crate::model::{self, Record, Scalar};

/// A record as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Example {
    entries: Vec<Entry>,
    /// What is not listed is missing.
    nothing_else: bool,
    /// Nobody has written it: it is there to show something.
    invented: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    field: String,
    value: Shown,
    /// The page does not show the value as it is.
    withheld: bool,
}

/// A value as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    /// There is none.
    Missing,
    /// As it is.
    Value(String),
    /// As far as conditions ask: `starts with`, and how.
    Like(Vec<(&'static str, String)>),
    /// There is one; no condition tells it from others.
    Any,
    /// There is one, of which not even what conditions ask may be shown.
    Withheld,
}

impl Example {
    /// A record that shows something: fields with their values, nothing for a missing one. Of a text that only stands for
    /// others is said what conditions ask of it.
    pub(super) fn invented<'r>(
        view: &View<'_>,
        readers: &Readers<'_>,
        fields: impl IntoIterator<Item = (&'r str, Option<&'r Scalar>)>,
    ) -> Self {
        let entries = fields.into_iter().map(|(field, value)| entry(view, readers, (field, value), true)).collect();
        Self { entries, nothing_else: false, invented: true }
    }

    /// The record of a test, of the stack as it is.
    pub(super) fn of(view: &View<'_>, readers: &Readers<'_>, record: &Record) -> Self {
        let entries = record.iter().map(|(field, value)| entry(view, readers, (field, Some(value)), false)).collect();
        Self { entries, nothing_else: false, invented: false }
    }

    /// Whether the page does not show all of it as it is.
    pub(super) fn is_withheld(&self) -> bool {
        self.entries.iter().any(|entry| entry.withheld)
    }

    /// As a line of fields and values.
    pub(super) fn prose(&self) -> Prose {
        let mut out = Vec::new();
        for Entry { field, value, .. } in &self.entries {
            let field = words::field(field);
            if !out.is_empty() {
                out.push(Value::text(", "));
            }
            match value {
                Shown::Value(value) => out.extend([Value::text(format!("{field} ")), Value::strong(value)]),
                Shown::Like(like) => {
                    for (index, (verb, part)) in like.iter().enumerate() {
                        let before = if index == 0 { field.as_str() } else { " and" };
                        out.extend([Value::text(format!("{before} {verb} ")), Value::strong(part)]);
                    }
                }
                Shown::Missing => out.push(Value::text(format!("no {field}"))),
                Shown::Any => out.push(Value::text(format!("some {field}"))),
                Shown::Withheld => out.extend([Value::text(format!("{field} ")), Value::quiet("withheld")]),
            }
        }
        match (out.is_empty(), self.nothing_else) {
            (true, _) => out.push(Value::quiet("an empty record")),
            (false, true) => out.push(Value::text(", nothing else")),
            (false, false) => {}
        }
        out
    }

    /// The same as plain text.
    pub(super) fn plain(&self) -> String {
        let text = |value: Value| match value {
            Value::Text { text, .. } => text,
            _ => String::new(),
        };
        self.prose().into_iter().map(text).collect()
    }

    /// Without what none of these rules reads, as far as the first of them takes it all the same. Without rules, of a record
    /// that none takes: without what does not matter to any.
    pub(super) fn down_to(mut self, readers: &Readers<'_>, rules: &[usize]) -> Self {
        let first = rules.iter().min().copied();
        let is_earlier = |number: usize| first.is_none_or(|first| number < first);
        let is_told = !self.invented || rules.is_empty();
        let (mut kept, mut left) = (Vec::new(), false);
        for entry in self.entries {
            let Some(reader) = readers.of(&entry.field) else { continue };
            let matters = rules.iter().any(|rule| reader.by.contains(rule))
                || match entry.value {
                    Shown::Missing => {
                        left |= !reader.by.is_empty();
                        false
                    }
                    Shown::Value(_) | Shown::Like(_) if is_told && !entry.withheld => reader.by.iter().any(|number| is_earlier(*number)),
                    // Without a value rules take no more than with it, but where one asks that there is none.
                    _ => reader.may_be_asked_to_be_empty(is_earlier),
                };
            if matters {
                kept.push(entry);
            }
        }
        self.entries = kept;
        self.nothing_else |= left;
        self
    }
}

fn entry(view: &View<'_>, readers: &Readers<'_>, (field, value): (&str, Option<&Scalar>), invented: bool) -> Entry {
    let written = value.map(written).filter(|text| !text.trim().is_empty());
    let (Some(scalar), Some(written)) = (value, written) else {
        return Entry { field: field.to_owned(), value: Shown::Missing, withheld: false };
    };
    let withheld = is_withheld(view, &written);
    let told = if withheld || invented { readers.of(field).map(|reader| reader.tell(scalar)) } else { Some(Told::Whole) };
    let value = match told {
        Some(Told::Any) => Shown::Any,
        Some(Told::Like { starts, contains, ends }) => {
            let parts = [("starts with", starts), ("contains", contains), ("ends with", ends)];
            let like: Vec<_> = parts.into_iter().filter(|(_, part)| !part.is_empty()).collect();
            if like.iter().any(|(_, part)| is_withheld(view, part)) { Shown::Withheld } else { Shown::Like(like) }
        }
        Some(Told::Whole) | None if !withheld => Shown::Value(written),
        _ => Shown::Withheld,
    };
    Entry { field: field.to_owned(), value, withheld }
}

fn is_withheld(view: &View<'_>, text: &str) -> bool {
    *view.disclosed.text(text) != *text
}

/// A value as it is written, numbers with commas between thousands.
pub(super) fn written(value: &Scalar) -> String {
    match value {
        #[expect(clippy::cast_precision_loss, reason = "what is longer is written without commas")]
        Scalar::Integer(number) if number.unsigned_abs() < 1 << 52 => model::exact(*number as f64),
        Scalar::Number(number) => model::exact(*number),
        Scalar::Boolean(truth) => words::yes_or_no(*truth).to_owned(),
        value => value.to_string(),
    }
}
