//! The sections of a lifecycle: its stages as a picture and as a table, handoffs, recycling, and what acts at which stage.

use super::{
    facts,
    page::{Block, Cell, Column, ColumnKind, Join, Link, Prose, Row, RowGroup, RowState, Section, Table, TableStyle, Value},
    states,
    view::{View, anchor, counted, singular},
};
use crate::{
    analysis::{Act, Way},
    model::{AnyEntity, Duration, Entity, Kind, Lifecycle, Stage, points},
};

/// The sections that only a lifecycle has.
pub(super) fn sections(view: &View<'_>, lifecycle: &Entity<Lifecycle>) -> Vec<Section> {
    if lifecycle.stage.is_empty() {
        let gap = Value::Gap { text: "No stage is documented".to_owned(), example: Some(format!("[[lifecycle.{}.stage]]", lifecycle.id)) };
        return vec![Section::new("stages", "Stages", vec![Block::Text { text: vec![gap] }])];
    }
    let mut blocks: Vec<Block> = states::picture(view, lifecycle, "").map(Block::Diagram).into_iter().collect();
    blocks.push(Block::Table(stages(view, lifecycle)));
    let mut stages = Section::new("stages", "Stages", blocks);
    let sheet = Link::site("the process on two sheets", super::sheet::url(lifecycle.id.as_str()));
    stages.intro = vec![Value::text("To print and pin to the wall: "), sheet.into(), Value::text(".")];
    vec![
        stages,
        Section::new("handoffs", "Handoffs", vec![handoffs(view, lifecycle)]),
        Section::new("recycling", "Recycling", vec![recycling(lifecycle)]),
        acts(view, lifecycle),
    ]
}

/// Criteria, one to a line, or the gap where there have to be some.
pub(super) fn criteria(texts: &[String], key: &str, is_wanted: bool) -> Cell {
    let said: Vec<Value> = texts.iter().filter(|text| !text.trim().is_empty()).map(Value::text).collect();
    match said.len() {
        0 if is_wanted => Value::gap(format!("{key} = [\"…\"]")).into(),
        0 => facts::nothing(),
        1 => Cell::list(said),
        _ => Cell { join: Join::Lines, ..Cell::list(said) },
    }
}

fn stages(view: &View<'_>, lifecycle: &Entity<Lifecycle>) -> Table {
    let columns = vec![
        Column::new("Stage", ColumnKind::Head),
        Column::new("Enters when", ColumnKind::Text),
        Column::new("Leaves when", ColumnKind::Text),
        Column::new("Goes on to", ColumnKind::Text),
        Column::new("Owner", ColumnKind::Text),
    ];
    let rows = lifecycle.stage.iter().enumerate().map(|(index, stage)| {
        let mut head = Cell::from(Value::strong(stage.name.as_str()));
        if let Some(definition) = &stage.definition {
            head = head.with_sub(vec![Value::text(definition)]);
        }
        let cells = vec![
            head,
            criteria(&stage.entry, "entry", index > 0 && !stage.has_entry()),
            criteria(&stage.exit, "exit", !stage.terminal && !stage.has_exit()),
            next(lifecycle, index, stage),
            owner(view, stage),
        ];
        Row { id: Some(anchor("stage", stage.id.as_str())), state: RowState::Normal, cells }
    });
    Table { style: TableStyle::Blocks, ..Table::plain("Stages of the lifecycle", columns, rows.collect()) }
}

/// Where records go from a stage, recycling as a secondary line.
fn next(lifecycle: &Lifecycle, index: usize, stage: &Stage) -> Cell {
    let names: Vec<&str> = lifecycle.next(index).into_iter().map(|id| lifecycle.name_of(id)).collect();
    let cell = match names.is_empty() {
        true if stage.terminal => Value::quiet("the end").into(),
        true if stage.recycle.is_none() => Value::Gap { text: "nowhere".to_owned(), example: Some("terminal = true".to_owned()) }.into(),
        true => Value::quiet("nowhere").into(),
        false => Cell::from(names.join(", ").as_str()),
    };
    match &stage.recycle {
        Some(recycle) => cell.with_sub(vec![Value::text(format!("or back to {}", lifecycle.name_of(recycle.to.as_str())))]),
        None => cell,
    }
}

/// Who answers for records in a stage; at an end nobody has to.
pub(super) fn owner(view: &View<'_>, stage: &Stage) -> Cell {
    match &stage.owner {
        None if stage.terminal => facts::nothing(),
        owner => view.owner(owner.as_ref(), "owner").into(),
    }
}

