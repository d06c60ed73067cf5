//! What follows from a stack, as plain data: rules turn it into findings, pages draw it.
//!
//! Each part is computed when it is first asked for, once, and never again.

mod coverage;
mod duty;
mod knowledge;
mod members;
mod reliance;

use std::{collections::BTreeSet, sync::OnceLock};

pub use self::{
    coverage::Coverage,
    duty::{Duty, Role},
    knowledge::{Knowledge, Runner, Runners, UNNAMED, Why},
    members::Members,
    reliance::{Reliance, Reliances},
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
    members: OnceLock<Members<'a>>,
    duties: OnceLock<Vec<Duty<'a>>>,
    reliances: OnceLock<Reliances<'a>>,
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
            members: OnceLock::new(),
            duties: OnceLock::new(),
            reliances: OnceLock::new(),
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
        self.knowledge.get_or_init(|| Knowledge::new(self.stack, self.coverage(), self.members(), self.today))
    }

    /// Returns who is in which team.
    pub fn members(&self) -> &Members<'a> {
        self.members.get_or_init(|| Members::new(self.stack))
    }

    /// Returns who is named where.
    pub fn duties(&self) -> &[Duty<'a>] {
        self.duties.get_or_init(|| duty::duties(self.stack))
    }

    /// Returns how much of what is important depends on one person alone.
    pub fn reliances(&self) -> &Reliances<'a> {
        self.reliances.get_or_init(|| Reliances::new(self.stack, self.knowledge()))
    }
}
