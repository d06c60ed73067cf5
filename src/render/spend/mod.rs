//! `spend.html`: what the stack costs, what of it is idle, and what must be decided next, by when.

mod areas;
mod calendar;
mod contracts;
mod control;
mod tools;
mod unknown;
mod usual;

use super::{
    Page, frame, money,
    page::{Block, Empty, Figure, Link, ReportPage, Section, Value},
    view::{View, capital, counted, link_list},
};
use crate::{
    analysis::{NOTICE_WITHIN, Renewal, Seats, Standing},
    model::{Kind, Layer, percent},
};

/// The id of the row that sums all that is known.
const KNOWN: &str = "known";

pub(super) fn page(view: &View<'_>) -> Page {
    let has_contracts = !view.stack.contracts.is_empty();
    let sections = if has_contracts { sections(view) } else { vec![none(), usual::section(view)] };
    let data = ReportPage {
        title: "Spend".to_owned(),
        lead: lead(view),
        figures: if has_contracts { figures(view) } else { vec![] },
        contents: true,
        sections,
    };
    Page::new("report.html", frame::in_layer("spend.html", "Spend", Layer::Platform), &data)
}

fn sections(view: &View<'_>) -> Vec<Section> {
    let mut sections = calendar::sections(view);
    sections.push(areas::by_area(view));
    sections.push(tools::section(view));
    sections.extend(areas::by_unit(view));
    sections.extend(contracts::seats(view));
    sections.extend(contracts::vendors(view));
    sections.push(control::section(view));
    sections.push(contracts::section(view));
    sections.extend(unknown::sections(view));
    sections.push(usual::section(view));
    sections
}

/// How to write down the first cost.
fn none() -> Section {
    let text = vec![Value::text(
        "No contract is documented, so nothing can be said about costs. A contract that bears the id of its tool covers it:",
    )];
    let snippet = "[contract.hubspot]\nvendor = \"HubSpot\"\nannual-cost = 24_000\nrenewal = 2027-06-01\nnotice-days = 60\nauto-renew = true\nseats = 20\nseats-used = 17\nowner = \"…\"";
    Section::new("none", "How to write down a cost", vec![Block::Empty(Empty { text, snippet: Some(snippet.to_owned()) })])
}

/// The contracts whose decision stands like this.
fn standing<'v, 'a>(view: &'v View<'a>, standing: Standing) -> Vec<&'v Renewal<'a>> {
    view.analysis.renewals().ahead.iter().filter(|one| one.standing == standing).collect()
}

