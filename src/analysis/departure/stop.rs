//! What stops on the day on which something goes, and because of what.

use std::collections::{BTreeMap, BTreeSet};

use super::Gone;
use crate::{
    graph::{FlowHop, Graph, Keep},
    model::{Address, AnyEntity, Automation, Credential, Entity, Flow, Integration, Kind, Ref, Stack},
};

/// Why something stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because<'a> {
    /// It is what goes.
    Gone,
    /// It runs as this person.
    RunsAs(&'a str),
    /// It needs this tool.
    Needs(&'a str),
}

impl std::fmt::Display for Because<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Gone => f.write_str("is gone"),
            Self::RunsAs(person) => write!(f, "runs as person.{person}"),
            Self::Needs(tool) => write!(f, "needs tool.{tool}"),
        }
    }
}

/// A flow that stops.
#[derive(Debug, Clone)]
pub struct Stop<'a> {
    /// The flow.
    pub flow: &'a Entity<Flow>,
    /// The integration or tool at which it stops first.
    pub at: Address,
    /// Why that stops.
    pub because: Because<'a>,
}

/// Something in a tool or between tools that stops by itself.
#[derive(Clone, Copy)]
pub struct Stopped<'a> {
    /// An integration, automation, routing or scoring.
    pub entity: &'a dyn AnyEntity,
    /// Why.
    pub because: Because<'a>,
}

/// What runs where and as whom, of all that works today.
#[derive(Default)]
pub(super) struct Works<'a> {
    /// The integrations and automations that run as a person, by the id of the person.
    as_person: BTreeMap<&'a str, Vec<&'a dyn AnyEntity>>,
    /// The routings, scorings and automations that need a tool, by the id of the tool.
    in_tool: BTreeMap<&'a str, Vec<&'a dyn AnyEntity>>,
    /// The flows of which an integration makes some hop, by its id.
    through: BTreeMap<&'a str, BTreeMap<&'a str, Through<'a>>>,
    /// The flows with a step in a tool, by the id of the tool.
    at: BTreeMap<&'a str, BTreeMap<&'a str, &'a Entity<Flow>>>,
}

/// A flow of which an integration makes some hop.
#[derive(Clone, Copy)]
struct Through<'a> {
    flow: &'a Entity<Flow>,
    /// Whether it may be that nothing else makes one of them.
    is_alone: bool,
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
            let hops = graph.flow_hops_by(flow, &|integration| integration.is_working());
            for by in hops.iter().map(made_by) {
                for integration in by {
                    let flows = works.through.entry(integration.id.as_str()).or_default();
                    flows.entry(flow.id.as_str()).or_insert(Through { flow, is_alone: false }).is_alone |= by.len() == 1;
                }
            }
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
    pub(super) fn stopped(&self, stack: &'a Stack, graph: &Graph<'a>, gone: &Gone<'a>) -> BTreeMap<Address, Stopped<'a>> {
        let mut stopped: BTreeMap<Address, Stopped<'a>> = BTreeMap::new();
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

    /// Returns the flows that stop, by id: those that have a step in a tool that goes, or a hop that nothing makes any
    /// more. A hop that nothing made before does not count.
    pub(super) fn stops(&self, graph: &Graph<'a>, gone: &Gone<'a>, stopped: &BTreeMap<Address, Stopped<'a>>) -> Vec<Stop<'a>> {
        let because = |integration: &Entity<Integration>| stopped.get(&integration.address()).map(|stopped| stopped.because);
        let concerned = self.concerned(gone, stopped);
        let works = |integration: &Entity<Integration>| integration.is_working();
        let goes_on = |integration: &Entity<Integration>| works(integration) && because(integration).is_none();
        let stop = |flow: &'a Entity<Flow>| {
            let tool = flow.steps.iter().find_map(|step| gone.tools.get(step.tool.as_str()));
            if let Some(tool) = tool {
                return Some(Stop { flow, at: Address::of("tool", tool), because: Because::Gone });
            }
            let (integration, because) = first_break(graph, flow, &works, &goes_on, because)?;
            Some(Stop { flow, at: integration.address(), because })
        };
        concerned.into_values().filter_map(stop).collect()
    }

    /// The flows that may stop, by id. Where one integration stops of several that make a hop, it goes on.
    fn concerned(&self, gone: &Gone<'a>, stopped: &BTreeMap<Address, Stopped<'a>>) -> BTreeMap<&'a str, &'a Entity<Flow>> {
        let mut through: BTreeMap<&str, (Through<'a>, usize)> = BTreeMap::new();
        let integrations = stopped.values().filter(|stopped| stopped.entity.kind() == Kind::Integration);
        for (id, of) in integrations.filter_map(|stopped| self.through.get(stopped.entity.id().as_str())).flatten() {
            let (known, count) = through.entry(id).or_insert((*of, 0));
            known.is_alone |= of.is_alone;
            *count += 1;
        }
        let broken = through.into_iter().filter(|(_, (of, count))| of.is_alone || *count > 1).map(|(id, (of, _))| (id, of.flow));
        gone.tools.iter().filter_map(|tool| self.at.get(tool)).flatten().map(|(id, flow)| (*id, *flow)).chain(broken).collect()
    }
}

/// The first integration that stops of a hop that was made before and is not any more, with why it stops.
fn first_break<'a>(
    graph: &Graph<'a>,
    flow: &Flow,
    works: Keep<'_>,
    goes_on: Keep<'_>,
    because: impl Fn(&Entity<Integration>) -> Option<Because<'a>>,
) -> Option<(&'a Entity<Integration>, Because<'a>)> {
    let (before, after) = (graph.flow_hops_by(flow, works), graph.flow_hops_by(flow, goes_on));
    let broken = before.iter().zip(&after).position(|(before, after)| !before.is_gap() && after.is_gap())?;
    // What the hop hangs on may be an earlier one, through the same middleware.
    let from_there = before.iter().skip(broken).chain(before.iter().take(broken).rev());
    from_there.flat_map(made_by).find_map(|integration| Some((*integration, because(integration)?)))
}

fn made_by<'h, 'a>(hop: &'h FlowHop<'a>) -> &'h [&'a Entity<Integration>] {
    if let FlowHop::By(by) = hop { by } else { &[] }
}

/// The tools that an automation needs, each once.
fn tools_of(automation: &Automation) -> BTreeSet<&str> {
    [&automation.tool].into_iter().chain(&automation.calls).map(Ref::as_str).collect()
}
