//! What happens when people, teams, tools or integrations go: what stops now, what nobody can run any more, what that
//! costs.
//!
//! Whoever leaves stops nothing on the first day but what runs on their credentials. A tool or integration that goes
//! takes along what needs it. Of the rest, what those who go could run is covered by others, recoverable by a fresh
//! runbook, or unmaintained.

mod gone;
mod reach;
mod stop;
mod waits;
mod works;

use std::collections::BTreeMap;

pub use self::{
    gone::{Gone, MAY_GO},
    reach::{Reach, Reached},
    stop::{Because, Stop, Stopped},
    waits::Waits,
};
use self::{reach::Receives, works::Works};
use super::{Analysis, Bill, Runner, Runners, UNNAMED};
use crate::model::{Address, AnyEntity, Entity, Ref, Tool};

/// What happens when something goes.
#[derive(Default)]
pub struct Departure<'a> {
    /// What goes.
    pub gone: Gone<'a>,
    /// The flows that stop now, by id.
    pub stops: Vec<Stop<'a>>,
    /// The integrations, automations, routings and scorings that stop now, by address.
    pub stopped: Vec<Stopped<'a>>,
    /// What those who go could run and nobody else can, with nothing fresh to describe it, by kind and id.
    pub unmaintained: Vec<&'a dyn AnyEntity>,
    /// What nobody else can run, but a fresh runbook describes.
    pub recoverable: Vec<&'a dyn AnyEntity>,
    /// What others can run, who are told by [`Departure::others`].
    pub covered: Vec<&'a dyn AnyEntity>,
    /// The live tools whose documented administrators all go, by id.
    pub without_admin: Vec<&'a Entity<Tool>>,
    /// What of the handling of leads is affected.
    pub reach: Reach<'a>,
    /// What it costs.
    pub bill: Bill<'a>,
}

impl<'a> Departure<'a> {
    /// Iterates over those who can run an entity, stay and do not go, by id. They are no part of what is told of every
    /// departure: of many people who can all run one thing each has all the others.
    pub fn others<'d>(&'d self, runners: &'d Runners<'a>) -> impl Iterator<Item = &'d Runner<'a>> {
        runners.staying().filter(|runner| !self.gone.people.contains(runner.person))
    }

    /// Iterates over the ids of the teams whose members are not listed that can run an entity and do not go.
    pub fn other_teams<'d>(&'d self, runners: &'d Runners<'a>) -> impl Iterator<Item = &'a str> + 'd {
        runners.unlisted.iter().copied().filter(|team| !self.gone.teams.contains(team))
    }

    /// Whether nothing in the stack depends on what goes: nothing stops, none of it could run anything, it receives nothing
    /// and has not to be made anew.
    pub fn is_nothing(&self) -> bool {
        let Self { stops, stopped, unmaintained, recoverable, covered, without_admin, reach, bill, .. } = self;
        let reached = [reach.stages.len(), reach.routings.len(), reach.automations.len()];
        let counts = [stops.len(), stopped.len(), unmaintained.len(), recoverable.len(), covered.len(), without_admin.len()];
        counts.into_iter().chain(reached).all(|count| count == 0) && bill.rebuilt.is_empty()
    }
}

/// What departures are told from.
pub struct Departures<'a> {
    works: Works<'a>,
    receives: Receives<'a>,
    /// The live tools that name administrators, by the id of each of them.
    administered: BTreeMap<&'a str, Vec<&'a Entity<Tool>>>,
}

impl<'a> Departures<'a> {
    /// Prepares the answers. Linear in the stack.
    pub fn new(analysis: &Analysis<'a>) -> Self {
        let stack = analysis.stack;
        let mut administered: BTreeMap<&str, Vec<&Entity<Tool>>> = BTreeMap::new();
        for tool in stack.tools.values().filter(|tool| tool.is_live()) {
            for admin in &tool.admins {
                administered.entry(admin.as_str()).or_default().push(tool);
            }
        }
        Self { works: Works::new(stack, analysis.graph), receives: Receives::new(stack), administered }
    }

    /// Returns what stops only because it runs as a person.
    pub fn run_as(&self, person: &str) -> &[&'a dyn AnyEntity] {
        self.works.run_as(person)
    }

