//! The plan for programs: `linchpin/plan/1`.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    analysis::{
        Analysis, BusFactor, Counted, Fewest,
        plan::{Phase, Seat, Step},
    },
    model::{Address, Number, Precaution, Stack},
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
    phases: [Part; 3],
    /// By phase, then by the hours at risk that each removes per hour of work.
    steps: Vec<Entry>,
    /// The tools to retire of which no contract says what they cost: what they save is in no sum.
    unknown: Vec<Address>,
}

#[derive(Serialize)]
struct Part {
    phase: Phase,
    days: [u32; 2],
    holds: &'static str,
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
    /// `owner`, `charter.areas.AREA` or `charter.owner`: where it is said that they answer for it.
    owner_from: Option<String>,
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
        phases: Phase::ALL.map(|phase| Part { phase, days: phase.days(), holds: phase.holds() }),
        steps: plan.steps.iter().map(|step| entry(stack, step)).collect(),
        unknown: plan.steps.iter().filter(|step| step.action.is_saving_unknown).map(|step| step.action.on.address()).collect(),
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
        owner: step.charge.and_then(|charge| stack.party(charge.owner)).map(crate::model::Party::address),
        owner_from: step.charge.map(|charge| match charge.seat {
            Seat::Owner => "owner".to_owned(),
            Seat::Area(area) => format!("charter.areas.{area}"),
            Seat::Charter => "charter.owner".to_owned(),
        }),
        hours: Number(step.action.work),
        removes: Number(step.removes),
        saves: step.action.saves.map(|saves| Number(saves.round())),
    }
}
