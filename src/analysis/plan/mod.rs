//! The cheapest way out: precautions in the order of the hours at risk that each removes per hour of work.
//!
//! [`action`] lists what could be done, [`state`] knows what each would still remove, and the greedy choice goes on
//! until nothing is removed any more. What an action removes is told for the order in which the plan has them.

mod action;
mod state;

use std::{cmp::Ordering, collections::BinaryHeap};

pub use self::action::{Action, Charge, Seat};
use self::state::State;
use super::{Analysis, Exposure};
use crate::model::{Criticality, Precaution};

/// When something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// In the first thirty days: what would stop, what nobody can run, and what is critical.
    Stabilize,
    /// By the sixtieth day: everything else that somebody else must be able to run.
    Standardize,
    /// By the ninetieth day: what is better ended.
    Optimize,
}

impl Phase {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Stabilize, Self::Standardize, Self::Optimize];

    /// Returns its name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Stabilize => "Stabilize",
            Self::Standardize => "Standardize",
            Self::Optimize => "Optimize",
        }
    }

    /// Returns what it holds.
    pub fn holds(self) -> &'static str {
        match self {
            Self::Stabilize => "what would stop with a person, what nobody can run, and what is critical",
            Self::Standardize => "everything else that a second person must be able to run",
            Self::Optimize => "the tools that are better ended",
        }
    }

    /// Returns its first and last day.
    pub fn days(self) -> [u32; 2] {
        match self {
            Self::Stabilize => [1, 30],
            Self::Standardize => [31, 60],
            Self::Optimize => [61, 90],
        }
    }
}

/// Something to do.
pub struct Step<'a> {
    /// What.
    pub action: Action<'a>,
    /// When.
    pub phase: Phase,
    /// Who sees to it: whoever answers for what it is about; nothing where nobody who is there does.
    pub charge: Option<Charge<'a>>,
    /// Hours at risk that it removes, after the steps before it.
    pub removes: f64,
    /// How many people can run what it is about when its turn comes, for a backup.
    pub runners: usize,
}

/// What to do, in order.
pub struct Plan<'a> {
    /// Hours at risk before.
    pub before: f64,
    /// Hours at risk after it.
    pub after: f64,
    /// The steps, by phase and then by what they remove per hour of work.
    pub steps: Vec<Step<'a>>,
}

impl<'a> Plan<'a> {
    /// Makes the plan. Each action is looked at again only while what it removes has changed, so that the time is that of
    /// sorting the actions and going through what they are about a few times.
    pub fn new(analysis: &Analysis<'a>, exposure: &Exposure<'a>) -> Self {
        let actions = action::possible(analysis, exposure);
        let chosen = chosen(&actions, exposure);
        let mut steps: Vec<(Phase, &Action<'a>)> = chosen.into_iter().map(|action| (phase(action, exposure), action)).collect();
        steps.sort_by_key(|(phase, _)| *phase);
        let mut state = State::new(exposure);
        let before = state.at_risk();
        let steps = steps.into_iter().map(|(phase, action)| {
            let removes = state.removes(action);
            let runners = action.about.first().map_or(0, |place| state.runners(*place));
            state.apply(action);
            Step { action: action.clone(), phase, charge: action.charge(analysis), removes, runners }
        });
        // In the order of the phases another step may have removed it already.
        let steps: Vec<_> = steps.filter(|step| step.removes > 0.0 || step.action.is_retirement()).collect();
        Self { before, after: state.at_risk(), steps }
    }

    /// Returns the hours of work.
    pub fn work(&self) -> f64 {
        self.steps.iter().map(|step| step.action.work).sum()
    }

    /// Returns the steps that take precautions, and those that end a tool.
    pub fn split(&self) -> (Vec<&Step<'a>>, Vec<&Step<'a>>) {
        self.steps.iter().partition(|step| !step.action.is_retirement())
    }

    /// Iterates over the steps of a phase.
    pub fn of(&self, phase: Phase) -> impl Iterator<Item = &Step<'a>> {
        self.steps.iter().filter(move |step| step.phase == phase)
    }
}

/// Chooses what removes the most per hour of work, again and again, until nothing is removed any more.
fn chosen<'p, 'a>(actions: &'p [Action<'a>], exposure: &Exposure<'a>) -> Vec<&'p Action<'a>> {
    let mut state = State::new(exposure);
    let mut waiting: BinaryHeap<Candidate> = actions.iter().enumerate().map(|(number, action)| state.candidate(number, action)).collect();
    let mut chosen = Vec::new();
    while let Some(best) = waiting.pop() {
        let Some(action) = actions.get(best.number) else { continue };
        let now = state.candidate(best.number, action);
        // Actions never remove more than they did before, so that one that still removes as much is the best.
        if now.cmp(&best) == Ordering::Less {
            waiting.push(now);
        } else if now.removes > 0.0 || action.is_retirement() {
            state.apply(action);
            chosen.push(action);
        }
    }
    chosen
}

