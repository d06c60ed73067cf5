use super::{Context, contract};
use crate::{diagnostic::declare_rule, model::ChangeOfControl};

declare_rule! {
    /// ## What it checks
    /// A contract whose `change-of-control` is `consent` or `terminates`: it ends when the company is sold, or goes
    /// over to the buyer only if the vendor agrees.
    ///
    /// ## Why it matters
    /// In a sale the buyer counts on the machine as it runs. A contract that falls away on that day has to be bought
    /// anew, in a hurry and at the vendor's price.
    ///
    /// ## Example
    /// ```toml
    /// [contract.hubspot]
    /// vendor = "HubSpot"
    /// annual-cost = 24_000
    /// renewal = 2027-06-01
    /// notice-days = 60
    /// auto-renew = true
    /// owner = "ana"
    /// change-of-control = "consent"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [contract.hubspot]
    /// vendor = "HubSpot"
    /// annual-cost = 24_000
    /// renewal = 2027-06-01
    /// notice-days = 60
    /// auto-renew = true
    /// owner = "ana"
    /// change-of-control = "assignable"
    /// ```
    ///
    /// ## Limits
    /// A contract that says nothing, or `unknown`, is not reported. One whose tools are all retired is, for it still
    /// belongs to the company.
    pub RULE = "change-of-control", Spend, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    for contract in cx.stack.contracts.values() {
        let named = contract::with_cost(cx, contract);
        let (message, label) = match contract.change_of_control {
            Some(ChangeOfControl::Terminates) => (format!("{named} ends when the company changes hands"), "ends with a sale"),
            Some(ChangeOfControl::Consent) => {
                let vendor = cx.analysis.spend().of(contract.id.as_str()).and_then(|of| of.vendor).unwrap_or("the vendor");
                (format!("{named} goes over to a new owner of the company only if {vendor} agrees"), "needs consent")
            }
            _ => continue,
        };
        let finding = cx.at(&RULE, contract, "change-of-control", message).label(label).help(
            "ask at the next renewal for a clause that lets it go over, then write `change-of-control = \"assignable\"`; until then accept the risk in a `[[suppress]]`",
        );
        let finding = contract::covered(cx, finding, contract);
        cx.report(finding);
    }
}
