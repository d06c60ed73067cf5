//! What several rules say of a contract.

use super::{
    Context,
    wording::{MOST, list},
};
use crate::{
    diagnostic::Diagnostic,
    model::{AnyEntity, Contract, Entity, ToolStatus},
};

/// A contract by its address, with its cost where that is known: `` `contract.hubspot`, USD 24,000 a year, ``.
pub(super) fn with_cost(cx: &Context<'_>, contract: &Entity<Contract>) -> String {
    let address = contract.address();
    match yearly(cx, contract.id.as_str()) {
        Some(cost) => format!("`{address}`, {cost},"),
        None => format!("`{address}`"),
    }
}

/// What a contract costs, such as `USD 24,000 a year`, where that is known.
pub(super) fn yearly(cx: &Context<'_>, contract: &str) -> Option<String> {
    let cost = cx.analysis.spend().of(contract)?.cost.known()?;
    Some(format!("{} a year", cx.stack.company.amount(cost)))
}

/// Adds which tools a contract covers, and whether none of them is in use any more.
pub(super) fn covered(cx: &Context<'_>, finding: Diagnostic, contract: &Entity<Contract>) -> Diagnostic {
    let tools = cx.analysis.spend().of(contract.id.as_str()).map(|of| of.tools.as_slice()).unwrap_or_default();
    let names: Vec<&str> = tools.iter().filter_map(|tool| Some(cx.stack.tools.get(*tool)?.about.name.as_str())).collect();
    match names.as_slice() {
        [] => finding,
        [name] if is_for_nothing(cx, contract) => finding.note(format!("it covers {name}, which is retired")),
        names if is_for_nothing(cx, contract) => finding.note(format!("it covers {}, all of them retired", list(names, MOST))),
        names => finding.note(format!("it covers {}", list(names, MOST))),
    }
}

/// Whether every tool that a contract covers is retired.
pub(super) fn is_for_nothing(cx: &Context<'_>, contract: &Entity<Contract>) -> bool {
    let tools = cx.analysis.spend().of(contract.id.as_str()).map(|of| of.tools.as_slice()).unwrap_or_default();
    let is_retired = |tool: &&str| cx.stack.tools.get(*tool).is_some_and(|tool| tool.status == ToolStatus::Retired);
    !tools.is_empty() && tools.iter().all(is_retired)
}
