//! What a departure costs, as a range: hours of rebuilding at a rate, and the pipeline of the flows that stop.
//!
//! Every number comes from a field or from an assumption in `[stack.risk]`. What is not known is listed, never guessed.

use super::departure::{Because, Departure};
use crate::model::{AnyEntity, Entity, Flow, Risk, Stack};

/// Weeks in a year, and months.
const WEEKS: f64 = 52.0;
const MONTHS: f64 = 12.0;

/// A lower and an upper bound.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct Bounds {
    /// The lower one.
    pub low: f64,
    /// The upper one.
    pub high: f64,
}

/// What a departure costs, in hours and in the stack's currency.
#[derive(Default)]
pub struct Bill<'a> {
    /// What has to be understood or made anew at any rate, and the hours that it takes.
    pub rebuilt: Vec<(&'a dyn AnyEntity, f64)>,
    /// What only a runbook describes, and the hours that it takes if that is not enough.
    pub relearnt: Vec<(&'a dyn AnyEntity, f64)>,
    /// Hours to rebuild: without and with what a runbook describes.
    pub hours: Bounds,
    /// What these hours cost.
    pub rebuild: Bounds,
    /// The flows that stop and whose pipeline is known, with the pipeline of a month.
    pub exposed: Vec<(&'a Entity<Flow>, f64)>,
    /// Their pipeline until a successor can do the work.
    pub pipeline: Bounds,
    /// The flows that stop and whose pipeline is not documented.
    pub unknown: Vec<&'a Entity<Flow>>,
}

impl<'a> Bill<'a> {
    /// Adds up what a departure costs.
    pub(super) fn of(stack: &'a Stack, departure: &Departure<'a>) -> Self {
        let risk = &stack.company.risk;
        let priced = |entity: &'a dyn AnyEntity| Some((entity, risk.hours_to_rebuild(entity)?));
        let gone = departure.gone.tools.iter().filter_map(|id| stack.tools.get(*id)).map(|tool| tool as &dyn AnyEntity);
        let gone =
            gone.chain(departure.gone.integrations.iter().filter_map(|id| stack.integrations.get(*id)).map(|of| of as &dyn AnyEntity));
        let is_needed = |entity: &&dyn AnyEntity| entity.is_live();
        let lost = departure.stopped.iter().filter(|stopped| matches!(stopped.because, Because::Needs(_))).map(|stopped| stopped.entity);
        let unmaintained = departure.unmaintained.iter().copied();
        let rebuilt: Vec<_> = gone.filter(is_needed).chain(lost).chain(unmaintained).filter_map(priced).collect();
        let relearnt: Vec<_> = departure.recoverable.iter().copied().filter_map(priced).collect();
        // An empty sum of floats is -0.
        let sum = |of: &[(&dyn AnyEntity, f64)]| of.iter().fold(0.0, |sum, (_, hours)| sum + hours);
        let hours = Bounds { low: sum(&rebuilt), high: sum(&rebuilt) + sum(&relearnt) };
        let rate = risk.hourly_rate();
        let mut bill = Self { rebuilt, relearnt, hours, ..Self::default() };
        bill.rebuild = Bounds { low: hours.low * rate.low.0, high: hours.high * rate.high.0 };
        for stop in &departure.stops {
            match stop.flow.monthly_pipeline {
                Some(pipeline) => bill.exposed.push((stop.flow, pipeline.0)),
                None => bill.unknown.push(stop.flow),
            }
        }
        let monthly: f64 = bill.exposed.iter().fold(0.0, |sum, (_, pipeline)| sum + pipeline);
        bill.pipeline = until_replaced(risk, monthly);
        bill
    }
}

/// Returns how much pipeline of so much a month passes until a successor can do the work.
pub fn until_replaced(risk: &Risk, monthly: f64) -> Bounds {
    let weeks = risk.weeks_to_replace();
    let of = |weeks: f64| monthly * (weeks * MONTHS / WEEKS);
    Bounds { low: of(weeks.low.0), high: of(weeks.high.0) }
}
