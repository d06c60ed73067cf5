//! What each tool of a group can do: capabilities by tools, with marks that need no colour.

use super::{
    super::{
        facts,
        page::{Answer, Block, Cell, Column, ColumnKind, Row, RowGroup, Table, TableStyle, Value},
        view::View,
    },
    candidates::MOST,
};
use crate::{
    analysis::Choice,
    model::{Entity, Kind, Tool},
};

/// So many capabilities of each sort are shown at most.
const MOST_ROWS: usize = 30;

pub(super) fn blocks(view: &View<'_>, choice: &Choice<'_>, label: &str) -> Vec<Block> {
    let tools: Vec<&Entity<Tool>> = choice.candidates.iter().take(MOST).filter_map(|one| view.stack.tools.get(one.tool)).collect();
    let mut columns = vec![Column::new("Capability", ColumnKind::Head)];
    columns.extend(tools.iter().map(|tool| Column::new(super::super::words::name(view, Kind::Tool, tool.id.as_str()), ColumnKind::Mark)));
    let (shared, single): (Vec<_>, Vec<_>) = choice.having.iter().partition(|(_, having)| having.len() > 1);
    let rows = |all: &[(&&str, &Vec<&str>)]| -> Vec<Row> {
        all.iter().take(MOST_ROWS).map(|(capability, having)| row(capability, having, &tools)).collect()
    };
    let group = |title: &str, all: &[(&&str, &Vec<&str>)]| RowGroup {
        id: None,
        title: Some(title.to_owned()),
        count: Some(all.len()),
        rows: rows(all),
    };
    let groups = [("Several have it", shared), ("Only one has it", single)];
    let left_out = groups.iter().any(|(_, all)| all.len() > MOST_ROWS);
    let groups = groups.iter().filter(|(_, all)| !all.is_empty()).map(|(title, all)| group(title, all)).collect();
    let table = Table { style: TableStyle::Matrix, groups, ..Table::plain(label, columns, vec![]) };
    let mut blocks = vec![Block::Table(table)];
    let mut notes = vec![Value::text(
        "Full: it can do this. Half: it can, and nobody uses it. Whether a capability is in use is known only where adoption was measured.",
    )];
    if left_out || choice.candidates.len() > MOST {
        notes.push(Value::text(format!(" The first {MOST} tools and {MOST_ROWS} capabilities of each sort are shown.")));
    }
    blocks.push(Block::Remark { text: notes });
    blocks
}

fn row(capability: &str, having: &[&str], tools: &[&Entity<Tool>]) -> Row {
    let mut cells = vec![Cell::from(Value::text(capability.replace('-', " ")))];
    cells.extend(
        tools.iter().map(|tool| if having.binary_search(&tool.id.as_str()).is_ok() { mark(capability, tool) } else { facts::nothing() }),
    );
    Row::from(cells)
}

/// What a tool makes of a capability that it has.
fn mark(capability: &str, tool: &Tool) -> Cell {
    let used = tool.adoption.as_ref().map_or(&[][..], |adoption| adoption.used.as_slice());
    let (answer, word) = match () {
        () if used.is_empty() => (Answer::Yes, "has it, use not measured"),
        () if used.iter().any(|one| one.as_str() == capability) => (Answer::Yes, "in use"),
        () => (Answer::Partly, "not in use"),
    };
    Value::Answer { answer, word: word.to_owned() }.into()
}
