//! `key-people.html`: could somebody else run the machine? Who can run what, what is left without each person, what that
//! costs, and the cheapest way out.

mod assumptions;
mod covered;
mod lost;
mod matrix;
mod plan;

use super::{
    Page, frame,
    page::{Block, Figure, Link, ReportPage, Section, Value},
    view::{View, counted, link_list},
};
use crate::{
    analysis::{BusFactor, Departure, Fewest, Gone},
    model::{AnyEntity, Kind, percent, trimmed},
    report::plan::{counted_name, people},
    text::list::list,
};

/// The id of the bus factors.
const FACTORS: &str = "bus-factor";

/// Where the page is.
pub(super) const URL: &str = "key-people.html";

pub(super) fn page(view: &View<'_>) -> Page {
    let mut sections = vec![matrix::section(view)];
    sections.extend(factors(view));
    sections.extend(lost::sections(view));
    sections.push(plan::section(view));
    sections.push(assumptions::section(view));
    sections.extend(super::history::section(view));
    let data = ReportPage { title: "Key people".to_owned(), lead: lead(view), figures: figures(view), contents: true, sections };
    Page::new("report.html", frame::overview(URL, "Key people"), &data)
}

/// What is left without a person, on the page of that person.
pub(super) fn of_person(view: &View<'_>, id: &str) -> Option<Section> {
    let person = view.stack.people.get(id).filter(|person| !person.is_gone(view.project.today))?;
    let departure = view.analysis.departure(Gone::person(person.id.as_str()));
    lost::of(view, &departure, "without", "If they left tomorrow")
}

/// How many flows stop on the day on which a person goes.
pub(super) fn stops(view: &View<'_>, id: &str) -> usize {
    let person = view.stack.people.get(id).filter(|person| !person.is_gone(view.project.today));
    person.map_or(0, |person| view.analysis.departures().stops(view.analysis, &Gone::person(person.id.as_str())).len())
}

/// The departure that leaves the most behind; nothing where none leaves anything.
fn worst<'v, 'a>(view: &'v View<'a>) -> Option<&'v Departure<'a>> {
    view.analysis.losses().iter().find(|departure| !departure.is_nothing())
}

/// Whether the stack would survive the loss of a person, in a few sentences.
pub(super) fn lead(view: &View<'_>) -> Vec<Value> {
    let factor = &view.analysis.bus_factors().overall;
    if factor.count == 0 {
        let gap = "Nothing in the stack is of criticality critical or high";
        let example = Some("criticality = \"high\"".to_owned());
        return vec![Value::Gap { text: gap.to_owned(), example }];
    }
    let nobody = view.analysis.exposure().entities.iter().filter(|of| of.runners == 0).count();
    let mut lead = match worst(view) {
        None if nobody > 0 => {
            let count = Link::site(format!("{nobody} of {} important things", factor.count), format!("{URL}#people"));
            vec![count.into(), Value::text(" have nobody who can run them today.")]
        }
        None => vec![Value::text("Nobody's departure would leave anything without somebody who can run it.")],
        Some(departure) => lost::standfirst(view, departure),
    };
    let plan = view.analysis.plan();
    let (steps, ended) = plan.split();
    if !steps.is_empty() {
        let work: f64 = steps.iter().map(|step| step.action.work).sum();
        let steps =
            format!("{}, about {} hours of work", super::view::capital(&counted(steps.len(), "step", "steps")), trimmed(work.round()));
        let rest = (plan.after + ended.iter().map(|step| step.removes).sum::<f64>()) / plan.before;
        let link = |text: String| Value::from(Link::site(text, format!("{URL}#plan")));
        lead.extend([Value::text(" "), link(steps)]);
        if rest < 0.005 {
            lead.push(Value::text(", would leave nothing important to one person."));
        } else {
            let share = link(percent(1.0 - rest));
            lead.extend([Value::text(", would take away "), share, Value::text(" of the hours at risk.")]);
        }
    }
    lead
}

fn figures(view: &View<'_>) -> Vec<Figure> {
    let figure = |label: &str, number: String, id: &str, note: Vec<Value>| Figure::new(label, Link::here(number, id), note);
    let link = |text: &str, id: &str| Value::from(Link::here(text, id));
    let analysis = view.analysis;
    let exposure = analysis.exposure();
    let alone = exposure.entities.iter().filter(|of| of.runners == 1).count();
    let nobody: Vec<&dyn AnyEntity> = exposure.entities.iter().filter(|of| of.runners == 0).map(|of| of.entity).collect();
    let of = |count: usize| format!("{count} of {}", exposure.entities.len());
    let mut uncovered = link_list(nobody.iter().map(|entity| view.link(*entity).into()).collect(), 3);
    if nobody.is_empty() {
        uncovered.push(Value::text("everything important has somebody"));
    }
    let hours = vec![Value::text("of rebuilding, as the plan reckons them from "), link("these assumptions", "assumptions")];
    vec![
        bus_factor(view, ""),
        figure("Only one person can run", of(alone), "people", vec![Value::text("of what is critical or high")]),
        figure("Nobody can run", of(nobody.len()), "people", uncovered),
        figure("Hours at risk", trimmed(exposure.at_risk().round()), "plan", hours),
    ]
}

