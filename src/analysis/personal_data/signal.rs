//! Where a signal about a person arrives: along working integrations without hands that say they carry it.

use std::collections::BTreeMap;

use crate::{
    graph::{Graph, Spread, SpreadLeg, directions, ends},
    model::{AnyEntity, Deletion, Entity, Integration, Schedule, Signal, Stack, Tool, Trigger},
};

/// How a signal spreads from where it begins.
pub struct Propagation<'a> {
    /// The signal.
    pub signal: Signal,
    /// The tool in which it begins.
    pub source: &'a Entity<Tool>,
    /// What it reaches, in seconds: the waits of a whole way, as far as schedules are documented.
    reached: Spread<'a>,
    /// The tools that it would reach and does not, each with the hop on the way there that does not take it on.
    breaks: BTreeMap<&'a str, SpreadLeg<'a>>,
}

/// Where a signal ends on the way to a tool.
#[derive(Debug, Clone, Copy)]
pub struct Break<'a> {
    /// The last tool that it reaches.
    pub last: &'a str,
    /// The integration that would take it on.
    pub next: &'a Entity<Integration>,
    /// Why it does not.
    pub why: WhyNot,
}

/// Why an integration does not take a signal on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// It does not say that it carries it.
    NotCarried,
    /// Somebody carries the data by hand, or by files without a schedule.
    ByHand,
    /// It is broken or paused, or a tool that it touches is.
    NotWorking,
}

impl WhyNot {
    /// Returns it in words that follow the name of the integration.
    pub fn words(self, signal: Signal) -> String {
        match self {
            Self::NotCarried => format!("does not say that it carries `{}`", signal.word()),
            Self::ByHand => "is done by hand".to_owned(),
            Self::NotWorking => "does not work".to_owned(),
        }
    }
}

/// Whether an integration takes a signal on: it works without hands and says so, and so do the tools that it touches.
pub fn carries(stack: &Stack, integration: &Entity<Integration>, signal: Signal) -> bool {
    integration.carries.contains(&signal) && integration.is_automated() && works(stack, integration)
}

fn works(stack: &Stack, integration: &Entity<Integration>) -> bool {
    integration.is_working() && ends(integration).all(|tool| stack.tools.get(tool).is_some_and(AnyEntity::is_working))
}

/// The tools at which integrations arrive that take a signal on, each with the first of those by id.
pub(super) fn arrivals(stack: &Stack, signal: Signal) -> BTreeMap<&str, &Entity<Integration>> {
    let carrying = stack.integrations.values().filter(|integration| carries(stack, integration, signal));
    let mut first = BTreeMap::new();
    for integration in carrying {
        for tool in arrivals_of(integration) {
            first.entry(tool).or_insert(integration);
        }
    }
    first
}

/// The tools at which what an integration carries arrives: one end or both, but not a tool that it only leads back to.
fn arrivals_of(integration: &Entity<Integration>) -> impl Iterator<Item = &str> {
    directions(integration).filter(|(from, to, _)| from != to).map(|(_, to, _)| to)
}

impl<'a> Propagation<'a> {
    /// Follows a signal from a tool; nothing begins in one that does not work. Two walks.
    pub(super) fn new(graph: &'a Graph<'a>, signal: Signal, source: &'a Entity<Tool>) -> Self {
        let stack = graph.stack();
        let begins = Some(source.id.as_str()).filter(|_| source.is_working());
        let reached = graph.spread(begins, &|integration, _| carries(stack, integration, signal), &wait);
        let possible = graph.spread(begins, &|integration, _| graph.is_in_use(integration), &|_| 1);
        let mut breaks: BTreeMap<&str, SpreadLeg<'_>> = BTreeMap::new();
        for tool in possible.tools().filter(|tool| !reached.contains(tool)) {
            let Some(leg) = possible.leg(tool) else { continue };
            let first = if reached.contains(leg.from) { Some(*leg) } else { breaks.get(leg.from).copied() };
            breaks.extend(first.map(|first| (tool, first)));
        }
        Self { signal, source, reached, breaks }
    }

