//! The page of an entity: one shape for all kinds, with sections of its own for some.

use serde_json::Value as Json;

use super::{
    Page, facts, flow, frame, glance, history, integration, lead, lifecycle, measurements, object,
    page::{Block, Cell, EntityPage, Prose, Section, Value},
    picture, privacy, record, routing, running, scoring,
    sections::{backlinks, findings, nested},
    view::{View, counted, date, singular},
};
use crate::model::{AnyEntity, Criticality, Entity, Kind, Person, Runbook, Shape, Team, Tool};

/// Keys that stand at the head of every page.
const HEAD: [&str; 7] = ["name", "description", "purpose", "status", "criticality", "reviewed", "definition"];

/// What a kind shows in its own way, and which absent keys are gaps.
struct Layout {
    /// Keys that no list of facts repeats.
    elsewhere: &'static [&'static str],
    /// Keys whose absence shows as "not documented".
    expected: &'static [&'static str],
    /// Mentions that a section of its own shows better.
    mentions: &'static [(Kind, &'static str)],
}

fn layout(kind: Kind) -> Layout {
    let (elsewhere, expected, mentions): (&[&str], &[&str], &[(Kind, &str)]) = match kind {
        Kind::Tool => (
            &[],
            &["vendor", "owner", "backup", "admins", "capabilities"],
            &[(Kind::Integration, "from"), (Kind::Integration, "to"), (Kind::Integration, "via")],
        ),
        Kind::Integration => (integration::SHOWN, &["owner", "backup", "schedule", "runs-as", "monitoring", "verified"], &[]),
        Kind::Flow => (&["steps"], &["owner", "backup", "monthly-volume", "monthly-pipeline"], &[]),
        Kind::Automation => (&["actions"], &["owner", "tested"], &[]),
        Kind::Lifecycle => (
            &["stage"],
            &["owner", "tool", "object"],
            &[
                (Kind::Routing, "stages"),
                (Kind::Scoring, "stages"),
                (Kind::Scoring, "promotes-to"),
                (Kind::Flow, "steps.stage"),
                (Kind::Automation, "stages"),
                (Kind::Checklist, "stages"),
            ],
        ),
        Kind::Routing => (&["rule", "test", "fields"], &["owner", "backup", "audited"], &[]),
        Kind::Scoring => (&["criterion", "test", "fields"], &["owner", "backup", "calibrated"], &[]),
        Kind::Runbook => (&["steps"], &["owner", "covers"], &[]),
        Kind::Routine | Kind::Checklist | Kind::Convention | Kind::Audience => (&["items", "criteria"], &["owner"], &[]),
        Kind::Contract => (&[], &["annual-cost", "renewal", "notice-days", "owner", "change-of-control"], &[]),
        Kind::Metric => (&["target", "measurements"], &["owner", "sources", "cadence"], &[]),
        Kind::Person => (&[], &["title"], &[]),
        Kind::Team => (&[], &["lead", "function"], &[(Kind::Person, "teams")]),
        Kind::Object => (&["fields"], &["identity", "owner"], &[]),
        Kind::Report => (&["metrics"], &["owner"], &[]),
        Kind::Unit | Kind::Attribution => (&[], &["owner"], &[]),
    };
    Layout { elsewhere, expected, mentions }
}

/// The page of an entity.
pub(super) fn page(view: &View<'_>, entity: &dyn AnyEntity) -> Page {
    let json = view.table(entity);
    let layout = layout(entity.kind());
    let name = view.stack.name(entity).into_owned();
    let elsewhere: Vec<&str> = HEAD.iter().chain(layout.elsewhere).copied().collect();
    let (lead, mut sections) = logic(view, entity).unwrap_or_else(|| (lead::lead(view, entity, &json, &name), own(view, entity, &json)));
    sections.extend(nested(view, entity, &json, &elsewhere));
    sections.extend(
        view.stack.tools.get(entity.id().as_str()).filter(|_| entity.kind() == Kind::Tool).and_then(|of| privacy::of_tool(view, of)),
    );
    sections.extend(running::of_entity(view, entity));
    sections.extend(history::of_entity(view, entity));
    sections.extend(findings(view, entity));
    sections.extend(backlinks(view, entity, layout.mentions));
    let mut facts = facts::facts(view, entity, &json, &elsewhere, layout.expected);
    record::marked(view, entity, &mut facts);
    if entity.kind() == Kind::Convention {
        facts::as_code(&mut facts, &["pattern", "examples"]);
    }
    let data = EntityPage {
        lead,
        meta: meta(view, entity, &json),
        figures: glance::of(view, entity),
        body: lead::body(entity.kind(), &json, &name),
        facts,
        sections,
        name: name.clone(),
    };
    // The form on these pages needs its script.
    let template = if matches!(entity.kind(), Kind::Routing | Kind::Scoring) { "logic.html" } else { "entity.html" };
    Page::new(template, frame::entity(entity.kind(), entity.id().as_str(), &name), &data)
}

