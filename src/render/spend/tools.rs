//! What each tool costs, by which contract, and how much of it is in use.

use super::{
    super::{
        facts, money,
        page::{Block, Cell, Column, ColumnKind, Link, Row, RowGroup, RowState, Section, Table, TableStyle, Value},
        picture,
        view::{View, counted, url},
    },
    areas::anchor,
    unknown,
};
use crate::{
    analysis::{Paid, ToolCost},
    diagram::{Bar, Bars, Caption, Part},
    model::{AnyEntity, Area, Kind, percent},
};

/// So many tools are drawn, and so many of an area are listed, at most.
const MOST_DRAWN: usize = 15;
const MOST_LISTED: usize = 20;
/// So many contracts of a tool are named at most.
const MOST_CONTRACTS: usize = 5;

pub(super) fn section(view: &View<'_>) -> Section {
    let outlay = view.analysis.outlay();
    let mut blocks: Vec<Block> = drawn(view).into_iter().map(Block::Diagram).collect();
    let groups = outlay.areas.keys().map(|area| group(view, *area)).collect();
    let columns = vec![
        Column::new("Tool", ColumnKind::Head),
        Column::new("Unit", ColumnKind::Text),
        Column::new(money::a_year(view), ColumnKind::Number),
        Column::new("By contract", ColumnKind::Text),
        Column::new("In use", ColumnKind::Number),
        Column::new("Idle, an indication", ColumnKind::Number),
    ];
    let quiet = || Cell::list(vec![]);
    let known = money::cell(view, outlay.tools.values().map(|cost| cost.known).sum());
    let total =
        vec![Cell::from("All tools, as far as is known"), quiet(), known, quiet(), quiet(), money::cell(view, outlay.idle_capability)];
    let foot = vec![Row { id: Some("idle-capability".to_owned()), ..Row::from(total) }];
    let table = Table { style: TableStyle::Blocks, groups, foot, ..Table::plain("Cost by tool", columns, vec![]) };
    blocks.push(Block::Table(table));
    let mut section = Section::new("tools", "Cost and use by tool", blocks);
    section.note = Some(counted(outlay.tools.len(), "tool", "tools"));
    section.intro = vec![Value::text(
        "What is idle is the share of a tool's capability that nobody uses, priced at its cost. It shows where to look, not what can be \
         saved: nobody sells half a tool, and idle seats are partly the same money.",
    )];
    section
}

/// The tools of an area.
fn group(view: &View<'_>, area: Area) -> RowGroup {
    let outlay = view.analysis.outlay();
    let of_area = outlay.tools.values().filter(|cost| view.stack.tools.get(cost.tool).is_some_and(|tool| tool.category.area() == area));
    let mut tools: Vec<&ToolCost<'_>> = of_area.collect();
    money::dearest_first(view, &mut tools, |cost| cost.known);
    let count = tools.len();
    let mut rows: Vec<Row> = tools.iter().take(MOST_LISTED).map(|cost| row(view, cost)).collect();
    if let Some(rest) = tools.get(MOST_LISTED..).filter(|rest| !rest.is_empty()) {
        let sum = rest.iter().map(|cost| cost.known).sum();
        let head = Cell::from(Value::text(format!("{} more", rest.len())));
        let head = head.with_sub(vec![Value::text("what they cost: "), Link::here("by contract", "contracts").into()]);
        rows.push(Row::from(vec![head, facts::nothing(), money::cell(view, sum), facts::nothing(), facts::nothing(), facts::nothing()]));
    }
    RowGroup { id: Some(anchor(area)), title: Some(area.label().to_owned()), count: Some(count), rows }
}

