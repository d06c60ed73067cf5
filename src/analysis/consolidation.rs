//! What it would take to do without a tool that others can stand in for, and what that would save.
//!
//! Every tool of a group of substitutes is a candidate: what would have to move, what would be lost, what its contracts
//! cost and by when notice must be given. The least to move comes first, then the most that is saved; a tool that is going
//! already comes before all others, and the stack's system of record is never first.

mod moves;

use std::{cmp::Ordering, collections::BTreeMap};

pub use self::moves::{Moves, Steps};
use super::{
    overlap::{Group, Overlap},
    spend::{Cost, Renewals, Spend, Standing, ToolCost},
};
use crate::{
    graph::References,
    model::{Date, Entity, Ref, Stack, Tool, ToolStatus},
};

/// A contract that pays for a candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ending<'a> {
    /// Its id.
    pub contract: &'a str,
    /// The part of its cost that falls to the candidate.
    pub cost: Cost<'a>,
    /// Whether it covers nothing else, so that it can be ended: of another only the part is saved, and only if it can be cut.
    pub is_whole: bool,
    /// The day on which it ends or begins anew, if that is ahead.
    pub renewal: Option<Date>,
    /// The last day to decide, if the renewal is ahead.
    pub last: Option<Date>,
    /// How that decision stands, if the renewal is ahead.
    pub standing: Option<Standing>,
}

/// Why a candidate stands where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is sunset: that is decided.
    Going,
    /// Nothing has to move.
    Nothing,
    /// The least has to move.
    Least,
    /// As much has to move as for the one before, and no more is saved.
    Saves,
    /// So many more things have to move than for the one before.
    More(usize),
    /// It is the stack's system of record.
    Record,
}

/// A tool of a group, as the one to do without.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<'a> {
    /// The id of the tool.
    pub tool: &'a str,
    /// What it costs.
    pub cost: ToolCost<'a>,
    /// What would have to move.
    pub moves: Moves<'a>,
    /// Its capabilities that no other tool of the group has, sorted.
    pub lost: Vec<&'a str>,
    /// The contracts that pay for it, sorted by id.
    pub endings: Vec<Ending<'a>>,
    /// What ending the contracts that cover only it would save, as far as it is known.
    pub saved: f64,
    /// What falls to it of contracts that cover others too: saved only if the contract can be cut.
    pub part: f64,
    /// Why it stands where it does among the others.
    pub reason: Reason,
}

/// The tools of a group, each as the one to do without.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<'a> {
    /// The ids of all tools of the group, sorted.
    pub tools: Vec<&'a str>,
    /// How many pairs of them overlap.
    pub pairs: usize,
    /// The candidates, first the one that it takes least to do without.
    pub candidates: Vec<Candidate<'a>>,
    /// By capability, the tools that have it, sorted.
    pub having: BTreeMap<&'a str, Vec<&'a str>>,
}

/// What could be consolidated in a stack.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Consolidation<'a> {
    /// The groups inside units, as [`Overlap`] has them.
    pub within: Vec<Choice<'a>>,
    /// The groups of tools of different units.
    pub across: Vec<Choice<'a>>,
}

/// What the candidates are judged by.
pub(super) struct Basis<'b, 'a> {
    pub(super) stack: &'a Stack,
    pub(super) references: &'b References,
    pub(super) spend: &'b Spend<'a>,
    pub(super) renewals: &'b Renewals<'a>,
}