/// What rules and criteria come to, and their sections.
fn logic(view: &View<'_>, entity: &dyn AnyEntity) -> Option<(Prose, Vec<Section>)> {
    let id = entity.id().as_str();
    match entity.kind() {
        Kind::Routing => view.stack.routings.get(id).map(|of| routing::page(view, of)),
        Kind::Scoring => view.stack.scorings.get(id).map(|of| scoring::page(view, of)),
        _ => None,
    }
}

/// Kind, status, criticality, last review, source.
fn meta(view: &View<'_>, entity: &dyn AnyEntity, json: &Json) -> Vec<Cell> {
    let mut meta = vec![Cell::from(singular(entity.kind()).as_str())];
    if let Some(status) = json.get("status").and_then(Json::as_str) {
        meta.push(state(status).into());
    }
    if let Some(criticality) = entity.criticality() {
        meta.push(criticality_word(criticality).into());
    }
    if let Some(unit) = entity.common().unit {
        meta.push(view.link_id(Kind::Unit, unit.as_str()).into());
    }
    match entity.common().reviewed {
        Some(day) => {
            let age = Value::quiet(format!("({})", day.away_from(view.project.today)));
            meta.push(Cell::words(vec![Value::text("Reviewed"), date(day), age]));
        }
        // Only what somebody answers for is confirmed from time to time.
        None if Shape::of(entity.kind()).fields().iter().any(|field| field.name == "owner") => {
            meta.push(Value::Gap { text: "never reviewed".to_owned(), example: Some("reviewed = …".to_owned()) }.into());
        }
        None => {}
    }
    meta.push(Cell::words(vec![Value::text("Source"), Value::Source(view.source_of(entity, None))]));
    meta
}

/// A status, with a mark where it is a reason to act.
pub(super) fn state(status: &str) -> Value {
    use super::page::Level;
    let word = super::view::capital(status);
    match status {
        "broken" | "left" => Value::Level { level: Level::Error, word },
        "paused" | "sunset" | "leaving" => Value::Level { level: Level::Warning, word },
        _ => Value::text(word),
    }
}

pub(super) fn criticality_word(criticality: Criticality) -> Value {
    match criticality {
        Criticality::Critical => Value::strong("Critical"),
        Criticality::High => Value::strong("High"),
        Criticality::Medium => Value::text("Medium"),
        Criticality::Low => Value::text("Low"),
    }
}

/// The sections that only this kind has.
fn own(view: &View<'_>, entity: &dyn AnyEntity, json: &Json) -> Vec<Section> {
    let id = entity.id().as_str();
    let stack = view.stack;
    match entity.kind() {
        Kind::Tool => stack.tools.get(id).map(|of| tool(view, of)),
        Kind::Integration => stack.integrations.get(id).map(|of| integration::sections(view, of, json)),
        Kind::Flow => stack.flows.get(id).map(|flow| flow::sections(view, flow)),
        Kind::Lifecycle => stack.lifecycles.get(id).map(|of| lifecycle::sections(view, of)),
        Kind::Runbook => stack.runbooks.get(id).map(|of| runbook(view, of)),
        Kind::Person => stack.people.get(id).map(|of| person(view, of)),
        Kind::Team => stack.teams.get(id).map(|of| team(view, of)),
        Kind::Metric => stack.metrics.get(id).map(|of| measurements::section(view, of).into_iter().collect()),
        Kind::Report => stack.reports.get(id).map(|of| vec![measurements::read_together(view, of)]),
        Kind::Object => stack.objects.get(id).map(|of| object::section(view, of).into_iter().collect()),
        Kind::Automation => Some(list(json, "actions", "What it does", true)),
        Kind::Checklist => Some(list(json, "items", "Items", true)),
        Kind::Audience => Some(list(json, "criteria", "Who is on it", false)),
        _ => None,
    }
    .unwrap_or_default()
}

