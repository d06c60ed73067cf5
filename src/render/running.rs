//! Who can run what, on the pages of entities, people and teams.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    entity::criticality_word,
    facts,
    page::{Block, Cell, Column, ColumnKind, Row, Section, Table, TableStyle, Value},
    view::{View, counted, singular},
};
use crate::{
    analysis::{Runner, Runners, Why},
    model::{AnyEntity, Entity, Kind, Person, Team},
};

/// So many of those who can run something are named in a cell; all are on its page.
const MOST_NAMES: usize = 16;

/// Who can run an entity, and why one may say so; nothing for kinds that are not run.
pub(super) fn of_entity(view: &View<'_>, entity: &dyn AnyEntity) -> Option<Section> {
    if !crate::analysis::can_be_run(entity.kind()) || !entity.is_live() {
        return None;
    }
    let runners = view.analysis.knowledge().of(entity.address().as_str());
    let people = runners.people.iter().map(|runner| {
        let person = view.stack.people.get(runner.person);
        let why_not = person.and_then(|person| person.why_not_staying(view.project.today));
        let stays = Value::text(why_not.unwrap_or_else(|| "stays".to_owned()));
        Row::from(vec![view.link_id(Kind::Person, runner.person).into(), why(view, runner.why), stays.into()])
    });
    let teams = runners.unlisted.iter().map(|team| {
        let why = Value::text("its people are not listed here");
        Row::from(vec![view.link_id(Kind::Team, team).into(), why.into(), facts::nothing()])
    });
    let rows: Vec<Row> = people.chain(teams).collect();
    let block = if rows.is_empty() {
        let text = "Nobody is known who could: no owner or backup by name, and nobody has followed a runbook that covers it";
        Block::Text { text: vec![Value::Gap { text: text.to_owned(), example: Some("backup = \"…\"".to_owned()) }] }
    } else {
        let columns = vec![
            Column::new("Who", ColumnKind::Head),
            Column::new("Because they", ColumnKind::Text),
            Column::new("From now on", ColumnKind::Text),
        ];
        Block::Table(Table { style: TableStyle::Fit, ..Table::plain("Who can run it", columns, rows) })
    };
    Some(Section::new("who", "Who can run it", vec![block]))
}

/// What somebody can run, by who else can.
#[derive(Default)]
pub(super) struct Lots<'a> {
    /// What nobody else can run.
    pub(super) only: Vec<&'a dyn AnyEntity>,
    /// What others can run, none of whom stays.
    pub(super) lasting: Vec<&'a dyn AnyEntity>,
    /// What others can run who stay.
    pub(super) shared: Vec<&'a dyn AnyEntity>,
}

/// What a person can run.
pub(super) fn lots_of_person<'a>(view: &View<'a>, person: &Entity<Person>) -> Lots<'a> {
    let id = person.id.as_str();
    let knowledge = view.analysis.knowledge();
    let mut lots = Lots::default();
    for entity in knowledge.run_by(id) {
        let runners = knowledge.of(entity.address().as_str());
        let am_staying = usize::from(runners.get(id).is_some_and(|runner| runner.is_staying));
        if runners.people.len() < 2 && runners.unlisted.is_empty() {
            lots.only.push(entity);
        } else if runners.count() == am_staying {
            lots.lasting.push(entity);
        } else {
            lots.shared.push(entity);
        }
    }
    lots
}

/// What a person can run: what nobody else can, what nobody can who stays, and the rest.
pub(super) fn of_person(view: &View<'_>, person: &Entity<Person>) -> Vec<Section> {
    let id = person.id.as_str();
    let is_me = |runner: &Runner<'_>| runner.person == id;
    let Lots { only, lasting, shared } = lots_of_person(view, person);
    let reason = |runners: &Runners<'_>| runners.get(id).map_or_else(facts::nothing, |runner| why(view, runner.why));
    let going = |runners: &Runners<'_>| known(view, runners, &|runner| !is_me(runner));
    let staying = |runners: &Runners<'_>| known(view, runners, &|runner| runner.is_staying && !is_me(runner));
    let because = ("Because they", &reason as Read<'_>);
    let lots = [
        section(view, ("only", "Nobody else can run"), &only, &[because]),
        section(view, ("lasting", "Nobody else who stays can run"), &lasting, &[because, ("Who else", &going)]),
        section(view, ("runs", "Others can run too"), &shared, &[because, ("Who else", &staying)]),
    ];
    lots.into_iter().flatten().collect()
}

/// What nobody outside a team can run, and what nobody can there who stays; not what is shared.
pub(super) fn lots_of_team<'a>(view: &View<'a>, team: &Entity<Team>) -> Lots<'a> {
    let id = team.id.as_str();
    let members = members(view, team);
    let knowledge = view.analysis.knowledge();
    let is_member = |runner: &Runner<'_>| members.contains(runner.person);
    let mut lots = Lots::default();
    // Several members may run the same.
    let ours: BTreeMap<_, _> = members
        .iter()
        .copied()
        .chain([id])
        .flat_map(|party| knowledge.run_by(party))
        .map(|entity| ((entity.kind(), entity.id()), entity))
        .collect();
    for entity in ours.into_values() {
        let runners = knowledge.of(entity.address().as_str());
        if runners.unlisted.iter().any(|team| *team != id) {
            continue;
        }
        if runners.people.iter().all(is_member) {
            lots.only.push(entity);
        } else if runners.staying().all(is_member) {
            lots.lasting.push(entity);
        }
    }
    lots
}

