//! Branch and bound: all sets of so many people without whom more than is allowed is left uncovered.
//!
//! A set is extended by one person after the other. Whatever comes to it, the weight of a group is only lost with all of
//! its people, so that it counts as shared evenly among those who are missing: no `n` people take more along than the
//! `n` largest sums of such shares. Where that is not enough the branch ends.

use super::{
    Loss, MOST_SETS,
    cover::{Group, Groups, TOLERANCE, per_person},
};

/// So many looks at a group are taken before a search is given up.
const MOST_LOOKS: usize = 4_000_000;

/// What a search has found.
pub(super) struct Found<'a> {
    /// The sets, sorted.
    pub(super) sets: Vec<Loss<'a>>,
    /// Whether there are more.
    pub(super) are_more: bool,
}

/// Returns the sets of at most so many people that are enough, none of them with anybody too many; nothing if that takes
/// too long.
pub(super) fn sets<'a>(groups: &Groups<'a>, people: usize) -> Option<Found<'a>> {
    // A group of more people is never lost.
    let small: Vec<&Group> = groups.all.iter().filter(|group| group.people <= people).collect();
    let mut search = Search { groups, small, looks: MOST_LOOKS, chosen: Vec::new(), found: Vec::new() };
    search.extend(people, 0)?;
    let are_more = search.found.len() > MOST_SETS;
    let mut sets: Vec<Loss<'a>> = search.found.iter().map(|numbers| groups.loss(numbers)).collect();
    sets.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.who.cmp(&b.who)));
    sets.truncate(MOST_SETS);
    Some(Found { sets, are_more })
}

struct Search<'g, 'a> {
    groups: &'g Groups<'a>,
    small: Vec<&'g Group>,
    looks: usize,
    chosen: Vec<usize>,
    found: Vec<Vec<usize>>,
}

impl Search<'_, '_> {
    /// Tries everybody from a number on, as the next of those who are chosen; nothing if it takes too long. As deep as
    /// people are left.
    fn extend(&mut self, left: usize, from: usize) -> Option<()> {
        self.looks = self.looks.checked_sub(self.small.len() + self.groups.who.len())?;
        let (lost, shares) = self.shares(left, from);
        if lost > self.groups.need {
            self.found.push(self.chosen.clone());
            return Some(());
        }
        // The largest share of anybody from each number on.
        let mut largest = shares;
        for number in (0..largest.len().saturating_sub(1)).rev() {
            let next = largest.get(number + 1).copied().unwrap_or_default();
            largest.get_mut(number).into_iter().for_each(|share| *share = share.max(next));
        }
        #[expect(clippy::cast_precision_loss, reason = "few are left")]
        let left_share = left as f64;
        for (offset, share) in largest.into_iter().enumerate() {
            // Shares are sums of parts: what is as good as enough is looked at.
            if lost + share * left_share <= self.groups.need * (1.0 - TOLERANCE) || self.found.len() > MOST_SETS {
                break;
            }
            let number = from + offset;
            let Some(rest) = left.checked_sub(self.groups.people(number)) else { continue };
            self.chosen.push(number);
            self.extend(rest, number + 1)?;
            self.chosen.pop();
        }
        Some(())
    }

    /// The weight that is lost with those who are chosen, and the share of anybody from a number on in what may still be.
    fn shares(&self, left: usize, from: usize) -> (f64, Vec<f64>) {
        let mut lost = 0.0;
        let mut shares = vec![0.0; self.groups.who.len().saturating_sub(from)];
        for group in &self.small {
            let missing = || group.who.iter().filter(|member| !self.chosen.contains(member));
            let people: usize = missing().map(|member| self.groups.people(*member)).sum();
            if people == 0 {
                lost += group.weight;
            } else if people <= left && missing().all(|member| *member >= from) {
                for member in missing() {
                    if let Some(share) = shares.get_mut(member - from) {
                        *share += per_person(group.weight, people);
                    }
                }
            }
        }
        (lost, shares)
    }
}
