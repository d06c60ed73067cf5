//! The tools of the stack.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    About, Capability, Category, Criticality, Date, Duration, HostPattern, Object, Owner, Person, Ref, Share, Slug, Team, ToolStatus, Url,
    choices,
};

/// A product or service in the stack, bought or built.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Tool {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// Who makes it.
    pub vendor: Option<String>,
    /// Its page on the web.
    pub website: Option<Url>,
    /// What sort of tool it is.
    pub category: Category,
    /// Other sorts of tool that it is too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Category>,
    /// What it is used for here, in a sentence.
    pub purpose: Option<String>,
    /// Where it is in its life. Default: `active`.
    #[serde(default)]
    pub status: ToolStatus,
    /// How much depends on it. Default: `medium`.
    pub criticality: Option<Criticality>,
    /// Who answers for it.
    pub owner: Option<Owner>,
    /// Who steps in for the owner.
    pub backup: Option<Owner>,
    /// The people with administrator rights.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub admins: Vec<Ref<Person>>,
    /// The teams that work with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<Ref<Team>>,
    /// What it can do, in words of the vocabulary.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<Ref<Capability>>,
    /// The objects whose records come into being here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub captures: Vec<Ref<Object>>,
    /// The objects whose records are right here when tools disagree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub system_of_record_for: Vec<Ref<Object>>,
    /// Why it needs no integration.
    pub standalone: Option<String>,
    /// Where it runs. Default: `production`.
    #[serde(default)]
    pub environment: Environment,
    /// The tool of which this is another instance.
    pub instance_of: Option<Ref<Tool>>,
    /// The tool that takes its place.
    pub replaced_by: Option<Ref<Tool>>,
    /// The day by which it should be gone.
    pub retire_by: Option<Date>,
    /// Hosts by which it shows in a browser or a log.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<HostPattern>,
    /// Other names by which it shows in an invoice or a single-sign-on list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// How much of it is used.
    pub adoption: Option<Adoption>,
    /// How many automations it holds.
    pub automations: Option<AutomationCount>,
    /// What personal data it holds.
    pub data: Option<PersonalData>,
    /// How people get in.
    pub access: Option<Access>,
}

impl Tool {
    /// Whether it is live and runs in production.
    pub fn is_live_production(&self) -> bool {
        self.status.is_live() && self.environment == Environment::Production
    }

    /// Whether somebody says why it needs no integration.
    pub fn is_standalone(&self) -> bool {
        self.standalone.as_ref().is_some_and(|reason| !reason.trim().is_empty())
    }

    /// Whether it should be integrated: live in production, neither sunset nor standalone.
    pub fn is_to_be_integrated(&self) -> bool {
        self.is_live_production() && self.status != ToolStatus::Sunset && !self.is_standalone()
    }

    /// Returns the share of its capability that is in use: as somebody wrote it, or else those used over those it has. What
    /// is used and not among its capabilities does not count.
    pub fn adoption_share(&self) -> Option<f64> {
        let adoption = self.adoption.as_ref()?;
        if let Some(share) = adoption.share {
            return Some(share.0);
        }
        let all: BTreeSet<_> = self.capabilities.iter().collect();
        let used = adoption.used.iter().collect::<BTreeSet<_>>().intersection(&all).count();
        #[expect(clippy::cast_precision_loss, reason = "capabilities are a few dozen")]
        (!adoption.used.is_empty() && !all.is_empty()).then(|| used as f64 / all.len() as f64)
    }

    /// Whether it is compared with others by what it can do: live in production, not sunset, of a category that says something.
    pub fn is_compared(&self) -> bool {
        self.is_live_production() && self.status != ToolStatus::Sunset && self.category != Category::Other
    }

    /// Whether it says that it holds personal data.
    pub fn holds_people(&self) -> bool {
        self.data.as_ref().is_some_and(|data| !data.personal.is_empty())
    }

