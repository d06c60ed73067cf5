//! What runs where and as whom, and the flows that pass through it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Gone,
    stop::{AllStopped, Because, Stopped, made_by},
};
use crate::{
    graph::Graph,
    model::{AnyEntity, Automation, Credential, Entity, Flow, Ref, Stack},
};

/// What runs where and as whom, of all that works today.
#[derive(Default)]
pub(super) struct Works<'a> {
    /// The integrations and automations that run as a person, by the id of the person.
    as_person: BTreeMap<&'a str, Vec<&'a dyn AnyEntity>>,
    /// The routings, scorings and automations that need a tool, by the id of the tool.
    in_tool: BTreeMap<&'a str, Vec<&'a dyn AnyEntity>>,
    /// The flows of which an integration makes some hop, by its id.
    pub(super) through: BTreeMap<&'a str, BTreeMap<&'a str, Through<'a>>>,
    /// The flows with a step in a tool, by the id of the tool.
    pub(super) at: BTreeMap<&'a str, BTreeMap<&'a str, &'a Entity<Flow>>>,
    /// The steps at which each flow falls into parts, by the id of the flow.
    pub(super) cuts: BTreeMap<&'a str, Vec<usize>>,
}

/// A flow of which an integration makes some hop.
pub(super) struct Through<'a> {
    pub(super) flow: &'a Entity<Flow>,
    /// Whether it may be that nothing else makes one of them.
    pub(super) is_alone: bool,
    /// The numbers of the parts of the flow in which the hops are.
    pub(super) parts: BTreeSet<usize>,
}

impl<'a> Works<'a> {
    /// Looks through what works. Linear in the stack and the integrations that may make the hops of its flows.
    pub(super) fn new(stack: &'a Stack, graph: &Graph<'a>) -> Self {
        let mut works = Self::default();
        for integration in stack.integrations.values().filter(|integration| integration.is_working()) {
            works.runs_as(stack, integration.runs_as.as_ref(), integration);
        }
        for automation in stack.automations.values().filter(|automation| automation.is_working()) {
            works.runs_as(stack, automation.runs_as.as_ref(), automation);
            for tool in tools_of(automation) {
                works.in_tool.entry(tool).or_default().push(automation);
            }
        }
        for routing in stack.routings.values().filter(|routing| routing.is_working()) {
            works.in_tool.entry(routing.tool.as_str()).or_default().push(routing);
        }
        for scoring in stack.scorings.values().filter(|scoring| scoring.is_working()) {
            works.in_tool.entry(scoring.tool.as_str()).or_default().push(scoring);
        }
        for flow in stack.flows.values().filter(|flow| flow.is_working()) {
            for step in &flow.steps {
                works.at.entry(step.tool.as_str()).or_default().insert(flow.id.as_str(), flow);
            }
            let cuts = graph.cuts(flow);
            let hops = graph.flow_hops_by(flow, &|integration| integration.is_working());
            for (place, by) in hops.iter().map(made_by).enumerate() {
                let part = cuts.partition_point(|cut| *cut <= place).saturating_sub(1);
                for integration in by {
                    let flows = works.through.entry(integration.id.as_str()).or_default();
                    let new = || Through { flow, is_alone: false, parts: BTreeSet::new() };
                    let through = flows.entry(flow.id.as_str()).or_insert_with(new);
                    through.is_alone |= by.len() == 1;
                    through.parts.insert(part);
                }
            }
            works.cuts.insert(flow.id.as_str(), cuts);
        }
        works
    }

    fn runs_as(&mut self, stack: &'a Stack, credential: Option<&Ref<Credential>>, entity: &'a dyn AnyEntity) {
        if let Some(person) = credential.and_then(|credential| stack.people.get(credential.as_str())) {
            self.as_person.entry(person.id.as_str()).or_default().push(entity);
        }
    }

    /// Returns what runs as a person, by kind and id.
    pub(super) fn run_as(&self, person: &str) -> &[&'a dyn AnyEntity] {
        self.as_person.get(person).map_or(&[], Vec::as_slice)
    }

    /// Returns the routings, scorings and automations that need a tool.
    pub(super) fn in_tool(&self, tool: &str) -> &[&'a dyn AnyEntity] {
        self.in_tool.get(tool).map_or(&[], Vec::as_slice)
    }

    /// Returns what stops by itself, by address, each once.
    pub(super) fn stopped(&self, stack: &'a Stack, graph: &Graph<'a>, gone: &Gone<'a>) -> AllStopped<'a> {
        let mut stopped = AllStopped::new();
        let mut add = |entity: &'a dyn AnyEntity, because| {
            stopped.entry(entity.address()).or_insert(Stopped { entity, because });
        };
        for integration in gone.integrations.iter().filter_map(|id| stack.integrations.get(*id)).filter(|of| of.is_working()) {
            add(integration, Because::Gone);
        }
        for tool in &gone.tools {
            graph.touching(tool).filter(|integration| integration.is_working()).for_each(|of| add(of, Because::Needs(tool)));
            self.in_tool.get(tool).into_iter().flatten().for_each(|of| add(*of, Because::Needs(tool)));
        }
        for person in &gone.people {
            self.run_as(person).iter().for_each(|of| add(*of, Because::RunsAs(person)));
        }
        stopped
    }
}

/// The tools that an automation needs, each once.
fn tools_of(automation: &Automation) -> BTreeSet<&str> {
    [&automation.tool].into_iter().chain(&automation.calls).map(Ref::as_str).collect()
}
