//! What follows from a stack, as plain data: rules turn it into findings, pages draw it.
//!
//! Each part is computed when it is first asked for, once, and never again.

mod coverage;
mod goal;
mod knowledge;
mod passage;
mod reach;

use std::{collections::BTreeSet, sync::OnceLock};

pub use self::{
    coverage::Coverage,
    goal::Goal,
    knowledge::{Knowledge, Runner, Runners, Why},
    passage::{Passage, Passing},
    reach::Reach,
};
use crate::{
    graph::Graph,
    model::{AnyEntity, Date, Stack},
};

/// How many days after it was last confirmed a text or a practice is still trusted.
pub const FRESH: i64 = 365;

/// Everything that follows from a stack on a day.
pub struct Analysis<'a> {
    /// The stack.
    pub stack: &'a Stack,
    /// Its integration map.
    pub graph: &'a Graph<'a>,
    /// The day on which the stack is judged.
    pub today: Date,
    touched: OnceLock<BTreeSet<&'a str>>,
    reach: OnceLock<Reach<'a>>,
    passage: OnceLock<Passage<'a>>,
    automated_to_crm: OnceLock<Goal<'a>>,
    to_crm: OnceLock<Goal<'a>>,
    to_attribution: OnceLock<Goal<'a>>,
    coverage: OnceLock<Coverage<'a>>,
    knowledge: OnceLock<Knowledge<'a>>,
}

impl<'a> Analysis<'a> {
    /// Prepares the analysis of a stack; nothing is computed yet.
    pub fn new(stack: &'a Stack, graph: &'a Graph<'a>, today: Date) -> Self {
        Self {
            stack,
            graph,
            today,
            touched: OnceLock::new(),
            reach: OnceLock::new(),
            passage: OnceLock::new(),
            automated_to_crm: OnceLock::new(),
            to_crm: OnceLock::new(),
            to_attribution: OnceLock::new(),
            coverage: OnceLock::new(),
            knowledge: OnceLock::new(),
        }
    }

    /// Returns the tools that a live integration touches, as an end or as middleware.
    pub fn touched(&self) -> &BTreeSet<&'a str> {
        self.touched.get_or_init(|| self.graph.touched(AnyEntity::is_live))
    }

    /// Returns what reaches the system of record.
    pub fn reach(&self) -> &Reach<'a> {
        self.reach.get_or_init(|| Reach::new(self.stack, self.graph))
    }

    /// Returns which live flows pass through what.
    pub fn passage(&self) -> &Passage<'a> {
        self.passage.get_or_init(|| Passage::new(self.stack, self.graph))
    }

    /// Returns what leads to the CRM without hands.
    pub fn automated_to_crm(&self) -> &Goal<'a> {
        self.automated_to_crm.get_or_init(|| Goal::crm(self.stack, self.graph, false))
    }

    /// Returns what leads to the CRM, by hand too.
    pub fn to_crm(&self) -> &Goal<'a> {
        self.to_crm.get_or_init(|| Goal::crm(self.stack, self.graph, true))
    }

    /// Returns what leads to the attribution.
    pub fn to_attribution(&self) -> &Goal<'a> {
        self.to_attribution.get_or_init(|| Goal::attribution(self.stack, self.graph))
    }

    /// Returns which runbooks cover what.
    pub fn coverage(&self) -> &Coverage<'a> {
        self.coverage.get_or_init(|| Coverage::new(self.stack, self.passage()))
    }

    /// Returns who can run what.
    pub fn knowledge(&self) -> &Knowledge<'a> {
        self.knowledge.get_or_init(|| Knowledge::new(self.stack, self.coverage(), self.today))
    }
}
