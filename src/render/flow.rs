//! Sections of flows: what happens in order.

use super::{
    drawn, facts,
    page::{Answer, Block, Cell, Column, ColumnKind, Row, RowState, Section, Table, TableStyle, Value},
    sequence,
    view::{View, anchor},
};
use crate::{
    graph::FlowHop,
    model::{Entity, Flow, Integration, Kind},
};

/// How and how often data comes: `native, every 5 minutes`.
fn rhythm(by: &[&Entity<Integration>]) -> String {
    let how = |integration: &&Entity<Integration>| {
        let method = drawn::method(integration);
        drawn::schedule(integration).map_or(method.clone(), |schedule| format!("{method}, {schedule}"))
    };
    let mut all: Vec<String> = by.iter().map(how).collect();
    all.dedup();
    all.join("; ")
}

/// Where it shows that data did not come; the gap where nobody says.
fn watched(hop: Option<&FlowHop<'_>>) -> Cell {
    let Some(FlowHop::By(by)) = hop else { return facts::nothing() };
    let told: Vec<Value> = by
        .iter()
        .map(|integration| match integration.monitoring.as_deref().map(str::trim).filter(|told| !told.is_empty()) {
            Some(told) => Value::text(told),
            None => Value::gap("monitoring = …"),
        })
        .collect();
    let mut out = Vec::new();
    for value in told {
        if !out.contains(&value) {
            out.extend((!out.is_empty()).then_some(Value::Break));
            out.push(value);
        }
    }
    Cell::prose(out)
}

/// The steps of a flow as a picture and as a table of hops.
pub(super) fn sections(view: &View<'_>, flow: &Entity<Flow>) -> Vec<Section> {
    let hops = view.graph.flow_hops(flow);
    let columns = vec![
        Column::hidden("Step", ColumnKind::Order),
        Column::new("Tool", ColumnKind::Head),
        Column::new("What happens", ColumnKind::Text),
        Column::new("Comes by", ColumnKind::Text),
        Column::new("Stage after", ColumnKind::Text),
        Column::new("Where a failure shows", ColumnKind::Text),
    ];
    let rows = flow.steps.iter().enumerate().map(|(index, step)| {
        let hop = index.checked_sub(1).and_then(|before| hops.get(before));
        let (comes, state) = match hop {
            None => (Cell::from(Value::quiet("starts here")), RowState::Normal),
            Some(FlowHop::Same) => (Cell::from(Value::quiet("same tool")), RowState::Normal),
            Some(FlowHop::Manual) => (Cell::from(Value::Answer { answer: Answer::Partly, word: "by hand".to_owned() }), RowState::Normal),
            Some(FlowHop::By(by)) => {
                let links = Cell::list(by.iter().map(|integration| view.link(*integration).into()).collect());
                (links.with_sub(vec![Value::text(rhythm(by))]), RowState::Normal)
            }
            Some(FlowHop::Gap) => (Cell::from(Value::Answer { answer: Answer::No, word: "no live integration".to_owned() }), RowState::Gap),
        };
        let stage_after = step.stage.as_ref().map_or_else(facts::nothing, |stage| view.link_address(stage.as_str()).into());
        let cells = vec![
            Cell::from((index + 1).to_string().as_str()),
            view.link_id(Kind::Tool, step.tool.as_str()).into(),
            step.action.as_deref().map_or_else(facts::nothing, Cell::from),
            comes,
            stage_after,
            watched(hop),
        ];
        Row { id: Some(anchor("step", &(index + 1).to_string())), state, cells }
    });
    let table = Table { style: TableStyle::Blocks, ..Table::plain("Steps of the flow", columns, rows.collect()) };
    let mut blocks: Vec<Block> = sequence::flow(view, flow).map(Block::Diagram).into_iter().collect();
    blocks.push(Block::Table(table));
    vec![Section::new("steps", "Steps", blocks)]
}
