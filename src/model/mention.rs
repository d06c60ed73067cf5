//! The references in a table, found by its shape: where each stands, what it may name, and its text.

use serde_json::Value;

use super::Shape;
use crate::source::push_token;

/// A place in a table while it is walked through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spot {
    /// The key, without places in lists, such as `steps.tool`.
    pub field: String,
    /// The JSON pointer below the table, such as `/steps/2/tool`.
    pub pointer: String,
}

/// Receives a reference: where it stands, the words of `x-ref`, and the text.
pub type See<'s> = &'s mut dyn FnMut(&Spot, &[String], &str);

impl Shape {
    /// Calls back with every reference in a value. Depth is that of the types.
    pub fn references(&self, value: &Value, spot: &mut Spot, see: See<'_>) {
        let (field, pointer) = (spot.field.len(), spot.pointer.len());
        match (self, value) {
            (Self::Reference(words), Value::String(text)) => see(spot, words, text),
            (Self::List(item), Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    push_token(&mut spot.pointer, &index.to_string());
                    item.references(value, spot, see);
                    spot.pointer.truncate(pointer);
                }
            }
            (Self::Table(fields), Value::Object(table)) => {
                for (key, value) in fields.iter().filter_map(|key| Some((key, table.get(&key.name)?))) {
                    if field > 0 {
                        spot.field.push('.');
                    }
                    spot.field.push_str(&key.name);
                    push_token(&mut spot.pointer, &key.name);
                    key.shape.references(value, spot, see);
                    spot.field.truncate(field);
                    spot.pointer.truncate(pointer);
                }
            }
            (Self::Map { keys, value: shape }, Value::Object(table)) => {
                for (key, value) in table {
                    push_token(&mut spot.pointer, key);
                    if !keys.is_empty() {
                        see(spot, keys, key);
                    }
                    shape.references(value, spot, see);
                    spot.pointer.truncate(pointer);
                }
            }
            (Self::AnyOf(shapes), value) => {
                shapes.iter().filter(|shape| shape.accepts(value)).for_each(|shape| shape.references(value, spot, see));
            }
            _ => {}
        }
    }
}
