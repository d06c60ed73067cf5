use std::collections::BTreeSet;

use super::Context;
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, AttributionModel, thousands},
};

declare_rule! {
    /// ## What it checks
    /// An attribution whose model is `first-touch` or `last-touch`, in a company with an annual revenue of more than
    /// 50 million USD.
    ///
    /// ## Why it matters
    /// At that size a deal has dozens of touches over months. To give all the credit to one of them starves whatever
    /// worked in between, and the budget follows the number.
    ///
    /// ## Example
    /// ```toml
    /// [stack]
    /// name = "Example"
    /// annual-revenue = 80_000_000
    /// system-of-record = "salesforce"
    ///
    /// [person.dora]
    /// name = "Dora"
    /// teams = ["mops"]
    ///
    /// [attribution.main]
    /// name = "Attribution"
    /// model = "first-touch"
    /// tool = "looker"
    /// owner = "ben"
    /// reviewed = 2026-10-01
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [stack]
    /// name = "Example"
    /// annual-revenue = 80_000_000
    /// system-of-record = "salesforce"
    ///
    /// [person.dora]
    /// name = "Dora"
    /// teams = ["mops"]
    ///
    /// [attribution.main]
    /// name = "Attribution"
    /// model = "u-shaped"
    /// tool = "looker"
    /// owner = "ben"
    /// reviewed = 2026-10-01
    /// ```
    ///
    /// ## Limits
    /// Exactly 50 million USD is not reported, nor is a revenue that is unknown, or in a currency for which `rates` in
    /// `[stack]` has no `USD`. An attribution beside which another of its unit, or one shared by all, uses several
    /// touches is read together with that one and not reported.
    pub RULE = "single-touch-attribution", Proof, Info
}

/// Above this annual revenue, in USD, one touch no longer tells enough.
const MOST: f64 = 50_000_000.0;

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let Some(revenue) = stack.company.revenue_in_usd().filter(|revenue| *revenue > MOST) else { return };
    let attributions = stack.attributions.values();
    // The units that have a model of several touches; `None` for all of them.
    let covered: BTreeSet<Option<&str>> = attributions.clone().filter(|one| !one.model.is_single_touch()).map(|one| one.unit()).collect();
    for attribution in attributions.filter(|one| one.model.is_single_touch()) {
        if covered.contains(&None) || covered.contains(&attribution.unit()) {
            continue;
        }
        let touch = if attribution.model == AttributionModel::FirstTouch { "first" } else { "last" };
        let revenue = thousands(revenue.round());
        let message =
            format!("`{}` gives all the credit to the {touch} touch, at an annual revenue of USD {revenue}", attribution.address());
        let mut finding = cx
            .at(&RULE, attribution, "model", message)
            .label(format!("only the {touch} touch counts"))
            .note("above 50 million US dollars a deal usually has too many touches for one of them to explain it")
            .help("choose a model of several touches, such as `u-shaped` or `w-shaped`, or add one beside it");
        if stack.company.currency() != "USD" {
            finding = finding.note(format!("converted from {} by `rates` in `[stack]`", stack.company.currency()));
        }
        cx.report(finding);
    }
}
