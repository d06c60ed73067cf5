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
    model::{Address, AnyEntity, Range, Stack},
    report::number::{Between, Number},
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
    rebuild_hours: Between,
    rebuild: Between,
    pipeline_exposed: Between,
    unknown: Vec<Address>,
    assumptions: Assumptions,
}

#[derive(Serialize)]
struct Assumptions {
    hourly_rate: Between,
    weeks_to_replace: Between,
    /// By the name of the kind, at medium criticality.
    hours_to_rebuild: BTreeMap<&'static str, Number>,
}

pub(super) fn write(stack: &Stack, departure: &Departure<'_>, out: &mut dyn Write) -> io::Result<()> {
    let bill = &departure.bill;
    let risk = &stack.company.risk;
    let range = |range: Range| Between::exactly(range.low.0, range.high.0);
    let priced = bill.rebuilt.iter().chain(&bill.relearnt).map(|(entity, _)| entity.kind());
    let hours = priced.filter_map(|kind| Some((kind.name(), Number(risk.hours_to_rebuild.of(kind)?))));
    let document = Document {
        schema: "linchpin/what-if/1",
        stack: stack.company.name.as_str(),
        without: departure.gone.asked.iter().collect(),
        stops_now: departure.stops.iter().map(flow_stop).collect(),
        stopped: departure.stopped.iter().map(own_stop).collect(),
        unmaintained: addresses(&departure.unmaintained),
        recoverable: addresses(&departure.recoverable),
        covered: departure.covered.iter().map(|covered| covered.entity.address()).collect(),
        without_admin: departure.without_admin.iter().map(|tool| tool.address()).collect(),
        stages: departure.reach.stages.iter().collect(),
        routings: departure.reach.routings.iter().map(affected).collect(),
        automations: departure.reach.automations.iter().map(affected).collect(),
        cost: Cost {
            currency: stack.company.currency(),
            rebuild_hours: Between::exactly(bill.hours.low, bill.hours.high),
            rebuild: Between::whole(bill.rebuild.low, bill.rebuild.high),
            pipeline_exposed: Between::whole(bill.pipeline.low, bill.pipeline.high),
            unknown: bill.unknown.iter().map(|flow| flow.address()).collect(),
            assumptions: Assumptions {
                hourly_rate: range(risk.hourly_rate()),
                weeks_to_replace: range(risk.weeks_to_replace()),
                hours_to_rebuild: hours.collect(),
            },
        },
    };
    crate::text::json::write(&document, out)
}

fn addresses(entities: &[&dyn AnyEntity]) -> Vec<Address> {
    entities.iter().map(|entity| entity.address()).collect()
}

fn flow_stop(stop: &Stop<'_>) -> FlowStop {
    FlowStop {
        flow: stop.flow.address(),
        at: stop.at.clone(),
        because: stop.because.to_string(),
        monthly_pipeline: stop.flow.monthly_pipeline.map(|pipeline| Number(pipeline.0)),
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
