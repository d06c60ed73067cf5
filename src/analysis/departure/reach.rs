//! Which stages, routings and automations a departure reaches.

use std::collections::{BTreeMap, BTreeSet};

use super::{Because, Departure};
use crate::{
    analysis::Analysis,
    model::{Address, AnyEntity, Entity, Kind, Ref, Routing, Stack, StageAddress},
};

/// What of the handling of leads is affected.
#[derive(Default)]
pub struct Reach<'a> {
    /// The addresses of the stages at which something stops or nobody takes over, sorted.
    pub stages: BTreeSet<Address>,
    /// The routings that stop, that nobody can run, or that give records to those who go, by id.
    pub routings: Vec<Reached<'a>>,
    /// The automations that stop or that nobody can run, by id.
    pub automations: Vec<Reached<'a>>,
}

/// Something that is affected, and how.
pub struct Reached<'a> {
    /// A routing or an automation.
    pub entity: &'a dyn AnyEntity,
    /// Why it stops, if it does.
    pub stops: Option<Because<'a>>,
    /// Whether nobody can run it, and nothing fresh describes it.
    pub is_unmaintained: bool,
    /// The names of its rules that give records to those who go, in order.
    pub rules: Vec<&'a str>,
}

/// Who receives records where.
#[derive(Default)]
pub struct Receives<'a> {
    /// The live routings and the numbers of the rules that give records to a person or team, by id.
    rules: BTreeMap<&'a str, Vec<(&'a Entity<Routing>, usize)>>,
    /// The stages at which a person or team takes over, by id.
    stages: BTreeMap<&'a str, Vec<Address>>,
    /// The stages on the way of a flow, by its id.
    on_the_way: BTreeMap<&'a str, BTreeSet<Address>>,
}

impl<'a> Receives<'a> {
    /// Collects who receives records where. Linear in the routings, lifecycles and flows.
    pub(super) fn new(stack: &'a Stack) -> Self {
        let mut receives = Self::default();
        for routing in stack.routings.values().filter(|routing| routing.is_live()) {
            for (number, rule) in routing.body.rule.iter().enumerate() {
                let parties: BTreeSet<&str> = rule.assign.parties().map(Ref::as_str).collect();
                for party in parties {
                    receives.rules.entry(party).or_default().push((routing, number));
                }
            }
        }
        for flow in stack.flows.values() {
            let stages = flow.steps.iter().filter_map(|step| step.stage.as_ref()).map(Address::from);
            receives.on_the_way.insert(flow.id.as_str(), stages.collect());
        }
        for lifecycle in stack.lifecycles.values() {
            for stage in &lifecycle.body.stage {
                let to = stage.handoff.as_ref().map(|handoff| handoff.to.as_str());
                let Some(to) = to else { continue };
                receives.stages.entry(to).or_default().push(lifecycle.address().part("stage", stage.id.as_str()));
            }
        }
        receives
    }

    /// Returns what a departure reaches. Linear in what stops, what is unmaintained and what those who go receive.
    pub(super) fn reach(&self, analysis: &Analysis<'a>, departure: &Departure<'a>) -> Reach<'a> {
        let stack = analysis.stack;
        let mut reach = Reach::default();
        let mut reached: BTreeMap<(Kind, &str), Reached<'a>> = BTreeMap::new();
        let new = |entity| Reached { entity, stops: None, is_unmaintained: false, rules: Vec::new() };
        for stopped in &departure.stopped {
            let key = (stopped.entity.kind(), stopped.entity.id().as_str());
            reached.entry(key).or_insert_with(|| new(stopped.entity)).stops = Some(stopped.because);
        }
        for entity in &departure.unmaintained {
            reached.entry((entity.kind(), entity.id().as_str())).or_insert_with(|| new(*entity)).is_unmaintained = true;
        }
        let mut rules: BTreeMap<&str, (&'a Entity<Routing>, BTreeSet<usize>)> = BTreeMap::new();
        for party in departure.gone.people.iter().chain(&departure.gone.teams) {
            reach.stages.extend(self.stages.get(party).into_iter().flatten().cloned());
            for (routing, rule) in self.rules.get(party).into_iter().flatten() {
                rules.entry(routing.id.as_str()).or_insert((*routing, BTreeSet::new())).1.insert(*rule);
            }
        }
        for (id, (routing, numbers)) in rules {
            let names = numbers.into_iter().filter_map(|number| routing.body.rule.get(number)).map(|rule| rule.name.as_str());
            reached.entry((Kind::Routing, id)).or_insert_with(|| new(routing)).rules = names.collect();
        }
        for stop in &departure.stops {
            reach.stages.extend(self.on_the_way.get(stop.flow.id.as_str()).into_iter().flatten().cloned());
        }
        for of in reached.into_values() {
            reach.stages.extend(stages_of(stack, of.entity).filter(|_| of.stops.is_some()).map(Address::from));
            match of.entity.kind() {
                Kind::Routing => reach.routings.push(of),
                Kind::Automation => reach.automations.push(of),
                _ => {}
            }
        }
        reach
    }
}

/// The stages at which an entity acts.
fn stages_of<'a>(stack: &'a Stack, entity: &dyn AnyEntity) -> impl Iterator<Item = &'a Ref<StageAddress>> {
    let id = entity.id().as_str();
    let (stages, promotes): (&[Ref<StageAddress>], _) = match entity.kind() {
        Kind::Routing => (stack.routings.get(id).map_or(&[], |of| of.body.stages.as_slice()), None),
        Kind::Scoring => {
            let scoring = stack.scorings.get(id);
            (scoring.map_or(&[], |of| of.body.stages.as_slice()), scoring.and_then(|of| of.body.promotes_to.as_ref()))
        }
        Kind::Automation => (stack.automations.get(id).map_or(&[], |of| of.body.stages.as_slice()), None),
        _ => (&[], None),
    };
    stages.iter().chain(promotes)
}
