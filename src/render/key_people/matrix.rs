//! People and systems: who can run what is important.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        facts,
        page::{
            Block, Cell, Column, ColumnKind, Empty, LegendItem, LegendMark, Level, Link, Role, Row, RowGroup, Section, Table, TableStyle,
            Value,
        },
        view::{View, plural},
        words::name,
    },
    person,
};
use crate::{
    analysis::{Runners, Why, exposure::Exposed},
    model::{AnyEntity, Criticality, Kind, Owner, Ref, percent},
};

/// So many people have a column: those first who can run the most.
const MOST_PEOPLE: usize = 14;
/// So many letters of a name stand in the head.
const LONGEST: usize = 22;
/// So many entities have a row: the critical ones first.
const MOST_ROWS: usize = 120;

pub(super) fn section(view: &View<'_>) -> Section {
    let exposure = view.analysis.exposure();
    let mut shown: Vec<&Exposed<'_>> = exposure.entities.iter().collect();
    shown.sort_by_key(|of| of.entity.criticality());
    shown.truncate(MOST_ROWS);
    let marks: Vec<(&Exposed<'_>, BTreeMap<&str, Mark>)> = shown.into_iter().map(|of| (of, marks(view, of.entity))).collect();
    let people = columns(&marks);
    if people.is_empty() {
        let text = vec![Value::text("Nobody is named who owns, backs up or administers anything important.")];
        let snippet = "[person.ana]\nname = \"Ana …\"\n\n[tool.…]\nowner = \"ana\"\nbackup = \"…\"";
        return Section::new("people", "People and systems", vec![Block::Empty(Empty { text, snippet: Some(snippet.to_owned()) })]);
    }
    let mut groups: BTreeMap<Kind, Vec<Row>> = BTreeMap::new();
    for (of, marks) in &marks {
        groups.entry(of.entity.kind()).or_default().push(row(view, of, marks, &people));
    }
    let groups = groups.into_iter().map(|(kind, rows)| RowGroup { title: Some(plural(kind)), ..RowGroup::from(rows) });
    let mut columns = vec![Column::new("Important", ColumnKind::Head)];
    columns.extend(people.iter().map(|id| head(view, id)));
    columns.extend([Column::new("Can run", ColumnKind::Number), Column::hidden("State", ColumnKind::Level)]);
    let table = Table {
        style: TableStyle::Matrix,
        groups: groups.collect(),
        foot: foot(view, &people),
        ..Table::plain("Who can run what is important", columns, vec![])
    };
    let mut section = Section::new("people", "People and systems", vec![Block::Table(table), Block::Legend { items: legend() }]);
    section.intro =
        vec![Value::text("Everything critical or high. Administrator rights alone are access, not knowledge, and do not count.")];
    let (all, left) = (exposure.entities.len(), exposure.entities.len().saturating_sub(marks.len()));
    if left > 0 {
        section.note = Some(format!("{} of {all}, the critical ones first", marks.len()));
    }
    section
}

/// What somebody is to an entity.
#[derive(Clone, Copy)]
struct Mark {
    role: Role,
    word: &'static str,
}

/// What each person is to an entity: first what they can run, then whom it names in vain.
fn marks<'v>(view: &'v View<'_>, entity: &'v dyn AnyEntity) -> BTreeMap<&'v str, Mark> {
    let runners = view.analysis.knowledge().of(entity.address().as_str());
    let mut marks = BTreeMap::new();
    for runner in runners.staying() {
        let (role, word) = match runner.why {
            Why::Owner => (Role::Owner, "owner"),
            Why::Backup => (Role::Backup, "backup"),
            Why::Lead { .. } => (Role::Able, "leads the team that answers for it"),
            Why::Administrator { .. } => (Role::Able, "administrator in the team that answers for it"),
            Why::Exercised { .. } => (Role::Able, "has followed its runbook"),
        };
        marks.insert(runner.person, Mark { role, word });
    }
    let known = |owner: Option<&'v Owner>| owner.map(Owner::as_str).filter(|id| view.stack.people.contains_key(*id));
    for (owner, word) in [(entity.owner(), "owner who does not stay"), (entity.backup(), "backup who does not stay")] {
        if let Some(id) = known(owner) {
            marks.entry(id).or_insert(Mark { role: Role::Gone, word });
        }
    }
    let admins = view.stack.tools.get(entity.id().as_str()).filter(|_| entity.kind() == Kind::Tool);
    for admin in admins.into_iter().flat_map(|tool| &tool.admins).map(Ref::as_str) {
        if view.stack.people.get(admin).is_some_and(|person| person.is_present(view.project.today)) {
            marks.entry(admin).or_insert(Mark { role: Role::Access, word: "access only" });
        }
    }
    marks
}

