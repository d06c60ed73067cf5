use super::{
    Context,
    wording::{self, list},
};
use crate::{
    analysis::Runners,
    diagnostic::declare_rule,
    model::{Employment, Party},
};

declare_rule! {
    /// ## What it checks
    /// A live entity of criticality critical or high that only contractors or agencies can run.
    ///
    /// ## Why it matters
    /// A contract ends on a day that somebody else decides. If nobody in the house can run what it covered, the company
    /// buys its own machine back, at whatever price is asked.
    ///
    /// ## Example
    /// ```toml
    /// [automation.nurture]
    /// name = "Nurture"
    /// tool = "hubspot"
    /// trigger = "A lead is not ready yet."
    /// actions = ["Send three mails in three weeks."]
    /// criticality = "high"
    /// owner = "dora"
    /// backup = "emil"
    /// tested = 2026-06-01
    /// reviewed = 2026-10-01
    ///
    /// [person.dora]
    /// name = "Dora"
    /// employment = "contractor"
    ///
    /// [person.emil]
    /// name = "Emil"
    /// employment = "agency"
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
    /// owner = "dora"
    /// backup = "ben"
    /// tested = 2026-06-01
    /// reviewed = 2026-10-01
    ///
    /// [person.dora]
    /// name = "Dora"
    /// employment = "contractor"
    /// ```
    ///
    /// ## Limits
    /// Only those who stay are looked at: an employee who leaves within 90 days or is away does not count. Of the teams
    /// whose members are not listed only those of function `agency` count as external. A person whose `employment` is
    /// not written is an employee.
    pub RULE = "external-only", Ownership, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let knowledge = cx.analysis.knowledge();
    for entity in stack.all().filter(|entity| entity.is_important()) {
        let address = entity.address();
        let Some(outsiders) = outsiders(cx, knowledge.of(address.as_str())) else { continue };
        let told = list(outsiders.iter().map(|(party, what)| format!("{} ({what})", party.name())), 3);
        let criticality = wording::criticality(entity);
        let message = format!("only people from outside can run `{address}`, which is {criticality}: {told}");
        let mut finding = cx.on(&RULE, entity, message).label("nobody in the house can run this").help(
            "add `backup = \"…\"` with the id of an employee, or let one follow a runbook that covers it and record that under `exercised`",
        );
        for (party, what) in outsiders {
            finding = finding.related(party.address(), cx.header_at(&party.address()), what);
        }
        cx.report(finding);
    }
}

/// Those who can run something and stay, with what they are, if there are any and all of them are external.
fn outsiders<'a>(cx: &Context<'a>, runners: &Runners<'_>) -> Option<Vec<(Party<'a>, &'static str)>> {
    let people = runners.staying().filter_map(|runner| cx.stack.people.get(runner.person)).map(|person| {
        let what = if person.employment == Employment::Contractor { "contractor" } else { "agency" };
        person.is_external().then_some((Party::Person(person), what))
    });
    let teams = runners.unlisted.iter().filter_map(|team| cx.stack.teams.get(*team));
    let teams = teams.map(|team| team.is_external().then_some((Party::Team(team), "agency")));
    people.chain(teams).collect::<Option<Vec<_>>>().filter(|outsiders| !outsiders.is_empty())
}
