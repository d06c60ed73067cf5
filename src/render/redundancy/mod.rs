//! `redundancy.html`: which tools can do much the same, which of them it takes least to do without, and what that saves.

mod candidates;
mod matrix;

use super::{
    Page, facts, frame, money,
    page::{Block, Cell, Column, ColumnKind, Figure, Prose, ReportPage, Row, RowGroup, Section, Table, TableStyle, Value},
    view::{View, capital, counted, link_list},
};
use crate::{
    analysis::{Candidate, Choice, Standing, Unknown},
    model::{Date, Kind, Layer},
};

/// So many groups have a section of their own, and so many more are listed, at most.
const MOST_GROUPS: usize = 15;
const MOST_LISTED: usize = 50;
/// So many tools are named in a heading or a sentence at most.
const MOST_NAMES: usize = 4;
/// So many tools of unknown overlap are listed at most.
const MOST_UNKNOWN: usize = 100;

pub(super) fn page(view: &View<'_>) -> Page {
    let consolidation = view.analysis.consolidation();
    let mut sections: Vec<Section> = consolidation.within.iter().take(MOST_GROUPS).map(|choice| group(view, choice)).collect();
    sections.extend(more(view, consolidation.within.get(MOST_GROUPS..).unwrap_or_default()));
    if consolidation.within.is_empty() {
        sections.push(none(view));
    }
    sections.extend(unknown(view));
    sections.extend(across(view, &consolidation.across));
    sections.push(method());
    let data = ReportPage { title: "Redundancy".to_owned(), lead: lead(view), figures: figures(view), contents: true, sections };
    Page::new("report.html", frame::in_layer("redundancy.html", "Redundancy", Layer::Platform), &data)
}

fn lead(view: &View<'_>) -> Prose {
    let consolidation = view.analysis.consolidation();
    let tools: usize = consolidation.within.iter().map(|choice| choice.tools.len()).sum();
    let unknown = view.analysis.overlap().unknown.len();
    let overlapping = match consolidation.within.len() {
        0 => "No two tools of a unit are known to do much the same.".to_owned(),
        1 => format!("{} can do much the same.", capital(&counted(tools, "tool", "tools"))),
        groups => format!("{} in {groups} groups can do much the same as another.", capital(&counted(tools, "tool", "tools"))),
    };
    let silent = match unknown {
        0 => String::new(),
        1 => " One tool does not say what it can do.".to_owned(),
        tools => format!(" {tools} tools do not say what they can do."),
    };
    let between = match consolidation.across.len() {
        0 => String::new(),
        1 => " Units have tools for the same job in one case.".to_owned(),
        groups => format!(" Units have tools for the same job in {groups} cases."),
    };
    vec![Value::text(format!("{overlapping}{silent}{between}"))]
}

fn figures(view: &View<'_>) -> Vec<Figure> {
    let consolidation = view.analysis.consolidation();
    let figure = |label: &str, number: usize, note: &str| Figure {
        label: label.to_owned(),
        number: number.to_string(),
        unit: None,
        note: vec![Value::text(note)],
        scale: None,
    };
    let first: Vec<&Candidate<'_>> = consolidation.within.iter().filter_map(|choice| choice.candidates.first()).collect();
    let saved = first.iter().map(|candidate| candidate.saved).sum();
    let endings = consolidation.within.iter().flat_map(|choice| &choice.candidates).flat_map(|candidate| &candidate.endings);
    let next =
        endings.filter(|one| one.standing.is_some_and(|standing| standing != Standing::Passed)).min_by_key(|one| (one.last, one.contract));
    let day = next.and_then(|one| one.last).map(Date::in_short);
    let notice = Figure {
        label: "Next notice".to_owned(),
        number: day.as_deref().map_or("–", |day| day.rsplit_once(' ').map_or(day, |(day, _)| day)).to_owned(),
        unit: day.as_deref().and_then(|day| Some(day.rsplit_once(' ')?.1.to_owned())),
        note: next.map_or_else(|| vec![Value::text("no date among them")], |one| vec![view.link_id(Kind::Contract, one.contract)]),
        scale: None,
    };
    vec![
        figure("Groups of substitutes", consolidation.within.len(), "tools of one unit"),
        money::figure(
            view,
            "Saved a year",
            (!first.is_empty()).then_some(saved),
            vec![Value::text("if the first of each group goes, as far as is known")],
        ),
        notice,
        figure("Across units", consolidation.across.len(), "candidates for consolidation"),
        figure("Overlap not known", view.analysis.overlap().unknown.len(), "tools without capabilities"),
    ]
}

