//! The tables of a stack without names: references lead to what things are called now, texts have labels.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{Names, Renamed};
use crate::model::{self, Kind, Located, Override, Shape, TextStyle};

/// What everything is called instead.
pub(super) struct Veil<'a> {
    pub(super) names: &'a Names,
    pub(super) renamed: &'a Renamed,
}

impl Veil<'_> {
    /// Returns the id that an entity has now.
    pub(super) fn id<'i>(&'i self, kind: Kind, id: &'i str) -> &'i str {
        self.renamed.get(&(kind, id.to_owned())).map_or(id, String::as_str)
    }

    /// Replaces names in a table that exists once.
    pub(super) fn once<T: Serialize + DeserializeOwned>(&self, name: &str, table: &mut Located<T>) -> serde_json::Result<()> {
        self.located(&Shape::of_singleton(name), table)
    }

    /// Replaces names in a table of which there is a list.
    pub(super) fn each<T: Serialize + DeserializeOwned>(&self, name: &str, table: &mut Located<T>) -> serde_json::Result<()> {
        match Shape::of_singleton(name) {
            Shape::List(shape) => self.located(&shape, table),
            shape => self.located(&shape, table),
        }
    }

    /// Replaces what the patterns of an override name.
    pub(super) fn scope(&self, table: &mut Located<Override>) -> serde_json::Result<()> {
        let mut json = model::json(&table.body);
        if let Some(on) = json.get_mut("on") {
            self.spell_out(on);
            let address = |value: &mut Value| {
                if let Value::String(text) = value {
                    *text = self.reference(&[], text);
                }
            };
            on.as_array_mut().into_iter().flatten().for_each(address);
            address(on);
        }
        table.body = Override::deserialize(json)?;
        Ok(())
    }

    fn located<T: Serialize + DeserializeOwned>(&self, shape: &Shape, table: &mut Located<T>) -> serde_json::Result<()> {
        let mut json = model::json(&table.body);
        self.cover(shape, &mut json);
        table.body = T::deserialize(json)?;
        Ok(())
    }

    /// Replaces names in a value. Depth is that of the types.
    pub(super) fn cover(&self, shape: &Shape, value: &mut Value) {
        match (shape, &mut *value) {
            (Shape::Reference(words), Value::String(text)) => {
                *text = self.reference(words, text);
            }
            (Shape::Text(TextStyle::Path), Value::String(text)) => *text = self.names.slug(text),
            (Shape::Text(_), Value::String(text)) => *text = self.names.text(text).into_owned(),
            (Shape::List(item), Value::Array(values)) => values.iter_mut().for_each(|value| self.cover(item, value)),
            (Shape::Table(fields), Value::Object(table)) => {
                for field in fields {
                    match (field.name.as_str(), table.get_mut(&field.name)) {
                        // The id of a part, which addresses name.
                        ("id", Some(Value::String(id))) => *id = self.names.slug(id),
                        (_, Some(value)) => self.cover(&field.shape, value),
                        (_, None) => {}
                    }
                }
            }
            (Shape::Map { keys, value: shape }, Value::Object(table)) => {
                let old = std::mem::take(table);
                for (key, mut value) in old {
                    self.cover(shape, &mut value);
                    table.insert(if keys.is_empty() { key } else { self.reference(keys, &key) }, value);
                }
            }
            (Shape::AnyOf(_), value) => match shape.branch(value).clone() {
                Shape::AnyOf(_) => {}
                shape => self.cover(&shape, value),
            },
            _ => {}
        }
    }

    /// Returns what a reference says now: an id, or the address of an entity or of a part of one.
    fn reference(&self, words: &[String], text: &str) -> String {
        let of_kind = words.iter().filter_map(|word| Kind::from_name(word));
        if let Some(new) = of_kind.map(|kind| self.id(kind, text)).find(|new| *new != text) {
            return new.to_owned();
        }
        let mut parts = text.splitn(3, '.');
        let (Some(kind), Some(id)) = (parts.next(), parts.next()) else { return text.to_owned() };
        let Some(of) = Kind::from_name(kind) else { return text.to_owned() };
        let rest = parts.next().map_or_else(String::new, |rest| format!(".{}", self.names.slug(rest)));
        format!("{kind}.{}{rest}", self.id(of, id))
    }

    /// Replaces patterns that tell how the ids of people begin or end by the people whom they meant.
    fn spell_out(&self, on: &mut Value) {
        let is_pattern = |value: &Value| value.as_str().is_some_and(|text| text.starts_with("person.") && text.contains('*'));
        if !is_pattern(on) && !on.as_array().is_some_and(|all| all.iter().any(is_pattern)) {
            return;
        }
        let all = match on.take() {
            Value::Array(all) => all,
            one => vec![one],
        };
        let people = |pattern: &str| -> Vec<Value> {
            let Some(matcher) = globset::Glob::new(pattern).ok().map(|glob| glob.compile_matcher()) else { return Vec::new() };
            let of = self.renamed.iter().filter(|((kind, id), _)| *kind == Kind::Person && matcher.is_match(format!("person.{id}")));
            of.map(|(_, new)| format!("person.{new}").into()).collect()
        };
        let mut spelled: Vec<Value> = Vec::new();
        for one in all {
            match one.as_str().filter(|_| is_pattern(&one)) {
                Some(pattern) => spelled.extend(people(pattern)),
                None => spelled.push(one),
            }
        }
        // A pattern that nobody matches waits for whoever will: of the people here it means none.
        *on = if spelled.is_empty() { Value::from(vec!["person.nobody"]) } else { spelled.into() };
    }
}
