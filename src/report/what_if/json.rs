//! A departure for programs: `linchpin/what-if/1`.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde::Serialize;

use crate::{
    analysis::{
        Departure,
        departure::{Reached, Stop, Stopped},
    },
    model::{Address, AnyEntity, Bounds, Number, Risk, Stack},
};

#[derive(Serialize)]
struct Document<'d> {
    schema: &'static str,
    stack: &'d str,
    without: Vec<&'d Address>,
    stops_now: Vec<FlowStop>,
    stopped: Vec<OwnStop>,
    unmaintained: Vec<Address>,
    recoverable: Vec<Address>,
    covered: Vec<Address>,
    without_admin: Vec<Address>,
    stages: Vec<&'d Address>,
    routings: Vec<Affected<'d>>,
    automations: Vec<Affected<'d>>,
    cost: Cost<'d>,
}

#[derive(Serialize)]
struct FlowStop {
    flow: Address,
    at: Address,
    because: String,
    monthly_pipeline: Option<Number>,
    /// Until what it waits for is replaced.
    weeks: Bounds,
}

#[derive(Serialize)]
struct OwnStop {
    entity: Address,
    because: String,
}

#[derive(Serialize)]
struct Affected<'d> {
    entity: Address,
    stops: Option<String>,
    unmaintained: bool,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    rules: &'d [&'d str],
}

#[derive(Serialize)]
struct Cost<'d> {
    currency: &'d str,
    rebuild_hours: Bounds,
    rebuild: Bounds,
    pipeline_exposed: Bounds,
    unknown: Vec<Address>,
    assumptions: Assumptions,
}

#[derive(Serialize)]
struct Assumptions {
    hourly_rate: Bounds,
    weeks_to_replace: Bounds,
    weeks_to_replace_tool: Bounds,
    /// By the name of the kind, at medium criticality.
    hours_to_rebuild: BTreeMap<&'static str, Number>,
}

pub(super) fn write(stack: &Stack, departure: &Departure<'_>, out: &mut dyn Write) -> io::Result<()> {
    let bill = &departure.bill;
    let risk = &stack.company.risk;
    let priced = bill.rebuilt.iter().chain(&bill.relearnt).map(|(entity, _)| entity.kind());
    let hours = priced.filter_map(|kind| Some((kind.name(), Number(risk.hours_to_rebuild.of(kind)?))));
    let document = Document {
        schema: "linchpin/what-if/1",
        stack: stack.company.name.as_str(),
        without: departure.gone.asked.iter().collect(),
        stops_now: departure.stops.iter().map(|stop| flow_stop(stop, risk)).collect(),
        stopped: departure.stopped.iter().map(own_stop).collect(),
        unmaintained: addresses(&departure.unmaintained),
        recoverable: addresses(&departure.recoverable),
        covered: addresses(&departure.covered),
        without_admin: departure.without_admin.iter().map(|tool| tool.address()).collect(),
        stages: departure.reach.stages.iter().collect(),
        routings: departure.reach.routings.iter().map(affected).collect(),
        automations: departure.reach.automations.iter().map(affected).collect(),
        cost: Cost {
            currency: stack.company.currency(),
            rebuild_hours: bill.hours,
            rebuild: bill.rebuild.rounded(),
            pipeline_exposed: bill.pipeline.rounded(),
            unknown: bill.unknown.iter().map(|flow| flow.address()).collect(),
            assumptions: Assumptions {
                hourly_rate: risk.hourly_rate().into(),
                weeks_to_replace: risk.weeks_to_replace().into(),
                weeks_to_replace_tool: risk.weeks_to_replace_tool().into(),
                hours_to_rebuild: hours.collect(),
            },
        },
    };
    crate::text::json::write(&document, out)
}

fn addresses(entities: &[&dyn AnyEntity]) -> Vec<Address> {
    entities.iter().map(|entity| entity.address()).collect()
}

fn flow_stop(stop: &Stop<'_>, risk: &Risk) -> FlowStop {
    let [low, high] = stop.waits.weeks(risk);
    FlowStop {
        flow: stop.flow.address(),
        at: stop.at.clone(),
        because: stop.because.to_string(),
        monthly_pipeline: stop.flow.monthly_pipeline.map(|pipeline| Number(pipeline.0)),
        weeks: Bounds { low, high },
    }
}

fn own_stop(stopped: &Stopped<'_>) -> OwnStop {
    OwnStop { entity: stopped.entity.address(), because: stopped.because.to_string() }
}

fn affected<'d>(reached: &'d Reached<'_>) -> Affected<'d> {
    Affected {
        entity: reached.entity.address(),
        stops: reached.stops.map(|because| because.to_string()),
        unmaintained: reached.is_unmaintained,
        rules: &reached.rules,
    }
}
