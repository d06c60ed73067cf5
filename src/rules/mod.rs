//! The rules: one file each, one function `check`, no levels and no files.

mod age;
mod contract;
mod option;
mod setting;
mod signal_gap;
mod wording;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::de::DeserializeOwned;

pub use self::{setting::Settings, unused_suppression::report as report_unused};
use crate::{
    analysis::Analysis,
    diagnostic::{Diagnostic, Family, Rule},
    graph::Graph,
    load::validity,
    model::{Address, AnyEntity, Date, Entity, Runbook, Stack},
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
    documents: &'a BTreeMap<String, FileId>,
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

    /// Returns the text of the file that a runbook names; nothing if it names none.
    pub fn document(&self, runbook: &Entity<Runbook>) -> Option<&'a str> {
        self.documents.get(runbook.id.as_str()).map(|file| self.sources.file(*file).text())
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
            documents: &'a BTreeMap<String, FileId>,
            settings: &'a Settings<'a>,
            wanted: impl Fn(&Rule) -> bool,
        ) -> Vec<Diagnostic> {
            let all: [(&Rule, fn(&mut Context<'a>)); RULES.len()] = [$((&$module::RULE, $module::check),)*];
            let wanted: Vec<_> = all.into_iter().filter(|(rule, _)| wanted(rule)).collect();
            let run = |(_, check): (&Rule, fn(&mut Context<'a>))| {
                let Analysis { stack, graph, today, .. } = *analysis;
                let mut cx = Context { stack, graph, analysis, today, sources, documents, settings, found: Vec::new() };
                check(&mut cx);
                cx.found
            };
            let is_about_people = wanted.iter().any(|(rule, _)| rule.family == Family::Privacy);
            // What several rules need is found once, while those who need it wait: the largest part of that begins at once.
            let begin = || is_about_people.then(|| analysis.data_map());
            // Some take a hundred times as long as others: each is a piece of work for itself.
            rayon::join(begin, || wanted.into_par_iter().with_max_len(1).flat_map_iter(run).collect()).1
        }
    };
}

rules! {
    attribution_blind_spot
    backup_without_access
    broken_automation
    broken_integration
    change_of_control
    conflicting_field_rule
    conflicting_metrics
    conflicting_system_of_record
    consent_gap
    crm_gap
    crowded_report
    departed_owner
    disconnected_tool
    empty_runbook
    empty_team
    erasure_gap
    expired_suppression
    expiring_credential
    external_only
    failed_routing_test
    flow_gap
    key_person
    leaving_owner
    manual_integration
    metric_without_source
    missing_kpi
    no_attribution
    no_backup
    no_campaign_qa
    no_database_cleaning
    no_dpa
    no_erasure_runbook
    no_handoff
    no_lifecycle
    no_mfa
    no_owner
    no_recycling
    no_runbook
    no_suppression_source
    no_system_of_record
    no_tracking_standard
    off_target_metric
    one_sided_scoring
    orphaned_tool
    overdue_routine
    parallel_sync
    personal_credentials
    redundant_tools
    renewal_due
    retired_tool_in_use
    runbook_gap
    several_lifecycles
    single_admin
    single_point_of_failure
    single_touch_attribution
    slow_handoff
    stage_without_criteria
    stale_access_review
    stale_contract
    stale_entry
    stale_metric
    stale_routing
    stale_runbook
    stale_scoring
    stalled_migration
    stranded_data
    suppression_gap
    sync_loop
    tool_sprawl
    undeclared_personal_data
    understaffed_operations
    underused_tool
    undocumented_automations
    undocumented_tool
    undocumented_transfer
    unexercised_runbook
    unknown_capabilities
    unknown_cost
    unknown_personal_data
    unmeasured_data_quality
    unmonitored_integration
    unnamed_owner
    unowned_area
    unreachable_rule
    unreachable_stage
    unreachable_threshold
    unrouted_records
    untested_automation
    untested_routing
    unused_suppression
    unverified_integration
    vendor_concentration
}

/// Returns every rule, those of the family validity first.
pub fn all() -> Vec<&'static Rule> {
    validity::RULES.iter().chain(RULES).copied().collect()
}

/// Returns the rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    all().into_iter().find(|rule| rule.name == name)
}
