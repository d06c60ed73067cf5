//! What the what-if control on the map reads: who can run what, what needs what, and the hops of the flows, so that a script
//! can tell what stops and what becomes unmaintained when people or tools go.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::{
    File,
    view::{View, url},
};
use crate::{
    analysis::can_be_run,
    graph::{FlowHop, tools_of},
    model::{AnyEntity, Kind, Ref},
    text::script::{data as plain, json_parse},
};

/// The file that holds the data where several pages have the control, or where a page would be too heavy, from the root.
pub(super) const URL: &str = "what-if.js";
/// More things are in a file of their own.
const MOST_ON_PAGE: usize = 600;
/// Stacks of more things have no control: a browser would be slow with it.
const MOST: usize = 6000;

fn things<'v>(view: &'v View<'_>) -> impl Iterator<Item = &'v dyn AnyEntity> {
    view.stack.all().filter(|entity| can_be_run(entity.kind()) && entity.is_live())
}

/// Whether there is anybody or anything that may go, and not more than a browser can be asked about.
pub(super) fn is_possible(view: &View<'_>) -> bool {
    (1..=MOST).contains(&things(view).count())
}

/// Whether the data is too much for a page.
pub(super) fn is_heavy(view: &View<'_>) -> bool {
    things(view).count() > MOST_ON_PAGE
}

/// The data as a script of its own.
pub(super) fn file(view: &View<'_>) -> File {
    let content = format!("linchpin.gone = {};\n", json_parse(&plain(&data(view).to_string())));
    File { path: URL.to_owned(), content: content.into_bytes() }
}

/// Returns the data; nobody asks for it unless there is any.
pub(super) fn data(view: &View<'_>) -> Json {
    let stack = view.stack;
    let people = stack.people.values().filter(|person| !person.is_gone(view.project.today));
    let name = |entity: &dyn AnyEntity| {
        let href = url(entity.kind(), entity.id().as_str());
        json!({ "id": entity.id().as_str(), "name": view.stack.name(entity), "href": href })
    };
    let people: Vec<Json> = people.map(|person| name(person)).collect();
    let tools: Vec<Json> = stack.tools.values().filter(|tool| tool.is_live()).map(|tool| name(tool)).collect();
    let things: Vec<Json> = things(view).map(|entity| thing(view, entity)).collect();
    json!({ "people": people, "tools": tools, "things": things })
}

/// A thing: who can run it, as whom it runs, which tools it needs, and how a flow goes.
fn thing(view: &View<'_>, entity: &dyn AnyEntity) -> Json {
    let (stack, id) = (view.stack, entity.id().as_str());
    let runners = view.analysis.knowledge().of(entity.address().as_str());
    let mut of = Map::new();
    of.insert("kind".to_owned(), entity.kind().name().into());
    of.insert("id".to_owned(), id.into());
    of.insert("name".to_owned(), view.stack.name(entity).into());
    of.insert("href".to_owned(), url(entity.kind(), id).into());
    let by: BTreeMap<&str, bool> = runners.people.iter().map(|runner| (runner.person, runner.is_staying)).collect();
    of.insert("by".to_owned(), json!(by));
    let mut put = |key: &str, value: Json, is_worth: bool| drop(is_worth.then(|| of.insert(key.to_owned(), value)));
    put("teams", runners.unlisted.len().into(), !runners.unlisted.is_empty());
    let is_fresh = view.analysis.coverage().is_fresh(entity.address().as_str(), view.project.today);
    put("fresh", true.into(), is_fresh);
    put("works", true.into(), entity.is_working());
    let runs_as = match entity.kind() {
        Kind::Integration => stack.integrations.get(id).and_then(|of| of.runs_as.as_ref()),
        Kind::Automation => stack.automations.get(id).and_then(|of| of.runs_as.as_ref()),
        _ => None,
    };
    let person = runs_as.and_then(|of| stack.people.get(of.as_str()));
    put("as", json!(person.map(|person| person.id.as_str())), person.is_some());
    let needs = needs(view, entity);
    put("needs", json!(needs), !needs.is_empty());
    if let Some(flow) = stack.flows.get(id).filter(|_| entity.kind() == Kind::Flow) {
        let hops = view.graph.flow_hops_by(flow, &|integration| integration.is_working()).into_iter().filter_map(|hop| match hop {
            FlowHop::By(by) => Some(by.iter().map(|of| of.id.as_str()).collect::<Vec<_>>()),
            _ => None,
        });
        put("hops", json!(hops.collect::<Vec<_>>()), true);
    }
    Json::Object(of)
}

/// The tools without which something stops, each once.
fn needs<'v>(view: &'v View<'_>, entity: &'v dyn AnyEntity) -> Vec<&'v str> {
    let mut tools = if entity.kind() == Kind::Tool { Vec::new() } else { tools_of(view.stack, entity) };
    let automation = view.stack.automations.get(entity.id().as_str()).filter(|_| entity.kind() == Kind::Automation);
    tools.extend(automation.into_iter().flat_map(|of| &of.body.calls).map(Ref::as_str));
    tools.sort_unstable();
    tools.dedup();
    tools
}
