//! What a record means, and the fields of a record.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{About, Markdown, Owner, Ref, Scalar, Slug, Tool, choices};

/// What a record means here, such as a lead.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Object {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// What counts as one, as Markdown.
    pub definition: Option<Markdown>,
    /// Other words for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Slug>,
    /// The fields by which duplicates are recognised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identity: Vec<String>,
    /// Who answers for the definition.
    pub owner: Option<Owner>,
    /// Its fields, by name.
    #[serde(default)]
    pub fields: Fields,
}

/// Fields by name.
pub type Fields = BTreeMap<String, Field>;

/// A field of a record.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Field {
    /// What its values are.
    pub r#type: FieldType,
    /// The closed list of its values.
    pub values: Option<Vec<Scalar>>,
    /// The least value.
    pub min: Option<f64>,
    /// The greatest value.
    pub max: Option<f64>,
    /// Whether every record has it. Default: false.
    #[serde(default)]
    pub required: bool,
    /// What it means.
    pub definition: Option<String>,
    /// The tool whose value wins.
    pub master: Option<Ref<Tool>>,
    /// The tools that fill it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filled_by: Vec<Ref<Tool>>,
    /// Whether it is personal data.
    pub personal: Option<bool>,
}

choices! {
    /// What the values of a field are.
    FieldType {
        /// Text.
        Text,
        /// Whole numbers.
        Integer,
        /// Numbers.
        Number,
        /// `true` or `false`.
        Boolean,
    }
}
