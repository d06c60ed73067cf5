//! The keys of a table as facts, whatever its kind: read off the shape, so that a new field shows at once.

use serde_json::Value as Json;

use super::{
    page::{Cell, Column, ColumnKind, Fact, Join, Link, Row, Table, Tone, Value},
    view::{View, label},
};
use crate::model::{AnyEntity, Date, Kind, NumberStyle, Shape, ShapeField, TextStyle};
pub(super) use crate::model::{thousands, trimmed};

/// A scalar value of a shape.
pub(super) fn value(view: &View<'_>, shape: &Shape, json: &Json) -> Vec<Value> {
    match (shape, json) {
        (Shape::Reference(words), Json::String(text)) => vec![reference(view, words, text)],
        (Shape::Text(style), Json::String(text)) => vec![styled(*style, text)],
        (Shape::Choice(_), Json::String(text)) => vec![Value::text(text.replace('-', " "))],
        (Shape::Date, Json::String(text)) => vec![text.parse().map_or_else(|_| Value::text(text), super::view::date)],
        (Shape::Number(style), Json::Number(number)) => vec![Value::text(number_text(view, *style, number.as_f64().unwrap_or_default()))],
        (Shape::List(item), Json::Array(values)) => list(values.iter().map(|json| value(view, item, json)).collect()),
        (Shape::Table(fields), Json::Object(_)) => inline(view, fields, json),
        (Shape::Map { keys, value: shape }, Json::Object(table)) => {
            let entry = |(key, json): (&String, &Json)| {
                let mut entry = vec![if keys.is_empty() { Value::text(key) } else { reference(view, keys, key) }, Value::text(" ")];
                entry.extend(value(view, shape, json));
                entry
            };
            joined(table.iter().map(entry), ", ")
        }
        (Shape::AnyOf(_), json) => match shape.branch(json) {
            Shape::AnyOf(_) => vec![Value::text(plain(json))],
            shape => value(view, shape, json),
        },
        (_, json) => vec![Value::text(plain(json))],
    }
}

fn plain(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        Json::Bool(true) => "yes".to_owned(),
        Json::Bool(false) => "no".to_owned(),
        json => json.to_string(),
    }
}

fn reference(view: &View<'_>, words: &[String], text: &str) -> Value {
    for word in words {
        match word.as_str() {
            "*" | "stage" => return view.link_address(text),
            word => {
                if let Some(kind) = Kind::from_name(word)
                    && view.stack.get(kind, text).is_some()
                {
                    return view.link_id(kind, text);
                }
            }
        }
    }
    Value::text(text.replace('-', " "))
}

fn styled(style: TextStyle, text: &str) -> Value {
    match style {
        TextStyle::Url => Link::web(text, text).map_or_else(|| Value::text(text), Value::from),
        TextStyle::Duration => Value::text(crate::model::Duration::from(text).in_words()),
        TextStyle::Path => Value::code(text),
        TextStyle::Markdown => Value::Markdown { html: super::markdown::html(text, "text") },
        TextStyle::Plain | TextStyle::Email => Value::text(text),
    }
}

/// A number with its unit: money in the stack's currency, a share in percent.
fn number_text(view: &View<'_>, style: NumberStyle, number: f64) -> String {
    match style {
        NumberStyle::Money => format!("{} {}", view.stack.company.currency(), thousands(number)),
        NumberStyle::Share => format!("{} %", trimmed(number * 100.0)),
        // ids and years are short; what is longer is an amount
        NumberStyle::Plain if number.abs() >= 10_000.0 => thousands(number),
        NumberStyle::Plain => trimmed(number),
    }
}

/// A small table on one line: `object lead; direction back`.
fn inline(view: &View<'_>, fields: &[ShapeField], json: &Json) -> Vec<Value> {
    let entries = fields.iter().filter_map(|field| Some((field, json.get(&field.name)?)));
    let entry = |(index, (field, json)): (usize, (&ShapeField, &Json))| {
        let mut entry = if index == 0 { vec![] } else { vec![Value::quiet(format!("{} ", label(&field.name).to_lowercase()))] };
        entry.extend(value(view, &field.shape, json));
        entry
    };
    joined(entries.enumerate().map(entry), " · ")
}

