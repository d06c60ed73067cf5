//! When the contracts are decided again: by the day, by the month, and those of which no day is known.

use std::collections::BTreeMap;

use super::{Cost, ROUNDING, Spend};
use crate::model::{Date, Stack};

/// The share of the known yearly cost from which on what renews in one month is a cliff: an assumption, said on the page.
pub const CLIFF: f64 = 0.25;
/// So many days ahead a decision counts as due.
pub const NOTICE_WITHIN: i64 = 60;
/// How a decision about a contract stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The last day to give notice is past, and the renewal is still ahead.
    Passed,
    /// It is to be decided within [`NOTICE_WITHIN`] days.
    Due,
    /// There is time.
    Ahead,
}

/// A contract whose renewal is ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Renewal<'a> {
    /// The id of the contract.
    pub contract: &'a str,
    /// What it costs.
    pub cost: Cost<'a>,
    /// The last day to decide.
    pub last: Date,
    /// The day on which it ends or begins anew.
    pub renewal: Date,
    /// How the decision stands.
    pub standing: Standing,
}

/// What falls into a month of the calendar, as far as it lies within the twelve months.
#[derive(Debug, Clone, PartialEq)]
pub struct Month<'a> {
    /// Its first day that counts.
    pub from: Date,
    /// The ids of the contracts about which must be decided in it, by that day.
    pub decided: Vec<&'a str>,
    /// The ids of the contracts that renew in it, by that day.
    pub renewing: Vec<&'a str>,
    /// What is known to renew.
    pub known: f64,
    /// Whether that is more than [`CLIFF`] of the known yearly cost.
    pub is_cliff: bool,
}

/// When the contracts of a stack are decided again.
#[derive(Debug, Clone, PartialEq)]
pub struct Renewals<'a> {
    /// The first day of the calendar: today.
    pub from: Date,
    /// Its last day: twelve months from the first.
    pub until: Date,
    /// The contracts whose renewal is ahead, however far: by the last day to decide, then by id.
    pub ahead: Vec<Renewal<'a>>,
    /// The months of the calendar, each of them, also those in which nothing happens.
    pub months: Vec<Month<'a>>,
    /// The ids of the contracts whose renewal date is past: they have ended, or nobody has written the next one. Sorted.
    pub past: Vec<&'a str>,
    /// The ids of the contracts that have not begun, sorted.
    pub later: Vec<&'a str>,
    /// The ids of the contracts without a renewal date, sorted.
    pub undated: Vec<&'a str>,
}

impl<'a> Renewals<'a> {
    /// Puts the contracts of a stack in the order of their days. Linear in the contracts, but for sorting.
    pub fn new(stack: &'a Stack, spend: &Spend<'a>, today: Date) -> Self {
        // There may be no later day that can be written.
        let until = today.plus_years(1).plus_days(-1).max(today);
        let mut all = Self {
            from: today,
            until,
            ahead: Vec::new(),
            months: months(today, until),
            past: Vec::new(),
            later: Vec::new(),
            undated: Vec::new(),
        };
        for contract in stack.contracts.values() {
            let id = contract.id.as_str();
            if contract.start.is_some_and(|start| start > today) {
                all.later.push(id);
            }
            let (Some(renewal), Some(last)) = (contract.renewal, contract.last_day_to_decide()) else {
                all.undated.push(id);
                continue;
            };
            if renewal < today {
                all.past.push(id);
                continue;
            }
            let standing = match last.days_since(today) {
                ..0 => Standing::Passed,
                days if days <= NOTICE_WITHIN => Standing::Due,
                _ => Standing::Ahead,
            };
            let cost = spend.of(id).map_or(Cost::Undocumented, |of| of.cost);
            all.ahead.push(Renewal { contract: id, cost, last, renewal, standing });
        }
        all.ahead.sort_by_key(|one| (one.last, one.renewal, one.contract));
        all.fill(spend.known);
        all
    }

    /// Tells each month what falls into it.
    fn fill(&mut self, known: f64) {
        let until = self.until;
        let mut by_month: BTreeMap<Date, (Vec<&str>, Vec<&str>, f64)> = BTreeMap::new();
        for one in self.ahead.iter().filter(|one| one.last >= self.from && one.last <= until) {
            by_month.entry(one.last.first_of_month()).or_default().0.push(one.contract);
        }
        let mut renewing: Vec<_> = self.ahead.iter().filter(|one| one.renewal <= until).collect();
        renewing.sort_by_key(|one| (one.renewal, one.contract));
        for one in renewing {
            let (_, contracts, sum) = by_month.entry(one.renewal.first_of_month()).or_default();
            contracts.push(one.contract);
            *sum += one.cost.known().unwrap_or(0.0);
        }
        for month in &mut self.months {
            if let Some((decided, renewing, sum)) = by_month.remove(&month.from.first_of_month()) {
                let is_cliff = sum > known * (CLIFF + ROUNDING);
                *month = Month { from: month.from, decided, renewing, known: sum, is_cliff };
            }
        }
    }

    /// Iterates over the contracts that are decided or renew within the twelve months, or whose notice has passed, by the last
    /// day to decide.
    pub fn within(&self) -> impl Iterator<Item = &Renewal<'a>> {
        self.ahead.iter().filter(|one| one.last <= self.until)
    }
}

/// The months from one day to another, both included.
fn months<'a>(from: Date, until: Date) -> Vec<Month<'a>> {
    let mut months = Vec::new();
    let mut first = from;
    // Twelve months touch thirteen at most; a day that cannot be written ends the calendar.
    while first <= until && months.len() < 13 {
        months.push(Month { from: first, decided: Vec::new(), renewing: Vec::new(), known: 0.0, is_cliff: false });
        first = first.first_of_month().plus_months(1);
    }
    months
}
