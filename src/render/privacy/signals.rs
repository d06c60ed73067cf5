//! Where objections and consent arrive, for each tool that contacts people.

use super::super::{
    page::{Answer, Block, Cell, Column, ColumnKind, Row, RowState, Section, Table, TableStyle, Value},
    view::{View, link_list},
};
use crate::{
    analysis::personal_data::Propagation,
    graph::SpreadLeg,
    model::{Entity, Kind, Slug, Tool},
    report::data_trace,
};

/// So many integrations of a way are named.
const MOST_HOPS: usize = 6;

/// A row for each tool that contacts people, those that an objection never reaches first; nothing where none does.
pub(super) fn section(view: &View<'_>) -> Option<Section> {
    let data = view.analysis.data_map();
    let mut tools: Vec<&Entity<Tool>> = super::senders(view).collect();
    if tools.is_empty() {
        return None;
    }
    let reaches = |signal: &Option<Propagation<'_>>, tool: &Entity<Tool>| {
        signal.as_ref().is_none_or(|signal| signal.reaches(tool.id.as_str()) || signal.begins_in(tool.id.as_str()))
    };
    tools.sort_by_key(|tool| (reaches(&data.suppression, tool), reaches(&data.consent, tool)));
    let columns = vec![
        Column::new("Tool", ColumnKind::Head),
        Column::new("Contacts by", ColumnKind::Text),
        Column::new("An objection", ColumnKind::Text),
        Column::new("Consent", ColumnKind::Text),
    ];
    let rows = tools.into_iter().map(|tool| {
        let channels = tool.data.iter().flat_map(|data| &data.sends).map(Slug::as_str).collect::<Vec<_>>().join(", ");
        let is_missed = !reaches(&data.suppression, tool);
        Row {
            state: if is_missed { RowState::Gap } else { RowState::Normal },
            ..Row::from(vec![
                Value::from(view.link(tool)).into(),
                Cell::from(channels.as_str()),
                arrival(view, data.suppression.as_ref(), tool, ("suppression-tool = \"…\"", None)),
                arrival(view, data.consent.as_ref(), tool, ("consent-tool = \"…\"", data.suppression.as_ref())),
            ])
        }
    });
    let table = Table { style: TableStyle::Blocks, ..Table::plain("Where objections and consent arrive", columns, rows.collect()) };
    let mut section = Section::new("signals", "Does an objection reach every tool that contacts people?", vec![Block::Table(table)]);
    section.intro = intro(view);
    Some(section)
}

fn intro(view: &View<'_>) -> Vec<Value> {
    let privacy = view.stack.privacy.as_ref();
    let named = |tool: Option<&crate::model::Ref<Tool>>| tool.map(|tool| view.link_id(Kind::Tool, tool.as_str()));
    let mut intro = vec![Value::text("Counted are working integrations that run without hands and say that they carry the signal.")];
    if let Some(tool) = named(privacy.and_then(|privacy| privacy.suppression_tool.as_ref())) {
        intro.extend([Value::text(" Objections are kept in "), tool, Value::text(".")]);
    }
    if let Some(tool) = named(privacy.and_then(|privacy| privacy.consent_tool.as_ref())) {
        intro.extend([Value::text(" Consent is recorded in "), tool, Value::text(".")]);
    }
    intro
}

/// Whether, by which way and how soon a signal arrives; given the key to write where it begins nowhere, and the signal that
/// is told before.
pub(super) fn arrival(
    view: &View<'_>,
    signal: Option<&Propagation<'_>>,
    tool: &Entity<Tool>,
    (example, before): (&str, Option<&Propagation<'_>>),
) -> Cell {
    let id = tool.id.as_str();
    let Some(signal) = signal else { return Value::gap(example).into() };
    if signal.begins_in(id) {
        return Value::Answer { answer: Answer::Yes, word: "kept here".to_owned() }.into();
    }
    let Some(seconds) = signal.seconds(id) else {
        return Cell::from(Value::Answer { answer: Answer::No, word: "never".to_owned() }).with_sub(ends(view, signal, id));
    };
    let word = data_trace::soon(Some(signal), id, seconds);
    let way = signal.way(id);
    let is_same = |other: &[SpreadLeg<'_>]| other.iter().map(|leg| &leg.integration.id).eq(way.iter().map(|leg| &leg.integration.id));
    let sub = if before.is_some_and(|before| is_same(&before.way(id))) {
        vec![Value::text("the same way")]
    } else {
        let links = way.iter().map(|leg| view.link(leg.integration).into()).collect();
        [vec![Value::text("by ")], link_list(links, MOST_HOPS)].concat()
    };
    Cell::from(Value::Answer { answer: Answer::Yes, word }).with_sub(sub)
}

/// How far a signal gets on the way to a tool, and what does not take it on.
fn ends(view: &View<'_>, signal: &Propagation<'_>, tool: &str) -> Vec<Value> {
    let Some(end) = signal.ends(view.stack, tool) else {
        return match signal.idle() {
            Some(idle) => vec![view.link(idle).into(), Value::text(" does not work, so nothing begins there")],
            None => vec![Value::text("no live integration leads there")],
        };
    };
    let why = format!(" {}", end.why.words(signal.signal).replace('`', ""));
    vec![
        Value::text("gets as far as "),
        view.link_id(Kind::Tool, end.last),
        Value::text(": "),
        view.link(end.next).into(),
        Value::text(why),
    ]
}