/// A list: on lines of their own where entries hold commas, or more than a name, else with commas between them.
fn list(entries: Vec<Vec<Value>>) -> Vec<Value> {
    const NAME: usize = 32;
    let is_long = |value: &Value| matches!(value, Value::Text { text, .. } if text.contains(',') || text.chars().count() > NAME);
    let long = entries.iter().any(|entry| entry.len() > 1 || entry.iter().any(is_long));
    let between = if long { Value::Break } else { Value::text(", ") };
    separated(entries.into_iter(), &between)
}

/// Puts a text between groups of values.
fn joined(groups: impl Iterator<Item = Vec<Value>>, between: &str) -> Vec<Value> {
    separated(groups, &Value::text(between))
}

/// Puts a value between groups of values.
fn separated(groups: impl Iterator<Item = Vec<Value>>, between: &Value) -> Vec<Value> {
    let mut out = Vec::new();
    for group in groups {
        if !out.is_empty() {
            out.push(between.clone());
        }
        out.extend(group);
    }
    out
}

/// The cell of a key.
pub(super) fn cell(view: &View<'_>, shape: &Shape, json: &Json) -> Cell {
    let values = value(view, shape, json);
    let sort = match json {
        Json::Number(number) => Some(number.to_string()),
        Json::String(text) if *shape == Shape::Date => Some(text.clone()),
        _ => None,
    };
    Cell { values: merged(values), join: Join::None, sub: vec![], sort }
}

/// The same cell for a table, where days are written short so that they stay on one line.
pub(super) fn short(mut cell: Cell) -> Cell {
    for value in &mut cell.values {
        if let Value::Date { text, iso } = value
            && let Ok(day) = iso.parse::<Date>()
        {
            *text = day.in_short();
        }
    }
    cell
}

/// Joins neighbouring plain texts, so that pages carry fewer elements.
fn merged(values: Vec<Value>) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::with_capacity(values.len());
    for value in values {
        if let (Some(Value::Text { text: before, tone: Tone::Plain }), Value::Text { text, tone: Tone::Plain }) = (out.last_mut(), &value) {
            before.push_str(text);
        } else {
            out.push(value);
        }
    }
    out
}

/// Whether a key is shown in a section of its own: nested tables, lists of tables, free tables.
pub(super) fn is_section(shape: &Shape) -> bool {
    match shape {
        Shape::Table(_) | Shape::Map { .. } => true,
        Shape::List(item) => matches!(**item, Shape::Table(_)),
        _ => false,
    }
}

/// The facts of a table: what it says, and the gaps among the keys that matter.
pub(super) fn facts(view: &View<'_>, entity: &dyn AnyEntity, json: &Json, shown_elsewhere: &[&str], expected: &[&str]) -> Vec<Fact> {
    let shape = Shape::of(entity.kind());
    let fields = shape.fields().iter().filter(|field| !shown_elsewhere.contains(&field.name.as_str()));
    let mut facts = Vec::new();
    for field in fields {
        let found = json.get(&field.name).filter(|_| !is_section(&field.shape));
        let gap = expected.contains(&field.name.as_str()) && json.get(&field.name).is_none();
        let (cell, source) = match found {
            Some(json) => (
                of_entity(view, entity, &field.name).unwrap_or_else(|| aged(view, cell(view, &field.shape, json))),
                Some(view.source_of(entity, Some(&field.name))),
            ),
            None if gap => (Cell::from(Value::gap(example(field))), None),
            None => continue,
        };
        // A default that nobody wrote has no line.
        let source = source.filter(|_| is_written(view, entity, &field.name));
        facts.push(Fact { label: label(&field.name), help: None, cell, source });
    }
    facts
}

