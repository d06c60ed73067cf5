//! Who can run what, and why one may say so.
//!
//! Whoever owns or backs up an entity by name can run it, and so can whoever has followed a runbook that covers it, a
//! member of an owning or backup team who is an administrator of the tool, and the lead of such a team. Administrator
//! rights alone are access, not knowledge.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Coverage, FRESH, Members};
use crate::{
    graph::tools_of,
    model::{AnyEntity, Date, Kind, Owner, Ref, Stack},
};

/// Why somebody can run an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why<'a> {
    /// They own it.
    Owner,
    /// They back it up.
    Backup,
    /// They lead a team that owns it or backs it up.
    Lead {
        /// The id of the team.
        team: &'a str,
    },
    /// They are a member of a team that owns it or backs it up, and an administrator of its tool.
    Administrator {
        /// The id of the team.
        team: &'a str,
    },
    /// They have followed a runbook that covers it.
    Exercised {
        /// The id of the runbook.
        runbook: &'a str,
    },
}

/// Somebody who can run an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Runner<'a> {
    /// The id of the person.
    pub person: &'a str,
    /// The first reason that holds, in the order of [`Why`].
    pub why: Why<'a>,
    /// Whether they are there and stay.
    pub is_staying: bool,
}

/// Everybody who can run an entity.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Runners<'a> {
    /// Those who are known by name and have not left, sorted by id.
    pub people: Vec<Runner<'a>>,
    /// The ids of owning and backup teams whose members are not listed, sorted: each counts as [`UNNAMED`] people.
    pub unlisted: Vec<&'a str>,
    /// How many of the people stay, and the last of them: counted once, for everybody who can run it asks.
    #[serde(skip)]
    staying: usize,
    #[serde(skip)]
    last: Option<&'a str>,
}

/// As many people does a team count for whose members are not in the stack.
pub const UNNAMED: usize = 2;

impl<'a> Runners<'a> {
    /// Iterates over those who stay.
    pub fn staying(&self) -> impl Iterator<Item = &Runner<'a>> {
        self.people.iter().filter(|runner| runner.is_staying)
    }

    /// Returns how many people can run it and stay, unnamed ones included.
    pub fn count(&self) -> usize {
        self.staying + UNNAMED * self.unlisted.len()
    }

    /// Returns how many people who are known by name can run it and stay.
    pub fn staying_count(&self) -> usize {
        self.staying
    }

    /// Returns what is known of a person who can run it.
    pub fn get(&self, person: &str) -> Option<&Runner<'a>> {
        let place = self.people.binary_search_by(|runner| runner.person.cmp(person)).ok()?;
        self.people.get(place)
    }

    /// Returns the only person who can run it and stays.
    pub fn only(&self) -> Option<&'a str> {
        self.last.filter(|_| self.staying == 1 && self.unlisted.is_empty())
    }
}

/// Who can run each entity of a stack that is live.
#[derive(Default)]
pub struct Knowledge<'a> {
    of: BTreeMap<String, Runners<'a>>,
    /// What each person, or team whose members are not listed, can run, by id: both share one namespace.
    by: BTreeMap<&'a str, Vec<&'a dyn AnyEntity>>,
}

impl<'a> Knowledge<'a> {
    /// Finds out who can run what. Linear in the entities, the members and administrators of their teams and tools, and
    /// the times that runbooks were followed.
    pub fn new(stack: &'a Stack, coverage: &Coverage<'a>, members: &Members<'a>, today: Date) -> Self {
        let mut knowledge = Self::default();
        for entity in stack.all().filter(|entity| entity.is_live() && can_be_run(entity.kind())) {
            let address = entity.address().to_string();
            let mut found = Found { stack, today, runners: BTreeMap::new(), unlisted: BTreeSet::new() };
            let admins = administrators(stack, entity);
            for (owner, why) in [(entity.owner(), Why::Owner), (entity.backup(), Why::Backup)] {
                let Some(owner) = owner else { continue };
                found.owner(owner, why, members, &admins);
            }
            for runbook in coverage.of(&address) {
                let recent = runbook.exercised.iter().filter(|time| time.on <= today && !Date::is_over(Some(time.on), FRESH, today));
                recent.for_each(|time| found.add(time.by.as_str(), Why::Exercised { runbook: runbook.id.as_str() }));
            }
            let runners = found.finish();
            for party in runners.people.iter().map(|runner| runner.person).chain(runners.unlisted.iter().copied()) {
                knowledge.by.entry(party).or_default().push(entity);
            }
            knowledge.of.insert(address, runners);
        }
        knowledge
    }

