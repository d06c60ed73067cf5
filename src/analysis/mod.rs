//! What follows from a stack, as plain data: rules turn it into findings, pages draw it.
//!
//! Each part is computed when it is first asked for, once, and never again.

mod claim;
mod coverage;
mod knowledge;

use std::{collections::BTreeSet, sync::OnceLock};

pub use self::{
    claim::{Claim, Claims},
    coverage::Coverage,
    knowledge::{Knowledge, Runner, Runners, Why},
};
use crate::{
    graph::{Graph, Load, References, Write},
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
    references: OnceLock<References>,
    writes: OnceLock<Vec<Write<'a>>>,
    loads: OnceLock<Vec<Load<'a>>>,
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
            references: OnceLock::new(),
            writes: OnceLock::new(),
            loads: OnceLock::new(),
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

    /// Returns who mentions whom.
    pub fn references(&self) -> &References {
        self.references.get_or_init(|| References::new(self.stack))
    }

    /// Returns which fields live integrations write, by integration.
    pub fn writes(&self) -> &[Write<'a>] {
        self.writes.get_or_init(|| self.graph.writes(AnyEntity::is_live))
    }

    /// Returns the records that live integrations carry, by integration.
    pub fn loads(&self) -> &[Load<'a>] {
        self.loads.get_or_init(|| self.graph.loads(AnyEntity::is_live))
    }
}
