//! `charter.html`: what marketing operations is there for.

mod areas;
mod people;

use serde_json::Value as Json;

use super::{
    Page, facts, frame,
    page::{Cell, Empty, EntityPage, Fact, KindPage, Section, Value},
    view::{View, label},
};
use crate::model::Shape;

/// The page of the charter, which has none where there is no charter but the way to add one.
pub(super) fn page(view: &View<'_>) -> Page {
    let shell = frame::overview("charter.html", "Charter");
    let Some(charter) = &view.stack.charter else {
        let data = KindPage {
            title: "Charter".to_owned(),
            lead: vec![Value::Gap { text: "What marketing operations is there for is not documented.".to_owned(), example: None }],
            table: None,
            empty: Some(Empty {
                text: vec![Value::text("A charter says who answers for technology, process, data and reporting, and what is out of scope.")],
                snippet: Some("[charter]\nowner = \"…\"\nmandate = \"…\"\nareas = { technology = \"…\", process = \"…\", data = \"…\", reporting = \"…\" }".to_owned()),
            }),
            sections: sections(view),
        };
        return Page::new("kind.html", shell, &data);
    };
    let shape = Shape::of_singleton("charter");
    let mut json = crate::model::json(&charter.body);
    view.disclosed.conceal(&shape, &mut json);
    let source = |key: &str| view.source(view.project.sources.key_span(charter.file, &format!("/charter/{key}")), Some(charter.file));
    let mut facts = Vec::new();
    for field in shape.fields() {
        let Some(value) = json.get(&field.name).filter(|_| field.name != "mandate") else { continue };
        match (&field.shape, value) {
            (Shape::Table(inner), value) => facts.extend(inner.iter().filter_map(|of| {
                let cell = facts::cell(view, &of.shape, value.get(&of.name)?);
                Some(Fact { label: label(&of.name), help: None, cell, source: Some(source(&format!("{}/{}", field.name, of.name))) })
            })),
            (shape, value) => {
                facts.push(Fact {
                    label: label(&field.name),
                    help: None,
                    cell: facts::cell(view, shape, value),
                    source: Some(source(&field.name)),
                });
            }
        }
    }
    let span = view.project.sources.span(charter.file, "/charter");
    let data = EntityPage {
        figures: vec![],
        name: "Charter".to_owned(),
        lead: vec![Value::text("What marketing operations is there for, and who answers for what.")],
        meta: vec![Cell::words(vec![Value::text("Source"), Value::Source(view.source(span, None))])],
        body: json.get("mandate").and_then(Json::as_str).map(|text| super::markdown::body(text, "the mandate")),
        facts,
        sections: sections(view),
    };
    Page::new("entity.html", shell, &data)
}

/// Who owns what of each area, and how many do this work: told with a charter and without.
fn sections(view: &View<'_>) -> Vec<Section> {
    areas::section(view).into_iter().chain([people::section(view)]).collect()
}
