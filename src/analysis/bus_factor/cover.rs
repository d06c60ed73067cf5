//! Who covers how much: the weights of what the same people can run.

use std::collections::{BTreeMap, BTreeSet};

use super::{BusFactor, Counted, EXACT, Fewest, Loss, search};

/// The part of a sum by which rounding may change it.
pub(super) const TOLERANCE: f64 = 1e-9;

/// What is covered by whom, while it is collected.
#[derive(Debug, Default)]
pub(super) struct Cover<'a> {
    count: usize,
    weight: f64,
    uncovered: f64,
    by: BTreeMap<Vec<Counted<'a>>, f64>,
}

/// What the same people can run.
#[derive(Debug)]
pub(super) struct Group {
    /// The numbers of those people.
    pub(super) who: Vec<usize>,
    /// As how many they count.
    pub(super) people: usize,
    /// What it weighs.
    pub(super) weight: f64,
}

/// The same by number, for the search.
#[derive(Debug)]
pub(super) struct Groups<'a> {
    /// Whoever is counted: those first who take the most weight with them.
    pub(super) who: Vec<Counted<'a>>,
    /// What they cover.
    pub(super) all: Vec<Group>,
    /// The groups of each.
    pub(super) of: Vec<Vec<usize>>,
    /// More than this must be left uncovered by those who go. It lies above the half by less than any weight, so that sums
    /// of weights such as 0.1 are not more than the half where they are equal to it.
    pub(super) need: f64,
    /// What nobody covers anyhow.
    pub(super) uncovered: f64,
}

impl<'a> Cover<'a> {
    /// Adds something that these people can run.
    pub(super) fn add(&mut self, who: &BTreeSet<Counted<'a>>, weight: f64) {
        self.count += 1;
        self.weight += weight;
        if who.is_empty() {
            self.uncovered += weight;
        } else {
            *self.by.entry(who.iter().copied().collect()).or_default() += weight;
        }
    }

    /// Finds the fewest people whose departure leaves more than half uncovered.
    pub(super) fn factor(self) -> BusFactor<'a> {
        let Self { count, weight, uncovered, .. } = self;
        let fewest = if weight > 0.0 { self.fewest() } else { Fewest::Nothing };
        BusFactor { count, weight, uncovered, fewest }
    }

    fn fewest(self) -> Fewest<'a> {
        let groups = Groups::new(self);
        if groups.need < 0.0 {
            let sets = vec![Loss { who: Vec::new(), weight: groups.uncovered }];
            return Fewest::Exactly { people: 0, sets, are_more: false };
        }
        let bound = groups.lower_bound();
        for people in bound..=EXACT {
            let Some(found) = search::sets(&groups, people) else {
                return Fewest::Between { least: people, most: groups.enough() };
            };
            if !found.sets.is_empty() {
                return Fewest::Exactly { people, sets: found.sets, are_more: found.are_more };
            }
        }
        Fewest::Between { least: bound.max(EXACT + 1), most: groups.enough() }
    }
}

