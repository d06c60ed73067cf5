//! What is not documented and would change what a reviewer concludes.

use super::{
    page::{Block, Cell, Column, ColumnKind, Link, Row, Section, Table, TableStyle, Value},
    view::{View, counted, counted_kind, index_url, link_list, plural},
};
use crate::model::{AnyEntity, Entity, Kind, Tool};

/// So many of those that lack something are named.
const MOST_NAMES: usize = 4;

/// Something that is not documented.
struct Gap {
    /// What is missing.
    what: Value,
    /// Of what, where that can be named: so many of them, and those.
    of: Vec<Value>,
    /// The question that it would answer.
    answers: &'static str,
    /// What to write.
    example: String,
}

/// The gaps of the whole as a section, those first without which the least can be said; nothing where there is none.
pub(super) fn section(view: &View<'_>) -> Option<Section> {
    let gaps: Vec<Gap> = of_all(view).into_iter().chain(of_some(view)).collect();
    if gaps.is_empty() {
        return None;
    }
    let columns = vec![
        Column::new("Not documented", ColumnKind::Head),
        Column::new("Would answer", ColumnKind::Text),
        Column::new("To add it", ColumnKind::Text),
    ];
    let note = counted(gaps.len(), "gap", "gaps");
    let row = |gap: Gap| {
        let what = Cell::from(gap.what).with_sub(link_list(gap.of, MOST_NAMES));
        Row::from(vec![what, Cell::from(gap.answers), Value::code(gap.example).into()])
    };
    let rows = gaps.into_iter().map(row).collect();
    let table = Table { style: TableStyle::Blocks, ..Table::plain("What is not documented", columns, rows) };
    let mut section = Section::new("unknown", "What is unknown", vec![Block::Table(table)]);
    section.note = Some(note);
    section.intro = vec![Value::text("A gap in the description is a fact too. Each of these would change an answer.")];
    Some(section)
}

/// What nothing says.
fn of_all(view: &View<'_>) -> Vec<Gap> {
    let company = &view.stack.company;
    let gap = |what: &str, answers, example: String| Gap { what: Value::text(what), of: Vec::new(), answers, example };
    let mut gaps = Vec::new();
    if company.system_of_record.is_none() {
        let answers = "Whether data from every tool arrives where it counts";
        gaps.push(gap("The system of record", answers, "[stack] system-of-record = \"…\"".to_owned()));
    }
    if company.annual_revenue.is_none() {
        let answers = "Whether tools and people are usual for a company of that size";
        gaps.push(gap("Annual revenue", answers, "[stack] annual-revenue = 0".to_owned()));
    }
    for (kind, answers) in [
        (Kind::Flow, "Whether leads get from the form to sales"),
        (Kind::Lifecycle, "When a lead changes hands"),
        (Kind::Routing, "Who gets a lead, and why"),
        (Kind::Runbook, "Whether somebody else could run the machine"),
        (Kind::Contract, "What the stack costs, and until when"),
        (Kind::Metric, "Whether anybody would notice that it stopped"),
    ] {
        if view.stack.count(kind) == 0 {
            gaps.push(gap(&plural(kind), answers, format!("[{}.ID]", kind.name())));
        }
    }
    gaps
}

/// What some entities of a kind lack.
fn of_some(view: &View<'_>) -> Vec<Gap> {
    let (stack, spend) = (view.stack, view.analysis.spend());
    let tools = |lacks: &dyn Fn(&Entity<Tool>) -> bool| {
        let tools = stack.tools.values().filter(|tool| tool.is_live_production() && lacks(tool));
        tools.map(|tool| view.link(tool).into()).collect::<Vec<Value>>()
    };
    let lacking = |kind: Kind, lacks: &str, number: usize, of: Vec<Value>, answers, example: &str| Gap {
        what: Link::site(format!("{lacks} of {}", counted_kind(number, kind)), index_url(kind)).into(),
        of,
        answers,
        example: example.to_owned(),
    };
    let of_tools = |lacks: &str, of: Vec<Value>, answers, example: &str| {
        (!of.is_empty()).then(|| lacking(Kind::Tool, lacks, of.len(), of, answers, example))
    };
    let is_uncosted = |tool: &Entity<Tool>| !spend.is_known(tool.id.as_str());
    let flows = stack.flows.values().filter(|flow| flow.is_live() && flow.monthly_pipeline.is_none());
    let flows: Vec<Value> = flows.map(|flow| view.link(flow).into()).collect();
    let contracts: Vec<Value> = view.analysis.renewals().undated.iter().map(|id| view.link_id(Kind::Contract, id)).collect();
    let undescribed = view.analysis.automations().iter().map(|(tool, of)| (*tool, of.undescribed())).filter(|(_, count)| *count > 0);
    let (mut automations, mut running) = (0, Vec::new());
    for (tool, count) in undescribed {
        automations += count as usize;
        running.push(view.link_id(Kind::Tool, tool));
    }
    [
        of_tools("The owner", tools(&|tool| tool.owner.is_none()), "Who decides, and whom to ask", "[tool.ID] owner = \"…\""),
        of_tools("The cost", tools(&is_uncosted), "What the stack costs a year", "[contract.ID] annual-cost = 0"),
        (!flows.is_empty()).then(|| {
            lacking(Kind::Flow, "The pipeline", flows.len(), flows, "What it costs when the flow stops", "[flow.ID] monthly-pipeline = 0")
        }),
        of_tools(
            "How much is in use",
            tools(&|tool| tool.adoption_share().is_none()),
            "Whether they are worth their price",
            "[tool.ID.adoption] share = 0.5",
        ),
        of_tools(
            "Personal data",
            tools(&|tool| tool.data.is_none()),
            "Whether a deletion request can be met",
            "[tool.ID.data] personal = [\"…\"]",
        ),
        (!contracts.is_empty()).then(|| {
            let example = "[contract.ID] renewal = 2027-01-31";
            lacking(Kind::Contract, "The renewal", contracts.len(), contracts, "What must be decided by when", example)
        }),
        (automations > 0).then(|| {
            let example = "[automation.ID] trigger = \"…\"";
            lacking(Kind::Automation, "The work", automations, running, "What happens without anybody looking", example)
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}
