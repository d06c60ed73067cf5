//! What every entity may say about itself, whatever its kind.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Date, Markdown, Name, Ref, Unit, Url};

/// The keys that every entity may have. `N` is [`Name`], or `Option<Name>` where a name can be derived.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct About<N = Name> {
    /// The name people use.
    pub name: N,
    /// What a newcomer should know, as Markdown.
    pub description: Option<Markdown>,
    /// The business unit that it belongs to. Absent: shared by all.
    pub unit: Option<Ref<Unit>>,
    /// Words of your own, for overrides and search.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// When somebody last confirmed that the entry is true.
    pub reviewed: Option<Date>,
    /// The id under which the entity was known before.
    pub renamed_from: Option<super::Id>,
}

/// A page elsewhere.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Link {
    /// What the page is.
    pub title: String,
    /// Its address.
    pub url: Url,
}

/// A name that must be there, or may be absent.
pub trait MaybeName {
    /// Returns the name, if there is one.
    fn text(&self) -> Option<&str>;
}
impl MaybeName for Name {
    fn text(&self) -> Option<&str> {
        Some(self.as_str())
    }
}
impl MaybeName for Option<Name> {
    fn text(&self) -> Option<&str> {
        self.as_ref().map(Name::as_str)
    }
}

/// Declares an enum of the format: each choice with its meaning, written in kebab-case, and the default.
macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident $(= $default:ident)? { $($(#[$variant_doc:meta])* $variant:ident $(= $text:literal)?,)* })*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        #[schemars(inline)]
        pub enum $name { $($(#[$variant_doc])* $(#[serde(rename = $text)])? $variant,)* }
        $(impl Default for $name {
            fn default() -> Self {
                Self::$default
            }
        })?
    )* };
}
pub(crate) use choices;

choices! {
    /// Where an entity is in its life.
    Status = Active {
        /// Not there yet.
        Planned,
        /// In use.
        Active,
        /// In use, but it does not work.
        Broken,
        /// Switched off for a while.
        Paused,
        /// Gone.
        Retired,
    }
    /// Where a tool is in its life.
    ToolStatus = Active {
        /// Being tried out.
        Evaluating,
        /// In use.
        Active,
        /// Still in use, to be replaced.
        Sunset,
        /// Gone.
        Retired,
    }
    /// How much depends on an entity.
    Criticality {
        /// Revenue stops without it.
        Critical,
        /// Work stops without it.
        High,
        /// Work is slower without it.
        Medium,
        /// Nobody would notice for a while.
        Low,
    }
}

impl Criticality {
    /// Returns the word that a stack writes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

impl Status {
    /// Whether it counts as part of the running stack: everything but planned and retired.
    pub fn is_live(self) -> bool {
        !matches!(self, Self::Planned | Self::Retired)
    }

    /// Whether it is live and neither broken nor paused.
    pub fn is_working(self) -> bool {
        self == Self::Active
    }
}

impl ToolStatus {
    /// Whether it counts as part of the running stack: active or sunset.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Active | Self::Sunset)
    }
}
