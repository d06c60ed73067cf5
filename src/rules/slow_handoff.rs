use super::{Context, option::Within};
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::AnyEntity,
};

declare_rule! {
    /// ## What it checks
    /// A handoff whose `within`, the time until the record stands with its new owner, is longer than five minutes.
    ///
    /// ## Why it matters
    /// Somebody who has just asked is still at their desk. The chance of reaching them falls within minutes, and a
    /// record that waits for its owner cannot be called at all.
    ///
    /// ## Example
    /// ```toml
    /// [lifecycle.main]
    /// name = "Lead lifecycle"
    /// owner = "ana"
    /// reviewed = 2026-10-01
    ///
    /// [[lifecycle.main.stage]]
    /// id = "mql"
    /// name = "Marketing-qualified lead"
    /// exit = ["Sales accepts within two days."]
    /// handoff = { to = "sales", within = "2h", sla = "4h", notify = "A task.", creates = "opportunity" }
    ///
    /// [[lifecycle.main.stage]]
    /// id = "sql"
    /// name = "Sales-qualified lead"
    /// entry = ["Sales has accepted."]
    /// exit = ["The deal is won or lost."]
    /// recycle = { to = "mql", when = ["No budget this year."], after = "90d" }
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [lifecycle.main]
    /// name = "Lead lifecycle"
    /// owner = "ana"
    /// reviewed = 2026-10-01
    ///
    /// [[lifecycle.main.stage]]
    /// id = "mql"
    /// name = "Marketing-qualified lead"
    /// exit = ["Sales accepts within two days."]
    /// handoff = { to = "sales", within = "5m", sla = "4h", notify = "A task.", creates = "opportunity" }
    ///
    /// [[lifecycle.main.stage]]
    /// id = "sql"
    /// name = "Sales-qualified lead"
    /// entry = ["Sales has accepted."]
    /// exit = ["The deal is won or lost."]
    /// recycle = { to = "mql", when = ["No budget this year."], after = "90d" }
    /// ```
    ///
    /// ## Options
    /// `within`: the longest time that a handoff may take, such as `"1h"`. Default: `"5m"`.
    ///
    /// ## Limits
    /// A handoff without `within` is not documented, which is not the same as slow. The time until somebody speaks to
    /// the person, `sla`, is not judged.
    pub RULE = "slow-handoff", LeadManagement, Info, Within
}

pub(super) fn check(cx: &mut Context<'_>) {
    for lifecycle in cx.stack.lifecycles.values() {
        for (index, stage) in lifecycle.stage.iter().enumerate() {
            let Some((handoff, within)) = stage.handoff.as_ref().and_then(|handoff| Some((handoff, handoff.within.as_ref()?))) else {
                continue;
            };
            let subject = lifecycle.address().part("stage", stage.id.as_str());
            let most = cx.options::<Within>(&RULE, &subject).or("5m");
            if within.seconds() <= most.seconds() {
                continue;
            }
            let taker = cx.stack.party(&handoff.to).map_or(handoff.to.as_str(), |party| party.name());
            let span = cx.value(lifecycle, &format!("stage/{index}/handoff/within"));
            let (within, most_words) = (within.in_words(), most.in_words());
            let message = format!("`{subject}` takes up to {within} to hand a record to {taker}, where {most_words} would be the most");
            cx.report(
                Diagnostic::new(&RULE, subject, span, message)
                    .label(format!("longer than {most_words}"))
                    .help(format!("let a routing assign records at once and write `within = \"{most}\"`")),
            );
        }
    }
}
