//! Somebody wants to be forgotten: tool by tool, in the order in which their record travels, for whoever does it.

use super::super::{
    page::{Answer, Block, Cell, Column, ColumnKind, Link, Row, RowState, Section, Table, TableStyle, Value},
    view::{View, date},
};
use crate::{
    analysis::personal_data::{Deleted, Erasure, How, Untold},
    model::{Entity, Kind, Runbook, Tool},
    report::data_trace,
};

/// The id of the section.
pub(super) const ID: &str = "erasure";

/// The walk from the system of record; nothing where none is named.
pub(super) fn walk<'a>(view: &View<'a>) -> Option<Erasure<'a>> {
    let record = view.stack.company.system_of_record.as_ref()?;
    let tool: &'a Entity<Tool> = view.stack.tools.get(record.as_str())?;
    Some(view.analysis.data_map().erasure(view.graph, tool))
}

pub(super) fn sections(view: &View<'_>, walk: Option<&Erasure<'_>>) -> Vec<Section> {
    let Some(erasure) = walk else {
        let gap = Value::Gap {
            text: "Where a person's record begins is not documented".to_owned(),
            example: Some("system-of-record = \"…\"".to_owned()),
        };
        return vec![Section::new(ID, "Somebody wants to be forgotten", vec![Block::Text { text: vec![gap] }])];
    };
    let walked = (!erasure.steps.is_empty()).then(|| Block::Table(table(view, "From tool to tool", &erasure.steps, 1)));
    let mut section = Section::new(ID, "Somebody wants to be forgotten", walked.into_iter().collect());
    section.intro = intro(view, erasure);
    let mut sections = vec![section];
    if !erasure.apart.is_empty() {
        let table = table(view, "Apart from the others", &erasure.apart, erasure.steps.len() + 1);
        let title = if erasure.steps.is_empty() { "Look them up here" } else { "Look them up here too" };
        let mut apart = Section::new("apart", title, vec![Block::Table(table)]);
        apart.intro = vec![Value::text("These tools hold people, and no documented way leads to them from there.")];
        sections.push(apart);
    }
    sections
}

fn intro(view: &View<'_>, erasure: &Erasure<'_>) -> Vec<Value> {
    let mut intro = match erasure.idle() {
        Some(idle) => vec![Value::text("Nothing leads on from "), view.link(idle).into(), Value::text(": it is not in use.")],
        None => vec![
            Value::text("Begin in "),
            view.link(erasure.from).into(),
            Value::text(" and go down the list; a record goes where live integrations carry personal data."),
        ],
    };
    let named = view.stack.privacy.as_ref().and_then(|privacy| privacy.erasure_runbook.as_ref());
    match named.and_then(|runbook| view.stack.runbooks.get(runbook.as_str())) {
        Some(runbook) => intro.extend(steps(view, runbook)),
        None => intro.extend([Value::text(" The steps: "), Value::gap("erasure-runbook = \"…\"")]),
    }
    intro
}

fn steps(view: &View<'_>, runbook: &Entity<Runbook>) -> Vec<Value> {
    let mut out = vec![Value::text(" The steps are in "), view.link(runbook).into()];
    if let Some(day) = runbook.about.reviewed {
        out.extend([Value::text(", reviewed "), date(day)]);
    }
    out.push(Value::text("."));
    out
}

fn table(view: &View<'_>, label: &str, deleted: &[Deleted<'_>], first: usize) -> Table {
    let mut columns = vec![
        Column::hidden("Step", ColumnKind::Order),
        Column::new("Tool", ColumnKind::Head),
        Column::new("How they are deleted", ColumnKind::Text),
        Column::new("By whom", ColumnKind::Text),
    ];
    let travels = deleted.iter().any(|deleted| deleted.by.is_some());
    columns.extend(travels.then(|| Column::new("Comes by", ColumnKind::Text)));
    let rows = (first..).zip(deleted).map(|(number, deleted)| {
        let mut cells = vec![
            Cell::from(number.to_string().as_str()),
            Value::from(view.link(deleted.tool)).into(),
            how(view, deleted),
            view.owner(deleted.tool.owner.as_ref(), "owner").into(),
        ];
        cells.extend(travels.then(|| {
            let by = deleted.by.map(|leg| Value::from(view.link(leg.integration)));
            Cell::from(by.unwrap_or_else(|| Value::quiet("begins here")))
        }));
        Row { state: if deleted.how.is_missed() { RowState::Gap } else { RowState::Normal }, ..Row::from(cells) }
    });
    Table { style: TableStyle::Blocks, ..Table::plain(label, columns, rows.collect()) }
}

/// How a person is deleted from a tool, with what there is to know about it.
pub(super) fn how(view: &View<'_>, deleted: &Deleted<'_>) -> Cell {
    let answer = match deleted.how {
        How::Told { .. } | How::Automatic | How::Exempt => Answer::Yes,
        how if how.is_missed() => {
            if matches!(how, How::Untold(_)) {
                Answer::Unknown
            } else {
                Answer::No
            }
        }
        _ => Answer::Partly,
    };
    let words = data_trace::deletion(view.analysis, deleted);
    let mut sub: Vec<Value> = deleted.tool.data.iter().filter_map(|data| data.deletion_note.as_deref()).map(Value::text).collect();
    if deleted.how.is_missed() {
        let rule = if deleted.how == How::Untold(Untold::Data) { "undeclared-personal-data" } else { "erasure-gap" };
        let link = Link::site("A request would miss it", format!("rules/{rule}.html"));
        sub.extend((!sub.is_empty()).then_some(Value::Break));
        sub.push(link.into());
    }
    let runbook = view.analysis.data_map().runbook(deleted.tool.id.as_str()).filter(|_| deleted.how.is_by_hand());
    if let Some(runbook) = runbook {
        sub.extend((!sub.is_empty()).then_some(Value::Break));
        sub.push(view.link_id(Kind::Runbook, runbook.id.as_str()));
    }
    Cell::from(Value::Answer { answer, word: words }).with_sub(sub)
}
