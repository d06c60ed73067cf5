//! When it is decided: what comes next, the twelve months as a picture and as a table.

use super::super::{
    facts, money,
    page::{Block, Cell, Column, ColumnKind, Level, Link, Row, Section, Table, TableStyle, Value},
    picture,
    view::{View, counted, date, url},
};
use crate::{
    analysis::{CLIFF, Month, Renewal, Renewals, Standing},
    diagram::{Calendar, Caption, Term, TermSort},
    model::{Date, Kind, percent},
};

/// So many contracts are drawn at most, and so many of the next decisions are shown at least and at most.
const MOST_DRAWN: usize = 40;
const NEXT: (usize, usize) = (5, 20);
/// So many names stand in a cell of the months at most.
const MOST_NAMES: usize = 8;

pub(super) fn sections(view: &View<'_>) -> Vec<Section> {
    let renewals = view.analysis.renewals();
    if renewals.ahead.is_empty() {
        return vec![];
    }
    vec![next(view, renewals), calendar(view, renewals)]
}

/// What has to be decided first, and what can no longer be.
fn next(view: &View<'_>, renewals: &Renewals<'_>) -> Section {
    let pressing = renewals.ahead.iter().filter(|one| one.standing != Standing::Ahead).count();
    let shown = pressing.clamp(NEXT.0, NEXT.1);
    let columns = vec![
        Column::new("Contract", ColumnKind::Head),
        Column::new(money::a_year(view), ColumnKind::Number),
        Column::new("Decide by", ColumnKind::Number),
        Column::new("Renews", ColumnKind::Number),
        Column::new("How", ColumnKind::Text),
        Column::new("State", ColumnKind::Text),
        Column::new("Source", ColumnKind::Source),
    ];
    let rows = renewals.ahead.iter().take(shown).map(|one| decision(view, one, renewals.from)).collect();
    let table = Table { style: TableStyle::Blocks, ..Table::plain("What must be decided next", columns, rows) };
    let mut section = Section::new("next", "What must be decided next?", vec![Block::Table(table)]);
    section.note = Some(format!("{} of {}", shown.min(renewals.ahead.len()), counted(renewals.ahead.len(), "contract", "contracts")));
    section.intro = vec![Value::text(
        "A contract that renews by itself is decided by the last day to give notice, any other by the day of its renewal.",
    )];
    section
}

fn decision(view: &View<'_>, one: &Renewal<'_>, today: Date) -> Row {
    let contract = view.stack.contracts.get(one.contract);
    let by_itself = contract.and_then(|contract| contract.auto_renew);
    let how: Cell = match by_itself {
        Some(true) => Cell::from("by itself"),
        Some(false) => Cell::from("ends unless renewed"),
        None => Value::gap("auto-renew = …").into(),
    };
    let how = match contract {
        Some(contract) if by_itself == Some(true) && contract.notice_days.is_none() => {
            how.with_sub(vec![Value::Gap { text: "notice not documented".to_owned(), example: Some("notice-days = …".to_owned()) }])
        }
        _ => how,
    };
    Row::from(vec![
        view.link_id(Kind::Contract, one.contract).into(),
        money::cost(view, one.cost),
        day(one.last).with_sub(vec![Value::text(one.last.away_from(today))]),
        day(one.renewal),
        how,
        state(one.standing).into(),
        contract.map_or_else(facts::nothing, |contract| Value::Source(view.source_of(contract, Some("renewal"))).into()),
    ])
}

/// A day as a table shows it.
pub(super) fn day(day: Date) -> Cell {
    facts::short(date(day).into())
}

/// How a decision stands, in words.
fn state(standing: Standing) -> Value {
    match standing {
        Standing::Passed => Value::Level { level: Level::Error, word: "notice passed".to_owned() },
        Standing::Due => Value::Level { level: Level::Warning, word: "due".to_owned() },
        Standing::Ahead => Value::quiet("ahead"),
    }
}

fn calendar(view: &View<'_>, renewals: &Renewals<'_>) -> Section {
    let mut blocks = Vec::new();
    let within = renewals.within().count();
    if let Some(mut diagram) = drawn(view, renewals) {
        if within > MOST_DRAWN {
            diagram.caption = super::sentence(&format!("the first {MOST_DRAWN} of {within} contracts; the table holds all"));
        }
        blocks.push(Block::Diagram(diagram));
    }
    blocks.push(Block::Table(months(view, renewals)));
    let cliffs: Vec<&Month<'_>> = renewals.months.iter().filter(|month| month.is_cliff).collect();
    let mut section = Section::new("calendar", "Renewal calendar", blocks);
    section.note = Some(format!("{} – {}", renewals.from.in_short(), renewals.until.in_short()));
    section.intro = said(&cliffs);
    section.intro.push(Value::text(format!(
        " A month counts as a cliff if more than {} of the known yearly cost renews in it: an assumption of this page, not a rule of accounting.",
        percent(CLIFF)
    )));
    section
}

