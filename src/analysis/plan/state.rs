//! What is at risk while one action after the other is done.

use super::{Action, Candidate};
use crate::{
    analysis::{
        Exposure,
        exposure::{Exposed, level},
    },
    model::Precaution,
};

/// What is at risk still.
pub(super) struct State {
    /// For each important entity the hours to rebuild it, how many can run it, and whether a fresh runbook covers it.
    entities: Vec<(f64, usize, bool)>,
    /// For each thing that runs as a person the hours that are at risk.
    personal: Vec<f64>,
}

impl State {
    pub(super) fn new(exposure: &Exposure<'_>) -> Self {
        let of = |exposed: &Exposed<'_>| (exposed.hours, exposed.runners, exposed.is_fresh);
        Self {
            entities: exposure.entities.iter().map(of).collect(),
            personal: exposure.personal.iter().map(|personal| personal.hours).collect(),
        }
    }

    /// Returns the hours at risk that an action would remove now.
    pub(super) fn removes(&self, action: &Action<'_>) -> f64 {
        if action.precaution == Precaution::Credential {
            return action.about.iter().filter_map(|place| self.personal.get(*place)).sum();
        }
        let of = |(hours, runners, is_fresh): &(f64, usize, bool)| {
            let (then, is_fresh_then) = after(action.precaution, *runners, *is_fresh);
            let then = then.map_or(0.0, |runners| level(runners, is_fresh_then));
            hours * (level(*runners, *is_fresh) - then)
        };
        action.about.iter().filter_map(|place| self.entities.get(*place)).map(of).sum()
    }

    /// Returns how many people can run an important entity now.
    pub(super) fn runners(&self, place: usize) -> usize {
        self.entities.get(place).map_or(0, |(_, runners, _)| *runners)
    }

    /// Does an action.
    pub(super) fn apply(&mut self, action: &Action<'_>) {
        for place in &action.about {
            if action.precaution == Precaution::Credential {
                self.personal.get_mut(*place).into_iter().for_each(|hours| *hours = 0.0);
            } else if let Some((hours, runners, is_fresh)) = self.entities.get_mut(*place) {
                let (then, is_fresh_then) = after(action.precaution, *runners, *is_fresh);
                // What is retired needs nobody.
                *hours = then.map_or(0.0, |_| *hours);
                *runners = then.unwrap_or(*runners);
                *is_fresh = is_fresh_then;
            }
        }
    }

    /// Returns all hours that are at risk still.
    pub(super) fn at_risk(&self) -> f64 {
        let entities = self.entities.iter().map(|(hours, runners, is_fresh)| hours * level(*runners, *is_fresh));
        entities.chain(self.personal.iter().copied()).sum()
    }

    pub(super) fn candidate(&self, number: usize, action: &Action<'_>) -> Candidate {
        let removes = self.removes(action);
        let per_hour = if action.work > 0.0 { removes / action.work } else { f64::MAX.min(removes * 1e9) };
        Candidate { number, removes, per_hour }
    }
}

/// How many can run an entity after a precaution, nothing if nobody needs to, and whether a fresh runbook covers it then.
fn after(precaution: Precaution, runners: usize, is_fresh: bool) -> (Option<usize>, bool) {
    match precaution {
        Precaution::Backup | Precaution::Exercise => (Some(runners + 1), is_fresh),
        Precaution::Runbook | Precaution::Review => (Some(runners), true),
        Precaution::Retirement => (None, is_fresh),
        Precaution::Credential => (Some(runners), is_fresh),
    }
}
