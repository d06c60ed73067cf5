//! Which runbooks cover what.

use std::collections::BTreeMap;

use super::Passage;
use crate::model::{Address, AnyEntity, Date, Entity, Runbook, RunbookKind, Stack};

/// How many days after it was last confirmed a text or a practice is still trusted.
pub const FRESH: i64 = 365;

/// The runbooks that cover each entity.
#[derive(Debug, Default)]
pub struct Coverage<'a> {
    by: BTreeMap<String, Vec<&'a Entity<Runbook>>>,
}

impl<'a> Coverage<'a> {
    /// Collects what the runbooks of a stack cover. A runbook that names a part covers the entity that the part belongs to.
    /// An integration is also covered by a runbook of kind `integration-troubleshooting` that covers either end, or a
    /// live flow through it. Linear in the mentions, the integrations and the flows through them.
    pub fn new(stack: &'a Stack, passage: &Passage<'a>) -> Self {
        let mut coverage = Self::default();
        for runbook in stack.runbooks.values() {
            for covered in &runbook.covers {
                if let Some(entity) = stack.at(&Address::from(covered)) {
                    coverage.by.entry(entity.address().to_string()).or_default().push(runbook);
                }
            }
        }
        let mut more: BTreeMap<String, Vec<&Entity<Runbook>>> = BTreeMap::new();
        for integration in stack.integrations.values() {
            let ends = [&integration.from, &integration.to].map(|end| Address::of("tool", end.as_str()).to_string());
            let flows = passage.through_integration(integration.id.as_str()).map(|passing| passing.flow.address().to_string());
            let around = ends.into_iter().chain(flows).flat_map(|address| coverage.of(&address).to_vec());
            let found: Vec<_> = around.filter(|runbook| runbook.kind == RunbookKind::IntegrationTroubleshooting).collect();
            if !found.is_empty() {
                more.entry(integration.address().to_string()).or_default().extend(found);
            }
        }
        for (address, runbooks) in more {
            coverage.by.entry(address).or_default().extend(runbooks);
        }
        for runbooks in coverage.by.values_mut() {
            runbooks.sort_by(|a, b| a.id.cmp(&b.id));
            runbooks.dedup_by(|a, b| a.id == b.id);
        }
        coverage
    }

    /// Returns the runbooks that cover an entity, sorted by id.
    pub fn of(&self, address: &str) -> &[&'a Entity<Runbook>] {
        self.by.get(address).map_or(&[], Vec::as_slice)
    }

    /// Whether a runbook covers an entity that was reviewed within [`FRESH`] days.
    pub fn is_fresh(&self, address: &str, today: Date) -> bool {
        self.of(address).iter().any(|runbook| is_fresh(runbook, today))
    }
}

/// Whether a runbook was reviewed within [`FRESH`] days.
pub fn is_fresh(runbook: &Entity<Runbook>, today: Date) -> bool {
    !Date::is_over(runbook.about.reviewed, FRESH, today)
}
