//! Sections for what happens in order: flows, routing and scoring.

use serde_json::Value as Json;

use super::{
    facts,
    page::{Answer, Block, Cell, Column, ColumnKind, Join, Row, RowState, Section, Table, TableStyle, Value},
    sections::part_anchor,
    sequence,
    view::{View, anchor},
    words,
};
use crate::{
    graph::FlowHop,
    model::{AnyEntity, Entity, Flow, Kind, Routing, Scoring, Shape, slug},
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

/// The rules of a routing in words, its tests and its fields.
pub(super) fn routing(view: &View<'_>, routing: &Entity<Routing>, json: &Json) -> Vec<Section> {
    let columns = vec![
        Column::hidden("Order", ColumnKind::Order),
        Column::new("Rule", ColumnKind::Head),
        Column::new("Takes records where", ColumnKind::Text),
        Column::new("Assigns to", ColumnKind::Text),
    ];
    let rows = routing.rule.iter().enumerate().map(|(index, rule)| {
        let mut name = Cell::from(Value::strong(rule.name.as_str()));
        if let Some(note) = &rule.note {
            name = name.with_sub(vec![Value::text(note)]);
        }
        let when = words::when(view, rule.when.as_ref());
        let cells = vec![
            Cell::from((index + 1).to_string().as_str()),
            name,
            Cell { join: Join::None, ..Cell::list(when) },
            Cell { join: Join::None, ..Cell::list(words::assign(view, &rule.assign)) },
        ];
        Row { id: Some(anchor("rule", &slug(rule.name.as_str()))), state: RowState::Normal, cells }
    });
    let mut table = Table::plain("Rules of the routing, in order", columns, rows.collect());
    table.style = TableStyle::Rules;
    let mut section = Section::new("rules", "Rules", vec![Block::Table(table)]);
    section.intro = vec![Value::text("The first rule that takes a record decides.")];
    let mut sections = vec![section];
    sections.extend(tests(view, routing.kind(), json, "Rule"));
    sections.extend(fields(view, routing, json));
    sections
}

/// The criteria of a scoring in words, its tests and its fields.
pub(super) fn scoring(view: &View<'_>, scoring: &Entity<Scoring>, json: &Json) -> Vec<Section> {
    let columns = vec![
        Column::new("Criterion", ColumnKind::Head),
        Column::new("Signal", ColumnKind::Text),
        Column::new("Counts where", ColumnKind::Text),
        Column::new("Points", ColumnKind::Number),
        Column::new("Fades after", ColumnKind::Text),
    ];
    let rows = scoring.criterion.iter().map(|criterion| {
        let signal = criterion.signal.map(|signal| serde_json::to_value(signal).unwrap_or_default());
        let cells = vec![
            Value::strong(criterion.name.as_str()).into(),
            signal.as_ref().and_then(Json::as_str).map_or_else(facts::nothing, Cell::from),
            Cell { join: Join::None, ..Cell::list(words::when(view, Some(&criterion.when))) },
            Cell::from(format!("{:+}", criterion.points).as_str()).sorted_by(criterion.points.to_string()),
            criterion.decay.as_ref().map_or_else(facts::nothing, |decay| Cell::from(decay.in_words().as_str())),
        ];
        Row { id: Some(anchor("criterion", &slug(criterion.name.as_str()))), state: RowState::Normal, cells }
    });
    let table = Table::plain("Criteria of the scoring", columns, rows.collect());
    let mut section = Section::new("criteria", "Criteria", vec![Block::Table(table)]);
    let promotes = scoring.promotes_to.as_ref().map_or_else(Vec::new, |stage| vec![Value::text(" to "), view.link_address(stage.as_str())]);
    section.intro = vec![Value::text("From "), Value::strong(scoring.threshold.to_string()), Value::text(" points a record is promoted")];
    section.intro.extend(promotes);
    section.intro.push(Value::text("."));
    let mut sections = vec![section];
    sections.extend(tests(view, scoring.kind(), json, "Points"));
    sections.extend(fields(view, scoring, json));
    sections
}

/// The tests of a routing or scoring.
fn tests(view: &View<'_>, kind: Kind, json: &Json, expected: &str) -> Option<Section> {
    let rows = json.get("test")?.as_array()?;
    let field = Shape::of(kind).fields().iter().find(|field| field.name == "test")?;
    let Shape::List(item) = &field.shape else { return None };
    let mut table = facts::table(view, "Tests", item.fields(), rows, |_, row| part_anchor("test", row));
    if let Some(last) = table.columns.last_mut() {
        last.label = format!("{expected} expected");
    }
    Some(Section::new("tests", "Tests", vec![Block::Table(table)]))
}

/// The fields that a routing or scoring declares itself.
fn fields(view: &View<'_>, entity: &dyn AnyEntity, json: &Json) -> Option<Section> {
    let field = Shape::of(entity.kind()).fields().iter().find(|field| field.name == "fields")?;
    super::sections::section(view, entity, field, json.get("fields")?)
}