fn known(renewals: &[&Renewal<'_>]) -> f64 {
    renewals.iter().filter_map(|one| one.cost.known()).sum()
}

fn lead(view: &View<'_>) -> Vec<Value> {
    let (spend, outlay) = (view.analysis.spend(), view.analysis.outlay());
    if view.stack.contracts.is_empty() {
        return vec![Value::text("What the stack costs is not documented.")];
    }
    let company = view.stack.company.name.as_str();
    let paid = outlay.tools.values().filter(|tool| tool.amount().is_some()).count();
    let mut lead = vec![
        Value::text(format!("{company} is known to pay ")),
        Link::here(format!("{} a year", money::amount(view, spend.known)), KNOWN).into(),
        Value::text(" for "),
        Link::here(counted(paid, "tool", "tools"), "tools").into(),
        Value::text("."),
    ];
    let (due, passed) = (standing(view, Standing::Due), standing(view, Standing::Passed));
    let several = |renewals: &[&Renewal<'_>]| {
        let contracts = counted(renewals.len(), "contract", "contracts");
        match known(renewals) {
            0.0 => contracts,
            amount => format!("{} in {contracts}", money::amount(view, amount)),
        }
    };
    let decide = |(before, after): (&str, &str)| {
        let soon = Link::here(format!("{} must be decided within {NOTICE_WITHIN} days", several(&due)), "next");
        vec![Value::text(before), soon.into(), Value::text(after)]
    };
    let late = |before: &str| {
        let said = " the last day to give notice is past and the renewal still ahead.";
        vec![Value::text(before), Link::here(several(&passed), "next").into(), Value::text(said)]
    };
    lead.extend(match (due.len(), passed.len()) {
        (0, 0) if undated(view) == 0 => vec![Value::text(format!(" Nothing has to be decided within {NOTICE_WITHIN} days."))],
        (0, 0) => vec![
            Value::text(format!(" No date within {NOTICE_WITHIN} days is known, and ")),
            Link::here(counted(undated(view), "contract has", "contracts have"), "past").into(),
            Value::text(" no renewal ahead."),
        ],
        (_, 0) => decide((" Of it, ", ".")),
        (0, _) => late(" For "),
        _ => [decide((" Of it, ", "")), late("; for ")].concat(),
    });
    let unknown = unknown::tools(view).len();
    if unknown > 0 {
        lead.push(Value::text(" The cost of "));
        lead.push(Link::here(counted(unknown, "tool", "tools"), "unknown").into());
        lead.push(Value::text(" is not known, so the sum is a lower bound."));
    }
    lead
}

/// How many contracts have no renewal ahead.
fn undated(view: &View<'_>) -> usize {
    view.stack.contracts.values().filter(|contract| contract.renewal.is_none_or(|day| day < view.project.today)).count()
}

fn figures(view: &View<'_>) -> Vec<Figure> {
    let (spend, outlay) = (view.analysis.spend(), view.analysis.outlay());
    let revenue = view.stack.company.annual_revenue.map(|revenue| revenue.0).filter(|revenue| *revenue > 0.0);
    let of_revenue = match revenue {
        Some(revenue) if view.disclosed.shows_prices() => vec![
            Value::text(format!("{} of revenue, ", percent(spend.known / revenue))),
            Value::Source(view.source_of_company("annual-revenue")),
        ],
        Some(_) => vec![],
        None => vec![Value::gap("annual-revenue = …")],
    };
    let names = |renewals: &[&Renewal<'_>], otherwise: &str| {
        let contracts = renewals.iter().map(|one| view.link_id(Kind::Contract, one.contract));
        if renewals.is_empty() { vec![Value::text(otherwise)] } else { link_list(contracts.collect(), 4) }
    };
    let (due, passed) = (standing(view, Standing::Due), standing(view, Standing::Passed));
    // Every contract is in one of the two sections.
    let next = if view.analysis.renewals().ahead.is_empty() { "#past" } else { "#next" };
    let idle: u32 = outlay.seats.iter().filter_map(Seats::idle).fold(0, u32::saturating_add);
    let counted_seats = outlay.seats.iter().filter(|seats| seats.used.is_some());
    let all = counted_seats.map(|seats| seats.seats).fold(0, u32::saturating_add);
    let measured = outlay.tools.values().filter(|tool| tool.idle().is_some()).count();
    let seats = vec![Link::here(format!("{idle} of {all} seats"), "seats").into(), Value::text(" that were counted")];
    let capability = vec![
        Value::text("An indication, not a saving: "),
        Link::here(counted(measured, "tool", "tools"), "tools").into(),
        Value::text(" measured"),
    ];
    let no_seats = vec![Value::text("No seats are counted")];
    vec![
        money::figure(
            view,
            "Known cost a year",
            (spend.known > 0.0 || spend.unknown.len() < spend.contracts.len()).then_some(spend.known),
            &format!("#{KNOWN}"),
            of_revenue,
        ),
        money::figure(view, &format!("Decide within {NOTICE_WITHIN} days"), Some(known(&due)), next, names(&due, "Nothing")),
        money::figure(view, "Notice passed", Some(known(&passed)), next, names(&passed, "Nowhere")),
        money::figure(view, "Idle seats", (all > 0).then_some(outlay.idle_seats), "#idle-seats", if all > 0 { seats } else { no_seats }),
        money::figure(view, "Idle capability", (measured > 0).then_some(outlay.idle_capability), "#idle-capability", capability),
    ]
}

/// A sentence that begins with a capital and ends with a stop.
fn sentence(text: &str) -> Vec<Value> {
    vec![Value::text(format!("{}.", capital(text)))]
}
