use super::{Context, wording};
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::{AnyEntity, points},
    routing::{Attainable, ScoringProof},
};

/// How many criteria that never count are named.
const MOST: usize = 5;

declare_rule! {
    /// ## What it checks
    /// A live scoring whose `threshold` is above the most points that any record gets. Criteria that exclude one another
    /// are counted once: this is proven for all records that the fields allow.
    ///
    /// ## Why it matters
    /// Nobody is ever promoted, and everything around it looks as if it worked. It happens when a criterion is removed or
    /// loses points and the threshold stays, or when two signals were added up that no record has at once.
    ///
    /// ## Example
    /// ```toml
    /// [scoring.fit]
    /// name = "Fit and interest"
    /// tool = "hubspot"
    /// owner = "ana"
    /// backup = "ben"
    /// calibrated = 2026-10-15
    /// reviewed = 2026-10-01
    /// threshold = 60
    /// fields = { title = { type = "text", values = ["head", "manager"] }, visits = { type = "integer" } }
    /// criterion = [
    ///   { name = "Decides", signal = "fit", when = { title = "head" }, points = 30 },
    ///   { name = "Recommends", signal = "fit", when = { title = "manager" }, points = 20 },
    ///   { name = "Comes back", signal = "behaviour", when = { visits = { min = 3 } }, points = 20 },
    /// ]
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
    /// threshold = 50
    /// fields = { title = { type = "text", values = ["head", "manager"] }, visits = { type = "integer" } }
    /// criterion = [
    ///   { name = "Decides", signal = "fit", when = { title = "head" }, points = 30 },
    ///   { name = "Recommends", signal = "fit", when = { title = "manager" }, points = 20 },
    ///   { name = "Comes back", signal = "behaviour", when = { visits = { min = 3 } }, points = 20 },
    /// ]
    /// ```
    ///
    /// ## Limits
    /// A threshold that every record reaches is not reported. Points that decay are counted in full.
    pub RULE = "unreachable-threshold", LeadManagement, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    for proof in cx.analysis.proofs().scorings.values().filter(|proof| proof.scoring.is_live()) {
        if let Some(most) = proof.most.map(|most| most.at_most).filter(|most| *most < proof.scoring.threshold) {
            cx.report(finding(cx, proof, most));
        }
    }
}

fn finding(cx: &Context<'_>, proof: &ScoringProof<'_>, most: i64) -> Diagnostic {
    let (address, threshold) = (proof.scoring.address(), proof.scoring.threshold);
    let message = format!("`{address}` promotes from {} on, and no record gets more than {most}", points(threshold));
    let mut finding = cx
        .at(&RULE, proof.scoring, "threshold", message)
        .label("out of reach")
        .help("lower `threshold`, or give more points to criteria that count together");
    let exact = proof.most.and_then(Attainable::exact);
    if let Some(best) = proof.best.as_ref().filter(|_| exact == Some(most) && !proof.criteria.is_empty()) {
        finding = finding.note(format!("the most points go to a record such as {}", wording::example(best)));
    }
    let never = proof.criteria.iter().filter(|(_, counts)| counts.is_no()).map(|(criterion, _)| format!("`{}`", criterion.name));
    let never: Vec<String> = never.collect();
    if !never.is_empty() {
        finding = finding.note(format!("no record meets the condition of {}", wording::list(never, MOST)));
    }
    finding
}
