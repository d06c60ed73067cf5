//! `redundancy.html`: which tools can do much the same, which of them it takes least to do without, and what that saves.

mod candidates;
mod first;
mod matrix;

use self::first::First;
use super::{
    Page, facts, frame, money,
    page::{Block, Cell, Column, ColumnKind, Figure, Link, Prose, ReportPage, Row, RowGroup, Section, Table, TableStyle, Value},
    view::{View, capital, counted, link_list, url},
};
use crate::{
    analysis::{Choice, Unknown},
    model::{Kind, Layer},
};

/// So many groups have a section of their own, and so many more are listed, at most.
const MOST_GROUPS: usize = 15;
const MOST_LISTED: usize = 50;
/// So many tools are named in a heading or a sentence at most.
const MOST_NAMES: usize = 4;
/// So many tools of unknown overlap are listed at most.
const MOST_UNKNOWN: usize = 100;

/// The ids of the sections that say that nothing overlaps, and how it is counted.
const NONE: &str = "none";
const METHOD: &str = "method";

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
    let mut lead = Vec::new();
    let first = consolidation.within.first().map_or_else(|| NONE.to_owned(), anchor);
    let several = Link::here(capital(&counted(tools, "tool", "tools")), &first);
    match consolidation.within.len() {
        0 => lead.push(Value::text("No two tools of a unit are known to do much the same.")),
        1 => lead.extend([several.into(), Value::text(" can do much the same.")]),
        groups => lead.extend([
            several.into(),
            Value::text(" in "),
            Link::here(format!("{groups} groups"), &first).into(),
            Value::text(" can do much the same as another."),
        ]),
    }
    let mut say = |count: usize, (before, one, many, after): (&str, &str, &str, &str), id: &str| {
        let link = Link::here(if count == 1 { one.to_owned() } else { format!("{count} {many}") }, id);
        lead.extend((count > 0).then(|| [Value::text(before), link.into(), Value::text(after)]).into_iter().flatten());
    };
    let (silent, plural) = (" does not say what it can do.", " do not say what they can do.");
    say(unknown, (" ", "One tool", "tools", if unknown == 1 { silent } else { plural }), "unknown");
    say(consolidation.across.len(), (" Units have tools for the same job in ", "one case", "cases", "."), "units");
    lead
}

fn figures(view: &View<'_>) -> Vec<Figure> {
    let consolidation = view.analysis.consolidation();
    let (within, across) = (First::of(&consolidation.within), First::of(&consolidation.across));
    let first = consolidation.within.first().map_or_else(|| NONE.to_owned(), anchor);
    let figure = |label: &str, number: usize, id: &str, note: Vec<Value>| Figure::new(label, Link::here(number.to_string(), id), note);
    let unknown = view.analysis.overlap().unknown.len();
    let mut notice = Figure::new("Next notice", Value::text("–"), vec![Value::text("no date ahead of what could go")]);
    if let Some((day, one)) = within.notice() {
        let day = day.in_short();
        let (day, year) = day.rsplit_once(' ').unwrap_or((&day, ""));
        notice.number = Link::site(day, url(Kind::Contract, one.contract)).into();
        notice.unit = Some(year.to_owned());
        notice.note = vec![Value::text("for "), view.link_id(Kind::Contract, one.contract), Value::text(", to save that")];
    }
    let mut goes = vec![Value::text("if "), Value::text(if within.0.len() == 1 { "this goes: " } else { "these go: " })];
    goes.extend(within.links(view));
    let nothing = vec![Value::text("nothing could go")];
    let mut units = vec![Value::text(if across.0.is_empty() { "no candidates" } else { "candidates for consolidation" })];
    units.extend(across.across(view));
    let has_units = !view.stack.units.is_empty();
    vec![
        figure("Groups of substitutes", consolidation.within.len(), &first, vec![Value::text("tools of one unit")]),
        money::figure(
            view,
            "Saved a year",
            (!within.0.is_empty()).then(|| within.saved()),
            &format!("#{first}"),
            if within.0.is_empty() { nothing } else { goes },
        ),
        notice,
        figure("Across units", consolidation.across.len(), if has_units { "units" } else { METHOD }, units),
        figure("Overlap not known", unknown, if unknown > 0 { "unknown" } else { METHOD }, vec![Value::text("tools without capabilities")]),
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

/// The id of the section of a group.
fn anchor(choice: &Choice<'_>) -> String {
    format!("group-{}", choice.tools.first().copied().unwrap_or_default())
}

/// The section of a group: what each of its tools can do, and each as the one to do without.
fn group(view: &View<'_>, choice: &Choice<'_>) -> Section {
    let title = names(view, choice);
    let id = anchor(choice);
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
        Link::site("All accepted risks", "suppressions.html").into(),
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
    Section::new(NONE, "Groups of substitutes", vec![Block::Text { text }])
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
    Section::new(METHOD, "How this is counted", vec![Block::Bullets { items, ordered: false }])
}