    /// Returns who can run an entity; nobody if it is not live or of a kind that is not run.
    pub fn of(&self, address: &str) -> &Runners<'a> {
        static NOBODY: Runners<'static> = Runners { people: Vec::new(), unlisted: Vec::new(), staying: 0, last: None };
        self.of.get(address).unwrap_or(&NOBODY)
    }

    /// Iterates over what a person, or a team whose members are not listed, can run, by kind and id.
    pub fn run_by(&self, party: &str) -> impl Iterator<Item = &'a dyn AnyEntity> {
        self.by.get(party).into_iter().flatten().copied()
    }

    /// Iterates over what only this person can run, by kind and id.
    pub fn run_only_by(&self, person: &str) -> impl Iterator<Item = &'a dyn AnyEntity> {
        self.run_by(person).filter(move |entity| self.of(entity.address().as_str()).only() == Some(person))
    }
}

/// Whether entities of a kind are something that somebody runs.
pub fn can_be_run(kind: Kind) -> bool {
    matches!(kind, Kind::Tool | Kind::Integration | Kind::Flow | Kind::Routing | Kind::Scoring | Kind::Automation)
}

/// The administrators of the tool that an entity is or runs in, or of the tools that an integration touches.
fn administrators<'a>(stack: &'a Stack, entity: &'a dyn AnyEntity) -> BTreeSet<&'a str> {
    // A flow is run by whoever knows the flow, not by whoever administers a tool on its way.
    let tools = if entity.kind() == Kind::Flow { Vec::new() } else { tools_of(stack, entity) };
    tools.into_iter().filter_map(|tool| stack.tools.get(tool)).flat_map(|tool| tool.admins.iter().map(Ref::as_str)).collect()
}

/// Those found so far.
struct Found<'a> {
    stack: &'a Stack,
    today: Date,
    runners: BTreeMap<&'a str, Runner<'a>>,
    unlisted: BTreeSet<&'a str>,
}

impl<'a> Found<'a> {
    /// Adds a person who has not left, for the first reason in the order of [`Why`].
    fn add(&mut self, person: &str, why: Why<'a>) {
        let Some(person) = self.stack.people.get(person).filter(|person| !person.is_gone(self.today)) else { return };
        let runner = Runner { person: person.id.as_str(), why, is_staying: person.is_staying(self.today) };
        let known = self.runners.entry(person.id.as_str()).or_insert(runner);
        *known = (*known).min(runner);
    }

    /// Adds whoever an owner or backup stands for.
    fn owner(&mut self, owner: &Owner, why: Why<'a>, members: &Members<'a>, admins: &BTreeSet<&str>) {
        let Some(team) = self.stack.teams.get(owner.as_str()) else { return self.add(owner.as_str(), why) };
        let id = team.id.as_str();
        if !team.members_listed {
            self.unlisted.insert(id);
        }
        if let Some(lead) = &team.lead {
            self.add(lead.as_str(), Why::Lead { team: id });
        }
        for admin in admins.iter().filter(|admin| members.has(id, admin)) {
            self.add(admin, Why::Administrator { team: id });
        }
    }

    fn finish(self) -> Runners<'a> {
        let mut runners = Runners { people: self.runners.into_values().collect(), ..Runners::default() };
        runners.unlisted = self.unlisted.into_iter().collect();
        runners.staying = runners.staying().count();
        runners.last = runners.staying().last().map(|runner| runner.person);
        runners
    }
}
