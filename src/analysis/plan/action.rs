//! What could be done against what is at risk.

use std::collections::BTreeMap;

use crate::{
    analysis::{Analysis, Exposure},
    model::{AnyEntity, Entity, Owner, Precaution, Runbook, Tool},
};

/// A precaution, on something.
#[derive(Clone)]
pub struct Action<'a> {
    /// What is done.
    pub precaution: Precaution,
    /// To what: the entity that gets a backup or a runbook, the runbook that is reviewed or followed, what runs as a
    /// person, the tool that is retired.
    pub on: &'a dyn AnyEntity,
    /// The numbers of the important entities that it concerns, or of the one thing that runs as a person, in the exposure.
    pub about: Vec<usize>,
    /// Hours of work.
    pub work: f64,
    /// What it saves a year, as far as that is known.
    pub saves: Option<f64>,
    /// Whether nobody can run it before.
    pub is_first: bool,
}

impl<'a> Action<'a> {
    fn new(precaution: Precaution, on: &'a dyn AnyEntity, about: Vec<usize>, analysis: &Analysis<'a>) -> Self {
        let work = analysis.stack.company.risk.hours_to_prepare.of(precaution);
        Self { precaution, on, about, work, saves: None, is_first: false }
    }

    /// Returns who sees to it: whoever owns what it is about, or else answers for that area or for marketing operations,
    /// if they are there.
    pub(super) fn owner(&self, analysis: &Analysis<'a>) -> Option<&'a Owner> {
        let charter = analysis.stack.charter.as_ref();
        let is_text = matches!(self.precaution, Precaution::Runbook | Precaution::Review | Precaution::Exercise);
        let area = charter.and_then(|charter| if is_text { charter.areas.process.as_ref() } else { charter.areas.technology.as_ref() });
        let all = [self.on.owner(), area, charter.and_then(|charter| charter.owner.as_ref())];
        let is_there = |owner: &&Owner| {
            let person = analysis.stack.people.get(owner.as_str());
            person.map_or_else(|| analysis.stack.teams.contains_key(owner.as_str()), |person| person.is_staying(analysis.today))
        };
        all.into_iter().flatten().find(is_there)
    }
}

/// Lists what could be done. Linear in what is at risk and the mentions in runbooks.
pub(super) fn possible<'a>(analysis: &Analysis<'a>, exposure: &Exposure<'a>) -> Vec<Action<'a>> {
    let mut actions: Vec<Action<'a>> = Vec::new();
    for (place, personal) in exposure.personal.iter().enumerate() {
        actions.push(Action::new(Precaution::Credential, personal.entity, vec![place], analysis));
    }
    let mut covered: BTreeMap<&str, (&'a Entity<Runbook>, Vec<usize>)> = BTreeMap::new();
    for (place, exposed) in exposure.entities.iter().enumerate() {
        let runbooks = analysis.coverage().of(exposed.entity.address().as_str());
        for runbook in runbooks {
            covered.entry(runbook.id.as_str()).or_insert((runbook, Vec::new())).1.push(place);
        }
        // Two who can run it are enough.
        for number in exposed.runners..2 {
            let action = Action::new(Precaution::Backup, exposed.entity, vec![place], analysis);
            actions.push(Action { is_first: number == 0, ..action });
        }
        if runbooks.is_empty() {
            actions.push(Action::new(Precaution::Runbook, exposed.entity, vec![place], analysis));
        }
    }
    for (runbook, about) in covered.into_values() {
        // An empty runbook cannot be followed.
        if runbook.file_name().is_some() || runbook.steps.as_ref().is_some_and(|steps| !steps.as_str().trim().is_empty()) {
            actions.push(Action::new(Precaution::Exercise, runbook, about.clone(), analysis));
        }
        actions.push(Action::new(Precaution::Review, runbook, about, analysis));
    }
    actions.extend(retirements(analysis, exposure));
    actions
}

/// The tools that are better ended: those that are sunset, and of each group of substitutes the one that the fewest
/// integrations touch.
fn retirements<'a>(analysis: &Analysis<'a>, exposure: &Exposure<'a>) -> Vec<Action<'a>> {
    let stack = analysis.stack;
    let places: BTreeMap<&str, usize> = exposure
        .entities
        .iter()
        .enumerate()
        .filter(|(_, exposed)| exposed.entity.kind() == crate::model::Kind::Tool)
        .map(|(place, exposed)| (exposed.entity.id().as_str(), place))
        .collect();
    let is_hub = |tool: &Entity<Tool>| {
        let is_of_all = stack.company.system_of_record.as_ref().is_some_and(|hub| hub.as_str() == tool.id.as_str());
        is_of_all || !tool.system_of_record_for.is_empty()
    };
    let touching = |tool: &Entity<Tool>| analysis.graph.touching(tool.id.as_str()).filter(|of| of.is_live()).count();
    let sunset = stack.tools.values().filter(|tool| tool.status == crate::model::ToolStatus::Sunset);
    let of_groups = analysis.overlap().groups.iter().filter_map(|group| {
        let tools = group.tools.iter().filter_map(|id| stack.tools.get(*id)).filter(|tool| !is_hub(tool));
        tools.min_by_key(|tool| (touching(tool), tool.id.as_str()))
    });
    let mut actions = Vec::new();
    for tool in sunset.chain(of_groups) {
        let about = places.get(tool.id.as_str()).copied().into_iter().collect();
        let moved = analysis.graph.touching(tool.id.as_str()).filter(|of| of.is_live());
        let moved: f64 = moved.filter_map(|of| stack.company.risk.hours_to_rebuild(of)).sum();
        let alone = |cost: &&crate::analysis::ContractCost<'_>| cost.tools.len() == 1;
        let saves: Vec<f64> = analysis.spend().covering(tool.id.as_str()).filter(alone).filter_map(|of| of.cost.known()).collect();
        let saves = (!saves.is_empty()).then(|| saves.iter().sum());
        let action = Action::new(Precaution::Retirement, tool, about, analysis);
        actions.push(Action { work: action.work + moved, saves, ..action });
    }
    actions
}
