//! Who answers for which area, and who owns what belongs to it.

use super::super::{
    facts,
    page::{Block, Cell, Column, ColumnKind, Link, Row, Section, Table, TableStyle, Value},
    picture,
    view::{View, counted, counted_kind, label, url},
    words,
};
use crate::{
    analysis::{AreaDuty, Mandate},
    diagram::{Bar, Bars, Caption, Part},
    model::{Kind, Owner},
};

/// Width of the picture, px.
const WIDTH: f64 = 620.0;
/// So many owners are shown at most.
const MOST_OWNERS: usize = 25;

/// The section; nothing where the stack describes nothing that could be owned.
pub(super) fn section(view: &View<'_>) -> Option<Section> {
    let mandate = view.analysis.mandate();
    if mandate.areas.iter().all(|area| area.kinds.is_empty()) {
        return None;
    }
    let mut blocks: Vec<Block> = drawn(view, mandate).into_iter().map(Block::Diagram).collect();
    blocks.push(Block::Table(by_area(view, mandate)));
    blocks.push(Block::Table(by_owner(view, mandate)));
    if mandate.owners.len() > MOST_OWNERS {
        let text = format!("The {MOST_OWNERS} who own most, of {}.", mandate.owners.len());
        blocks.push(Block::Remark { text: vec![Value::text(text)] });
    }
    let mut section = Section::new("areas", "Who answers for which area?", blocks);
    section.intro = vec![Value::text(
        "Counted is what is live: every tool, integration, flow, metric and so on, by who is named as its owner. What belongs to an area is listed by kind, and what somebody owns on their page.",
    )];
    Some(section)
}

fn party(view: &View<'_>, id: &str) -> Value {
    view.owner(Some(&Owner::new(id)), "owner")
}

fn all(area: &AreaDuty<'_>) -> usize {
    area.theirs + area.others + area.nobodys
}

/// A length of a bar; a stack has far fewer entities than numbers that are exact.
fn length(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn drawn(view: &View<'_>, mandate: &Mandate<'_>) -> Option<super::super::page::Diagram> {
    let bar = |area: &AreaDuty<'_>| {
        let name = label(area.area);
        let who = area.party.map_or_else(|| "nobody named".to_owned(), |party| words::party(view, &Owner::new(party)));
        Bar {
            title: format!("{name}, {who}: {} owned by them, {} by others, {} by nobody", area.theirs, area.others, area.nobodys),
            label: name,
            href: Some(format!("#{}", anchor(area))),
            parts: vec![(Part::Full, length(area.theirs)), (Part::Rest, length(area.others)), (Part::Unknown, length(area.nobodys))],
            figures: vec![all(area).to_string(), who],
        }
    };
    let bars = Bars {
        unit: String::new(),
        width: Some(WIDTH),
        heads: vec!["all".to_owned(), "answers for it".to_owned()],
        rows: mandate.areas.iter().map(bar).collect(),
        meaning: vec![
            (Part::Full, "owned by whoever answers for the area".to_owned()),
            (Part::Rest, "owned by others".to_owned()),
            (Part::Unknown, "owned by nobody".to_owned()),
        ],
    };
    let description = "A bar for each area, as long as what belongs to it, in parts by who owns it. The table below says the same.";
    let caption = Caption { prefix: "areas-picture", title: "Areas and owners", description };
    picture::bars(&bars, &caption, "Areas and owners, drawn")
}

/// The id of the row of an area.
fn anchor(area: &AreaDuty<'_>) -> String {
    format!("area-{}", area.area)
}

/// The ids of the row of an owner, and of the row that sums them.
fn owner_anchor(id: &str) -> String {
    format!("owner-{id}")
}
const ALL: &str = "owners-all";

fn number(count: usize) -> Cell {
    if count == 0 { facts::nothing().sorted_by("0") } else { Cell::from(Value::text(count.to_string())).sorted_by(count.to_string()) }
}

