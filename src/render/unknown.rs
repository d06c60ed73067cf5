//! What is not documented and would change what a reviewer concludes.

use super::{
    page::{Block, Cell, Column, ColumnKind, Link, Row, Section, Table, Unknown, Value},
    view::{View, counted, counted_kind, index_url, plural},
};
use crate::model::{AnyEntity, Kind};

/// The gaps of the whole, those first without which the least can be said.
pub(super) fn gaps(view: &View<'_>) -> Vec<Unknown> {
    let company = &view.stack.company;
    let gap = |what: Value, answers: &str, example: &str| Unknown { what, answers: answers.to_owned(), example: example.to_owned() };
    let mut gaps = Vec::new();
    if company.system_of_record.is_none() {
        let answers = "Whether data from every tool arrives where it counts";
        gaps.push(gap(Value::text("The system of record"), answers, "[stack] system-of-record = \"…\""));
    }
    if company.annual_revenue.is_none() {
        let answers = "Whether tools and people are usual for a company of that size";
        gaps.push(gap(Value::text("Annual revenue"), answers, "[stack] annual-revenue = 0"));
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
            gaps.push(gap(Value::text(plural(kind)), answers, &format!("[{}.ID]", kind.name())));
        }
    }
    gaps.extend(counts(view).into_iter().filter(|count| count.number > 0).map(|count| {
        let what = Link::site(count.words(), index_url(count.kind));
        gap(what.into(), count.answers, count.example)
    }));
    gaps
}

/// How many entities of a kind lack something.
struct Count {
    kind: Kind,
    lacks: &'static str,
    number: usize,
    answers: &'static str,
    example: &'static str,
}

impl Count {
    fn words(&self) -> String {
        format!("{} of {}", self.lacks, counted_kind(self.number, self.kind))
    }
}

fn counts(view: &View<'_>) -> Vec<Count> {
    let (stack, spend) = (view.stack, view.analysis.spend());
    let tools = || stack.tools.values().filter(|tool| tool.is_live_production());
    let undescribed: u32 = view.analysis.automations().values().map(|of| of.undescribed()).sum();
    let count = |kind, lacks, number, answers, example| Count { kind, lacks, number, answers, example };
    vec![
        count(
            Kind::Tool,
            "The owner",
            tools().filter(|tool| tool.owner.is_none()).count(),
            "Who decides, and whom to ask",
            "[tool.ID] owner = \"…\"",
        ),
        count(
            Kind::Tool,
            "The cost",
            tools().filter(|tool| !spend.is_known(tool.id.as_str())).count(),
            "What the stack costs a year",
            "[contract.ID] annual-cost = 0",
        ),
        count(
            Kind::Flow,
            "The pipeline",
            stack.flows.values().filter(|flow| flow.is_live() && flow.monthly_pipeline.is_none()).count(),
            "What it costs when the flow stops",
            "[flow.ID] monthly-pipeline = 0",
        ),
        count(
            Kind::Tool,
            "How much is in use",
            tools().filter(|tool| tool.adoption_share().is_none()).count(),
            "Whether they are worth their price",
            "[tool.ID.adoption] share = 0.5",
        ),
        count(
            Kind::Tool,
            "Personal data",
            tools().filter(|tool| tool.data.is_none()).count(),
            "Whether a deletion request can be met",
            "[tool.ID.data] personal = [\"…\"]",
        ),
        count(
            Kind::Contract,
            "The renewal",
            view.analysis.renewals().undated.len(),
            "What must be decided by when",
            "[contract.ID] renewal = 2027-01-31",
        ),
        count(
            Kind::Automation,
            "The work",
            undescribed as usize,
            "What happens without anybody looking",
            "[automation.ID] trigger = \"…\"",
        ),
    ]
}

/// The same as a section of a page.
pub(super) fn section(view: &View<'_>) -> Option<Section> {
    let gaps = gaps(view);
    if gaps.is_empty() {
        return None;
    }
    let columns = vec![
        Column::new("Not documented", ColumnKind::Head),
        Column::new("Would answer", ColumnKind::Text),
        Column::new("To add it", ColumnKind::Text),
    ];
    let note = counted(gaps.len(), "gap", "gaps");
    let rows =
        gaps.into_iter().map(|gap| Row::from(vec![gap.what.into(), Cell::from(gap.answers.as_str()), Value::code(gap.example).into()]));
    let table = Table::plain("What is not documented", columns, rows.collect());
    let mut section = Section::new("unknown", "What is unknown", vec![Block::Table(table)]);
    section.note = Some(note);
    section.intro = vec![Value::text("A gap in the description is a fact too. Each of these would change an answer.")];
    Some(section)
}