impl<'a> Consolidation<'a> {
    /// Judges every tool of every group. Linear in the tools, what mentions them and their contracts, but for sorting.
    pub(super) fn new(basis: &Basis<'_, 'a>, overlap: &Overlap<'a>, across: &[Group<'a>]) -> Self {
        let renewals: BTreeMap<&str, _> = basis.renewals.ahead.iter().map(|one| (one.contract, one)).collect();
        let ending = |tool: &str, contract: &super::ContractCost<'a>| {
            let share = contract.division.of(tool).unwrap_or(0.0);
            let renewal = renewals.get(contract.contract);
            Ending {
                contract: contract.contract,
                cost: contract.cost.known().map_or(contract.cost, |cost| Cost::Known(cost * share)),
                is_whole: contract.tools.len() == 1,
                renewal: renewal.map(|one| one.renewal),
                last: renewal.map(|one| one.last),
                standing: renewal.map(|one| one.standing),
            }
        };
        let endings = |tool: &str| basis.spend.covering(tool).map(|contract| ending(tool, contract)).collect();
        let choose = |groups: &[Group<'a>]| groups.iter().map(|group| choice(basis, group, &endings)).collect();
        Self { within: choose(&overlap.groups), across: choose(across) }
    }
}

/// Judges the tools of a group and puts them in order.
fn choice<'a>(basis: &Basis<'_, 'a>, group: &Group<'a>, endings: &dyn Fn(&str) -> Vec<Ending<'a>>) -> Choice<'a> {
    let stack = basis.stack;
    let tools: Vec<&'a Entity<Tool>> = group.tools.iter().filter_map(|id| stack.tools.get(*id)).collect();
    let mut having: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for tool in &tools {
        for capability in &tool.capabilities {
            let tools = having.entry(capability.as_str()).or_default();
            if tools.last() != Some(&tool.id.as_str()) {
                tools.push(tool.id.as_str());
            }
        }
    }
    let mut candidates: Vec<Candidate<'a>> = tools.iter().map(|tool| candidate(basis, tool, endings(tool.id.as_str()), &having)).collect();
    candidates.sort_by(order);
    explain(&mut candidates);
    Choice { tools: group.tools.clone(), pairs: group.pair_count, candidates, having }
}

fn candidate<'a>(
    basis: &Basis<'_, 'a>,
    tool: &'a Entity<Tool>,
    endings: Vec<Ending<'a>>,
    having: &BTreeMap<&'a str, Vec<&'a str>>,
) -> Candidate<'a> {
    let id = tool.id.as_str();
    let is_record = basis.stack.company.system_of_record.as_ref().is_some_and(|record| record.as_str() == id);
    let saved = |is_whole: bool| endings.iter().filter(|one| one.is_whole == is_whole).filter_map(|one| one.cost.known()).sum();
    let mut lost: Vec<&str> = tool.capabilities.iter().map(Ref::as_str).collect();
    lost.retain(|capability| having.get(capability).is_none_or(|tools| tools.len() < 2));
    lost.sort_unstable();
    lost.dedup();
    Candidate {
        tool: id,
        cost: ToolCost::new(basis.spend, tool),
        moves: Moves::of(basis.stack, basis.references, tool),
        lost,
        saved: saved(true),
        part: saved(false),
        endings,
        reason: match tool.status {
            _ if is_record => Reason::Record,
            ToolStatus::Sunset => Reason::Going,
            _ => Reason::Least,
        },
    }
}

/// What is going already, then by how much has to move, then by what is saved, then by id; the system of record last.
fn order(a: &Candidate<'_>, b: &Candidate<'_>) -> Ordering {
    let rank = |one: &Candidate<'_>| match one.reason {
        Reason::Going => 0,
        Reason::Record => 2,
        _ => 1,
    };
    let key = |one: &Candidate<'_>| (rank(one), one.moves.count());
    key(a).cmp(&key(b)).then(b.saved.total_cmp(&a.saved)).then(b.part.total_cmp(&a.part)).then(a.tool.cmp(b.tool))
}

/// Says of each candidate why it stands where it does.
fn explain(candidates: &mut [Candidate<'_>]) {
    let mut before: Option<usize> = None;
    for candidate in candidates {
        if matches!(candidate.reason, Reason::Going | Reason::Record) {
            continue;
        }
        let count = candidate.moves.count();
        candidate.reason = match before {
            None if count == 0 => Reason::Nothing,
            None => Reason::Least,
            Some(before) if before == count => Reason::Saves,
            Some(before) => Reason::More(count.saturating_sub(before)),
        };
        before = Some(count);
    }
}
