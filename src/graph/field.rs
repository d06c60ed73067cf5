//! What integrations carry, one direction at a time: records of an object, and the values of their fields.
//!
//! Data goes back only over an integration of direction `two-way`. A mapping without a `direction` travels with the
//! records of its object, and one without an `object` is about every object that its integration carries.

use std::collections::BTreeSet;

use super::{Graph, Hop};
use crate::model::{Direction, Entity, FieldMapping, Integration, Travel};

/// A field of the records of an object in a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place<'a> {
    /// The id of the tool.
    pub tool: &'a str,
    /// The object, as it is called there; nothing where the integration names none.
    pub object: Option<&'a str>,
    /// The field, as it is called there.
    pub field: &'a str,
}

/// A field that an integration writes in a direction.
#[derive(Debug, Clone, Copy)]
pub struct Write<'a> {
    /// Over which integration, and in which direction.
    pub hop: Hop,
    /// The number of the mapping among the integration's `fields`.
    pub number: usize,
    /// The mapping.
    pub mapping: &'a FieldMapping,
    /// Where the value comes from.
    pub from: Place<'a>,
    /// Where it goes.
    pub to: Place<'a>,
}

/// Records of an object that an integration carries in a direction.
#[derive(Debug, Clone)]
pub struct Load<'a> {
    /// Over which integration, and in which direction.
    pub hop: Hop,
    /// The number of the entry among the integration's `objects`.
    pub number: usize,
    /// The tool that they leave.
    pub from: &'a str,
    /// The tool at which they arrive.
    pub to: &'a str,
    /// What they are called where they leave.
    pub leaves: &'a str,
    /// What they are called where they arrive.
    pub arrives: &'a str,
    /// Who is let through, where that is said.
    pub filter: Option<&'a str>,
    /// The fields that are written where they arrive; nothing where the integration lists none for this object.
    pub fields: Option<BTreeSet<&'a str>>,
}

/// What a mapping is about: an entry of the integration's `objects`, and what the object is called at `from` and at `to`.
type Meant<'a> = (Option<usize>, Option<&'a str>, Option<&'a str>);

impl<'a> Graph<'a> {
    /// Returns the fields that integrations accepted by `keep` write, by integration, mapping, and direction. Linear in
    /// the mappings, times the objects of the integration where a mapping names none.
    pub fn writes(&self, keep: impl Fn(&Entity<Integration>) -> bool) -> Vec<Write<'a>> {
        let mut writes = Vec::new();
        for (integration, number) in self.kept(keep) {
            for (index, mapping) in integration.fields.iter().enumerate() {
                let mut seen = BTreeSet::new();
                for meant in meant(integration, mapping) {
                    for hop in hops(integration, number).filter(|hop| travels(integration, mapping, meant, *hop)) {
                        let (_, object, other) = meant;
                        if !seen.insert((object, other, hop)) {
                            continue;
                        }
                        let from = Place { tool: integration.from.as_str(), object, field: &mapping.from };
                        let to = Place { tool: integration.to.as_str(), object: other, field: &mapping.to };
                        let (from, to) = if hop.forward { (from, to) } else { (to, from) };
                        writes.push(Write { hop, number: index, mapping, from, to });
                    }
                }
            }
        }
        writes
    }

    /// Returns the records that integrations accepted by `keep` carry, by integration, entry, and direction. Linear in
    /// the entries and in what [`Self::writes`] returns.
    pub fn loads(&self, keep: impl Fn(&Entity<Integration>) -> bool) -> Vec<Load<'a>> {
        let mut loads = Vec::new();
        for (integration, number) in self.kept(keep) {
            // Per entry of `objects`, and once for each direction in which it may travel.
            let mut fields: Vec<[Option<BTreeSet<&str>>; 2]> = vec![[None, None]; integration.objects.len()];
            for mapping in &integration.fields {
                for meant in meant(integration, mapping) {
                    let Some(listed) = meant.0.and_then(|entry| fields.get_mut(entry)) else { continue };
                    for (listed, forward) in listed.iter_mut().zip([true, false]) {
                        let listed = listed.get_or_insert_default();
                        if travels(integration, mapping, meant, Hop { integration: number, forward }) {
                            listed.insert(if forward { mapping.to.as_str() } else { mapping.from.as_str() });
                        }
                    }
                }
            }
            for ((index, entry), [forth, back]) in integration.objects.iter().enumerate().zip(fields) {
                for (hop, fields) in hops(integration, number).zip([forth, back]) {
                    if !entry.travels(hop.forward, integration.direction) {
                        continue;
                    }
                    let at_from = (integration.from.as_str(), entry.object().as_str());
                    let at_to = (integration.to.as_str(), entry.object_at_other_end().as_str());
                    let ((from, leaves), (to, arrives)) = if hop.forward { (at_from, at_to) } else { (at_to, at_from) };
                    let filter = entry.filter();
                    loads.push(Load { hop, number: index, from, to, leaves, arrives, filter, fields });
                }
            }
        }
        loads
    }

    /// Iterates over the integrations that `keep` accepts, with their numbers.
    fn kept(&self, keep: impl Fn(&Entity<Integration>) -> bool) -> impl Iterator<Item = (&'a Entity<Integration>, usize)> {
        self.integrations.iter().copied().zip(0..).filter(move |(integration, _)| keep(integration))
    }
}

/// The directions in which an integration carries anything, `forward` first.
fn hops(integration: &Integration, number: usize) -> impl Iterator<Item = Hop> + use<> {
    let back = (integration.direction == Direction::TwoWay).then_some(false);
    [true].into_iter().chain(back).map(move |forward| Hop { integration: number, forward })
}

/// Whether the value of a field travels over a hop.
fn travels(integration: &Integration, mapping: &FieldMapping, (entry, ..): Meant<'_>, hop: Hop) -> bool {
    match mapping.direction {
        Some(Travel::Forward) => hop.forward,
        Some(Travel::Back) => !hop.forward,
        Some(Travel::Both) => true,
        None => match entry.and_then(|entry| integration.objects.get(entry)) {
            Some(entry) => entry.travels(hop.forward, integration.direction),
            None => hop.forward || integration.direction == Direction::TwoWay,
        },
    }
}

/// What a mapping is about: the entries that name its object at `from`, or else at `to`, or else the object itself.
fn meant<'a>(integration: &'a Integration, mapping: &'a FieldMapping) -> Vec<Meant<'a>> {
    let entries = integration.objects.iter().enumerate();
    let entries = entries.map(|(number, entry)| (Some(number), Some(entry.object().as_str()), Some(entry.object_at_other_end().as_str())));
    let object = mapping.object.as_ref().map(crate::model::Ref::as_str);
    let mut meant: Vec<Meant<'_>> = entries.clone().filter(|(_, here, _)| object.is_none() || *here == object).collect();
    if meant.is_empty() {
        meant = entries.filter(|(_, _, there)| *there == object).collect();
    }
    if meant.is_empty() {
        meant.push((None, object, object));
    }
    meant
}
