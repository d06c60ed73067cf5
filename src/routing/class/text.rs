//! Open text: which text it is as a whole, how it starts, how it ends, and what it contains, a facet each.

use std::collections::{BTreeMap, HashSet};

use fixedbitset::FixedBitSet;

use super::{
    Asked, TooMany,
    affix::{Affix, Inner, Lists, affixes, inners},
    cell::{Cell, Classes},
    part::Part,
    region::{Builder, Region, Side, set},
    spell::{Spelling, spellings},
};
use crate::{
    model::{Field, Scalar},
    routing::{
        condition::{Filter, Operation},
        value::Value,
    },
};

/// The most texts that are looked for in others.
const MOST_COMPARISONS: usize = 4_000_000;

/// The facets of a field of open text.
#[derive(Debug)]
pub(super) struct Texts {
    /// Which text it is: missing, one that a condition names whole, or another.
    pub(super) whole: Classes,
    /// How it starts.
    pub(super) start: Option<Ends>,
    /// How it ends.
    pub(super) end: Option<Ends>,
    /// What it contains: a facet for each list of parts, whose class 0 says that it contains none of them.
    pub(super) parts: Vec<(usize, Vec<Inner>)>,
    /// The lists of conditions, as they are shown.
    pub(super) lists: [Lists; 3],
    /// The texts that conditions name whole.
    pub(super) named: HashSet<String>,
    /// How texts of conditions are written.
    pub(super) spelling: Spelling,
}

/// How a text starts, or ends.
#[derive(Debug)]
pub(super) struct Ends {
    /// The number of the facet.
    pub(super) facet: usize,
    /// A way for each class.
    pub(super) ways: Vec<Affix>,
}

/// The lists that a condition asks for: starts, ends, parts.
type Wants = [Option<usize>; 3];

