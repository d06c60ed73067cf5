//! What follows from a stack, as plain data: rules turn it into findings, pages draw it.
//!
//! Each part is computed when it is first asked for, once, and never again.

mod automations;
mod bill;
mod bus_factor;
mod claim;
mod consolidation;
mod coverage;
pub mod departure;
mod duty;
pub mod exposure;
mod goal;
mod knowledge;
mod mandate;
mod members;
mod overlap;
mod passage;
pub mod personal_data;
pub mod plan;
mod proofs;
mod reach;
mod reliance;
mod spend;
mod staffing;
mod stages;
pub mod usual;
mod witness;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

pub use self::{
    automations::Described,
    bill::{Bill, Paused},
    bus_factor::{BusFactor, BusFactors, Counted, EXACT, Fewest, Loss},
    claim::{Claim, Claims},
    consolidation::{Candidate, Choice, Consolidation, Ending, Moves, Reason, Steps},
    coverage::{Coverage, FRESH, is_fresh},
    departure::{Departure, Departures, Gone},
    duty::{Duty, Role},
    exposure::Exposure,
    goal::Goal,
    knowledge::{Knowledge, Runner, Runners, UNNAMED, Why, can_be_run},
    mandate::{AreaDuty, Mandate},
    members::Members,
    overlap::{Group, MOST_PAIRS, Overlap, Pair, Unknown},
    passage::{Passage, Passing},
    personal_data::DataMap,
    plan::Plan,
    proofs::Proofs,
    reach::Reach,
    reliance::{Reliance, Reliances},
    spend::{
        CLIFF, CONCENTRATION, ContractCost, Cost, Division, How, Month, NOTICE_WITHIN, Outlay, Paid, Renewal, Renewals, Seats, Spend,
        Standing, Sum, ToolCost, VendorCost,
    },
    staffing::Staffing,
    stages::{Act, Stages, Way},
    witness::{Editor, Record, Share, Verdict, Why as WhyNot, Witness, editors, signed},
};
use crate::{
    graph::{Graph, Load, References, Write},
    model::{AnyEntity, Date, Stack},
    routing::{Engine, Overlaps},
};

/// Everything that follows from a stack on a day.
pub struct Analysis<'a> {
    /// The stack.
    pub stack: &'a Stack,
    /// Its integration map.
    pub graph: &'a Graph<'a>,
    /// The day on which the stack is judged.
    pub today: Date,
    parts: Parts<'a>,
}

/// What has been computed so far.
#[derive(Default)]
struct Parts<'a> {
    touched: OnceLock<BTreeSet<&'a str>>,
    reach: OnceLock<Reach<'a>>,
    passage: OnceLock<Passage<'a>>,
    automated_to_crm: OnceLock<Goal<'a>>,
    to_crm: OnceLock<Goal<'a>>,
    to_attribution: OnceLock<Goal<'a>>,
    coverage: OnceLock<Coverage<'a>>,
    data_map: OnceLock<DataMap<'a>>,
    knowledge: OnceLock<Knowledge<'a>>,
    spend: OnceLock<Spend<'a>>,
    outlay: OnceLock<Outlay<'a>>,
    renewals: OnceLock<Renewals<'a>>,
    staffing: OnceLock<Staffing<'a>>,
    mandate: OnceLock<Mandate<'a>>,
    references: OnceLock<References>,
    writes: OnceLock<Vec<Write<'a>>>,
    loads: OnceLock<Vec<Load<'a>>>,
    automations: OnceLock<BTreeMap<&'a str, Described>>,
    overlap: OnceLock<Overlap<'a>>,
    across: OnceLock<Vec<Group<'a>>>,
    consolidation: OnceLock<Consolidation<'a>>,
    members: OnceLock<Members<'a>>,
    reliances: OnceLock<Reliances<'a>>,
    bus_factors: OnceLock<BusFactors<'a>>,
    departures: OnceLock<Departures<'a>>,
    losses: OnceLock<Vec<Departure<'a>>>,
    exposure: OnceLock<Exposure<'a>>,
    plan: OnceLock<Plan<'a>>,
    stages: OnceLock<Stages>,
    engine: OnceLock<Engine<'a>>,
    proofs: OnceLock<Proofs<'a>>,
    overlapping_rules: OnceLock<BTreeMap<&'a str, Overlaps<'a>>>,
}

