//! The schema as a tree to walk a table by: what each key is, what it means, and which texts are references.
//!
//! Whoever shows or follows the keys of any kind goes by this, so that a new field is shown and followed at once.

use std::{collections::HashMap, sync::OnceLock};

use serde_json::Value;

use super::Kind;

/// What sort of text a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextStyle {
    /// Words.
    Plain,
    /// Markdown.
    Markdown,
    /// An address on the web.
    Url,
    /// An address for mail.
    Email,
    /// A length of time.
    Duration,
    /// A path in the stack's folder.
    Path,
}

/// What sort of number a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberStyle {
    /// A count or quantity.
    Plain,
    /// An amount of money.
    Money,
    /// A share from 0 to 1.
    Share,
}

/// A key of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct ShapeField {
    /// The key.
    pub name: String,
    /// What it means: the doc comment of the type's field.
    pub doc: String,
    /// Whether the table must have it.
    pub required: bool,
    /// What its values are.
    pub shape: Shape,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A text.
    Text(TextStyle),
    /// One of these texts, each with its meaning.
    Choice(Vec<(String, String)>),
    /// A reference, by the words of the keyword `x-ref`.
    Reference(Vec<String>),
    /// A number.
    Number(NumberStyle),
    /// `true` or `false`.
    Boolean,
    /// A day.
    Date,
    /// A list.
    List(Box<Shape>),
    /// A table with these keys.
    Table(Vec<ShapeField>),
    /// A table with free keys, which may be references.
    Map {
        /// The words of `x-ref` for the keys; empty where they are free.
        keys: Vec<String>,
        /// What the values are.
        value: Box<Shape>,
    },
    /// One of several.
    AnyOf(Vec<Shape>),
}

impl Shape {
    /// Returns the shape of a kind's table.
    pub fn of(kind: Kind) -> &'static Self {
        static SHAPES: OnceLock<HashMap<&'static str, Shape>> = OnceLock::new();
        static NOTHING: Shape = Shape::Table(Vec::new());
        let shapes = SHAPES.get_or_init(|| {
            let schema = super::schema().to_value();
            let shape = |kind: &Kind| {
                let table = schema.pointer(&format!("/properties/{}", kind.name()))?;
                match read(&schema, table) {
                    Self::Map { value, .. } => Some((kind.name(), *value)),
                    _ => None,
                }
            };
            Kind::ALL.iter().filter_map(shape).collect()
        });
        shapes.get(kind.name()).unwrap_or(&NOTHING)
    }

    /// Returns the shape of a table that exists once, such as `charter`.
    pub fn of_singleton(name: &str) -> Self {
        let schema = super::schema().to_value();
        schema.pointer(&format!("/properties/{name}")).map_or(Self::Table(Vec::new()), |table| read(&schema, table))
    }

    /// Returns the keys of a table; none for anything else.
    pub fn fields(&self) -> &[ShapeField] {
        match self {
            Self::Table(fields) => fields,
            _ => &[],
        }
    }

    /// Returns the branch of a choice of shapes that a value has, or the shape itself.
    pub fn branch(&self, value: &Value) -> &Self {
        match self {
            Self::AnyOf(shapes) => shapes.iter().find(|shape| shape.accepts(value)).map_or(self, |shape| shape.branch(value)),
            shape => shape,
        }
    }

    /// Whether a value, already valid, can have this shape.
    pub(super) fn accepts(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Choice(choices), Value::String(text)) => choices.iter().any(|(choice, _)| choice == text),
            (Self::Text(_) | Self::Reference(_) | Self::Date, Value::String(_))
            | (Self::Number(_), Value::Number(_))
            | (Self::Boolean, Value::Bool(_))
            | (Self::Map { .. }, Value::Object(_)) => true,
            (Self::List(item), Value::Array(values)) => values.iter().all(|value| item.accepts(value)),
            (Self::Table(fields), Value::Object(table)) => {
                let known = table.keys().all(|key| fields.iter().any(|field| field.name == *key));
                known && fields.iter().filter(|field| field.required).all(|field| table.contains_key(&field.name))
            }
            (Self::AnyOf(shapes), value) => shapes.iter().any(|shape| shape.accepts(value)),
            _ => false,
        }
    }
}

