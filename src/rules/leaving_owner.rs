use super::{
    Context,
    wording::{self, list},
};
use crate::{
    analysis::{FRESH, Runners},
    diagnostic::{Diagnostic, declare_rule},
    model::{AnyEntity, Entity, Person},
};

declare_rule! {
    /// ## What it checks
    /// A live entity of criticality critical or high that can be run only by people who do not stay: they have said
    /// that they leave, their last day is at most 90 days ahead, or they are away.
    ///
    /// ## Why it matters
    /// What is in somebody's head can be written down and shown to somebody else while they are there. Afterwards it is
    /// found out again, at the first failure, from what the tool lets one see.
    ///
    /// ## Example
    /// ```toml
    /// # That there is no second person is accepted here, so that this page shows one finding.
    /// [rules]
    /// no-backup = "off"
    ///
    /// [automation.nurture]
    /// name = "Nurture"
    /// tool = "hubspot"
    /// trigger = "A lead is not ready yet."
    /// actions = ["Send three mails in three weeks."]
    /// criticality = "high"
    /// owner = "dora"
    /// tested = 2026-06-01
    /// reviewed = 2026-10-01
    ///
    /// [person.dora]
    /// name = "Dora"
    /// status = "leaving"
    /// until = 2027-01-31
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [automation.nurture]
    /// name = "Nurture"
    /// tool = "hubspot"
    /// trigger = "A lead is not ready yet."
    /// actions = ["Send three mails in three weeks."]
    /// criticality = "high"
    /// owner = "ben"
    /// backup = "ana"
    /// tested = 2026-06-01
    /// reviewed = 2026-10-01
    ///
    /// [person.dora]
    /// name = "Dora"
    /// status = "leaving"
    /// until = 2027-01-31
    /// ```
    ///
    /// ## Limits
    /// Somebody who stays and owns or backs it up, who has followed a runbook that covers it within a year, who leads an
    /// owning or backup team, or who is a member of it and an administrator of the tool is enough, and so is such a team
    /// whose members are not listed. Where everybody has left already, `departed-owner` and `no-backup` say so.
    pub RULE = "leaving-owner", Ownership, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let knowledge = cx.analysis.knowledge();
    for entity in stack.all().filter(|entity| entity.is_important()) {
        let address = entity.address();
        let runners = knowledge.of(address.as_str());
        let people = leaving(cx, runners);
        if people.is_empty() || runners.count() > 0 {
            continue;
        }
        let told = list(people.iter().map(|(person, why)| format!("{} {why}", person.body.about.name)), 5);
        let owner = entity.owner().and_then(|owner| people.iter().find(|(person, _)| person.id.as_str() == owner.as_str()));
        let criticality = wording::criticality(entity);
        let message = format!("`{address}`, which is {criticality}, can be run only by people who do not stay: {told}");
        let mut finding = Diagnostic::new(&RULE, &address, cx.header(entity), message).label("nobody who stays can run this");
        if let Some((_, why)) = owner {
            finding.span = cx.value(entity, "owner");
            finding = finding.label(why);
        }
        for (person, why) in &people {
            finding = finding.related(person.address(), Some(cx.header(*person)), why);
        }
        let is_described = cx.analysis.coverage().is_fresh(address.as_str(), cx.today);
        let described = if is_described { "a runbook" } else { "no runbook" };
        cx.report(finding.note(format!("{described} that was reviewed within {FRESH} days covers it")).help(
            "while they are there, let somebody who stays follow a runbook that covers it, and write their id as `owner` or `backup`",
        ));
    }
}

/// Those who can run something but do not stay, and why they do not.
fn leaving<'a>(cx: &Context<'a>, runners: &Runners<'_>) -> Vec<(&'a Entity<Person>, String)> {
    let people = runners.people.iter().filter_map(|runner| cx.stack.people.get(runner.person));
    people.filter_map(|person| Some((person, person.why_not_staying(cx.today)?))).collect()
}
