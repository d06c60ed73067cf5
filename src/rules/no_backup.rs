use super::{Context, wording};
use crate::{
    analysis::Runners,
    diagnostic::declare_rule,
    model::{Address, AnyEntity, Stack},
};

declare_rule! {
    /// ## What it checks
    /// A live entity of criticality critical or high that fewer than two people can run. Whoever owns it or backs it
    /// up by name can run it, whoever has followed a runbook that covers it within a year, the lead of an owning or
    /// backup team, and those members of such a team who are administrators of the tool.
    ///
    /// ## Why it matters
    /// What one person can run stands still when that person is ill, on holiday or gone. A second name costs a few
    /// hours; without one the machine is rebuilt from what can be guessed.
    ///
    /// ## Example
    /// ```toml
    /// [scoring.fit]
    /// name = "Fit and interest"
    /// tool = "hubspot"
    /// owner = "cara"
    /// calibrated = 2026-10-15
    /// reviewed = 2026-10-01
    /// threshold = 20
    /// fields = { title = { type = "text" }, visits = { type = "integer" } }
    /// criterion = [
    ///   { name = "Decides", signal = "fit", when = { title = { contains = "head" } }, points = 10 },
    ///   { name = "Comes back", signal = "behaviour", when = { visits = { min = 3 } }, points = 10 },
    /// ]
    ///
    /// [runbook.scoring]
    /// name = "Calibrating the score"
    /// kind = "lead-scoring"
    /// owner = "cara"
    /// covers = ["scoring.fit"]
    /// reviewed = 2026-10-01
    /// exercised = [{ on = 2024-05-01, by = "ben" }]
    /// steps = "Compare scores with outcomes, change the points, run the tests."
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [scoring.fit]
    /// name = "Fit and interest"
    /// tool = "hubspot"
    /// owner = "cara"
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
    /// Whoever has said that they leave, leaves within 90 days or is away is not counted. Administrator rights alone
    /// are access, not knowledge. A team whose members are not listed counts as two people.
    pub RULE = "no-backup", Ownership, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let knowledge = cx.analysis.knowledge();
    for entity in stack.all().filter(|entity| entity.is_important()) {
        let address = entity.address();
        let runners = knowledge.of(address.as_str());
        if runners.count() >= 2 {
            continue;
        }
        let criticality = wording::criticality(entity);
        let (message, label) = match runners.only() {
            Some(person) => {
                let name = stack.name_at(&Address::of("person", person));
                (format!("only {name} can run `{address}`, which is {criticality}"), "one person")
            }
            None if is_named(stack, entity, runners) => (format!("nobody who stays can run `{address}`, which is {criticality}"), "nobody"),
            None => (format!("nobody is known by name who can run `{address}`, which is {criticality}"), "nobody is named"),
        };
        let mut finding = cx.on(&RULE, entity, message).label(label).help(help(runners));
        for runner in &runners.people {
            let person = Address::of("person", runner.person);
            let why = stack.people.get(runner.person).and_then(|person| person.why_not_staying(cx.today));
            let label = why.map_or_else(|| "can run it".to_owned(), |why| format!("can run it, but {why}"));
            finding = finding.related(&person, cx.header_at(&person), label);
        }
        cx.report(finding);
    }
}

/// Whether a person is named who could run something, even if they have left.
fn is_named(stack: &Stack, entity: &dyn AnyEntity, runners: &Runners<'_>) -> bool {
    let named = [entity.owner(), entity.backup()].into_iter().flatten();
    !runners.people.is_empty() || named.into_iter().any(|party| stack.people.contains_key(party.as_str()))
}

/// What to do so that two people can run something.
fn help(runners: &Runners<'_>) -> &'static str {
    if runners.people.is_empty() {
        "write the ids of two people as `owner` and `backup`, or let them follow a runbook that covers it and record that under `exercised`"
    } else {
        "add `backup = \"…\"` with the id of a person, or let a second person follow a runbook that covers it and record that under `exercised`"
    }
}
