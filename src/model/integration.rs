//! Connections between two tools.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{About, Credential, Criticality, Date, Duration, Name, Object, Owner, Person, Quantity, Ref, Slug, Status, Tool, choices};

/// One connection between two tools.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Integration {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About<Option<Name>>,
    /// The tool that data comes from.
    pub from: Ref<Tool>,
    /// The tool that data goes to.
    pub to: Ref<Tool>,
    /// Whether data also goes back. Default: `one-way`.
    #[serde(default)]
    pub direction: Direction,
    /// How the data travels.
    pub method: Method,
    /// The tool that carries the data.
    pub via: Option<Ref<Tool>>,
    /// What travels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<Carried>,
    /// Which field becomes which.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldMapping>,
    /// When it runs.
    pub schedule: Option<Schedule>,
    /// The signals that it passes on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub carries: Vec<Signal>,
    /// What travels of a person, such as `email`, `name`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub personal: Vec<Slug>,
    /// What it is there for.
    pub purpose: Option<String>,
    /// Its quota, credits and the like.
    pub limits: Option<String>,
    /// Where it is in its life. Default: `active`.
    #[serde(default)]
    pub status: Status,
    /// How much depends on it. Default: `medium`.
    pub criticality: Option<Criticality>,
    /// Who answers for it.
    pub owner: Option<Owner>,
    /// Who steps in for the owner.
    pub backup: Option<Owner>,
    /// On whose account it runs.
    pub runs_as: Option<Ref<Credential>>,
    /// When its credential ends.
    pub credential_expires: Option<Date>,
    /// Who does it, if it is done by hand.
    pub operator: Option<Ref<Person>>,
    /// How many hours a month that takes.
    pub hours: Option<Quantity>,
    /// Where a failure shows.
    pub monitoring: Option<String>,
    /// When it was last tested end to end.
    pub verified: Option<Date>,
}

impl Integration {
    /// Whether it runs without hands: not by hand, and not by files that nobody has scheduled.
    pub fn is_automated(&self) -> bool {
        match self.method {
            Method::Manual => false,
            Method::File => matches!(self.schedule, Some(Schedule::Every(_))),
            _ => true,
        }
    }
}

choices! {
    /// Whether data goes back.
    Direction = OneWay {
        /// From one tool to the other.
        OneWay,
        /// In both directions.
        TwoWay,
    }
    /// How data travels.
    Method {
        /// By a connector that one of the vendors maintains.
        Native,
        /// By calls that somebody has written.
        Api,
        /// By calls that the sender makes when something happens.
        Webhook,
        /// Through an integration platform.
        Middleware,
        /// From the warehouse back into a tool.
        ReverseEtl,
        /// Into the warehouse.
        Etl,
        /// By a tag on a page.
        Tag,
        /// As a file.
        File,
        /// By hand.
        Manual,
    }
    /// A signal about a person that must reach other tools.
    Signal {
        /// What they have agreed to.
        Consent,
        /// That they may not be contacted.
        Suppression,
        /// That they want to be forgotten.
        Deletion,
    }
    /// In which direction an object or field travels.
    Travel {
        /// From `from` to `to`.
        Forward,
        /// From `to` to `from`.
        Back,
        /// Both.
        Both,
    }
    /// Which value wins.
    FieldRule {
        /// The one that comes in.
        Overwrite,
        /// The one that is there, unless it is empty.
        FillBlank,
        /// The later one.
        Newest,
        /// The one of the master.
        Master,
    }
    /// A schedule that is no length of time.
    Trigger {
        /// Within seconds.
        RealTime,
        /// When somebody asks for it.
        OnDemand,
    }
}

/// When an integration runs.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Schedule {
    /// At once, or on demand.
    When(Trigger),
    /// At intervals.
    Every(Duration),
}

/// What travels through an integration.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Carried {
    /// Records of an object, in the direction of the integration.
    Object(Ref<Object>),
    /// Records of an object, in detail.
    Detailed(CarriedObject),
}

impl Carried {
    /// Returns the object as it is called where the record comes from.
    pub fn object(&self) -> &Ref<Object> {
        match self {
            Self::Object(object) => object,
            Self::Detailed(detail) => &detail.object,
        }
    }

    /// Returns the object as it is called at the other end.
    pub fn object_at_other_end(&self) -> &Ref<Object> {
        match self {
            Self::Object(object) => object,
            Self::Detailed(detail) => detail.r#as.as_ref().unwrap_or(&detail.object),
        }
    }

    /// Returns who is let through, where that is said in words.
    pub fn filter(&self) -> Option<&str> {
        match self {
            Self::Object(_) => None,
            Self::Detailed(detail) => detail.filter.as_deref().map(str::trim).filter(|filter| !filter.is_empty()),
        }
    }

    /// Whether it travels in this direction over an integration of that direction.
    pub fn travels(&self, forward: bool, direction: Direction) -> bool {
        let said = match self {
            Self::Object(_) => None,
            Self::Detailed(detail) => detail.direction,
        };
        match said {
            Some(Travel::Forward) => forward,
            Some(Travel::Back) => !forward,
            Some(Travel::Both) => true,
            None => forward || direction == Direction::TwoWay,
        }
    }
}

impl Signal {
    /// Returns what it tells, as a noun: `an objection`.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Consent => "what people agree to",
            Self::Suppression => "an objection",
            Self::Deletion => "a deletion",
        }
    }

    /// Returns its word in the format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Suppression => "suppression",
            Self::Deletion => "deletion",
        }
    }
}

impl Ref<Credential> {
    /// Returns the id of the person on whose account something runs; nothing for a credential that belongs to nobody.
    pub fn person(&self) -> Option<&str> {
        Some(self.as_str()).filter(|id| !matches!(*id, "service-account" | "api-key"))
    }
}

/// Records of an object that travel, in detail.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct CarriedObject {
    /// The object at `from`.
    pub object: Ref<Object>,
    /// The object that it becomes at `to`.
    pub r#as: Option<Ref<Object>>,
    /// In which direction it travels. Default: that of the integration.
    pub direction: Option<Travel>,
    /// Who is let through.
    pub filter: Option<String>,
    /// The fields by which records are matched.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub match_on: Vec<String>,
}

/// Which field becomes which.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct FieldMapping {
    /// The field at `from`.
    pub from: String,
    /// The field at `to`.
    pub to: String,
    /// The object whose fields they are.
    pub object: Option<Ref<Object>>,
    /// In which direction the value travels. Default: that of the integration.
    pub direction: Option<Travel>,
    /// Which value wins.
    pub rule: Option<FieldRule>,
    /// The tool whose value wins under the rule `master`.
    pub master: Option<Ref<Tool>>,
}
