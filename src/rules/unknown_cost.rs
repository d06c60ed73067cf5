use super::Context;
use crate::{
    analysis::{ContractCost, Cost},
    diagnostic::declare_rule,
    model::{Address, AnyEntity},
};

declare_rule! {
    /// ## What it checks
    /// A live production tool that no contract with a known `annual-cost` covers. A contract covers the tools in its
    /// `covers`, or the tool of the same id.
    ///
    /// ## Why it matters
    /// Savings, budgets and the price of keeping two tools for one job can only be told for tools whose cost somebody
    /// has written down. What is not known is not counted, and the total looks smaller than it is.
    ///
    /// ## Example
    /// ```toml
    /// [contract.typeform]
    /// vendor = "Typeform"
    /// renewal = 2027-05-01
    /// owner = "ben"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [contract.typeform]
    /// vendor = "Typeform"
    /// annual-cost = 3_000
    /// renewal = 2027-05-01
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// A cost of 0 is known. A cost in a currency for which `rates` in `[stack]` has no entry is not, for it cannot be
    /// added to the others.
    pub RULE = "unknown-cost", Spend, Info
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let spend = cx.analysis.spend();
    for tool in stack.tools.values().filter(|tool| tool.is_live_production() && !spend.is_known(tool.id.as_str())) {
        let address = tool.address();
        let covering: Vec<&ContractCost<'_>> = spend.covering(tool.id.as_str()).collect();
        let (because, help) = reason(&covering, stack.company.currency(), tool.id.as_str());
        let message = format!("what `{address}` costs is not known: {because}");
        let mut finding = cx.on(&RULE, tool, message).label("no known cost").help(help);
        for of in covering {
            let contract = Address::of("contract", of.contract);
            let entity = stack.contracts.get(of.contract);
            finding = match of.cost {
                Cost::NoRate(currency) => {
                    let span = entity.map(|contract| cx.value(contract, "currency"));
                    finding.related(&contract, span, format!("its cost is in {currency}, for which there is no rate"))
                }
                _ => finding.related(&contract, entity.map(|contract| cx.header(contract)), "covers it and has no `annual-cost`"),
            };
        }
        cx.report(finding);
    }
}

/// Why the cost of a tool is not known, and what to do, given the contracts that cover it.
fn reason(covering: &[&ContractCost<'_>], own: &str, tool: &str) -> (String, String) {
    match covering {
        [] => (
            "no contract covers it".to_owned(),
            format!(
                "add `[contract.{tool}]` with `annual-cost = …` (0 if it is free), or name it in `covers` of the contract that pays for it"
            ),
        ),
        [ContractCost { contract, cost: Cost::NoRate(currency), .. }, ..] => (
            format!("`contract.{contract}` is in {currency}, for which there is no rate"),
            format!("add what one {currency} is worth in {own} to `[stack]`: `rates = {{ {currency} = … }}`"),
        ),
        [ContractCost { contract, .. }, ..] => (
            format!("`contract.{contract}` covers it and does not say what it costs"),
            format!("add `annual-cost = …` to `contract.{contract}`; write 0 if it is free"),
        ),
    }
}
