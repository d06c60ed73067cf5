use super::Context;
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::Kind,
};

declare_rule! {
    /// ## What it checks
    /// A live tool, integration, flow, routing, scoring or automation, or a lifecycle, runbook, metric, report,
    /// attribution, checklist, convention, routine or audience that names no `owner`.
    ///
    /// ## Why it matters
    /// What nobody answers for is mended by nobody. When it stops, the first hours go into finding out whose it is.
    ///
    /// ## Example
    /// ```toml
    /// [tool.google-ads]
    /// name = "Google Ads"
    /// category = "search-advertising"
    /// purpose = "Buys clicks on searches."
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.google-ads]
    /// name = "Google Ads"
    /// category = "search-advertising"
    /// purpose = "Buys clicks on searches."
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// What is planned, being evaluated or retired needs no owner. Whether the owner is still there is judged by
    /// `departed-owner`, whether a team that owns has anybody in it by `empty-team`.
    pub RULE = "no-owner", Ownership, Error
}

/// The kinds that somebody must answer for.
const OWNED: [Kind; 15] = [
    Kind::Tool,
    Kind::Integration,
    Kind::Flow,
    Kind::Routing,
    Kind::Scoring,
    Kind::Automation,
    Kind::Lifecycle,
    Kind::Runbook,
    Kind::Metric,
    Kind::Report,
    Kind::Attribution,
    Kind::Checklist,
    Kind::Convention,
    Kind::Routine,
    Kind::Audience,
];

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    for entity in OWNED.iter().flat_map(|kind| stack.of(*kind)).filter(|entity| entity.is_live() && entity.owner().is_none()) {
        let address = entity.address();
        cx.report(
            Diagnostic::new(&RULE, &address, cx.header(entity), format!("`{address}` has no owner"))
                .label("nobody answers for this")
                .help("add `owner = \"…\"` with the id of a person or team"),
        );
    }
}
