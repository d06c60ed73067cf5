use super::{Context, contract};
use crate::diagnostic::declare_rule;

declare_rule! {
    /// ## What it checks
    /// A contract whose `renewal` lies before today.
    ///
    /// ## Why it matters
    /// Either the contract has ended and the stack still counts on it, or a new term has begun and nobody has written
    /// down until when. In both cases the next date to decide is missing from every list.
    ///
    /// ## Example
    /// ```toml
    /// [contract.typeform]
    /// vendor = "Typeform"
    /// annual-cost = 3_000
    /// renewal = 2026-05-01
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
    /// A contract without `renewal` is not reported. The date is judged even where the contract renews by itself, for
    /// nobody has confirmed that it did.
    pub RULE = "stale-contract", Spend, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let today = cx.today;
    for contract in cx.stack.contracts.values() {
        let Some(renewal) = contract.renewal.filter(|renewal| *renewal < today) else { continue };
        let message = format!(
            "{} was up for renewal on {renewal}, {}, and names no later date",
            contract::with_cost(cx, contract),
            renewal.away_from(today)
        );
        let mut finding = cx.at(&RULE, contract, "renewal", message).label("has passed");
        if contract.auto_renew == Some(true) {
            finding = finding.note("it renews by itself: another term has begun unless somebody gave notice");
        }
        let finding = finding.help(if contract::is_for_nothing(cx, contract) {
            "make sure that it has ended, and remove it"
        } else {
            "write the next `renewal = …` if it goes on, or remove the contract if it has ended"
        });
        let finding = contract::covered(cx, finding, contract);
        cx.report(finding);
    }
}
