//! What stops on the day on which something goes, and because of what.

use std::collections::{BTreeMap, BTreeSet};

use super::{Gone, Waits, works::Works};
use crate::{
    graph::{FlowHop, Graph, Keep},
    model::{Address, AnyEntity, Entity, Flow, Integration, Kind, Stack, Step},
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
    /// For whom or what it waits.
    pub waits: Waits,
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

/// A flow that may stop, and the numbers of the parts in which it may.
struct Concerned<'a> {
    flow: &'a Entity<Flow>,
    parts: BTreeSet<usize>,
    is_alone: bool,
    /// How many integrations stop that make some hop.
    count: usize,
}

impl<'a> Works<'a> {
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

pub(super) fn made_by<'h, 'a>(hop: &'h FlowHop<'a>) -> &'h [&'a Entity<Integration>] {
    if let FlowHop::By(by) = hop { by } else { &[] }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that is wrong may fail in any way")]
mod tests {
    use serde_json::json;

    use super::super::{Gone, works::Works};
    use crate::{
        graph::Graph,
        model::{Company, Kind, Located, Stack, StackEntities},
        source::{SourceFile, Sources},
    };

    /// A flow of so many steps, each of whose hops runs as a person of its own.
    fn long(steps: usize, via: bool) -> Stack {
        let file = Sources::default().add(SourceFile::default());
        let mut entities = StackEntities::default();
        let mut add = |kind, id: &str, table| entities.insert(kind, id, file, table).unwrap();
        let tool = |number: usize| format!("t{number:05}");
        for number in 0..steps {
            add(Kind::Tool, &tool(number), json!({ "name": "Tool", "category": "crm" }));
            add(Kind::Person, &format!("p{number:05}"), json!({ "name": "Somebody" }));
        }
        add(Kind::Tool, "middle", json!({ "name": "Middle", "category": "crm" }));
        for number in 1..steps {
            let mut way = json!({ "from": tool(number - 1), "to": tool(number), "method": "api", "runs-as": format!("p{number:05}") });
            if via {
                way["via"] = "middle".into();
            }
            add(Kind::Integration, &format!("i{number:05}"), way);
        }
        let all: Vec<_> = (0..steps).map(|number| json!({ "tool": tool(number) })).collect();
        add(Kind::Flow, "long", json!({ "name": "Long", "steps": all }));
        let company = Located { file, pointer: "/stack".to_owned(), body: Company::unnamed() };
        Stack { company, site: None, rules: None, charter: None, privacy: None, overrides: Vec::new(), suppressions: Vec::new(), entities }
    }

    #[test]
    fn each_hop_of_a_flow_that_runs_as_as_many_people_is_looked_at_once() {
        for (steps, via) in [(30, false), (300, false), (300, true)] {
            let stack = long(steps, via);
            let graph = Graph::new(&stack);
            let works = Works::new(&stack, &graph);
            let mut looked_at = 0;
            for person in stack.people.keys() {
                let gone = Gone::person(person.as_str());
                let stopped = works.stopped(&stack, &graph, &gone);
                for concerned in works.concerned(&gone, &stopped).values() {
                    looked_at += works.parts(concerned).map(|steps| steps.len() - 1).sum::<usize>();
                }
                let stops = works.stops((&stack, &graph), &gone, &stopped);
                assert_eq!(stops.len(), usize::from(person.as_str() != "p00000"), "{person}");
            }
            assert_eq!(looked_at, steps - 1, "of {steps} steps");
        }
    }
}