/// The cell of a key that only the rest of its entity explains: how data travels, and a cost in another currency.
pub(super) fn of_entity(view: &View<'_>, entity: &dyn AnyEntity, key: &str) -> Option<Cell> {
    let id = entity.id().as_str();
    match (entity.kind(), key) {
        (Kind::Integration, "method") => Some(Cell::from(super::drawn::method(view.stack.integrations.get(id)?).as_str())),
        (Kind::Contract, "annual-cost") => {
            let contract = view.stack.contracts.get(id)?;
            let currency = contract.currency.as_ref().filter(|currency| currency.as_str() != view.stack.company.currency())?;
            let cost = contract.annual_cost?.0;
            let rate = view.stack.company.rate(currency.as_str());
            let own = super::money::in_currency(view, cost, currency.as_str());
            let converted = rate.map(|rate| Value::text(super::money::amount(view, cost * rate)));
            let cell = Cell::from(own.as_str()).with_sub(converted.into_iter().collect());
            Some(super::money::keyed(view, cell, cost * rate.unwrap_or(1.0)))
        }
        _ => None,
    }
}

/// Sets what is meant letter by letter under some keys as code.
pub(super) fn as_code(facts: &mut [Fact], keys: &[&str]) {
    let labels: Vec<String> = keys.iter().map(|key| label(key)).collect();
    for fact in facts.iter_mut().filter(|fact| labels.contains(&fact.label)) {
        for value in &mut fact.cell.values {
            if let Value::Text { text, .. } = value {
                *value = Value::code(&*text);
            }
        }
    }
}

/// A day among the facts, with how far away it is.
fn aged(view: &View<'_>, mut cell: Cell) -> Cell {
    if let [Value::Date { iso, .. }] = cell.values.as_slice()
        && let Ok(day) = iso.parse::<Date>()
    {
        cell.sub = vec![Value::text(day.away_from(view.project.today))];
    }
    cell
}

/// Whether a key stands in the file, and is not just a default.
fn is_written(view: &View<'_>, entity: &dyn AnyEntity, key: &str) -> bool {
    let header = view.project.sources.key_span(entity.file(), &entity.pointer());
    view.project.sources.key_span(entity.file(), &format!("{}/{key}", entity.pointer())) != header
}

/// What to write for a key that is absent.
fn example(field: &ShapeField) -> String {
    let value = match &field.shape {
        Shape::Number(_) => "0",
        Shape::Boolean => "true",
        Shape::Date => "2027-01-31",
        Shape::List(_) => "[…]",
        Shape::Table(_) | Shape::Map { .. } => "{ … }",
        _ => "\"…\"",
    };
    format!("{} = {value}", field.name)
}

/// A list of tables as one table, with the columns that any of them fills.
pub(super) fn table(
    view: &View<'_>,
    name: &str,
    fields: &[ShapeField],
    rows: &[Json],
    anchor: impl Fn(usize, &Json) -> Option<String>,
) -> Table {
    let used: Vec<&ShapeField> = fields.iter().filter(|field| rows.iter().any(|row| row.get(&field.name).is_some())).collect();
    let mut columns: Vec<Column> = used.iter().map(|field| Column::new(label(&field.name), column(&field.shape))).collect();
    if let Some(first) = columns.first_mut() {
        first.kind = ColumnKind::Head;
    }
    let row = |(index, json): (usize, &Json)| {
        let cells = used.iter().map(|field| json.get(&field.name).map_or_else(nothing, |json| short(cell(view, &field.shape, json))));
        Row { id: anchor(index, json), ..Row::from(cells.collect::<Vec<_>>()) }
    };
    Table::plain(name, columns, rows.iter().enumerate().map(row).collect())
}

/// How a column of values of a shape is aligned.
pub(super) fn column(shape: &Shape) -> ColumnKind {
    match shape {
        Shape::Number(_) | Shape::Date => ColumnKind::Number,
        _ => ColumnKind::Text,
    }
}

/// A cell that rightly holds nothing.
pub(super) fn nothing() -> Cell {
    Value::Nothing { word: "nothing".to_owned() }.into()
}
