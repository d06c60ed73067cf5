//! What others can run when somebody goes, by who they are.

use std::collections::BTreeMap;

use super::{
    super::{
        page::Value,
        view::{View, link_list},
    },
    links, person,
};
use crate::{
    analysis::Departure,
    model::{AnyEntity, Kind},
};

/// The people, and the teams whose people are not listed, who can run something.
type Others<'d> = (Vec<&'d str>, &'d [&'d str]);

/// A line for each set of people and teams who can run the same, those first who can run the most.
pub(super) fn lines(view: &View<'_>, departure: &Departure<'_>) -> Vec<Value> {
    let mut groups: BTreeMap<Others<'_>, Vec<&dyn AnyEntity>> = BTreeMap::new();
    for covered in &departure.covered {
        let mut people: Vec<&str> = covered.by.iter().map(|runner| runner.person).collect();
        people.sort_unstable();
        groups.entry((people, &covered.teams)).or_default().push(covered.entity);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, entities)| std::cmp::Reverse(entities.len()));
    let mut values = Vec::new();
    for ((people, teams), entities) in groups {
        values.extend((!values.is_empty()).then_some(Value::Break));
        let people = people.into_iter().map(|id| person(view, id));
        values.extend(link_list(people.chain(teams.iter().map(|id| view.link_id(Kind::Team, id))).collect(), usize::MAX));
        values.push(Value::text(": "));
        values.extend(links(view, entities));
    }
    values
}
