//! `glossary.html`: what the words of this company mean, from its objects, stages and metrics.

use super::{
    Page, frame,
    page::{Block, Cell, Column, ColumnKind, Link, Prose, ReportPage, Row, Section, Table, Value, sentence},
    view::{View, anchor, counted, singular, url},
};
use crate::model::{AnyEntity, Kind};
use serde_json::Value as Json;

/// Where the page is.
pub(super) const URL: &str = "glossary.html";

/// A word and what it means.
#[derive(Clone)]
struct Term {
    word: Link,
    /// What else it is called.
    also: Vec<String>,
    /// What it is: an object, a stage of a lifecycle, a metric.
    what: Prose,
    means: Prose,
}

pub(super) fn page(view: &View<'_>) -> Page {
    let mut terms = [objects(view), stages(view), metrics(view)].concat();
    terms.sort_by_cached_key(|term| (term.word.text.to_lowercase(), term.word.href.clone()));
    let count = terms.len();
    let defined = terms.iter().filter(|term| !matches!(term.means.as_slice(), [Value::Gap { .. }])).count();
    let lead = match count {
        0 => "No object, stage or metric is described yet. Each of them explains a word that colleagues use differently.".to_owned(),
        _ => format!(
            "{} of this company: its objects, the stages of its lifecycles and its metrics. {}",
            counted(count, "word", "words"),
            if defined == count { "Each has a definition.".to_owned() } else { format!("{defined} of them have a definition.") }
        ),
    };
    let columns =
        vec![Column::new("Word", ColumnKind::Head), Column::new("What it is", ColumnKind::Text), Column::new("It means", ColumnKind::Text)];
    let rows = terms.into_iter().map(row).collect();
    let mut table = Table::plain("Words and what they mean", columns, rows);
    table.filter = (count > 10).then(|| "glossary-filter".to_owned());
    let sections = if count == 0 { vec![] } else { vec![Section::new("words", "Words", vec![Block::Table(table)])] };
    let data = ReportPage { title: "Glossary".to_owned(), lead: vec![Value::text(lead)], figures: vec![], contents: false, sections };
    Page::new("report.html", frame::overview(URL, "Glossary"), &data)
}

fn row(term: Term) -> Row {
    let also = if term.also.is_empty() { vec![] } else { vec![Value::text(format!("also {}", term.also.join(", ")))] };
    Row::from(vec![Cell::from(Value::from(term.word)).with_sub(also), Cell::prose(term.what), Cell::prose(term.means)])
}

fn text<'j>(json: &'j Json, key: &str) -> Option<&'j str> {
    json.get(key).and_then(Json::as_str).map(str::trim).filter(|text| !text.is_empty())
}

fn texts(json: &Json, key: &str) -> Vec<String> {
    json.get(key).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect()
}

fn objects(view: &View<'_>) -> Vec<Term> {
    let term = |object: &dyn AnyEntity| {
        let json = view.table(object);
        let means = text(&json, "definition").map(|definition| match super::markdown::paragraph(definition) {
            Some(words) => sentence(&words),
            None => vec![Value::Markdown { html: super::markdown::html(definition, &view.stack.name(object)) }],
        });
        let what = vec![Value::text(singular(Kind::Object))];
        Term {
            word: view.link(object),
            also: texts(&json, "aliases"),
            what,
            means: means.unwrap_or_else(|| vec![Value::gap("definition = \"…\"")]),
        }
    };
    view.stack.of(Kind::Object).map(term).collect()
}

fn stages(view: &View<'_>) -> Vec<Term> {
    let lifecycles = view.stack.of(Kind::Lifecycle);
    lifecycles
        .flat_map(|lifecycle| {
            let json = view.table(lifecycle);
            let stages = json.get("stage").and_then(Json::as_array).cloned().unwrap_or_default();
            stages
                .into_iter()
                .filter_map(|stage| {
                    let (id, name) = (text(&stage, "id")?, text(&stage, "name")?);
                    let href = format!("{}#{}", url(Kind::Lifecycle, lifecycle.id().as_str()), anchor("stage", id));
                    let means = text(&stage, "definition").map(sentence);
                    // A stage without a definition means what lets a record in.
                    let entry =
                        texts(&stage, "entry").iter().flat_map(|entry| sentence(entry).into_iter().chain([Value::text(" ")])).collect();
                    let means = means.unwrap_or(entry);
                    let means = if means.is_empty() { vec![Value::gap("definition = \"…\"")] } else { means };
                    let what = vec![Value::text("Stage of "), view.link(lifecycle).into()];
                    Some(Term { word: Link::site(name, href), also: vec![], what, means })
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

fn metrics(view: &View<'_>) -> Vec<Term> {
    let term = |metric: &dyn AnyEntity| {
        let json = view.table(metric);
        let mut means = text(&json, "definition").map_or_else(|| vec![Value::gap("definition = \"…\"")], sentence);
        means.extend(text(&json, "formula").into_iter().flat_map(|formula| [Value::Break, Value::code(formula)]));
        Term { word: view.link(metric), also: vec![], what: vec![Value::text(singular(Kind::Metric))], means }
    };
    view.stack.of(Kind::Metric).map(term).collect()
}
