use std::collections::BTreeMap;

use super::{Context, wording::list};
use crate::{
    analysis::UNNAMED,
    diagnostic::declare_rule,
    model::{Entity, Function, Person, Team},
};

declare_rule! {
    /// ## What it checks
    /// A stack whose `annual-revenue` is known, with fewer people who are there in teams of function
    /// `marketing-operations` than usual: one from 10 million US dollars a year, three from 50 million, six from 200
    /// million.
    ///
    /// ## Why it matters
    /// A machine that too few people run is kept going and no longer improved. What nobody has time for shows up in the
    /// other findings: missing backups, stale runbooks, overdue routines.
    ///
    /// ## Example
    /// ```toml
    /// [stack]
    /// name = "Example"
    /// annual-revenue = 60_000_000
    /// system-of-record = "salesforce"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [stack]
    /// name = "Example"
    /// annual-revenue = 60_000_000
    /// system-of-record = "salesforce"
    ///
    /// [person.dora]
    /// name = "Dora"
    /// teams = ["mops"]
    /// ```
    ///
    /// ## Limits
    /// What is usual is a rule of thumb, not a target: a small stack needs fewer people, a machine with many markets more.
    /// A team whose members are not listed counts as two people. Whoever is away does not count. Revenue in another
    /// currency is converted by the rate of `USD` in `rates`; without one nothing is said.
    pub RULE = "understaffed-operations", Ownership, Info
}

/// From how much revenue in US dollars how many people are usual, the largest first.
const USUAL: [(f64, usize); 3] = [(200e6, 6), (50e6, 3), (10e6, 1)];

pub(super) fn check(cx: &mut Context<'_>) {
    let (stack, today) = (cx.stack, cx.today);
    let Some(revenue) = stack.company.revenue_in_usd() else { return };
    let Some((from, usual)) = USUAL.into_iter().find(|(from, _)| revenue >= *from) else { return };
    let teams: Vec<&Entity<Team>> = stack.teams.values().filter(|team| team.function == Some(Function::MarketingOperations)).collect();
    let members = cx.analysis.members();
    let people: BTreeMap<&str, &Entity<Person>> =
        teams.iter().flat_map(|team| members.present(team.id.as_str(), today)).map(|person| (person.id.as_str(), person)).collect();
    let unlisted = teams.iter().filter(|team| !team.members_listed).count();
    let count = people.len() + UNNAMED * unlisted;
    if count >= usual {
        return;
    }
    let there = match count {
        0 => "nobody in marketing operations is there".to_owned(),
        1 => "one person in marketing operations is there".to_owned(),
        count => format!("{count} people in marketing operations are there"),
    };
    let usual = if usual == 1 { "one is".to_owned() } else { format!("{usual} are") };
    let message = format!("{there}, where at least {usual} usual from {} in revenue", millions(from, "USD"));
    let currency = stack.company.currency();
    let own = stack.company.annual_revenue.map_or(0.0, |revenue| revenue.0);
    let converted = if currency == "USD" { String::new() } else { format!(", which is {}", millions(revenue, "USD")) };
    let counted = if teams.is_empty() {
        "no team has the function `marketing-operations`".to_owned()
    } else {
        let people = people.values().map(|person| person.body.about.name.to_string());
        let unnamed = teams.iter().filter(|team| !team.members_listed).map(|team| format!("{UNNAMED} in {}", team.body.about.name));
        let counted = list(people.chain(unnamed), 6);
        format!("counted: {}", if counted.is_empty() { "nobody" } else { &counted })
    };
    let mut finding = cx
        .on_stack(&RULE, message)
        .label(format!("revenue {}{converted}", millions(own, currency)))
        .note(counted)
        .help("add the people who do this work to a team with `function = \"marketing-operations\"`; if they are all there already, plan for more hands or less machine");
    for team in teams {
        finding = finding.related(crate::model::AnyEntity::address(team), Some(cx.header(team)), "counted");
    }
    cx.report(finding);
}

/// Writes an amount in millions with one decimal at most.
fn millions(amount: f64, currency: &str) -> String {
    let number = format!("{:.1}", amount / 1e6);
    format!("{currency} {} million", number.trim_end_matches(".0"))
}
