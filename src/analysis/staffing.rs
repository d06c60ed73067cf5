//! Who does marketing operations, beside how many are usual at that revenue.

use std::collections::BTreeMap;

use super::{Members, UNNAMED, usual::Staff};
use crate::model::{Date, Entity, Function, Person, Stack, Team};

/// The people of marketing operations.
#[derive(Debug)]
pub struct Staffing<'a> {
    /// The teams of that function, sorted by id.
    pub teams: Vec<&'a Entity<Team>>,
    /// Their people who are there today, each once, sorted by id.
    pub people: Vec<&'a Entity<Person>>,
    /// Those of the teams whose people are not listed: each counts as [`UNNAMED`].
    pub unlisted: Vec<&'a Entity<Team>>,
    /// The annual revenue in US dollars, if it can be told.
    pub revenue: Option<f64>,
    /// How many people are usual at that revenue.
    pub usual: Option<Staff>,
}

impl<'a> Staffing<'a> {
    /// Counts those of a stack who are there. Linear in the teams and their people.
    pub fn new(stack: &'a Stack, members: &Members<'a>, today: Date) -> Self {
        let teams: Vec<_> = stack.teams.values().filter(|team| team.function == Some(Function::MarketingOperations)).collect();
        let present = teams.iter().flat_map(|team| members.present(team.id.as_str(), today));
        let people: BTreeMap<&str, _> = present.map(|person| (person.id.as_str(), person)).collect();
        let unlisted = teams.iter().copied().filter(|team| !team.members_listed).collect();
        let revenue = stack.company.revenue_in_usd();
        Self { teams, people: people.into_values().collect(), unlisted, revenue, usual: revenue.and_then(Staff::at) }
    }

    /// Returns how many people there are, those who are not listed included.
    pub fn count(&self) -> usize {
        self.people.len() + UNNAMED * self.unlisted.len()
    }
}
