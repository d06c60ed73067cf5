use super::{Context, wording::list};
use crate::{
    analysis::{UNNAMED, usual::Staff},
    diagnostic::declare_rule,
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

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let staffing = cx.analysis.staffing();
    let (Some(revenue), Some(Staff { from, least: usual, .. })) = (staffing.revenue, staffing.usual) else { return };
    let (teams, count) = (&staffing.teams, staffing.count());
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
        let people = staffing.people.iter().map(|person| person.body.about.name.to_string());
        let unnamed = staffing.unlisted.iter().map(|team| format!("{UNNAMED} in {}", team.body.about.name));
        let counted = list(people.chain(unnamed), 6);
        format!("counted: {}", if counted.is_empty() { "nobody" } else { &counted })
    };
    let mut finding = cx
        .on_stack(&RULE, message)
        .label(format!("revenue {}{converted}", millions(own, currency)))
        .note(counted)
        .help("add the people who do this work to a team with `function = \"marketing-operations\"`; if they are all there already, plan for more hands or less machine");
    for team in teams {
        finding = finding.related(crate::model::AnyEntity::address(*team), Some(cx.header(*team)), "counted");
    }
    cx.report(finding);
}

/// Writes an amount in millions with one decimal at most.
fn millions(amount: f64, currency: &str) -> String {
    let number = format!("{:.1}", amount / 1e6);
    format!("{currency} {} million", number.trim_end_matches(".0"))
}