/// The names of the tools of a group, in plain words.
fn names(view: &View<'_>, choice: &Choice<'_>) -> String {
    let names: Vec<String> = choice.tools.iter().take(MOST_NAMES).map(|tool| super::words::name(view, Kind::Tool, tool)).collect();
    match (choice.tools.len().saturating_sub(names.len()), names.as_slice()) {
        (0, [rest @ .., last]) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        (0, _) => names.join(", "),
        (more, _) => format!("{} and {more} more", names.join(", ")),
    }
}

/// The section of a group: what each of its tools can do, and each as the one to do without.
fn group(view: &View<'_>, choice: &Choice<'_>) -> Section {
    let title = names(view, choice);
    let id = format!("group-{}", choice.tools.first().copied().unwrap_or_default());
    let mut blocks = vec![Block::Table(candidates::table(view, choice, &format!("{title}: which to do without")))];
    blocks.extend(candidates::remark(choice));
    blocks.extend(matrix::blocks(view, choice, &format!("{title}: what each can do")));
    blocks.extend(accepted(view, choice));
    let mut section = Section::new(id, title, blocks);
    section.note =
        Some(format!("{}, {}", counted(choice.tools.len(), "tool", "tools"), counted(choice.pairs, "pair overlaps", "pairs overlap")));
    section.intro = intro(view, choice);
    section
}

/// Which candidate comes first and why, in a sentence.
fn intro(view: &View<'_>, choice: &Choice<'_>) -> Prose {
    let Some(first) = choice.candidates.first() else { return vec![] };
    let mut prose = vec![Value::text("It takes least to do without "), view.link_id(Kind::Tool, first.tool), Value::text(": ")];
    prose.push(Value::text(match first.moves.count() {
        0 => "nothing is known that would have to move".to_owned(),
        count => format!("{} would have to move", counted(count, "thing", "things")),
    }));
    if first.saved > 0.0 {
        prose.push(Value::text(format!(", and {} a year would be saved", money::amount(view, first.saved))));
    }
    prose.push(Value::text("."));
    prose
}

/// That somebody has accepted the overlap, with who, until when and why.
fn accepted(view: &View<'_>, choice: &Choice<'_>) -> Option<Block> {
    let subject = format!("tool.{}", choice.tools.first()?);
    let is_it = |finding: &crate::diagnostic::Diagnostic| finding.rule.name == "redundant-tools" && finding.subject == subject;
    let one = view.project.report.suppressed.iter().find(|one| is_it(&one.finding))?;
    let text = vec![
        Value::text("Accepted until "),
        super::view::date(one.until),
        Value::text(" by "),
        view.link_address(&format!("person.{}", one.by.trim_start_matches("person."))),
        Value::text(format!(": {}. ", view.disclosed.text(one.reason.trim_end_matches('.')))),
        super::page::Link::site("All accepted risks", "suppressions.html").into(),
        Value::text("."),
    ];
    Some(Block::Note { text })
}

/// Groups beyond those that have a section.
fn more(view: &View<'_>, rest: &[Choice<'_>]) -> Option<Section> {
    if rest.is_empty() {
        return None;
    }
    let columns = vec![
        Column::new("Tools", ColumnKind::Head),
        Column::new("Number", ColumnKind::Number),
        Column::new("Least to do without", ColumnKind::Text),
        Column::new("To move", ColumnKind::Number),
        Column::new(format!("{} saved a year", view.stack.company.currency()), ColumnKind::Number),
    ];
    let row = |choice: &Choice<'_>| {
        let tools = link_list(choice.tools.iter().take(MOST_NAMES).map(|tool| view.link_id(Kind::Tool, tool)).collect(), MOST_NAMES);
        let first = choice.candidates.first();
        Row::from(vec![
            Cell { join: super::page::Join::None, ..Cell::list(tools) },
            Cell::from(Value::text(choice.tools.len().to_string())),
            first.map_or_else(facts::nothing, |first| view.link_id(Kind::Tool, first.tool).into()),
            first.map_or_else(facts::nothing, |first| Value::text(first.moves.count().to_string()).into()),
            first.map_or_else(facts::nothing, |first| money::cell(view, first.saved)),
        ])
    };
    let rows = rest.iter().take(MOST_LISTED).map(row).collect();
    let table = Table { style: TableStyle::Blocks, ..Table::plain("More groups of substitutes", columns, rows) };
    let mut section = Section::new("more", "More groups", vec![Block::Table(table)]);
    section.note =
        Some(if rest.len() > MOST_LISTED { format!("the first {MOST_LISTED} of {}", rest.len()) } else { rest.len().to_string() });
    Some(section)
}

