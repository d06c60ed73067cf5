use super::{Context, wording::list};
use crate::{
    analysis::CONCENTRATION,
    diagnostic::declare_rule,
    model::{Address, percents},
};

declare_rule! {
    /// ## What it checks
    /// A vendor that takes more than 40% of the known annual cost of the stack, where the cost of at least two contracts is
    /// known.
    ///
    /// ## Why it matters
    /// Whoever takes that much sets the price: moving away is too large to threaten, and one change of their terms
    /// moves the whole budget.
    ///
    /// ## Example
    /// ```toml
    /// [contract.salesforce]
    /// vendor = "Salesforce"
    /// annual-cost = 60_000
    /// renewal = 2027-07-01
    /// owner = "ana"
    /// ```
    ///
    /// ## Use instead
    /// Only half of it is paid by marketing:
    /// ```toml
    /// [contract.salesforce]
    /// vendor = "Salesforce"
    /// annual-cost = 60_000
    /// share = 0.5
    /// renewal = 2027-07-01
    /// owner = "ana"
    /// ```
    ///
    /// ## Limits
    /// Only costs that are known count, converted to the stack's currency, each with marketing's `share`. The vendor of
    /// a contract that names none is that of its tools if they all name the same; otherwise the contract counts as a
    /// vendor of its own. Names that differ in case only are one vendor. Exactly 40% is not reported. Of a single contract
    /// nothing follows: the others may not be written down yet.
    pub RULE = "vendor-concentration", Spend, Info
}

/// So many contracts of unknown cost are named; more are counted.
const NAMED: usize = 5;

pub(super) fn check(cx: &mut Context<'_>) {
    let spend = cx.analysis.spend();
    let company = &cx.stack.company;
    for vendor in spend.concentrated() {
        let contracts: Vec<Address> = vendor.contracts.iter().map(|id| Address::of("contract", id)).collect();
        let (name, key) = match (vendor.vendor, contracts.first()) {
            (Some(name), _) => (format!("the vendor {name}"), name.to_owned()),
            (None, Some(contract)) => (format!("`{contract}`, whose vendor is not documented,"), contract.to_string()),
            (None, None) => continue,
        };
        let [share, most] = percents([vendor.cost / spend.known, CONCENTRATION]);
        let (cost, known) = (company.amount(vendor.cost), company.amount(spend.known));
        let mut finding = cx
            .on_stack(&RULE, format!("{name} takes {share} of the known cost: {cost} of {known} a year"))
            .key(key)
            .label(format!("more than {most} goes to one vendor"))
            .help("before the next renewal find out what moving away would take, and agree on a fixed price and the export of your data");
        for contract in &contracts {
            let (_, id) = contract.entity();
            let cost = id.and_then(|id| super::contract::yearly(cx, id)).unwrap_or_default();
            finding = finding.related(contract, cx.header_at(contract), cost);
        }
        if !spend.unknown.is_empty() {
            let unknown = list(spend.unknown.iter().map(|id| format!("`contract.{id}`")), NAMED);
            finding = finding.note(format!("not counted, for their cost is not known: {unknown}"));
        }
        cx.report(finding);
    }
}
