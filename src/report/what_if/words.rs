//! A departure for people: what stops, what nobody can run, what it costs and from what that is reckoned.

use std::collections::BTreeSet;

use crate::{
    analysis::{
        Analysis, Departure,
        departure::{Because, Reached, Stop, Waits},
    },
    model::{Address, AnyEntity, Criticality, Kind, Range, Risk, Stack, rebuild_factor, thousands, trimmed},
    report::{
        counted,
        outline::{Item, Outline, Section, named, plainly, titled},
    },
    text::list::list,
};

/// So many names a line lists.
const MOST: usize = 8;

pub(super) fn outline(analysis: &Analysis<'_>, departure: &Departure<'_>) -> Outline {
    let stack = analysis.stack;
    let words = Words { stack };
    let gone = list(departure.gone.asked.iter().map(|address| words.at(address)), MOST);
    let title = format!("Without {}", gone.replace('`', ""));
    let is_asked = |id: &str| departure.gone.asked.contains(&Address::of("person", id));
    let members: Vec<&str> = departure.gone.people.iter().copied().filter(|id| !is_asked(id)).collect();
    let teams = if departure.gone.teams.len() == 1 { "With the team" } else { "With the teams" };
    let go = if members.len() == 1 { "goes" } else { "go" };
    let members = (!members.is_empty()).then(|| format!("{teams} {go} {}.", list(members.iter().map(|id| words.person(id)), MOST)));
    let entities = |entities: &[&dyn AnyEntity]| entities.iter().map(|entity| Item::from(words.weighed(*entity))).collect::<Vec<_>>();
    let alone =
        departure.stopped.iter().map(|stopped| Item::from(format!("{}: {}", titled(stack, stopped.entity), words.why(stopped.because))));
    let sections = vec![
        Section::new("Flows that stop now", departure.stops.iter().map(|stop| words.stop(stop))),
        Section::new("Also stops now", alone),
        Section::new("Unmaintained: nobody else can run it, and no fresh runbook describes it", entities(&departure.unmaintained)),
        Section::new("Recoverable: nobody else can run it, but a fresh runbook describes it", entities(&departure.recoverable)),
        Section::new(
            "Covered: others can run it, and start again what stops",
            departure.covered.iter().map(|entity| Item::from(words.covered(analysis, departure, *entity))),
        ),
        Section::new("No administrator is left", departure.without_admin.iter().map(|tool| Item::from(titled(stack, *tool)))),
        Section::new("Stages of leads that are affected", departure.reach.stages.iter().map(|stage| Item::from(format!("`{stage}`")))),
        Section::new("Routings that are affected", departure.reach.routings.iter().map(|of| Item::from(words.reached(of)))),
        Section::new("Automations that are affected", departure.reach.automations.iter().map(|of| Item::from(words.reached(of)))),
        Section::new("What it costs", words.bill(departure)),
        Section::new(
            "Not known",
            departure
                .bill
                .unknown
                .iter()
                .map(|flow| Item::from(format!("{}: the pipeline of a month; add `monthly-pipeline`", titled(stack, *flow)))),
        ),
    ];
    Outline { title, lead: members.into_iter().chain([verdict(departure)]).collect(), sections }
}

/// What happens, in a sentence.
fn verdict(departure: &Departure<'_>) -> String {
    if departure.is_nothing() {
        return "Nothing in the stack is run by what goes, runs as it or needs it.".to_owned();
    }
    let flows = departure.stops.len();
    let of = |kind: &Kind| (*kind, departure.stopped.iter().filter(|stopped| stopped.entity.kind() == *kind).count());
    let others = Kind::ALL.iter().map(of).filter(|(_, count)| *count > 0).map(|(kind, count)| counted(count, kind.name()));
    let others = list(others, Kind::ALL.len());
    let stop = if flows == 1 { "flow stops" } else { "flows stop" };
    let stops = match flows {
        0 if others.is_empty() => "No flow stops now".to_owned(),
        0 => format!("No flow stops now, but {others} {}", if departure.stopped.len() == 1 { "does" } else { "do" }),
        _ if others.is_empty() => format!("{flows} {stop} now"),
        _ => format!("{flows} {stop} now, with {others}"),
    };
    let fates = [(departure.unmaintained.len(), "unmaintained"), (departure.recoverable.len(), "recoverable")];
    let fates = fates.into_iter().chain([(departure.covered.len(), "covered by others")]).filter(|(count, _)| *count > 0);
    let fates: Vec<String> = fates.map(|(count, fate)| format!("{count} {fate}")).collect();
    if fates.is_empty() { format!("{stops}.") } else { format!("{stops}. Of what they could run: {}.", fates.join(", ")) }
}

struct Words<'s> {
    stack: &'s Stack,
}

