//! The stack in the formats of other programs, one per file.

mod dot;
mod json;
mod mermaid;
pub mod ropa;

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use crate::{
    graph::{Graph, ends},
    model::{Address, AnyEntity, Area, Entity, Integration, Method, Stack, Tool},
};

/// How the integration map is written for other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For Markdown that draws Mermaid diagrams
    Mermaid,
    /// For Graphviz
    Dot,
    /// For programs
    Json,
}

/// The part of the map that is written: all of it, or what lies around one entity.
#[derive(Debug)]
pub struct Extract<'a> {
    stack: &'a Stack,
    tools: Vec<&'a Entity<Tool>>,
    integrations: Vec<&'a Entity<Integration>>,
}

impl<'a> Extract<'a> {
    /// Takes the whole map.
    pub fn whole(stack: &'a Stack) -> Self {
        Self { stack, tools: stack.tools.values().collect(), integrations: stack.integrations.values().collect() }
    }

    /// Takes what lies at most `depth` integrations away from a tool, an integration or the steps of a flow.
    /// Nothing if the address names something else.
    pub fn around(graph: &Graph<'a>, focus: &Address, depth: usize) -> Option<Self> {
        let stack = graph.stack();
        let mut near: BTreeSet<&str> = match focus.entity() {
            ("tool", Some(id)) => stack.tools.get_key_value(id).map(|(id, _)| id.as_str()).into_iter().collect(),
            ("integration", Some(id)) => stack.integrations.get(id).into_iter().flat_map(ends).collect(),
            ("flow", Some(id)) => {
                stack.flows.get(id).into_iter().flat_map(|flow| &flow.body.steps).map(|step| step.tool.as_str()).collect()
            }
            _ => BTreeSet::new(),
        };
        if near.is_empty() {
            return None;
        }
        let mut integrations: BTreeSet<&str> = BTreeSet::new();
        let mut rim = near.clone();
        for _ in 0..depth {
            let mut next = BTreeSet::new();
            for integration in rim.iter().flat_map(|tool| graph.touching(tool)) {
                integrations.insert(integration.id.as_str());
                next.extend(ends(integration).filter(|tool| !near.contains(tool)));
            }
            near.extend(next.iter().copied());
            rim = next;
        }
        Some(Self {
            stack,
            tools: near.iter().filter_map(|tool| stack.tools.get(*tool)).collect(),
            integrations: integrations.iter().filter_map(|id| stack.integrations.get(*id)).collect(),
        })
    }

    /// Iterates over the tools, sorted by id.
    pub fn tools(&self) -> impl Iterator<Item = &'a Entity<Tool>> {
        self.tools.iter().copied()
    }

    /// Iterates over the integrations, sorted by id.
    pub fn integrations(&self) -> impl Iterator<Item = &'a Entity<Integration>> {
        self.integrations.iter().copied()
    }

    /// The areas of the map that have tools, with their tools.
    fn areas(&self) -> impl Iterator<Item = (Area, Vec<&'a Entity<Tool>>)> {
        let of = |area: Area| (area, self.tools.iter().copied().filter(|tool| tool.category.area() == area).collect::<Vec<_>>());
        Area::ALL.into_iter().map(of).filter(|(_, tools)| !tools.is_empty())
    }
}

/// Writes the map.
///
/// # Errors
/// If the sink cannot be written to.
pub fn write(format: Format, extract: &Extract<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Mermaid => mermaid::write(extract, out),
        Format::Dot => dot::write(extract, out),
        Format::Json => json::write(extract, out),
    }
}

/// Returns the word that a stack writes for a choice.
fn word(choice: impl serde::Serialize) -> String {
    serde_json::to_value(choice).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What stands on the line of an integration: how, and what travels.
fn label(stack: &Stack, integration: &Entity<Integration>) -> String {
    let method = match integration.method {
        Method::Manual => "by hand".to_owned(),
        method => word(method),
    };
    let via = integration.via.as_ref().and_then(|via| stack.tools.get(via.as_str()));
    let method = via.map_or_else(|| method.clone(), |via| format!("{method} via {}", via.about.name));
    let objects: Vec<&str> = integration.objects.iter().map(|carried| carried.object().as_str()).collect();
    let state = if integration.is_live() { "" } else { " (not live)" };
    if objects.is_empty() { format!("{method}{state}") } else { format!("{method}: {}{state}", objects.join(", ")) }
}
