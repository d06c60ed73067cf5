//! `findings.html`: everything that was found, by family, and what is accepted.

use super::{
    Page, frame,
    page::{Block, Cell, Column, ColumnKind, Family, FindingTable, FindingsPage, Link, Row, Section, Table, Value, sentence},
    sections::group,
    view::{View, capital, counted, date},
};
use crate::diagnostic::{Diagnostic, Family as Of, Level};

/// A table from this many findings on has a filter.
const FILTER_FROM: usize = 8;

pub(super) fn page(view: &View<'_>) -> Page {
    let found = &view.project.report.findings;
    let of = |family: Of| found.iter().filter(|finding| finding.rule.family == family).collect::<Vec<&Diagnostic>>();
    let with: Vec<(Of, Vec<&Diagnostic>)> =
        Of::ALL.into_iter().map(|family| (family, of(family))).filter(|(_, found)| !found.is_empty()).collect();
    let families = with.iter().map(|(family, found)| counts(&id(*family), &title(*family), found)).collect();
    let groups = with.iter().map(|(family, found)| group(view, found, true, Some((id(*family), title(*family))))).collect();
    let all: Vec<&Diagnostic> = found.iter().collect();
    let data = FindingsPage {
        lead: lead(view),
        families,
        total: counts("all", "All", &all),
        table: FindingTable {
            label: "All findings".to_owned(),
            subjects: true,
            rules: true,
            filter: (found.len() >= FILTER_FROM).then(|| "filter".to_owned()),
            groups,
        },
        sections: accepted(view).into_iter().collect(),
    };
    Page::new("findings.html", frame::overview("findings.html", "Findings"), &data)
}

fn id(family: Of) -> String {
    format!("f-{}", family.word())
}

fn title(family: Of) -> String {
    capital(&family.word().replace('-', " "))
}

fn counts(id: &str, title: &str, found: &[&Diagnostic]) -> Family {
    let count = |level: Level| found.iter().filter(|finding| finding.level == level).count();
    Family {
        id: id.to_owned(),
        title: title.to_owned(),
        errors: count(Level::Error),
        warnings: count(Level::Warning),
        infos: count(Level::Info),
        all: found.len(),
    }
}

fn lead(view: &View<'_>) -> Vec<Value> {
    let found = view.project.report.findings.len();
    let accepted = view.project.report.suppressed.len();
    let mut text = if found == 0 {
        "No rule found anything to object to.".to_owned()
    } else {
        format!("{}: {}. Each names the fact, the place and the remedy.", counted(found, "finding", "findings"), frame::counts(view))
    };
    if accepted > 0 {
        text = format!("{text} {} accepted, in the open, until a date.", counted(accepted, "more is", "more are"));
    }
    vec![Value::text(text)]
}

/// Risks that somebody has accepted.
fn accepted(view: &View<'_>) -> Option<Section> {
    let suppressed = &view.project.report.suppressed;
    if suppressed.is_empty() {
        return None;
    }
    let columns = vec![
        Column::new("Rule", ColumnKind::Head),
        Column::new("Finding", ColumnKind::Text),
        Column::new("Why it is accepted", ColumnKind::Text),
        Column::new("By", ColumnKind::Text),
        Column::new("Until", ColumnKind::Number),
    ];
    let rows = suppressed.iter().map(|one| {
        let rule = one.finding.rule.name;
        let cells: Vec<Cell> = vec![
            Value::from(Link::site(rule, format!("rules/{rule}.html"))).into(),
            Cell { join: super::page::Join::None, ..Cell::list(sentence(&view.disclosed.text(&one.finding.message))) },
            Cell::from(&*view.disclosed.text(&one.reason)),
            view.link_address(&one.by).into(),
            super::facts::short(date(one.until).into()),
        ];
        Row::from(cells)
    });
    let table = Table::plain("Accepted risks", columns, rows.collect());
    let mut section = Section::new("accepted", "Accepted risks", vec![Block::Table(table)]);
    section.note = Some(suppressed.len().to_string());
    Some(section)
}
