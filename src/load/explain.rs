//! Turns what the schema says into what somebody can mend: the place, the reason and the remedy.

use std::{collections::BTreeSet, ops::Range};

use jsonschema::{
    ValidationError,
    error::{TypeKind, ValidationErrorKind as Reason},
};
use serde_json::Value;
use toml::de::DeTable;

use super::{
    ids::Ids,
    instance::{Spot, follow, type_name},
    schema::resolve,
    suggest::Suggest,
    validity::{INVALID_SUPPRESSION, INVALID_VALUE, MISSING_FIELD, UNKNOWN_FIELD, UNKNOWN_KIND, UNKNOWN_REFERENCE},
};
use crate::{
    diagnostic::{Diagnostic, Rule},
    model::{DATE_KEY, ID_PATTERN, Kind, slug},
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
            Reason::Required { property } => self.missing(pointer, property.as_str().unwrap_or_default()),
            Reason::Type { kind } => self.wrong_type(pointer, &type_words(kind).join(" or ")),
            Reason::Enum { options } => {
                let options: Vec<&str> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                self.not_a_choice(pointer, error.instance(), &options);
            }
            Reason::PropertyNames { error: inner } => self.unknown_reference(inner, pointer, inner.instance().as_str()),
            Reason::Custom { keyword, message } => match keyword.as_str() {
                "x-ref" => self.unknown_reference(error, pointer, None),
                "x-date" => self.wrong_type(pointer, "a date such as 2027-03-31, without quotes"),
                "x-whole" => self.wrong_type(pointer, "an integer"),
                _ => self.invalid(
                    pointer,
                    &format!("cannot be `{}`", short(error.instance())),
                    &format!("write a {message} such as `drafts/**`"),
                ),
            },
            _ => self.out_of_range(error, pointer),
        }
    }

    /// A value outside its pattern, range or length.
    fn out_of_range(&mut self, error: &ValidationError<'_>, pointer: &str) {
        let shown = short(error.instance());
        let (reason, help) = match error.kind() {
            Reason::Pattern { pattern } => (format!("cannot be `{shown}`"), format!("write {}", self.expected_text(error, pattern))),
            Reason::Minimum { limit } => (format!("cannot be {shown}"), format!("write a number from {limit}")),
            Reason::Maximum { limit } => (format!("cannot be {shown}"), format!("write a number up to {limit}")),
            Reason::ExclusiveMinimum { limit } => (format!("cannot be {shown}"), format!("write a number above {limit}")),
            Reason::MinItems { limit } => ("is an empty list".to_owned(), format!("name at least {limit}")),
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
                &format!("cannot be `{}`", short(error.instance())),
                &format!("write {}", expected.join(", or ")),
            );
        }
        if let Some(best) = fits.iter().min_by_key(|branch| self.distance(branch)) {
            for inner in best.iter() {
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
            Reason::Constant { expected_value } => format!("`{}`", short(expected_value)),
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

    /// The keys of the table that an error is about.
    fn known_keys(&self, error: &ValidationError<'_>) -> Vec<String> {
        let path = error.schema_path().as_str().trim_end_matches("/additionalProperties");
        let properties = resolve(self.schema, path).and_then(|schema| schema.get("properties")).and_then(Value::as_object);
        properties.into_iter().flatten().map(|(key, _)| key.clone()).collect()
    }

    fn unknown_keys(&mut self, error: &ValidationError<'_>, unexpected: &[String]) {
        let pointer = error.instance_path().as_str().to_owned();
        if unexpected.iter().any(|key| key == DATE_KEY) {
            return self.wrong_type(&pointer, "a table");
        }
        let known = self.known_keys(error);
        let path = error.schema_path().as_str().trim_end_matches("/additionalProperties");
        let pattern = resolve(self.schema, path).and_then(|schema| schema.get("patternProperties")).and_then(Value::as_object);
        let pattern = pattern.and_then(|patterns| patterns.keys().next()).cloned();
        for key in unexpected {
            let mut place = pointer.clone();
            push_token(&mut place, key);
            let span = self.key_span(&place);
            let (rule, message, fallback): (&'static Rule, String, String) = match &pattern {
                Some(pattern) if pattern == ID_PATTERN => (
                    &INVALID_VALUE,
                    format!("`{key}` cannot be an id"),
                    format!("use lower-case letters, digits and `-`, at most 63: {}", example_id(key)),
                ),
                Some(_) => {
                    (&INVALID_VALUE, format!("`{key}` cannot be a key here"), "use a currency by its code, such as `EUR`".to_owned())
                }
                None if pointer.is_empty() => (&UNKNOWN_KIND, format!("unknown table `{key}`"), listed("tables are", &known)),
                None => (&UNKNOWN_FIELD, format!("unknown key `{key}`"), listed("keys are", &known)),
            };
            let near = if pattern.is_some() { None } else { self.suggest.near(path, key, known.iter().map(String::as_str)) };
            let help = near.map_or(fallback, |near| format!("did you mean `{near}`?"));
            self.push(rule, &place, span, message, help);
        }
    }

    fn missing(&mut self, pointer: &str, property: &str) {
        if self.spot(pointer).value.is_some_and(|value| value.get_ref().is_datetime()) {
            return;
        }
        let mut place = pointer.to_owned();
        push_token(&mut place, property);
        let span = self.spot(pointer).span();
        let what = self.subject(pointer);
        let message = if what == "stack" { format!("no `{property}`") } else { format!("`{what}` has no `{property}`") };
        self.push(&MISSING_FIELD, &place, span, message, format!("add `{property} = …`"));
    }

    fn wrong_type(&mut self, pointer: &str, expected: &str) {
        let got = type_name(self.spot(pointer).value.map(toml::Spanned::get_ref));
        self.invalid(pointer, &format!("must be {expected}, not {got}"), &format!("write {expected}"));
    }

    fn not_a_choice(&mut self, pointer: &str, instance: &Value, choices: &[&str]) {
        let Some(got) = instance.as_str() else {
            return self.wrong_type(
                pointer,
                &format!("text: {}", choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ")),
            );
        };
        let near = self.suggest.near(&choices.join(","), got, choices.iter().copied());
        let all: Vec<String> = choices.iter().map(|choice| (*choice).to_owned()).collect();
        let help = near.map_or_else(|| listed("choices are", &all), |near| format!("did you mean `{near}`?"));
        self.invalid(pointer, &format!("cannot be `{}`", short(instance)), &help);
    }

    fn invalid(&mut self, pointer: &str, reason: &str, help: &str) {
        let span = self.spot(pointer).span();
        let key = pointer.rsplit('/').find(|token| token.parse::<usize>().is_err()).unwrap_or_default();
        let is_reason = pointer.starts_with("/suppress/") && key == "reason";
        let rule = if is_reason { &INVALID_SUPPRESSION } else { &INVALID_VALUE };
        self.push(rule, pointer, span, format!("`{}` {reason}", key.replace("~1", "/").replace("~0", "~")), help.to_owned());
    }

    /// A reference that names nothing: a value, or with `key` a key of the table at the pointer.
    fn unknown_reference(&mut self, error: &ValidationError<'_>, pointer: &str, key: Option<&str>) {
        let Reason::Custom { message: words, .. } = error.kind() else { return self.out_of_range(error, pointer) };
        let got = key.or_else(|| error.instance().as_str()).unwrap_or_default().to_owned();
        let mut place = pointer.to_owned();
        let span = if key.is_some() {
            push_token(&mut place, &got);
            self.key_span(&place)
        } else {
            self.spot(pointer).span()
        };
        let words: Vec<&str> = words.split(',').collect();
        let pool = self.pool(&words);
        let near = self.suggest.near(&words.join(","), &got, pool.iter().map(String::as_str));
        let (rule, what): (&'static Rule, String) = match words.as_slice() {
            ["rule"] => (&INVALID_SUPPRESSION, "rule that can be suppressed".to_owned()),
            words => (&UNKNOWN_REFERENCE, what(words)),
        };
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => self.remedy(&words, &got, &pool),
        };
        self.push(rule, &place, span, format!("no {what} `{}`", cut(&got)), help);
    }

    /// The words that a reference may be, sorted.
    fn pool(&self, words: &[&str]) -> Vec<String> {
        let mut pool: Vec<String> = Vec::new();
        for word in words {
            match word.strip_prefix('=') {
                Some(literal) => pool.push(literal.to_owned()),
                None if *word == "*" => {
                    let kinds = Kind::ALL.iter().map(|kind| kind.name());
                    pool.extend(
                        kinds.flat_map(|kind| self.ids.pools.get(kind).into_iter().flatten().map(move |id| format!("{kind}.{id}"))),
                    );
                    pool.extend(self.ids.parts.iter().cloned());
                }
                None => pool.extend(self.ids.pools.get(*word).into_iter().flatten().cloned()),
            }
        }
        pool.sort_unstable();
        pool.dedup();
        pool
    }

    fn remedy(&self, words: &[&str], got: &str, pool: &[String]) -> String {
        match words {
            ["*", ..] if Kind::from_name(got).is_none() && !got.contains('.') => "write an address, such as `tool.hubspot`".to_owned(),
            ["capability"] => "use a word of the vocabulary, or add it to `capabilities` in `[stack]`".to_owned(),
            ["object"] => format!(
                "declare it by `[object.{}]`, or use one of: {}",
                example_id(got),
                pool.iter().take(11).cloned().collect::<Vec<_>>().join(", ")
            ),
            [kind, ..] if Kind::from_name(kind).is_some() && pool.len() <= 12 && !pool.is_empty() => listed("there are", pool),
            [kind, ..] if Kind::from_name(kind).is_some() => format!("declare it by `[{kind}.{}]`", example_id(got)),
            _ => listed("there are", pool),
        }
    }

    fn spot(&self, pointer: &str) -> Spot<'_, '_> {
        follow(self.tree, pointer)
    }

    fn key_span(&self, pointer: &str) -> Range<usize> {
        let spot = self.spot(pointer);
        spot.key.clone().unwrap_or_else(|| spot.span())
    }

    fn push(&mut self, rule: &'static Rule, pointer: &str, span: Range<usize>, message: String, help: String) {
        let subject = self.subject(pointer);
        let key = key(&subject, pointer, self.path);
        let mut diagnostic = Diagnostic::new(rule, subject, Span::new(self.file, span), message).key(key);
        if !help.is_empty() {
            diagnostic = diagnostic.help(help);
        }
        self.found.push(diagnostic);
    }

    /// The address of the smallest thing that a pointer lies in, or `stack`.
    fn subject(&self, pointer: &str) -> String {
        let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
        match tokens.as_slice() {
            [kind, id, list, index, ..] if Kind::from_name(kind).is_some() => {
                let item = self.spot(&format!("/{kind}/{id}/{list}/{index}"));
                let name =
                    |key| item.value.and_then(|item| item.get_ref().get(key)).and_then(|name: &toml::Spanned<_>| name.get_ref().as_str());
                let part = match (*kind, *list) {
                    ("lifecycle", "stage") => name("id").map(str::to_owned),
                    ("routing", "rule" | "test") | ("scoring", "criterion" | "test") => name("name").map(slug),
                    ("flow", "steps") => index.parse::<usize>().ok().map(|index| (index + 1).to_string()),
                    _ => None,
                };
                let word = if *list == "steps" { "step" } else { list };
                part.filter(|part| !part.is_empty()).map_or_else(|| format!("{kind}.{id}"), |part| format!("{kind}.{id}.{word}.{part}"))
            }
            [kind, id, ..] if Kind::from_name(kind).is_some() => format!("{kind}.{id}"),
            [once @ ("site" | "charter" | "privacy"), ..] => (*once).to_owned(),
            _ => "stack".to_owned(),
        }
    }
}

/// The path of a key inside its subject, with the file where the subject does not say which one.
fn key(subject: &str, pointer: &str, path: &str) -> String {
    let inside = pointer.trim_start_matches('/').replace('/', ".");
    let depth = if subject.contains('.') { subject.split('.').count() } else { 0 };
    let inside: Vec<&str> = inside.split('.').skip(depth).collect();
    let inside = inside.join(".");
    if subject == "stack" && !pointer.starts_with("/stack") { format!("{path}:{inside}") } else { inside }
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
            Reason::Type { kind } => out.extend(type_words(kind)),
            Reason::Constant { .. } => {
                out.insert("text".to_owned());
            }
            Reason::AnyOf { context } | Reason::OneOfNotValid { context } => types(context, pointer, out),
            _ => {}
        }
    }
}

