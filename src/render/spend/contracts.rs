//! The contracts themselves: what they cover and how that is divided, their seats, and who is paid.

use super::super::{
    facts, money,
    page::{Block, Cell, Column, ColumnKind, Level, Link, Row, Section, Table, TableStyle, Value},
    view::{View, counted, link_list},
};
use crate::{
    analysis::{CONCENTRATION, ContractCost, How, Seats, VendorCost},
    model::{Kind, percent, trimmed},
};

/// So many contracts, vendors and lists of seats are shown at most.
const MOST: usize = 200;
/// So many tools or contracts are named in a cell at most.
const MOST_NAMES: usize = 8;

/// A line below a table that shows only the first rows.
fn cut(shown: usize, all: usize, many: &str) -> Option<Block> {
    (all > shown).then(|| Block::Remark { text: vec![Value::text(format!("The first {shown} of {all} {many}."))] })
}

pub(super) fn section(view: &View<'_>) -> Section {
    let spend = view.analysis.spend();
    let mut all: Vec<&ContractCost<'_>> = spend.contracts.values().collect();
    money::dearest_first(view, &mut all, |of| of.cost.known().unwrap_or(-1.0));
    let columns = vec![
        Column::new("Contract", ColumnKind::Head),
        Column::new(money::a_year(view), ColumnKind::Number),
        Column::new("Share", ColumnKind::Number),
        Column::new("Marketing’s part", ColumnKind::Number),
        Column::new("Covers, divided", ColumnKind::Text),
        Column::new("Renews", ColumnKind::Number),
        Column::new("Source", ColumnKind::Source),
    ];
    let row = |of: &&ContractCost<'_>| {
        let contract = view.stack.contracts.get(of.contract);
        let part = contract.and_then(|contract| contract.share).map_or(1.0, |share| share.0);
        let key = if contract.is_some_and(|contract| contract.annual_cost.is_some()) { Some("annual-cost") } else { None };
        Row::from(vec![
            view.link_id(Kind::Contract, of.contract).into(),
            money::cost(view, of.cost),
            of.cost.known().map_or_else(facts::nothing, |cost| money::share(view, cost, spend.known)),
            Cell::from(Value::text(percent(part))).sorted_by(part.to_string()),
            covers(view, of),
            contract.and_then(|contract| contract.renewal).map_or_else(facts::nothing, super::calendar::day),
            contract.map_or_else(facts::nothing, |contract| Value::Source(view.source_of(contract, key)).into()),
        ])
    };
    let rows = all.iter().take(MOST).map(row).collect();
    let quiet = || Cell::list(vec![]);
    let cells = vec![
        Cell::from(counted(all.len(), "contract", "contracts").as_str()),
        money::cell(view, spend.known),
        money::share(view, spend.known, spend.known),
        quiet(),
        quiet(),
        quiet(),
        quiet(),
    ];
    let total = Row { id: Some(super::KNOWN.to_owned()), ..Row::from(cells) };
    let table = Table {
        style: TableStyle::Blocks,
        foot: vec![total],
        sortable: true,
        ..Table::plain("Contracts and how they are divided", columns, rows)
    };
    let mut section = Section::new("contracts", "Contracts", vec![Block::Table(table)]);
    section.blocks.extend(cut(MOST, all.len(), "contracts"));
    section.intro = Value::prose(
        "Amounts are marketing’s part, in the currency of the stack. A contract for several tools is divided as its `allocation` says, and \
         equally where that says nothing.",
    );
    section
}

/// What a contract covers, and by what its cost is divided.
fn covers(view: &View<'_>, of: &ContractCost<'_>) -> Cell {
    let division = &of.division;
    let mut values = Vec::new();
    for (at, (tool, share)) in division.shares.iter().take(MOST_NAMES).enumerate() {
        values.extend((at > 0).then(|| Value::text(", ")));
        values.push(view.link_id(Kind::Tool, tool));
        values.extend((of.tools.len() > 1).then(|| Value::quiet(format!(" {}", percent(*share)))));
    }
    if of.tools.len() > MOST_NAMES {
        values.push(Value::text(format!(" and {} more", of.tools.len() - MOST_NAMES)));
    }
    if values.is_empty() {
        values.push(Value::Gap { text: "no tool of the stack".to_owned(), example: Some("covers = [\"…\"]".to_owned()) });
    }
    let mut how = match division.how {
        How::Whole => vec![],
        How::Equally => vec![Value::text("divided equally: nobody says how")],
        How::Allocated => Value::prose("as `allocation` says"),
        How::WithRest => Value::prose("as `allocation` says; what it leaves goes equally to the others"),
        How::Scaled(sum) => Value::prose(&format!("as `allocation` says, scaled: its shares add up to {}, not to 1", trimmed(sum))),
    };
    if !division.ignored.is_empty() {
        how.push(Value::text(if how.is_empty() { "" } else { "; " }));
        how.extend(Value::prose("`allocation` also names what the contract does not cover: "));
        how.extend(link_list(division.ignored.iter().map(|tool| view.link_id(Kind::Tool, tool)).collect(), MOST_NAMES));
    }
    Cell::prose(values).with_sub(how)
}

