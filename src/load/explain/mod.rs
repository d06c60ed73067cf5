//! Turns what the schema says into what somebody can mend: the place, the reason and the remedy.

mod key;
mod place;
mod reference;
mod words;

pub use self::words::{cut, listed};

use std::{collections::BTreeSet, ops::Range};

use jsonschema::{ValidationError, error::ValidationErrorKind as Reason};
use serde_json::Value;
use toml::de::DeTable;

use super::{
    ids::Ids,
    instance::type_name,
    schema::resolve,
    suggest::{Advice, Near, Suggest},
    validity::{INVALID_SUPPRESSION, INVALID_VALUE, MISSING_FIELD},
};
use crate::{
    diagnostic::{Diagnostic, Fix, Rule},
    model::DATE_KEY,
    source::{FileId, Span, push_token},
};

/// What is needed to explain the mistakes of one file.
pub struct Explainer<'a> {
    /// The file.
    pub file: FileId,
    /// Its path.
    pub path: &'a str,
    /// Its tree.
    pub tree: &'a DeTable<'a>,
    /// The schema in the loader's form.
    pub schema: &'a Value,
    /// What references may name.
    pub ids: &'a Ids,
    /// The memory of suggestions.
    pub suggest: &'a mut Suggest,
    /// What was found.
    pub found: Vec<Diagnostic>,
}

