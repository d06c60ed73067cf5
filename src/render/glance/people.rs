//! Figures of people and teams: what they run, and what only they can run.

use super::{
    super::{
        page::{Figure, Value},
        running::{self, Lots},
        view::{View, counted},
    },
    here, pressing,
};
use crate::model::{AnyEntity, Entity, Person, Team, Unit};

pub(super) fn person(view: &View<'_>, person: &Entity<Person>) -> Vec<Figure> {
    let id = person.id.as_str();
    let lots = running::lots_of_person(view, person);
    let stops = super::super::key_people::stops(view, id);
    let mut figures = told(&lots, ["Only they can run", "Nobody else who stays"]);
    figures.extend(lot("Others can run too", &lots.shared, "runs"));
    figures.extend(
        (stops > 0).then(|| {
            here("Stops on their last day", counted(stops, "flow", "flows"), "without", vec![Value::text("runs on their account")])
        }),
    );
    figures.extend(owned(view, id));
    figures
}

pub(super) fn team(view: &View<'_>, team: &Entity<Team>) -> Vec<Figure> {
    let members = view.stack.members(team).count();
    let note = if team.members_listed { vec![] } else { vec![Value::text("not all are listed here")] };
    let mut figures: Vec<Figure> =
        (members > 0).then(|| here("Members", counted(members, "person", "people"), "members", note)).into_iter().collect();
    figures.extend(told(&running::lots_of_team(view, team), ["Only the team can run", "Nobody outside who stays"]));
    figures.extend(owned(view, team.id.as_str()));
    figures
}

/// What a unit pays for tools of its own.
pub(super) fn unit(view: &View<'_>, unit: &Entity<Unit>) -> Vec<Figure> {
    let sum = view.analysis.outlay().units.get(&Some(unit.id.as_str())).filter(|sum| !sum.tools.is_empty());
    let figure = |sum: &crate::analysis::Sum<'_>| {
        let unknown = if sum.unknown.is_empty() { String::new() } else { format!("; {} not known", sum.unknown.len()) };
        let note = vec![Value::text(format!("for {} of its own{unknown}", counted(sum.tools.len(), "tool", "tools")))];
        super::super::money::figure(view, "Cost a year", Some(sum.known), "spend.html", note)
    };
    sum.map(figure).into_iter().collect()
}

/// What nobody else can run, and what nobody else can who stays.
fn told(lots: &Lots<'_>, [only, lasting]: [&str; 2]) -> Vec<Figure> {
    lot(only, &lots.only, "only").into_iter().chain(lot(lasting, &lots.lasting, "lasting")).collect()
}

fn lot(label: &str, entities: &[&dyn AnyEntity], id: &str) -> Option<Figure> {
    if entities.is_empty() {
        return None;
    }
    let note = pressing(entities.iter().copied()).unwrap_or_else(|| "none critical or high".to_owned());
    Some(here(label, counted(entities.len(), "thing", "things"), id, vec![Value::text(note)]))
}

fn owned(view: &View<'_>, id: &str) -> Option<Figure> {
    let (owned, backed_up) = (view.ties.owned(id).len(), view.ties.backed_up(id).len());
    let note = if backed_up > 0 { vec![Value::text(format!("steps in for {backed_up} more"))] } else { vec![] };
    (owned > 0).then(|| here("Answers for", counted(owned, "thing", "things"), "owns", note))
}