fn type_words(kind: &TypeKind) -> Vec<String> {
    let names: Vec<String> = match kind {
        TypeKind::Single(one) => vec![one.to_string()],
        TypeKind::Multiple(many) => many.iter().map(|one| one.to_string()).collect(),
    };
    let word = |name: String| match name.as_str() {
        "string" => "text",
        "object" => "a table",
        "array" => "a list",
        "integer" => "an integer",
        "number" => "a number",
        "boolean" => "true or false",
        _ => "a value",
    };
    names.into_iter().map(|name| word(name).to_owned()).collect()
}

/// What a reference should have named.
fn what(words: &[&str]) -> String {
    let names: Vec<&str> = words
        .iter()
        .filter_map(|word| match *word {
            "*" => Some("entity"),
            "pattern" => None,
            word if word.starts_with('=') => None,
            word => Some(word),
        })
        .collect();
    names.join(" or ")
}

/// An id that resembles a text.
fn example_id(text: &str) -> String {
    let mut id: String = slug(text).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(63).collect();
    if id.is_empty() {
        id.push('x');
    }
    id
}

/// A list of words after an introduction, cut where it grows long.
fn listed(introduction: &str, words: &[String]) -> String {
    const MOST: usize = 24;
    let shown: Vec<String> = words.iter().take(MOST).map(|word| format!("`{word}`")).collect();
    let more = words.len().saturating_sub(MOST);
    if words.is_empty() {
        return "there is none yet".to_owned();
    }
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{introduction} {}{rest}", shown.join(", "))
}

/// A value for a message: text without quotes, cut where it is long.
fn short(value: &Value) -> String {
    value.as_str().map_or_else(|| cut(&value.to_string()), cut)
}

fn cut(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST { text.to_owned() } else { format!("{}…", text.chars().take(MOST).collect::<String>()) }
}
