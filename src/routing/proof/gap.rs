//! What records can have and stay without a rule, field by field.

use super::{
    super::class::{Entry, Part},
    prover::Prover,
    search::{Exhausted, Point},
};

/// What records can have in a field and stay without a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap<'a> {
    /// The field.
    pub field: &'a str,
    /// What a record without a rule can have there: missing, values, ranges, other text. Empty where it can have any.
    pub can: Vec<Part>,
    /// How the text of a record without a rule never starts or ends, and what it never contains.
    pub never: Vec<Part>,
    /// What no record has that a rule takes.
    pub nowhere: Vec<Part>,
}

/// Returns the gaps of rules that do not take all records, given one that they do not take. A field that does not matter has
/// none: a record without a rule can have anything there, and all that it can have leads somewhere.
pub(super) fn gaps<'a>(prover: &mut Prover<'_, 'a>, unrouted: Point) -> Result<Vec<Gap<'a>>, Exhausted> {
    let mut known = vec![unrouted];
    let mut gaps = Vec::new();
    for (field, entries) in prover.space.entries() {
        let (mut can, mut never, mut nowhere) = (Vec::new(), Vec::new(), Vec::new());
        for entry in &entries {
            if stays(prover, entry, &mut known)? {
                can.push(entry);
                if !leads(prover, entry)? {
                    nowhere.push(entry);
                }
            } else {
                never.push(entry);
            }
        }
        if nowhere.len() == entries.len() {
            // Whatever it is, it leads nowhere: that is no matter of this field.
            nowhere.clear();
        }
        can.retain(|entry| entry.is_whole());
        if never.iter().all(|entry| !entry.is_whole()) {
            can.clear();
        }
        never.retain(|entry| !entry.is_whole());
        let [can, never, nowhere] = [can, never, nowhere].map(|entries| prover.space.parts(field, &entries));
        if !(can.is_empty() && never.is_empty() && nowhere.is_empty()) {
            gaps.push(Gap { field, can, never, nowhere });
        }
    }
    Ok(gaps)
}

/// Whether a record can have this and stay without a rule. What is found is added to what is known.
fn stays(prover: &mut Prover<'_, '_>, entry: &Entry, known: &mut Vec<Point>) -> Result<bool, Exhausted> {
    if known.iter().any(|point| entry.region.holds(point)) {
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
