//! `suppressions.html`: risks that somebody has accepted, in the open and until a day.

use super::{
    Page, facts, frame,
    page::{
        Block, Cell, Column, ColumnKind, Empty, Figure, FindingTable, Level, Link, ReportPage, Row, RowState, Section, Table, TableStyle,
        Value,
    },
    sections::group,
    view::{View, counted, date},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Address, Ref},
    policy::acceptance::{Acceptance, SOON, State, by_last_day},
};

pub(super) fn page(view: &View<'_>) -> Page {
    let all = by_last_day(&view.project.report.acceptances);
    let sections = if all.is_empty() { vec![none()] } else { risks(view, &all) };
    let data = ReportPage {
        title: "Accepted risks".to_owned(),
        lead: lead(view, &all),
        figures: if all.is_empty() { vec![] } else { figures(view, &all) },
        contents: false,
        sections,
    };
    Page::new("report.html", frame::overview("suppressions.html", "Accepted risks"), &data)
}

fn lead(view: &View<'_>, all: &[&Acceptance]) -> Vec<Value> {
    if all.is_empty() {
        return vec![Value::text("Nobody has accepted a risk: every finding is shown.")];
    }
    let accepted = view.project.report.suppressed.len();
    let said = if accepted == 1 { "is set aside by somebody who says" } else { "are set aside by somebody who says" };
    let text = format!(
        "{} {said} why and until when. On the day after, what was accepted is a finding again.",
        counted(accepted, "finding", "findings")
    );
    vec![Value::text(text)]
}

fn figures(view: &View<'_>, all: &[&Acceptance]) -> Vec<Figure> {
    let count = |is: &dyn Fn(&Acceptance) -> bool| all.iter().filter(|one| is(one)).count().to_string();
    let figure = |label: &str, number: String, note: &str| Figure::new(label, Value::text(number), vec![Value::text(note)]);
    vec![
        figure("In use", count(&|one| one.state == State::InUse), "set findings aside"),
        figure(&format!("End within {SOON} days"), count(&|one| one.expires_soon(view.project.today)), "are to be decided again"),
        figure("Expired", count(&|one| one.state == State::Expired), "set nothing aside any longer"),
        figure("Unused", count(&|one| one.state == State::Unused), "what they accepted is gone"),
    ]
}

fn none() -> Section {
    let text = vec![Value::text("To accept a risk, with a reason, a day and a name, write in any file of the stack:")];
    let snippet = "[[suppress]]\nrule = \"…\"\non = \"…\"\nreason = \"…\"\nuntil = …\nby = \"…\"";
    Section::new("none", "How to accept a risk", vec![Block::Empty(Empty { text, snippet: Some(snippet.to_owned()) })])
}

/// The risks by their last day, and the findings that they set aside.
fn risks(view: &View<'_>, all: &[&Acceptance]) -> Vec<Section> {
    let columns = vec![
        Column::new("Until", ColumnKind::Number),
        Column::new("Rule", ColumnKind::Head),
        Column::new("Concerning", ColumnKind::Text),
        Column::new("Why it is accepted", ColumnKind::Text),
        Column::new("By", ColumnKind::Text),
        Column::new("State", ColumnKind::Text),
        Column::new("Source", ColumnKind::Source),
    ];
    let mut table = Table::plain("Accepted risks by their last day", columns, all.iter().map(|one| row(view, one)).collect());
    table.sortable = true;
    table.style = TableStyle::Blocks;
    let mut sections = vec![Section::new("risks", "By the last day", vec![Block::Table(table)])];
    let found: Vec<&Diagnostic> = view.project.report.suppressed.iter().map(|suppressed| &suppressed.finding).collect();
    if !found.is_empty() {
        let table = FindingTable {
            label: "Findings that are set aside".to_owned(),
            subjects: true,
            rules: true,
            filter: None,
            filters: vec![],
            groups: vec![group(view, &found, true, None)],
        };
        let mut section = Section::new("findings", "What they set aside", vec![Block::Findings(table)]);
        section.note = Some(counted(found.len(), "finding", "findings"));
        sections.push(section);
    }
    sections
}

fn row(view: &View<'_>, one: &Acceptance) -> Row {
    let suppress = &one.suppress;
    let on = suppress.on.as_slice().iter().map(|on| view.link_address(on.as_str())).collect();
    let mut concerning = Cell::list(on);
    if let Some(key) = &suppress.key {
        concerning = concerning.with_sub(vec![Value::code(&*view.disclosed.text(key))]);
    }
    let span = view.project.sources.span(suppress.file, &suppress.pointer);
    let cells = vec![
        facts::short(date(suppress.until).into()).with_sub(vec![Value::text(one.left_in_words(view.project.today))]),
        Value::from(Link::site(suppress.rule.as_str(), format!("rules/{}.html", suppress.rule))).into(),
        concerning,
        Cell::from(&*view.disclosed.text(&suppress.reason)),
        view.link_address(Address::of("person", Ref::as_str(&suppress.by)).as_str()).into(),
        state(one).into(),
        Value::Source(view.source(span, None)).into(),
    ];
    let past = matches!(one.state, State::Expired | State::Unused);
    Row { state: if past { RowState::Past } else { RowState::Normal }, ..Row::from(cells) }
}

fn state(one: &Acceptance) -> Value {
    match one.state {
        State::InUse => Value::text(format!("sets {} aside", counted(one.findings, "finding", "findings"))),
        State::Unused => Value::Level { level: Level::Warning, word: "unused".to_owned() },
        State::Expired => Value::Level { level: Level::Error, word: "expired".to_owned() },
        State::NotJudged => Value::quiet("not judged: its rule is off"),
    }
}
