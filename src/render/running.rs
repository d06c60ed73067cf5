//! Who can run what, on the pages of entities, people and teams.

use super::{
    entity::criticality_word,
    facts,
    page::{Block, Cell, Column, ColumnKind, Row, Section, Table, Value},
    view::{View, counted, singular},
};
use crate::{
    analysis::{Runner, Runners, Why},
    model::{AnyEntity, Entity, Kind, Person, Team},
};

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
        Block::Table(Table { style: super::page::TableStyle::Fit, ..Table::plain("Who can run it", columns, rows) })
    };
    Some(Section::new("who", "Who can run it", vec![block]))
}

/// What a person can run, what nobody else can first.
pub(super) fn of_person(view: &View<'_>, person: &Entity<Person>) -> Vec<Section> {
    let id = person.id.as_str();
    let knowledge = view.analysis.knowledge();
    let is_only = |entity: &&dyn AnyEntity| knowledge.of(entity.address().as_str()).only() == Some(id);
    let (only, shared): (Vec<_>, Vec<_>) = knowledge.run_by(id).partition(is_only);
    let reason = |runners: &Runners<'_>| {
        let runner = runners.people.iter().find(|runner| runner.person == id);
        runner.map_or_else(facts::nothing, |runner| why(view, runner.why))
    };
    let is_me = |runner: &Runner<'_>| runner.person == id;
    let mut sections = Vec::new();
    sections.extend(section(view, ("only", "Nobody else can run"), &only, ("Because they", &reason), None));
    sections.extend(section(view, ("runs", "Can run, as others can"), &shared, ("Because they", &reason), Some(&is_me)));
    sections
}

/// What nobody outside a team can run.
pub(super) fn of_team(view: &View<'_>, team: &Entity<Team>) -> Vec<Section> {
    let id = team.id.as_str();
    let members: std::collections::BTreeSet<&str> = view.stack.members(team).map(|person| person.id.as_str()).collect();
    let knowledge = view.analysis.knowledge();
    let is_inside = |runners: &Runners<'_>| {
        let mut staying = runners.staying().peekable();
        let somebody = staying.peek().is_some() || !runners.unlisted.is_empty();
        somebody && staying.all(|runner| members.contains(runner.person)) && runners.unlisted.iter().all(|team| *team == id)
    };
    let mut inside: Vec<&dyn AnyEntity> = Vec::new();
    for kind in Kind::ALL.iter().filter(|kind| crate::analysis::can_be_run(**kind)) {
        inside.extend(view.stack.of(*kind).filter(|entity| entity.is_live() && is_inside(knowledge.of(entity.address().as_str()))));
    }
    let who = |runners: &Runners<'_>| names(view, runners, &|_| false);
    section(view, ("only", "Nobody outside the team can run"), &inside, ("Who can", &who), None).into_iter().collect()
}

/// How a column reads what is known of an entity.
type Read<'f> = &'f dyn Fn(&Runners<'_>) -> Cell;

/// A table of what is run. `except` names those who need not be named again among the others.
fn section(
    view: &View<'_>,
    (id, title): (&str, &str),
    entities: &[&dyn AnyEntity],
    (head, read): (&str, Read<'_>),
    except: Option<&dyn Fn(&Runner<'_>) -> bool>,
) -> Option<Section> {
    if entities.is_empty() {
        return None;
    }
    let mut columns = vec![
        Column::new("What", ColumnKind::Head),
        Column::new("Kind", ColumnKind::Text),
        Column::new("Criticality", ColumnKind::Text),
        Column::new(head, ColumnKind::Text),
    ];
    columns.extend(except.map(|_| Column::new("Who else", ColumnKind::Text)));
    let mut sorted = entities.to_vec();
    sorted.sort_by_key(|entity| (entity.criticality(), entity.kind(), entity.id().clone()));
    let rows = sorted.into_iter().map(|entity| {
        let runners = view.analysis.knowledge().of(entity.address().as_str());
        let mut cells: Vec<Cell> = vec![
            Value::from(view.link(entity)).into(),
            Cell::from(singular(entity.kind()).as_str()),
            entity.criticality().map_or_else(facts::nothing, |criticality| criticality_word(criticality).into()),
            read(runners),
        ];
        cells.extend(except.map(|except| names(view, runners, except)));
        Row::from(cells)
    });
    let mut section = Section::new(id, title, vec![Block::Table(Table::plain(title, columns, rows.collect()))]);
    section.note = Some(counted(entities.len(), "thing", "things"));
    Some(section)
}

/// The people and teams who can run something and stay.
fn names(view: &View<'_>, runners: &Runners<'_>, except: &dyn Fn(&Runner<'_>) -> bool) -> Cell {
    let people = runners.staying().filter(|runner| !except(runner)).map(|runner| view.link_id(Kind::Person, runner.person));
    Cell::list(people.chain(runners.unlisted.iter().map(|team| view.link_id(Kind::Team, team))).collect())
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