/// The people who have a column, those first who can run the most.
fn columns<'v>(marks: &[(&Exposed<'_>, BTreeMap<&'v str, Mark>)]) -> Vec<&'v str> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (id, mark) in marks.iter().flat_map(|(_, marks)| marks) {
        let (can, named) = counts.entry(id).or_default();
        *can += usize::from(matches!(mark.role, Role::Owner | Role::Backup | Role::Able));
        *named += 1;
    }
    let mut people: Vec<(&str, (usize, usize))> = counts.into_iter().collect();
    people.sort_by(|(_, a), (_, b)| b.cmp(a));
    people.truncate(MOST_PEOPLE);
    people.into_iter().map(|(id, _)| id).collect()
}

/// The head of a person's column: the first name, and the rest below.
fn head(view: &View<'_>, id: &str) -> Column {
    let name = name(view, Kind::Person, id);
    let short: String = name.chars().take(LONGEST).collect();
    let name = if short.len() < name.len() { format!("{short}…") } else { short };
    let (first, rest) = name.split_once(' ').unwrap_or((&name, ""));
    let sub = Some(rest.to_owned()).filter(|rest| !rest.is_empty());
    Column { sub, ..Column::new(first, ColumnKind::Mark) }
}

fn row(view: &View<'_>, of: &Exposed<'_>, marks: &BTreeMap<&str, Mark>, people: &[&str]) -> Row {
    let runners: &Runners<'_> = view.analysis.knowledge().of(of.entity.address().as_str());
    let only = runners.only();
    let is_critical = of.entity.criticality() == Some(Criticality::Critical);
    let mut head: Vec<Value> = vec![view.link(of.entity).into()];
    head.extend(is_critical.then(|| Value::quiet("critical")));
    let mut cells = vec![Cell::words(head)];
    cells.extend(people.iter().map(|id| {
        let Some(mark) = marks.get(id) else { return Cell::list(vec![]) };
        let alone = only == Some(*id);
        let word = if alone { format!("{}, the only person", mark.word) } else { mark.word.to_owned() };
        Value::Role { role: mark.role, word, alone }.into()
    }));
    let shown: BTreeSet<&str> = people.iter().copied().collect();
    let others = runners.staying().filter(|runner| !shown.contains(runner.person)).map(|runner| person(view, runner.person));
    let others: Vec<Value> = others.collect();
    cells.push(Cell::from(of.runners.to_string().as_str()));
    cells.push(match (of.runners, others.is_empty()) {
        (0, _) => Value::Level { level: Level::Error, word: "nobody".to_owned() }.into(),
        (1, _) => Value::Level { level: Level::Warning, word: "alone".to_owned() }.into(),
        (_, true) => Cell::list(vec![]),
        (_, false) => Cell::list(others),
    });
    Row::from(cells)
}

fn foot(view: &View<'_>, people: &[&str]) -> Vec<Row> {
    let reliances = view.analysis.reliances();
    let of = |id: &str| reliances.people.iter().find(|of| of.person.id.as_str() == id);
    let line = |name: Cell, of: &dyn Fn(&str) -> Option<String>| {
        let mut cells = vec![name];
        cells.extend(people.iter().map(|id| of(id).map_or_else(facts::nothing, |text| Cell::from(text.as_str()))));
        cells.extend([Cell::list(vec![]), Cell::list(vec![])]);
        Row::from(cells)
    };
    let can = |id: &str| {
        let count = view.analysis.knowledge().run_by(id).filter(|entity| entity.is_important()).count();
        let stays = view.stack.people.get(id).is_some_and(|person| person.is_staying(view.project.today));
        (count > 0 && stays).then(|| count.to_string())
    };
    vec![
        line(Cell::from(format!("Can run, of {}", reliances.count).as_str()), &can),
        line(Cell::from("Alone"), &|id| of(id).map(|of| of.entities.len().to_string())),
        line(Cell::from(Value::from(Link::here("Important weight held alone", "assumed-weights"))), &|id| {
            of(id).map(|of| percent(reliances.share(of)))
        }),
    ]
}

fn legend() -> Vec<LegendItem> {
    let item = |role: Role, text: &str| LegendItem { mark: LegendMark::Role { role }, text: text.to_owned() };
    vec![
        item(Role::Owner, "owner"),
        item(Role::Backup, "backup"),
        item(Role::Able, "leads the team that answers for it, administers it there, or has followed its runbook"),
        item(Role::Access, "access only, cannot run it"),
        item(Role::Gone, "named, but does not stay"),
    ]
}
