//! The map in words: tools, ways from one to another, and what flows bring.

use crate::model::{AnyEntity, Entity, Flow, Stack};

/// How many things a sentence names before it says how many more there are.
const MOST: usize = 5;

/// Returns the names of tools, as in `HubSpot, Zoom and Looker`; the first few of many.
pub(super) fn all_of<'a>(stack: &Stack, ids: impl IntoIterator<Item = &'a str>) -> String {
    joined(stack, ids, "and")
}

/// Returns the names of tools, as in `HubSpot, Zoom or Looker`; the first few of many.
pub(super) fn one_of<'a>(stack: &Stack, ids: impl IntoIterator<Item = &'a str>) -> String {
    joined(stack, ids, "or")
}

fn joined<'a>(stack: &Stack, ids: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let mut ids = ids.into_iter();
    let mut names: Vec<String> = ids.by_ref().take(MOST).map(|id| tool(stack, id).to_owned()).collect();
    let more = ids.count();
    let last = if more > 0 { Some(format!("{more} more")) } else { names.pop() };
    let last = last.unwrap_or_default();
    if names.is_empty() { last } else { format!("{} {word} {last}", names.join(", ")) }
}

/// Returns a way through the map, as in `HubSpot → Workato → Salesforce`; the beginning and the end of a long one.
pub(super) fn way<'a>(stack: &Stack, ids: impl IntoIterator<Item = &'a str>) -> String {
    let mut ids = ids.into_iter();
    let mut names: Vec<&str> = ids.by_ref().take(MOST + 1).map(|id| tool(stack, id)).collect();
    if let Some(next) = ids.next() {
        let last = ids.last();
        names.extend(last.map(|_| "…"));
        names.push(tool(stack, last.unwrap_or(next)));
    }
    names.join(" → ")
}

/// Returns the name of a tool, or its id where there is none.
pub(super) fn tool<'a>(stack: &'a Stack, id: &'a str) -> &'a str {
    stack.tools.get(id).map_or(id, |tool| tool.about.name.as_str())
}

/// Returns what a flow brings, as in `` `flow.inbound` brings USD 300,000 of pipeline a month ``, if that is known.
pub(super) fn pipeline(stack: &Stack, flow: &Entity<Flow>) -> Option<String> {
    let amount = stack.company.amount(flow.monthly_pipeline?.0);
    Some(format!("`{}` brings {amount} of pipeline a month", flow.address()))
}
