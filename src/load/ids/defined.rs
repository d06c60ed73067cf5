//! What one file defines, found while its tree is at hand.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::SINGLETONS;
use crate::{
    diagnostic::Diagnostic,
    load::validity::{DUPLICATE_ID, INVALID_VALUE},
    model::{Kind, RESERVED_IDS, slug},
    source::{FileId, Span},
};

/// Parts that have an address: kind, key of the list, word in the address, and the key that names one.
const PARTS: [(Kind, &str, &str, &str); 6] = [
    (Kind::Lifecycle, "stage", "stage", "id"),
    (Kind::Routing, "rule", "rule", "name"),
    (Kind::Routing, "test", "test", "name"),
    (Kind::Scoring, "criterion", "criterion", "name"),
    (Kind::Scoring, "test", "test", "name"),
    (Kind::Flow, "steps", "step", ""),
];

/// What a file defines.
#[derive(Debug, Default)]
pub struct Defined {
    /// The tables that exist once, with their places.
    pub singletons: Vec<(&'static str, Span)>,
    /// The stack's own capabilities.
    pub capabilities: Vec<String>,
    /// The entities, by kind and place in the file.
    pub entities: Vec<DefinedEntity>,
}

/// An entity that a file defines.
#[derive(Debug)]
pub struct DefinedEntity {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its address.
    pub address: String,
    /// Where its header stands.
    pub span: Span,
    /// What is wrong with its id.
    pub reserved: Option<Diagnostic>,
    /// The addresses of its parts.
    pub parts: Vec<String>,
    /// What is wrong with their names.
    pub wrong: Vec<Diagnostic>,
}

impl Defined {
    /// Finds what the tree of a file defines.
    pub fn by(file: FileId, tree: &DeTable<'_>) -> Self {
        let singleton = |name: &'static str| {
            let (key, table) = tree.get_key_value(name)?;
            Some((name, Span::new(file, header(key.span(), table))))
        };
        let own = tree.get("stack").and_then(|stack| stack.get_ref().get("capabilities")).and_then(|list| list.get_ref().as_array());
        let words = own.into_iter().flat_map(|list| list.iter()).filter_map(|item| item.get_ref().as_str());
        let mut defined = Self {
            singletons: SINGLETONS.into_iter().filter_map(singleton).collect(),
            capabilities: words.map(str::to_owned).collect(),
            entities: Vec::new(),
        };
        for kind in Kind::ALL {
            let Some(table) = tree.get(kind.name()).and_then(|table| table.get_ref().as_table()) else { continue };
            // The parser gives tables by name; the order of the file decides which of two comes second.
            let mut entities: Vec<_> = table.iter().collect();
            entities.sort_by_key(|(key, _)| key.span().start);
            defined.entities.extend(entities.into_iter().map(|(key, entity)| DefinedEntity::new(*kind, file, key, entity)));
        }
        defined
    }
}

impl DefinedEntity {
    fn new(kind: Kind, file: FileId, key: &Spanned<Cow<'_, str>>, entity: &Spanned<DeValue<'_>>) -> Self {
        let id = key.get_ref().as_ref();
        let address = [kind.name(), ".", id].concat();
        let reserved = RESERVED_IDS.contains(&id).then(|| {
            Diagnostic::new(&INVALID_VALUE, &address, Span::new(file, key.span()), format!("`{id}` cannot be an id"))
                .label("reserved for a page or by an operating system")
                .help("choose another id")
        });
        let span = Span::new(file, header(key.span(), entity));
        let mut defined = Self { kind, id: id.to_owned(), address, span, reserved, parts: Vec::new(), wrong: Vec::new() };
        for (_, list, word, name) in PARTS.iter().filter(|part| part.0 == kind) {
            let items = entity.get_ref().get(*list).and_then(|list| list.get_ref().as_array());
            defined.list(word, name, file, items.into_iter().flat_map(|list| list.iter()));
        }
        defined
    }

    /// Adds the parts that stand in one list.
    fn list<'t, 'i: 't>(&mut self, word: &str, name: &str, file: FileId, items: impl Iterator<Item = &'t Spanned<DeValue<'i>>>) {
        let address = &self.address;
        let mut seen: HashMap<String, Range<usize>> = HashMap::new();
        for (index, item) in items.enumerate() {
            let named = item.get_ref().get(name).filter(|value| value.get_ref().is_str());
            let label = match named.and_then(|value| value.get_ref().as_str()) {
                Some(text) if name == "id" => text.to_owned(),
                Some(text) => slug(text),
                None if name.is_empty() => (index + 1).to_string(),
                None => continue,
            };
            let part = [address, ".", word, ".", &label].concat();
            let place = named.map_or_else(|| item.span(), Spanned::span);
            if label.is_empty() {
                let message = format!("the name of this {word} has no letter or digit");
                self.wrong.push(
                    Diagnostic::new(&INVALID_VALUE, address, Span::new(file, place), message)
                        .key(format!("{word}.{index}.name"))
                        .help("choose a name that an address can be made of"),
                );
                continue;
            }
            if let Some(first) = seen.get(&label) {
                self.wrong.push(
                    Diagnostic::new(&DUPLICATE_ID, &part, Span::new(file, place), format!("`{part}` stands in two places"))
                        .label("the second")
                        .related(&part, Some(Span::new(file, first.clone())), "the first")
                        .help(format!("give one {word} another {name}")),
                );
                continue;
            }
            seen.insert(label, place);
            self.parts.push(part);
        }
    }
}

/// Returns where the header of a table stands; for a table that only sub-tables imply, the word in the first of them.
fn header(key: Range<usize>, table: &Spanned<DeValue<'_>>) -> Range<usize> {
    let span = table.span();
    if span.is_empty() { key } else { span }
}
