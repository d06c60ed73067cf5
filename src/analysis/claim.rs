//! Who was there first: finds for each of many claims the first before it that it runs into, without comparing them in pairs.

use std::collections::{BTreeMap, BTreeSet};

/// What somebody claims in some respect, such as the units or the fields that something is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim<'a> {
    /// All there is.
    Everything,
    /// These, and no others.
    Only(Vec<&'a str>),
}

impl<'a> Claim<'a> {
    /// Makes the claim on one thing, or on all where none is named, such as on the unit that something belongs to.
    pub fn on(one: Option<&'a str>) -> Self {
        one.map_or(Self::Everything, |one| Self::Only(vec![one]))
    }
}

/// A way in which two claims can meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meeting<'a> {
    /// The later one claims everything, the earlier one anything.
    Anything,
    /// The earlier one claims everything, the later one only some.
    Everything,
    /// Both claim this.
    This(&'a str),
}

/// The first under a way of meeting, and the first after it that bears another mark.
#[derive(Debug)]
struct Seen<M> {
    first: (usize, M),
    other: Option<usize>,
}

/// The claims that were made so far. What bears the same mark is at one.
#[derive(Debug)]
pub struct Claims<'a, M> {
    seen: BTreeMap<Vec<Meeting<'a>>, Seen<M>>,
}

impl<M> Default for Claims<'_, M> {
    fn default() -> Self {
        Self { seen: BTreeMap::new() }
    }
}

impl<'a, M: PartialEq + Copy> Claims<'a, M> {
    /// Makes a claim in several respects, the same ones each time, and returns the first earlier one with another mark
    /// that meets it in every respect. Numbers must grow. The time is that of the product of what is claimed.
    pub fn make(&mut self, number: usize, mark: M, respects: &[Claim<'a>]) -> Option<usize> {
        let met = ways(respects, Meeting::Anything, Meeting::Everything);
        let met = met.iter().filter_map(|way| self.seen.get(way));
        let first = met.filter_map(|seen| if seen.first.1 == mark { seen.other } else { Some(seen.first.0) }).min();
        let left = ways(respects, Meeting::Everything, Meeting::Anything);
        for way in left {
            let seen = self.seen.entry(way).or_insert(Seen { first: (number, mark), other: None });
            if seen.first.1 != mark {
                seen.other.get_or_insert(number);
            }
        }
        first
    }
}

/// Every combination of ways, one in each respect: who claims everything is met in that way and in any, who claims
/// something by each thing and by `besides`. Who claims nothing is met in no way.
fn ways<'a>(respects: &[Claim<'a>], everything: Meeting<'a>, besides: Meeting<'a>) -> Vec<Vec<Meeting<'a>>> {
    let of = |claim: &Claim<'a>| -> Vec<Meeting<'a>> {
        match claim {
            Claim::Everything => BTreeSet::from([everything, Meeting::Anything]).into_iter().collect(),
            Claim::Only(some) if some.is_empty() => Vec::new(),
            Claim::Only(some) => some.iter().map(|one| Meeting::This(one)).chain([besides]).collect(),
        }
    };
    respects.iter().fold(vec![Vec::new()], |ways, claim| {
        let next = of(claim);
        ways.iter().flat_map(|way| next.iter().map(|one| way.iter().copied().chain([*one]).collect())).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{Claim, Claims};

    fn meets(a: &Claim<'_>, b: &Claim<'_>) -> bool {
        match (a, b) {
            (Claim::Only(a), Claim::Only(b)) => a.iter().any(|one| b.contains(one)),
            (Claim::Only(some), Claim::Everything) | (Claim::Everything, Claim::Only(some)) => !some.is_empty(),
            (Claim::Everything, Claim::Everything) => true,
        }
    }

    #[test]
    fn the_first_that_is_met_is_the_one_that_comparing_all_pairs_finds() {
        let few = [
            Claim::Everything,
            Claim::Only(vec!["a"]),
            Claim::Only(vec!["b"]),
            Claim::Only(vec!["a", "b"]),
            Claim::Only(vec!["c"]),
            Claim::Only(vec![]),
        ];
        // A little generator: the same claims in every run.
        let mut state = 7_usize;
        let mut next = |below: usize| {
            state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
            state / 65_536 % below
        };
        for _ in 0..200 {
            let all: Vec<(usize, [Claim<'_>; 2])> =
                (0..8).map(|_| (next(3), [few[next(few.len())].clone(), few[next(few.len())].clone()])).collect();
            let mut claims = Claims::default();
            for (number, (mark, respects)) in all.iter().enumerate() {
                let expected = all[..number].iter().position(|(other, earlier)| {
                    other != mark && earlier.iter().zip(respects).all(|(earlier, later)| meets(earlier, later))
                });
                assert_eq!(claims.make(number, *mark, respects), expected, "{number} of {all:?}");
            }
        }
    }
}
