//! The schema of a file: derived from the model, completed with the rules, and compiled with linchpin's own keywords.
//!
//! There are two forms. [`published`] is plain draft-07 for editors. The loader's own form says in custom
//! keywords what JSON Schema cannot: `x-ref` (names something that exists), `x-date` (a TOML date, not text),
//! `x-whole` (an integer, not `3.0`), `x-glob` (a pattern of paths).

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use jsonschema::{Keyword, ValidationError, Validator};
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use super::{
    Error,
    ids::Ids,
    instance::{Form, Instance},
};
use crate::{
    diagnostic::Rule,
    model::{DATE_KEY, ID_PATTERN, RuleLevel, schema},
};

/// What the keyword `x-ref` is told of the stack once all its files are read.
pub type SharedIds = Arc<OnceLock<Ids>>;

/// Returns the JSON Schema of a file of a stack, draft-07, for editors.
pub fn published(rules: &[&'static Rule]) -> Value {
    let mut value = complete(rules);
    drop_null(&mut value);
    drop_own_keywords(&mut value);
    value
}

/// Returns the schema in the loader's form. It is derived once for the rules that are first asked for: whoever loads
/// stack after stack, as fixes and tests do, would otherwise spend most of the time here.
fn own(rules: &[&'static Rule]) -> Cow<'static, Value> {
    static FIRST: OnceLock<(Vec<&'static str>, Value)> = OnceLock::new();
    let derive = || {
        let mut value = complete(rules);
        drop_null(&mut value);
        add_own_keywords(&mut value);
        value
    };
    let names: Vec<&'static str> = rules.iter().map(|rule| rule.name).collect();
    let (known, value) = FIRST.get_or_init(|| (names.clone(), derive()));
    if *known == names { Cow::Borrowed(value) } else { Cow::Owned(derive()) }
}

/// The derived schema with one property per rule wherever rules are set.
fn complete(rules: &[&'static Rule]) -> Value {
    let mut value = schema().to_value();
    let mut generator = SchemaSettings::draft07().into_generator();
    let settings = settings(rules, &mut generator);
    for pointer in ["/properties/rules", "/definitions/Override/properties/rules"] {
        if let Some(place) = value.pointer_mut(pointer) {
            let description = place.get("description").cloned();
            *place = settings.clone();
            if let (Some(description), Some(table)) = (description, place.as_object_mut()) {
                table.insert("description".to_owned(), description);
            }
        }
    }
    value
}

/// The schema of `[rules]`: a level, or a table of a level and the rule's options.
fn settings(rules: &[&'static Rule], generator: &mut SchemaGenerator) -> Value {
    let level = <RuleLevel as schemars::JsonSchema>::json_schema(generator).to_value();
    let mut properties = Map::new();
    for rule in rules.iter().filter(|rule| rule.is_adjustable()) {
        let mut table = rule.options.map_or_else(Schema::default, |options| options(generator)).to_value();
        if let Some(table) = table.as_object_mut() {
            table.insert("type".into(), "object".into());
            table.insert("additionalProperties".into(), false.into());
            let options = table.entry("properties").or_insert_with(|| json!({}));
            if let Some(options) = options.as_object_mut() {
                options.insert("level".into(), level.clone());
            }
        }
        properties.insert(rule.name.into(), json!({ "description": rule.summary(), "anyOf": [level, table] }));
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// TOML has no null: it vanishes from types and choices, so that messages and editors do not speak of it.
fn drop_null(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(drop_null),
        Value::Object(table) => {
            table.values_mut().for_each(drop_null);
            if let Some(Value::Array(types)) = table.get_mut("type") {
                types.retain(|name| name != "null");
                if let [one] = types.as_slice() {
                    let one = one.clone();
                    table.insert("type".into(), one);
                }
            }
            if let Some(Value::Array(choices)) = table.get_mut("enum") {
                choices.retain(|choice| !choice.is_null());
            }
            for keyword in ["anyOf", "oneOf"] {
                drop_null_branch(table, keyword);
            }
            if table.get("default").is_some_and(Value::is_null) {
                table.remove("default");
            }
        }
        _ => {}
    }
}

/// Removes the branch for null, and the choice itself where one branch is left.
fn drop_null_branch(table: &mut Map<String, Value>, keyword: &str) {
    let Some(Value::Array(branches)) = table.get_mut(keyword) else { return };
    branches.retain(|branch| branch.get("type") != Some(&json!("null")));
    if branches.len() != 1 {
        return;
    }
    let Some(Value::Object(inner)) = branches.pop() else { return };
    table.remove(keyword);
    if inner.contains_key("$ref") && !table.is_empty() {
        // Draft-07 ignores what stands beside `$ref`.
        table.insert("allOf".into(), json!([inner]));
    } else {
        for (key, value) in inner {
            table.entry(key).or_insert(value);
        }
    }
}

/// Editors ignore what they do not know, but need not be shown it.
fn drop_own_keywords(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(drop_own_keywords),
        Value::Object(table) => {
            table.values_mut().for_each(drop_own_keywords);
            table.retain(|key, _| !key.starts_with("x-"));
        }
        _ => {}
    }
}

fn add_own_keywords(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(add_own_keywords),
        Value::Object(table) => {
            table.values_mut().for_each(add_own_keywords);
            let format = table.get("format").and_then(Value::as_str).unwrap_or_default().to_owned();
            if table.get("type") == Some(&json!("integer")) {
                table.insert("x-whole".into(), true.into());
                if format == "uint32" {
                    table.entry("maximum").or_insert(u32::MAX.into());
                }
            }
            if format == "date" {
                table.remove("type");
                table.insert("x-date".into(), true.into());
            }
            if table.get("format").is_some_and(Value::is_string) {
                table.remove("format");
            }
            let entities = table.get_mut("patternProperties").and_then(|patterns| patterns.as_object_mut()?.remove(ID_PATTERN));
            if let Some(entity) = entities {
                // What stands under a bad id is checked all the same.
                table.remove("patternProperties");
                table.insert("propertyNames".into(), json!({ "pattern": ID_PATTERN }));
                table.insert("additionalProperties".into(), entity);
            }
        }
        _ => {}
    }
}

/// A keyword that a predicate decides.
struct Predicate<F> {
    holds: F,
    what: String,
}

impl<'i, F: Fn(&Instance<'_>) -> bool + Send + Sync> Keyword<'i, Form> for Predicate<F> {
    fn validate(&self, value: &'i Instance<'i>) -> Result<(), ValidationError<'i>> {
        if (self.holds)(value) { Ok(()) } else { Err(ValidationError::custom(self.what.clone())) }
    }
    fn is_valid(&self, value: &'i Instance<'i>) -> bool {
        (self.holds)(value)
    }
}

fn predicate<F: Fn(&Instance<'_>) -> bool + Send + Sync + 'static>(what: String, holds: F) -> Box<dyn for<'i> Keyword<'i, Form>> {
    Box::new(Predicate { holds, what })
}

/// The loader's form, compiled.
pub struct Compiled {
    /// The schema.
    pub schema: Cow<'static, Value>,
    /// What checks a file.
    pub validator: Validator<Form>,
    /// What references are judged against, as soon as it is set.
    pub ids: SharedIds,
}

impl Compiled {
    /// Compiles the loader's form of the schema.
    ///
    /// # Errors
    /// If the derived schema is none, which a test rules out.
    pub fn new(rules: &[&'static Rule]) -> Result<Self, Error> {
        let (schema, ids) = (own(rules), SharedIds::default());
        let validator = compile(&schema, &ids).map_err(Error::Schema)?;
        Ok(Self { schema, validator, ids })
    }
}

fn compile(schema: &Value, ids: &SharedIds) -> Result<Validator<Form>, String> {
    let ids = Arc::clone(ids);
    let options = jsonschema::options_for::<Form>()
        .with_pattern_options(jsonschema::PatternOptions::regex())
        .with_keyword("x-ref", move |_, words, _| {
            let words: Vec<String> = words.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
            let ids = Arc::clone(&ids);
            Ok(predicate(words.join(","), move |value| names_something(value, &words, &ids)))
        })
        .with_keyword("x-date", |_, _, _| Ok(predicate("date".into(), |value| value.get(DATE_KEY).is_some())))
        .with_keyword("x-whole", |_, _, _| {
            Ok(predicate("whole".into(), |value| !matches!(value, Instance::Number(number) if number.is_f64())))
        })
        .with_keyword("x-glob", |_, _, _| {
            Ok(predicate("glob".into(), |value| value.as_text().is_none_or(|glob| globset::Glob::new(glob).is_ok())))
        });
    options.build(schema).map_err(|error| error.to_string())
}

/// Whether a text names something of these words: a kind, a pool, `*` for any address, `=literal`.
fn names_something(value: &Instance<'_>, words: &[String], ids: &SharedIds) -> bool {
    let (Some(text), Some(ids)) = (value.as_text(), ids.get()) else { return true };
    words.iter().any(|word| match word.as_str() {
        "*" => ids.has_address(text),
        "pattern" => text.contains('*'),
        "stage" => ids.has("stage", text) || ids.is_lost_part(text, "lifecycle"),
        "capability" => ids.has("capability", text) || ids.is_vocabulary_lost,
        word => word.strip_prefix('=').map_or_else(|| ids.has(word, text), |literal| literal == text),
    })
}

/// Returns the sub-schema at a path of the schema, through references.
pub fn resolve<'s>(root: &'s Value, path: &str) -> Option<&'s Value> {
    let follow = |mut value: &'s Value| {
        while let Some(target) = value.get("$ref").and_then(Value::as_str) {
            value = root.pointer(target.trim_start_matches('#'))?;
        }
        Some(value)
    };
    let mut value = root;
    for token in path.split('/').skip(1) {
        value = follow(value)?;
        if token == "$ref" {
            continue;
        }
        let token = token.replace("~1", "/").replace("~0", "~");
        value = match value {
            Value::Array(items) => items.get(token.parse::<usize>().ok()?)?,
            value => value.get(&token)?,
        };
    }
    follow(value)
}
