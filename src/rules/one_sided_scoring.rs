use super::Context;
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, ScoreSignal},
};

declare_rule! {
    /// ## What it checks
    /// A live scoring whose criteria are all of one sort: all of `signal` `fit`, or all of `behaviour`.
    ///
    /// ## Why it matters
    /// Interest without fit brings students and competitors to sales; fit without interest brings companies that have
    /// never heard of you. Either way salespeople stop believing the score.
    ///
    /// ## Example
    /// ```toml
    /// [scoring.fit]
    /// name = "Fit"
    /// tool = "hubspot"
    /// owner = "ana"
    /// backup = "ben"
    /// calibrated = 2026-10-15
    /// reviewed = 2026-10-01
    /// threshold = 10
    /// fields = { title = { type = "text" } }
    /// criterion = [{ name = "Decides", signal = "fit", when = { title = { contains = "head" } }, points = 10 }]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [scoring.fit]
    /// name = "Fit and interest"
    /// tool = "hubspot"
    /// owner = "ana"
    /// backup = "ben"
    /// calibrated = 2026-10-15
    /// reviewed = 2026-10-01
    /// threshold = 20
    /// fields = { title = { type = "text" }, visits = { type = "integer" } }
    /// criterion = [
    ///   { name = "Decides", signal = "fit", when = { title = { contains = "head" } }, points = 10 },
    ///   { name = "Comes back", signal = "behaviour", when = { visits = { min = 3 } }, points = 10 },
    /// ]
    /// ```
    ///
    /// ## Limits
    /// A criterion without `signal` may be the other sort: then the scoring is not judged. Nor is one without criteria.
    /// A second scoring that counts the other side is not taken into account.
    pub RULE = "one-sided-scoring", LeadManagement, Info
}

pub(super) fn check(cx: &mut Context<'_>) {
    for scoring in cx.stack.scorings.values().filter(|scoring| scoring.is_live()) {
        let Some(signal) = scoring.only_signal() else { continue };
        let address = scoring.address();
        let (counts, label, help) = match signal {
            ScoreSignal::Fit => (
                "who people are, not what they do",
                "every criterion is `fit`",
                "add a criterion with `signal = \"behaviour\"`: visits, replies, events attended",
            ),
            ScoreSignal::Behaviour => (
                "what people do, not who they are",
                "every criterion is `behaviour`",
                "add a criterion with `signal = \"fit\"`: role, size of the company, industry",
            ),
        };
        cx.report(cx.on(&RULE, scoring, format!("`{address}` counts {counts}")).label(label).help(help));
    }
}
