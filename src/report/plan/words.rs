//! The plan for people: how much is at risk, how few hold it, and what to do in the next ninety days.

use crate::{
    analysis::{
        Analysis, BusFactor, Counted, Fewest, Loss, Plan,
        plan::{Phase, Step},
    },
    model::{Owner, Precaution, Stack, percents, thousands, trimmed},
    report::{
        counted,
        outline::{Item, Outline, Section},
    },
    text::list::list,
};

/// So many names a line lists.
const MOST: usize = 5;
/// So many steps of a phase are listed; all of them are in the JSON.
const MOST_STEPS: usize = 40;

pub(super) fn outline(stack: &Stack, analysis: &Analysis<'_>) -> Outline {
    let plan = analysis.plan();
    let mut sections = vec![Section::new("Bus factor", bus_factor(stack, analysis))];
    for phase in Phase::ALL {
        let [first, last] = phase.days();
        let all: Vec<&Step<'_>> = plan.of(phase).collect();
        let mut items: Vec<Item> = all.iter().take(MOST_STEPS).map(|step| item(stack, analysis, step)).collect();
        if all.len() > MOST_STEPS {
            items.push(format!("and {} more; `--format json` lists them all", all.len() - MOST_STEPS).into());
        }
        sections.push(Section::new(format!("{} (days {first} to {last})", phase.label()), items));
    }
    let meaning = "At risk are the hours to rebuild whatever nobody can run, and half of them for what only one person can run; a fresh \
                   runbook halves both. What runs as a person adds its own hours, because it stops when they leave.";
    let lead = [verdict(stack, analysis, plan)].into_iter().chain((plan.before > 0.0).then(|| meaning.to_owned())).collect();
    Outline { title: format!("The cheapest way out for {}", stack.company.name), lead, sections }
}