impl Explainer<'_> {
    /// Explains one mistake, as one message or several.
    pub fn explain(&mut self, error: &ValidationError<'_>) {
        let pointer = error.instance_path().as_str();
        if let Some((outer, _)) = pointer.split_once(&format!("/{DATE_KEY}")) {
            return self.wrong_type(outer, "a table");
        }
        match error.kind() {
            Reason::AnyOf { context } | Reason::OneOfNotValid { context } => self.branches(error, context),
            Reason::AdditionalProperties { unexpected } => self.unknown_keys(error, unexpected),
            Reason::Required { property } => self.missing(pointer, &[property.as_str().unwrap_or_default()]),
            Reason::Type { kind } => self.wrong_type(pointer, &words::types(kind).join(" or ")),
            Reason::Enum { options } => {
                let options: Vec<&str> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                self.not_a_choice(pointer, error.instance(), &options);
            }
            Reason::PropertyNames { error: inner } => match inner.kind() {
                Reason::Pattern { .. } => self.bad_id(pointer, inner.instance().as_str().unwrap_or_default()),
                _ => self.unknown_reference(inner, pointer, inner.instance().as_str()),
            },
            Reason::Custom { keyword, message } => match keyword.as_str() {
                "x-ref" => self.unknown_reference(error, pointer, None),
                "x-date" => self.wrong_type(pointer, "a date such as 2027-03-31, without quotes"),
                "x-whole" => self.wrong_type(pointer, "an integer"),
                _ => self.invalid(
                    pointer,
                    &format!("cannot be `{}`", words::short(error.instance())),
                    &format!("write a {message} such as `drafts/**`"),
                ),
            },
            _ => self.out_of_range(error, pointer),
        }
    }

    /// A value outside its pattern, range or length.
    fn out_of_range(&mut self, error: &ValidationError<'_>, pointer: &str) {
        let shown = words::short(error.instance());
        let cannot = if shown.trim().is_empty() { "is empty".to_owned() } else { format!("cannot be `{shown}`") };
        let (reason, help) = match error.kind() {
            Reason::Pattern { pattern } => (cannot, format!("write {}", self.expected_text(error, pattern))),
            Reason::Minimum { limit } => (format!("cannot be {shown}"), format!("write a number from {limit}")),
            Reason::Maximum { limit } => (format!("cannot be {shown}"), format!("write a number up to {limit}")),
            Reason::ExclusiveMinimum { limit } => (format!("cannot be {shown}"), format!("write a number above {limit}")),
            Reason::MinItems { .. } => ("is an empty list".to_owned(), "name at least one".to_owned()),
            Reason::MinLength { limit } => {
                (format!("has fewer than {limit} characters"), "say why, so that somebody else can judge it".to_owned())
            }
            other => (format!("breaks `{}`", other.keyword()), "see `linchpin schema`".to_owned()),
        };
        self.invalid(pointer, &reason, &help);
    }

    /// Says what a text must look like.
    fn expected_text(&self, error: &ValidationError<'_>, pattern: &str) -> String {
        let path = error.schema_path().as_str();
        let title = resolve(self.schema, path.trim_end_matches("/pattern")).and_then(|schema| schema.get("title")).and_then(Value::as_str);
        title.map_or_else(|| format!("text that matches `{pattern}`"), str::to_owned)
    }

    /// A choice between several shapes: the branch that has the value's own type is meant.
    fn branches(&mut self, error: &ValidationError<'_>, context: &[Vec<ValidationError<'static>>]) {
        let pointer = error.instance_path().as_str();
        let mut choices = Vec::new();
        constants(context, &mut choices);
        if !choices.is_empty() && choices.len() == context.len() {
            return self.not_a_choice(pointer, error.instance(), &choices);
        }
        let missing: Vec<&str> = context.iter().filter_map(|branch| required(branch, pointer)).collect();
        if !missing.is_empty() && missing.len() == context.len() {
            return self.missing(pointer, &missing);
        }
        let fits: Vec<&Vec<ValidationError<'_>>> = context
            .iter()
            .filter(|branch| !branch.iter().any(|e| e.instance_path().as_str() == pointer && is_wrong_type(e, pointer)))
            .collect();
        let is_text = |e: &ValidationError<'_>| {
            e.instance_path().as_str() == pointer && !matches!(e.kind(), Reason::AdditionalProperties { .. } | Reason::Required { .. })
        };
        if fits.len() > 1 && error.instance().is_string() && fits.iter().all(|branch| branch.iter().all(is_text)) {
            let expected: Vec<String> = fits.iter().flat_map(|branch| branch.iter()).map(|e| self.expectation(e)).collect();
            return self.invalid(
                pointer,
                &format!("cannot be `{}`", words::short(error.instance())),
                &format!("write {}", expected.join(", or ")),
            );
        }
        if let Some(best) = fits.iter().min_by_key(|branch| self.distance(branch)) {
            for inner in *best {
                self.explain(inner);
            }
            return;
        }
        let mut wanted = BTreeSet::new();
        types(context, pointer, &mut wanted);
        self.wrong_type(pointer, &wanted.into_iter().collect::<Vec<_>>().join(" or "));
    }

    /// What a branch would have accepted in place of a text.
    fn expectation(&self, error: &ValidationError<'_>) -> String {
        match error.kind() {
            Reason::Pattern { pattern } => self.expected_text(error, pattern),
            Reason::Constant { expected_value } => format!("`{}`", words::short(expected_value)),
            Reason::AnyOf { context } | Reason::OneOfNotValid { context } => {
                let mut choices = Vec::new();
                constants(context, &mut choices);
                choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(" or ")
            }
            _ => "something else".to_owned(),
        }
    }

    /// How far a table is from the shape of a branch: keys that are missing or unknown, less those that are near.
    fn distance(&mut self, branch: &[ValidationError<'_>]) -> usize {
        branch
            .iter()
            .map(|error| match error.kind() {
                Reason::AdditionalProperties { unexpected } => {
                    let known = self.known_keys(error);
                    let near =
                        unexpected.iter().filter(|key| super::suggest::nearest(key, known.iter().map(String::as_str)).is_some()).count();
                    4 * unexpected.len() - 3 * near
                }
                _ => 4,
            })
            .sum()
    }

    /// A table without a key, or without any of some keys.
    fn missing(&mut self, pointer: &str, properties: &[&str]) {
        if self.spot(pointer).value.is_some_and(|value| value.get_ref().is_datetime()) {
            return;
        }
        let mut place = pointer.to_owned();
        push_token(&mut place, properties.first().copied().unwrap_or_default());
        let span = self.spot(pointer).span();
        let message = format!("{} has no `{}`", self.table_name(pointer), properties.join("` and no `"));
        self.push(&MISSING_FIELD, &place, span, message, format!("add `{} = …`", properties.join(" = …` or `")));
    }

    fn wrong_type(&mut self, pointer: &str, expected: &str) {
        let got = type_name(self.spot(pointer).value.map(toml::Spanned::get_ref));
        self.invalid(pointer, &format!("must be {expected}, not {got}"), &format!("write {expected}"));
    }

    fn not_a_choice(&mut self, pointer: &str, instance: &Value, choices: &[&str]) {
        let Some(got) = instance.as_str() else { return self.wrong_type(pointer, "text") };
        let near = self.suggest.near(&choices.join(","), got, choices.iter().copied());
        let help = near.as_ref().map_or_else(|| listed("choices are", choices.iter().copied()), Near::question);
        self.invalid(pointer, &format!("cannot be `{}`", words::short(instance)), &help);
    }

    fn invalid(&mut self, pointer: &str, reason: &str, help: &str) {
        let span = self.spot(pointer).span();
        let is_reason = pointer.starts_with("/suppress/") && pointer.ends_with("/reason");
        let rule = if is_reason { &INVALID_SUPPRESSION } else { &INVALID_VALUE };
        self.push(rule, pointer, span, format!("{} {reason}", words::value(pointer)), help.to_owned());
    }

    fn push(&mut self, rule: &'static Rule, pointer: &str, span: Range<usize>, message: String, advice: impl Into<Advice>) {
        let Advice { help, change } = advice.into();
        let fix = change.map(|change| Fix { file: self.file, pointer: pointer.to_owned(), change });
        let subject = self.subject(pointer);
        let key = place::key(&subject, pointer, self.path);
        let diagnostic = Diagnostic::new(rule, subject, Span::new(self.file, span), message).help(help);
        self.found.push(Diagnostic { key, fix, ..diagnostic });
    }
}

