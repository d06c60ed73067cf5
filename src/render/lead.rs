//! The standfirst of an entity's page: what it is for, in a sentence; and the text below it.

use serde_json::Value as Json;

use super::{
    page::{Prose, Value, sentence},
    view::{View, link_list},
};
use crate::model::{AnyEntity, Contract, Entity, Kind, Person, Shape, TextStyle};

/// So many tools of a contract are named.
const MOST_NAMES: usize = 4;

/// A text of a table that says something.
fn text<'j>(json: &'j Json, key: &str) -> Option<&'j str> {
    json.get(key).and_then(Json::as_str).filter(|text| !text.trim().is_empty())
}

/// Whether a kind has a definition in Markdown.
fn has_markdown_definition(kind: Kind) -> bool {
    Shape::of(kind).fields().iter().any(|field| field.name == "definition" && field.shape == Shape::Text(TextStyle::Markdown))
}

/// The purpose or definition; what its kind or its own facts say where nobody wrote one, or the gap.
pub(super) fn lead(view: &View<'_>, entity: &dyn AnyEntity, json: &Json, name: &str) -> Prose {
    let kind = entity.kind();
    if let Some(purpose) = text(json, "purpose") {
        return sentence(purpose);
    }
    match text(json, "definition") {
        Some(definition) if has_markdown_definition(kind) => {
            super::markdown::paragraph(definition).map_or_else(Vec::new, |words| sentence(&words))
        }
        Some(definition) => sentence(definition),
        None if json.get("category").is_some() => {
            vec![Value::Gap { text: format!("What {name} is used for is not documented"), example: Some("purpose = \"…\"".to_owned()) }]
        }
        None => own(view, entity, json),
    }
}

/// What the facts of a kind without a purpose come to.
fn own(view: &View<'_>, entity: &dyn AnyEntity, json: &Json) -> Prose {
    let id = entity.id().as_str();
    match entity.kind() {
        Kind::Person => view.stack.people.get(id).map(|person| self::person(view, person)).unwrap_or_default(),
        Kind::Contract => view.stack.contracts.get(id).map(|contract| self::contract(view, contract)).unwrap_or_default(),
        Kind::Runbook => {
            view.stack.runbooks.get(id).map(|runbook| sentence(&super::view::capital(runbook.kind.says()))).unwrap_or_default()
        }
        kind => sort(kind, json).unwrap_or_default(),
    }
}

/// What the format says of the sort of entity that this one is, such as `Who is not contacted.`
fn sort(kind: Kind, json: &Json) -> Option<Prose> {
    let chosen = text(json, "kind")?;
    let field = Shape::of(kind).fields().iter().find(|field| field.name == "kind")?;
    let Shape::Choice(choices) = &field.shape else { return None };
    let (_, about) = choices.iter().find(|(choice, about)| choice == chosen && choice != "other" && !about.is_empty())?;
    Some(sentence(about))
}

/// What somebody does, where, and for whom: `Integration Engineer. Works in Marketing Operations, reports to Maya Okonkwo.`
fn person(view: &View<'_>, person: &Entity<Person>) -> Prose {
    let teams: Vec<Value> = person.teams.iter().map(|team| view.link_id(Kind::Team, team.as_str())).collect();
    let mut tied: Prose = Vec::new();
    if !teams.is_empty() {
        tied.push(Value::text("Works in "));
        tied.extend(link_list(teams, MOST_NAMES));
    }
    if let Some(manager) = &person.manager {
        tied.push(Value::text(if tied.is_empty() { "Reports to " } else { ", reports to " }));
        tied.push(view.link_id(Kind::Person, manager.as_str()));
    }
    if !tied.is_empty() {
        tied.push(Value::text("."));
    }
    let mut out = person.title.as_deref().map(sentence).unwrap_or_default();
    if !out.is_empty() && !tied.is_empty() {
        out.push(Value::text(" "));
    }
    out.extend(tied);
    out
}

/// What is paid for, to whom, until when: `Pays Atlassian for Jira and Confluence, until 14 June 2027.`
fn contract(view: &View<'_>, contract: &Entity<Contract>) -> Prose {
    let Some(of) = view.analysis.spend().of(contract.id.as_str()) else { return Vec::new() };
    let tools: Vec<Value> = of.tools.iter().map(|tool| view.link_id(Kind::Tool, tool)).collect();
    if tools.is_empty() {
        return Vec::new();
    }
    // Many a tool is called what its vendor is.
    let is_named =
        |vendor: &str| of.tools.iter().any(|tool| view.stack.tools.get(*tool).is_some_and(|tool| tool.about.name.as_str() == vendor));
    let vendor = of.vendor.filter(|vendor| !is_named(vendor)).map(|vendor| format!("{vendor} ")).unwrap_or_default();
    let mut out = vec![Value::text(format!("Pays {vendor}for "))];
    out.extend(link_list(tools, MOST_NAMES));
    out.push(Value::text(contract.renewal.map_or_else(|| ".".to_owned(), |day| format!(", until {}.", day.in_words()))));
    out
}

/// The description, after a definition that says more than fits the head of the page.
pub(super) fn body(kind: Kind, json: &Json, name: &str) -> Option<String> {
    let definition = text(json, "definition").filter(|text| has_markdown_definition(kind) && super::markdown::paragraph(text).is_none());
    let texts: Vec<&str> = definition.into_iter().chain(text(json, "description")).collect();
    (!texts.is_empty()).then(|| super::markdown::body(&texts.join("\n\n"), name))
}
