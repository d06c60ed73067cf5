//! The rules: one file each, one function `check`, no levels and no files.

use std::{collections::BTreeSet, sync::OnceLock};

use rayon::prelude::*;

use crate::{
    diagnostic::{Diagnostic, Rule},
    graph::Graph,
    load::validity,
    model::{Address, AnyEntity, Date, Stack},
    source::{FileId, Sources, Span},
};

/// What a rule sees of the stack, and where its findings go.
pub struct Context<'a> {
    /// The stack.
    pub stack: &'a Stack,
    /// Its integration map.
    pub graph: &'a Graph<'a>,
    /// The day on which the stack is judged.
    pub today: Date,
    sources: &'a Sources,
    found: Vec<Diagnostic>,
    touched: &'a OnceLock<BTreeSet<&'a str>>,
}

impl<'a> Context<'a> {
    /// Returns the tools that a live integration touches, as an end or as middleware.
    pub fn touched(&self) -> &BTreeSet<&'a str> {
        self.touched.get_or_init(|| self.graph.touched(AnyEntity::is_live))
    }

    /// Returns where the header of an entity stands.
    pub fn header(&self, entity: &dyn AnyEntity) -> Span {
        self.sources.span(entity.file(), &entity.pointer())
    }

    /// Returns where the value of a key of an entity stands, or its header where the key is absent.
    pub fn value(&self, entity: &dyn AnyEntity, key: &str) -> Span {
        self.sources.span(entity.file(), &format!("{}/{key}", entity.pointer()))
    }

    /// Returns where the header of the entity at an address stands.
    pub fn header_at(&self, address: &Address) -> Option<Span> {
        self.stack.at(address).map(|entity| self.header(entity))
    }

    /// Returns where the value at a pointer of a file stands.
    pub fn place(&self, file: FileId, pointer: &str) -> Span {
        self.sources.span(file, pointer)
    }

    /// Reports a finding.
    pub fn report(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }
}

/// Declares the rules: a module each, its `RULE` and its `check`.
macro_rules! rules {
    ($($module:ident)*) => {
        $(mod $module;)*

        /// Every rule of every family but validity, sorted by name.
        pub static RULES: &[&Rule] = &[$(&$module::RULE,)*];

        /// Runs every rule that `wanted` accepts, side by side; findings come in the order of the rules.
        pub fn check(
            stack: &Stack,
            graph: &Graph<'_>,
            sources: &Sources,
            today: Date,
            wanted: impl Fn(&Rule) -> bool,
        ) -> Vec<Diagnostic> {
            let all: [(&Rule, fn(&mut Context<'_>)); RULES.len()] = [$((&$module::RULE, $module::check),)*];
            let wanted: Vec<_> = all.into_iter().filter(|(rule, _)| wanted(rule)).collect();
            let touched = OnceLock::new();
            let run = |(_, check): (&Rule, fn(&mut Context<'_>))| {
                let mut cx = Context { stack, graph, today, sources, found: Vec::new(), touched: &touched };
                check(&mut cx);
                cx.found
            };
            wanted.into_par_iter().flat_map_iter(run).collect()
        }
    };
}

rules! {
    departed_owner
    flow_gap
    manual_integration
    no_owner
    orphaned_tool
    undocumented_tool
}

/// Returns every rule, those of the family validity first.
pub fn all() -> Vec<&'static Rule> {
    validity::RULES.iter().chain(RULES).copied().collect()
}

/// Returns the rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    all().into_iter().find(|rule| rule.name == name)
}