/// The handoffs of a lifecycle, with both times.
pub(super) fn handoffs(view: &View<'_>, lifecycle: &Lifecycle) -> Block {
    let rows: Vec<Row> = lifecycle.stage.iter().filter_map(|stage| handoff(view, stage)).collect();
    if rows.is_empty() {
        let example = "handoff = { to = \"…\", within = \"5m\", sla = \"2h\", notify = \"…\", creates = \"…\" }";
        let gap = Value::Gap { text: "No handoff is documented".to_owned(), example: Some(example.to_owned()) };
        return Block::Text { text: vec![gap] };
    }
    let columns = vec![
        Column::new("On the way", ColumnKind::Head),
        Column::new("To", ColumnKind::Text),
        Column::new("Has it within", ColumnKind::Text),
        Column::new("First touch within", ColumnKind::Text),
        Column::new("Learns of it by", ColumnKind::Text),
        Column::new("Creates", ColumnKind::Text),
        Column::new("Accepted when", ColumnKind::Text),
    ];
    Block::Table(Table { style: TableStyle::Blocks, ..Table::plain("Handoffs", columns, rows) })
}

fn handoff(view: &View<'_>, stage: &Stage) -> Option<Row> {
    let handoff = stage.handoff.as_ref()?;
    let time = |of: Option<&Duration>, key: &str| of.map_or_else(|| Value::gap(format!("{key} = \"…\"")), |of| Value::text(of.in_words()));
    let way = if stage.is_handed_over_on_entry() { "into" } else { "out of" };
    let notify = handoff.notify.as_deref().filter(|notify| !notify.trim().is_empty());
    let creates = handoff.creates.as_ref();
    Some(Row::from(vec![
        Cell::words(vec![Value::text(way), Value::strong(stage.name.as_str())]),
        view.owner(Some(&handoff.to), "to").into(),
        time(handoff.within.as_ref(), "within").into(),
        time(handoff.sla.as_ref(), "sla").into(),
        notify.map_or_else(|| Value::gap("notify = \"…\""), Value::text).into(),
        creates.map_or_else(|| Value::gap("creates = \"…\""), |object| view.link_id(Kind::Object, object.as_str())).into(),
        handoff.accept.as_deref().map_or_else(facts::nothing, Cell::from),
    ]))
}

/// How records go back, and when.
pub(super) fn recycling(lifecycle: &Lifecycle) -> Block {
    let row = |stage: &Stage| {
        let recycle = stage.recycle.as_ref()?;
        Some(Row::from(vec![
            Value::strong(stage.name.as_str()).into(),
            Cell::from(lifecycle.name_of(recycle.to.as_str())),
            criteria(&recycle.when, "when", true),
            recycle.after.as_ref().map_or_else(facts::nothing, |after| Cell::from(after.in_words().as_str())),
        ]))
    };
    let rows: Vec<Row> = lifecycle.stage.iter().filter_map(row).collect();
    if rows.is_empty() {
        let example = "recycle = { to = \"…\", when = [\"…\"], after = \"30d\" }".to_owned();
        let gap = Value::Gap { text: "How a record goes back to an earlier stage is not documented".to_owned(), example: Some(example) };
        return Block::Text { text: vec![gap] };
    }
    let columns = vec![
        Column::new("From", ColumnKind::Head),
        Column::new("Back to", ColumnKind::Text),
        Column::new("When", ColumnKind::Text),
        Column::new("After, without progress", ColumnKind::Text),
    ];
    Block::Table(Table { style: TableStyle::Blocks, ..Table::plain("Recycling", columns, rows) })
}

/// What acts at which stage, a group of rows per stage.
fn acts(view: &View<'_>, lifecycle: &Entity<Lifecycle>) -> Section {
    let columns = vec![
        Column::new("What acts", ColumnKind::Head),
        Column::new("How", ColumnKind::Text),
        Column::new("In", ColumnKind::Text),
        Column::new("Owner", ColumnKind::Text),
    ];
    let mut all = 0;
    let mut group = |stage: &Stage| {
        let acts = view.analysis.stages().at(lifecycle, stage.id.as_str());
        all += acts.len();
        let mut rows: Vec<Row> = acts.iter().filter_map(|act| self::act(view, act)).collect();
        let count = rows.len();
        if rows.is_empty() {
            rows.push(idle(lifecycle, stage));
        }
        RowGroup { id: Some(anchor("at", stage.id.as_str())), title: Some(stage.name.to_string()), count: Some(count), rows }
    };
    let groups: Vec<RowGroup> = lifecycle.stage.iter().map(&mut group).collect();
    let table = Table { groups, style: TableStyle::Blocks, ..Table::plain("What acts at which stage", columns, Vec::new()) };
    let mut section = Section::new("acts", "What acts at which stage", vec![Block::Table(table)]);
    section.intro = vec![Value::text(
        "Automations, routings, scorings, checklists and steps of flows that work on records in each stage, or bring them there.",
    )];
    section.note = Some(counted(all, "entry", "entries"));
    section
}

