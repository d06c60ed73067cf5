//! What each tool holds of a person: what it declares, and what is carried into it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    graph::{Graph, carried, directions},
    model::{AnyEntity, Entity, Flow, Integration, Object, Ref, Slug, Stack, Tool, vocabulary},
};

/// What carries records about people into a tool without saying which data that is.
#[derive(Debug, Clone, Copy)]
pub enum Brings<'a> {
    /// An integration.
    Integration(&'a Entity<Integration>),
    /// A flow with a step in the tool.
    Flow(&'a Entity<Flow>),
}

impl<'a> Brings<'a> {
    /// Returns it, whatever it is.
    pub fn entity(self) -> &'a dyn AnyEntity {
        match self {
            Self::Integration(integration) => integration,
            Self::Flow(flow) => flow,
        }
    }
}

/// What a tool holds of a person.
#[derive(Debug)]
pub struct Holding<'a> {
    /// The tool.
    pub tool: &'a Entity<Tool>,
    /// What it declares.
    pub declared: BTreeSet<&'a str>,
    /// What live integrations carry into it, each with those integrations by id.
    pub carried: BTreeMap<&'a str, Vec<&'a Entity<Integration>>>,
    /// What brings records about people without saying which data: a flow brings them to its tools from the second on,
    /// and no sooner than to the first that captures some.
    pub brought: Vec<Brings<'a>>,
    /// The live flows of records about people with a step in it, by id: what the data is used for.
    pub flows: Vec<&'a Entity<Flow>>,
    /// The live integrations by which personal data comes in, by id.
    pub incoming: Vec<&'a Entity<Integration>>,
    /// The live integrations by which personal data goes out, by id.
    pub outgoing: Vec<&'a Entity<Integration>>,
}

impl<'a> Holding<'a> {
    fn new(tool: &'a Entity<Tool>) -> Self {
        let declared = tool.data.iter().flat_map(|data| &data.personal).map(Slug::as_str).collect();
        Self {
            tool,
            declared,
            carried: BTreeMap::new(),
            brought: Vec::new(),
            flows: Vec::new(),
            incoming: Vec::new(),
            outgoing: Vec::new(),
        }
    }

    /// Whether it declares that it holds personal data.
    pub fn is_declared(&self) -> bool {
        !self.declared.is_empty()
    }

    /// Whether it holds personal data, as it declares or as is carried into it.
    pub fn is_holding(&self) -> bool {
        self.is_declared() || !self.carried.is_empty() || self.is_silent() && !self.brought.is_empty()
    }

    /// Whether the tool says nothing about what it holds; `personal = []` says that it holds nobody.
    pub fn is_silent(&self) -> bool {
        self.tool.data.is_none()
    }

    /// Iterates over what is carried into it and not declared, each with the integrations.
    pub fn undeclared(&self) -> impl Iterator<Item = (&'a str, &[&'a Entity<Integration>])> {
        self.carried.iter().filter(|(what, _)| !self.declared.contains(*what)).map(|(what, by)| (*what, by.as_slice()))
    }
}

/// The objects whose records are about people: those that always are, and those of a stack with a field that is personal data.
pub(super) fn about_people(stack: &Stack) -> BTreeSet<&str> {
    let is_personal = |object: &Object| object.fields.values().any(|field| field.personal == Some(true));
    let own = stack.objects.iter().filter(|(_, object)| is_personal(object)).map(|(id, _)| id.as_str());
    own.chain(vocabulary::PEOPLE).collect()
}

/// Whether an integration carries personal data in a direction.
pub(super) fn is_personal(about_people: &BTreeSet<&str>, integration: &Integration, forward: bool) -> bool {
    // Personal data travels with the records: where those are listed, only in their directions.
    let travels = integration.objects.is_empty() || carried(integration, forward).next().is_some();
    !integration.personal.is_empty() && travels || carried(integration, forward).any(|(_, arrives)| about_people.contains(arrives))
}

/// Every live tool with what it holds. Linear in the tools, the integrations with what they carry, and the steps of flows.
pub(super) fn all<'a>(stack: &'a Stack, graph: &Graph<'a>) -> BTreeMap<&'a str, Holding<'a>> {
    let live = stack.tools.values().filter(|tool| tool.is_live());
    let mut holdings: BTreeMap<&str, Holding<'_>> = live.map(|tool| (tool.id.as_str(), Holding::new(tool))).collect();
    let people = about_people(stack);
    for integration in stack.integrations.values().filter(|integration| graph.is_in_use(integration)) {
        for (from, to, forward) in directions(integration) {
            if !is_personal(&people, integration, forward) {
                continue;
            }
            if let Some(holding) = holdings.get_mut(from) {
                holding.outgoing.push(integration);
            }
            let Some(holding) = holdings.get_mut(to) else { continue };
            holding.incoming.push(integration);
            for what in &integration.personal {
                holding.carried.entry(what.as_str()).or_default().push(integration);
            }
            if integration.personal.is_empty() {
                holding.brought.push(Brings::Integration(integration));
            }
        }
    }
    for flow in stack.flows.values().filter(|flow| flow.is_live()) {
        let about: BTreeSet<&str> = flow.objects.iter().map(Ref::as_str).filter(|object| people.contains(object)).collect();
        if about.is_empty() {
            continue;
        }
        // Records come into being in the first tool that captures some of what the flow carries; where none does, at the latest
        // with the second step.
        let captures = |tool: &Entity<Tool>| tool.is_live() && tool.captures.iter().any(|object| about.contains(object.as_str()));
        let first = flow.steps.iter().position(|step| stack.tools.get(step.tool.as_str()).is_some_and(captures)).unwrap_or(1);
        let tools = |from: usize| flow.steps.iter().skip(from).map(|step| step.tool.as_str()).collect::<BTreeSet<_>>();
        for tool in tools(first.max(1)) {
            holdings.entry(tool).and_modify(|holding| holding.brought.push(Brings::Flow(flow)));
        }
        for tool in tools(0) {
            holdings.entry(tool).and_modify(|holding| holding.flows.push(flow));
        }
    }
    holdings
}
