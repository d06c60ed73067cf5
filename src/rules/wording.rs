//! Words that several rules share: lists of tools, ways through the map, amounts that depend on a flow, rules of routings.

use crate::{
    model::{Address, AnyEntity, Entity, Flow, Routing, Stack, slug},
    routing::Example,
};

/// How many things a sentence names before it says how many more there are.
const MOST: usize = 5;

/// Returns the names of tools, as in `HubSpot, Zoom and Looker`; the first few of many.
pub(super) fn all_of<'a>(stack: &Stack, ids: impl IntoIterator<Item = &'a str>) -> String {
    joined(ids.into_iter().map(|id| tool(stack, id)), MOST, "and")
}

/// Returns the names of tools, as in `HubSpot, Zoom or Looker`; the first few of many.
pub(super) fn one_of<'a>(stack: &Stack, ids: impl IntoIterator<Item = &'a str>) -> String {
    joined(ids.into_iter().map(|id| tool(stack, id)), MOST, "or")
}

/// Returns a list as a sentence holds it, as in `HubSpot, Zoom and 3 more`: its first items, and how many more there are.
pub(super) fn list<T: AsRef<str>>(items: impl IntoIterator<Item = T>, most: usize) -> String {
    joined(items, most, "and")
}

/// The same for things of which any may be meant, as in `DE, FR or 3 more`.
pub(super) fn any<T: AsRef<str>>(items: impl IntoIterator<Item = T>, most: usize) -> String {
    joined(items, most, "or")
}

/// Returns a number of points with its word.
pub(super) fn points(points: i64) -> String {
    format!("{points} {}", if points == 1 { "point" } else { "points" })
}

/// Returns a record as a sentence holds it.
pub(super) fn example(example: &Example<'_>) -> String {
    if example.is_empty() { "one in which nothing is filled in".to_owned() } else { format!("`{example}`") }
}

/// Returns the address of a rule of a routing.
pub(super) fn rule_address(routing: &Entity<Routing>, name: &str) -> Address {
    routing.address().part("rule", &slug(name))
}

fn joined<T: AsRef<str>>(items: impl IntoIterator<Item = T>, most: usize, word: &str) -> String {
    let mut items = items.into_iter();
    let mut shown: Vec<String> = items.by_ref().take(most).map(|item| item.as_ref().to_owned()).collect();
    let more = items.count();
    let last = if more > 0 { Some(format!("{more} more")) } else { shown.pop() };
    let last = last.unwrap_or_default();
    if shown.is_empty() { last } else { format!("{} {word} {last}", shown.join(", ")) }
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
