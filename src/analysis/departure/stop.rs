//! What stops on the day on which something goes, and because of what.

use std::collections::{BTreeMap, BTreeSet};

use super::Gone;
use crate::{
    graph::{FlowHop, Graph, Keep},
    model::{Address, AnyEntity, Automation, Credential, Entity, Flow, Integration, Kind, Ref, Risk, Stack, Step},
};

#[cfg(test)]
#[path = "stop_tests.rs"]
mod tests;

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
    /// For whom or what it waits.
    pub waits: Waits,
}

/// What has to be replaced until a flow that stops goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waits {
    /// The people who go.
    People,
    /// The tools or integrations that go.
    Tools,
    /// Both: it would stop without either.
    Both,
    /// Either: it stops only because both are missing.
    Either,
}

impl Waits {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::People, Self::Tools, Self::Both, Self::Either];

    /// Returns the fewest and the most weeks that this takes.
    pub fn weeks(self, risk: &Risk) -> [f64; 2] {
        let [people, tools] = [risk.weeks_to_replace(), risk.weeks_to_replace_tool()].map(|range| [range.low.0, range.high.0]);
        match self {
            Self::People => people,
            Self::Tools => tools,
            Self::Both => [people[0].max(tools[0]), people[1].max(tools[1])],
            Self::Either => [people[0].min(tools[0]), people[1].min(tools[1])],
        }
    }
}

/// Something in a tool or between tools that stops by itself.
#[derive(Clone, Copy)]
pub struct Stopped<'a> {
    /// An integration, automation, routing or scoring.
    pub entity: &'a dyn AnyEntity,
    /// Why.
    pub because: Because<'a>,
}

/// What stops by itself, by address.
pub(super) type AllStopped<'a> = BTreeMap<Address, Stopped<'a>>;

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
    /// The steps at which each flow falls into parts, by the id of the flow.
    cuts: BTreeMap<&'a str, Vec<usize>>,
}

/// A flow of which an integration makes some hop.
struct Through<'a> {
    flow: &'a Entity<Flow>,
    /// Whether it may be that nothing else makes one of them.
    is_alone: bool,
    /// The numbers of the parts of the flow in which the hops are.
    parts: BTreeSet<usize>,
}

/// A flow that may stop, and the numbers of the parts in which it may.
struct Concerned<'a> {
    flow: &'a Entity<Flow>,
    parts: BTreeSet<usize>,
    is_alone: bool,
    /// How many integrations stop that make some hop.
    count: usize,
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

    /// Returns the flows that stop, by id: those that have a step in a tool that goes, or a hop that nothing makes any
    /// more. A hop that nothing made before does not count.
    pub(super) fn stops(&self, cx: (&'a Stack, &Graph<'a>), gone: &Gone<'a>, stopped: &AllStopped<'a>) -> Vec<Stop<'a>> {
        let (stack, graph) = cx;
        let stop = self.concerned(gone, stopped).into_values().filter_map(|of| {
            let (at, because) = self.stop(graph, &of, gone, stopped)?;
            Some(Stop { flow: of.flow, at, because, waits: gone.waits() })
        });
        let mut stops: Vec<Stop<'a>> = stop.collect();
        if gone.is_mixed() {
            // What stops without the people alone is still stopped when the tools are replaced, and the other way round.
            let [people, tools] = [gone.only_people(), gone.only_tools()].map(|gone| {
                let stopped = self.stopped(stack, graph, &gone);
                let all = self.concerned(&gone, &stopped).into_iter();
                all.filter(|(_, of)| self.stop(graph, of, &gone, &stopped).is_some()).map(|(id, _)| id).collect::<BTreeSet<_>>()
            });
            for stop in &mut stops {
                let id = stop.flow.id.as_str();
                stop.waits = match (people.contains(id), tools.contains(id)) {
                    (true, true) => Waits::Both,
                    (true, false) => Waits::People,
                    (false, true) => Waits::Tools,
                    (false, false) => Waits::Either,
                };
            }
        }
        stops
    }

    /// Where a flow stops first, and why, if it does. Looks at the parts of the flow in which something stops, and at all
    /// of its steps only where tools go.
    fn stop(
        &self,
        graph: &Graph<'a>,
        concerned: &Concerned<'a>,
        gone: &Gone<'a>,
        stopped: &AllStopped<'a>,
    ) -> Option<(Address, Because<'a>)> {
        if !gone.tools.is_empty()
            && let Some(tool) = concerned.flow.steps.iter().find_map(|step| gone.tools.get(step.tool.as_str()))
        {
            return Some((Address::of("tool", tool), Because::Gone));
        }
        let because = |integration: &Entity<Integration>| stopped.get(&integration.address()).map(|stopped| stopped.because);
        let works = |integration: &Entity<Integration>| integration.is_working();
        let goes_on = |integration: &Entity<Integration>| works(integration) && because(integration).is_none();
        let (integration, because) = self.parts(concerned).find_map(|steps| first_break(graph, steps, &works, &goes_on, because))?;
        Some((integration.address(), because))
    }

    /// The parts of a flow in which something stops, in order: each with the step that ends it, which begins the next.
    fn parts<'c>(&'c self, concerned: &'c Concerned<'a>) -> impl Iterator<Item = &'a [Step]> + 'c {
        let flow = concerned.flow;
        let cuts = self.cuts.get(flow.id.as_str()).map_or(&[][..], Vec::as_slice);
        let steps = move |part: &usize| flow.body.steps.get(*cuts.get(*part)?..=*cuts.get(part + 1)?);
        concerned.parts.iter().filter_map(steps)
    }

    /// The flows that may stop, by id. Where one integration stops of several that make a hop, it goes on.
    fn concerned(&self, gone: &Gone<'a>, stopped: &AllStopped<'a>) -> BTreeMap<&'a str, Concerned<'a>> {
        let mut concerned: BTreeMap<&str, Concerned<'a>> = BTreeMap::new();
        let new = |flow| Concerned { flow, parts: BTreeSet::new(), is_alone: false, count: 0 };
        let integrations = stopped.values().filter(|stopped| stopped.entity.kind() == Kind::Integration);
        for (id, of) in integrations.filter_map(|stopped| self.through.get(stopped.entity.id().as_str())).flatten() {
            let known = concerned.entry(id).or_insert_with(|| new(of.flow));
            known.is_alone |= of.is_alone;
            known.count += 1;
            known.parts.extend(&of.parts);
        }
        concerned.retain(|_, of| of.is_alone || of.count > 1);
        for (id, flow) in gone.tools.iter().filter_map(|tool| self.at.get(tool)).flatten() {
            concerned.entry(id).or_insert_with(|| new(flow));
        }
        concerned
    }
}

/// The first integration that stops of a hop that was made before and is not any more, with why it stops.
fn first_break<'a>(
    graph: &Graph<'a>,
    steps: &[Step],
    works: Keep<'_>,
    goes_on: Keep<'_>,
    because: impl Fn(&Entity<Integration>) -> Option<Because<'a>>,
) -> Option<(&'a Entity<Integration>, Because<'a>)> {
    let (before, after) = (graph.hops_of(steps, works), graph.hops_of(steps, goes_on));
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
