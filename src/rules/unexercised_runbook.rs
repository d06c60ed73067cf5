use super::Context;
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Exercise},
};

declare_rule! {
    /// ## What it checks
    /// A runbook under whose `exercised` nobody but its owner stands. If a team owns it, anybody will do, a member of that
    /// team too.
    ///
    /// ## Why it matters
    /// The one who wrote the steps knows what they left out. Only somebody else finds the gap, and better on a quiet
    /// afternoon than on the day when it counts.
    ///
    /// ## Example
    /// ```toml
    /// [runbook.launch]
    /// name = "Launching a campaign"
    /// kind = "campaign-launch"
    /// owner = "ana"
    /// reviewed = 2026-10-01
    /// exercised = [{ on = 2026-10-10, by = "ana" }]
    /// steps = "Brief, build, check, send."
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [runbook.launch]
    /// name = "Launching a campaign"
    /// kind = "campaign-launch"
    /// owner = "ana"
    /// reviewed = 2026-10-01
    /// exercised = [{ on = 2026-10-10, by = "ben" }]
    /// steps = "Brief, build, check, send."
    /// ```
    ///
    /// ## Limits
    /// How long ago it was, and whether that person is still there, does not matter here. A day that is still to come does
    /// not count.
    pub RULE = "unexercised-runbook", Documentation, Info
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    for runbook in stack.runbooks.values() {
        let owner = runbook.owner.as_ref().and_then(|owner| stack.people.get(owner.as_str()));
        let is_other = |time: &&Exercise| owner.is_none_or(|owner| owner.id.as_str() != time.by.as_str());
        let times = || runbook.exercised.iter().filter(|time| time.on <= cx.today);
        if times().any(|time| is_other(&time)) {
            continue;
        }
        let address = runbook.address();
        let last = times().map(|time| time.on).max();
        let (message, label) = if let (Some(owner), Some(day)) = (owner, last) {
            let name = owner.about.name.as_str();
            (format!("only its owner, {name}, is recorded as having followed `{address}`, last on {day}"), "by nobody else")
        } else {
            let label = if runbook.exercised.is_empty() { "no time is recorded" } else { "still to come" };
            (format!("no time is recorded at which somebody followed `{address}`"), label)
        };
        let who = if owner.is_some() { "somebody other than the owner" } else { "somebody" };
        let help =
            format!("let {who} follow it from the first step to the last, and record that: `exercised = [{{ on = …, by = \"…\" }}]`");
        let mut finding = cx.at(&RULE, runbook, "exercised", message).label(label).help(help);
        if let Some(owner) = owner.filter(|_| last.is_some()) {
            finding = finding.related(owner.address(), Some(cx.header(owner)), "owns it");
        }
        cx.report(finding);
    }
}
