//! What acts at which stage of a lifecycle: read off every reference to a stage, so that no kind is listed here.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    graph::{Reference, References},
    model::{Address, AnyEntity, Entity, Kind, Lifecycle, Ref, Stack},
};

/// What an entity does at a stage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// It acts while records are there: `stages`.
    Acts,
    /// It promotes records to the stage: `promotes-to`.
    Promotes,
    /// Records are there after these of its steps, counted from 1.
    Steps(Vec<usize>),
    /// It names the stage under this key, such as `covers`.
    Names(String),
}

/// An entity at a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Act {
    /// The entity.
    pub entity: Address,
    /// What it does there, sorted; never empty.
    pub ways: Vec<Way>,
    /// The tools in which it does so, by id: where it runs, what it calls, or where its steps stand. Sorted.
    pub tools: Vec<String>,
    /// Whether it is live.
    pub is_live: bool,
}

/// What acts at each stage of every lifecycle.
#[derive(Debug, Default, Serialize)]
pub struct Stages {
    /// By the address of the stage; a stage at which nothing acts is not there.
    by: BTreeMap<String, Vec<Act>>,
}

impl Stages {
    /// Collects everything that names a stage. Linear in the references to lifecycles.
    pub fn new(stack: &Stack, references: &References) -> Self {
        let mut stages = Self::default();
        for lifecycle in stack.lifecycles.values() {
            for reference in references.to(&lifecycle.address()) {
                if reference.to.as_str().contains(".stage.") {
                    stages.add(stack, reference);
                }
            }
        }
        let rank = |act: &Act| {
            let kind = Kind::from_name(act.entity.entity().0);
            (kind, act.entity.clone())
        };
        for acts in stages.by.values_mut() {
            acts.sort_by_key(rank);
        }
        stages
    }

    fn add(&mut self, stack: &Stack, reference: &Reference) {
        let Some(entity) = stack.at(&reference.from) else { return };
        let steps: Vec<usize> = reference.at.iter().filter_map(|pointer| step(pointer)).collect();
        let way = match reference.field.as_str() {
            "stages" => Way::Acts,
            "promotes-to" => Way::Promotes,
            "steps.stage" => Way::Steps(steps.iter().map(|index| index + 1).collect()),
            other => Way::Names(other.to_owned()),
        };
        let acts = self.by.entry(reference.to.to_string()).or_default();
        let tools = tools(stack, entity, &steps);
        match acts.iter_mut().find(|act| act.entity == reference.from) {
            Some(act) => {
                act.ways.push(way);
                act.ways.sort();
                act.tools = act.tools.drain(..).chain(tools).collect::<BTreeSet<_>>().into_iter().collect();
            }
            None => acts.push(Act {
                entity: reference.from.clone(),
                ways: vec![way],
                tools: tools.into_iter().collect(),
                is_live: entity.is_live(),
            }),
        }
    }

    /// Returns what acts at a stage, by kind and id.
    pub fn at(&self, lifecycle: &Entity<Lifecycle>, stage: &str) -> &[Act] {
        self.by.get(&format!("{}.stage.{stage}", lifecycle.address())).map_or(&[], Vec::as_slice)
    }

    /// Returns the tools in which something live acts at a stage, by id.
    pub fn tools(&self, lifecycle: &Entity<Lifecycle>, stage: &str) -> BTreeSet<&str> {
        self.at(lifecycle, stage).iter().filter(|act| act.is_live).flat_map(|act| &act.tools).map(String::as_str).collect()
    }

    /// Returns the live entities of a kind that act at a stage of a lifecycle, or promote records to one, by id. One that
    /// names no stage of any lifecycle belongs to the only one that there is of its object, if it has one.
    pub fn of_lifecycle<'s>(&self, stack: &'s Stack, lifecycle: &Entity<Lifecycle>, kind: Kind) -> Vec<&'s dyn AnyEntity> {
        let (own, others): (Vec<_>, Vec<_>) = self.by.iter().partition(|(stage, _)| belongs(stage, lifecycle));
        let named = |of: &[(&String, &Vec<Act>)]| -> BTreeSet<String> {
            of.iter().flat_map(|(_, acts)| acts.iter()).map(|act| act.entity.to_string()).collect()
        };
        let (own, others) = (named(&own), named(&others));
        let object = lifecycle.object.as_ref().map(Ref::as_str);
        let alone = stack.lifecycles.values().filter(|other| other.object.as_ref().map(Ref::as_str) == object).count() == 1;
        let is_its = |entity: &&dyn AnyEntity| {
            let address = entity.address().to_string();
            let by_object = alone && object.is_some() && !others.contains(&address) && object_of(stack, *entity) == object;
            entity.is_live() && (own.contains(&address) || by_object)
        };
        stack.of(kind).filter(is_its).collect()
    }
}

/// Whether the address of a stage is that of a stage of a lifecycle.
fn belongs(stage: &str, lifecycle: &Entity<Lifecycle>) -> bool {
    stage.strip_prefix(lifecycle.address().as_str()).is_some_and(|rest| rest.starts_with('.'))
}

/// The object of a routing or scoring.
fn object_of<'s>(stack: &'s Stack, entity: &dyn AnyEntity) -> Option<&'s str> {
    let id = entity.id().as_str();
    match entity.kind() {
        Kind::Routing => stack.routings.get(id).map(|routing| routing.object.as_str()),
        Kind::Scoring => stack.scorings.get(id).and_then(|scoring| scoring.object.as_ref()).map(Ref::as_str),
        _ => None,
    }
}

/// The place of a step in the pointer of its stage, such as `/steps/2/stage`.
fn step(pointer: &str) -> Option<usize> {
    pointer.strip_prefix("/steps/")?.strip_suffix("/stage")?.parse().ok()
}

/// The tools in which an entity acts: those of these steps of a flow, or else its `tool` and what it calls.
fn tools(stack: &Stack, entity: &dyn AnyEntity, steps: &[usize]) -> BTreeSet<String> {
    let id = entity.id().as_str();
    let tool = match entity.kind() {
        Kind::Flow => {
            let flow = stack.flows.get(id);
            let of_steps = steps.iter().filter_map(|index| flow?.steps.get(*index)).map(|step| step.tool.to_string());
            return of_steps.collect();
        }
        Kind::Automation => {
            let automation = stack.automations.get(id);
            return automation.map(|of| of.calls.iter().chain([&of.tool]).map(ToString::to_string).collect()).unwrap_or_default();
        }
        Kind::Routing => stack.routings.get(id).map(|of| &of.tool),
        Kind::Scoring => stack.scorings.get(id).map(|of| &of.tool),
        Kind::Audience => stack.audiences.get(id).map(|of| &of.tool),
        _ => None,
    };
    tool.map(ToString::to_string).into_iter().collect()
}