/// The bus factor as a key figure, linked to where a page tells it.
pub(super) fn bus_factor(view: &View<'_>, page: &str) -> Figure {
    let link = |number: String| Value::from(Link::to(number, &format!("{page}#{FACTORS}")));
    let number = match view.analysis.bus_factors().overall.range() {
        None => Value::text("–"),
        Some((least, most)) if least == most => link(least.to_string()),
        Some((least, most)) => link(format!("{least}–{most}")),
    };
    let meaning = vec![Value::text("the fewest departures that leave more than half of the important weight with nobody")];
    Figure::new("Bus factor", number, [meaning, weakest(view)].concat())
}

/// The area that fewer people hold than the whole, if there is one.
fn weakest(view: &View<'_>) -> Vec<Value> {
    let factors = view.analysis.bus_factors();
    let exactly = |factor: &BusFactor<'_>| if let Fewest::Exactly { people, .. } = factor.fewest { Some(people) } else { None };
    let weakest = factors.areas.iter().filter_map(|(area, factor)| Some((exactly(factor)?, *area))).min();
    let weaker = weakest.filter(|(people, _)| exactly(&factors.overall).is_none_or(|all| *people < all));
    weaker.map_or_else(Vec::new, |(people, area)| vec![Value::text("; "), Value::strong(format!("{people} in {}", area.label()))])
}

/// The smallest sets of people, overall and by area.
fn factors(view: &View<'_>) -> Option<Section> {
    use super::page::{Cell, Column, ColumnKind, Row, Table, TableStyle};
    let factors = view.analysis.bus_factors();
    if factors.overall.count == 0 {
        return None;
    }
    let row = |name: &str, factor: &BusFactor<'_>| {
        let losses = match &factor.fewest {
            Fewest::Exactly { people: 1.., sets, .. } => sets.as_slice(),
            Fewest::Between { most, .. } => std::slice::from_ref(most),
            _ => &[],
        };
        let mut who = Vec::new();
        for loss in losses.iter().take(3) {
            who.extend((!who.is_empty()).then_some(Value::Break));
            let names = list(loss.who.iter().map(|who| counted_name(view.stack, *who)), 6);
            who.push(Value::text(names));
            who.push(Value::quiet(format!(" ({})", percent(loss.weight / factor.weight))));
        }
        if losses.len() > 3 || matches!(&factor.fewest, Fewest::Exactly { are_more: true, .. }) {
            who.extend([Value::Break, Value::quiet("and others")]);
        }
        Row::from(vec![
            Cell::from(name),
            Cell::from(people(factor).as_str()),
            Cell::prose(who),
            Value::from(Link::here(factor.count.to_string(), "people")).into(),
        ])
    };
    let rows = [("The whole stack", &factors.overall)].into_iter().chain(factors.areas.iter().map(|(area, of)| (area.label(), of)));
    let columns = vec![
        Column::new("Area", ColumnKind::Head),
        Column::new("Bus factor", ColumnKind::Number),
        Column::bare("Without whom, and how much of the important weight nobody could run then"),
        Column::new("Important", ColumnKind::Number),
    ];
    let table =
        Table { style: TableStyle::Blocks, ..Table::plain("Bus factor by area", columns, rows.map(|(name, of)| row(name, of)).collect()) };
    let mut section = Section::new(FACTORS, "How few people hold it", vec![Block::Table(table)]);
    section.intro = vec![Value::text(
        "The fewest people whose departure leaves more than half of the important weight with nobody who can run it. An integration or flow belongs to each area that it touches.",
    )];
    Some(section)
}

/// Links to entities, with commas between them.
fn links<'e>(view: &View<'_>, entities: impl IntoIterator<Item = &'e dyn AnyEntity>) -> Vec<Value> {
    link_list(entities.into_iter().map(|entity| view.link(entity).into()).collect(), usize::MAX)
}

/// A link to a person.
fn person(view: &View<'_>, id: &str) -> Value {
    view.link_id(Kind::Person, id)
}
