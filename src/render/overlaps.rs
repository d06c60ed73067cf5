//! Where the order of the rules of a routing matters: rules that would take the same record and give it to different people.

use super::{
    page::{Block, Cell, Column, ColumnKind, Link, Prose, Row, Section, Table, TableStyle, Value},
    proven::Overlap,
    readers::Readers,
    view::{anchor, counted},
};
use crate::model::{Entity, Routing, slug};

/// As many rules below have to lose to one that its row says so of all of them together.
const MANY: usize = 3;

/// The section; nothing where no rules overlap.
pub(super) fn section(overlaps: &[Overlap], routing: &Entity<Routing>, readers: &Readers<'_>, noun: &str) -> Option<Section> {
    if overlaps.is_empty() {
        return None;
    }
    let columns = vec![
        Column::new("This rule wins", ColumnKind::Head),
        Column::new("Over", ColumnKind::Text),
        Column::new(format!("For example, with a {noun} that has"), ColumnKind::Text),
    ];
    let mut rows = Vec::new();
    for all in overlaps.chunk_by(|a, b| a.first == b.first) {
        let Some(one) = all.first() else { continue };
        let first = one.first;
        let example = |overlap: &Overlap| overlap.example.clone().down_to(readers, &[first, overlap.second]).prose();
        match spared(all, first, routing) {
            Some(spared) => {
                let mut over = vec![Value::text("all below")];
                for (index, rule) in spared.iter().enumerate() {
                    over.extend([Value::text(if index == 0 { " but " } else { " and " }), link(routing, *rule)]);
                }
                let mut words = vec![Value::text("over "), link(routing, one.second), Value::text(": ")];
                words.extend(example(one));
                rows.push(row(routing, first, over, words));
            }
            None => rows.extend(all.iter().map(|overlap| row(routing, first, vec![link(routing, overlap.second)], example(overlap)))),
        }
    }
    let table = Table { style: TableStyle::Blocks, ..Table::plain("Rules that overlap", columns, rows) };
    let mut section = Section::new("overlaps", "Where the order matters", vec![Block::Table(table)]);
    section.note = Some(counted(overlaps.len(), "pair", "pairs"));
    section.intro = vec![Value::text(format!(
        "A {noun} can match several rules; the upper one wins. These pairs would send the same {noun} to different people, so \
         changing their order changes who gets it."
    ))];
    Some(section)
}

/// The rules below one to which it does not win, if there are few of them and many others.
fn spared(all: &[Overlap], first: usize, routing: &Routing) -> Option<Vec<usize>> {
    let below = first + 1..routing.rule.len();
    let is_spared = |rule: &usize| all.iter().all(|overlap| overlap.second != *rule);
    (all.len() >= MANY && below.len() <= all.len() + 2).then(|| below.filter(is_spared).collect())
}

fn row(routing: &Routing, first: usize, over: Prose, example: Prose) -> Row {
    Row::from(vec![Cell::from(link(routing, first)), Cell::prose(over), Cell::prose(example)])
}

fn link(routing: &Routing, rule: usize) -> Value {
    let name = routing.rule.get(rule).map_or("", |rule| rule.name.as_str());
    Link::here(name, &anchor("rule", &slug(name))).into()
}
