//! What follows from a stack, as plain data: rules turn it into findings, pages draw it.
//!
//! Each part is computed when it is first asked for, once, and never again.

mod coverage;
mod knowledge;
mod spend;

use std::{collections::BTreeSet, sync::OnceLock};

pub use self::{
    coverage::Coverage,
    knowledge::{Knowledge, Runner, Runners, Why, can_be_run},
    spend::{ContractCost, Cost, Spend, VendorCost},
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
    spend: OnceLock<Spend<'a>>,
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
            spend: OnceLock::new(),
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

    /// Returns what the contracts cost.
    pub fn spend(&self) -> &Spend<'a> {
        self.spend.get_or_init(|| Spend::new(self.stack))
    }
}
