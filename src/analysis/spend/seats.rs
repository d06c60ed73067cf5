//! Seats of a contract, and what those that nobody uses cost.

use super::Spend;
use crate::model::{Contract, Entity, Stack};

/// The seats of a contract.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seats<'a> {
    /// The id of the contract.
    pub contract: &'a str,
    /// How many are paid for.
    pub seats: u32,
    /// How many are in use, where somebody has counted.
    pub used: Option<u32>,
    /// What one costs a year in the stack's currency, as if the whole contract were paid by the seat and whoever pays for it.
    pub price: Option<f64>,
    /// Marketing's part of the price of those that nobody uses.
    pub idle_cost: Option<f64>,
}

impl<'a> Seats<'a> {
    /// Reads the seats of a contract; nothing where it counts none.
    pub fn new(stack: &Stack, spend: &Spend<'a>, contract: &'a Entity<Contract>) -> Option<Self> {
        let seats = contract.seats?;
        let currency = contract.currency.as_ref().map_or_else(|| stack.company.currency(), |currency| currency.as_str());
        let cost = contract.annual_cost.and_then(|cost| Some(cost.0 * stack.company.rate(currency)?));
        let used = contract.seats_used;
        let idle = used.map(|used| f64::from(seats.saturating_sub(used)) / f64::from(seats.max(1)));
        let share = spend.of(contract.id.as_str()).and_then(|of| of.cost.known());
        Some(Self {
            contract: contract.id.as_str(),
            seats,
            used,
            price: cost.filter(|_| seats > 0).map(|cost| cost / f64::from(seats)),
            idle_cost: share.zip(idle).map(|(cost, idle)| cost * idle),
        })
    }

    /// Returns how many nobody uses; nothing where nobody has counted.
    pub fn idle(&self) -> Option<u32> {
        Some(self.seats.saturating_sub(self.used?))
    }
}