fn row(view: &View<'_>, cost: &ToolCost<'_>) -> Row {
    let tool = view.stack.tools.get(cost.tool);
    let unit = tool.and_then(AnyEntity::unit).map_or_else(facts::nothing, |unit| view.link_id(Kind::Unit, unit).into());
    let is_live = tool.is_some_and(AnyEntity::is_live);
    let mut head = Cell::from(view.link_id(Kind::Tool, cost.tool));
    if !is_live {
        head = head.with_sub(vec![Value::text(if cost.known > 0.0 { "not live, and still paid for" } else { "not live" })]);
    }
    let amount = match cost.amount() {
        Some(amount) if cost.unknown.is_empty() => money::cell(view, amount),
        Some(amount) => money::cell(view, amount).with_sub(vec![Value::text("at least")]),
        None => Value::Gap { text: "not known".to_owned(), example: None }.into(),
    };
    let in_use = match (cost.in_use, tool) {
        (Some(share), _) => Cell::from(Value::text(percent(share))).sorted_by(share.to_string()),
        (None, _) => Value::Gap { text: "not measured".to_owned(), example: None }.into(),
    };
    let idle = cost.idle().filter(|_| is_live).map_or_else(facts::nothing, |idle| money::cell(view, idle));
    let state = if is_live { RowState::Normal } else { RowState::Past };
    Row { state, ..Row::from(vec![head, unit, amount, contracts(view, cost), in_use, idle]) }
}

/// The contracts that pay for a tool, with its part where it is not the only one.
fn contracts(view: &View<'_>, cost: &ToolCost<'_>) -> Cell {
    let paid = |paid: &Paid<'_>| {
        let share = view.analysis.spend().of(paid.contract).and_then(|of| of.division.of(cost.tool));
        let part = share.filter(|_| !paid.is_whole).map(|share| Value::quiet(format!(" {} of it", percent(share))));
        [Some(view.link_id(Kind::Contract, paid.contract)), part].into_iter().flatten().collect::<Vec<_>>()
    };
    let mut values = Vec::new();
    for (at, one) in cost.paid.iter().take(MOST_CONTRACTS).enumerate() {
        values.extend((at > 0).then(|| Value::text(", ")));
        values.extend(paid(one));
    }
    if cost.paid.len() > MOST_CONTRACTS {
        values.push(Value::text(format!(" and {} more", cost.paid.len() - MOST_CONTRACTS)));
    }
    if let Some(why) = unknown::why(view, cost) {
        values.extend((!values.is_empty()).then_some(Value::Break));
        values.extend(why);
    }
    if values.is_empty() { facts::nothing() } else { Cell::prose(values) }
}

/// The dearest tools as bars, with how much of each is in use; only where prices are shown.
fn drawn(view: &View<'_>) -> Option<super::super::page::Diagram> {
    if !view.disclosed.shows_prices() {
        return None;
    }
    let mut tools: Vec<&ToolCost<'_>> = view.analysis.outlay().tools.values().filter(|cost| cost.known > 0.0).collect();
    tools.sort_by(|a, b| b.known.total_cmp(&a.known));
    let bar = |cost: &&ToolCost<'_>| {
        let name = super::super::words::name(view, Kind::Tool, cost.tool);
        let used = cost.in_use.map(|share| share.clamp(0.0, 1.0));
        let words = used.map_or_else(|| "not measured".to_owned(), percent);
        Bar {
            title: format!("{name}: {} a year, in use: {words}", money::amount(view, cost.known)),
            label: name,
            href: Some(url(Kind::Tool, cost.tool)),
            parts: match used {
                Some(share) => vec![(Part::Full, cost.known * share), (Part::Rest, cost.known * (1.0 - share))],
                None => vec![(Part::Unknown, cost.known)],
            },
            figures: vec![money::number(view, cost.known), words],
        }
    };
    let bars = Bars {
        unit: view.stack.company.currency().to_owned(),
        width: None,
        heads: vec![money::a_year(view), "capability in use".to_owned()],
        rows: tools.iter().take(MOST_DRAWN).map(bar).collect(),
        meaning: vec![
            (Part::Full, "share of the capability in use".to_owned()),
            (Part::Rest, "paid for and not in use".to_owned()),
            (Part::Unknown, "not measured".to_owned()),
        ],
    };
    let description = "A bar for each of the dearest tools, as long as its cost, filled as far as its capability is in use. The table below says the same.";
    let caption = Caption { prefix: "tools-picture", title: "Cost and use by tool", description };
    let mut diagram = picture::bars(&bars, &caption, "Cost and use by tool, drawn")?;
    if tools.len() > MOST_DRAWN {
        diagram.caption = super::sentence(&format!("the {MOST_DRAWN} dearest of {} tools; the table holds all", tools.len()));
    }
    Some(diagram)
}
