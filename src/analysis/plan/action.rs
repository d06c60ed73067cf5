//! What could be done against what is at risk.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    analysis::{Analysis, Candidate, Exposure, Reason, mandate::area_of},
    model::{AnyEntity, Entity, Kind, Owner, Precaution, Runbook, Tool, ToolStatus},
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
    /// Whether what it saves is not all known: a tool is ended, and no contract says what it costs.
    pub is_saving_unknown: bool,
}

/// Why somebody sees to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// They own what it is about.
    Owner,
    /// They answer for an area in the charter, by its key.
    Area(&'static str),
    /// They own the charter.
    Charter,
}

/// Who sees to a step, and why.
#[derive(Debug, Clone, Copy)]
pub struct Charge<'a> {
    /// A person who stays, or a team.
    pub owner: &'a Owner,
    /// Why.
    pub seat: Seat,
}

impl<'a> Action<'a> {
    fn new(precaution: Precaution, on: &'a dyn AnyEntity, about: Vec<usize>, analysis: &Analysis<'a>) -> Self {
        let work = analysis.stack.company.risk.hours_to_prepare.of(precaution);
        Self { precaution, on, about, work, saves: None, is_saving_unknown: false }
    }

    /// Whether a tool is ended.
    pub fn is_retirement(&self) -> bool {
        self.precaution == Precaution::Retirement
    }

    /// Returns who sees to it: whoever owns what it is about, or else answers for its area in the charter, or for the
    /// charter, if they are there.
    pub(super) fn charge(&self, analysis: &Analysis<'a>) -> Option<Charge<'a>> {
        let charter = analysis.stack.charter.as_ref();
        let area = area_of(self.on.kind());
        let of_area = charter.and_then(|charter| charter.areas.each().into_iter().find(|(of, _)| Some(*of) == area)?.1);
        let of_charter = charter.and_then(|charter| charter.owner.as_ref());
        let all = [(self.on.owner(), Seat::Owner), (of_area, Seat::Area(area.unwrap_or_default())), (of_charter, Seat::Charter)];
        let is_there = |owner: &Owner| {
            let person = analysis.stack.people.get(owner.as_str());
            person.map_or_else(|| analysis.stack.teams.contains_key(owner.as_str()), |person| person.is_staying(analysis.today))
        };
        all.into_iter().filter_map(|(owner, seat)| Some(Charge { owner: owner?, seat })).find(|charge| is_there(charge.owner))
    }
}

/// Lists what could be done. Linear in what is at risk and the mentions in runbooks. On a tool that is ended anyway no work
/// is spent before: its hours are at risk until it is.
pub(super) fn possible<'a>(analysis: &Analysis<'a>, exposure: &Exposure<'a>) -> Vec<Action<'a>> {
    let mut actions: Vec<Action<'a>> = Vec::new();
    for (place, personal) in exposure.personal.iter().enumerate() {
        actions.push(Action::new(Precaution::Credential, personal.entity, vec![place], analysis));
    }
    let ended = retirements(analysis, exposure);
    let ends: BTreeSet<usize> = ended.iter().flat_map(|action| action.about.iter().copied()).collect();
    let mut covered: BTreeMap<&str, (&'a Entity<Runbook>, Vec<usize>)> = BTreeMap::new();
    for (place, exposed) in exposure.entities.iter().enumerate() {
        let runbooks = analysis.coverage().of(exposed.entity.address().as_str());
        for runbook in runbooks {
            covered.entry(runbook.id.as_str()).or_insert((runbook, Vec::new())).1.push(place);
        }
        if ends.contains(&place) {
            continue;
        }
        // Two who can run it are enough.
        for _ in exposed.runners..2 {
            actions.push(Action::new(Precaution::Backup, exposed.entity, vec![place], analysis));
        }
        if runbooks.is_empty() {
            actions.push(Action::new(Precaution::Runbook, exposed.entity, vec![place], analysis));
        }
    }
    for (runbook, about) in covered.into_values() {
        if about.iter().all(|place| ends.contains(place)) {
            continue;
        }
        // An empty runbook cannot be followed.
        if runbook.file_name().is_some() || runbook.steps.as_ref().is_some_and(|steps| !steps.as_str().trim().is_empty()) {
            actions.push(Action::new(Precaution::Exercise, runbook, about.clone(), analysis));
        }
        actions.push(Action::new(Precaution::Review, runbook, about, analysis));
    }
    actions.extend(ended);
    actions
}

/// The tools that are better ended: those that are sunset, and of each group of substitutes the one that it takes least to
/// do without, if the others can do all that it can and nobody has accepted that they stand side by side.
fn retirements<'a>(analysis: &Analysis<'a>, exposure: &Exposure<'a>) -> Vec<Action<'a>> {
    let stack = analysis.stack;
    let tools = exposure.entities.iter().enumerate().filter(|(_, exposed)| exposed.entity.kind() == Kind::Tool);
    let places: BTreeMap<&str, usize> = tools.map(|(place, exposed)| (exposed.entity.id().as_str(), place)).collect();
    let is_accepted = |tools: &[&str]| {
        let rule = |accepted: &crate::model::Suppress| accepted.rule.as_str() == "redundant-tools" && accepted.until >= analysis.today;
        stack.suppressions.iter().any(|one| {
            rule(&one.body) && one.body.on.as_slice().iter().any(|on| tools.iter().any(|tool| on.as_str() == format!("tool.{tool}")))
        })
    };
    let sunset = stack.tools.values().filter(|tool| tool.status == ToolStatus::Sunset);
    let of_groups = analysis.consolidation().within.iter().filter(|choice| !is_accepted(&choice.tools)).filter_map(|choice| {
        let is_free = |first: &&Candidate<'_>| first.lost.is_empty() && !matches!(first.reason, Reason::Going | Reason::Record);
        stack.tools.get(choice.candidates.first().filter(is_free)?.tool)
    });
    let ended: BTreeMap<&str, &Entity<Tool>> = sunset.chain(of_groups).map(|tool| (tool.id.as_str(), tool)).collect();
    let mut moved: BTreeSet<&str> = BTreeSet::new();
    let mut action = |tool: &'a Entity<Tool>| {
        let id = tool.id.as_str();
        let about = places.get(id).copied().into_iter().collect();
        // What leads to another tool that ends, or to the one that takes over, is not built anew.
        let ends = |end: &str| end == id || ended.contains_key(end) || tool.replaced_by.as_ref().is_some_and(|by| by.as_str() == end);
        let integrations = analysis.graph.touching(id).filter(|of| of.is_live() && !(ends(of.from.as_str()) && ends(of.to.as_str())));
        let integrations = integrations.filter(|of| moved.insert(of.id.as_str())).map(|of| of as &dyn AnyEntity);
        let inside = analysis.departures().in_tool(id).iter().copied();
        let hours = integrations.chain(inside).filter_map(|of| stack.company.risk.hours_to_rebuild(of)).fold(0.0, |sum, hours| sum + hours);
        let alone = |cost: &&crate::analysis::ContractCost<'_>| cost.tools.len() == 1;
        let (known, unknown): (Vec<_>, Vec<_>) = analysis.spend().covering(id).filter(alone).partition(|of| of.cost.known().is_some());
        let saves = (!known.is_empty()).then(|| known.iter().filter_map(|of| of.cost.known()).sum());
        let is_saving_unknown = !unknown.is_empty() || analysis.spend().covering(id).next().is_none();
        let action = Action::new(Precaution::Retirement, tool, about, analysis);
        Action { work: action.work + hours, saves, is_saving_unknown, ..action }
    };
    ended.values().map(|tool| action(tool)).collect()
}