/// Reads a shape off the derived schema, whose definitions do not refer to themselves.
fn read(root: &Value, schema: &Value) -> Shape {
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        return root.pointer(target.trim_start_matches('#')).map_or(Shape::Text(TextStyle::Plain), |schema| read(root, schema));
    }
    if let Some(words) = schema.get("x-ref").and_then(Value::as_array) {
        return Shape::Reference(strings(words));
    }
    if let Some([only]) = schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        return read(root, only);
    }
    for keyword in ["oneOf", "anyOf"] {
        if let Some(branches) = schema.get(keyword).and_then(Value::as_array) {
            return read_branches(root, branches);
        }
    }
    if let Some(choices) = schema.get("enum").and_then(Value::as_array) {
        return Shape::Choice(strings(choices).into_iter().map(|choice| (choice, String::new())).collect());
    }
    match type_of(schema) {
        "array" => Shape::List(Box::new(schema.get("items").map_or(Shape::Text(TextStyle::Plain), |items| read(root, items)))),
        "object" => read_table(root, schema),
        "boolean" => Shape::Boolean,
        "number" | "integer" => Shape::Number(match schema.get("x-number").and_then(Value::as_str) {
            Some("money") => NumberStyle::Money,
            Some("share") => NumberStyle::Share,
            _ => NumberStyle::Plain,
        }),
        _ if schema.get("format").and_then(Value::as_str) == Some("date") => Shape::Date,
        _ => Shape::Text(match schema.get("x-text").and_then(Value::as_str) {
            Some("markdown") => TextStyle::Markdown,
            Some("url") => TextStyle::Url,
            Some("email") => TextStyle::Email,
            Some("duration") => TextStyle::Duration,
            Some("path") => TextStyle::Path,
            _ => TextStyle::Plain,
        }),
    }
}

fn read_branches(root: &Value, branches: &[Value]) -> Shape {
    let mut shapes = Vec::new();
    let mut choices = Vec::new();
    for branch in branches.iter().filter(|branch| type_of(branch) != "null") {
        if let Some(choice) = branch.get("const").and_then(Value::as_str) {
            choices.push((choice.to_owned(), description(branch)));
        } else {
            shapes.push(read(root, branch));
        }
    }
    if !choices.is_empty() {
        shapes.insert(0, Shape::Choice(choices));
    }
    if shapes.len() == 1 { shapes.remove(0) } else { Shape::AnyOf(shapes) }
}

fn read_table(root: &Value, schema: &Value) -> Shape {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let required = schema.get("required").and_then(Value::as_array).map(|names| strings(names)).unwrap_or_default();
        let field = |(name, schema): (&String, &Value)| ShapeField {
            name: name.clone(),
            doc: description(schema),
            required: required.contains(name),
            shape: read(root, schema),
        };
        return Shape::Table(properties.iter().map(field).collect());
    }
    let free = schema.get("additionalProperties").filter(|value| value.is_object());
    let patterned = schema.get("patternProperties").and_then(Value::as_object).and_then(|patterns| patterns.values().next());
    let keys = schema.pointer("/propertyNames/x-ref").and_then(Value::as_array).map(|words| strings(words)).unwrap_or_default();
    let value = patterned.or(free).map_or(Shape::Text(TextStyle::Plain), |value| read(root, value));
    Shape::Map { keys, value: Box::new(value) }
}

fn type_of(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(name)) => name,
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).find(|name| *name != "null").unwrap_or_default(),
        _ => "",
    }
}

fn description(schema: &Value) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().replace('\n', " ")
}

fn strings(values: &[Value]) -> Vec<String> {
    values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{Kind, NumberStyle, Shape, TextStyle};

    fn field(kind: Kind, name: &str) -> Shape {
        Shape::of(kind).fields().iter().find(|field| field.name == name).unwrap().shape.clone()
    }

    #[test]
    fn the_shape_of_a_kind_says_what_each_key_is() {
        assert_eq!(field(Kind::Tool, "owner"), Shape::Reference(vec!["person".into(), "team".into()]));
        assert_eq!(field(Kind::Tool, "description"), Shape::Text(TextStyle::Markdown));
        assert_eq!(field(Kind::Tool, "reviewed"), Shape::Date);
        assert_eq!(field(Kind::Contract, "annual-cost"), Shape::Number(NumberStyle::Money));
        assert_eq!(field(Kind::Tool, "website"), Shape::Text(TextStyle::Url));
        assert!(matches!(field(Kind::Tool, "status"), Shape::Choice(choices) if choices.len() == 4));
        assert!(matches!(field(Kind::Contract, "allocation"), Shape::Map { keys, .. } if keys == ["tool"]));
    }

    #[test]
    fn every_key_of_every_kind_says_what_it_means() {
        for kind in Kind::ALL {
            assert!(!Shape::of(*kind).fields().is_empty(), "{kind:?}");
            for field in Shape::of(*kind).fields() {
                assert!(!field.doc.is_empty(), "{}.{}", kind.name(), field.name);
            }
        }
    }
}
