//! How the stack compares with what is usual for a company of that revenue, each figure with where it comes from.

use super::super::{
    money,
    page::{Block, Cell, Column, ColumnKind, Link, Prose, Row, Section, Table, TableStyle, Value},
    view::{View, counted},
};
use crate::{
    analysis::usual::{self, SOURCE, Staff, technology, tools},
    model::{percent, thousands, trimmed},
};

pub(in super::super) fn section(view: &View<'_>) -> Section {
    let columns = vec![
        Column::new("Measure", ColumnKind::Head),
        Column::new("Here", ColumnKind::Text),
        Column::new("Usual", ColumnKind::Text),
        Column::new("Which says", ColumnKind::Text),
        Column::new("Where the figure comes from", ColumnKind::Text),
    ];
    let row = |measure: &str, here: Prose, usual: String, says: Prose| {
        Row::from(vec![Cell::from(measure), Cell::prose(here), Cell::from(usual.as_str()), Cell::prose(says), Cell::from(SOURCE)])
    };
    let rows = vec![
        {
            let (here, says) = tool_count(view);
            row("Live tools in production", here, in_words(), says)
        },
        {
            let (here, says) = in_use(view);
            let (from, to) = usual::UNGOVERNED_USE;
            row("Capability in use", here, format!("{}–{} where nobody governs", trimmed(from * 100.0), percent(to)), says)
        },
        {
            let (here, says) = staff(view);
            row("People in marketing operations", here, staff_in_words(), says)
        },
        {
            let (here, says) = spent(view);
            let ((from, to), (least, most)) = (technology::REVENUE, technology::COST);
            let usual =
                format!("USD {}–{} at {}–{} million in revenue", thousands(least), thousands(most), trimmed(from / 1e6), trimmed(to / 1e6));
            let usual = if view.disclosed.shows_prices() { usual } else { view.disclosed.text(&usual).into_owned() };
            row("Technology a year", here, usual, says)
        },
    ];
    let table = Table { style: TableStyle::Blocks, ..Table::plain("This stack beside what is usual", columns, rows) };
    let mut section = Section::new("usual", "How does it compare?", vec![Block::Table(table)]);
    section.intro = vec![Value::text("What is usual is a rule of thumb, not a target. Revenue is taken in US dollars.")];
    section
}

/// What is usual of the number of tools: `well run 10–15, average 18–22, neglected 30 and more`.
pub(in super::super) fn in_words() -> String {
    let ((well, most), (from, to)) = (tools::WELL_RUN, tools::AVERAGE);
    format!("well run {well}–{most}, average {from}–{to}, neglected {} and more", tools::NEGLECTED)
}

/// What is usual of the number of people, by revenue.
fn staff_in_words() -> String {
    let mut bands: Vec<String> = Vec::new();
    let mut until: Option<f64> = None;
    for staff in usual::STAFF {
        let from = trimmed(staff.from / 1e6);
        let band = until.map_or_else(|| format!("above {from} million"), |until| format!("at {from}–{} million", trimmed(until / 1e6)));
        bands.push(format!("{} {band}", staff.in_words()));
        until = Some(staff.from);
    }
    bands.reverse();
    format!("{} in revenue", bands.join(", "))
}

/// What would have to be written for the revenue to be known in US dollars.
fn no_revenue(view: &View<'_>) -> Prose {
    let company = &view.stack.company;
    let (text, example) = match company.annual_revenue {
        None => ("the revenue is not documented", "[stack] annual-revenue = …"),
        Some(_) => ("the revenue cannot be told in US dollars", "[stack] rates = { USD = … }"),
    };
    vec![Value::Gap { text: text.to_owned(), example: Some(example.to_owned()) }]
}

fn tool_count(view: &View<'_>) -> (Prose, Prose) {
    let count = view.stack.tools.values().filter(|tool| tool.is_live_production()).count();
    let says = match count {
        0 => "no tool is described",
        count if count < tools::WELL_RUN.0 => "fewer than most",
        count if count <= tools::WELL_RUN.1 => "as in a well-run stack",
        count if count < tools::AVERAGE.0 => "between well run and average",
        count if count <= tools::AVERAGE.1 => "average",
        count if count < tools::NEGLECTED => "more than on average",
        _ => "as many as in a neglected stack",
    };
    (vec![Link::site(count.to_string(), "tools/index.html").into()], vec![Value::text(says)])
}

/// The share of capability in use, the mean of the tools that somebody has measured.
fn in_use(view: &View<'_>) -> (Prose, Prose) {
    let Some((share, count)) = view.analysis.outlay().mean_use(view.stack) else {
        let example = Some("[tool.ID.adoption] used = […]".to_owned());
        return (vec![Value::Gap { text: "nobody has measured it".to_owned(), example }], vec![Value::text("nothing can be said")]);
    };
    let (_, most) = usual::UNGOVERNED_USE;
    let place = if view.stack.contracts.is_empty() { "tools/index.html" } else { "#tools" };
    let measured = Link::to(counted(count, "measured tool", "measured tools"), place);
    let here = vec![Value::text(format!("{} on average of ", percent(share))), measured.into()];
    let says = if share > most { "more than where nobody governs" } else { "no more than where nobody governs" };
    (here, vec![Value::text(says)])
}

fn staff(view: &View<'_>) -> (Prose, Prose) {
    let staffing = view.analysis.staffing();
    let count = staffing.count();
    let here = vec![Link::site(count.to_string(), "charter.html#people").into()];
    let says = match (staffing.revenue, staffing.usual) {
        (None, _) => return (here, no_revenue(view)),
        (Some(_), None) => "nothing is said of a revenue below 10 million".to_owned(),
        (Some(_), Some(Staff { least, .. })) if count < least => format!("fewer than usual at this revenue: {least} at least"),
        (Some(_), Some(usual)) if usual.most.is_some_and(|most| count > most) => {
            format!("more than usual at this revenue: {}", usual.in_words())
        }
        (Some(_), Some(usual)) => format!("as usual at this revenue: {}", usual.in_words()),
    };
    (here, vec![Value::text(says)])
}

fn spent(view: &View<'_>) -> (Prose, Prose) {
    let spend = view.analysis.spend();
    let here = if spend.contracts.is_empty() {
        vec![Value::Gap { text: "no cost is documented".to_owned(), example: None }]
    } else {
        vec![Link::here(money::amount(view, spend.known), super::KNOWN).into(), Value::text(", as far as is known")]
    };
    let company = &view.stack.company;
    let (Some(revenue), Some(rate)) = (company.revenue_in_usd(), company.rate("USD")) else { return (here, no_revenue(view)) };
    let ((from, to), (least, most)) = (technology::REVENUE, technology::COST);
    let cost = spend.known / rate;
    let says = match () {
        () if !(from..=to).contains(&revenue) => "nothing is said of this revenue",
        () if !view.disclosed.shows_prices() => "withheld",
        () if cost < least => "less than usual",
        () if cost <= most => "as usual",
        () => "more than usual",
    };
    (here, vec![Value::text(says)])
}