impl<'a> Analysis<'a> {
    /// Prepares the analysis of a stack; nothing is computed yet.
    pub fn new(stack: &'a Stack, graph: &'a Graph<'a>, today: Date) -> Self {
        Self { stack, graph, today, parts: Parts::default() }
    }

    /// Returns the tools that a live integration touches, as an end or as middleware.
    pub fn touched(&self) -> &BTreeSet<&'a str> {
        self.parts.touched.get_or_init(|| self.graph.touched(AnyEntity::is_live))
    }

    /// Returns what reaches the system of record.
    pub fn reach(&self) -> &Reach<'a> {
        self.parts.reach.get_or_init(|| Reach::new(self.stack, self.graph))
    }

    /// Returns which live flows pass through what.
    pub fn passage(&self) -> &Passage<'a> {
        self.parts.passage.get_or_init(|| Passage::new(self.stack, self.graph))
    }

    /// Returns what leads to the CRM without hands.
    pub fn automated_to_crm(&self) -> &Goal<'a> {
        self.parts.automated_to_crm.get_or_init(|| Goal::crm(self.stack, self.graph, false))
    }

    /// Returns what leads to the CRM, by hand too.
    pub fn to_crm(&self) -> &Goal<'a> {
        self.parts.to_crm.get_or_init(|| Goal::crm(self.stack, self.graph, true))
    }

    /// Returns what leads to the attribution.
    pub fn to_attribution(&self) -> &Goal<'a> {
        self.parts.to_attribution.get_or_init(|| Goal::attribution(self.stack, self.graph))
    }

    /// Returns which runbooks cover what.
    pub fn coverage(&self) -> &Coverage<'a> {
        self.parts.coverage.get_or_init(|| Coverage::new(self.stack, self.passage()))
    }

    /// Returns where personal data and the signals about people go.
    pub fn data_map(&self) -> &DataMap<'a> {
        self.parts.data_map.get_or_init(|| DataMap::new(self.stack, self.graph, self.coverage()))
    }

    /// Returns who can run what.
    pub fn knowledge(&self) -> &Knowledge<'a> {
        self.parts.knowledge.get_or_init(|| Knowledge::new(self.stack, self.coverage(), self.members(), self.today))
    }

    /// Returns who is in which team.
    pub fn members(&self) -> &Members<'a> {
        self.parts.members.get_or_init(|| Members::new(self.stack))
    }

    /// Returns the places at which those people and teams are named that `wanted` accepts.
    pub fn duties(&self, wanted: impl Fn(&str) -> bool) -> Vec<Duty<'a>> {
        duty::duties(self.stack, wanted)
    }

    /// Returns how much of what is important depends on one person alone.
    pub fn reliances(&self) -> &Reliances<'a> {
        self.parts.reliances.get_or_init(|| Reliances::new(self.stack, self.knowledge()))
    }

    /// Returns how few people must go for much to be left uncovered.
    pub fn bus_factors(&self) -> &BusFactors<'a> {
        self.parts.bus_factors.get_or_init(|| BusFactors::new(self.stack, self.knowledge()))
    }

    /// Returns what happens when something goes.
    pub fn departure(&self, gone: Gone<'a>) -> Departure<'a> {
        self.departures().of(self, gone)
    }

    /// Returns what happens when any one person goes, for each who has not left: those first without whom it costs the most, then
    /// by what stops and by id.
    pub fn losses(&self) -> &[Departure<'a>] {
        self.parts.losses.get_or_init(|| departure::of_each_person(self))
    }

    /// Returns what departures are told from.
    pub fn departures(&self) -> &Departures<'a> {
        self.parts.departures.get_or_init(|| Departures::new(self))
    }

    /// Returns how many hours of rebuilding are at risk, and where.
    pub fn exposure(&self) -> &Exposure<'a> {
        self.parts.exposure.get_or_init(|| Exposure::new(self))
    }

    /// Returns the cheapest way out.
    pub fn plan(&self) -> &Plan<'a> {
        self.parts.plan.get_or_init(|| Plan::new(self, self.exposure()))
    }

    /// Returns what the contracts cost.
    pub fn spend(&self) -> &Spend<'a> {
        self.parts.spend.get_or_init(|| Spend::new(self.stack))
    }

    /// Returns what each tool, area and unit costs.
    pub fn outlay(&self) -> &Outlay<'a> {
        self.parts.outlay.get_or_init(|| Outlay::new(self.stack, self.spend()))
    }

    /// Returns when the contracts are decided again.
    pub fn renewals(&self) -> &Renewals<'a> {
        self.parts.renewals.get_or_init(|| Renewals::new(self.stack, self.spend(), self.today))
    }

    /// Returns who does marketing operations.
    pub fn staffing(&self) -> &Staffing<'a> {
        self.parts.staffing.get_or_init(|| Staffing::new(self.stack, self.members(), self.today))
    }

    /// Returns who is named as the owner of what, by area of marketing operations.
    pub fn mandate(&self) -> &Mandate<'a> {
        self.parts.mandate.get_or_init(|| Mandate::new(self.stack))
    }

    /// Returns who mentions whom.
    pub fn references(&self) -> &References {
        self.parts.references.get_or_init(|| References::new(self.stack))
    }

    /// Returns which fields live integrations write, by integration.
    pub fn writes(&self) -> &[Write<'a>] {
        self.parts.writes.get_or_init(|| self.graph.writes(AnyEntity::is_live))
    }

    /// Returns the records that live integrations carry, by integration.
    pub fn loads(&self) -> &[Load<'a>] {
        self.parts.loads.get_or_init(|| self.graph.loads(AnyEntity::is_live))
    }

    /// Returns how many of its automations are described, for each live tool in which some were counted, by its id.
    pub fn automations(&self) -> &BTreeMap<&'a str, Described> {
        self.parts.automations.get_or_init(|| automations::described(self.stack))
    }

    /// Returns what acts at which stage.
    pub fn stages(&self) -> &Stages {
        self.parts.stages.get_or_init(|| Stages::new(self.stack, self.references()))
    }

    /// Returns which tools can do much the same.
    pub fn overlap(&self) -> &Overlap<'a> {
        self.parts.overlap.get_or_init(|| Overlap::new(self.stack))
    }

    /// Returns which tools of different units can do much the same.
    pub fn across(&self) -> &[Group<'a>] {
        self.parts.across.get_or_init(|| overlap::across(self.stack))
    }

    /// Returns what could be consolidated, and what that takes.
    pub fn consolidation(&self) -> &Consolidation<'a> {
        self.parts.consolidation.get_or_init(|| {
            let (references, spend, renewals) = (self.references(), self.spend(), self.renewals());
            let basis = consolidation::Basis { stack: self.stack, references, spend, renewals };
            Consolidation::new(&basis, self.overlap(), self.across())
        })
    }

    /// Returns the routings, compiled.
    pub fn engine(&self) -> &Engine<'a> {
        self.parts.engine.get_or_init(|| Engine::new(self.stack))
    }

    /// Returns what is true of routings and scorings, whatever record comes.
    pub fn proofs(&self) -> &Proofs<'a> {
        self.parts.proofs.get_or_init(|| Proofs::new(self.stack, self.engine()))
    }

    /// Returns the rules that would take the same record and give it to different people, by the id of the routing.
    pub fn overlapping_rules(&self) -> &BTreeMap<&'a str, Overlaps<'a>> {
        self.parts.overlapping_rules.get_or_init(|| proofs::overlaps(self.engine()))
    }
}