impl Words<'_> {
    fn weighed(&self, entity: &dyn AnyEntity) -> String {
        let weight = entity.criticality().map_or_else(String::new, |criticality| format!(", {}", criticality.word()));
        format!("{}{weight}", titled(self.stack, entity))
    }

    fn at(&self, address: &Address) -> String {
        self.stack.at(address).map_or_else(|| format!("`{address}`"), |entity| titled(self.stack, entity))
    }

    fn person(&self, id: &str) -> String {
        named(self.stack, Kind::Person, id)
    }

    fn why(&self, because: Because<'_>) -> String {
        match because {
            Because::Gone => "it is gone".to_owned(),
            Because::RunsAs(person) => format!("it runs as {}", self.person(person)),
            Because::Needs(tool) => format!("it needs {}", named(self.stack, Kind::Tool, tool)),
        }
    }

    fn stop(&self, stop: &Stop<'_>) -> Item {
        let at = format!("at {}: {}", self.at(&stop.at), self.why(stop.because));
        let pipeline = stop.flow.monthly_pipeline.map(|of| format!("{} of pipeline a month", self.stack.company.amount(of.0)));
        Item { text: self.weighed(stop.flow), notes: [at].into_iter().chain(pipeline).collect() }
    }

    fn covered(&self, analysis: &Analysis<'_>, departure: &Departure<'_>, entity: &dyn AnyEntity) -> String {
        let runners = analysis.knowledge().of(entity.address().as_str());
        let people = departure.others(runners).map(|runner| self.person(runner.person));
        let teams = departure.other_teams(runners).map(|team| named(self.stack, Kind::Team, team));
        format!("{}: {}", titled(self.stack, entity), list(people.chain(teams), MOST))
    }

    fn reached(&self, reached: &Reached<'_>) -> String {
        let stops = reached.stops.map(|because| self.why(because));
        let unmaintained = reached.is_unmaintained.then(|| "nobody else can run it".to_owned());
        let rules = reached.rules.iter().map(|rule| format!("“{}”", plainly(rule)));
        let rules = (!reached.rules.is_empty()).then(|| format!("gives them the records of {}", list(rules, MOST)));
        let said: Vec<String> = stops.into_iter().chain(unmaintained).chain(rules).collect();
        format!("{}: {}", titled(self.stack, reached.entity), said.join("; "))
    }

    /// What it costs, with what each number is made of.
    fn bill(&self, departure: &Departure<'_>) -> Vec<Item> {
        let (bill, risk) = (&departure.bill, &self.stack.company.risk);
        let company = &self.stack.company;
        let money = |low: f64, high: f64| {
            let high = company.amount(high);
            between(&company.amount(low), high.strip_prefix(company.currency()).unwrap_or(&high).trim_start())
        };
        let mut items = Vec::new();
        if bill.hours.high > 0.0 {
            let hours = between(&thousands(bill.hours.low), &thousands(bill.hours.high));
            let rate = risk.hourly_rate();
            let mut notes = vec![format!(
                "{hours} hours at {} an hour (`stack.risk.hourly-rate`{})",
                money(rate.low.0, rate.high.0),
                default(risk.hourly_rate.is_none())
            )];
            notes.extend(hours_by_kind(risk, &bill.rebuilt, "to rebuild"));
            notes.extend(hours_by_kind(risk, &bill.relearnt, "more if runbooks are not enough for"));
            items.push(Item { text: format!("Rebuilding: {}", money(bill.rebuild.low, bill.rebuild.high)), notes });
        }
        if !bill.exposed.is_empty() {
            let notes = Waits::ALL.into_iter().filter_map(|waits| {
                let monthly: Vec<f64> = bill.exposed.iter().filter(|of| of.waits == waits).map(|of| of.monthly).collect();
                let all = company.amount(monthly.iter().sum());
                (!monthly.is_empty()).then(|| format!("{all} a month × 12 / 52 × {}", weeks(waits, risk)))
            });
            items.push(Item {
                text: format!("Pipeline until what is gone is replaced: {}", money(bill.pipeline.low, bill.pipeline.high)),
                notes: notes.collect(),
            });
        }
        items
    }
}

fn between(low: &str, high: &str) -> String {
    if low == high || low.ends_with(&format!(" {high}")) { low.to_owned() } else { format!("{low} to {high}") }
}

fn default(is_default: bool) -> &'static str {
    if is_default { ", the default" } else { "" }
}

/// How many weeks something waits, and by which assumption.
fn weeks(waits: Waits, risk: &Risk) -> String {
    let span = |low: f64, high: f64| between(&trimmed(low), &trimmed(high));
    let said = |what: &str, range: Range, key: &str, is_default: bool| {
        format!("{} weeks to replace {what} (`stack.risk.{key}`{})", span(range.low.0, range.high.0), default(is_default))
    };
    let people = said("somebody", risk.weeks_to_replace(), "weeks-to-replace", risk.weeks_to_replace.is_none());
    let tool = "a tool or an integration";
    let tools = said(tool, risk.weeks_to_replace_tool(), "weeks-to-replace-tool", risk.weeks_to_replace_tool.is_none());
    let [low, high] = waits.weeks(risk);
    match waits {
        Waits::People => people,
        Waits::Tools => tools,
        Waits::Both => format!("{} weeks: both are needed, {people} and {tools}", span(low, high)),
        Waits::Either => format!("{} weeks: one of both is enough, {people} or {tools}", span(low, high)),
    }
}

/// One line for each kind: how many, and their hours.
fn hours_by_kind(risk: &Risk, priced: &[(&dyn AnyEntity, f64)], what: &str) -> Vec<String> {
    let of = |kind: &Kind| {
        let hours: Vec<f64> = priced.iter().filter(|(entity, _)| entity.kind() == *kind).map(|(_, hours)| *hours).collect();
        let each = risk.hours_to_rebuild.of(*kind).filter(|_| !hours.is_empty())?;
        let all: f64 = hours.iter().sum();
        let number = counted(hours.len(), kind.name());
        let of_kind = priced.iter().filter(|(entity, _)| entity.kind() == *kind);
        let others: BTreeSet<Criticality> = of_kind.filter_map(|(entity, _)| entity.criticality()).collect();
        let others = others.into_iter().filter(|criticality| *criticality != Criticality::Medium);
        let factors = others.map(|criticality| format!(", × {} for {}", trimmed(rebuild_factor(Some(criticality))), criticality.word()));
        Some(format!(
            "{} hours {what} {number}: {} for one of medium criticality{} (`stack.risk.hours-to-rebuild.{}`{})",
            thousands(all),
            trimmed(each),
            factors.collect::<String>(),
            kind.name(),
            default(risk.hours_to_rebuild.is_default(*kind))
        ))
    };
    Kind::ALL.iter().filter_map(of).collect()
}
