//! How many hours of rebuilding are at risk today, and where.
//!
//! Of an important entity that nobody can run all hours are at risk, of one that a single person can run half of them,
//! of any other none. A fresh runbook halves that. What runs as a person adds its own hours and those of the flows that
//! stop with it: it stops on the day on which they leave.

use super::{Analysis, departure::Gone};
use crate::model::{AnyEntity, Entity, Flow};

/// An important entity, and what is at risk of it.
#[derive(Clone)]
pub struct Exposed<'a> {
    /// The entity.
    pub entity: &'a dyn AnyEntity,
    /// Hours to rebuild it.
    pub hours: f64,
    /// How many people can run it and stay.
    pub runners: usize,
    /// Whether a fresh runbook covers it.
    pub is_fresh: bool,
}

/// Something that runs as a person.
pub struct Personal<'a> {
    /// An integration or automation that works.
    pub entity: &'a dyn AnyEntity,
    /// The id of the person.
    pub person: &'a str,
    /// The flows that stop with it, by id.
    pub flows: Vec<&'a Entity<Flow>>,
    /// Its hours and those of the flows.
    pub hours: f64,
}

/// What is at risk.
#[derive(Default)]
pub struct Exposure<'a> {
    /// The important entities, by kind and id.
    pub entities: Vec<Exposed<'a>>,
    /// What runs as a person, by the id of the person, then by kind and id.
    pub personal: Vec<Personal<'a>>,
}

impl Exposed<'_> {
    /// Returns the hours that are at risk.
    pub fn at_risk(&self) -> f64 {
        self.hours * level(self.runners, self.is_fresh)
    }
}

/// Returns the part of the hours that is at risk of an entity that so many people can run.
pub fn level(runners: usize, is_fresh: bool) -> f64 {
    let alone = match runners {
        0 => 1.0,
        1 => 0.5,
        _ => 0.0,
    };
    if is_fresh { alone / 2.0 } else { alone }
}

impl<'a> Exposure<'a> {
    /// Looks at every important entity and at what runs as a person. Linear in them and in the flows through the latter.
    pub fn new(analysis: &Analysis<'a>) -> Self {
        let Analysis { stack, today, .. } = *analysis;
        let risk = &stack.company.risk;
        let mut exposure = Self::default();
        for entity in stack.all().filter(|entity| entity.is_important()) {
            let Some(hours) = risk.hours_to_rebuild(entity) else { continue };
            let address = entity.address();
            let runners = analysis.knowledge().of(address.as_str()).count();
            let is_fresh = analysis.coverage().is_fresh(address.as_str(), today);
            exposure.entities.push(Exposed { entity, hours, runners, is_fresh });
        }
        for person in stack.people.keys() {
            let person = person.as_str();
            for entity in analysis.departures().run_as(person) {
                let integrations = [entity.id().as_str()].into_iter().filter(|_| entity.kind() == crate::model::Kind::Integration);
                let gone = Gone { integrations: integrations.collect(), ..Gone::default() };
                let flows: Vec<_> = analysis.departures().stops(analysis, &gone).into_iter().map(|stop| stop.flow).collect();
                let hours = |entity: &dyn AnyEntity| risk.hours_to_rebuild(entity).unwrap_or_default();
                let of_flows: f64 = flows.iter().map(|flow| hours(*flow)).sum();
                exposure.personal.push(Personal { entity: *entity, person, hours: hours(*entity) + of_flows, flows });
            }
        }
        exposure
    }

    /// Returns all hours that are at risk.
    pub fn at_risk(&self) -> f64 {
        let entities = self.entities.iter().map(Exposed::at_risk);
        // An empty sum of floats is -0.
        entities.chain(self.personal.iter().map(|personal| personal.hours)).fold(0.0, |sum, hours| sum + hours)
    }
}
