//! What is whole of a broken entity, so that what only the whole can tell is told in the same run.
//!
//! The values that the schema objects to are cut out, what is then missing is filled with values that say
//! nothing, and lists keep their places. Only [`super::meaning`] and [`super::document`] ever see the result.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    describe::{Broken, Parsed},
    instance::Instance,
};
use crate::{
    model::{Condition, Date, Kind, Located, Stack, StackEntities},
    source::FileId,
};

/// The entities of which something is whole.
#[derive(Debug, Default)]
pub struct Salvaged {
    /// The entities, of the kinds that are checked further.
    pub entities: StackEntities,
    /// The fields that an entity defines, but not in a way that can be read; `None` stands for all of them.
    pub unread: BTreeMap<String, BTreeSet<Option<String>>>,
    /// The last days of accepted risks that cannot be read otherwise.
    pub untils: Vec<Located<Date>>,
}

impl Salvaged {
    /// Salvages what can be of every broken entity.
    pub fn new(parsed: &[Parsed<'_>], broken: &Broken, stack: &Stack) -> Self {
        let mut salvaged = Self { untils: untils(broken, parsed), ..Self::default() };
        let instances: BTreeMap<FileId, &Instance<'_>> = parsed.iter().map(|parsed| (parsed.file, &parsed.instance)).collect();
        for ((file, pointer), wrong) in broken {
            let mut words = pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"));
            let (Some(kind), Some(id)) = (words.next().and_then(|kind| Kind::from_name(&kind)), words.next()) else { continue };
            let Some(required) = required(kind) else { continue };
            let Some(instance) = instances.get(file).and_then(|instance| instance.get(kind.name())?.get(&id)) else { continue };
            if stack.get(kind, &id).is_some() || salvaged.entities.get(kind, &id).is_some() {
                continue;
            }
            let Value::Object(mut table) = instance.to_value() else { continue };
            let mut unread = BTreeSet::new();
            for value in wrong.iter().filter_map(|value| value.strip_prefix(pointer.as_str())) {
                let tokens: Vec<String> = value.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~")).collect();
                let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
                if let ["fields", field @ ..] = tokens.as_slice() {
                    unread.insert(field.first().map(|field| (*field).to_owned()));
                }
                cut(&mut table, kind, &tokens);
            }
            fill(&mut table, kind, required);
            if salvaged.entities.insert(kind, &id, *file, Value::Object(table)).is_ok() && !unread.is_empty() {
                salvaged.unread.insert(format!("{}.{id}", kind.name()), unread);
            }
        }
        salvaged
    }
}

/// The last day of every `[[suppress]]` that is wrong in another place.
fn untils(broken: &Broken, parsed: &[Parsed<'_>]) -> Vec<Located<Date>> {
    let is_whole = |pointer: &str, wrong: &[String]| !wrong.contains(&format!("{pointer}/until"));
    let of = |file: &Parsed<'_>, index: usize, table: &Instance<'_>| {
        let pointer = format!("/suppress/{index}");
        let wrong = broken.get(&(file.file, pointer.clone()))?;
        let until = table.get("until").filter(|_| is_whole(&pointer, wrong))?;
        Some(Located { file: file.file, pointer, body: Date::deserialize(until).ok()? })
    };
    let mut untils = Vec::new();
    for file in parsed {
        let tables = file.instance.get("suppress").into_iter().flat_map(Instance::elements).enumerate();
        untils.extend(tables.filter_map(|(index, table)| of(file, index, table)));
    }
    untils
}

/// Cuts a value out: an element of a list becomes an empty table, anything else vanishes.
fn cut(table: &mut Map<String, Value>, kind: Kind, tokens: &[&str]) {
    match tokens {
        [list, index, rest @ ..] if part(kind, list).is_some() => {
            let element = table.get_mut(*list).and_then(|list| list.get_mut(index.parse::<usize>().ok()?));
            match (element, rest) {
                (Some(Value::Object(element)), ["when", ..]) => keep_readable(element),
                (Some(Value::Object(element)), [key, ..]) => drop(element.remove(*key)),
                (Some(element), _) => *element = json!({}),
                (None, _) => {}
            }
        }
        ["fields", field, ..] => {
            if let Some(Value::Object(fields)) = table.get_mut("fields") {
                fields.remove(*field);
            }
        }
        [key, ..] => drop(table.remove(*key)),
        [] => {}
    }
}

/// Keeps the conditions of an element that can be read: one wrong operator is no reason to judge no other.
fn keep_readable(element: &mut Map<String, Value>) {
    let keep = |clause: &mut Value| match clause {
        Value::Object(conditions) => conditions.retain(|_, condition| Condition::deserialize(&*condition).is_ok()),
        other => *other = json!({}),
    };
    match element.get_mut("when") {
        Some(Value::Array(clauses)) => clauses.iter_mut().for_each(keep),
        Some(clause) => keep(clause),
        None => {}
    }
}

/// Gives the keys that must be there a value that says nothing.
fn fill(table: &mut Map<String, Value>, kind: Kind, required: Value) {
    for (list, elements) in table.iter_mut() {
        let (Some(required), Value::Array(elements)) = (part(kind, list), elements) else { continue };
        for element in elements.iter_mut().filter_map(Value::as_object_mut) {
            complete(element, required.clone());
        }
    }
    complete(table, required);
}

fn complete(table: &mut Map<String, Value>, required: Value) {
    if let Value::Object(required) = required {
        for (key, value) in required {
            table.entry(key).or_insert(value);
        }
    }
}

/// What a table of a kind must have; nothing for kinds that are not checked further.
fn required(kind: Kind) -> Option<Value> {
    match kind {
        Kind::Object | Kind::Lifecycle => Some(json!({ "name": "" })),
        Kind::Routing => Some(json!({ "name": "", "object": "", "tool": "" })),
        Kind::Scoring => Some(json!({ "name": "", "tool": "", "threshold": 0 })),
        Kind::Metric => Some(json!({ "name": "", "definition": "", "kind": "executive" })),
        Kind::Runbook => Some(json!({ "name": "", "kind": "other" })),
        Kind::Contract => Some(json!({})),
        _ => None,
    }
}

/// What an element of a list of a kind must have; nothing for lists that are not checked further.
fn part(kind: Kind, list: &str) -> Option<Value> {
    match (kind, list) {
        (Kind::Lifecycle, "stage") => Some(json!({ "id": "", "name": "" })),
        (Kind::Routing, "rule") => Some(json!({ "name": "", "assign": { "nobody": "" } })),
        (Kind::Routing, "test") => Some(json!({ "name": "", "record": {}, "expect": crate::model::UNROUTED })),
        (Kind::Scoring, "criterion") => Some(json!({ "name": "", "when": {}, "points": 0 })),
        (Kind::Scoring, "test") => Some(json!({ "name": "", "record": {}, "expect": 0 })),
        _ => None,
    }
}
