//! What each area and each unit costs.

use super::super::{
    facts, money,
    page::{Block, Cell, Column, ColumnKind, Link, Row, Section, Table, TableStyle, Value},
    picture,
    view::{View, counted, link_list},
};
use crate::{
    analysis::Sum,
    diagram::{Bar, Bars, Caption, Part},
    model::{Area, Kind},
};

/// So many tools of unknown cost are named in a cell at most.
const MOST_NAMES: usize = 5;

/// The id of the rows of an area in the table of tools.
pub(super) fn anchor(area: Area) -> String {
    format!("tools-{}", area.slug())
}

fn columns(view: &View<'_>, what: &str) -> Vec<Column> {
    vec![
        Column::new(what, ColumnKind::Head),
        Column::new("Tools", ColumnKind::Number),
        Column::new(money::a_year(view), ColumnKind::Number),
        Column::new("Share", ColumnKind::Number),
        Column::new("Not known of", ColumnKind::Text),
    ]
}

fn row(view: &View<'_>, head: Value, sum: &Sum<'_>) -> Row {
    let known = view.analysis.spend().known;
    let tools = sum.tools.len() + sum.unknown.iter().filter(|tool| sum.tools.binary_search(tool).is_err()).count();
    let unknown: Vec<Value> = sum.unknown.iter().take(MOST_NAMES + 1).map(|tool| view.link_id(Kind::Tool, tool)).collect();
    let mut names = link_list(unknown, MOST_NAMES);
    if sum.unknown.len() > MOST_NAMES + 1 {
        names.pop();
        names.push(Value::text(format!(" and {} more", sum.unknown.len() - MOST_NAMES)));
    }
    let amount = if sum.tools.is_empty() { facts::nothing() } else { money::cell(view, sum.known) };
    let share = if sum.tools.is_empty() { facts::nothing() } else { money::share(view, sum.known, known) };
    let names = if names.is_empty() { facts::nothing() } else { Cell { join: super::super::page::Join::None, ..Cell::list(names) } };
    Row::from(vec![head.into(), Cell::from(Value::text(tools.to_string())).sorted_by(tools.to_string()), amount, share, names])
}

/// The row of contracts that cover no tool of the stack, where there are some, and the sum of all.
fn rest(view: &View<'_>) -> (Option<Row>, Row) {
    let spend = view.analysis.spend();
    let loose = &view.analysis.outlay().loose;
    let cost: f64 = loose.iter().filter_map(|id| spend.of(id)?.cost.known()).sum();
    let quiet = || Cell::list(vec![]);
    let row =
        |head: Cell, cost: f64| Row::from(vec![head, quiet(), money::cell(view, cost), money::share(view, cost, spend.known), quiet()]);
    let contracts = link_list(loose.iter().map(|id| view.link_id(Kind::Contract, id)).collect(), MOST_NAMES);
    let head = Cell::from("No tool of the stack").with_sub(contracts);
    ((!loose.is_empty()).then(|| row(head, cost)), row(Cell::from("All that is known"), spend.known))
}

/// The cost by area, as bars and as a table.
pub(super) fn by_area(view: &View<'_>) -> Section {
    let areas = &view.analysis.outlay().areas;
    let mut all: Vec<(&Area, &Sum<'_>)> = areas.iter().collect();
    money::dearest_first(view, &mut all, |(_, sum)| sum.known);
    let mut rows: Vec<Row> = all.iter().map(|(area, sum)| row(view, Link::here(area.label(), &anchor(**area)).into(), sum)).collect();
    let (loose, total) = rest(view);
    rows.extend(loose);
    let table = Table { style: TableStyle::Blocks, foot: vec![total], ..Table::plain("Cost by area", columns(view, "Area"), rows) };
    let mut blocks: Vec<Block> = drawn(view, &all).into_iter().collect();
    blocks.push(Block::Table(table));
    let mut section = Section::new("areas", "Cost by area", blocks);
    section.note = Some(counted(all.len(), "area", "areas"));
    section.intro =
        vec![Value::text("Areas are those of the map. Each leads to its tools below, and each tool to the contracts that pay for it.")];
    section
}

/// Bars are as good as amounts: they are drawn only where those are shown.
fn drawn(view: &View<'_>, areas: &[(&Area, &Sum<'_>)]) -> Option<Block> {
    if !view.disclosed.shows_prices() {
        return Some(Block::Remark { text: vec![Value::text("No chart of costs is drawn, because this site withholds prices.")] });
    }
    let known = view.analysis.spend().known;
    let bar = |(area, sum): &(&Area, &Sum<'_>)| Bar {
        label: area.label().to_owned(),
        title: format!("{}: {} a year", area.label(), money::amount(view, sum.known)),
        href: Some(format!("#{}", anchor(**area))),
        parts: vec![(Part::Full, sum.known)],
        figures: vec![money::number(view, sum.known), if known > 0.0 { crate::model::percent(sum.known / known) } else { "–".to_owned() }],
    };
    let bars = Bars {
        unit: view.stack.company.currency().to_owned(),
        width: None,
        heads: vec![money::a_year(view), "share".to_owned()],
        rows: areas.iter().filter(|(_, sum)| !sum.tools.is_empty()).map(bar).collect(),
        meaning: vec![],
    };
    let description = "A bar for each area of the map, as long as what is known to be paid for its tools. The table below says the same.";
    let caption = Caption { prefix: "areas-picture", title: "Cost by area", description };
    picture::bars(&bars, &caption, "Cost by area, drawn").map(Block::Diagram)
}

/// The cost by unit; nothing where the stack has no units.
pub(super) fn by_unit(view: &View<'_>) -> Option<Section> {
    let units = &view.analysis.outlay().units;
    if view.stack.units.is_empty() {
        return None;
    }
    let mut all: Vec<(Option<&str>, &Sum<'_>)> = units.iter().map(|(unit, sum)| (*unit, sum)).collect();
    money::dearest_first(view, &mut all, |(_, sum)| sum.known);
    let head = |unit: Option<&str>| unit.map_or_else(|| Value::text("Shared by all"), |unit| view.link_id(Kind::Unit, unit));
    let mut rows: Vec<Row> = all.iter().map(|(unit, sum)| row(view, head(*unit), sum)).collect();
    let (loose, total) = rest(view);
    rows.extend(loose);
    let table = Table { style: TableStyle::Blocks, foot: vec![total], ..Table::plain("Cost by unit", columns(view, "Unit"), rows) };
    let mut section = Section::new("units", "Cost by unit", vec![Block::Table(table)]);
    section.note = Some(counted(view.stack.units.len(), "unit", "units"));
    section.intro = vec![Value::text("A tool costs the unit that it belongs to, whoever signed its contract.")];
    Some(section)
}
