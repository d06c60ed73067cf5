use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Context,
    wording::{self, list},
};
use crate::{
    analysis::{FRESH, Reliance},
    diagnostic::{Diagnostic, declare_rule},
    model::{AnyEntity, Share, percents, trimmed},
};

declare_rule! {
    /// ## What it checks
    /// A person who alone can run at least `min-entities` of what is live and of criticality critical or high, if that is
    /// more than `max-share` of what all of it weighs. What a criticality weighs stands in `criticality-weight` of
    /// `[stack.risk]`.
    ///
    /// ## Why it matters
    /// The finding is about missing backups, not about the person, who may be the best that the company has. One
    /// resignation, illness or long holiday would leave so much without anybody that it could not be taken over at once.
    ///
    /// ## Example
    /// ```toml
    /// # Each missing backup is accepted for itself here. This rule looks at the sum.
    /// [rules]
    /// no-backup = "off"
    ///
    /// [flow.inbound]
    /// name = "Inbound lead"
    /// owner = "ben"
    /// criticality = "high"
    /// reviewed = 2026-10-01
    /// steps = [{ tool = "hubspot" }]
    ///
    /// [flow.nurture]
    /// name = "Nurture"
    /// owner = "ben"
    /// criticality = "high"
    /// reviewed = 2026-10-01
    /// steps = [{ tool = "hubspot" }]
    ///
    /// [flow.events]
    /// name = "Guests of an event"
    /// owner = "ben"
    /// criticality = "high"
    /// reviewed = 2026-10-01
    /// steps = [{ tool = "hubspot" }]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [flow.inbound]
    /// name = "Inbound lead"
    /// owner = "ben"
    /// backup = "ana"
    /// criticality = "high"
    /// reviewed = 2026-10-01
    /// steps = [{ tool = "hubspot" }]
    /// ```
    ///
    /// ## Options
    /// `max-share`: the largest share of the important weight that one person may carry alone. Default: `0.3`.
    /// `min-entities`: fewer entities than these are never reported. Default: `3`.
    ///
    /// ## Limits
    /// Only somebody who stays can be the one: what only people can run who leave or are away is reported by
    /// `leaving-owner`. A team whose members are not listed counts as two people, so that what it owns depends on nobody
    /// alone.
    pub RULE = "key-person", Ownership, Warning, Options
}

/// When one person is reported.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
pub struct Options {
    /// The largest share of the important weight that one person may carry alone, from 0 to 1.
    max_share: Option<Share>,
    /// Fewer entities than these are never reported.
    min_entities: Option<u32>,
}

/// Sums of fractions are not exact.
const ROUNDING: f64 = 1e-9;
/// How many entities are shown in full; all are named in the report.
const SHOWN: usize = 12;

pub(super) fn check(cx: &mut Context<'_>) {
    let reliances = cx.analysis.reliances();
    for reliance in &reliances.people {
        let options: Options = cx.options(&RULE, reliance.person.address());
        let most = options.max_share.map_or(0.3, |share| share.0);
        let least = options.min_entities.map_or(3, |count| usize::try_from(count).unwrap_or(usize::MAX));
        let share = reliances.share(reliance);
        let count = reliance.entities.len();
        if share <= most + ROUNDING || count < least {
            continue;
        }
        let name = &reliance.person.body.about.name;
        let (count_all, [share, most]) = (reliances.count, percents([share, most]));
        let message = format!("only {name} can run {count} of {count_all} important entities, which carry {share} of the important weight");
        let finding = cx.on(&RULE, reliance.person, message).label(format!("nobody else can run {count} of {count_all}"));
        let finding = finding.note(format!(
            "they weigh {} of {}, by criticality; more than {most} is reported",
            trimmed(reliance.weight),
            trimmed(reliances.weight)
        ));
        let finding = uncovered(cx, reliance, finding);
        cx.report(finding);
    }
}

/// Adds what nobody else can run, what of it no runbook describes, and where to begin.
fn uncovered(cx: &Context<'_>, reliance: &Reliance<'_>, mut finding: Diagnostic) -> Diagnostic {
    let name = &reliance.person.body.about.name;
    let addresses: Vec<_> = reliance.entities.iter().map(|entity| entity.address()).collect();
    let quoted = |address: &crate::model::Address| format!("`{address}`");
    finding = finding.note(format!("on a day without {name} nobody can run {}", list(addresses.iter().map(quoted), SHOWN)));
    let is_described = |address: &&crate::model::Address| cx.analysis.coverage().is_fresh(address.as_str(), cx.today);
    let undescribed: Vec<_> = addresses.iter().filter(|address| !is_described(address)).map(quoted).collect();
    finding = finding.note(if undescribed.is_empty() {
        format!("a runbook that was reviewed within {FRESH} days covers each of them")
    } else {
        format!("no runbook that was reviewed within {FRESH} days covers {}", list(undescribed, SHOWN))
    });
    for (index, (entity, address)) in reliance.entities.iter().zip(&addresses).enumerate() {
        let span = (index < SHOWN).then(|| cx.header(*entity));
        let criticality = wording::criticality(*entity);
        finding = finding.related(address, span, format!("only {name} can run this, which is {criticality}"));
    }
    let first = addresses.first().map(quoted).unwrap_or_default();
    finding.help(format!(
        "begin with {first}: add `backup = \"…\"` with the id of a second person, or let one follow a runbook that covers it and record that under `exercised`"
    ))
}