/// Which months are cliffs, each leading to its row.
fn said(cliffs: &[&Month<'_>]) -> Vec<Value> {
    let mut values = Vec::new();
    for (at, month) in cliffs.iter().enumerate() {
        let between = if at + 1 == cliffs.len() { " and " } else { ", " };
        values.extend((at > 0).then(|| Value::text(between)));
        values.push(Link::here(month.from.month(), &anchor(month)).into());
    }
    values.push(Value::text(match cliffs.len() {
        0 => "No month is a cliff.",
        1 => " is a cliff.",
        _ => " are cliffs.",
    }));
    values
}

/// The id of the row of a month.
fn anchor(month: &Month<'_>) -> String {
    format!("month-{}", month.from.to_string().get(..7).unwrap_or_default())
}

/// The calendar as a picture.
fn drawn(view: &View<'_>, renewals: &Renewals<'_>) -> Option<super::super::page::Diagram> {
    let first = renewals.from.first_of_month();
    let from_first = |day: Date| f64::from(i32::try_from(day.days_since(first)).unwrap_or(i32::MAX));
    let name = |at: usize, month: Date| {
        let text = month.month();
        // The year stands where it changes.
        if at == 0 || text.starts_with("Jan") { text } else { text.split(' ').next().unwrap_or_default().to_owned() }
    };
    let months = renewals.months.iter().enumerate();
    let months: Vec<(f64, String)> = months.map(|(at, month)| (from_first(month.from.first_of_month()), name(at, month.from))).collect();
    let last = renewals.until.first_of_month().plus_months(1);
    let term = |one: &Renewal<'_>| {
        let name = super::super::words::name(view, Kind::Contract, one.contract);
        Term {
            title: format!("{name}: decide by {}, renews on {}", one.last.in_words(), one.renewal.in_words()),
            label: name,
            href: Some(url(Kind::Contract, one.contract)),
            decide: from_first(one.last),
            renews: from_first(one.renewal),
            sort: match one.standing {
                Standing::Passed => TermSort::Passed,
                Standing::Due => TermSort::Due,
                Standing::Ahead => TermSort::Ahead,
            },
            figure: one.cost.known().map_or_else(|| "unknown".to_owned(), |cost| money::number(view, cost)),
        }
    };
    let calendar = Calendar {
        days: from_first(last),
        months,
        today: from_first(renewals.from),
        head: money::a_year(view),
        terms: renewals.within().take(MOST_DRAWN).map(term).collect(),
    };
    let description = format!(
        "{} by the last day to decide, over twelve months. The table below says the same in words.",
        super::super::view::capital(&counted(calendar.terms.len(), "contract", "contracts"))
    );
    let caption = Caption { prefix: "calendar-picture", title: "Renewal calendar", description: &description };
    picture::calendar(&calendar, &caption, "Renewal calendar")
}

/// The calendar as a table.
fn months(view: &View<'_>, renewals: &Renewals<'_>) -> Table {
    let columns = vec![
        Column::new("Month", ColumnKind::Head),
        Column::new("To be decided", ColumnKind::Text),
        Column::new("Renewing", ColumnKind::Text),
        Column::new(format!("{} renewing", view.stack.company.currency()), ColumnKind::Number),
        Column::new("Share of the known cost", ColumnKind::Number),
        Column::hidden("Cliff", ColumnKind::Text),
    ];
    let known = view.analysis.spend().known;
    let dated: std::collections::BTreeMap<&str, &Renewal<'_>> = renewals.ahead.iter().map(|one| (one.contract, one)).collect();
    let names = |contracts: &[&str], day: &dyn Fn(&Renewal<'_>) -> Date| {
        let name = |id: &&str| {
            let on = dated.get(id).map(|one| Value::quiet(format!(" {}", day_of_month(day(one)))));
            [Some(view.link_id(Kind::Contract, id)), on].into_iter().flatten().collect::<Vec<_>>()
        };
        let mut values = Vec::new();
        for (at, id) in contracts.iter().take(MOST_NAMES).enumerate() {
            values.extend((at > 0).then(|| Value::text(", ")));
            values.extend(name(id));
        }
        if contracts.len() > MOST_NAMES {
            values.push(Value::text(format!(" and {} more", contracts.len() - MOST_NAMES)));
        }
        if values.is_empty() { facts::nothing() } else { Cell { join: super::super::page::Join::None, ..Cell::list(values) } }
    };
    let row = |month: &Month<'_>| {
        let cliff =
            if month.is_cliff { Cell::from(Value::Level { level: Level::Warning, word: "cliff".to_owned() }) } else { Cell::list(vec![]) };
        let is_empty = month.renewing.is_empty();
        let cells = vec![
            Cell::from(Value::text(month.from.month())).sorted_by(month.from.to_string()),
            names(&month.decided, &|one| one.last),
            names(&month.renewing, &|one| one.renewal),
            if is_empty { facts::nothing() } else { money::cell(view, month.known) },
            if is_empty { facts::nothing() } else { money::share(view, month.known, known) },
            cliff,
        ];
        Row { id: month.is_cliff.then(|| anchor(month)), ..Row::from(cells) }
    };
    let rows = renewals.months.iter().map(row).collect();
    Table { style: TableStyle::Blocks, ..Table::plain("Twelve months, month by month", columns, rows) }
}

/// The day of the month: `on 14`.
fn day_of_month(day: Date) -> String {
    let text = day.in_short();
    format!("on {}", text.split(' ').next().unwrap_or_default())
}
