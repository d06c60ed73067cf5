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
        self.is_present(today) && !self.is_leaving(today)
    }

    /// Whether they have left for good.
    pub fn is_gone(&self, today: Date) -> bool {
        self.status == PersonStatus::Left || self.until.is_some_and(|until| until < today)
    }

    /// Whether they have left, have said that they go, or have a last day no further ahead than [`NOTICE`].
    pub fn is_going(&self, today: Date) -> bool {
        self.is_gone(today) || self.is_leaving(today)
    }

    /// Whether they have said that they go, or their last day is no further ahead than [`NOTICE`].
    fn is_leaving(&self, today: Date) -> bool {
        self.status != PersonStatus::Active || self.until.is_some_and(|until| until.days_since(today) <= NOTICE)
    }

    /// Returns why they do not stay, such as `leaves on 2027-01-31` or `is away until 2026-12-31`; nothing if they do.
    pub fn why_not_staying(&self, today: Date) -> Option<String> {
        if self.is_gone(today) {
            let since = self.until.filter(|until| *until < today);
            return Some(since.map_or_else(|| "has left".to_owned(), |until| format!("left on {until}")));
        }
        let away = self.away_until.filter(|until| *until >= today).map(|until| format!("is away until {until}"));
        let leaving =
            self.is_leaving(today).then(|| self.until.map_or_else(|| "is leaving".to_owned(), |until| format!("leaves on {until}")));
        let reasons: Vec<String> = away.into_iter().chain(leaving).collect();
        (!reasons.is_empty()).then(|| reasons.join(" and "))
    }

    /// Whether somebody else employs them: an agency, a staffing firm, they themselves.
    pub fn is_external(&self) -> bool {
        self.employment != Employment::Employee
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

impl Team {
    /// Whether it works for the company from outside.
    pub fn is_external(&self) -> bool {
        self.function == Some(Function::Agency)
    }
}

/// The default of [`Team::members_listed`].
fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::{About, Date, Employment, Person, PersonStatus};

    fn person(status: PersonStatus, until: Option<Date>, away_until: Option<Date>) -> Person {
        let about =
            About { name: "Ana".into(), description: None, unit: None, tags: vec![], links: vec![], reviewed: None, renamed_from: None };
        let employment = Employment::Employee;
        Person { about, title: None, email: None, teams: vec![], manager: None, employment, status, until, away_until }
    }

    #[test]
    fn whoever_does_not_stay_has_a_reason_and_nobody_else() {
        let day = |month, day| Date::new(2026, month, day);
        let today = day(11, 22).unwrap();
        let why = |status, until, away| {
            let person = person(status, until, away);
            assert_eq!(person.is_staying(today), person.why_not_staying(today).is_none());
            person.why_not_staying(today).unwrap_or_default()
        };
        let active = PersonStatus::Active;
        assert_eq!(why(active, None, None), "");
        assert_eq!(why(active, Date::new(2027, 2, 21), day(11, 21)), "");
        assert_eq!(why(active, Date::new(2027, 2, 20), None), "leaves on 2027-02-20");
        assert_eq!(why(active, None, day(11, 22)), "is away until 2026-11-22");
        assert_eq!(why(PersonStatus::Leaving, day(12, 1), day(11, 30)), "is away until 2026-11-30 and leaves on 2026-12-01");
        assert_eq!(why(PersonStatus::Leaving, None, None), "is leaving");
        assert_eq!(why(PersonStatus::Left, day(12, 1), None), "has left");
        assert_eq!(why(active, day(11, 21), None), "left on 2026-11-21");
    }
}
