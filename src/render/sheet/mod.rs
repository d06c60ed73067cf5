//! `process/ID.html`: the lead-management process of a lifecycle as a document of two sheets, to print and pin to the wall.

use std::cmp::Reverse;

mod contacts;
mod logic;

use super::{
    Page, facts, frame, lifecycle,
    page::{Block, Cell, Column, ColumnKind, Join, Link, ProcessPage, Prose, Row, Section, Table, Value, sentence},
    states,
    view::{View, counted, date},
};
use crate::model::{Entity, Kind, Lifecycle, Recycle, Ref, Routing, Scoring};

/// The page of a lifecycle's process, counted from the root.
pub(super) fn url(id: &str) -> String {
    format!("process/{id}.html")
}

/// Every lifecycle that has stages, the one that most people mean first: of leads, of the whole company, the longest.
fn documented<'v>(view: &View<'v>) -> Vec<&'v Entity<Lifecycle>> {
    let mut all: Vec<_> = view.stack.lifecycles.values().filter(|lifecycle| !lifecycle.stage.is_empty()).collect();
    all.sort_by_key(|lifecycle| {
        let unit = lifecycle.about.unit.as_ref().and_then(|unit| view.stack.units.get(unit.as_str()));
        let is_part = unit.is_some_and(|unit| unit.parent.is_some());
        let is_of_leads = lifecycle.object.as_ref().is_none_or(|object| object.as_str() == "lead");
        (!is_of_leads, is_part, unit.is_some(), Reverse(lifecycle.stage.len()), lifecycle.id.clone())
    });
    all
}

/// The lifecycle whose process the navigation leads to.
pub(super) fn first<'v>(view: &View<'v>) -> Option<&'v Entity<Lifecycle>> {
    documented(view).first().copied()
}

/// The process of every lifecycle that has stages.
pub(super) fn pages(view: &View<'_>) -> Vec<Page> {
    let all = documented(view);
    all.iter().map(|lifecycle| page(view, lifecycle, &all)).collect()
}

fn page(view: &View<'_>, lifecycle: &Entity<Lifecycle>, all: &[&Entity<Lifecycle>]) -> Page {
    let id = lifecycle.id.as_str();
    let name = lifecycle.about.name.as_str();
    let object = object(view, lifecycle);
    let others = all.iter().filter(|other| other.id != lifecycle.id);
    let base = format!("../{}", super::view::url(Kind::Lifecycle, id));
    let picture = states::picture(view, lifecycle, &base).map(Block::Diagram);
    let first = vec![
        Section::new("stages", "Stages", picture.into_iter().collect()),
        Section::new("handoffs", "Handoffs", vec![lifecycle::handoffs(view, lifecycle)]),
    ];
    let second = vec![
        Section::new("criteria", "What must be true", vec![Block::Table(criteria(lifecycle))]),
        Section::new("routing", format!("Who gets a {}", object.to_lowercase()), logic::routings(view, lifecycle)),
        Section::new("scoring", "When points promote it", logic::scorings(view, lifecycle)),
        Section::new("ask", "Who to ask", vec![Block::Table(contacts::table(view, lifecycle))]),
    ];
    let data = ProcessPage {
        title: format!("{object} process: {name}"),
        lead: lead(lifecycle),
        meta: meta(view, lifecycle),
        others: others.map(|other| Link::site(other.about.name.to_string(), url(other.id.as_str()))).collect(),
        sheets: vec![first, second],
    };
    let first = all.first().map_or(id, |first| first.id.as_str());
    Page::new("process.html", frame::process(id, name, first), &data)
}

/// What goes through the stages.
fn object(view: &View<'_>, lifecycle: &Lifecycle) -> String {
    let id = lifecycle.object.as_ref().map_or("lead", Ref::as_str);
    let name = view.stack.objects.get(id).map_or_else(|| id.replace('-', " "), |object| object.about.name.to_string());
    super::view::capital(&name)
}

