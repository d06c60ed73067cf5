use super::Context;
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A metric that names no tools in `sources`.
    ///
    /// ## Why it matters
    /// A number whose origin nobody can state cannot be checked when it looks wrong, and nobody notices when the tool
    /// that it comes from is replaced.
    ///
    /// ## Example
    /// ```toml
    /// [metric.stage-conversion]
    /// name = "Conversion"
    /// definition = "Share of leads that become opportunities."
    /// kind = "operational"
    /// measures = "stage-conversion"
    /// owner = "ben"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [metric.stage-conversion]
    /// name = "Conversion"
    /// definition = "Share of leads that become opportunities."
    /// kind = "operational"
    /// measures = "stage-conversion"
    /// sources = ["salesforce"]
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// A dashboard is where a number is shown, not where it comes from: a metric with a `dashboard` needs `sources` too.
    pub RULE = "metric-without-source", Proof, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    for metric in cx.stack.metrics.values().filter(|metric| metric.sources.is_empty()) {
        let message = format!("`{}` does not say which tools it is computed from", metric.address());
        cx.report(cx.at(&RULE, metric, "sources", message).label("no `sources`").help("add `sources = [\"…\"]` with the ids of the tools"));
    }
}
