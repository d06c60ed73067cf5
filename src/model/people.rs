//! Who is there: business units, people and teams.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{About, Date, Email, Ref, Slug, choices};

/// A business unit or an acquired company.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Unit {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// Who leads it.
    pub lead: Option<Ref<Person>>,
    /// The unit that it is part of.
    pub parent: Option<Ref<Unit>>,
    /// When it was bought.
    pub acquired: Option<Date>,
    /// Laws in force there, such as `gdpr`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regimes: Vec<Slug>,
}

/// Somebody who owns, backs up, administers or receives something.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Person {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// What they do.
    pub title: Option<String>,
    /// Where to write to them.
    pub email: Option<Email>,
    /// The teams that they are members of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<Ref<Team>>,
    /// Whom they report to.
    pub manager: Option<Ref<Person>>,
    /// By whom they are employed. Default: `employee`.
    #[serde(default)]
    pub employment: Employment,
    /// Whether they stay. Default: `active`.
    #[serde(default)]
    pub status: PersonStatus,
    /// Their last day.
    pub until: Option<Date>,
    /// The last day of a longer absence.
    pub away_until: Option<Date>,
}

choices! {
    /// By whom a person is employed.
    Employment = Employee {
        /// By the company.
        Employee,
        /// By themselves or a staffing firm.
        Contractor,
        /// By an agency.
        Agency,
    }
    /// Whether a person stays.
    PersonStatus = Active {
        /// They do.
        Active,
        /// They have said that they go.
        Leaving,
        /// They have gone.
        Left,
    }
    /// What a team is there for.
    Function {
        /// Runs the marketing machine.
        MarketingOperations,
        /// Runs the machine of marketing, sales and success together.
        RevenueOperations,
        /// Runs the sales machine.
        SalesOperations,
        /// Creates demand.
        DemandGeneration,
        /// Sells.
        Sales,
        /// Runs computers and access.
        It,
        /// Runs the warehouse and reporting.
        Data,
        /// Works for the company from outside.
        Agency,
        /// Something else.
        Other,
    }
}

/// Whoever leaves within so many days is no longer counted on.
pub const NOTICE: i64 = 90;

impl Person {
    /// Whether they are there today: not left, not past their last day, not away.
    pub fn is_present(&self, today: Date) -> bool {
        !self.is_gone(today) && self.away_until.is_none_or(|until| until < today)
    }

    /// Whether they are there today and will be for longer than [`NOTICE`]: they have not said that they go.
    pub fn is_staying(&self, today: Date) -> bool {
        self.is_present(today) && self.status == PersonStatus::Active && self.until.is_none_or(|until| until.days_since(today) > NOTICE)
    }

    /// Whether they have left for good.
    pub fn is_gone(&self, today: Date) -> bool {
        self.status == PersonStatus::Left || self.until.is_some_and(|until| until < today)
    }
}

/// A group of people.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub struct Team {
    #[serde(flatten)]
    #[expect(missing_docs, reason = "the common keys are documented where they stand")]
    pub about: About,
    /// Who leads it.
    pub lead: Option<Ref<Person>>,
    /// What it is there for.
    pub function: Option<Function>,
    /// Whether its people are in this stack. Default: true.
    #[serde(default = "yes")]
    pub members_listed: bool,
    /// Where to write to it.
    pub email: Option<Email>,
    /// Where it can be asked, such as `#marketing-operations`.
    pub channel: Option<String>,
}

/// The default of [`Team::members_listed`].
fn yes() -> bool {
    true
}
