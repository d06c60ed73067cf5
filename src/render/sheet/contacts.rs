//! Who answers questions about a lifecycle, who steps in, and when it was last confirmed.

use super::{its_routings, its_scorings};
use crate::{
    model::{AnyEntity, Date, Email, Entity, Kind, Lifecycle, Owner},
    render::{
        facts,
        page::{Cell, Column, ColumnKind, Row, Table, Value},
        view::{View, date},
    },
};

/// Something that one may ask about.
struct Subject<'a> {
    about: String,
    owner: Option<&'a Owner>,
    backup: Option<&'a Owner>,
    /// Whether the format has a place for a backup.
    takes_backup: bool,
    confirmed: Cell,
}

/// Whom to ask about what.
pub(super) fn table(view: &View<'_>, lifecycle: &Entity<Lifecycle>) -> Table {
    let columns = vec![
        Column::new("About", ColumnKind::Head),
        Column::new("Ask", ColumnKind::Text),
        Column::new("If away", ColumnKind::Text),
        Column::new("Where", ColumnKind::Text),
        Column::new("Last confirmed", ColumnKind::Number),
    ];
    let stages = Subject {
        about: "Stages and definitions".to_owned(),
        owner: lifecycle.owner.as_ref(),
        backup: None,
        takes_backup: false,
        confirmed: confirmed(lifecycle.about.reviewed),
    };
    let run = |entity: &'_ dyn AnyEntity, day: Option<Date>| {
        let subject = Subject {
            about: view.stack.name(entity).into_owned(),
            owner: entity.owner(),
            backup: entity.backup(),
            takes_backup: true,
            confirmed: confirmed(day),
        };
        row(view, subject)
    };
    let mut rows = vec![row(view, stages)];
    rows.extend(its_routings(view, lifecycle).into_iter().map(|routing| run(routing, routing.audited)));
    rows.extend(its_scorings(view, lifecycle).into_iter().map(|scoring| run(scoring, scoring.calibrated)));
    rows.extend(records(lifecycle).into_iter().map(|subject| row(view, subject)));
    Table::plain("Who to ask", columns, rows)
}

/// The owners of stages, each with the stages that they answer for, in the order of the stages.
fn records(lifecycle: &Lifecycle) -> Vec<Subject<'_>> {
    let mut owners: Vec<(&Owner, Vec<&str>)> = Vec::new();
    for stage in &lifecycle.stage {
        let Some(owner) = &stage.owner else { continue };
        match owners.iter_mut().find(|(of, _)| *of == owner) {
            Some((_, stages)) => stages.push(stage.name.as_str()),
            None => owners.push((owner, vec![stage.name.as_str()])),
        }
    }
    let subject = |(owner, stages): (_, Vec<&str>)| Subject {
        about: format!("Records in {}", stages.join(", ")),
        owner: Some(owner),
        backup: None,
        takes_backup: false,
        confirmed: facts::nothing(),
    };
    owners.into_iter().map(subject).collect()
}

fn confirmed(day: Option<Date>) -> Cell {
    day.map_or_else(|| Value::Gap { text: "never".to_owned(), example: None }.into(), |day| facts::short(date(day).into()))
}

/// Where nobody is named as backup, the lead of a team steps in.
fn row(view: &View<'_>, subject: Subject<'_>) -> Row {
    let owner = subject.owner.map_or("", Owner::as_str);
    let team = view.stack.teams.get(owner);
    let of_person = view.stack.people.get(owner).and_then(|person| person.teams.first());
    let place = team.or_else(|| view.stack.teams.get(of_person?.as_str()));
    let channel = place.and_then(|team| team.channel.as_deref().or(team.email.as_ref().map(Email::as_str)));
    let away = match (subject.backup, team.and_then(|team| team.lead.as_ref())) {
        (Some(backup), _) => view.owner(Some(backup), "backup").into(),
        (None, Some(lead)) => view.link_id(Kind::Person, lead.as_str()).into(),
        (None, None) if subject.takes_backup => Value::gap("backup = \"…\"").into(),
        (None, None) => facts::nothing(),
    };
    Row::from(vec![
        Cell::from(subject.about.as_str()),
        view.owner(subject.owner, "owner").into(),
        away,
        channel.map_or_else(facts::nothing, Cell::from),
        subject.confirmed,
    ])
}
