//! The walk of somebody at a support desk who is asked to forget a person: from the tool where they stand, every tool that
//! their record reaches, and how it is deleted there.

use std::collections::BTreeSet;

use super::{DataMap, Holding, holding};
use crate::{
    graph::{Graph, Hop, SpreadLeg},
    model::{AnyEntity, Deletion, Entity, Tool},
};

/// How a person is deleted from a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// An integration tells it, after so many seconds at most as far as schedules are documented.
    Told {
        /// How long it takes from where deletions begin; nothing where none of those leads there.
        seconds: Option<u64>,
    },
    /// By itself.
    Automatic,
    /// By a call.
    Api,
    /// By asking the vendor; whether a runbook for such requests covers it.
    Ticket(bool),
    /// By hand; whether a runbook for such requests covers it.
    Manual(bool),
    /// It need not be.
    Exempt,
    /// Not at all.
    Never,
    /// Nobody says.
    Untold(Untold),
}

/// What is not said of a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untold {
    /// How a person is deleted.
    Deletion,
    /// That it holds personal data at all, which is carried into it.
    Data,
}

impl How {
    /// Whether a request would miss the tool.
    pub fn is_missed(self) -> bool {
        matches!(self, Self::Never | Self::Untold(_) | Self::Ticket(false) | Self::Manual(false))
    }

    /// Whether somebody has to do something: a call, a ticket, a deletion by hand.
    pub fn is_by_hand(self) -> bool {
        matches!(self, Self::Api | Self::Ticket(_) | Self::Manual(_))
    }
}

/// A tool from which a person is to be deleted.
#[derive(Debug, Clone)]
pub struct Deleted<'a> {
    /// The tool.
    pub tool: &'a Entity<Tool>,
    /// The hop by which the record came; nothing where it began.
    pub by: Option<SpreadLeg<'a>>,
    /// How a person is deleted.
    pub how: How,
}

/// The tools that a person's record reaches.
#[derive(Debug, Clone)]
pub struct Erasure<'a> {
    /// Where it begins.
    pub from: &'a Entity<Tool>,
    /// The tools in the order in which the record reaches them, where it begins first.
    pub steps: Vec<Deleted<'a>>,
    /// The tools that hold personal data and that no live integration with personal data leads to from there: whether the
    /// person is in them has to be looked up. By id.
    pub apart: Vec<Deleted<'a>>,
}

impl<'a> Erasure<'a> {
    pub(super) fn new(data: &DataMap<'a>, graph: &'a Graph<'a>, from: &'a Entity<Tool>) -> Self {
        let people = holding::about_people(graph.stack());
        let keep = |integration: &Entity<crate::model::Integration>, hop: Hop| {
            graph.is_in_use(integration) && holding::is_personal(&people, integration, hop.forward)
        };
        let spread = graph.spread([from.id.as_str()], &keep, &|_| 1);
        let step = |holding: &Holding<'a>, by| Deleted { tool: holding.tool, by, how: how(data, holding) };
        let reached: Vec<&str> = spread.tools().collect();
        let steps = reached.iter().filter_map(|tool| {
            let holding = data.holdings.get(tool)?;
            // What middleware passes on it need not keep, unless it says so.
            let is_holding = holding.is_holding() || *tool == from.id.as_str();
            is_holding.then(|| step(holding, spread.last(tool).copied()))
        });
        let steps = steps.collect();
        let reached: BTreeSet<&str> = reached.into_iter().collect();
        let apart = data.holdings.values().filter(|holding| holding.is_holding() && !reached.contains(holding.tool.id.as_str()));
        Self { from, steps, apart: apart.map(|holding| step(holding, None)).collect() }
    }

    /// Returns the tool in which it should begin where that is not in use: no record leaves it.
    pub fn idle(&self) -> Option<&'a Entity<Tool>> {
        Some(self.from).filter(|tool| !tool.is_live())
    }

    /// Iterates over the tools that a request would miss.
    pub fn missed(&self) -> impl Iterator<Item = &Deleted<'a>> {
        self.steps.iter().chain(&self.apart).filter(|deleted| deleted.how.is_missed())
    }
}

impl<'a> DataMap<'a> {
    /// Returns how a person is deleted from a tool, whatever leads there.
    pub fn deleted(&self, tool: &'a Entity<Tool>) -> Deleted<'a> {
        let how = self.holdings.get(tool.id.as_str()).map_or(How::Untold(Untold::Data), |holding| how(self, holding));
        Deleted { tool, by: None, how }
    }
}

/// How a person is deleted from a tool.
pub(super) fn how(data: &DataMap<'_>, holding: &Holding<'_>) -> How {
    let id = holding.tool.id.as_str();
    let declared = holding.tool.data.as_ref().and_then(|data| data.deletion);
    match declared {
        Some(Deletion::Exempt) => How::Exempt,
        Some(Deletion::Automatic) => How::Automatic,
        _ if data.told_by(id).is_some() => How::Told { seconds: data.deletion.as_ref().and_then(|deletion| deletion.seconds_as_end(id)) },
        Some(Deletion::Api) => How::Api,
        Some(Deletion::Ticket) => How::Ticket(data.runbook(id).is_some()),
        Some(Deletion::Manual) => How::Manual(data.runbook(id).is_some()),
        Some(Deletion::None) => How::Never,
        None if holding.is_declared() => How::Untold(Untold::Deletion),
        None => How::Untold(Untold::Data),
    }
}
