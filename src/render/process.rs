//! Sections for what happens in order: flows and lifecycles.

use serde_json::Value as Json;

use super::{
    facts,
    page::{Answer, Block, Cell, Column, ColumnKind, Join, Row, RowState, Section, Table, Value},
    sequence,
    view::{View, anchor},
};
use crate::{
    graph::FlowHop,
    model::{Entity, Flow, Kind, Lifecycle, Shape},
};

/// The steps of a flow as a picture and as a table of hops.
pub(super) fn flow(view: &View<'_>, flow: &Entity<Flow>) -> Vec<Section> {
    let hops = view.graph.flow_hops(flow);
    let columns = vec![
        Column::hidden("Step", ColumnKind::Order),
        Column::new("Tool", ColumnKind::Head),
        Column::new("What happens", ColumnKind::Text),
        Column::new("Comes by", ColumnKind::Text),
        Column::new("Stage after", ColumnKind::Text),
    ];
    let rows = flow.steps.iter().enumerate().map(|(index, step)| {
        let hop = index.checked_sub(1).and_then(|before| hops.get(before));
        let (comes, state) = match hop {
            None => (Cell::from(Value::quiet("starts here")), RowState::Normal),
            Some(FlowHop::Same) => (Cell::from(Value::quiet("same tool")), RowState::Normal),
            Some(FlowHop::Manual) => (Cell::from(Value::Answer { answer: Answer::Partly, word: "by hand".to_owned() }), RowState::Normal),
            Some(FlowHop::By(by)) => (Cell::list(by.iter().map(|integration| view.link(*integration).into()).collect()), RowState::Normal),
            Some(FlowHop::Gap) => (Cell::from(Value::Answer { answer: Answer::No, word: "no live integration".to_owned() }), RowState::Gap),
        };
        let stage_after = step.stage.as_ref().map_or_else(facts::nothing, |stage| view.link_address(stage.as_str()).into());
        let cells = vec![
            Cell::from((index + 1).to_string().as_str()),
            view.link_id(Kind::Tool, step.tool.as_str()).into(),
            step.action.as_deref().map_or_else(facts::nothing, Cell::from),
            comes,
            stage_after,
        ];
        Row { id: Some(anchor("step", &(index + 1).to_string())), state, cells }
    });
    let table = Table::plain("Steps of the flow", columns, rows.collect());
    let mut blocks: Vec<Block> = sequence::flow(view, flow).map(Block::Diagram).into_iter().collect();
    blocks.push(Block::Table(table));
    vec![Section::new("steps", "Steps", blocks)]
}

/// The stages as a picture and as a table.
pub(super) fn lifecycle(view: &View<'_>, lifecycle: &Entity<Lifecycle>, json: &Json) -> Vec<Section> {
    if lifecycle.stage.is_empty() {
        let gap = Value::Gap { text: "No stage is documented".to_owned(), example: Some(format!("[[lifecycle.{}.stage]]", lifecycle.id)) };
        return vec![Section::new("stages", "Stages", vec![Block::Text { text: vec![gap] }])];
    }
    let mut blocks: Vec<Block> = sequence::lifecycle(view, lifecycle).map(Block::Diagram).into_iter().collect();
    blocks.push(Block::Table(stages(view, lifecycle)));
    let mut sections = vec![Section::new("stages", "Stages", blocks)];
    sections.extend(handoffs(view, json));
    sections
}

fn stages(view: &View<'_>, lifecycle: &Entity<Lifecycle>) -> Table {
    let columns = vec![
        Column::new("Stage", ColumnKind::Head),
        Column::new("Enters when", ColumnKind::Text),
        Column::new("Leaves when", ColumnKind::Text),
        Column::new("Next", ColumnKind::Text),
        Column::new("Owner", ColumnKind::Text),
    ];
    let name = |id: &str| {
        lifecycle.stage.iter().find(|stage| stage.id.as_str() == id).map_or_else(|| id.to_owned(), |stage| stage.name.to_string())
    };
    let criteria = |texts: &[String], gap: bool| match texts {
        [] if gap => Cell::from(Value::Gap { text: "not documented".to_owned(), example: None }),
        [] => facts::nothing(),
        texts => Cell { join: Join::Lines, ..Cell::list(texts.iter().map(Value::text).collect()) },
    };
    let rows = lifecycle.stage.iter().enumerate().map(|(index, stage)| {
        let mut next: Vec<String> = lifecycle.next(index).into_iter().map(name).collect();
        if let Some(back) = &stage.recycle {
            next.push(format!("back to {}", name(back.to.as_str())));
        }
        let mut head = Cell::from(Value::strong(stage.name.as_str()));
        if let Some(definition) = &stage.definition {
            head = head.with_sub(vec![Value::text(definition)]);
        }
        let cells = vec![
            head,
            criteria(&stage.entry, index > 0),
            criteria(&stage.exit, !stage.terminal),
            if next.is_empty() { Value::quiet("end").into() } else { Cell::from(next.join(", ").as_str()) },
            stage.owner.as_ref().map_or_else(facts::nothing, |owner| view.owner(Some(owner), "owner").into()),
        ];
        Row { id: Some(anchor("stage", stage.id.as_str())), state: RowState::Normal, cells }
    });
    Table::plain("Stages of the lifecycle", columns, rows.collect())
}

/// The handoffs of a lifecycle, with both times.
fn handoffs(view: &View<'_>, json: &Json) -> Option<Section> {
    let Shape::Table(fields) = Shape::of(Kind::Lifecycle) else { return None };
    let stage = fields.iter().find(|field| field.name == "stage")?;
    let Shape::List(stage) = &stage.shape else { return None };
    let handoff = stage.fields().iter().find(|field| field.name == "handoff")?;
    let of = json.get("stage")?.as_array()?;
    let rows: Vec<Json> = of.iter().filter_map(|stage| stage.get("handoff")).cloned().collect();
    if rows.is_empty() {
        return None;
    }
    let stages: Vec<&str> =
        of.iter().filter(|stage| stage.get("handoff").is_some()).filter_map(|stage| stage.get("name")?.as_str()).collect();
    let mut table = facts::table(view, "Handoffs", handoff.shape.fields(), &rows, |_, _| None);
    table.columns.insert(0, Column::new("Stage", ColumnKind::Head));
    if let Some(second) = table.columns.get_mut(1) {
        second.kind = ColumnKind::Text;
    }
    for (row, stage) in table.groups.iter_mut().flat_map(|group| &mut group.rows).zip(stages) {
        row.cells.insert(0, Value::text(stage).into());
    }
    Some(Section::new("handoffs", "Handoffs", vec![Block::Table(table)]))
}
