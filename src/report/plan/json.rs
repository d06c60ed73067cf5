//! The plan for programs: `linchpin/plan/1`.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    analysis::{
        Analysis, BusFactor, Counted, Fewest,
        plan::{Phase, Step},
    },
    model::{Address, Precaution, Stack},
    report::number::Number,
};

#[derive(Serialize)]
struct Document<'d> {
    schema: &'static str,
    stack: &'d str,
    bus_factor: Factor,
    areas: Vec<OfArea>,
    hours_at_risk: Change,
    hours_of_work: Number,
    currency: &'d str,
    steps: Vec<Entry>,
}

#[derive(Serialize)]
struct OfArea {
    area: &'static str,
    #[serde(flatten)]
    factor: Factor,
}

#[derive(Serialize)]
struct Factor {
    /// Equal where it is known exactly; nothing where nothing is important.
    least: Option<usize>,
    most: Option<usize>,
    sets: Vec<Set>,
    are_more: bool,
    important_weight: Number,
    uncovered_weight: Number,
}

#[derive(Serialize)]
struct Set {
    people: Vec<Address>,
    /// Teams whose members are not listed.
    teams: Vec<Address>,
    uncovered_weight: Number,
}

#[derive(Serialize)]
struct Change {
    before: Number,
    after: Number,
}

#[derive(Serialize)]
struct Entry {
    phase: Phase,
    action: Precaution,
    on: Address,
    owner: Option<Address>,
    hours: Number,
    removes: Number,
    saves: Option<Number>,
}

pub(super) fn write(stack: &Stack, analysis: &Analysis<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (plan, factors) = (analysis.plan(), analysis.bus_factors());
    let document = Document {
        schema: "linchpin/plan/1",
        stack: stack.company.name.as_str(),
        bus_factor: factor(&factors.overall),
        areas: factors.areas.iter().map(|(area, of)| OfArea { area: area.slug(), factor: factor(of) }).collect(),
        hours_at_risk: Change { before: Number(plan.before), after: Number(plan.after) },
        hours_of_work: Number(plan.work()),
        currency: stack.company.currency(),
        steps: plan.steps.iter().map(|step| entry(stack, step)).collect(),
    };
    crate::text::json::write(&document, out)
}

fn factor(of: &BusFactor<'_>) -> Factor {
    let (least, most, losses, are_more) = match &of.fewest {
        Fewest::Nothing => (None, None, &[][..], false),
        Fewest::Exactly { people, sets, are_more } => (Some(*people), Some(*people), sets.as_slice(), *are_more),
        Fewest::Between { least, most } => (Some(*least), Some(most.people()), std::slice::from_ref(most), true),
    };
    let sets = losses.iter().map(|loss| {
        let mut set = Set { people: Vec::new(), teams: Vec::new(), uncovered_weight: Number(loss.weight) };
        for who in &loss.who {
            match who {
                Counted::Person(id) => set.people.push(Address::of("person", id)),
                Counted::Unnamed(id) => set.teams.push(Address::of("team", id)),
            }
        }
        set
    });
    Factor { least, most, sets: sets.collect(), are_more, important_weight: Number(of.weight), uncovered_weight: Number(of.uncovered) }
}

fn entry(stack: &Stack, step: &Step<'_>) -> Entry {
    Entry {
        phase: step.phase,
        action: step.action.precaution,
        on: step.action.on.address(),
        owner: step.owner.and_then(|owner| stack.party(owner)).map(crate::model::Party::address),
        hours: Number(step.work),
        removes: Number(step.removes),
        saves: step.saves.map(Number),
    }
}