    /// Returns the routings, scorings and automations that need a tool.
    pub fn in_tool(&self, tool: &str) -> &[&'a dyn AnyEntity] {
        self.works.in_tool(tool)
    }

    /// Returns only the flows that stop, by id.
    pub fn stops(&self, analysis: &Analysis<'a>, gone: &Gone<'a>) -> Vec<Stop<'a>> {
        let stopped = self.works.stopped(analysis.stack, analysis.graph, gone);
        self.works.stops((analysis.stack, analysis.graph), gone, &stopped)
    }

    /// Tells what happens. Linear in what those who go can run, what needs the tools that go, and the flows through that.
    pub fn of(&self, analysis: &Analysis<'a>, gone: Gone<'a>) -> Departure<'a> {
        let Analysis { stack, graph, .. } = *analysis;
        let stopped = self.works.stopped(stack, graph, &gone);
        let mut departure = Departure { stops: self.works.stops((stack, graph), &gone, &stopped), ..Departure::default() };
        // What needs something that goes has to be made anew, whoever could run it.
        let is_lost = |address: &Address| stopped.get(address).is_some_and(|stopped| !matches!(stopped.because, Because::RunsAs(_)));
        // How many of those who stay can run it no more.
        let mut concerned: BTreeMap<Address, (&'a dyn AnyEntity, usize)> = BTreeMap::new();
        for (party, counts) in gone.people.iter().map(|id| (id, 1)).chain(gone.teams.iter().map(|id| (id, UNNAMED))) {
            let is_counted = stack.people.get(*party).is_none_or(|person| person.is_staying(analysis.today));
            for entity in analysis.knowledge().run_by(party) {
                concerned.entry(entity.address()).or_insert((entity, 0)).1 += if is_counted { counts } else { 0 };
            }
        }
        let mut concerned: Vec<(Address, (&dyn AnyEntity, usize))> =
            concerned.into_iter().filter(|(address, (entity, _))| !gone.has(*entity) && !is_lost(address)).collect();
        concerned.sort_by(|(a, (of_a, _)), (b, (of_b, _))| (of_a.kind(), a).cmp(&(of_b.kind(), b)));
        for (address, (entity, going)) in concerned {
            if analysis.knowledge().of(address.as_str()).count() > going {
                departure.covered.push(entity);
            } else if analysis.coverage().is_fresh(address.as_str(), analysis.today) {
                departure.recoverable.push(entity);
            } else {
                departure.unmaintained.push(entity);
            }
        }
        departure.without_admin = self.without_admin(analysis, &gone);
        departure.stopped = stopped.into_values().collect();
        departure.gone = gone;
        departure.reach = self.receives.reach(analysis, &departure);
        departure.bill = Bill::of(stack, &departure);
        departure
    }

    /// The live tools of whose administrators somebody goes and nobody stays who is there, by id.
    fn without_admin(&self, analysis: &Analysis<'a>, gone: &Gone<'a>) -> Vec<&'a Entity<Tool>> {
        let going = gone.people.iter().filter(|person| !analysis.stack.is_gone(person, analysis.today));
        let concerned = going.filter_map(|person| self.administered.get(person)).flatten();
        let concerned: BTreeMap<&str, &'a Entity<Tool>> = concerned.map(|tool| (tool.id.as_str(), *tool)).collect();
        let stays = |person: &str| {
            let is_present = analysis.stack.people.get(person).is_some_and(|person| person.is_present(analysis.today));
            is_present && !gone.people.contains(person)
        };
        let is_left = |tool: &&Entity<Tool>| !gone.has(*tool) && !tool.admins.iter().map(Ref::as_str).any(stays);
        concerned.into_values().filter(is_left).collect()
    }
}

/// The departure of each person who has not left, the one that costs the most first.
pub(super) fn of_each_person<'a>(analysis: &Analysis<'a>) -> Vec<Departure<'a>> {
    let people = analysis.stack.people.values().filter(|person| !person.is_gone(analysis.today));
    let mut all: Vec<Departure<'a>> = people.map(|person| analysis.departure(Gone::person(person.id.as_str()))).collect();
    // The sort is stable: they come by id.
    let most = |departure: &Departure<'_>| departure.bill.rebuild.high + departure.bill.pipeline.high;
    all.sort_by(|a, b| most(b).total_cmp(&most(a)).then_with(|| b.stops.len().cmp(&a.stops.len())));
    all
}
