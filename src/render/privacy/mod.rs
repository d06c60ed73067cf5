//! `privacy.html`: which tools hold people, where objections and consent arrive, and from where somebody has to be deleted.
//!
//! It says what is documented and judges no law.

mod entity;
mod erasure;
mod holdings;
mod map;
mod signals;

pub(super) use self::entity::{of_integration, of_tool};
use super::{
    Page, frame,
    page::{Block, Empty, Figure, Link, ReportPage, Section, Value},
    view::{View, counted},
};
use crate::{
    analysis::personal_data::{Erasure, Holding},
    model::{AnyEntity, Entity, Layer, Tool},
};

/// Where the page is.
pub(super) const URL: &str = "privacy.html";

pub(super) fn page(view: &View<'_>) -> Page {
    let walk = erasure::walk(view);
    let walk = walk.as_ref();
    let is_documented = holding(view).next().is_some() || senders(view).next().is_some();
    let data = ReportPage {
        title: "Personal data".to_owned(),
        lead: if is_documented { lead(view, walk) } else { vec![Value::text("Which tools hold personal data is not documented.")] },
        figures: if is_documented { figures(view, walk) } else { vec![] },
        contents: true,
        sections: if is_documented { sections(view, walk) } else { vec![none()] },
    };
    Page::new("report.html", frame::in_layer(URL, "Personal data", Layer::Proof), &data)
}

fn sections(view: &View<'_>, walk: Option<&Erasure<'_>>) -> Vec<Section> {
    let mut sections: Vec<Section> = signals::section(view).into_iter().collect();
    sections.extend(map::section(view, walk));
    sections.extend(erasure::sections(view, walk));
    sections.push(holdings::tools(view));
    sections.extend(holdings::vendors(view));
    sections.push(rest());
    sections
}

/// How to write down the first piece of personal data.
fn none() -> Section {
    let text = vec![Value::text("No tool says what it holds of people or whether it contacts them, so nothing can be said about either:")];
    let snippet = "[tool.hubspot.data]\npersonal = [\"email\", \"name\"]\nsubjects = [\"leads\"]\nrole = \"processor\"\nregions = [\"us\"]\nretention = \"730d\"\ndeletion = \"api\"\ndpa = 2026-01-31\nsends = [\"email\"]\n\n[privacy]\nsuppression-tool = \"hubspot\"";
    Section::new("none", "How to write down personal data", vec![Block::Empty(Empty { text, snippet: Some(snippet.to_owned()) })])
}

/// What the page does not say, and where the rest is.
fn rest() -> Section {
    let record = vec![
        Value::text("The record of processing activities, a row for each tool and purpose: "),
        Link::site("data/ropa.csv", "data/ropa.csv").into(),
        Value::text("."),
    ];
    let legal = vec![Value::text(
        "All of this is what the stack documents, and no legal advice. What is not documented is not thereby missing, and what is documented is not thereby enough.",
    )];
    Section::new("rest", "The record, and what this page is not", vec![Block::Text { text: record }, Block::Remark { text: legal }])
}

/// The live tools that hold people, as they declare or as is carried into them.
fn holding<'v, 'a>(view: &'v View<'a>) -> impl Iterator<Item = &'v Holding<'a>> {
    view.analysis.data_map().holdings.values().filter(|holding| holding.is_holding())
}

/// The live tools that contact people.
fn senders<'v, 'a>(view: &'v View<'a>) -> impl Iterator<Item = &'a Entity<Tool>> + use<'v, 'a> {
    let live = view.stack.tools.values().filter(|tool| tool.is_live());
    live.filter(|tool| tool.contacts_people())
}

fn lead(view: &View<'_>, walk: Option<&Erasure<'_>>) -> Vec<Value> {
    let data = view.analysis.data_map();
    let (count, sending) = (holding(view).count(), senders(view).count());
    let mut lead = vec![Link::here(counted(count, "live tool holds", "live tools hold"), "tools").into(), Value::text(" personal data")];
    if sending > 0 {
        lead.extend([
            Value::text(", and "),
            Link::here(counted(sending, "tool contacts", "tools contact"), "signals").into(),
            Value::text(" people"),
        ]);
    }
    lead.push(Value::text("."));
    match &data.suppression {
        _ if sending == 0 => {}
        None => lead.push(Value::text(" Where objections are kept is not documented.")),
        Some(suppression) => {
            let missed = suppression.missed(view.stack).count();
            let text = if missed == 0 {
                "An objection reaches all of them".to_owned()
            } else {
                format!("An objection never reaches {missed} of them")
            };
            lead.extend([Value::text(" "), Link::here(text, "signals").into(), Value::text(".")]);
        }
    }
    if let Some(erasure) = walk {
        let missed = erasure.missed().count();
        let all = erasure.steps.len() + erasure.apart.len();
        let text = if missed == 0 { "misses no tool".to_owned() } else { format!("would miss {missed} of {all} tools") };
        if all > 0 {
            lead.extend([Value::text(" A request to be forgotten "), Link::here(text, erasure::ID).into(), Value::text(".")]);
        }
    }
    lead
}

fn figures(view: &View<'_>, walk: Option<&Erasure<'_>>) -> Vec<Figure> {
    let data = view.analysis.data_map();
    let here = |label: &str, number: usize, id: &str, note: String| {
        Figure::new(label, Link::here(number.to_string(), id), vec![Value::text(note)])
    };
    let live = view.stack.tools.values().filter(|tool| tool.is_live()).count();
    let mut figures = vec![here("Tools that hold people", holding(view).count(), "tools", format!("of {live} live tools"))];
    let sending = senders(view).count();
    for (label, signal) in [("Objections never reach", &data.suppression), ("Consent never reaches", &data.consent)] {
        if let Some(signal) = signal.as_ref().filter(|_| sending > 0) {
            figures.push(here(
                label,
                signal.missed(view.stack).count(),
                "signals",
                format!("of {} that contact people", counted(sending, "tool", "tools")),
            ));
        }
    }
    if let Some(erasure) = walk {
        let all = erasure.steps.len() + erasure.apart.len();
        figures.push(here("A request would miss", erasure.missed().count(), erasure::ID, format!("of {}", counted(all, "tool", "tools"))));
    }
    let (signed, all) = holdings::agreements(view);
    if all > 0 {
        figures.push(here("Agreements not documented", all - signed, "vendors", format!("of {}", counted(all, "processor", "processors"))));
    }
    figures
}
