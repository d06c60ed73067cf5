use super::Context;
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A metric whose newest measurement lies below `target.min` or above `target.max`.
    ///
    /// ## Why it matters
    /// A target is a promise about when somebody acts. If it is missed and nothing follows, it tells the next reader
    /// that targets mean nothing here.
    ///
    /// ## Example
    /// ```toml
    /// [metric.bounce-rate]
    /// name = "Bounces"
    /// definition = "Share of addresses that bounce."
    /// kind = "data-quality"
    /// measures = "bounce-rate"
    /// sources = ["salesforce"]
    /// owner = "ben"
    /// unit-of-measure = "%"
    /// target = { max = 2 }
    /// measurements = [{ on = 2026-10-01, value = 1.2 }, { on = 2026-11-01, value = 4.2 }]
    /// ```
    ///
    /// ## Use instead
    /// The list has been cleaned, and the rate measured again:
    /// ```toml
    /// [metric.bounce-rate]
    /// name = "Bounces"
    /// definition = "Share of addresses that bounce."
    /// kind = "data-quality"
    /// measures = "bounce-rate"
    /// sources = ["salesforce"]
    /// owner = "ben"
    /// unit-of-measure = "%"
    /// target = { max = 2 }
    /// measurements = [{ on = 2026-11-01, value = 4.2 }, { on = 2026-11-15, value = 1.4 }]
    /// ```
    ///
    /// ## Limits
    /// A value exactly on a bound is on target. A measurement with a date in the future does not count. How old the
    /// newest measurement is, is judged by `stale-metric`.
    pub RULE = "off-target-metric", Proof, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    for metric in cx.stack.metrics.values() {
        let (Some((index, newest)), Some(target)) = (metric.newest(cx.today), &metric.target) else { continue };
        if target.holds(newest.value) {
            continue;
        }
        let (value, day) = (metric.quantity(newest.value), newest.on);
        let message = format!("`{}` was {value} on {day}; its target is {}", metric.address(), metric.target_in_words());
        let is_low = target.min.is_some_and(|min| newest.value < min);
        let (key, label) = if is_low { ("target/min", "below the target") } else { ("target/max", "above the target") };
        let bound = cx.value(metric, key);
        cx.report(
            cx.at(&RULE, metric, &format!("measurements/{index}/value"), message)
                .label(label)
                .related_place(bound, "the target")
                .note(format!("measured {}", day.away_from(cx.today)))
                .help("find out what has changed and add the next measurement, or agree on another `target`"),
        );
    }
}
