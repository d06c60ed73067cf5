//! Identifiers and references: what stands in a header, and what points at it.

use std::{borrow::Cow, cmp::Ordering, collections::BTreeMap, fmt, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What an id must match.
pub const ID_PATTERN: &str = "^[a-z0-9][a-z0-9-]{0,62}$";

/// Names that no id may be: the index page of a kind, and files that Windows cannot create.
pub const RESERVED_IDS: [&str; 23] = [
    "index", "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The id of an entity: the last word of its header.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// Takes over a text that the schema has accepted.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl JsonSchema for Id {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "title": "an id of lower-case letters, digits and `-`", "pattern": ID_PATTERN })
    }
}

/// Returns the id that a name becomes in an address: lower case, every run of other characters one hyphen.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// What a [`Ref`] may point at: one kind, or several that share a namespace.
pub trait Target {
    /// The words of the custom keyword `x-ref`: kinds, or literals that start with `=`.
    const WORDS: &'static [&'static str];
}

impl<A: Target, B: Target> Target for (A, B) {
    #[expect(clippy::indexing_slicing, reason = "evaluated when it is compiled")]
    const WORDS: &'static [&'static str] = &[A::WORDS[0], B::WORDS[0]];
}

/// The bare id of an entity whose kind the field knows.
pub struct Ref<T> {
    id: String,
    target: PhantomData<fn() -> T>,
}

impl<T> Ref<T> {
    /// Makes a reference to the entity with this id.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), target: PhantomData }
    }

    /// Returns the id that is referred to.
    pub fn as_str(&self) -> &str {
        &self.id
    }
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Self::new(self.id.clone())
    }
}
impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.id, f)
    }
}
impl<T> fmt::Display for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)
    }
}
impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
impl<T> Eq for Ref<T> {}
impl<T> PartialOrd for Ref<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Ref<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }
}
impl<T> Serialize for Ref<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.id)
    }
}
impl<'de, T> Deserialize<'de> for Ref<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}
impl<T: Target> JsonSchema for Ref<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("{}-ref", T::WORDS.join("-or-")).into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "x-ref": T::WORDS })
    }
}

/// A table whose keys are references, such as the tools among which a contract's cost is divided.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(transparent, bound(deserialize = "V: Deserialize<'de>", serialize = "V: Serialize"))]
pub struct RefMap<T, V>(BTreeMap<Ref<T>, V>);

impl<T, V: PartialEq> PartialEq for RefMap<T, V> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T, V> RefMap<T, V> {
    /// Returns the value of what a reference names.
    pub fn get(&self, to: &Ref<T>) -> Option<&V> {
        self.0.get(to)
    }

    /// Whether there is a value of what a reference names.
    pub fn has(&self, to: &Ref<T>) -> bool {
        self.0.contains_key(to)
    }

    /// Iterates over the entries, sorted by id.
    pub fn iter(&self) -> impl Iterator<Item = (&Ref<T>, &V)> {
        self.0.iter()
    }
}

impl<T: Target, V: JsonSchema> JsonSchema for RefMap<T, V> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("{}-map", T::WORDS.join("-or-")).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<V>();
        json_schema!({ "type": "object", "propertyNames": { "x-ref": T::WORDS }, "additionalProperties": value })
    }
}

/// Declares marker types for references that do not lead to an entity of one kind.
macro_rules! targets {
    ($($(#[$doc:meta])* $name:ident = $words:expr;)*) => { $(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;
        impl Target for $name {
            const WORDS: &'static [&'static str] = $words;
        }
    )* };
}

targets! {
    /// A slug of the vocabulary of capabilities, or one of the stack's own.
    Capability = &["capability"];
    /// The address of a stage, such as `lifecycle.main.stage.mql`.
    StageAddress = &["stage"];
    /// The address of any entity or part of one.
    AnyAddress = &["*"];
    /// An address, or `stack` for the stack as a whole.
    Subject = &["*", "=stack"];
    /// An address in which `*` stands for any characters.
    AddressPattern = &["*", "pattern"];
    /// A person, or the sort of credential that belongs to nobody.
    Credential = &["person", "=service-account", "=api-key"];
    /// A rule that may be suppressed.
    SuppressibleRule = &["rule"];
}

/// The address of an entity or of a part of one: `tool.hubspot`, `lifecycle.main.stage.mql`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Address(String);

impl Address {
    /// Takes over a text that is an address.
    pub fn new(address: impl Into<String>) -> Self {
        Self(address.into())
    }

    /// Makes the address of an entity.
    pub fn of(kind: &str, id: &str) -> Self {
        Self([kind, ".", id].concat())
    }

    /// Makes the address of a part of this entity, such as `stage.mql`.
    #[must_use]
    pub fn part(&self, part: &str, id: &str) -> Self {
        Self([&self.0, ".", part, ".", id].concat())
    }

    /// Returns the address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns kind and id of the entity; a table that exists once has no id.
    pub fn entity(&self) -> (&str, Option<&str>) {
        let mut words = self.0.splitn(3, '.');
        (words.next().unwrap_or_default(), words.next())
    }
}

impl AsRef<str> for Address {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<T: Target> From<&Ref<T>> for Address {
    /// The text of an address field is the address itself.
    fn from(reference: &Ref<T>) -> Self {
        Self(reference.id.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_slug_keeps_letters_and_digits_and_joins_the_rest_by_single_hyphens() {
        assert_eq!(slug("  US – Enterprise (10,000+) "), "us-enterprise-10-000");
        assert_eq!(slug("Überfall"), "überfall");
        assert_eq!(slug("!!!"), "");
    }
}
