//! What a departure costs, as a range: hours of rebuilding at a rate, and the pipeline of the flows that stop.
//!
//! Every number comes from a field or from an assumption in `[stack.risk]`. What is not known is listed, never guessed.

use super::departure::{Because, Departure, Waits};
use crate::model::{AnyEntity, Bounds, Entity, Flow, Stack};

/// Weeks in a year, and months.
const WEEKS: f64 = 52.0;
const MONTHS: f64 = 12.0;

/// A flow that stops and whose pipeline is known.
pub struct Paused<'a> {
    /// The flow.
    pub flow: &'a Entity<Flow>,
    /// The pipeline of a month.
    pub monthly: f64,
    /// What has to be replaced until it goes on.
    pub waits: Waits,
    /// The pipeline until then.
    pub pipeline: Bounds,
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
    /// The flows that stop and whose pipeline is known.
    pub exposed: Vec<Paused<'a>>,
    /// Their pipeline until somebody or something else does the work.
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
            let Some(monthly) = stop.flow.monthly_pipeline else {
                bill.unknown.push(stop.flow);
                continue;
            };
            let [low, high] = stop.waits.weeks(risk).map(|weeks| monthly.0 * (weeks * MONTHS / WEEKS));
            bill.exposed.push(Paused { flow: stop.flow, monthly: monthly.0, waits: stop.waits, pipeline: Bounds { low, high } });
        }
        let sum = |of: fn(&Bounds) -> f64| bill.exposed.iter().fold(0.0, |sum, paused| sum + of(&paused.pipeline));
        bill.pipeline = Bounds { low: sum(|of| of.low), high: sum(|of| of.high) };
        bill
    }
}