/// The first paragraph of the description, or else what there is to see.
fn lead(lifecycle: &Entity<Lifecycle>) -> Prose {
    let described = lifecycle.about.description.as_ref().and_then(|text| super::markdown::paragraph(text.as_str()));
    if let Some(words) = described {
        return sentence(&words);
    }
    let handoffs = lifecycle.stage.iter().filter(|stage| stage.handoff.is_some()).count();
    let stages = counted(lifecycle.stage.len(), "stage", "stages");
    vec![Value::text(format!("{stages}, {}.", counted(handoffs, "handoff", "handoffs")))]
}

fn meta(view: &View<'_>, lifecycle: &Entity<Lifecycle>) -> Vec<Cell> {
    let mut meta = Vec::new();
    if let Some(unit) = &lifecycle.about.unit {
        meta.push(view.link_id(Kind::Unit, unit.as_str()).into());
    }
    if let Some(tool) = &lifecycle.tool {
        meta.push(Cell::words(vec![Value::text("Stages are kept in"), view.link_id(Kind::Tool, tool.as_str())]));
    }
    meta.push(Cell::words(vec![Value::text("Owner"), view.owner(lifecycle.owner.as_ref(), "owner")]));
    meta.push(match lifecycle.about.reviewed {
        Some(day) => Cell::words(vec![Value::text("Confirmed"), date(day)]),
        None => Value::Gap { text: "never confirmed".to_owned(), example: Some("reviewed = …".to_owned()) }.into(),
    });
    meta
}

/// What must be true to enter and to leave each stage, and when a record goes back.
fn criteria(lifecycle: &Lifecycle) -> Table {
    let columns = vec![
        Column::new("Stage", ColumnKind::Head),
        Column::new("To enter", ColumnKind::Text),
        Column::new("To leave", ColumnKind::Text),
        Column::new("Goes back", ColumnKind::Text),
    ];
    let rows = lifecycle.stage.iter().enumerate().map(|(index, stage)| {
        Row::from(vec![
            Cell::from(stage.name.as_str()),
            lifecycle::criteria(&stage.entry, "entry", index > 0 && !stage.has_entry()),
            lifecycle::criteria(&stage.exit, "exit", !stage.terminal && !stage.has_exit()),
            stage.recycle.as_ref().map_or_else(facts::nothing, |recycle| recycling(lifecycle, recycle)),
        ])
    });
    Table::plain("What must be true to enter and to leave a stage, and when a record goes back", columns, rows.collect())
}

/// Where a record goes back to, after how long, and when.
fn recycling(lifecycle: &Lifecycle, recycle: &Recycle) -> Cell {
    let after = recycle.after.as_ref().map_or_else(String::new, |after| format!(" after {}", after.in_words()));
    let to = Value::text(format!("to {}{after}", lifecycle.name_of(recycle.to.as_str())));
    let when = lifecycle::criteria(&recycle.when, "when", true);
    Cell { join: Join::Lines, ..Cell::list([to].into_iter().chain(when.values).collect()) }
}

/// The routings that act in a lifecycle.
fn its_routings<'v>(view: &View<'v>, lifecycle: &Entity<Lifecycle>) -> Vec<&'v Entity<Routing>> {
    let all = view.analysis.stages().of_lifecycle(view.stack, lifecycle, Kind::Routing);
    all.into_iter().filter_map(|entity| view.stack.routings.get(entity.id().as_str())).collect()
}

/// The scorings that act in a lifecycle.
fn its_scorings<'v>(view: &View<'v>, lifecycle: &Entity<Lifecycle>) -> Vec<&'v Entity<Scoring>> {
    let all = view.analysis.stages().of_lifecycle(view.stack, lifecycle, Kind::Scoring);
    all.into_iter().filter_map(|entity| view.stack.scorings.get(entity.id().as_str())).collect()
}
