//! Who is in which team.

use std::collections::BTreeMap;

use crate::model::{Date, Entity, Person, Stack};

/// The people of each team.
#[derive(Debug, Default)]
pub struct Members<'a> {
    of: BTreeMap<&'a str, Vec<&'a Entity<Person>>>,
}

impl<'a> Members<'a> {
    /// Collects who is in which team. Linear in the people and their teams.
    pub fn new(stack: &'a Stack) -> Self {
        let mut of: BTreeMap<&str, Vec<&Entity<Person>>> = BTreeMap::new();
        for person in stack.people.values() {
            for team in &person.teams {
                of.entry(team.as_str()).or_default().push(person);
            }
        }
        for team in stack.teams.values() {
            let lead = team.lead.as_ref().and_then(|lead| stack.people.get(lead.as_str()));
            of.entry(team.id.as_str()).or_default().extend(lead);
        }
        for people in of.values_mut() {
            people.sort_by(|a, b| a.id.cmp(&b.id));
            people.dedup_by(|a, b| a.id == b.id);
        }
        Self { of }
    }

    /// Returns the people of a team, its lead included and those who have left too, sorted by id.
    pub fn of(&self, team: &str) -> &[&'a Entity<Person>] {
        self.of.get(team).map_or(&[], Vec::as_slice)
    }

    /// Iterates over those people of a team who are there today, sorted by id.
    pub fn present(&self, team: &str, today: Date) -> impl Iterator<Item = &'a Entity<Person>> {
        self.of(team).iter().copied().filter(move |person| person.is_present(today))
    }

    /// Whether somebody is in a team or leads it.
    pub fn has(&self, team: &str, person: &str) -> bool {
        self.of(team).binary_search_by(|member| member.id.as_str().cmp(person)).is_ok()
    }
}
