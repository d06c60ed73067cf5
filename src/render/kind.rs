//! The table of a kind: all its entities, or some of them on another page.

use serde_json::Value as Json;

use super::{
    Page,
    entity::{criticality_word, state},
    facts, frame,
    page::{Cell, Column, ColumnKind, Empty, KindPage, Link, Row, RowState, Table, TableStyle, Value},
    view::{View, counted, label, plural},
};
use crate::model::{AnyEntity, Criticality, Kind, Shape};

/// A table from this many rows on has a filter.
const FILTER_FROM: usize = 10;

/// A table with more rows than this has only the columns that lists are searched by: what the rest says stands on the page of
/// each entity, and in the data.
const MOST_WHOLE: usize = 400;
/// Those columns.
const SEARCHED_BY: [&str; 9] = ["title", "category", "kind", "method", "vendor", "tool", "status", "criticality", "owner"];

/// The columns of a kind after its name, by key.
fn columns(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Unit => &["lead", "parent", "acquired"],
        Kind::Person => &["title", "teams", "manager", "employment", "status", "until"],
        Kind::Team => &["function", "lead", "channel"],
        Kind::Tool => &["category", "status", "criticality", "owner", "backup"],
        Kind::Contract => &["vendor", "annual-cost", "renewal", "notice-days", "owner"],
        Kind::Object => &["aliases", "identity", "owner"],
        Kind::Integration => &["method", "objects", "schedule", "status", "criticality", "owner", "backup", "verified"],
        Kind::Flow => &["status", "criticality", "owner", "backup", "monthly-volume", "monthly-pipeline"],
        Kind::Automation => &["tool", "trigger", "status", "criticality", "owner", "tested"],
        Kind::Lifecycle => &["object", "tool", "owner"],
        Kind::Routing => &["object", "tool", "status", "owner", "backup", "audited"],
        Kind::Scoring => &["tool", "threshold", "status", "owner", "backup", "calibrated"],
        Kind::Runbook => &["kind", "owner", "covers", "reviewed"],
        Kind::Routine => &["kind", "cadence", "owner", "backup", "hours"],
        Kind::Checklist => &["kind", "owner", "approver"],
        Kind::Convention => &["kind", "pattern", "enforced-by", "owner"],
        Kind::Audience => &["kind", "tool", "feeds", "owner"],
        Kind::Metric => &["kind", "measures", "cadence", "sources", "owner"],
        Kind::Report => &["audience", "metrics", "cadence", "owner"],
        Kind::Attribution => &["model", "tool", "owner"],
    }
}

/// What a kind is, in a sentence for somebody new.
fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Unit => "Business units and acquired companies.",
        Kind::Person => "The people who own, back up, administer or receive something.",
        Kind::Team => "The teams that people belong to and records go to.",
        Kind::Tool => "The products and services that the stack consists of.",
        Kind::Contract => "What the tools cost, and when that is decided again.",
        Kind::Object => "What a record means here.",
        Kind::Integration => "The connections between tools: what travels, how, and who answers for it.",
        Kind::Flow => "Journeys of data for a business purpose, hop by hop.",
        Kind::Automation => "What happens by itself inside the tools.",
        Kind::Lifecycle => "The stages through which a record becomes a customer.",
        Kind::Routing => "The rules that say who gets a record.",
        Kind::Scoring => "How much a record counts, and from when it is promoted.",
        Kind::Runbook => "How things are done, step by step.",
        Kind::Routine => "What is done again and again.",
        Kind::Checklist => "What is ticked off before something goes out.",
        Kind::Convention => "Standards for tracking and naming.",
        Kind::Audience => "Lists that decide who is contacted or let through.",
        Kind::Metric => "Numbers, each defined once.",
        Kind::Report => "Numbers that are read together.",
        Kind::Attribution => "How revenue is attributed to touches.",
    }
}

