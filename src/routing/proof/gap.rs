//! What records can have and stay without a rule, field by field.

use fixedbitset::FixedBitSet;

use super::{
    super::class::{Entry, Part},
    prover::Prover,
    search::Exhausted,
};

/// What records can have in a field and stay without a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap<'a> {
    /// The field.
    pub field: &'a str,
    /// What a record without a rule can have there. Empty where it can have anything.
    pub can: Vec<Part>,
    /// What no record has that a rule takes.
    pub nowhere: Vec<Part>,
}

/// Returns the gaps of rules that do not take all records, given some that they do not take. A field that does not matter has
/// none: a record without a rule can have anything there, and all that it can have leads somewhere.
pub(super) fn gaps<'a>(prover: &mut Prover<'_, 'a>, unrouted: Vec<FixedBitSet>) -> Result<Vec<Gap<'a>>, Exhausted> {
    let mut known = vec![unrouted];
    let mut gaps = Vec::new();
    for (field, entries) in prover.space.entries() {
        let (mut can, mut nowhere) = (Vec::new(), Vec::new());
        for entry in &entries {
            if !stays(prover, entry, &mut known)? {
                continue;
            }
            can.push(entry);
            if !leads(prover, entry)? {
                nowhere.push(entry);
            }
        }
        if nowhere.len() == entries.len() {
            // Whatever it is, it leads nowhere: that is no matter of this field.
            nowhere.clear();
        }
        if can.len() == entries.len() {
            can.clear();
        }
        if !can.is_empty() || !nowhere.is_empty() {
            gaps.push(Gap { field, can: prover.space.parts(field, &can), nowhere: prover.space.parts(field, &nowhere) });
        }
    }
    Ok(gaps)
}

/// Whether a record can have this and stay without a rule. What is found is added to what is known.
fn stays(prover: &mut Prover<'_, '_>, entry: &Entry, known: &mut Vec<Vec<FixedBitSet>>) -> Result<bool, Exhausted> {
    let meets = |domain: &Vec<FixedBitSet>| {
        entry.region.sides.iter().all(|side| domain.get(side.facet).is_some_and(|classes| !classes.is_disjoint(&side.classes)))
    };
    if known.iter().any(meets) {
        return Ok(true);
    }
    let node = prover.before(prover.rules.len()).within(&entry.region);
    let found = prover.any(node)?;
    let is_found = found.is_some();
    known.extend(found);
    Ok(is_found)
}

/// Whether some rule takes a record that has this.
fn leads(prover: &mut Prover<'_, '_>, entry: &Entry) -> Result<bool, Exhausted> {
    let all = prover.before(0).within(&entry.region);
    let regions = prover.rules.iter().flatten();
    let nodes: Vec<_> = all.into_iter().flat_map(|node| regions.clone().filter_map(move |region| node.clone().within(region))).collect();
    Ok(prover.any(nodes)?.is_some())
}
