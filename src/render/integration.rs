//! The page of an integration: from where to where, what crosses, which field becomes which, and what depends on it.

use serde_json::{Value as Json, json};

use super::{
    facts,
    page::{Block, Cell, Prose, Section, Table, TableStyle, Value},
    picture,
    view::{View, label},
};
use crate::model::{Direction, Entity, Integration, Kind, Ref, Shape, ShapeField, Tool};

/// Keys that these sections show.
pub(super) const SHOWN: &[&str] = &["objects", "fields"];

/// The sections that only an integration has; `json` is its table as far as it may be shown.
pub(super) fn sections(view: &View<'_>, integration: &Entity<Integration>, json: &Json) -> Vec<Section> {
    let mut sections: Vec<Section> = picture::integration(view, integration)
        .map(|diagram| Section::new("ends", "From where to where", vec![Block::Diagram(diagram)]))
        .into_iter()
        .collect();
    sections.push(objects(view, integration, json));
    sections.extend(fields(view, integration, json));
    let passing = view.ties.passing(integration.id.as_str());
    if !passing.is_empty() {
        let table = super::kind::table(view, Kind::Flow, "Flows through it", passing);
        sections.push(Section::new("flows", "Flows through it", vec![Block::Table(table)]));
    }
    sections
}

/// The records that travel, and in which direction.
fn objects(view: &View<'_>, integration: &Entity<Integration>, json: &Json) -> Section {
    let rows: Vec<Json> = json.get("objects").and_then(Json::as_array).into_iter().flatten().map(detailed).collect();
    let block = if rows.is_empty() {
        let gap = Value::Gap { text: "What crosses is not documented".to_owned(), example: Some("objects = […]".to_owned()) };
        Block::Text { text: vec![gap] }
    } else {
        let table = table(view, integration, "objects", "What crosses", &rows);
        if table.columns.len() > 1 { Block::Table(table) } else { Block::Text { text: names(table) } }
    };
    let people = super::privacy::of_integration(view, integration).map(|text| Block::Remark { text });
    Section::new("s-objects", "What crosses", [block].into_iter().chain(people).collect())
}

/// What would be a table of a single column, as a sentence.
fn names(table: Table) -> Prose {
    let cells = table.groups.into_iter().flat_map(|group| group.rows).flat_map(|row| row.cells);
    let mut names = cells.flat_map(|cell| cell.values);
    let mut out: Prose = names.next().into_iter().collect();
    for name in names {
        out.extend([Value::text(", "), name]);
    }
    out
}

/// An object that is only named is one without details.
fn detailed(object: &Json) -> Json {
    if object.is_string() { json!({ "object": object }) } else { object.clone() }
}

fn fields(view: &View<'_>, integration: &Entity<Integration>, json: &Json) -> Option<Section> {
    let rows = json.get("fields").and_then(Json::as_array).filter(|rows| !rows.is_empty())?;
    let mut table = table(view, integration, "fields", "Which field becomes which", rows);
    // The columns are the two tools.
    for (column, tool) in table.columns.iter_mut().zip([&integration.from, &integration.to]) {
        name(view, tool).clone_into(&mut column.label);
    }
    let mut section = Section::new("s-fields", "Which field becomes which", vec![Block::Table(table)]);
    section.note = Some(super::view::counted(rows.len(), "field", "fields"));
    Some(section)
}

/// A list of tables with a column for the direction in the names of the tools.
fn table(view: &View<'_>, integration: &Entity<Integration>, key: &str, title: &str, rows: &[Json]) -> Table {
    let shape = Shape::of(Kind::Integration).fields().iter().find(|field| field.name == key);
    let fields = shape.map_or(&[][..], |field| columns(&field.shape));
    let usual = if integration.direction == Direction::TwoWay { "both" } else { "forward" };
    // One way for all is said by the picture.
    let differs = integration.direction == Direction::TwoWay || rows.iter().any(|row| row.get("direction").is_some());
    let rows: Vec<Json> = rows.iter().map(|row| if differs { with_direction(row, usual) } else { row.clone() }).collect();
    let mut table = facts::table(view, title, fields, &rows, |_, _| None);
    let direction = label("direction");
    if let Some(column) = table.columns.iter().position(|column| column.label == direction) {
        let rows = table.groups.iter_mut().flat_map(|group| &mut group.rows);
        for cell in rows.filter_map(|row| row.cells.get_mut(column)) {
            *cell = way(view, integration, cell);
        }
    }
    Table { style: TableStyle::Blocks, ..table }
}

fn with_direction(row: &Json, usual: &str) -> Json {
    let mut row = row.clone();
    if let Some(table) = row.as_object_mut() {
        table.entry("direction").or_insert_with(|| usual.into());
    }
    row
}

/// The keys of the tables of a list, of which some may be written in a short form.
fn columns(shape: &Shape) -> &[ShapeField] {
    match shape {
        Shape::List(item) => columns(item),
        Shape::AnyOf(branches) => branches.iter().map(columns).find(|fields| !fields.is_empty()).unwrap_or_default(),
        shape => shape.fields(),
    }
}

fn name<'v>(view: &'v View<'_>, tool: &'v Ref<Tool>) -> &'v str {
    view.stack.tools.get(tool.as_str()).map_or(tool.as_str(), |tool| tool.about.name.as_str())
}

/// A direction, told by where it leads.
fn way(view: &View<'_>, integration: &Entity<Integration>, said: &Cell) -> Cell {
    let to = |tool| Cell::from(format!("to {}", name(view, tool)).as_str());
    match said.values.as_slice() {
        [Value::Text { text, .. }] if text == "forward" => to(&integration.to),
        [Value::Text { text, .. }] if text == "back" => to(&integration.from),
        _ => Cell::from("both ways"),
    }
}
