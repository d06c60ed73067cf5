//! What follows from a stack, as plain data: rules turn it into findings, pages draw it.
//!
//! Each part is computed when it is first asked for, once, and never again.

mod automations;
mod coverage;
mod knowledge;
mod overlap;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

pub use self::{
    automations::Described,
    coverage::Coverage,
    knowledge::{Knowledge, Runner, Runners, Why},
    overlap::{Group, MOST_PAIRS, Overlap, Pair, Unknown},
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
    coverage: OnceLock<Coverage<'a>>,
    knowledge: OnceLock<Knowledge<'a>>,
    automations: OnceLock<BTreeMap<&'a str, Described>>,
    overlap: OnceLock<Overlap<'a>>,
}

impl<'a> Analysis<'a> {
    /// Prepares the analysis of a stack; nothing is computed yet.
    pub fn new(stack: &'a Stack, graph: &'a Graph<'a>, today: Date) -> Self {
        Self {
            stack,
            graph,
            today,
            touched: OnceLock::new(),
            coverage: OnceLock::new(),
            knowledge: OnceLock::new(),
            automations: OnceLock::new(),
            overlap: OnceLock::new(),
        }
    }

    /// Returns the tools that a live integration touches, as an end or as middleware.
    pub fn touched(&self) -> &BTreeSet<&'a str> {
        self.touched.get_or_init(|| self.graph.touched(AnyEntity::is_live))
    }

    /// Returns which runbooks cover what.
    pub fn coverage(&self) -> &Coverage<'a> {
        self.coverage.get_or_init(|| Coverage::new(self.stack, self.graph))
    }

    /// Returns who can run what.
    pub fn knowledge(&self) -> &Knowledge<'a> {
        self.knowledge.get_or_init(|| Knowledge::new(self.stack, self.coverage(), self.today))
    }

    /// Returns how many of its automations are described, for each live tool in which some were counted, by its id.
    pub fn automations(&self) -> &BTreeMap<&'a str, Described> {
        self.automations.get_or_init(|| automations::described(self.stack))
    }

    /// Returns which tools can do much the same.
    pub fn overlap(&self) -> &Overlap<'a> {
        self.overlap.get_or_init(|| Overlap::new(self.stack))
    }
}
