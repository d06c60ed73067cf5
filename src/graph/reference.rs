//! Who refers to whom: every reference of every entity, read off the schema, so that no kind lists its own.

use std::collections::BTreeMap;

use crate::model::{Address, Kind, Shape, Spot, Stack};

/// The mentions of an entity in another under one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The entity that mentions.
    pub from: Address,
    /// The key under which it does, without places in lists, such as `steps.tool`.
    pub field: String,
    /// The entity, or part of one, that is mentioned.
    pub to: Address,
    /// The JSON pointers below the entity's table at which it does, in their order there.
    pub at: Vec<String>,
}

/// Every reference of a stack, by what is mentioned.
#[derive(Debug, Default)]
pub struct References {
    to: BTreeMap<String, Vec<Reference>>,
}

impl References {
    /// Collects the references of a stack. Linear in the size of its tables.
    pub fn new(stack: &Stack) -> Self {
        let mut references = Self::default();
        for entity in stack.all() {
            let address = entity.address();
            let shape = Shape::of(entity.kind());
            shape.references(&entity.json(), &mut Spot::default(), &mut |spot, words, text| {
                if let Some(to) = target(stack, words, text) {
                    references.add(Reference { from: address.clone(), field: spot.field.clone(), to, at: vec![spot.pointer.clone()] });
                }
            });
        }
        for list in references.to.values_mut() {
            // A stable sort: places in lists would not stand in their order as text.
            list.sort_by(|a, b| (&a.from, &a.field, &a.to).cmp(&(&b.from, &b.field, &b.to)));
            list.dedup_by(|later, first| {
                let is_same = (&later.from, &later.field, &later.to) == (&first.from, &first.field, &first.to);
                if is_same {
                    first.at.append(&mut later.at);
                }
                is_same
            });
        }
        references
    }

    fn add(&mut self, reference: Reference) {
        let (kind, id) = reference.to.entity();
        if let Some(id) = id {
            self.to.entry(format!("{kind}.{id}")).or_default().push(reference);
        }
    }

    /// Returns the mentions of an entity or of its parts, sorted.
    pub fn to(&self, entity: &Address) -> &[Reference] {
        self.to.get(entity.as_str()).map_or(&[], Vec::as_slice)
    }
}

/// The address that the text of a reference field means.
fn target(stack: &Stack, words: &[String], text: &str) -> Option<Address> {
    for word in words {
        if let Some(kind) = Kind::from_name(word) {
            if stack.get(kind, text).is_some() {
                return Some(Address::of(word, text));
            }
        } else if matches!(word.as_str(), "*" | "stage") {
            let address = Address::new(text);
            if stack.at(&address).is_some() {
                return Some(address);
            }
        }
    }
    None
}
