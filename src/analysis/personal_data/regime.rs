//! The laws in force: those of the stack, and those of a unit for its tools.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{AnyEntity, Ref, Slug, Stack, Unit};

/// The laws in force for the whole stack and for each unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Regimes<'a> {
    everywhere: BTreeSet<&'a str>,
    by_unit: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Regimes<'a> {
    /// Reads them. What is in force in a unit is in force in its parts. Linear in the units and their laws.
    pub fn new(stack: &'a Stack) -> Self {
        let everywhere = stack.privacy.iter().flat_map(|privacy| &privacy.regimes).map(Slug::as_str).collect();
        let mut by_unit: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for unit in stack.units.keys() {
            let mut line: Vec<&str> = Vec::new();
            let mut seen: BTreeSet<&str> = BTreeSet::new();
            let mut next = Some(unit.as_str());
            // A circle of parents ends where it began.
            while let Some(id) = next.filter(|id| !by_unit.contains_key(id) && seen.insert(id)) {
                line.push(id);
                next = stack.units.get(id).and_then(|unit| unit.parent.as_ref()).map(Ref::as_str);
            }
            let laws = |id: &str| stack.units.get(id).into_iter().flat_map(|unit| own(unit));
            let mut in_force: BTreeSet<&str> = next.and_then(|known| by_unit.get(known)).cloned().unwrap_or_default();
            // On a circle each is a part of each.
            let circle = next.and_then(|id| line.iter().position(|of| *of == id)).unwrap_or(line.len());
            in_force.extend(line.iter().skip(circle).flat_map(|id| laws(id)));
            for id in line.into_iter().rev() {
                in_force.extend(laws(id));
                by_unit.insert(id, in_force.clone());
            }
        }
        Self { everywhere, by_unit }
    }

    /// Whether a law is in force for an entity.
    pub fn is_in_force(&self, law: &str, entity: &dyn AnyEntity) -> bool {
        self.everywhere.contains(law)
            || entity.common().unit.as_ref().and_then(|unit| self.by_unit.get(unit.as_str())).is_some_and(|laws| laws.contains(law))
    }
}

fn own(unit: &Unit) -> impl Iterator<Item = &str> {
    unit.regimes.iter().map(Slug::as_str)
}
