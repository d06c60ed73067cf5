//! `search.js`: what the search box finds.

use serde::Serialize;
use serde_json::Value as Json;

use super::{
    Error, File,
    view::{View, anchor, plural, url},
};
use crate::{
    model::{AnyEntity, Kind, Stack},
    rules,
    text::{is_steering, script::json_parse},
};

/// The most text of one record, in characters, so that the file stays small for large stacks.
const MAX_TEXT: usize = 2000;
/// The kind of the records of stages.
const STAGES: &str = "Stages";

/// One thing to find. The keys are short because there are many.
#[derive(Serialize)]
struct Record {
    /// Title.
    t: String,
    /// Kind.
    k: String,
    /// Page, counted from the root.
    u: String,
    /// Text.
    x: String,
}

/// The pages that are no entity's: title, address, and words by which they are looked for.
const PAGES: [(&str, &str, &str); 12] = [
    ("Summary", "index.html", "overview executive summary key figures worst findings"),
    (
        "Diligence answers",
        "diligence.html",
        "questions review answers evidence in place partly not in place not documented scorecard investor",
    ),
    ("Map", "map.html", "integration map diagram areas tools lines"),
    ("Findings", "findings.html", "errors warnings infos problems by family by owner"),
    ("Accepted risks", "suppressions.html", "suppressed suppressions exceptions until reason"),
    ("Key people", "key-people.html", "bus factor who can run what departure what if plan backup ninety days risk price history"),
    ("Glossary", "glossary.html", "words terms definitions meaning objects stages metrics"),
    ("Rules", "rules/index.html", "linter levels options settings"),
    ("Charter", "charter.html", "mandate areas of responsibility marketing operations people staffing"),
    (
        "Spend",
        "spend.html",
        "cost budget price renewal calendar notice deadline cancel seats idle vendor contracts allocation change of control",
    ),
    (
        "Personal data",
        "privacy.html",
        "privacy gdpr consent suppression unsubscribe objection erasure deletion request forgotten processor agreement dpa transfer",
    ),
    ("Redundancy", "redundancy.html", "overlap substitutes duplicate tools consolidate retire savings capabilities matrix"),
];

/// The records of the whole site.
pub(super) fn file(view: &View<'_>) -> Result<File, Error> {
    let mut records: Vec<Record> = Vec::new();
    for entity in view.stack.all() {
        let mut table = view.table(entity);
        if entity.kind() == Kind::Lifecycle {
            let stages = table.as_object_mut().and_then(|table| table.remove("stage"));
            records.extend(stages.iter().filter_map(Json::as_array).flatten().filter_map(|stage| of_stage(view, entity, stage)));
        }
        records.push(record(view, entity, &table));
    }
    records.extend(rules::all().iter().map(|rule| Record {
        t: rule.name.to_owned(),
        k: "Rules".to_owned(),
        u: format!("rules/{}.html", rule.name),
        x: rule.summary().replace('`', ""),
    }));
    records.extend(PAGES.map(|(title, url, words)| Record {
        t: title.to_owned(),
        k: "Pages".to_owned(),
        u: url.to_owned(),
        x: words.to_owned(),
    }));
    records.extend(super::area::all(view).iter().copied().map(|area| Record {
        t: format!("Map: {}", area.label()),
        k: "Pages".to_owned(),
        u: super::area::url(area),
        x: "integration map diagram of an area tools lines".to_owned(),
    }));
    let json = serde_json::to_string(&records).map_err(|error| Error::Data(error.to_string()))?;
    Ok(File { path: "search.js".to_owned(), content: format!("linchpin.search = {};\n", json_parse(&json)).into_bytes() })
}

fn record(view: &View<'_>, entity: &dyn AnyEntity, table: &Json) -> Record {
    let name = view.stack.name(entity).into_owned();
    let text = text(view.stack, entity.id().as_str(), table, &name);
    Record { t: shown(&name), k: plural(entity.kind()), u: url(entity.kind(), entity.id().as_str()), x: text }
}

/// A stage is found by itself: its criteria are what people look for.
fn of_stage(view: &View<'_>, lifecycle: &dyn AnyEntity, stage: &Json) -> Option<Record> {
    let (id, name) = (stage.get("id")?.as_str()?, stage.get("name")?.as_str()?);
    let address = format!("{}#{}", url(lifecycle.kind(), lifecycle.id().as_str()), anchor("stage", id));
    let text = text(view.stack, &view.stack.name(lifecycle), stage, name);
    Some(Record { t: shown(name), k: STAGES.to_owned(), u: address, x: text })
}

/// What a table says beside the name, after a word of its own, as pages show it.
fn text(stack: &Stack, first: &str, table: &Json, name: &str) -> String {
    let mut text = first.to_owned();
    gather(stack, table, name, &mut text);
    if let Some(cut) = text.char_indices().nth(MAX_TEXT).map(|(at, _)| at) {
        text.truncate(cut);
    }
    shown(&text)
}

/// A text as pages show it, since a script puts it on the page as it is.
fn shown(text: &str) -> String {
    text.chars().map(|c| if is_steering(c) { '\u{fffd}' } else { c }).collect()
}

/// Gathers every text of a table but the name. People and teams are named: by their names they are looked for.
fn gather(stack: &Stack, json: &Json, name: &str, out: &mut String) {
    match json {
        Json::String(text) if text != name && !text.starts_with("http") => {
            let party = [Kind::Person, Kind::Team].into_iter().find_map(|kind| stack.get(kind, text));
            let party = party.map(|party| stack.name(party)).filter(|party| party != text);
            let is_told = party.as_ref().is_some_and(|party| party.to_lowercase().contains(text.as_str()));
            for text in [party.as_deref(), Some(text.as_str()).filter(|_| !is_told)].into_iter().flatten() {
                out.push(' ');
                out.extend(text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
            }
        }
        Json::Array(items) => items.iter().for_each(|item| gather(stack, item, name, out)),
        Json::Object(table) => table.values().for_each(|item| gather(stack, item, name, out)),
        _ => {}
    }
}
