//! What each tool costs, and with it each area and each unit.
//!
//! The cost of a contract goes to its tools by its [`Division`](super::Division); what covers no tool of the stack stands apart.

use std::collections::BTreeMap;

use super::{Cost, Seats, Spend};
use crate::model::{AnyEntity, Area, Entity, Stack, Tool};

/// What is paid for a tool by one contract.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paid<'a> {
    /// The id of the contract.
    pub contract: &'a str,
    /// The part of its cost that falls to the tool.
    pub amount: f64,
    /// Whether the contract covers nothing else.
    pub is_whole: bool,
}

/// What a tool costs a year.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolCost<'a> {
    /// The id of the tool.
    pub tool: &'a str,
    /// The sum of what is known.
    pub known: f64,
    /// What is known, by contract.
    pub paid: Vec<Paid<'a>>,
    /// The contracts that cover it and whose cost is unknown, with why.
    pub unknown: Vec<(&'a str, Cost<'a>)>,
    /// The share of its capability that is in use, where somebody has measured it.
    pub in_use: Option<f64>,
}

impl<'a> ToolCost<'a> {
    /// Adds up what the contracts say of a tool.
    pub fn new(spend: &Spend<'a>, tool: &'a Entity<Tool>) -> Self {
        let id = tool.id.as_str();
        let mut cost = Self { tool: id, known: 0.0, paid: Vec::new(), unknown: Vec::new(), in_use: tool.adoption_share() };
        for contract in spend.covering(id) {
            let Some(amount) = contract.cost.known() else {
                cost.unknown.push((contract.contract, contract.cost));
                continue;
            };
            let amount = amount * contract.division.of(id).unwrap_or(0.0);
            cost.known += amount;
            cost.paid.push(Paid { contract: contract.contract, amount, is_whole: contract.tools.len() == 1 });
        }
        cost
    }

    /// Returns what is known to be paid; nothing where no cost is known.
    pub fn amount(&self) -> Option<f64> {
        (!self.paid.is_empty()).then_some(self.known)
    }

    /// Returns the part of the cost of a live tool that is paid for capability not in use; nothing where either is unknown. It
    /// is an indication: nobody sells half a tool.
    pub fn idle(&self) -> Option<f64> {
        Some(self.amount()? * (1.0 - self.in_use?).max(0.0))
    }
}

/// What several tools cost together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sum<'a> {
    /// The sum of what is known.
    pub known: f64,
    /// The ids of the tools of which at least a part of the cost is known, sorted.
    pub tools: Vec<&'a str>,
    /// The ids of the tools of which at least a part is unknown, sorted.
    pub unknown: Vec<&'a str>,
}

impl<'a> Sum<'a> {
    fn add(&mut self, cost: &ToolCost<'a>) {
        self.known += cost.known;
        if !cost.paid.is_empty() {
            self.tools.push(cost.tool);
        }
        if cost.paid.is_empty() || !cost.unknown.is_empty() {
            self.unknown.push(cost.tool);
        }
    }
}

/// What the tools of a stack cost.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outlay<'a> {
    /// Every tool that is live in production or that a contract covers, by its id.
    pub tools: BTreeMap<&'a str, ToolCost<'a>>,
    /// By the area of the map on which they stand.
    pub areas: BTreeMap<Area, Sum<'a>>,
    /// By the unit that they belong to; nothing for those that all share.
    pub units: BTreeMap<Option<&'a str>, Sum<'a>>,
    /// The ids of the contracts whose cost is known and that cover no tool of the stack, sorted.
    pub loose: Vec<&'a str>,
    /// The contracts that count seats, by their ids.
    pub seats: Vec<Seats<'a>>,
    /// What seats that nobody uses cost, as far as it is known.
    pub idle_seats: f64,
    /// What capability of live tools that nobody uses costs, as far as it is known. It counts some of the same money.
    pub idle_capability: f64,
}

impl<'a> Outlay<'a> {
    /// Adds up the tools of a stack. Linear in the tools and the contracts that cover them, but for sorting.
    pub fn new(stack: &'a Stack, spend: &Spend<'a>) -> Self {
        let mut outlay = Self::default();
        for tool in stack.tools.values() {
            let cost = ToolCost::new(spend, tool);
            if !tool.is_live_production() && cost.paid.is_empty() && cost.unknown.is_empty() {
                continue;
            }
            outlay.areas.entry(tool.category.area()).or_default().add(&cost);
            outlay.units.entry(tool.unit()).or_default().add(&cost);
            outlay.idle_capability += cost.idle().filter(|_| tool.is_live()).unwrap_or(0.0);
            outlay.tools.insert(tool.id.as_str(), cost);
        }
        let loose = spend.contracts.values().filter(|contract| contract.tools.is_empty() && contract.cost.known().is_some());
        outlay.loose = loose.map(|contract| contract.contract).collect();
        outlay.seats = stack.contracts.values().filter_map(|contract| Seats::new(stack, spend, contract)).collect();
        outlay.idle_seats = outlay.seats.iter().filter_map(|seats| seats.idle_cost).sum();
        outlay
    }

    /// Returns the mean share of capability that is in use and the number of the live production tools that somebody has
    /// measured; nothing where nobody has.
    pub fn mean_use(&self, stack: &Stack) -> Option<(f64, usize)> {
        let is_asked = |cost: &&ToolCost<'_>| stack.tools.get(cost.tool).is_some_and(|tool| tool.is_live_production());
        let shares: Vec<f64> = self.tools.values().filter(is_asked).filter_map(|cost| cost.in_use).collect();
        let count = f64::from(u32::try_from(shares.len()).unwrap_or(u32::MAX));
        (!shares.is_empty()).then(|| (shares.iter().sum::<f64>() / count, shares.len()))
    }
}