/// What the plan does, in a sentence.
fn verdict(stack: &Stack, analysis: &Analysis<'_>, plan: &Plan<'_>) -> String {
    let (safer, leaner): (Vec<&Step<'_>>, Vec<&Step<'_>>) = plan.steps.iter().partition(|step| step.removes > 0.0);
    let work = |steps: &[&Step<'_>]| counted_hours(steps.iter().map(|step| step.work).sum());
    let first = if plan.before > 0.0 && !safer.is_empty() {
        format!(
            "{} of rebuilding are at risk today; {} of work in {} bring that down to {}.",
            counted_hours(plan.before),
            work(&safer),
            counted(safer.len(), "step"),
            thousands(plan.after)
        )
    } else if plan.before > 0.0 {
        format!("{} of rebuilding are at risk today, and no step of a plan removes any.", counted_hours(plan.before))
    } else if analysis.bus_factors().overall.count == 0 {
        "Nothing in the stack is important yet: `criticality` says of a tool, integration or flow how much depends on it.".to_owned()
    } else {
        "At least two people can run every important part of the stack, and nothing runs as a person.".to_owned()
    };
    if leaner.is_empty() {
        return first;
    }
    let saved = stack.company.amount(leaner.iter().filter_map(|step| step.saves).sum());
    let (what, more) = (counted(leaner.len(), "tool"), if safer.is_empty() { "" } else { " more" });
    let known = if leaner.iter().all(|step| step.saves.is_some()) { "" } else { ", as far as is known" };
    format!("{first} Retiring {what} takes {}{more} and saves {saved} a year once the contracts end{known}.", work(&leaner))
}

/// Says in words what to do: what stands before and after the name of what it is done to.
pub fn phrase(stack: &Stack, analysis: &Analysis<'_>, step: &Step<'_>) -> [String; 2] {
    let on = step.action.on;
    let person = |id: &str| stack.people.get(id).map_or(id, |person| person.about.name.as_str()).replace('`', "'");
    let words = |before: &str, after: String| [before.to_owned(), after];
    match step.action.precaution {
        Precaution::Backup if step.runners == 0 => words("Find somebody who can run ", String::new()),
        Precaution::Backup => {
            let runners = analysis.knowledge().of(on.address().as_str());
            let runners: Vec<String> = runners.staying().map(|runner| person(runner.person)).collect();
            let beside = if runners.is_empty() { String::new() } else { format!(" beside {}", list(runners, MOST)) };
            words(if beside.is_empty() { "Find a second person who can run " } else { "Name a backup for " }, beside)
        }
        Precaution::Runbook => words("Write a runbook for ", String::new()),
        Precaution::Review => words("Bring up to date the runbook ", String::new()),
        Precaution::Exercise => {
            let owner = on.owner().filter(|owner| stack.people.contains_key(owner.as_str()));
            let other = owner.map_or_else(|| "somebody".to_owned(), |owner| format!("somebody besides {}", person(owner.as_str())));
            [format!("Let {other} follow the runbook "), String::new()]
        }
        Precaution::Credential => words("Move ", " to an account that belongs to nobody".to_owned()),
        Precaution::Retirement => {
            let by = stack.tools.get(on.id().as_str()).and_then(|tool| tool.replaced_by.as_ref());
            let by = by.and_then(|by| stack.tools.get(by.as_str())).map(|by| by.about.name.as_str().replace('`', "'"));
            words("Retire ", by.map_or_else(|| ", which others can stand in for".to_owned(), |by| format!(", replaced by {by}")))
        }
    }
}

fn item(stack: &Stack, analysis: &Analysis<'_>, step: &Step<'_>) -> Item {
    let owner =
        step.owner.map_or_else(|| "nobody is named who could see to it".to_owned(), |owner| format!("{} sees to it", name(stack, owner)));
    let removes = if step.removes > 0.0 {
        let per_hour = if step.work > 0.0 { format!(", {} per hour", trimmed(step.removes / step.work)) } else { String::new() };
        format!("{} of work remove {} at risk{per_hour}", counted_hours(step.work), counted_hours(step.removes))
    } else {
        format!("{} of work", counted_hours(step.work))
    };
    let saves = match step.saves {
        Some(saves) => format!("; saves {} a year once its contract ends", stack.company.amount(saves)),
        None if step.action.is_retirement() => "; what it saves is not known".to_owned(),
        None => String::new(),
    };
    let [before, after] = phrase(stack, analysis, step);
    let on = format!("{} (`{}`)", stack.name(step.action.on).replace('`', "'"), step.action.on.address());
    Item { text: format!("{before}{on}{after}"), notes: vec![format!("{removes}{saves}; {owner}")] }
}

fn counted_hours(hours: f64) -> String {
    format!("{} hour{}", thousands(hours), if (hours - 1.0).abs() < f64::EPSILON { "" } else { "s" })
}

fn name(stack: &Stack, owner: &Owner) -> String {
    stack.party(owner).map_or_else(|| owner.to_string(), |party| party.name().replace('`', "'"))
}

/// The bus factor overall and of each area.
fn bus_factor(stack: &Stack, analysis: &Analysis<'_>) -> Vec<Item> {
    let factors = analysis.bus_factors();
    let mut items = vec![Item { text: format!("Overall: {}", people(&factors.overall)), notes: sets(stack, &factors.overall) }];
    items.extend(
        factors
            .areas
            .iter()
            .map(|(area, factor)| Item { text: format!("{}: {}", area.label(), people(factor)), notes: sets(stack, factor) }),
    );
    items
}

/// How few people hold more than half of what is important.
pub fn people(factor: &BusFactor<'_>) -> String {
    match &factor.fewest {
        Fewest::Nothing => "nothing is important".to_owned(),
        Fewest::Exactly { people: 0, .. } => "0: more than half of what is important has nobody who can run it".to_owned(),
        Fewest::Exactly { people, .. } => people.to_string(),
        Fewest::Between { least, most } if *least == most.people() => least.to_string(),
        Fewest::Between { least, most } => format!("{least} to {}", most.people()),
    }
}

/// Without whom, and how much nobody could run then.
fn sets(stack: &Stack, factor: &BusFactor<'_>) -> Vec<String> {
    let said = |loss: &Loss<'_>| {
        let who = list(loss.who.iter().map(|who| counted_name(stack, *who)), MOST);
        // It is more than half, and does not look like half.
        let [part, _] = percents([loss.weight / factor.weight, 0.5]);
        format!("without {who} nobody can run {part} of what is important")
    };
    match &factor.fewest {
        Fewest::Exactly { people: 1.., sets, are_more } => {
            let more = (*are_more || sets.len() > 3).then(|| "and others".to_owned());
            sets.iter().take(3).map(said).chain(more).collect()
        }
        Fewest::Between { most, .. } => vec![said(most)],
        _ => Vec::new(),
    }
}

/// The name of whoever is counted.
pub fn counted_name(stack: &Stack, who: Counted<'_>) -> String {
    match who {
        Counted::Person(id) => stack.people.get(id).map_or(id, |person| person.about.name.as_str()).replace('`', "'"),
        Counted::Unnamed(id) => {
            let team = stack.teams.get(id).map_or(id, |team| team.about.name.as_str());
            format!("the unnamed people of {}", team.replace('`', "'"))
        }
    }
}
