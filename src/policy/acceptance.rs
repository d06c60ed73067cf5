//! Accepted risks: which finding each of them sets aside, which set nothing aside, and which have expired.

use std::collections::{BTreeSet, HashMap};

use crate::{
    diagnostic::{Diagnostic, Rule},
    model::{Address, Date, Located, Stack, Suppress},
    rules,
};

/// So many days before its last one an accepted risk is due for another decision.
pub const SOON: i64 = 30;

/// What has become of an accepted risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It sets findings aside.
    InUse,
    /// It sets nothing aside.
    Unused,
    /// Its last day has passed.
    Expired,
    /// Nobody knows: its rule did not run.
    NotJudged,
}

impl State {
    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::InUse => "in-use",
            Self::Unused => "unused",
            Self::Expired => "expired",
            Self::NotJudged => "not-judged",
        }
    }
}

/// An accepted risk and what has become of it.
#[derive(Debug, Clone)]
pub struct Acceptance {
    /// What the stack says.
    pub suppress: Located<Suppress>,
    /// What has become of it.
    pub state: State,
    /// How many findings it sets aside.
    pub findings: usize,
}

impl Acceptance {
    /// Returns how many days are left, the last one not counted; negative where it has passed.
    pub fn days_left(&self, today: Date) -> i64 {
        self.suppress.until.days_since(today)
    }

    /// Returns the same in words.
    pub fn left_in_words(&self, today: Date) -> String {
        match self.days_left(today) {
            0 => "today is the last day".to_owned(),
            1 => "1 day left".to_owned(),
            -1 => "1 day ago".to_owned(),
            left if left < 0 => format!("{} days ago", -left),
            left => format!("{left} days left"),
        }
    }

    /// Whether it holds today, and expires soon.
    pub fn expires_soon(&self, today: Date) -> bool {
        (0..=SOON).contains(&self.days_left(today))
    }
}

/// Returns accepted risks by their last day, the earliest first, then by name.
pub fn by_last_day(all: &[Acceptance]) -> Vec<&Acceptance> {
    let mut all: Vec<&Acceptance> = all.iter().collect();
    all.sort_by_cached_key(|one| (one.suppress.until, one.suppress.name()));
    all
}

/// What identifies the findings that an accepted risk names: rule, addresses, and the key where it names one.
type Named<'a> = (&'a str, BTreeSet<&'a str>, Option<&'a str>);

/// The accepted risks of a stack by what they name, so that a finding is looked up and not compared with all of them.
pub(super) struct Acceptances<'a> {
    stack: &'a Stack,
    today: Date,
    by_name: HashMap<Named<'a>, Vec<usize>>,
    counts: Vec<usize>,
}

impl<'a> Acceptances<'a> {
    /// Sorts the accepted risks of a stack.
    pub(super) fn new(stack: &'a Stack, today: Date) -> Self {
        let mut by_name: HashMap<Named<'a>, Vec<usize>> = HashMap::new();
        for (index, suppress) in stack.suppressions.iter().enumerate() {
            let name = (suppress.rule.as_str(), suppress.subjects(), suppress.key.as_deref());
            by_name.entry(name).or_default().push(index);
        }
        Self { stack, today, by_name, counts: vec![0; stack.suppressions.len()] }
    }

    /// Returns what sets a finding aside, of several the one that lasts longest. If all have expired, the finding says so.
    pub(super) fn accept(&mut self, finding: &mut Diagnostic) -> Option<&'a Located<Suppress>> {
        let naming = self.naming(finding);
        let stack = self.stack;
        let live = |index: &usize| stack.suppressions.get(*index).filter(|suppress| !suppress.is_expired(self.today));
        let accepted = naming.iter().rev().filter_map(live).max_by_key(|suppress| suppress.until);
        for index in naming.iter().filter(|index| live(index).is_some()) {
            if let Some(count) = self.counts.get_mut(*index) {
                *count += 1;
            }
        }
        if accepted.is_none() {
            self.tell_of_expiry(finding, &naming);
        }
        accepted
    }

    /// Says of a finding that it was accepted until a day.
    fn tell_of_expiry(&self, finding: &mut Diagnostic, naming: &[usize]) {
        let expired = naming.iter().filter_map(|index| self.stack.suppressions.get(*index)).filter(|one| one.is_expired(self.today));
        if let Some(last) = expired.max_by_key(|suppress| suppress.until) {
            let by = self.stack.name_at(&Address::of("person", last.by.as_str()));
            finding.notes.push(format!("the acceptance of this finding by {by} expired on {}", last.until));
        }
    }

    /// The accepted risks that name a finding, by file and position: by its subject, or by exactly what it concerns.
    fn naming(&self, finding: &Diagnostic) -> Vec<usize> {
        if self.by_name.is_empty() {
            return Vec::new();
        }
        let subject = BTreeSet::from([finding.subject.as_str()]);
        let related = finding.related.iter().filter_map(|related| related.address.as_deref());
        let concerned: BTreeSet<&str> = related.chain([finding.subject.as_str()]).collect();
        let keys = BTreeSet::from([None, finding.key.as_deref()]);
        let mut naming = Vec::new();
        for on in BTreeSet::from([subject, concerned]) {
            for key in &keys {
                naming.extend(self.by_name.get(&(finding.rule.name, on.clone(), *key)).into_iter().flatten());
            }
        }
        naming.sort_unstable();
        naming
    }

    /// Returns what has become of each, by file and position.
    pub(super) fn judged(self, ran: impl Fn(&Rule) -> bool) -> Vec<Acceptance> {
        let of = |(suppress, findings): (&Located<Suppress>, usize)| {
            let state = match rules::find(suppress.rule.as_str()) {
                _ if suppress.is_expired(self.today) => State::Expired,
                Some(rule) if !ran(rule) => State::NotJudged,
                _ if findings > 0 => State::InUse,
                _ => State::Unused,
            };
            Acceptance { suppress: suppress.clone(), state, findings }
        };
        self.stack.suppressions.iter().zip(self.counts.iter().copied()).map(of).collect()
    }
}
