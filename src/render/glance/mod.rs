//! The few figures at the head of an entity's page: what somebody asks of it first, each leading to what it rests on.
//!
//! What is not documented has no figure: the facts below say so once, with the key to write.

mod people;
mod platform;
mod practice;

use super::{
    page::{Figure, Link, Prose, Value},
    view::{View, counted, link_list},
};
use crate::model::{AnyEntity, Criticality, Date, Kind};

/// So many names stand under a figure.
const MOST_NAMES: usize = 2;

/// The figures of an entity, five at most; none for kinds whose page begins with figures or a picture of its own.
pub(super) fn of(view: &View<'_>, entity: &dyn AnyEntity) -> Vec<Figure> {
    let id = entity.id().as_str();
    let stack = view.stack;
    match entity.kind() {
        Kind::Tool => stack.tools.get(id).map(|of| platform::tool(view, of)),
        Kind::Integration => stack.integrations.get(id).map(|of| platform::integration(view, of)),
        Kind::Flow => stack.flows.get(id).map(|of| platform::flow(view, of)),
        Kind::Automation => stack.automations.get(id).map(|of| platform::automation(view, of)),
        Kind::Contract => stack.contracts.get(id).map(|of| platform::contract(view, of)),
        Kind::Unit => stack.units.get(id).map(|of| people::unit(view, of)),
        Kind::Person => stack.people.get(id).map(|of| people::person(view, of)),
        Kind::Team => stack.teams.get(id).map(|of| people::team(view, of)),
        Kind::Runbook => stack.runbooks.get(id).map(|of| practice::runbook(view, of)),
        Kind::Routine => stack.routines.get(id).map(|of| practice::routine(view, of)),
        Kind::Metric => stack.metrics.get(id).map(|of| practice::metric(view, of)),
        _ => None,
    }
    .unwrap_or_default()
}

/// A figure that leads to a section of the page.
fn here(label: &str, number: impl Into<String>, id: &str, note: Prose) -> Figure {
    Figure::new(label, Link::here(number, id), note)
}

/// A figure that leads to the line that it is read from, where the stack says how lines are reached.
fn at(view: &View<'_>, (entity, key): (&dyn AnyEntity, &str), label: &str, text: impl Into<String>, note: Prose) -> Figure {
    let text = text.into();
    let link = view.source_of(entity, Some(key)).href.and_then(|href| Link::web(text.clone(), href));
    Figure::new(label, link.map_or_else(|| Value::text(text), Value::from), note)
}

/// A figure that is a day, told by how far away it is.
fn day(view: &View<'_>, place: (&dyn AnyEntity, &str), label: &str, day: Date, more: Option<String>) -> Figure {
    let more = more.map(|more| format!(", {more}")).unwrap_or_default();
    at(view, place, label, ago(view, day), vec![Value::text(format!("{}{more}", day.in_words()))])
}

/// How far away a day is, at the beginning of a figure.
fn ago(view: &View<'_>, day: Date) -> String {
    super::view::capital(&day.away_from(view.project.today))
}

/// How many of some things are of critical or high criticality; nothing where none is.
fn pressing<'e>(entities: impl IntoIterator<Item = &'e dyn AnyEntity>) -> Option<String> {
    let is_pressing = |entity: &&dyn AnyEntity| matches!(entity.criticality(), Some(Criticality::Critical | Criticality::High));
    let count = entities.into_iter().filter(is_pressing).count();
    (count > 0).then(|| format!("{count} critical or high"))
}

/// How many people can run an entity, and who of them stays; nothing for what is not run.
fn runners(view: &View<'_>, entity: &dyn AnyEntity) -> Option<Figure> {
    if !crate::analysis::can_be_run(entity.kind()) || !entity.is_live() {
        return None;
    }
    let runners = view.analysis.knowledge().of(entity.address().as_str());
    let (known, staying) = (runners.people.len(), runners.staying_count());
    let number = match (known, runners.unlisted.len()) {
        (0, 0) => "Nobody known".to_owned(),
        (0, teams) => counted(teams, "team", "teams"),
        (known, 0) => counted(known, "person", "people"),
        (known, teams) => format!("{known} and {}", counted(teams, "team", "teams")),
    };
    let note = if known > 0 && staying == 0 && runners.unlisted.is_empty() {
        vec![Value::text(if known == 1 { "who does not stay" } else { "none of whom stays" })]
    } else {
        let people = runners.staying().map(|runner| view.link_id(Kind::Person, runner.person));
        let teams = runners.unlisted.iter().map(|team| view.link_id(Kind::Team, team));
        link_list(people.chain(teams).collect(), MOST_NAMES)
    };
    Some(here("Can run it", number, "who", note))
}

/// How many findings there are on an entity, by level; nothing where there is none.
fn findings(view: &View<'_>, entity: &dyn AnyEntity) -> Option<Figure> {
    let address = entity.address();
    let found = view.findings_of(&address);
    let words = super::frame::by_level(|level| found.iter().filter(|finding| finding.level == level).count());
    (!found.is_empty()).then(|| here("Findings", found.len().to_string(), "findings", vec![Value::text(words)]))
}