/// The seats and what idle ones cost; nothing where no contract counts seats.
pub(super) fn seats(view: &View<'_>) -> Option<Section> {
    let outlay = view.analysis.outlay();
    if outlay.seats.is_empty() {
        return None;
    }
    let mut all: Vec<&Seats<'_>> = outlay.seats.iter().collect();
    money::dearest_first(view, &mut all, |seats| seats.idle_cost.unwrap_or(-1.0));
    let currency = view.stack.company.currency();
    let columns = vec![
        Column::new("Contract", ColumnKind::Head),
        Column::new("Seats", ColumnKind::Number),
        Column::new("In use", ColumnKind::Number),
        Column::new("Idle", ColumnKind::Number),
        Column::new(format!("{currency} a seat and year"), ColumnKind::Number),
        Column::new(format!("{currency} idle a year"), ColumnKind::Number),
        Column::new("Source", ColumnKind::Source),
    ];
    let count = |number: u32| Cell::from(Value::text(number.to_string())).sorted_by(number.to_string());
    let row = |seats: &&Seats<'_>| {
        let contract = view.stack.contracts.get(seats.contract);
        let used = seats.used.map_or_else(|| Value::gap("seats-used = …").into(), count);
        let over = seats.used.is_some_and(|used| used > seats.seats);
        let used = if over { used.with_sub(vec![Value::text("more than are paid for")]) } else { used };
        Row::from(vec![
            view.link_id(Kind::Contract, seats.contract).into(),
            count(seats.seats),
            used,
            seats.idle().map_or_else(facts::nothing, count),
            seats.price.map_or_else(facts::nothing, |price| money::cell(view, price)),
            seats.idle_cost.map_or_else(facts::nothing, |cost| money::cell(view, cost)),
            contract.map_or_else(facts::nothing, |contract| Value::Source(view.source_of(contract, Some("seats"))).into()),
        ])
    };
    let rows = all.iter().take(MOST).map(row).collect();
    let quiet = || Cell::list(vec![]);
    let cells = vec![Cell::from("All that is known"), quiet(), quiet(), quiet(), quiet(), money::cell(view, outlay.idle_seats), quiet()];
    let total = Row { id: Some("idle-seats".to_owned()), ..Row::from(cells) };
    let table = Table { style: TableStyle::Blocks, foot: vec![total], ..Table::plain("Seats and what idle ones cost", columns, rows) };
    let mut section = Section::new("seats", "Cost by seat", vec![Block::Table(table)]);
    section.blocks.extend(cut(MOST, all.len(), "contracts"));
    section.intro = vec![Value::text(
        "The price of a seat is the whole contract over its seats, whoever pays for it, as if nothing but seats were paid; idle seats are \
         priced at marketing’s part.",
    )];
    Some(section)
}

/// Who is paid how much; nothing where no cost is known.
pub(super) fn vendors(view: &View<'_>) -> Option<Section> {
    let spend = view.analysis.spend();
    let mut all: Vec<&VendorCost<'_>> = spend.vendors.iter().collect();
    if all.is_empty() {
        return None;
    }
    let name = |of: &VendorCost<'_>| of.vendor.map(str::to_lowercase);
    if !view.disclosed.shows_prices() {
        all.sort_by_key(|of| (name(of).is_none(), name(of)));
    }
    let columns = vec![
        Column::new("Vendor", ColumnKind::Head),
        Column::new(money::a_year(view), ColumnKind::Number),
        Column::new("Share", ColumnKind::Number),
        Column::new("Contracts", ColumnKind::Text),
        Column::hidden("Concentration", ColumnKind::Text),
    ];
    let row = |of: &&VendorCost<'_>| {
        let head = of.vendor.map_or_else(|| Value::gap("vendor = \"…\""), Value::text);
        let contracts = link_list(of.contracts.iter().map(|id| view.link_id(Kind::Contract, id)).collect(), MOST_NAMES);
        let is_large = spend.concentrated().any(|large| std::ptr::eq(large, *of));
        let word = format!("more than {}", percent(CONCENTRATION));
        let mark = if is_large { vec![Value::Level { level: Level::Warning, word }] } else { vec![] };
        Row::from(vec![
            head.into(),
            money::cell(view, of.cost),
            money::share(view, of.cost, spend.known),
            Cell::prose(contracts),
            Cell::list(mark),
        ])
    };
    let rows = all.iter().take(MOST).map(row).collect();
    let table = Table { style: TableStyle::Blocks, ..Table::plain("Vendors by what they are paid", columns, rows) };
    let mut section = Section::new("vendors", "How concentrated are vendors?", vec![Block::Table(table)]);
    section.blocks.extend(cut(MOST, all.len(), "vendors"));
    section.note = Some(counted(all.len(), "vendor", "vendors"));
    section.intro = concentration(view);
    Some(section)
}

/// What the largest vendors take, in a sentence.
fn concentration(view: &View<'_>) -> Vec<Value> {
    let spend = view.analysis.spend();
    if !view.disclosed.shows_prices() || spend.known <= 0.0 {
        return vec![Value::text("Contracts of one vendor are added up; names that differ in case only are one vendor.")];
    }
    let first: f64 = spend.vendors.iter().take(1).map(|of| of.cost).sum();
    let three: f64 = spend.vendors.iter().take(3).map(|of| of.cost).sum();
    let more = if spend.vendors.len() > 3 { format!(", the largest three {}", percent(three / spend.known)) } else { String::new() };
    vec![
        Value::text(format!("The largest takes {} of ", percent(first / spend.known))),
        Link::here("the known cost", super::KNOWN).into(),
        Value::text(format!(
            "{more}. Above {} a vendor sets its price; names that differ in case only are one vendor.",
            percent(CONCENTRATION)
        )),
    ]
}
