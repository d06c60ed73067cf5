//! Open text: which text it is as a whole, how it starts, how it ends, and what it contains, a facet each.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::{
    Asked, TooMany,
    affix::{Affix, Inner, Lists, affixes, inners},
    cell::{Cell, Classes},
    part::Part,
    region::{Builder, Region, Side, set},
    spell::{Seen, Spelling, fresh, spellings},
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
    pub(super) parts: Vec<Parts>,
    /// The lists of conditions, as they are shown.
    pub(super) lists: [Lists; 3],
    /// How texts of conditions are written.
    pub(super) spelling: Spelling,
    /// A character that is in no text of the conditions.
    pub(super) fresh: char,
}

/// How a text starts, or ends.
#[derive(Debug)]
pub(super) struct Ends {
    /// The number of the facet.
    pub(super) facet: usize,
    /// A way for each class.
    pub(super) ways: Vec<Affix>,
}

/// Whether a text contains one of a list, and which.
#[derive(Debug)]
pub(super) struct Parts {
    /// The number of the facet.
    pub(super) facet: usize,
    /// A way for each class from the second on; the first is that of texts that contain none.
    pub(super) ways: Vec<Inner>,
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
    // The last class of each is that of texts that conditions name whole.
    let start = ways(starts, |text, start| text.starts_with(start)).map(|ways| Ends { facet: builder.facet(ways.len() + 1), ways });
    let end = ways(ends, |text, end| text.ends_with(end)).map(|ways| Ends { facet: builder.facet(ways.len() + 1), ways });
    let parts: Vec<Parts> = inners(inner).into_iter().map(|ways| Parts { facet: builder.facet(ways.len() + 2), ways }).collect();
    let facets = Facets { start: start.as_ref(), end: end.as_ref(), parts: &parts };
    facets.limit(builder);
    let has_facets = lists.iter().any(|lists| !lists.lists.is_empty());
    // With facets, a missing value and other text are no texts of which it is known what conditions see.
    let seen = |cell: &Cell| match cell.value() {
        _ if !has_facets => None,
        Some(Value::Text(text)) => Some((false, Seen::new(&lists, &text))),
        Some(_) => Some((true, Seen::new(&lists, ""))),
        None => None,
    };
    let signatures = cells.iter().map(|cell| (signature(cell, filters), seen(cell)));
    let number = builder.next();
    let (whole, asked_whole) = Classes::new(number, cells.clone(), filters.len(), signatures);
    builder.facet(whole.len());
    facets.set_apart(&whole, builder);
    let asked = asked_whole.into_iter().zip(&wants).map(|(classes, wants)| facets.asked(Side { facet: number, classes }, wants));
    let asked = asked.collect();
    let fresh = fresh(&lists, &named);
    Ok((Texts { whole, start, end, parts, lists, spelling, fresh }, asked))
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
    parts: &'t [Parts],
}

