//! `data/`: the stack and its findings for other programs, and a table for a spreadsheet per kind.

use serde_json::{Map, Value as Json, json};

use super::{Error, File, view::View};
use crate::{
    export::ropa,
    model::{Kind, Shape},
    report::finding::{self, Format},
    text::csv::cell,
};

/// Entities and findings are the entries of the entries of a document.
const BY_ENTRY: usize = 2;

/// Every data file of the site.
pub(super) fn files(view: &View<'_>) -> Result<Vec<File>, Error> {
    let mut files = vec![stack(view)?, findings(view)?, record(view)?];
    for kind in Kind::ALL {
        files.push(table(view, *kind)?);
    }
    Ok(files)
}

/// The whole stack: `linchpin/stack/1`, kinds and ids as keys, keys of tables in snake case.
fn stack(view: &View<'_>) -> Result<File, Error> {
    let mut document = Map::new();
    document.insert("schema".into(), "linchpin/stack/1".into());
    document.insert("today".into(), view.project.today.to_string().into());
    let mut company = crate::model::json(&view.stack.company.body);
    let shape = Shape::of_singleton("stack");
    view.disclosed.conceal(&shape, &mut company);
    document.insert("stack".into(), snake(&shape, &company));
    for kind in Kind::ALL {
        let tables = view.stack.of(*kind).map(|entity| (entity.id().to_string(), snake(Shape::of(*kind), &view.table(entity))));
        document.insert(kind.folder().into(), Json::Object(tables.collect()));
    }
    file("data/stack.json", &Json::Object(document))
}

/// Writes the keys of tables in snake case; free keys, such as the names of fields, stay as they are.
fn snake(shape: &Shape, value: &Json) -> Json {
    match (shape, value) {
        (Shape::Table(fields), Json::Object(table)) => {
            let entry = |(key, value): (&String, &Json)| {
                let field = fields.iter().find(|field| field.name == *key);
                (key.replace('-', "_"), field.map_or_else(|| value.clone(), |field| snake(&field.shape, value)))
            };
            Json::Object(table.iter().map(entry).collect())
        }
        (Shape::Map { value: shape, .. }, Json::Object(table)) => {
            Json::Object(table.iter().map(|(key, value)| (key.clone(), snake(shape, value))).collect())
        }
        (Shape::List(item), Json::Array(values)) => Json::Array(values.iter().map(|value| snake(item, value)).collect()),
        (Shape::AnyOf(_), value) => match shape.branch(value) {
            Shape::AnyOf(_) => value.clone(),
            branch => snake(branch, value),
        },
        (_, value) => value.clone(),
    }
}

/// The record of processing activities.
fn record(view: &View<'_>) -> Result<File, Error> {
    let mut content = Vec::new();
    ropa::write(ropa::Format::Csv, view.analysis, &mut content).map_err(|error| Error::Data(error.to_string()))?;
    Ok(File { path: "data/ropa.csv".to_owned(), content })
}

/// The report of `check --format json`.
fn findings(view: &View<'_>) -> Result<File, Error> {
    let mut content = Vec::new();
    finding::write(Format::Json, view.project, &mut content).map_err(|error| Error::Data(error.to_string()))?;
    // The version of the program would make the same stack give other bytes.
    let mut document: Json = serde_json::from_slice(&content).map_err(|error| Error::Data(error.to_string()))?;
    if let Some(document) = document.as_object_mut() {
        document.insert("tool".into(), json!({ "name": env!("CARGO_PKG_NAME") }));
    }
    view.disclosed.conceal_texts(&mut document);
    file("data/findings.json", &document)
}

/// A document that may be looked at in a terminal, a line for each of its entities or findings.
fn file(path: &str, document: &Json) -> Result<File, Error> {
    let mut content = Vec::new();
    crate::text::json::write_by_line(document, BY_ENTRY, &mut content).map_err(|error| Error::Data(error.to_string()))?;
    Ok(File { path: path.to_owned(), content })
}

/// The entities of a kind, a row each; lists are joined, nested tables are JSON.
fn table(view: &View<'_>, kind: Kind) -> Result<File, Error> {
    let failed = |error: csv::Error| Error::Data(error.to_string());
    let fields = Shape::of(kind).fields();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heads = std::iter::once("id").chain(fields.iter().map(|field| field.name.as_str()));
    writer.write_record(heads).map_err(failed)?;
    for entity in view.stack.of(kind) {
        let json = view.table(entity);
        let row = fields.iter().map(|field| json.get(&field.name).map(text).unwrap_or_default());
        writer.write_record(std::iter::once(entity.id().to_string()).chain(row)).map_err(failed)?;
    }
    let content = writer.into_inner().map_err(|error| Error::Data(error.to_string()))?;
    Ok(File { path: format!("data/{}.csv", kind.folder()), content })
}

/// The content of a cell: numbers as they are, everything else so that no spreadsheet computes it.
fn text(value: &Json) -> String {
    match value {
        Json::Number(number) => number.to_string(),
        value => cell(&plain(value)).into_owned(),
    }
}

fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(plain).collect::<Vec<_>>().join("; ")
        }
        value => value.to_string(),
    }
}
