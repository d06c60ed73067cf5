//! Personal data across the stack: which tool holds what of a person and where it comes from, where a signal about a person
//! arrives, and which tools a request to be forgotten would miss.
//!
//! All of it says what is documented. That something is not documented is no statement about the law.

mod erasure;
mod holding;
mod regime;
mod signal;

use std::collections::BTreeMap;

pub use self::{
    erasure::{Deleted, Erasure, How, Untold},
    holding::{Brings, Holding},
    regime::Regimes,
    signal::{Break, Propagation, WhyNot, carries},
};
use super::Coverage;
use crate::{
    graph::Graph,
    model::{AnyEntity, Entity, Integration, Ref, Runbook, RunbookKind, Signal, Stack, Tool},
};

/// The data map of a stack: what is known of personal data in it.
pub struct DataMap<'a> {
    /// Every live tool, by its id.
    pub holdings: BTreeMap<&'a str, Holding<'a>>,
    /// The laws in force.
    pub regimes: Regimes<'a>,
    /// Where what people have agreed to arrives from the consent tool; nothing where none is named.
    pub consent: Option<Propagation<'a>>,
    /// Where objections arrive from the suppression tool; nothing where none is named.
    pub suppression: Option<Propagation<'a>>,
    /// Where deletions arrive from the consent tool, in which requests are taken in, or where none is named from the system of
    /// record; nothing where neither is.
    pub deletion: Option<Propagation<'a>>,
    /// The tools at which working integrations that carry deletions arrive, wherever those come from, with the first by id.
    told: BTreeMap<&'a str, &'a Entity<Integration>>,
    /// The tools that a runbook for requests about a person's data covers.
    by_runbook: BTreeMap<&'a str, &'a Entity<Runbook>>,
}

impl<'a> DataMap<'a> {
    /// Looks through a stack. Linear in it, but for sorting and the queues of three walks.
    pub fn new(stack: &'a Stack, graph: &'a Graph<'a>, coverage: &Coverage<'a>) -> Self {
        let privacy = stack.privacy.as_ref().map(|privacy| &privacy.body);
        let tool = |id: Option<&'a str>| id.and_then(|id| stack.tools.get(id));
        let consent_tool = tool(privacy.and_then(|privacy| privacy.consent_tool.as_ref()).map(Ref::as_str));
        let suppression_tool = tool(privacy.and_then(|privacy| privacy.suppression_tool.as_ref()).map(Ref::as_str));
        let record = tool(stack.company.system_of_record.as_ref().map(Ref::as_str));
        let spreads = |signal, source: Option<&'a Entity<Tool>>| Some(Propagation::new(graph, signal, source?));
        let named = privacy.and_then(|privacy| privacy.erasure_runbook.as_ref()).map(Ref::as_str);
        let answers = |runbook: &Runbook, id: &str| runbook.kind == RunbookKind::DataSubjectRequest || named == Some(id);
        let covered = |tool: &'a Entity<Tool>| {
            let runbook = coverage.of(tool.address().as_str()).iter().find(|runbook| answers(runbook, runbook.id.as_str()));
            Some((tool.id.as_str(), *runbook?))
        };
        Self {
            holdings: holding::all(stack, graph),
            regimes: Regimes::new(stack),
            consent: spreads(Signal::Consent, consent_tool),
            suppression: spreads(Signal::Suppression, suppression_tool),
            deletion: spreads(Signal::Deletion, consent_tool.or(record)),
            told: signal::arrivals(stack, Signal::Deletion),
            by_runbook: stack.tools.values().filter_map(covered).collect(),
        }
    }

    /// Returns how a signal spreads; nothing where nobody says where it begins.
    pub fn signal(&self, signal: Signal) -> Option<&Propagation<'a>> {
        match signal {
            Signal::Consent => self.consent.as_ref(),
            Signal::Suppression => self.suppression.as_ref(),
            Signal::Deletion => self.deletion.as_ref(),
        }
    }

    /// Returns the working integration by which deletions arrive at a tool from where they begin; where nobody says where that
    /// is, the first by id that carries them there. What only passes through a tool on its way to another does not count.
    pub fn told_by(&self, tool: &str) -> Option<&'a Entity<Integration>> {
        match &self.deletion {
            Some(deletion) => deletion.last(tool).map(|leg| leg.integration),
            None => self.told.get(tool).copied(),
        }
    }

    /// Returns the first runbook for requests about a person's data that covers a tool.
    pub fn runbook(&self, tool: &str) -> Option<&'a Entity<Runbook>> {
        self.by_runbook.get(tool).copied()
    }

    /// Whether a request to be forgotten would miss a tool: it holds personal data, and neither does it say how a person is
    /// deleted, by a runbook where that is done by hand, nor is it told by an integration.
    pub fn is_missed(&self, tool: &Entity<Tool>) -> bool {
        let declared = self.holdings.get(tool.id.as_str()).filter(|holding| holding.is_declared());
        declared.is_some_and(|holding| erasure::how(self, holding).is_missed())
    }

    /// Follows a person's record from a tool to wherever it goes.
    pub fn erasure(&self, graph: &'a Graph<'a>, from: &'a Entity<Tool>) -> Erasure<'a> {
        Erasure::new(self, graph, from)
    }
}