fn members<'t>(view: &'t View<'_>, team: &'t Entity<Team>) -> BTreeSet<&'t str> {
    view.stack.members(team).map(|person| person.id.as_str()).collect()
}

/// What nobody outside a team can run, and what nobody can there who stays.
pub(super) fn of_team(view: &View<'_>, team: &Entity<Team>) -> Vec<Section> {
    let members = members(view, team);
    let is_member = |runner: &Runner<'_>| members.contains(runner.person);
    let Lots { only, lasting, .. } = lots_of_team(view, team);
    let inside = |runners: &Runners<'_>| known(view, runners, &is_member);
    let outside = |runners: &Runners<'_>| people(view, runners, &|runner| !is_member(runner));
    let who = ("Who can", &inside as Read<'_>);
    let lots = [
        section(view, ("only", "Nobody outside the team can run"), &only, &[who]),
        section(view, ("lasting", "Nobody outside the team who stays can run"), &lasting, &[who, ("Who else", &outside)]),
    ];
    lots.into_iter().flatten().collect()
}

/// How a column reads what is known of an entity.
type Read<'f> = &'f dyn Fn(&Runners<'_>) -> Cell;

/// A table of what is run, with columns that say by whom and why.
fn section(view: &View<'_>, (id, title): (&str, &str), entities: &[&dyn AnyEntity], more: &[(&str, Read<'_>)]) -> Option<Section> {
    if entities.is_empty() {
        return None;
    }
    let mut columns =
        vec![Column::new("What", ColumnKind::Head), Column::new("Kind", ColumnKind::Text), Column::new("Criticality", ColumnKind::Text)];
    columns.extend(more.iter().map(|(head, _)| Column::new(*head, ColumnKind::Text)));
    let mut sorted = entities.to_vec();
    sorted.sort_by_key(|entity| (entity.criticality(), entity.kind(), entity.id().clone()));
    let rows = sorted.into_iter().map(|entity| {
        let runners = view.analysis.knowledge().of(entity.address().as_str());
        let mut cells: Vec<Cell> = vec![
            Value::from(view.link(entity)).into(),
            Cell::from(singular(entity.kind()).as_str()),
            entity.criticality().map_or_else(facts::nothing, |criticality| criticality_word(criticality).into()),
        ];
        cells.extend(more.iter().map(|(_, read)| read(runners)));
        Row::from(cells)
    });
    let table = Table { style: TableStyle::Blocks, ..Table::plain(title, columns, rows.collect()) };
    let mut section = Section::new(id, title, vec![Block::Table(table)]);
    section.note = Some(counted(entities.len(), "thing", "things"));
    Some(section)
}

/// Those of the people who are meant, and the teams whose people are not listed.
fn known(view: &View<'_>, runners: &Runners<'_>, is_meant: &dyn Fn(&Runner<'_>) -> bool) -> Cell {
    let mut cell = people(view, runners, is_meant);
    for team in &runners.unlisted {
        cell.values.extend((!cell.values.is_empty()).then(|| Value::text(", ")));
        cell.values.push(view.link_id(Kind::Team, team));
    }
    cell
}

/// Those of the people who are meant; whoever does not stay, with when and why: `Ana (leaves on 2027-01-29)`.
fn people(view: &View<'_>, runners: &Runners<'_>, is_meant: &dyn Fn(&Runner<'_>) -> bool) -> Cell {
    let mut out = Vec::new();
    let mut meant = runners.people.iter().filter(|runner| is_meant(runner));
    for runner in meant.by_ref().take(MOST_NAMES) {
        out.extend((!out.is_empty()).then(|| Value::text(", ")));
        out.push(view.link_id(Kind::Person, runner.person));
        let why_not = view.stack.people.get(runner.person).and_then(|person| person.why_not_staying(view.project.today));
        out.extend(why_not.map(|why_not| Value::quiet(format!(" ({why_not})"))));
    }
    out.extend(meant.next().map(|_| Value::text(" and others")));
    Cell::prose(out)
}

/// Why somebody can run something: `own it`, `lead Marketing operations`.
fn why(view: &View<'_>, why: Why<'_>) -> Cell {
    match why {
        Why::Owner => Cell::from("own it"),
        Why::Backup => Cell::from("back it up"),
        Why::Lead { team } => Cell::words(vec![Value::text("lead"), view.link_id(Kind::Team, team)]),
        Why::Administrator { team } => Cell::words(vec![Value::text("administer the tool and belong to"), view.link_id(Kind::Team, team)]),
        Why::Exercised { runbook } => Cell::words(vec![Value::text("followed"), view.link_id(Kind::Runbook, runbook)]),
    }
}
