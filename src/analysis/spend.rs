//! What the contracts cost a year, in the stack's currency: each of them, by tool, by vendor, and all together.
//!
//! A cost that is not documented, or in a currency whose rate is not, is unknown: it is listed and never summed.

mod division;
mod outlay;
mod renewals;
mod seats;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use self::{
    division::{Division, How},
    outlay::{Outlay, Paid, Sum, ToolCost},
    renewals::{CLIFF, Month, NOTICE_WITHIN, Renewal, Renewals, Standing},
    seats::Seats,
};
use crate::model::{Company, Contract, Currency, Entity, Stack};

/// A vendor that takes more than this share of the known cost sets its price.
pub const CONCENTRATION: f64 = 0.4;
/// What is lost where shares and rates are multiplied.
const ROUNDING: f64 = 1e-9;

/// What a contract costs marketing a year.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cost<'a> {
    /// So much, in the stack's currency.
    Known(f64),
    /// Nobody has written it down.
    Undocumented,
    /// It is in this currency, and `rates` does not say what that is worth.
    NoRate(&'a str),
}

impl Cost<'_> {
    /// Returns the amount, if it is known.
    pub fn known(self) -> Option<f64> {
        if let Self::Known(amount) = self { Some(amount) } else { None }
    }
}

/// A contract with its cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContractCost<'a> {
    /// The id of the contract.
    pub contract: &'a str,
    /// What it costs.
    pub cost: Cost<'a>,
    /// The ids of the tools of the stack that it covers, sorted, each once.
    pub tools: Vec<&'a str>,
    /// How its cost is divided among them.
    pub division: Division<'a>,
    /// Who is paid: as the contract says, or as all of its tools do.
    pub vendor: Option<&'a str>,
}

/// What one vendor is paid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VendorCost<'a> {
    /// The name, as the first contract spells it; nothing for a contract whose vendor nobody names, which stands alone.
    pub vendor: Option<&'a str>,
    /// What is known to be paid.
    pub cost: f64,
    /// The ids of the contracts whose cost is known, sorted.
    pub contracts: Vec<&'a str>,
}

/// What all contracts cost.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Spend<'a> {
    /// Each contract by its id.
    pub contracts: BTreeMap<&'a str, ContractCost<'a>>,
    /// The vendors whose cost is known, the dearest first.
    pub vendors: Vec<VendorCost<'a>>,
    /// The sum of all known costs.
    pub known: f64,
    /// The ids of the contracts whose cost is unknown, sorted.
    pub unknown: Vec<&'a str>,
    /// The ids of the contracts that cover each tool, sorted.
    covering: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Spend<'a> {
    /// Adds up the contracts of a stack. Linear in the contracts and the tools that they cover, but for sorting.
    pub fn new(stack: &'a Stack) -> Self {
        let mut spend = Self::default();
        let mut vendors: BTreeMap<(Option<String>, Option<&str>), VendorCost<'a>> = BTreeMap::new();
        for contract in stack.contracts.values() {
            let id = contract.id.as_str();
            let cost = cost_of(&stack.company, contract);
            let tools = tools_of(stack, contract);
            let vendor = contract.paid().or_else(|| common_vendor(stack, &tools));
            for tool in &tools {
                spend.covering.entry(tool).or_default().push(id);
            }
            match cost.known() {
                Some(amount) => {
                    spend.known += amount;
                    // Vendors are one if only case tells their names apart; without a name every contract is its own.
                    let key = (vendor.map(str::to_lowercase), vendor.is_none().then_some(id));
                    let of = vendors.entry(key).or_insert(VendorCost { vendor, cost: 0.0, contracts: Vec::new() });
                    of.cost += amount;
                    of.contracts.push(id);
                }
                None => spend.unknown.push(id),
            }
            let division = Division::new(contract, &tools);
            spend.contracts.insert(id, ContractCost { contract: id, cost, tools, division, vendor });
        }
        spend.vendors = vendors.into_values().collect();
        spend.vendors.sort_by(|a, b| b.cost.total_cmp(&a.cost));
        spend
    }

    /// Returns what is known of a contract.
    pub fn of(&self, contract: &str) -> Option<&ContractCost<'a>> {
        self.contracts.get(contract)
    }

    /// Iterates over the contracts that cover a tool, sorted by id.
    pub fn covering(&self, tool: &str) -> impl Iterator<Item = &ContractCost<'a>> {
        self.covering.get(tool).into_iter().flatten().filter_map(|id| self.of(id))
    }

    /// Iterates over the vendors that take more than [`CONCENTRATION`] of the known cost, the dearest first. Of a single contract
    /// nothing follows.
    pub fn concentrated(&self) -> impl Iterator<Item = &VendorCost<'a>> {
        let contracts: usize = self.vendors.iter().map(|vendor| vendor.contracts.len()).sum();
        let is_large = move |vendor: &&VendorCost<'a>| contracts > 1 && vendor.cost > self.known * (CONCENTRATION + ROUNDING);
        self.vendors.iter().take_while(is_large)
    }

    /// Whether a contract whose cost is known covers a tool.
    pub fn is_known(&self, tool: &str) -> bool {
        self.covering(tool).any(|contract| contract.cost.known().is_some())
    }
}

/// Marketing's part of what a contract costs.
fn cost_of<'a>(company: &Company, contract: &'a Contract) -> Cost<'a> {
    let Some(cost) = contract.annual_cost else { return Cost::Undocumented };
    let currency = contract.currency.as_ref().map(Currency::as_str);
    let Some(rate) = currency.map_or(Some(1.0), |currency| company.rate(currency)) else {
        return Cost::NoRate(currency.unwrap_or_default());
    };
    Cost::Known(cost.0 * rate * contract.share.map_or(1.0, |share| share.0))
}

/// The tools of the stack that a contract covers, sorted.
fn tools_of<'a>(stack: &'a Stack, contract: &'a Entity<Contract>) -> Vec<&'a str> {
    let tools: BTreeSet<&str> = contract.covered().into_iter().filter(|tool| stack.tools.contains_key(*tool)).collect();
    tools.into_iter().collect()
}

/// The vendor that all of these tools name, if it is one.
fn common_vendor<'a>(stack: &'a Stack, tools: &[&str]) -> Option<&'a str> {
    let vendor = |tool: &&str| Some(stack.tools.get(*tool)?.vendor.as_deref()?.trim()).filter(|vendor| !vendor.is_empty());
    let first = vendor(tools.first()?)?;
    tools.iter().all(|tool| vendor(tool).is_some_and(|other| other.to_lowercase() == first.to_lowercase())).then_some(first)
}