/// Sorts what conditions can tell of a field.
///
/// # Errors
/// If conditions name too many texts.
pub(super) fn classify(field: &Field, filters: &[&Filter<'_>], builder: &mut Builder) -> Result<(Texts, Vec<Asked>), TooMany> {
    let mut lists: [Lists; 3] = Default::default();
    let wants: Vec<Wants> = filters.iter().map(|filter| wants(filter, &mut lists)).collect();
    let (spelling, named) = spellings(filters);
    let texts: usize = lists.iter().map(|lists| lists.texts().count()).sum();
    let cells = cells(field, &named, &spelling);
    if texts.saturating_mul(texts + named.len()) > MOST_COMPARISONS || cells.len().saturating_mul(filters.len()) > super::MOST_CELLS {
        return Err(TooMany);
    }
    let [starts, ends, inner] = &lists;
    let ways = |lists: &Lists, has: fn(&str, &str) -> bool| {
        let ways = affixes(lists, has, inner);
        (!lists.lists.is_empty()).then_some(ways)
    };
    let start = ways(starts, |text, start| text.starts_with(start)).map(|ways| Ends { facet: builder.facet(ways.len()), ways });
    let end = ways(ends, |text, end| text.ends_with(end)).map(|ways| Ends { facet: builder.facet(ways.len()), ways });
    let parts: Vec<(usize, Vec<Inner>)> = inners(inner).into_iter().map(|ways| (builder.facet(ways.len() + 1), ways)).collect();
    let facets = Facets { start: start.as_ref(), end: end.as_ref(), parts: &parts, lists: &lists };
    facets.limit(builder);
    let pinned: Vec<Option<Vec<Side>>> = cells.iter().map(|cell| facets.pinned(cell, builder)).collect();
    let signatures = cells.iter().zip(&pinned).map(|(cell, pinned)| (signature(cell, filters), pinned.clone()));
    let number = builder.next();
    let (whole, asked_whole) = Classes::new(number, cells.clone(), filters.len(), signatures);
    builder.facet(whole.len());
    facets.pin(&whole, &pinned, builder);
    let asked = asked_whole.into_iter().zip(&wants).map(|(classes, wants)| facets.asked(Side { facet: number, classes }, wants, builder));
    let asked = asked.collect();
    Ok((Texts { whole, start, end, parts, lists, named: named.into_iter().collect(), spelling }, asked))
}

/// Notes the lists that a condition asks for.
fn wants(filter: &Filter<'_>, [starts, ends, inner]: &mut [Lists; 3]) -> Wants {
    let mut wants = [None; 3];
    let [start, end, part] = &mut wants;
    for operation in &filter.operations {
        match operation {
            Operation::StartsWith(texts) => *start = starts.add(texts),
            Operation::EndsWith(texts) => *end = ends.add(texts),
            Operation::Contains(texts) => *part = inner.add(texts),
            _ => {}
        }
    }
    wants
}

/// A missing value, other text, and the texts that conditions name whole.
fn cells(field: &Field, named: &[String], spelling: &BTreeMap<String, String>) -> Vec<Cell> {
    let mut cells = if field.required { Vec::new() } else { vec![Cell::Missing] };
    cells.push(Cell::Other);
    cells.extend(named.iter().map(|text| Cell::Listed(Scalar::Text(spelling.get(text).unwrap_or(text).clone()))));
    cells
}

/// Which conditions hold of a cell. Of other text, those that hold where it starts, ends and contains as they ask.
fn signature(cell: &Cell, filters: &[&Filter<'_>]) -> FixedBitSet {
    let mut signature = FixedBitSet::with_capacity(filters.len());
    for (number, filter) in filters.iter().enumerate() {
        let holds = match cell.value() {
            Some(value) => filter.holds(&value),
            None => filter.operations.iter().all(|operation| match operation {
                Operation::NoneOf(_) => true,
                Operation::StartsWith(texts) | Operation::EndsWith(texts) | Operation::Contains(texts) => !texts.is_empty(),
                Operation::Present(present) => *present,
                Operation::OneOf(_) | Operation::Min(_) | Operation::Max(_) | Operation::Above(_) | Operation::Below(_) => false,
            }),
        };
        signature.set(number, holds);
    }
    signature
}

/// The facets of a field but that of the whole text.
struct Facets<'t> {
    start: Option<&'t Ends>,
    end: Option<&'t Ends>,
    parts: &'t [(usize, Vec<Inner>)],
    lists: &'t [Lists; 3],
}

impl Facets<'_> {
    /// Rules out that a text does not contain what its start, its end or one of its parts contains.
    fn limit(&self, builder: &mut Builder) {
        for (number, (facet, _)) in self.parts.iter().enumerate() {
            let Some(size) = builder.size(*facet) else { continue };
            let none = Side { facet: *facet, classes: set(size, [0]) };
            for ends in [self.start, self.end].into_iter().flatten() {
                let having = ends.ways.iter().enumerate().filter(|(_, way)| way.inside.contains(number)).map(|(class, _)| class);
                builder.rule_out([Side { facet: ends.facet, classes: set(ends.ways.len(), having) }, none.clone()]);
            }
            for (other, ways) in self.parts.iter().filter(|(other, _)| other != facet) {
                let having = ways.iter().enumerate().filter(|(_, way)| way.others.contains(number)).map(|(way, _)| way + 1);
                builder.rule_out([Side { facet: *other, classes: set(ways.len() + 1, having) }, none.clone()]);
            }
        }
    }

    /// Returns how a cell that is one value starts and ends and what it contains: nothing for other text, which may in
    /// any way, unless there is no facet to tell.
    fn pinned(&self, cell: &Cell, builder: &Builder) -> Option<Vec<Side>> {
        let Some(value) = cell.value() else {
            return (self.start.is_none() && self.end.is_none() && self.parts.is_empty()).then(Vec::new);
        };
        let text = if let Value::Text(text) = &value { text.as_str() } else { "" };
        let [starts, ends, inner] = self.lists;
        let inside = inner.of(|part| text.contains(part));
        let mut pinned = Vec::new();
        let mut pin = |facet: usize, class: usize| {
            let size = builder.size(facet).unwrap_or(0);
            pinned.push(Side { facet, classes: set(size, [class]) });
        };
        let affixes = [(self.start, starts.of(|start| text.starts_with(start))), (self.end, ends.of(|end| text.ends_with(end)))];
        for (ends, lists) in affixes {
            let Some(ends) = ends else { continue };
            let class = ends.ways.iter().position(|way| way.lists == lists && way.inside.is_subset(&inside));
            pin(ends.facet, class.unwrap_or(0));
        }
        for (number, (facet, ways)) in self.parts.iter().enumerate() {
            let way = ways.iter().position(|way| way.others.is_subset(&inside)).filter(|_| inside.contains(number));
            pin(*facet, way.map_or(0, |way| way + 1));
        }
        Some(pinned)
    }

    /// Rules out that a class of single values starts, ends or contains in any other way than they do.
    fn pin(&self, whole: &Classes, pinned: &[Option<Vec<Side>>], builder: &mut Builder) {
        let others = [self.start, self.end].into_iter().flatten().map(|ends| ends.facet).chain(self.parts.iter().map(|(facet, _)| *facet));
        for (place, facet) in others.enumerate() {
            let Some(size) = builder.size(facet) else { continue };
            for class in 0..size {
                let is_other = |pinned: &Option<Vec<Side>>| {
                    pinned.as_ref().and_then(|sides| sides.get(place)).is_some_and(|side| !side.classes.contains(class))
                };
                let cells = pinned.iter().zip(&whole.class_of).filter(|(pinned, _)| is_other(pinned)).map(|(_, class)| *class);
                let wholes = Side { facet: whole.facet, classes: set(whole.len(), cells) };
                builder.rule_out([wholes, Side { facet, classes: set(size, [class]) }]);
            }
        }
    }

    /// Returns what a condition asks of every facet.
    fn asked(&self, whole: Side, [start, end, part]: &Wants, builder: &Builder) -> Asked {
        let mut sides = vec![whole];
        for (ends, wanted) in [(self.start, start), (self.end, end)] {
            if let (Some(ends), Some(list)) = (ends, wanted) {
                sides.push(ends.having(*list));
            }
        }
        if let Some((facet, _)) = part.and_then(|list| self.parts.get(list)) {
            sides.push(Side { facet: *facet, classes: set(builder.size(*facet).unwrap_or(0), 1..builder.size(*facet).unwrap_or(0)) });
        }
        sides
    }
}

