//! How many people do marketing operations, beside how many are usual at that revenue.

use super::super::{
    page::{Block, Diagram, Prose, Section, Value},
    picture,
    view::{View, counted, link_list},
};
use crate::{
    analysis::{
        Staffing,
        usual::{SOURCE, Staff},
    },
    diagram::{self, Bar, Bars, Caption, Part},
    model::{Kind, trimmed},
};

/// Width of the picture, px: it fits a phone.
const WIDTH: f64 = 326.0;
/// So many people are named at most.
const MOST_NAMES: usize = 20;

pub(super) fn section(view: &View<'_>) -> Section {
    let staffing = view.analysis.staffing();
    let mut blocks: Vec<Block> = drawn(staffing).into_iter().map(Block::Diagram).collect();
    blocks.push(Block::Remark { text: who(view, staffing) });
    blocks.push(Block::Remark {
        text: vec![Value::text(format!("Source of what is usual: {SOURCE}. It is a rule of thumb, not a target."))],
    });
    let mut section = Section::new("people", "How many people do this work?", blocks);
    section.note = Some(counted(staffing.count(), "person", "people"));
    section.intro = intro(view, staffing);
    section
}

/// What is usual, and how that compares.
fn intro(view: &View<'_>, staffing: &Staffing<'_>) -> Prose {
    let count = staffing.count();
    let here = match count {
        0 => "Nobody in marketing operations is there".to_owned(),
        1 => "One person in marketing operations is there".to_owned(),
        count => format!("{count} people in marketing operations are there"),
    };
    match (staffing.revenue, staffing.usual) {
        (Some(revenue), Some(Staff { least, .. })) if count < least => {
            at(view, &format!("{here}, fewer than the {} that are usual", usual(staffing.usual)), revenue)
        }
        (Some(revenue), Some(_)) => at(view, &format!("{here}; {} are usual", usual(staffing.usual)), revenue),
        (Some(_), None) => vec![Value::text(format!("{here}; of a revenue below 10 million US dollars no number is usual."))],
        (None, _) => {
            let example = match view.stack.company.annual_revenue {
                None => "[stack] annual-revenue = …",
                Some(_) => "[stack] rates = { USD = … }",
            };
            let gap = Value::Gap { text: "How many are usual depends on the revenue".to_owned(), example: Some(example.to_owned()) };
            vec![Value::text(format!("{here}. ")), gap]
        }
    }
}

/// A comparison at the revenue and where that stands, unless it is withheld.
fn at(view: &View<'_>, said: &str, revenue: f64) -> Prose {
    if !view.disclosed.shows_prices() {
        return vec![Value::text(format!("{said} at this revenue."))];
    }
    let million = trimmed((revenue / 1e5).round() / 10.0);
    let source = Value::Source(view.source_of_company("annual-revenue"));
    vec![Value::text(format!("{said} at USD {million} million in revenue (")), source, Value::text(").")]
}

fn usual(staff: Option<Staff>) -> String {
    staff.map_or_else(String::new, Staff::in_words)
}

/// The people by name, and the teams whose people are not listed.
fn who(view: &View<'_>, staffing: &Staffing<'_>) -> Prose {
    if staffing.teams.is_empty() {
        let example = Some("[team.ID] function = \"marketing-operations\"".to_owned());
        return vec![Value::Gap { text: "No team has the function marketing operations".to_owned(), example }];
    }
    let people = staffing.people.iter().map(|person| view.link_id(Kind::Person, person.id.as_str()));
    let unlisted = staffing.unlisted.iter().map(|team| view.link_id(Kind::Team, team.id.as_str()));
    let mut names = link_list(people.chain(unlisted).collect(), MOST_NAMES);
    if names.is_empty() {
        names.push(Value::text("nobody"));
    }
    names.insert(0, Value::text("Counted: "));
    names.push(Value::text(". A team whose people are not listed counts as two; whoever is away does not count."));
    names
}

/// The number here beside the usual range; nothing where no range is known.
fn drawn(staffing: &Staffing<'_>) -> Option<Diagram> {
    let usual = staffing.usual?;
    let length = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let count = staffing.count();
    // A range without an upper end goes on to where the picture ends.
    let most = usual.most.unwrap_or_else(|| (usual.least + 2).max(count));
    let range = format!("{} people", usual.in_words());
    let bars = Bars {
        unit: String::new(),
        width: Some(WIDTH),
        heads: vec!["people".to_owned()],
        rows: vec![
            Bar {
                label: "Here".to_owned(),
                title: format!("Here: {}", counted(count, "person", "people")),
                parts: vec![(Part::Full, length(count))],
                figures: vec![count.to_string()],
                ..Bar::default()
            },
            Bar {
                label: "Usual".to_owned(),
                title: format!("Usual: {range}"),
                parts: vec![(Part::Space, length(usual.least)), (Part::Usual, length(most - usual.least))],
                figures: vec![usual.in_words()],
                ..Bar::default()
            },
        ],
        meaning: vec![(Part::Full, "there today".to_owned()), (Part::Usual, "usual at this revenue".to_owned())],
    };
    let description = format!("{} here, {range} usual.", counted(count, "person", "people"));
    let caption = Caption { prefix: "people-picture", title: "People of marketing operations", description: &description };
    picture::diagram(diagram::bars::picture(&bars, &caption), "people-picture", "People of marketing operations, drawn")
}
