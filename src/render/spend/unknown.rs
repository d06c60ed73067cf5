//! What is not known of the costs, with what to write where; and contracts that do not run today.

use std::collections::BTreeSet;

use super::{
    super::{
        facts, money,
        page::{Block, Cell, Column, ColumnKind, Prose, Row, Section, Table, TableStyle, Value},
        view::{View, counted},
    },
    calendar::day,
};
use crate::{
    analysis::{Cost, ToolCost},
    model::{AnyEntity, Kind},
};

/// So many tools and contracts are listed at most.
const MOST: usize = 100;

/// The live production tools of whose cost at least a part is not known.
pub(super) fn tools<'v, 'a>(view: &'v View<'a>) -> Vec<&'v ToolCost<'a>> {
    let is_asked = |cost: &&ToolCost<'_>| view.stack.tools.get(cost.tool).is_some_and(|tool| tool.is_live_production());
    let is_unknown = |cost: &&ToolCost<'_>| cost.paid.is_empty() || !cost.unknown.is_empty();
    view.analysis.outlay().tools.values().filter(is_asked).filter(is_unknown).collect()
}

/// Why the cost of a tool, or a part of it, is not known; nothing where it is.
pub(super) fn why(view: &View<'_>, cost: &ToolCost<'_>) -> Option<Prose> {
    match cost.unknown.as_slice() {
        [] if cost.paid.is_empty() => Some(vec![Value::Gap { text: "no contract covers it".to_owned(), example: None }]),
        [] => None,
        [(contract, why), rest @ ..] => {
            let mut out = vec![
                view.link_id(Kind::Contract, contract),
                Value::text(match why {
                    Cost::NoRate(currency) => format!(" is in {currency}, without a rate"),
                    _ => " does not say what it costs".to_owned(),
                }),
            ];
            out.extend(
                (!rest.is_empty()).then(|| Value::text(format!(", and {}", counted(rest.len(), "more contract", "more contracts")))),
            );
            Some(out)
        }
    }
}

/// What to write for the cost of a tool to be known.
fn remedy(cost: &ToolCost<'_>) -> Prose {
    match cost.unknown.first() {
        None => vec![Value::code(format!("[contract.{}] annual-cost = …", cost.tool))],
        Some((_, Cost::NoRate(currency))) => vec![Value::code(format!("[stack] rates = {{ {currency} = … }}"))],
        Some((contract, _)) => vec![Value::code(format!("[contract.{contract}] annual-cost = …"))],
    }
}

pub(super) fn sections(view: &View<'_>) -> Vec<Section> {
    [unknown(view), idle(view)].into_iter().flatten().collect()
}