/// The page with all entities of a kind.
pub(super) fn page(view: &View<'_>, kind: Kind) -> Page {
    let entities: Vec<&dyn AnyEntity> = view.stack.of(kind).collect();
    let live = entities.iter().filter(|entity| entity.is_live()).count();
    let mut lead = vec![Value::text(about(kind))];
    if !entities.is_empty() {
        let past = entities.len() - live;
        let rest = if past > 0 { format!(", {past} of them planned or retired") } else { String::new() };
        lead.push(Value::text(format!(" {} in this stack{rest}.", counted(entities.len(), "is described", "are described"))));
        if entities.len() > MOST_WHOLE {
            let data = Link::site(format!("{}.csv", kind.folder()), format!("data/{}.csv", kind.folder()));
            lead.extend([
                Value::text(" With so many, this is what they are searched by; each page and "),
                data.into(),
                Value::text(" say all."),
            ]);
        }
    }
    let data = KindPage {
        title: plural(kind),
        lead,
        table: (!entities.is_empty()).then(|| {
            let mut table = table(view, kind, &plural(kind), &entities);
            table.sortable = true;
            table.filter = (entities.len() >= FILTER_FROM).then(|| "filter".to_owned());
            table
        }),
        empty: entities.is_empty().then(|| empty(kind)),
        sections: vec![],
    };
    Page::new("kind.html", frame::kind(kind), &data)
}

/// A table of entities of a kind.
pub(super) fn table(view: &View<'_>, kind: Kind, name: &str, entities: &[&dyn AnyEntity]) -> Table {
    table_without(view, kind, name, entities, "")
}

/// A table of entities of a kind without the column that would say the same in every row.
pub(super) fn table_without(view: &View<'_>, kind: Kind, name: &str, entities: &[&dyn AnyEntity], same: &str) -> Table {
    let fields = Shape::of(kind).fields();
    let tables: Vec<Json> = entities.iter().map(|entity| view.table(*entity)).collect();
    let field = |key: &&&str| fields.iter().find(|field| field.name == ***key);
    // A column that nobody fills says nothing; owners and what carries a gap stay.
    let used: Vec<_> = columns(kind)
        .iter()
        .filter(|key| **key != same && (entities.len() <= MOST_WHOLE || SEARCHED_BY.contains(key)))
        .filter(|key| matches!(**key, "owner" | "criticality") || tables.iter().any(|table| table.get(**key).is_some()))
        .filter_map(|key| field(&key))
        .collect();
    let mut heads = vec![Column::new(super::view::singular(kind), ColumnKind::Head)];
    heads.extend(used.iter().map(|field| Column::new(label(&field.name), facts::column(&field.shape))));
    let rows = entities.iter().zip(&tables).map(|(entity, json)| {
        let mut cells: Vec<Cell> = vec![Value::from(view.link(*entity)).into()];
        cells.extend(used.iter().map(|field| cell(view, *entity, &field.name, &field.shape, json)));
        Row { state: if entity.is_live() { RowState::Normal } else { RowState::Past }, ..Row::from(cells) }
    });
    Table { style: TableStyle::Blocks, ..Table::plain(name, heads, rows.collect()) }
}

fn cell(view: &View<'_>, entity: &dyn AnyEntity, key: &str, shape: &Shape, json: &Json) -> Cell {
    match (key, json.get(key)) {
        ("criticality", _) => entity.criticality().map_or_else(facts::nothing, |criticality| {
            let rank = match criticality {
                Criticality::Critical => "0",
                Criticality::High => "1",
                Criticality::Medium => "2",
                Criticality::Low => "3",
            };
            Cell::from(criticality_word(criticality)).sorted_by(rank)
        }),
        ("status", Some(Json::String(status))) => state(status).into(),
        ("owner", None) if entity.is_live() => Value::Gap { text: "none".to_owned(), example: None }.into(),
        ("objects", Some(Json::Array(carried))) => {
            // A table names what travels; the page of the integration says how.
            let names = carried.iter().filter_map(|one| one.as_str().or_else(|| one.get("object")?.as_str()));
            Cell::list(names.map(|object| view.link_id(Kind::Object, object)).collect())
        }
        (_, Some(value)) => facts::of_entity(view, entity, key).unwrap_or_else(|| facts::short(facts::cell(view, shape, value))),
        (_, None) => facts::nothing(),
    }
}

/// How to add the first entity of a kind.
fn empty(kind: Kind) -> Empty {
    let required = Shape::of(kind).fields().iter().filter(|field| field.required);
    let lines: Vec<String> = required.map(|field| format!("{} = {}", field.name, placeholder(&field.shape))).collect();
    Empty {
        text: vec![Value::text("None is documented. To add one, write in any file of the stack:")],
        snippet: Some(format!("[{}.ID]\n{}", kind.name(), lines.join("\n"))),
    }
}

fn placeholder(shape: &Shape) -> String {
    match shape {
        Shape::Choice(choices) => format!("\"{}\"", choices.first().map_or("", |(choice, _)| choice)),
        Shape::Number(_) => "0".to_owned(),
        Shape::List(_) => "[…]".to_owned(),
        _ => "\"…\"".to_owned(),
    }
}
