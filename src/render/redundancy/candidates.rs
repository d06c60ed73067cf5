//! Each tool of a group as the one to do without: what would move, what would be lost, what is saved and by when.

use super::super::{
    facts, money,
    page::{Block, Cell, Column, ColumnKind, Level, Prose, Row, Table, TableStyle, Value},
    view::{View, counted, counted_kind, date_in_short, link_list},
    words,
};
use crate::{
    analysis::{Candidate, Choice, Ending, Moves, Reason, Standing},
    model::{AnyEntity, Kind},
};

/// So many candidates of a group are shown at most.
pub(super) const MOST: usize = 8;
/// So many things of a kind are named at most.
const MOST_NAMES: usize = 6;

/// The kinds of what lives in a tool or draws on it, in the order of the page.
const OTHERS: [Kind; 8] =
    [Kind::Automation, Kind::Routing, Kind::Scoring, Kind::Audience, Kind::Lifecycle, Kind::Metric, Kind::Report, Kind::Attribution];

pub(super) fn columns(view: &View<'_>) -> Vec<Column> {
    vec![
        Column::new("Do without", ColumnKind::Head),
        Column::bare("What would have to move"),
        Column::new("What the others here lack", ColumnKind::Text),
        Column::new(money::a_year(view), ColumnKind::Number),
        Column::new("Saved", ColumnKind::Number),
        Column::new("Notice by", ColumnKind::Text),
    ]
}

pub(super) fn table(view: &View<'_>, choice: &Choice<'_>, label: &str) -> Table {
    Table { style: TableStyle::Blocks, ..Table::plain(label, columns(view), rows(view, choice)) }
}

/// What the table leaves out.
pub(super) fn remark(choice: &Choice<'_>) -> Option<Block> {
    let all = choice.candidates.len();
    (all > MOST).then(|| Block::Remark { text: vec![Value::text(format!("The first {MOST} of {all} tools, in their order."))] })
}

pub(super) fn rows(view: &View<'_>, choice: &Choice<'_>) -> Vec<Row> {
    choice.candidates.iter().take(MOST).enumerate().map(|(at, candidate)| row(view, candidate, at == 0)).collect()
}

fn row(view: &View<'_>, candidate: &Candidate<'_>, is_first: bool) -> Row {
    let tool = view.stack.tools.get(candidate.tool);
    // As text: the tool leads to it, and lines with links stand far from one another.
    let unit = tool.and_then(AnyEntity::unit).map(|unit| Value::text(words::name(view, Kind::Unit, unit)));
    let mut below: Prose = unit.into_iter().flat_map(|unit| [unit, Value::Break]).collect();
    below.extend(why(view, candidate, is_first));
    let lost: Vec<Value> = candidate.lost.iter().map(|capability| Value::text(capability.replace('-', " "))).collect();
    let lost = if lost.is_empty() { facts::nothing() } else { prose(link_list(lost, MOST_NAMES)) };
    Row::from(vec![
        Cell::from(view.link_id(Kind::Tool, candidate.tool)).with_sub(below),
        moves(view, &candidate.moves),
        lost,
        cost(view, candidate),
        saved(view, candidate),
        notice(view, &candidate.endings),
    ])
}

fn prose(values: Prose) -> Cell {
    Cell::prose(values)
}

/// Why a candidate stands where it does.
fn why(view: &View<'_>, candidate: &Candidate<'_>, is_first: bool) -> Prose {
    let count = counted(candidate.moves.count(), "thing", "things");
    let text = match candidate.reason {
        Reason::Going => return going(view, candidate.tool, &count),
        Reason::Nothing => "nothing is known that would have to move".to_owned(),
        Reason::Least if is_first => format!("least to move: {count}"),
        Reason::Least => format!("least to move of the others: {count}"),
        Reason::Saves => format!("as much to move as the one before, {count}, and no more is saved"),
        Reason::More(more) => format!("{more} more to move than the one before: {count}"),
        Reason::Record => format!("the system of record of the stack, never first: {count} to move"),
    };
    vec![Value::text(text)]
}

/// That a tool is going already, by when and what takes its place.
fn going(view: &View<'_>, tool: &str, count: &str) -> Prose {
    let tool = view.stack.tools.get(tool);
    let mut values = vec![Value::text("going already")];
    if let Some(by) = tool.and_then(|tool| tool.replaced_by.as_ref()) {
        values.extend([Value::text(", replaced by "), view.link_id(Kind::Tool, by.as_str())]);
    }
    if let Some(day) = tool.and_then(|tool| tool.retire_by) {
        values.extend([Value::text(" by "), date_in_short(day)]);
    }
    values.push(Value::text(format!(": {count} to move")));
    values
}