impl Ends {
    /// Returns the ways that have a text of a list.
    pub(super) fn having(&self, list: usize) -> Side {
        let having = self.ways.iter().enumerate().filter(|(_, way)| way.lists.contains(list)).map(|(class, _)| class);
        Side { facet: self.facet, classes: set(self.ways.len(), having) }
    }
}

impl Texts {
    /// Returns what lists of the conditions ask of a part of the text, in words, with the records that have it.
    pub(super) fn asked_lists(&self) -> Vec<(Part, Region)> {
        let [starts, ends, inner] = &self.lists;
        let mut asked = Vec::new();
        for (ends, lists, part) in [(&self.start, starts, Part::StartsWith as fn(_) -> _), (&self.end, ends, Part::EndsWith)] {
            let Some(ends) = ends else { continue };
            asked.extend(
                lists.lists.iter().enumerate().map(|(list, texts)| (part(self.shown(texts)), Region::new(vec![ends.having(list)]))),
            );
        }
        for ((facet, ways), texts) in self.parts.iter().zip(&inner.lists) {
            let side = Side { facet: *facet, classes: set(ways.len() + 1, 1..=ways.len()) };
            asked.push((Part::Contains(self.shown(texts)), Region::new(vec![side])));
        }
        // A list without a text asks for what no text has.
        asked.retain(|(_, region)| region.sides.iter().all(|side| !side.classes.is_clear()));
        asked
    }

    /// Texts as the conditions write them.
    fn shown(&self, texts: &[String]) -> Vec<String> {
        texts.iter().map(|text| self.spelling.get(text).unwrap_or(text).clone()).collect()
    }
}