impl<'a> Groups<'a> {
    fn new(cover: Cover<'a>) -> Self {
        let people = |who: &[Counted<'_>]| who.iter().map(|who| who.people()).sum::<usize>();
        let mut share: BTreeMap<Counted<'a>, f64> = BTreeMap::new();
        for (who, weight) in &cover.by {
            for one in who {
                *share.entry(*one).or_default() += per_person(*weight, people(who));
            }
        }
        let mut who: Vec<(Counted<'a>, f64)> = share.into_iter().collect();
        who.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        let who: Vec<Counted<'a>> = who.into_iter().map(|(who, _)| who).collect();
        let numbers: BTreeMap<Counted<'a>, usize> = who.iter().enumerate().map(|(number, who)| (*who, number)).collect();
        let mut of = vec![Vec::new(); who.len()];
        let mut all = Vec::with_capacity(cover.by.len());
        for (group, weight) in cover.by {
            let members: Vec<usize> = group.iter().filter_map(|one| numbers.get(one)).copied().collect();
            for member in &members {
                if let Some(of) = of.get_mut(*member) {
                    of.push(all.len());
                }
            }
            all.push(Group { who: members, people: people(&group), weight });
        }
        Self { who, all, of, need: cover.weight * (0.5 + TOLERANCE) - cover.uncovered, uncovered: cover.uncovered }
    }

    /// Returns as how many people one counts.
    pub(super) fn people(&self, number: usize) -> usize {
        self.who.get(number).map_or(1, |who| who.people())
    }

    /// Fewer people are never enough, because each takes at most their share of every group along.
    fn lower_bound(&self) -> usize {
        let mut shares = vec![0.0; self.who.len()];
        for group in &self.all {
            for member in &group.who {
                if let Some(share) = shares.get_mut(*member) {
                    *share += per_person(group.weight, group.people);
                }
            }
        }
        let mut each: Vec<f64> =
            shares.iter().enumerate().flat_map(|(number, share)| std::iter::repeat_n(*share, self.people(number))).collect();
        each.sort_by(|a, b| b.total_cmp(a));
        let mut taken = 0.0;
        // What is as good as the half is left to the search, which adds whole weights.
        let slack = self.need.abs() * TOLERANCE;
        let fewer = each.iter().take_while(|share| {
            taken += **share;
            taken <= self.need - slack
        });
        (fewer.count() + 1).min(each.len().max(1))
    }

    /// Returns people who are enough, few but not certainly the fewest: those who take the most along, without those who
    /// turn out not to be needed.
    fn enough(&self) -> Loss<'a> {
        let mut missing: Vec<usize> = self.all.iter().map(|group| group.who.len()).collect();
        let mut taken = 0.0;
        let mut chosen = Vec::new();
        for number in 0..self.who.len() {
            chosen.push(number);
            taken += self.groups_of(number).filter(|group| count_down(&mut missing, *group)).map(|group| self.weight(group)).sum::<f64>();
            if taken > self.need {
                break;
            }
        }
        let mut kept = Vec::new();
        for number in chosen.into_iter().rev() {
            let lost: f64 = self.groups_of(number).filter(|group| missing.get(*group) == Some(&0)).map(|group| self.weight(group)).sum();
            if taken - lost > self.need {
                taken -= lost;
                self.groups_of(number).for_each(|group| missing.get_mut(group).into_iter().for_each(|missing| *missing += 1));
            } else {
                kept.push(number);
            }
        }
        self.loss(&kept)
    }

    fn groups_of(&self, number: usize) -> impl Iterator<Item = usize> {
        self.of.get(number).into_iter().flatten().copied()
    }

    fn weight(&self, group: usize) -> f64 {
        self.all.get(group).map_or(0.0, |group| group.weight)
    }

    /// Returns what is lost with those people.
    pub(super) fn loss(&self, numbers: &[usize]) -> Loss<'a> {
        let gone: BTreeSet<usize> = numbers.iter().copied().collect();
        let lost = self.all.iter().filter(|group| group.who.iter().all(|member| gone.contains(member)));
        let weight = self.uncovered + lost.map(|group| group.weight).sum::<f64>();
        let mut who: Vec<Counted<'a>> = gone.iter().filter_map(|number| self.who.get(*number)).copied().collect();
        who.sort_unstable();
        Loss { who, weight }
    }
}

/// Counts down; whether nothing is missing any more.
fn count_down(missing: &mut [usize], at: usize) -> bool {
    missing.get_mut(at).is_some_and(|missing| {
        *missing = missing.saturating_sub(1);
        *missing == 0
    })
}

/// The part of a weight that falls to one of so many people.
#[expect(clippy::cast_precision_loss, reason = "nobody has so many people")]
pub(super) fn per_person(weight: f64, people: usize) -> f64 {
    weight / people.max(1) as f64
}
