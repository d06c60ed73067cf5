//! What others can run when somebody goes, by who they are.

use std::collections::{BTreeMap, BTreeSet};

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

/// So many people are named for one thing: of many who can all run it, not each has a page with all the others.
const MOST: usize = 16;

/// The first people, and the teams whose people are not listed, who can run something.
type Others<'d> = (Vec<&'d str>, Vec<&'d str>);

/// A line for each set of people and teams who can run the same, those first who can run the most.
pub(super) fn lines(view: &View<'_>, departure: &Departure<'_>) -> Vec<Value> {
    let mut groups: BTreeMap<Others<'_>, Vec<&dyn AnyEntity>> = BTreeMap::new();
    for entity in &departure.covered {
        let runners = view.analysis.knowledge().of(entity.address().as_str());
        let people = departure.others(runners).map(|runner| runner.person).take(MOST + 1).collect();
        groups.entry((people, departure.other_teams(runners).collect())).or_default().push(*entity);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, entities)| std::cmp::Reverse(entities.len()));
    let mut values = Vec::new();
    for ((people, teams), entities) in groups {
        values.extend((!values.is_empty()).then_some(Value::Break));
        let teams = teams.into_iter().map(|id| view.link_id(Kind::Team, id));
        values.extend(named(view, people, teams));
        values.push(Value::text(": "));
        values.extend(links(view, entities));
    }
    values
}

/// Who covers what is covered, all together.
pub(super) fn between(view: &View<'_>, departure: &Departure<'_>) -> Vec<Value> {
    let mut people: BTreeSet<&str> = BTreeSet::new();
    for entity in &departure.covered {
        let runners = view.analysis.knowledge().of(entity.address().as_str());
        people.extend(departure.others(runners).map(|runner| runner.person).take(MOST + 1));
        if people.len() > MOST {
            break;
        }
    }
    if people.is_empty() {
        return Vec::new();
    }
    [vec![Value::text("between them, by ")], named(view, people.into_iter().collect(), std::iter::empty())].concat()
}

/// The first of some people, and teams.
fn named(view: &View<'_>, people: Vec<&str>, teams: impl Iterator<Item = Value>) -> Vec<Value> {
    let more = (people.len() > MOST).then(|| Value::text(" and others"));
    let people = people.into_iter().take(MOST).map(|id| person(view, id));
    link_list(people.chain(teams).collect(), usize::MAX).into_iter().chain(more).collect()
}
