//! Who refers to whom: every reference of every entity, read off the schema, so that no kind lists its own.

use std::collections::BTreeMap;

use crate::model::{Address, Kind, Shape, Stack};

/// One mention of an entity in another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The entity that mentions.
    pub from: Address,
    /// The key under which it does, without places in lists, such as `steps.tool`.
    pub field: String,
    /// The entity, or part of one, that is mentioned.
    pub to: Address,
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
            shape.references(&entity.json(), &mut String::new(), &mut |field, words, text| {
                if let Some(to) = target(stack, words, text) {
                    references.add(Reference { from: address.clone(), field: field.to_owned(), to });
                }
            });
        }
        for list in references.to.values_mut() {
            list.sort();
            list.dedup();
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
