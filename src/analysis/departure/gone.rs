//! What goes: people, teams with their members, tools, integrations.

use std::collections::BTreeSet;

use super::Waits;
use crate::{
    analysis::Members,
    model::{Address, AnyEntity, Date, Kind, Stack},
};

/// What goes, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gone<'a> {
    /// What it was said of, sorted: a team stands for its members.
    pub asked: BTreeSet<Address>,
    /// The people, with those of the teams that go.
    pub people: BTreeSet<&'a str>,
    /// The teams.
    pub teams: BTreeSet<&'a str>,
    /// The tools.
    pub tools: BTreeSet<&'a str>,
    /// The integrations.
    pub integrations: BTreeSet<&'a str>,
}

/// The kinds of which something may go.
pub const MAY_GO: [Kind; 4] = [Kind::Person, Kind::Team, Kind::Tool, Kind::Integration];

impl<'a> Gone<'a> {
    /// Collects what goes. With a team go its members, as with an agency whose contract ends; not those who have left.
    ///
    /// # Errors
    /// Gives the addresses that name nothing of a kind of [`MAY_GO`].
    pub fn new<'w>(
        stack: &'a Stack,
        members: &Members<'a>,
        without: impl IntoIterator<Item = &'w Address>,
        today: Date,
    ) -> Result<Self, Vec<&'w Address>> {
        let mut gone = Self::default();
        let mut unknown = Vec::new();
        for address in without {
            let is_part = address.as_str().split('.').nth(2).is_some();
            let entity = stack.at(address).filter(|_| !is_part);
            let Some(id) = entity.map(|entity| entity.id().as_str()) else {
                unknown.push(address);
                continue;
            };
            match entity.map(AnyEntity::kind) {
                Some(Kind::Person) => drop(gone.people.insert(id)),
                Some(Kind::Team) => {
                    gone.teams.insert(id);
                    let staff = members.of(id).iter().filter(|person| !person.is_gone(today));
                    gone.people.extend(staff.map(|person| person.id.as_str()));
                }
                Some(Kind::Tool) => drop(gone.tools.insert(id)),
                Some(Kind::Integration) => drop(gone.integrations.insert(id)),
                _ => {
                    unknown.push(address);
                    continue;
                }
            }
            gone.asked.insert(address.clone());
        }
        if unknown.is_empty() { Ok(gone) } else { Err(unknown) }
    }

    /// One person who goes.
    pub fn person(id: &'a str) -> Self {
        Self { asked: BTreeSet::from([Address::of("person", id)]), people: BTreeSet::from([id]), ..Self::default() }
    }

    /// Whether people and tools or integrations go together.
    pub(super) fn is_mixed(&self) -> bool {
        let has_tools = !self.tools.is_empty() || !self.integrations.is_empty();
        has_tools && !self.people.is_empty()
    }

    /// What a flow waits for that stops, unless both go.
    pub(super) fn waits(&self) -> Waits {
        if self.people.is_empty() { Waits::Tools } else { Waits::People }
    }

    /// The people and teams of it.
    pub(super) fn only_people(&self) -> Self {
        Self { people: self.people.clone(), teams: self.teams.clone(), ..Self::default() }
    }

    /// The tools and integrations of it.
    pub(super) fn only_tools(&self) -> Self {
        Self { tools: self.tools.clone(), integrations: self.integrations.clone(), ..Self::default() }
    }

    /// Whether an entity itself goes.
    pub fn has(&self, entity: &dyn AnyEntity) -> bool {
        let id = entity.id().as_str();
        match entity.kind() {
            Kind::Person => self.people.contains(id),
            Kind::Team => self.teams.contains(id),
            Kind::Tool => self.tools.contains(id),
            Kind::Integration => self.integrations.contains(id),
            _ => false,
        }
    }
}