/// A list of texts as a section.
fn list(json: &Json, key: &str, title: &str, ordered: bool) -> Vec<Section> {
    let texts: Vec<&str> = json.get(key).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).collect();
    if texts.is_empty() {
        return Vec::new();
    }
    let items = texts.into_iter().map(|text| vec![Value::text(text)]).collect();
    vec![Section::new(format!("s-{key}"), title, vec![Block::Bullets { items, ordered }])]
}

fn tool(view: &View<'_>, tool: &Entity<Tool>) -> Vec<Section> {
    let mut sections = Vec::new();
    if let Some(diagram) = picture::neighbourhood(view, tool) {
        sections.push(Section::new("neighbours", "Neighbours", vec![Block::Diagram(diagram)]));
    }
    let integrations: Vec<&dyn AnyEntity> =
        view.graph.touching(tool.id.as_str()).map(|integration| integration as &dyn AnyEntity).collect();
    if integrations.is_empty() {
        return sections;
    }
    let mut section = Section::new(
        "integrations",
        "Integrations",
        vec![Block::Table(super::kind::table(view, Kind::Integration, "Integrations of this tool", &integrations))],
    );
    section.note = Some(format!("{}, of {} in the stack", integrations.len(), view.stack.integrations.len()));
    sections.push(section);
    sections
}

fn runbook(view: &View<'_>, runbook: &Entity<Runbook>) -> Vec<Section> {
    let name = runbook.about.name.as_str();
    let mut blocks = Vec::new();
    let steps = runbook.steps.as_ref().map(crate::model::Markdown::as_str);
    let document = view.project.documents.get(runbook.id.as_str()).map(|file| view.project.sources.file(*file).text());
    for text in [steps, document].into_iter().flatten().filter(|text| !text.trim().is_empty()) {
        blocks.push(Block::Markdown { html: super::markdown::html(&view.disclosed.text(text), name) });
    }
    if blocks.is_empty() {
        let gap = Value::Gap { text: "The steps are not documented".to_owned(), example: Some("file = \"runbooks/….md\"".to_owned()) };
        blocks.push(Block::Text { text: vec![gap] });
    }
    vec![Section::new("steps", "Steps", blocks)]
}

/// What somebody answers for under a key, as a table per kind.
fn answers_for(view: &View<'_>, all: &[&dyn AnyEntity], key: &str) -> Vec<Block> {
    let table = |kind: &Kind| {
        let of_kind: Vec<&dyn AnyEntity> = all.iter().filter(|entity| entity.kind() == *kind).copied().collect();
        let label = format!("{} with this {key}", super::view::plural(*kind));
        (!of_kind.is_empty()).then(|| Block::Table(super::kind::table_without(view, *kind, &label, &of_kind, key)))
    };
    Kind::ALL.iter().filter_map(table).collect()
}

/// Sections for what a person or team owns and backs up.
fn duties(view: &View<'_>, id: &str) -> Vec<Section> {
    let duty = |(key, all, anchor, title): (&str, &[&dyn AnyEntity], &str, &str)| {
        let blocks = answers_for(view, all, key);
        (!blocks.is_empty()).then(|| Section::new(anchor, title, blocks))
    };
    let ties = &view.ties;
    [("owner", ties.owned(id), "owns", "Owns"), ("backup", ties.backed_up(id), "backs-up", "Backs up")]
        .into_iter()
        .filter_map(duty)
        .collect()
}

fn person(view: &View<'_>, person: &Entity<Person>) -> Vec<Section> {
    let lost = super::key_people::of_person(view, person.id.as_str());
    running::of_person(view, person).into_iter().chain(lost).chain(duties(view, person.id.as_str())).collect()
}

fn team(view: &View<'_>, team: &Entity<Team>) -> Vec<Section> {
    let members: Vec<&dyn AnyEntity> = view.stack.members(team).map(|person| person as &dyn AnyEntity).collect();
    let mut sections = Vec::new();
    if !members.is_empty() {
        let table = super::kind::table(view, Kind::Person, "Members", &members);
        let mut section = Section::new("members", "Members", vec![Block::Table(table)]);
        section.note = Some(counted(members.len(), "person", "people"));
        sections.push(section);
    }
    sections.extend(running::of_team(view, team));
    sections.extend(duties(view, team.id.as_str()));
    sections
}