/// What to say where nothing overlaps, or nobody can tell.
fn none(view: &View<'_>) -> Section {
    let described = view.stack.tools.values().filter(|tool| tool.is_compared() && !tool.capabilities.is_empty()).count();
    let text = match described {
        0 => vec![Value::text("No tool says what it can do, so nothing can be compared. "), Value::gap("capabilities = [\"…\"]")],
        count => vec![Value::text(format!(
            "{} compared, and no two share half of the capabilities of the one that has fewer.",
            counted(count, "tool was", "tools were")
        ))],
    };
    Section::new("none", "Groups of substitutes", vec![Block::Text { text }])
}

/// The tools that cannot be compared, for they name no capabilities.
fn unknown(view: &View<'_>) -> Option<Section> {
    let all = &view.analysis.overlap().unknown;
    if all.is_empty() {
        return None;
    }
    let columns = vec![
        Column::new("Tool", ColumnKind::Head),
        Column::new("Category", ColumnKind::Text),
        Column::new("May overlap with", ColumnKind::Text),
        Column::new("To know it", ColumnKind::Text),
    ];
    let row = |of: &Unknown<'_>| {
        let mut others = link_list(of.others.iter().map(|tool| view.link_id(Kind::Tool, tool)).collect(), MOST_NAMES);
        let more = of.other_count.saturating_sub(of.others.len());
        others.extend((more > 0).then(|| Value::text(format!(" and {more} more"))));
        let category = view.stack.tools.get(of.tool).map_or_else(String::new, |tool| tool.category.to_string());
        Row::from(vec![
            view.link_id(Kind::Tool, of.tool).into(),
            Cell::from(category.as_str()),
            Cell { join: super::page::Join::None, ..Cell::list(others) },
            Value::code("capabilities = [\"…\"]").into(),
        ])
    };
    let rows = all.iter().take(MOST_UNKNOWN).map(row).collect();
    let table = Table { style: TableStyle::Blocks, ..Table::plain("Tools whose overlap is not known", columns, rows) };
    let mut section = Section::new("unknown", "Which overlaps are not known?", vec![Block::Table(table)]);
    section.note = Some(if all.len() > MOST_UNKNOWN {
        format!("the first {MOST_UNKNOWN} of {}", all.len())
    } else {
        counted(all.len(), "tool", "tools")
    });
    section.intro = vec![Value::text("These name no capabilities, while other tools of their category are there.")];
    Some(section)
}

/// What several units have bought for one job.
fn across(view: &View<'_>, choices: &[Choice<'_>]) -> Option<Section> {
    if view.stack.units.is_empty() {
        return None;
    }
    let mut section = Section::new("units", "Across units", vec![]);
    section.note = Some(counted(choices.len(), "group", "groups"));
    section.intro = vec![Value::text(
        "Tools of different units that can do much the same: candidates for consolidation, and no finding, for each unit may have its reasons.",
    )];
    if choices.is_empty() {
        section.blocks.push(Block::Text { text: vec![Value::text("No two tools of different units are known to do much the same.")] });
        return Some(section);
    }
    let title = |choice: &Choice<'_>| names(view, choice);
    let groups = choices.iter().take(MOST_GROUPS).map(|choice| RowGroup {
        id: None,
        title: Some(title(choice)),
        count: None,
        rows: candidates::rows(view, choice),
    });
    let table = Table {
        style: TableStyle::Blocks,
        groups: groups.collect(),
        ..Table::plain("Candidates for consolidation across units", candidates::columns(view), vec![])
    };
    section.blocks.push(Block::Table(table));
    if choices.len() > MOST_GROUPS {
        section.blocks.push(Block::Remark { text: vec![Value::text(format!("The first {MOST_GROUPS} of {} groups.", choices.len()))] });
    }
    Some(section)
}

/// How all of this is counted.
fn method() -> Section {
    let items = [
        "Two tools overlap if they share at least half of the `capabilities` of the one that has fewer, and two at least, whatever their categories are.",
        "What would have to move is what is live and depends on the tool: integrations that touch it, steps of flows in it, objects of which it is the \
         system of record, automations, routings, scorings, audiences and lifecycles that live in it, metrics and reports that draw on it. Each counts as one.",
        "First comes the tool for which least has to move, among equals the one that saves most. A tool that is sunset is going already and comes before \
         all others; the system of record of the stack is never first.",
        "Saved is what the contracts cost that cover nothing else. The part of a contract for several tools is saved only if the contract can be cut.",
    ];
    let items = items.into_iter().map(Value::prose).collect();
    Section::new("method", "How this is counted", vec![Block::Bullets { items, ordered: false }])
}
