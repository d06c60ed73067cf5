//! How things are called in messages.

use jsonschema::error::TypeKind;
use serde_json::Value;

use crate::model::slug;

/// What the types of a schema are called.
pub fn types(kind: &TypeKind) -> Vec<String> {
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
pub fn target(words: &[&str]) -> String {
    let named = words.iter().filter(|word| **word != "pattern" && !word.starts_with('='));
    named.map(|word| if *word == "*" { "entity" } else { word }).collect::<Vec<_>>().join(" or ")
}

/// What a value is called: its key, or for an element of a list the list.
pub fn value(pointer: &str) -> String {
    let is_index = |token: &&str| token.parse::<usize>().is_ok();
    let tokens: Vec<&str> = pointer.split('/').collect();
    let key = tokens.iter().rev().find(|token| !is_index(token)).copied().unwrap_or_default();
    let key = key.replace("~1", "/").replace("~0", "~");
    if tokens.last().is_some_and(is_index) { format!("an entry of `{key}`") } else { format!("`{key}`") }
}

/// An id that resembles a text.
pub fn example_id(text: &str) -> String {
    let id: String = slug(text).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(63).collect();
    let id = id.trim_matches('-');
    if id.is_empty() { "x".to_owned() } else { id.to_owned() }
}

/// A list of words after an introduction, cut where it grows long.
pub fn listed<'w>(introduction: &str, words: impl IntoIterator<Item = &'w str>) -> String {
    const MOST: usize = 40;
    let mut words = words.into_iter();
    let shown: Vec<String> = words.by_ref().take(MOST).map(|word| format!("`{word}`")).collect();
    let more = words.count();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{introduction} {}{rest}", shown.join(", "))
}

/// A value for a message: text without quotes, cut where it is long.
pub fn short(value: &Value) -> String {
    value.as_str().map_or_else(|| cut(&value.to_string()), cut)
}

/// A text for a message, cut where it is long.
pub fn cut(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST { text.to_owned() } else { format!("{}…", text.chars().take(MOST).collect::<String>()) }
}