impl Facets<'_> {
    /// Rules out that a text does not contain what its start, its end or one of its parts contains.
    fn limit(&self, builder: &mut Builder) {
        for (number, parts) in self.parts.iter().enumerate() {
            let none = Side { facet: parts.facet, classes: set(parts.size(), [0]) };
            for ends in [self.start, self.end].into_iter().flatten() {
                let having = ends.ways.iter().enumerate().filter(|(_, way)| way.inside.contains(number)).map(|(class, _)| class);
                builder.rule_out([Side { facet: ends.facet, classes: set(ends.size(), having) }, none.clone()]);
            }
            for other in self.parts.iter().filter(|other| other.facet != parts.facet) {
                let having = other.ways.iter().enumerate().filter(|(_, way)| way.others.contains(number)).map(|(way, _)| way + 1);
                builder.rule_out([Side { facet: other.facet, classes: set(other.size(), having) }, none.clone()]);
            }
        }
    }

    /// Rules out that a text that conditions name whole starts, ends or contains like another, and the reverse. What
    /// conditions see of it is known, so that its own class of a facet is in every region: the whole text decides.
    fn set_apart(&self, whole: &Classes, builder: &mut Builder) {
        let named = whole.cells.iter().zip(&whole.class_of).filter(|(cell, _)| matches!(cell, Cell::Listed(_))).map(|(_, class)| *class);
        let named = Side { facet: whole.facet, classes: set(whole.len(), named) };
        let other = Side { facet: whole.facet, classes: set(whole.len(), whole.other()) };
        let ends = [self.start, self.end].into_iter().flatten().map(|ends| (ends.facet, ends.size()));
        for (facet, size) in ends.chain(self.parts.iter().map(|parts| (parts.facet, parts.size()))) {
            let side = |classes| Side { facet, classes };
            builder.rule_out([named.clone(), side(set(size, 0..size - 1))]);
            builder.rule_out([other.clone(), side(set(size, [size - 1]))]);
        }
    }

    /// Returns what a condition asks of every facet.
    fn asked(&self, whole: Side, [start, end, part]: &Wants) -> Asked {
        let mut sides = vec![whole];
        for (ends, wanted) in [(self.start, start), (self.end, end)] {
            if let (Some(ends), Some(list)) = (ends, wanted) {
                sides.push(ends.having(*list));
            }
        }
        sides.extend(part.and_then(|list| self.parts.get(list)).map(Parts::having));
        sides
    }
}

impl Ends {
    /// How many classes there are.
    fn size(&self) -> usize {
        self.ways.len() + 1
    }

    /// Returns the ways that have a text of a list.
    fn having(&self, list: usize) -> Side {
        let having = self.ways.iter().enumerate().filter(|(_, way)| way.lists.contains(list)).map(|(class, _)| class);
        Side { facet: self.facet, classes: set(self.size(), having.chain([self.ways.len()])) }
    }
}

impl Parts {
    /// How many classes there are.
    fn size(&self) -> usize {
        self.ways.len() + 2
    }

    /// Returns the ways to contain a text of the list.
    fn having(&self) -> Side {
        Side { facet: self.facet, classes: set(self.size(), 1..self.size()) }
    }
}

impl Texts {
    /// Returns what lists of the conditions ask of a part of the text, in words, with the records that have it.
    pub(super) fn asked_lists(&self) -> Vec<(Part, Region)> {
        let [starts, ends, inner] = &self.lists;
        let mut asked = Vec::new();
        for (ends, lists, part, has) in [
            (&self.start, starts, Part::StartsWith as fn(_) -> _, (|text, start| text.starts_with(start)) as fn(&str, &str) -> bool),
            (&self.end, ends, Part::EndsWith, |text, end| text.ends_with(end)),
        ] {
            let Some(ends) = ends else { continue };
            for (list, texts) in lists.lists.iter().enumerate() {
                asked.push((part(self.shown(texts)), Region::new(vec![self.wholes(texts, has), ends.having(list)])));
            }
        }
        for (parts, texts) in self.parts.iter().zip(&inner.lists) {
            let sides = vec![self.wholes(texts, |text, part| text.contains(part)), parts.having()];
            asked.push((Part::Contains(self.shown(texts)), Region::new(sides)));
        }
        // A list without a text asks for what no text has.
        asked.retain(
            |(part, _)| !matches!(part, Part::StartsWith(texts) | Part::EndsWith(texts) | Part::Contains(texts) if texts.is_empty()),
        );
        asked
    }

    /// Returns the whole texts that have one of a list, and other text.
    fn wholes(&self, texts: &[String], has: fn(&str, &str) -> bool) -> Side {
        let is_in = |cell: &Cell| match cell.value() {
            Some(Value::Text(text)) => texts.iter().any(|of| has(&text, of)),
            Some(_) => false,
            None => true,
        };
        let classes = self.whole.cells.iter().zip(&self.whole.class_of).filter(|(cell, _)| is_in(cell)).map(|(_, class)| *class);
        Side { facet: self.whole.facet, classes: set(self.whole.len(), classes) }
    }

    /// Texts as the conditions write them.
    fn shown(&self, texts: &[String]) -> Vec<String> {
        texts.iter().map(|text| self.spelling.get(text).unwrap_or(text).clone()).collect()
    }
}