/// What would have to move, a line for each sort of thing.
fn moves(view: &View<'_>, moves: &Moves<'_>) -> Cell {
    let mut lines: Vec<Prose> = Vec::new();
    let mut line = |count: usize, words: String, names: Vec<Value>| {
        if count > 0 {
            let mut out = vec![Value::strong(words), Value::text(": ")];
            out.extend(link_list(names, MOST_NAMES));
            lines.push(out);
        }
    };
    let of = |kind: Kind, ids: &[&str]| -> Vec<Value> { ids.iter().map(|id| view.link_id(kind, id)).collect() };
    let integrations = moves.integrations.len();
    line(integrations, counted_kind(integrations, Kind::Integration), of(Kind::Integration, &moves.integrations));
    let flows: Vec<&str> = moves.steps.iter().map(|steps| steps.flow).collect();
    line(moves.step_count(), counted(moves.step_count(), "step of a flow", "steps of flows"), of(Kind::Flow, &flows));
    let records = moves.records.len();
    line(records, counted(records, "object it is the record of", "objects it is the record of"), of(Kind::Object, &moves.records));
    for kind in OTHERS {
        let ids: Vec<&str> = moves.of_kind(kind).collect();
        line(ids.len(), counted_kind(ids.len(), kind), of(kind, &ids));
    }
    if lines.is_empty() {
        return facts::nothing();
    }
    let mut values = Vec::new();
    for (at, line) in lines.into_iter().enumerate() {
        values.extend((at > 0).then_some(Value::Break));
        values.extend(line);
    }
    prose(values).sorted_by(moves.count().to_string())
}

/// What a candidate costs, or why that is not known.
fn cost(view: &View<'_>, candidate: &Candidate<'_>) -> Cell {
    let cost = &candidate.cost;
    match cost.amount() {
        Some(amount) if cost.unknown.is_empty() => money::cell(view, amount),
        Some(amount) => money::cell(view, amount).with_sub(vec![Value::text("at least")]),
        None => Value::Gap { text: "not known".to_owned(), example: None }.into(),
    }
}

/// What is saved for certain, and what only if a contract for several tools can be cut.
fn saved(view: &View<'_>, candidate: &Candidate<'_>) -> Cell {
    let whole = candidate.endings.iter().filter(|one| one.is_whole);
    let known = whole.filter(|one| one.cost.known().is_some()).count();
    let parts = candidate.endings.iter().filter(|one| !one.is_whole && one.cost.known().is_some()).count();
    let unknown = candidate.endings.len() - known - parts;
    let cell = match () {
        () if known > 0 => money::cell(view, candidate.saved),
        () if parts > 0 => Cell::from(Value::text("–")),
        () => Value::Gap { text: "not known".to_owned(), example: None }.into(),
    };
    let mut sub = Vec::new();
    if parts > 0 {
        sub.push(Value::text(format!("{} if a contract for several tools can be cut", money::number(view, candidate.part))));
    }
    if unknown > 0 && known + parts > 0 {
        sub.extend((!sub.is_empty()).then_some(Value::Break));
        sub.push(Value::text(format!("{} of unknown cost", counted(unknown, "contract", "contracts"))));
    }
    cell.with_sub(sub)
}

/// By when the contracts must be ended.
fn notice(view: &View<'_>, endings: &[Ending<'_>]) -> Cell {
    if endings.is_empty() {
        return Value::Gap { text: "no contract covers it".to_owned(), example: None }.into();
    }
    let mut values = Vec::new();
    for (at, one) in endings.iter().take(MOST_NAMES).enumerate() {
        values.extend((at > 0).then_some(Value::Break));
        let (Some(last), Some(renewal)) = (one.last, one.renewal) else {
            values.extend([view.link_id(Kind::Contract, one.contract), Value::quiet(": no date ahead")]);
            continue;
        };
        values.extend([date_in_short(last), Value::text(" ")]);
        match one.standing {
            Some(Standing::Passed) => values.extend([Value::Level { level: Level::Error, word: "passed".to_owned() }, Value::text(" ")]),
            Some(Standing::Due) => values.extend([Value::Level { level: Level::Warning, word: "due".to_owned() }, Value::text(" ")]),
            _ => {}
        }
        values.extend([view.link_id(Kind::Contract, one.contract), Value::quiet(format!(", renews {}", renewal.in_short()))]);
    }
    if endings.len() > MOST_NAMES {
        values.push(Value::text(format!(" and {} more", endings.len() - MOST_NAMES)));
    }
    prose(values)
}
