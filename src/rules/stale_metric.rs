use super::Context;
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Duration},
};

declare_rule! {
    /// ## What it checks
    /// A metric whose newest measurement is older than twice its `cadence`, or that has a `cadence` and no measurement.
    ///
    /// ## Why it matters
    /// A number that used to come every month and has not come for three is either no longer needed or no longer
    /// computed. Decisions go on being made with the last one.
    ///
    /// ## Example
    /// ```toml
    /// [metric.stage-conversion]
    /// name = "Conversion"
    /// definition = "Share of leads that become opportunities."
    /// kind = "operational"
    /// measures = "stage-conversion"
    /// sources = ["salesforce"]
    /// owner = "ben"
    /// cadence = "4w"
    /// measurements = [{ on = 2026-08-01, value = 60 }]
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
    /// cadence = "4w"
    /// measurements = [{ on = 2026-08-01, value = 60 }, { on = 2026-11-01, value = 58 }]
    /// ```
    ///
    /// ## Limits
    /// A metric without `cadence` promises nothing and is not reported. A measurement with a date in the future does
    /// not count. Measurements have a day and no hour, so that a cadence of less counts as a day.
    pub RULE = "stale-metric", Proof, Info
}

/// The seconds of a day.
const DAY: u64 = 86_400;

pub(super) fn check(cx: &mut Context<'_>) {
    for metric in cx.stack.metrics.values() {
        let Some(cadence) = &metric.cadence else { continue };
        let newest = metric.newest(cx.today);
        if newest.is_some_and(|(_, one)| cx.today.days_since(one.on) <= most_days(cadence)) {
            continue;
        }
        let (address, every) = (metric.address(), cadence.in_words());
        let every = every.strip_prefix("1 ").unwrap_or(&every);
        let help = "measure it, and add the day and the value to `measurements`; or write the `cadence` that is kept";
        let finding = if let Some((index, one)) = newest {
            let ago = one.on.away_from(cx.today);
            let message = format!("`{address}` is to be measured every {every} and was last measured on {}, {ago}", one.on);
            cx.at(&RULE, metric, &format!("measurements/{index}/on"), message).label("older than twice the cadence")
        } else {
            let (up_to, label) =
                if metric.measurements.is_empty() { ("", "no `measurements`") } else { (" up to today", "they lie ahead") };
            let message = format!("`{address}` is to be measured every {every} and has no measurement{up_to}");
            cx.on(&RULE, metric, message).label(label)
        };
        let due = cx.value(metric, "cadence");
        cx.report(finding.related_place(due, "the cadence").help(help));
    }
}

/// Twice a cadence in days, a part of a day counted as one.
fn most_days(cadence: &Duration) -> i64 {
    i64::try_from(cadence.seconds_by_day().saturating_mul(2).div_ceil(DAY)).unwrap_or(i64::MAX)
}