/// Whether the value at the pointer is itself of another type. A branch whose every alternative is, is too.
fn is_wrong_type(error: &ValidationError<'_>, pointer: &str) -> bool {
    match error.kind() {
        Reason::Type { .. } => true,
        Reason::Constant { .. } => !error.instance().is_string(),
        Reason::Custom { keyword, .. } => keyword == "x-whole" || keyword == "x-date",
        Reason::AdditionalProperties { unexpected } => unexpected.iter().any(|key| key == DATE_KEY),
        Reason::AnyOf { context } | Reason::OneOfNotValid { context } => {
            context.iter().all(|branch| branch.iter().any(|e| e.instance_path().as_str() == pointer && is_wrong_type(e, pointer)))
        }
        _ => false,
    }
}

/// The key that a branch asks for at a pointer, if it asks for nothing else.
fn required<'e>(branch: &'e [ValidationError<'static>], pointer: &str) -> Option<&'e str> {
    match branch {
        [only] if only.instance_path().as_str() == pointer => match only.kind() {
            Reason::Required { property } => property.as_str(),
            _ => None,
        },
        _ => None,
    }
}

/// The texts that a choice consists of, if it consists of nothing else.
fn constants<'e>(context: &'e [Vec<ValidationError<'static>>], out: &mut Vec<&'e str>) {
    for branch in context {
        let constant = branch.iter().find_map(|error| match error.kind() {
            Reason::Constant { expected_value } => expected_value.as_str(),
            _ => None,
        });
        out.extend(constant);
    }
}

fn types(context: &[Vec<ValidationError<'static>>], pointer: &str, out: &mut BTreeSet<String>) {
    for error in context.iter().flatten().filter(|error| error.instance_path().as_str() == pointer) {
        match error.kind() {
            Reason::Type { kind } => out.extend(words::types(kind)),
            Reason::Constant { .. } => {
                out.insert("text".to_owned());
            }
            Reason::AnyOf { context } | Reason::OneOfNotValid { context } => types(context, pointer, out),
            _ => {}
        }
    }
}
