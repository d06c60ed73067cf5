//! The cheapest way out, in three times thirty days.

use super::super::{
    facts, money,
    page::{Block, Cell, Column, ColumnKind, Link, Row, RowGroup, Section, Table, TableStyle, Value},
    view::{View, counted},
};
use crate::{
    analysis::plan::{Phase, Step},
    model::trimmed,
    report::plan::{order, phrase, seat, until_then},
};

/// So many steps of a phase are shown.
const MOST: usize = 40;

pub(super) fn section(view: &View<'_>) -> Section {
    let plan = view.analysis.plan();
    if plan.steps.is_empty() {
        let text = vec![Value::text("Nothing important depends on a single person, nothing runs as one, and no tool is better ended.")];
        return Section::new("plan", "The cheapest way out", vec![Block::Text { text }]);
    }
    let mut left = plan.before;
    let mut groups = Vec::new();
    let mut number = 0;
    for phase in Phase::ALL {
        let mut rows = Vec::new();
        let (mut omitted, mut removed, mut work) = (0, 0.0, 0.0);
        for step in plan.of(phase) {
            left -= step.removes;
            number += 1;
            if rows.len() < MOST {
                rows.push(row(view, step, number, left.max(0.0)));
            } else {
                omitted += 1;
                removed += step.removes;
                work += step.action.work;
            }
        }
        if omitted > 0 {
            rows.push(Row::from(vec![
                Cell::list(vec![]),
                Value::quiet(format!("and {} more", counted(omitted, "step", "steps"))).into(),
                Cell::list(vec![]),
                Cell::from(trimmed(work).as_str()),
                Cell::from(trimmed(removed).as_str()),
                Cell::from(trimmed(left.max(0.0)).as_str()),
            ]));
        }
        let [first, last] = phase.days();
        if !rows.is_empty() {
            groups.push(RowGroup { title: Some(format!("{}, days {first}–{last}", phase.label())), ..RowGroup::from(rows) });
        }
    }
    let columns = vec![
        Column::new("Step", ColumnKind::Order),
        Column::new("What", ColumnKind::Head),
        Column::new("Who sees to it", ColumnKind::Text),
        Column::new("Hours", ColumnKind::Number),
        Column::new("Removes", ColumnKind::Number),
        Column::new("Hours at risk then", ColumnKind::Number),
    ];
    let table = Table { style: TableStyle::Blocks, groups, ..Table::plain("The cheapest way out", columns, vec![]) };
    let mut section = Section::new("plan", "The cheapest way out", vec![Block::Table(table), Block::Note { text: note() }]);
    let rebuilding = Link::here(format!("{} hours of rebuilding", trimmed(plan.before)), "assumed-rebuilding");
    section.intro = vec![Value::text(format!("{} Today ", order())), rebuilding.into(), Value::text(" are at risk.")];
    section
}

fn row(view: &View<'_>, step: &Step<'_>, number: usize, left: f64) -> Row {
    let [before, after] = phrase(view.stack, view.analysis, step);
    let what = [Value::text(before), view.link(step.action.on).into(), Value::text(after)];
    let mut what = Cell::prose(what.to_vec());
    let saves = match step.action.saves {
        Some(saves) => Some(format!("saves {} a year once its contract ends", money::amount(view, saves))),
        None => step.action.is_saving_unknown.then(|| "what it saves is not known: no contract says what it costs".to_owned()),
    };
    let said: Vec<String> = saves.into_iter().chain(until_then(step)).collect();
    if !said.is_empty() {
        what = what.with_sub(vec![Value::text(said.join("; "))]);
    }
    let gap = || Value::Gap { text: "nobody is named".to_owned(), example: Some("owner = \"…\"".to_owned()) };
    let owner = step.charge.map_or_else(
        || Cell::from(gap()),
        |charge| Cell::from(view.owner(Some(charge.owner), "owner")).with_sub(vec![Value::text(seat(charge.seat))]),
    );
    let removes = if step.removes > 0.0 { Cell::from(trimmed(step.removes).as_str()) } else { facts::nothing() };
    Row::from(vec![
        Cell::from(number.to_string().as_str()),
        what,
        owner,
        Cell::from(trimmed(step.action.work).as_str()),
        removes,
        Cell::from(trimmed(left).as_str()),
    ])
}

fn note() -> Vec<Value> {
    vec![
        Value::strong("At risk "),
        Value::text(
            "are all hours of rebuilding of what is important and nobody can run, half of them where one person can, none where two can; a fresh runbook halves that. What runs as a person adds its hours and those of the flows that stop with it. What the work takes stands among ",
        ),
        Link::here("the assumptions", "assumed-work").into(),
        Value::text("."),
    ]
}
