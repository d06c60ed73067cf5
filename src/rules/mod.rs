//! The rules: one file each, one function `check`, no levels and no files.

mod map_words;
mod option;
mod setting;

use rayon::prelude::*;
use serde::de::DeserializeOwned;

pub use self::setting::Settings;
use crate::{
    analysis::Analysis,
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
    /// What follows from it.
    pub analysis: &'a Analysis<'a>,
    /// The day on which the stack is judged.
    pub today: Date,
    sources: &'a Sources,
    settings: &'a Settings<'a>,
    found: Vec<Diagnostic>,
}

impl<'a> Context<'a> {
    /// Returns the options of a rule for its findings on a subject.
    pub fn options<O: DeserializeOwned + Default>(&self, rule: &Rule, subject: impl AsRef<str>) -> O {
        self.settings.options(rule, subject.as_ref())
    }

    /// Makes a finding about an entity, at its header.
    pub fn on(&self, rule: &'static Rule, entity: &dyn AnyEntity, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, entity.address(), self.header(entity), message)
    }

    /// Makes a finding about an entity, at the value of a key, or at its header where the key is absent.
    pub fn at(&self, rule: &'static Rule, entity: &dyn AnyEntity, key: &str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, entity.address(), self.value(entity, key), message)
    }

    /// Makes a finding about the stack as a whole, at the header of `[stack]`.
    pub fn on_stack(&self, rule: &'static Rule, message: impl Into<String>) -> Diagnostic {
        let company = &self.stack.company;
        Diagnostic::new(rule, "stack", self.sources.span(company.file, "/stack"), message)
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
        pub fn check<'a>(
            analysis: &'a Analysis<'a>,
            sources: &'a Sources,
            settings: &'a Settings<'a>,
            wanted: impl Fn(&Rule) -> bool,
        ) -> Vec<Diagnostic> {
            let all: [(&Rule, fn(&mut Context<'a>)); RULES.len()] = [$((&$module::RULE, $module::check),)*];
            let wanted: Vec<_> = all.into_iter().filter(|(rule, _)| wanted(rule)).collect();
            let run = |(_, check): (&Rule, fn(&mut Context<'a>))| {
                let Analysis { stack, graph, today, .. } = *analysis;
                let mut cx = Context { stack, graph, analysis, today, sources, settings, found: Vec::new() };
                check(&mut cx);
                cx.found
            };
            wanted.into_par_iter().flat_map_iter(run).collect()
        }
    };
}

rules! {
    attribution_blind_spot
    broken_integration
    crm_gap
    departed_owner
    disconnected_tool
    flow_gap
    manual_integration
    no_backup
    no_owner
    no_system_of_record
    orphaned_tool
    single_point_of_failure
    stale_runbook
    stranded_data
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