/// A number that leads to what it counts.
fn leading(count: usize, href: Option<String>) -> Cell {
    match href {
        Some(href) if count > 0 => Cell::from(Value::from(Link::to(count.to_string(), &href))).sorted_by(count.to_string()),
        _ => number(count),
    }
}

/// The owners as the table shows them: those who own most first.
fn owners<'m, 'a>(mandate: &'m Mandate<'a>) -> Vec<(&'m &'a str, &'m [usize; 4])> {
    let mut owners: Vec<_> = mandate.owners.iter().collect();
    owners.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<usize>()));
    owners
}

fn by_area(view: &View<'_>, mandate: &Mandate<'_>) -> Table {
    let columns = vec![
        Column::new("Area", ColumnKind::Head),
        Column::new("Answers for it", ColumnKind::Text),
        Column::bare("What belongs to it"),
        Column::new("Theirs", ColumnKind::Number),
        Column::new("Of others", ColumnKind::Number),
        Column::new("Of nobody", ColumnKind::Number),
    ];
    let shown: Vec<&str> = owners(mandate).into_iter().take(MOST_OWNERS).map(|(id, _)| *id).collect();
    let row = |area: &AreaDuty<'_>| {
        let theirs = area.party.filter(|party| shown.contains(party)).map(|party| format!("#{}", owner_anchor(party)));
        let who = area.party.map_or_else(|| Value::gap(format!("areas = {{ {} = \"…\" }}", area.area)), |id| party(view, id));
        let mut kinds = Vec::new();
        for (at, (kind, count)) in area.kinds.iter().enumerate() {
            kinds.extend((at > 0).then(|| Value::text(", ")));
            let words = counted_kind(*count, *kind);
            kinds.push(Link::site(words, format!("{}/index.html", kind.folder())).into());
        }
        let kinds = if kinds.is_empty() { facts::nothing() } else { Cell::prose(kinds) };
        let cells = vec![
            Cell::from(label(area.area).as_str()),
            who.into(),
            kinds,
            leading(area.theirs, theirs),
            leading(area.others, Some(format!("#{ALL}"))),
            number(area.nobodys),
        ];
        Row { id: Some(anchor(area)), ..Row::from(cells) }
    };
    let rows = mandate.areas.iter().map(row).collect();
    Table { style: TableStyle::Blocks, ..Table::plain("Areas, who answers for them and who owns what", columns, rows) }
}

/// Every owner with what they own of each area.
fn by_owner(view: &View<'_>, mandate: &Mandate<'_>) -> Table {
    let mut columns = vec![Column::new("Owner", ColumnKind::Head)];
    columns.extend(mandate.areas.iter().map(|area| Column::new(label(area.area), ColumnKind::Number)));
    columns.push(Column::new("All", ColumnKind::Number));
    let row = |(id, counts): (&&str, &[usize; 4])| {
        let mut cells = vec![Cell::from(party(view, id))];
        cells.extend(counts.iter().map(|count| number(*count)));
        let kind = if view.stack.people.contains_key(*id) { Kind::Person } else { Kind::Team };
        let page = view.stack.get(kind, id).map(|_| format!("{}#owns", url(kind, id)));
        cells.push(leading(counts.iter().sum(), page));
        Row { id: Some(owner_anchor(id)), ..Row::from(cells) }
    };
    let rows = owners(mandate).into_iter().take(MOST_OWNERS).map(row).collect();
    let of_area = |at: usize| mandate.owners.values().filter_map(|counts| counts.get(at)).sum();
    let mut total = vec![Cell::from(counted(mandate.owners.len(), "owner", "owners").as_str())];
    total.extend((0..mandate.areas.len()).map(|at| number(of_area(at))));
    total.push(number(mandate.owners.values().flatten().sum()));
    let foot = vec![Row { id: Some(ALL.to_owned()), ..Row::from(total) }];
    Table { style: TableStyle::Blocks, sortable: true, foot, ..Table::plain("Owners by area", columns, rows) }
}
