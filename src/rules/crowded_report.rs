use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Context;
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, ReportAudience},
};

declare_rule! {
    /// ## What it checks
    /// A report that shows more than `max-metrics` metrics.
    ///
    /// ## Why it matters
    /// Nobody decides by thirty numbers. The three that matter stand between those that somebody once asked for, and
    /// readers look for the one that suits them.
    ///
    /// ## Example
    /// ```toml
    /// [rules]
    /// crowded-report = { max-metrics = 3 }
    ///
    /// [report.board]
    /// name = "Board report"
    /// audience = "board"
    /// metrics = ["pipeline-created", "acquisition-cost", "revenue-contribution", "bounce-rate"]
    /// tool = "looker"
    /// owner = "ben"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [rules]
    /// crowded-report = { max-metrics = 3 }
    ///
    /// [report.board]
    /// name = "Board report"
    /// audience = "board"
    /// metrics = ["pipeline-created", "acquisition-cost", "revenue-contribution"]
    /// tool = "looker"
    /// owner = "ben"
    /// ```
    ///
    /// ## Options
    /// `max-metrics`: how many metrics a report may show. Default: `15`.
    ///
    /// ## Limits
    /// A metric that is named twice counts once.
    pub RULE = "crowded-report", Proof, Info, MaxMetrics
}

/// The option of the rule.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct MaxMetrics {
    /// How many metrics a report may show.
    max_metrics: Option<u32>,
}

pub(super) fn check(cx: &mut Context<'_>) {
    for report in cx.stack.reports.values() {
        let address = report.address();
        let most = cx.options::<MaxMetrics>(&RULE, &address).max_metrics.unwrap_or(15);
        let count = report.metrics.iter().collect::<BTreeSet<_>>().len();
        if u32::try_from(count).is_ok_and(|count| count <= most) {
            continue;
        }
        let reader = match report.audience {
            ReportAudience::Board => "the board decides",
            ReportAudience::Executive => "executives decide",
            ReportAudience::Team => "the team works",
        };
        cx.report(
            cx.at(&RULE, report, "metrics", format!("`{address}` shows {count} metrics, more than {most}"))
                .label(format!("{count} metrics"))
                .help(format!("keep the few by which {reader}, and move the others to a report of their own")),
        );
    }
}