    /// Whether it contacts people, by whatever channel.
    pub fn contacts_people(&self) -> bool {
        self.data.as_ref().is_some_and(|data| !data.sends.is_empty())
    }

    /// Whether it is of a category, first of all or also.
    pub fn is_of(&self, category: Category) -> bool {
        self.category == category || self.also.contains(&category)
    }

    /// Iterates over its categories, what it is first of all first.
    pub fn categories(&self) -> impl Iterator<Item = Category> {
        std::iter::once(self.category).chain(self.also.iter().copied())
    }
}

choices! {
    /// Where a tool runs.
    Environment = Production {
        /// The real thing.
        Production,
        /// For trying out.
        Sandbox,
        /// For testing before release.
        Staging,
    }
    /// The part of a vendor in data protection.
    VendorRole {
        /// Decides what the data is used for.
        Controller,
        /// Works on instruction.
        Processor,
    }
    /// How a person's data is deleted from a tool.
    Deletion {
        /// By itself, when it is deleted upstream.
        Automatic,
        /// By a call.
        Api,
        /// By asking the vendor.
        Ticket,
        /// By hand.
        Manual,
        /// Not at all.
        None,
        /// It need not be, and the note says why.
        Exempt,
    }
    /// What allows a transfer to another region.
    Transfer {
        /// Standard contractual clauses.
        Scc,
        /// A decision of adequacy.
        Adequacy,
        /// The data privacy framework.
        Dpf,
        /// Binding corporate rules.
        Bcr,
        /// Something else.
        Other,
    }
}

/// How much of a tool is used.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Adoption {
    /// Those of its capabilities that are in use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<Ref<Capability>>,
    /// Share of its capability in use. Default: the number used over the number of capabilities.
    pub share: Option<Share>,
    /// When somebody looked.
    pub measured: Option<Date>,
}

/// How many automations a tool holds.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct AutomationCount {
    /// All of them.
    pub total: Option<u32>,
    /// Those that run.
    pub active: Option<u32>,
    /// Those that fail.
    pub broken: Option<u32>,
    /// When somebody counted.
    pub counted: Option<Date>,
}

impl AutomationCount {
    /// Returns how many run, or how many there are where nobody says how many run.
    pub fn running(&self) -> Option<u32> {
        self.active.or(self.total)
    }
}

/// What personal data a tool holds and how it leaves.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct PersonalData {
    /// What is held of a person, such as `email`, `name`, `phone`, `ip`, `behaviour`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub personal: Vec<Slug>,
    /// Whose data it is, such as `leads`, `customers`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Slug>,
    /// The part of the vendor.
    pub role: Option<VendorRole>,
    /// Where the data lies: regions or countries, such as `eu`, `us`, `de`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<Slug>,
    /// How long it is kept.
    pub retention: Option<Retention>,
    /// How a person is deleted.
    pub deletion: Option<Deletion>,
    /// What else there is to know about deletion.
    pub deletion_note: Option<String>,
    /// When the agreement on data processing was signed.
    pub dpa: Option<Date>,
    /// What allows a transfer to another region.
    pub transfer: Option<Transfer>,
    /// The channels by which it contacts people, such as `email`, `sms`, `ads`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sends: Vec<Slug>,
}

/// How long data is kept: a length of time, or `indefinite`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Retention {
    /// For ever.
    Indefinite(Indefinite),
    /// For a length of time.
    For(Duration),
}

impl Retention {
    /// Returns it in words: `365 days`, `without end`.
    pub fn in_words(&self) -> String {
        match self {
            Self::Indefinite(_) => "without end".to_owned(),
            Self::For(time) => time.in_words(),
        }
    }
}

choices! {
    /// No end.
    Indefinite {
        /// It is kept for ever.
        Indefinite,
    }
}

/// How people get into a tool.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Access {
    /// Whether by single sign-on.
    pub sso: Option<bool>,
    /// Whether with a second factor.
    pub mfa: Option<bool>,
    /// When the list of people was last gone through.
    pub reviewed: Option<Date>,
}