/// The row of a stage at which nothing acts: at an end nothing has to.
fn idle(lifecycle: &Entity<Lifecycle>, stage: &Stage) -> Row {
    let address = format!("stages = [\"{}.stage.{}\"]", lifecycle.address(), stage.id);
    let what = if stage.terminal {
        Value::quiet("nothing")
    } else {
        Value::Gap { text: "nothing is documented".to_owned(), example: Some(address) }
    };
    let mut cells: Vec<Cell> = vec![what.into()];
    cells.resize_with(4, facts::nothing);
    Row::from(cells)
}

fn act(view: &View<'_>, act: &Act) -> Option<Row> {
    let entity = view.stack.at(&act.entity)?;
    let tools = act.tools.iter().map(|tool| view.link_id(Kind::Tool, tool)).collect::<Vec<_>>();
    let owner = match entity.owner() {
        None if !entity.is_live() => facts::nothing(),
        owner => view.owner(owner, "owner").into(),
    };
    let mut how: Prose = Vec::new();
    for way in &act.ways {
        if !how.is_empty() {
            how.push(Value::text("; "));
        }
        how.extend(self::how(view, entity, way));
    }
    let mut name = Cell::words(vec![Value::quiet(singular(entity.kind())), view.link(entity).into()]);
    if !entity.is_working()
        && let Some(status) = entity.json().get("status").and_then(serde_json::Value::as_str)
    {
        name = name.with_sub(vec![super::entity::state(status)]);
    }
    let cells = vec![name, Cell::prose(how), if tools.is_empty() { facts::nothing() } else { Cell::list(tools) }, owner];
    Some(Row { state: if act.is_live { RowState::Normal } else { RowState::Past }, ..Row::from(cells) })
}

/// What an entity does at a stage, in words.
fn how(view: &View<'_>, entity: &dyn AnyEntity, way: &Way) -> Prose {
    let id = entity.id().as_str();
    let stack = view.stack;
    match (way, entity.kind()) {
        (Way::Promotes, _) => {
            let threshold = stack.scorings.get(id).map_or(0, |scoring| scoring.threshold);
            vec![Value::text(format!("promotes records to it from {} on", points(threshold)))]
        }
        (Way::Steps(steps), _) => {
            let flow = stack.flows.get(id);
            let mut prose = Vec::new();
            for number in steps {
                if !prose.is_empty() {
                    prose.push(Value::text(", "));
                }
                prose.push(super::view::link_part(entity, "step", &number.to_string(), format!("step {number}")).into());
                let action = flow.and_then(|flow| flow.steps.get(number.checked_sub(1)?)).and_then(|step| step.action.as_ref());
                prose.extend(action.map(|action| Value::text(format!(": {action}"))));
            }
            prose
        }
        (Way::Names(field), _) => vec![Value::text(super::view::label(field).to_lowercase())],
        (Way::Acts, Kind::Automation) => {
            let trigger = stack.automations.get(id).map_or_else(String::new, |automation| automation.trigger.clone());
            vec![Value::text(trigger)]
        }
        (Way::Acts, Kind::Routing) => {
            let rules = stack.routings.get(id).map_or(0, |routing| routing.rule.len());
            vec![Value::text(format!("says who gets a record, by {}", counted(rules, "rule", "rules")))]
        }
        (Way::Acts, Kind::Scoring) => {
            let criteria = stack.scorings.get(id).map_or(0, |scoring| scoring.criterion.len());
            vec![Value::text(format!("counts points, by {}", counted(criteria, "criterion", "criteria")))]
        }
        (Way::Acts, Kind::Checklist) => {
            let items = stack.checklists.get(id).map_or(0, |checklist| checklist.items.len());
            vec![Value::text(format!("is gone through, {}", counted(items, "item", "items")))]
        }
        (Way::Acts, _) => vec![Value::text("acts there")],
    }
}