    /// Whether it begins in a tool.
    pub fn begins_in(&self, tool: &str) -> bool {
        self.source.id.as_str() == tool
    }

    /// Whether it reaches a tool.
    pub fn reaches(&self, tool: &str) -> bool {
        self.reached.contains(tool)
    }

    /// Iterates over the tools that it reaches, the soonest first.
    pub fn tools(&self) -> impl Iterator<Item = &'a str> {
        self.reached.tools()
    }

    /// Returns the way to a tool; none where it begins there or does not reach it.
    pub fn way(&self, tool: &str) -> Vec<SpreadLeg<'a>> {
        self.reached.way(tool)
    }

    /// Returns how many seconds it takes to a tool at most, as far as schedules are documented; nothing where it does not
    /// reach it.
    pub fn seconds(&self, tool: &str) -> Option<u64> {
        self.reached.cost(tool)
    }

    /// Returns the hop by which it arrives at a tool as an end; nothing where it begins there or only passes through.
    pub fn last(&self, tool: &str) -> Option<&SpreadLeg<'a>> {
        self.reached.last(tool).filter(|_| !self.begins_in(tool))
    }

    /// Returns how many seconds it takes to a tool as an end, as [`Self::seconds`].
    pub fn seconds_as_end(&self, tool: &str) -> Option<u64> {
        self.reached.cost_as_end(tool)
    }

    /// Whether the schedule of a hop on the way to a tool is not documented, or is on demand: it may take any time.
    pub fn is_open_ended(&self, tool: &str) -> bool {
        let is_known = |schedule: Option<&Schedule>| matches!(schedule, Some(Schedule::Every(_) | Schedule::When(Trigger::RealTime)));
        self.way(tool).iter().any(|leg| !is_known(leg.integration.schedule.as_ref()))
    }

    /// Returns the tool in which it should begin where that does not work.
    pub fn idle(&self) -> Option<&'a Entity<Tool>> {
        Some(self.source).filter(|tool| !tool.is_working())
    }

    /// Returns the integration on the way to a tool that lets it wait longest; nothing where none lets it wait.
    pub fn slowest(&self, tool: &str) -> Option<&'a Entity<Integration>> {
        let waits = self.way(tool).into_iter().map(|leg| leg.integration).filter(|integration| wait(integration) > 0);
        // Of equals the first on the way.
        waits.rev().max_by_key(|integration| wait(integration))
    }

    /// Iterates over the live tools that it should reach and does not: for a deletion those that hold personal data, else
    /// those that contact people.
    pub fn missed(&self, stack: &'a Stack) -> impl Iterator<Item = &'a Entity<Tool>> {
        let is_meant = |tool: &&Entity<Tool>| {
            let deletion = tool.data.as_ref().and_then(|data| data.deletion);
            match self.signal {
                // What deletes by itself, or need not, waits for no signal.
                Signal::Deletion => tool.holds_people() && !matches!(deletion, Some(Deletion::Automatic | Deletion::Exempt)),
                Signal::Consent | Signal::Suppression => tool.contacts_people(),
            }
        };
        let live = stack.tools.values().filter(|tool| tool.is_live());
        live.filter(is_meant).filter(|tool| !self.reaches(tool.id.as_str()) && !self.begins_in(tool.id.as_str()))
    }

    /// Returns where it ends on the shortest way of live integrations to a tool that it does not reach; nothing where there
    /// is no such way.
    pub fn ends(&self, stack: &Stack, tool: &str) -> Option<Break<'a>> {
        let leg = self.breaks.get(tool).copied()?;
        let why = if !works(stack, leg.integration) {
            WhyNot::NotWorking
        } else if !leg.integration.is_automated() {
            WhyNot::ByHand
        } else {
            WhyNot::NotCarried
        };
        Some(Break { last: leg.from, next: leg.integration, why })
    }
}

/// So many seconds may pass until an integration runs again; none where it runs at once, on demand, or nobody says.
pub(super) fn wait(integration: &Entity<Integration>) -> u64 {
    match &integration.schedule {
        Some(Schedule::Every(every)) => every.seconds(),
        Some(Schedule::When(_)) | None => 0,
    }
}
