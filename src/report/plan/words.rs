//! The plan for people: how much is at risk, how few hold it, and what to do in the next ninety days.

use crate::{
    analysis::{
        Analysis, BusFactor, Counted, Fewest, Loss, Plan,
        plan::{Charge, Phase, Seat, Step},
    },
    model::{Kind, Precaution, Stack, percents, thousands, trimmed},
    report::{
        counted,
        outline::{Item, Outline, Section, named, plainly, titled},
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
    let unknown = plan.steps.iter().filter(|step| step.action.is_saving_unknown);
    let unknown = unknown.map(|step| {
        let tool = titled(stack, step.action.on);
        Item::from(format!("{tool}: what it costs, and so what it would save; a `contract` that covers it says so in `annual-cost`"))
    });
    sections.push(Section::new("Not known", unknown));
    let meaning = "At risk are the hours to rebuild whatever nobody can run, and half of them for what only one person can run; a fresh \
                   runbook halves both. What runs as a person adds its own hours, because it stops when they leave.";
    let mut lead = vec![verdict(stack, analysis, plan)];
    lead.extend((plan.before > 0.0).then(|| meaning.to_owned()));
    lead.extend((!plan.steps.is_empty()).then(order));
    Outline { title: format!("The cheapest way out for {}", stack.company.name), lead, sections }
}

/// How the steps are ordered, and what each phase holds, in a sentence or two.
pub fn order() -> String {
    let phases = Phase::ALL.map(|phase| format!("{} holds {}", phase.label(), phase.holds()));
    format!("{}. In each phase first comes what removes the most hours at risk for an hour of work.", phases.join("; "))
}

/// What the plan does, in a few sentences.
fn verdict(stack: &Stack, analysis: &Analysis<'_>, plan: &Plan<'_>) -> String {
    let (safer, leaner) = plan.split();
    let work = |steps: &[&Step<'_>]| counted_hours(steps.iter().map(|step| step.action.work).sum());
    let later: f64 = leaner.iter().map(|step| step.removes).sum();
    let first = if plan.before > 0.0 && !safer.is_empty() {
        format!(
            "{} of rebuilding are at risk today; {} of work in {} bring that down to {}.",
            counted_hours(plan.before),
            work(&safer),
            counted(safer.len(), "step"),
            thousands(plan.after + later)
        )
    } else if plan.before > 0.0 && later > 0.0 {
        format!("{} of rebuilding are at risk today, all in tools that are better ended.", counted_hours(plan.before))
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
    let (what, more) = (counted(leaner.len(), "tool"), if safer.is_empty() { "" } else { " more" });
    let removes = if later > 0.0 { format!(", removes {} at risk", counted_hours(later)) } else { String::new() };
    let sum: f64 = leaner.iter().filter_map(|step| step.action.saves).sum();
    let known = if leaner.iter().all(|step| !step.action.is_saving_unknown) { "" } else { ", as far as is known" };
    let saves = if leaner.iter().any(|step| step.action.saves.is_some()) {
        format!(" and saves {} a year once the contracts end{known}", stack.company.amount(sum))
    } else {
        " and saves nothing that is known".to_owned()
    };
    format!("{first} Retiring {what} takes {}{more}{removes}{saves}.", work(&leaner))
}

/// Says in words what to do: what stands before and after the name of what it is done to.
pub fn phrase(stack: &Stack, analysis: &Analysis<'_>, step: &Step<'_>) -> [String; 2] {
    let on = step.action.on;
    let person = |id: &str| named(stack, Kind::Person, id);
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
            let by = by.map(|by| named(stack, Kind::Tool, by.as_str()));
            words("Retire ", by.map_or_else(|| ", which others can stand in for".to_owned(), |by| format!(", replaced by {by}")))
        }
    }
}

fn item(stack: &Stack, analysis: &Analysis<'_>, step: &Step<'_>) -> Item {
    let charge = step.charge.map_or_else(
        || "nobody is named who could see to it".to_owned(),
        |charge| format!("{} sees to it, {}", name(stack, charge), seat(charge.seat)),
    );
    let work = step.action.work;
    let removes = if step.removes > 0.0 {
        let per_hour = if work > 0.0 { format!(", {} per hour", trimmed(step.removes / work)) } else { String::new() };
        format!("{} of work remove {} at risk{per_hour}", counted_hours(work), counted_hours(step.removes))
    } else {
        format!("{} of work", counted_hours(work))
    };
    let saves = savings(stack, step).map_or_else(String::new, |saves| format!("; {saves}"));
    let [before, after] = phrase(stack, analysis, step);
    let text = format!("{before}{}{after}", titled(stack, step.action.on));
    Item { text, notes: [format!("{removes}{saves}; {charge}")].into_iter().chain(until_then(step)).collect() }
}

/// Says what a step saves; nothing of one that ends no tool.
pub fn savings(stack: &Stack, step: &Step<'_>) -> Option<String> {
    let action = &step.action;
    Some(match action.saves.map(|saves| stack.company.amount(saves)) {
        Some(saves) if action.is_saving_unknown => format!("saves {saves} a year once its contract ends, as far as is known"),
        Some(saves) => format!("saves {saves} a year once its contract ends"),
        None if action.is_saving_unknown => "what it saves is not known".to_owned(),
        None if action.is_retirement() => "its contracts cover other tools too: what it saves has to be agreed".to_owned(),
        None => return None,
    })
}

/// Says why nothing is done before about a tool that is ended; nothing of any other step.
pub fn until_then(step: &Step<'_>) -> Option<String> {
    let who = match step.runners {
        0 => "nobody",
        _ => "only one person",
    };
    let is_at_risk = step.action.is_retirement() && step.removes > 0.0;
    is_at_risk.then(|| format!("until then {who} can run it: no work goes into showing somebody what ends"))
}

/// Says why somebody sees to a step.
pub fn seat(seat: Seat) -> String {
    match seat {
        Seat::Owner => "as its owner".to_owned(),
        Seat::Area(area) => format!("answering for {area} in the charter"),
        Seat::Charter => "as the owner of the charter".to_owned(),
    }
}

fn counted_hours(hours: f64) -> String {
    format!("{} hour{}", thousands(hours), if (hours - 1.0).abs() < f64::EPSILON { "" } else { "s" })
}

fn name(stack: &Stack, charge: Charge<'_>) -> String {
    stack.party(charge.owner).map_or_else(|| charge.owner.to_string(), |party| plainly(party.name()))
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
    match factor.range() {
        None => "nothing is important".to_owned(),
        Some((_, 0)) => "0: more than half of what is important has nobody who can run it".to_owned(),
        Some((least, most)) if least == most => least.to_string(),
        Some((least, most)) => format!("{least} to {most}"),
    }
}

/// Without whom, and how much nobody could run then.
fn sets(stack: &Stack, factor: &BusFactor<'_>) -> Vec<String> {
    let said = |loss: &Loss<'_>| {
        let who = list(loss.who.iter().map(|who| counted_name(stack, *who)), MOST);
        // It is more than half, and does not look like half.
        let [part, _] = percents([loss.weight / factor.weight, 0.5]);
        format!("without {who} {part} of what is important has nobody who can run it")
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
        Counted::Person(id) => named(stack, Kind::Person, id),
        Counted::Unnamed(id) => format!("the unnamed people of {}", named(stack, Kind::Team, id)),
    }
}
