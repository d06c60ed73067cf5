//! Words that several rules share: lists of tools, ways through the map, amounts that depend on a flow, rules of routings.

use std::collections::BTreeSet;

use super::Context;
pub(super) use crate::text::list::{any, list};
use crate::{
    model::{Address, AnyEntity, Criticality, Entity, Flow, Routing, Stack, slug},
    routing::Example,
    text::list::joined,
};

/// How many things a sentence names before it says how many more there are.
pub(super) const MOST: usize = 5;

/// Returns the names of tools, as in `HubSpot, Zoom and Looker`; of so many the first few.
pub(super) fn all_of<'a>(stack: &Stack, ids: impl IntoIterator<Item = &'a str>, count: usize) -> String {
    joined(ids.into_iter().take(MOST).map(|id| tool(stack, id).to_owned()).collect(), count, "and")
}

/// Returns the names of tools, as in `HubSpot, Zoom or Looker`; of so many the first few.
pub(super) fn one_of<'a>(stack: &Stack, ids: impl IntoIterator<Item = &'a str>, count: usize) -> String {
    joined(ids.into_iter().take(MOST).map(|id| tool(stack, id).to_owned()).collect(), count, "or")
}

/// Returns a record as a sentence holds it.
pub(super) fn example(example: &Example<'_>) -> String {
    if example.is_empty() { "one in which nothing is filled in".to_owned() } else { format!("`{example}`") }
}

/// Returns the address of a rule of a routing.
pub(super) fn rule_address(routing: &Entity<Routing>, name: &str) -> Address {
    routing.address().part("rule", &slug(name))
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

/// Returns how much depends on something important, as in `which is critical` or `which is of high criticality`.
pub(super) fn criticality(of: &dyn AnyEntity) -> &'static str {
    if of.criticality() == Some(Criticality::Critical) { "critical" } else { "of high criticality" }
}

/// Says to which tools that are not live the integrations of a tool lead, or through which, if there are any: such a way does
/// not count.
pub(super) fn idle_after(cx: &Context<'_>, tool: &str) -> Option<String> {
    let live = cx.graph.leaving(tool).filter(|(integration, ..)| integration.is_live());
    let idle: BTreeSet<&str> = live.flat_map(|(integration, ..)| cx.graph.idle_at(integration)).collect();
    let count = idle.len();
    let it = if count == 1 { "it is" } else { "they are" };
    (count > 0).then(|| format!("a way to or through {} does not count: {it} not live", all_of(cx.stack, idle, count)))
}