/// The tools of unknown cost, and the contracts of unknown cost that cover no such tool.
fn unknown(view: &View<'_>) -> Option<Section> {
    let tools = tools(view);
    let told: BTreeSet<&str> = tools.iter().flat_map(|cost| cost.unknown.iter().map(|(contract, _)| *contract)).collect();
    let spend = view.analysis.spend();
    let contracts: Vec<&str> = spend.unknown.iter().copied().filter(|contract| !told.contains(contract)).collect();
    if tools.is_empty() && contracts.is_empty() {
        return None;
    }
    let columns = vec![
        Column::new("What", ColumnKind::Head),
        Column::new("Why it is not known", ColumnKind::Text),
        Column::new("To add it", ColumnKind::Text),
        Column::new("Source", ColumnKind::Source),
    ];
    let prose = |values: Prose| Cell { join: super::super::page::Join::None, ..Cell::list(values) };
    let source = |entity: Option<&dyn AnyEntity>| entity.map_or_else(facts::nothing, |of| Value::Source(view.source_of(of, None)).into());
    let of_tool = |cost: &&ToolCost<'_>| {
        let at = match cost.unknown.first() {
            Some((contract, _)) => view.stack.get(Kind::Contract, contract),
            None => view.stack.get(Kind::Tool, cost.tool),
        };
        let why = why(view, cost).unwrap_or_default();
        Row::from(vec![view.link_id(Kind::Tool, cost.tool).into(), prose(why), prose(remedy(cost)), source(at)])
    };
    let of_contract = |id: &&str| {
        let cost = spend.of(id).map_or(Cost::Undocumented, |of| of.cost);
        let (why, remedy) = match cost {
            Cost::NoRate(currency) => (format!("it is in {currency}, without a rate"), format!("[stack] rates = {{ {currency} = … }}")),
            _ => ("it does not say what it costs".to_owned(), format!("[contract.{id}] annual-cost = …")),
        };
        let at = view.stack.get(Kind::Contract, id);
        Row::from(vec![view.link_id(Kind::Contract, id).into(), Cell::from(why.as_str()), Value::code(remedy).into(), source(at)])
    };
    let rows: Vec<Row> = tools.iter().take(MOST).map(of_tool).chain(contracts.iter().take(MOST).map(of_contract)).collect();
    let table = Table { style: TableStyle::Blocks, ..Table::plain("Costs that are not known", columns, rows) };
    let mut section = Section::new("unknown", "What is not known", vec![Block::Table(table)]);
    let all = tools.len() + contracts.len();
    section.note = Some(if all > MOST { format!("the first {MOST} of {all}") } else { counted(all, "cost", "costs") });
    section.intro =
        vec![Value::text("Nothing is summed over these in silence: every sum on this page leaves them out. Write 0 for what is free.")];
    Some(section)
}

/// Contracts that do not run today, or of which nobody knows until when they do.
fn idle(view: &View<'_>) -> Option<Section> {
    let renewals = view.analysis.renewals();
    let spend = view.analysis.spend();
    let columns = vec![
        Column::new("Contract", ColumnKind::Head),
        Column::new(money::a_year(view), ColumnKind::Number),
        Column::new("Day", ColumnKind::Number),
        Column::new("What that means", ColumnKind::Text),
        Column::new("Source", ColumnKind::Source),
    ];
    let row = |id: &str, key: Option<&str>, words: &str| {
        let contract = view.stack.contracts.get(id);
        let date = contract.and_then(|contract| if key == Some("start") { contract.start } else { contract.renewal });
        Row::from(vec![
            view.link_id(Kind::Contract, id).into(),
            spend.of(id).map_or_else(facts::nothing, |of| money::cost(view, of.cost)),
            date.map_or_else(facts::nothing, day),
            Cell { join: super::super::page::Join::None, ..Cell::list(Value::prose(words)) },
            contract.map_or_else(facts::nothing, |contract| Value::Source(view.source_of(contract, key)).into()),
        ])
    };
    let renews = |id: &str| view.stack.contracts.get(id).is_some_and(|contract| contract.auto_renew == Some(true));
    let past = renewals.past.iter().map(|id| {
        let words = if renews(id) {
            "has renewed by itself unless somebody gave notice; write the next `renewal`"
        } else {
            "has ended unless somebody renewed it; write the next `renewal`, or remove it"
        };
        row(id, Some("renewal"), words)
    });
    let later = renewals.later.iter().map(|id| row(id, Some("start"), "has not begun"));
    let undated = renewals.undated.iter().map(|id| row(id, None, "runs until somebody ends it, or nobody has written `renewal = …`"));
    let rows: Vec<Row> = past.chain(later).chain(undated).take(MOST).collect();
    if rows.is_empty() {
        return None;
    }
    let all = renewals.past.len() + renewals.later.len() + renewals.undated.len();
    let table = Table { style: TableStyle::Blocks, ..Table::plain("Contracts that ended, have not begun, or have no date", columns, rows) };
    let mut section = Section::new("past", "Ended, not begun, or without a date", vec![Block::Table(table)]);
    section.note = Some(counted(all, "contract", "contracts"));
    section.intro = vec![Value::text("Their costs are part of the sums on this page: nobody has confirmed that they are not paid.")];
    Some(section)
}
