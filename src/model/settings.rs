//! What the linter is told: `[rules]`, `[[override]]` and `[[suppress]]`.

use std::collections::{BTreeMap, BTreeSet};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AddressPattern, Date, OneOrMany, Person, Ref, Subject, SuppressibleRule, choices};

choices! {
    /// What a finding means for the outcome of a check.
    RuleLevel {
        /// It fails the check.
        Error,
        /// It is reported.
        Warning,
        /// It is mentioned.
        Info,
        /// The rule does not run.
        Off,
    }
}

impl RuleLevel {
    /// All levels, the gravest first.
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Info, Self::Off];

    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Off => "off",
        }
    }
}

/// The level of each rule, or a table of its level and options. The loader adds the rules to the schema.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Rules(pub BTreeMap<String, Setting>);

/// What is said of one rule.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Setting {
    /// Its level.
    Level(RuleLevel),
    /// Its level and options.
    Table(BTreeMap<String, Value>),
}

impl Setting {
    /// Returns the level that is set, if one is.
    pub fn level(&self) -> Option<RuleLevel> {
        match self {
            Self::Level(level) => Some(*level),
            Self::Table(table) => RuleLevel::deserialize(table.get("level")?).ok(),
        }
    }
}

/// Rules for a part of the stack, by address, tag or both. What a rule says of the stack as a whole is set in `[rules]` only.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{ "required": ["on"] }, { "required": ["tags"] }]))]
pub struct Override {
    /// The addresses that it is about, with `*` for any characters, such as `tool.sandbox-*`. A pattern that nothing matches
    /// waits for what will.
    #[serde(default)]
    #[schemars(schema_with = "one_or_more::<Ref<AddressPattern>>")]
    pub on: Option<OneOrMany<Ref<AddressPattern>>>,
    /// The tags that it is about: an entity with any of them. A tag that nothing has waits for what will.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(min = 1))]
    pub tags: Vec<String>,
    /// Levels and options, as in `[rules]`.
    pub rules: Rules,
}

/// One value, or a list of at least one.
fn one_or_more<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = OneOrMany::<T>::json_schema(generator);
    let branches = schema.get_mut("anyOf").and_then(Value::as_array_mut).into_iter().flatten();
    for list in branches.filter(|branch| branch.get("type") == Some(&"array".into())).filter_map(Value::as_object_mut) {
        list.insert("minItems".to_owned(), 1.into());
    }
    schema
}

/// An accepted risk, in the open.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Suppress {
    /// The rule whose finding is accepted.
    pub rule: Ref<SuppressibleRule>,
    /// What the finding is about: an address, the list of exactly the addresses it concerns, or `stack`.
    #[schemars(schema_with = "one_or_more::<Ref<Subject>>")]
    pub on: OneOrMany<Ref<Subject>>,
    /// Which finding is meant, where a rule can fire several times on one subject.
    pub key: Option<String>,
    /// Why the risk is accepted: ten characters at least.
    #[schemars(length(min = 10))]
    pub reason: String,
    /// The last day on which it is accepted, at most a year ahead.
    pub until: Date,
    /// Who accepts it.
    pub by: Ref<Person>,
}

impl Suppress {
    /// Whether its last day has passed.
    pub fn is_expired(&self, today: Date) -> bool {
        self.until < today
    }

    /// Returns what it is about as addresses, sorted and each once.
    pub fn subjects(&self) -> BTreeSet<&str> {
        self.on.as_slice().iter().map(Ref::as_str).collect()
    }

    /// Returns what tells it apart from others: rule, addresses and key, such as `no-owner on tool.hubspot`.
    pub fn name(&self) -> String {
        let on: Vec<&str> = self.subjects().into_iter().collect();
        let key = self.key.as_ref().map_or_else(String::new, |key| format!(": {key}"));
        format!("{} on {}{key}", self.rule, on.join(", "))
    }

    /// Returns the same for a sentence.
    pub fn in_words(&self) -> String {
        let on: Vec<&str> = self.subjects().into_iter().collect();
        let key = self.key.as_ref().map_or_else(String::new, |key| format!(" with the key `{key}`"));
        format!("`{}` on `{}`{key}", self.rule, on.join("`, `"))
    }
}