fn phase(action: &Action<'_>, exposure: &Exposure<'_>) -> Phase {
    let is_urgent = |place: &usize| {
        let of = exposure.entities.get(*place);
        of.is_some_and(|of| of.runners == 0 || of.entity.criticality() == Some(Criticality::Critical))
    };
    match action.precaution {
        Precaution::Credential => Phase::Stabilize,
        Precaution::Retirement => Phase::Optimize,
        _ if action.about.iter().any(is_urgent) => Phase::Stabilize,
        _ => Phase::Standardize,
    }
}

/// An action, by what it removes per hour of work; the earlier of two that are equal.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    number: usize,
    removes: f64,
    per_hour: f64,
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.per_hour.total_cmp(&other.per_hour).then_with(|| other.number.cmp(&self.number))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that is wrong may fail in any way")]
mod tests {
    use super::{Action, Candidate, State, chosen};
    use crate::{
        analysis::{
            Exposure,
            exposure::{Exposed, Personal},
        },
        model::{AnyEntity, Kind, Precaution, StackEntities},
        source::{SourceFile, Sources},
    };

    /// Numbers that are the same in every run.
    fn numbers(mut seed: u64) -> impl FnMut(usize) -> usize {
        move |most| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % most
        }
    }

    const PRECAUTIONS: [Precaution; 6] =
        [Precaution::Backup, Precaution::Runbook, Precaution::Review, Precaution::Exercise, Precaution::Credential, Precaution::Retirement];

    /// Hours that are no sums of halves too.
    const HOURS: [f64; 5] = [0.0, 0.1, 3.0, 7.7, 24.0];

    fn arbitrary<'a>(entity: &'a dyn AnyEntity, below: &mut impl FnMut(usize) -> usize) -> (Exposure<'a>, Vec<Action<'a>>) {
        let mut exposure = Exposure::default();
        for _ in 0..=below(8) {
            exposure.entities.push(Exposed { entity, hours: HOURS[below(5)], runners: below(4), is_fresh: below(3) == 0 });
            exposure.personal.push(Personal { entity, person: "ana", flows: Vec::new(), hours: HOURS[below(5)] });
        }
        let count = exposure.entities.len();
        let action = |below: &mut dyn FnMut(usize) -> usize| {
            let about = (0..below(4)).map(|_| below(count)).collect::<std::collections::BTreeSet<_>>().into_iter().collect();
            let saves = (below(6) == 0).then_some(1_000.0);
            Action { precaution: PRECAUTIONS[below(6)], on: entity, about, work: HOURS[below(5)], saves, is_saving_unknown: false }
        };
        let actions = (0..below(20)).map(|_| action(below)).collect();
        (exposure, actions)
    }

    /// The choice that looks at every action every time.
    fn naive<'p, 'a>(actions: &'p [Action<'a>], exposure: &Exposure<'a>) -> Vec<&'p Action<'a>> {
        let mut state = State::new(exposure);
        let mut left: Vec<usize> = (0..actions.len()).collect();
        let mut chosen = Vec::new();
        let best = |state: &State, left: &[usize]| left.iter().map(|number| state.candidate(*number, &actions[*number])).max();
        while let Some(Candidate { number, removes, .. }) = best(&state, &left) {
            left.retain(|other| *other != number);
            if removes > 0.0 || actions[number].is_retirement() {
                state.apply(&actions[number]);
                chosen.push(&actions[number]);
            }
        }
        chosen
    }

    #[test]
    fn looking_again_only_at_what_seems_best_chooses_what_looking_at_everything_chooses() {
        let mut entities = StackEntities::default();
        let file = Sources::default().add(SourceFile::default());
        entities.insert(Kind::Tool, "crm", file, serde_json::json!({ "name": "CRM", "category": "crm" })).unwrap();
        let entity = entities.get(Kind::Tool, "crm").unwrap();
        let mut seen = 0;
        for seed in 0..3_000 {
            let mut below = numbers(seed);
            let (exposure, actions) = arbitrary(entity, &mut below);
            let [lazy, naive] = [chosen(&actions, &exposure), naive(&actions, &exposure)];
            assert_eq!(lazy.len(), naive.len(), "seed {seed}");
            assert!(lazy.iter().zip(&naive).all(|(a, b)| std::ptr::eq(*a, *b)), "seed {seed}");
            seen += lazy.len();
        }
        assert!(seen > 3_000, "only {seen} actions are chosen");
    }
}
