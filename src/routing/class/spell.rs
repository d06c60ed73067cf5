//! Texts for examples, written as the conditions write them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use fixedbitset::FixedBitSet;

use super::{
    affix::Lists,
    cell::Cell,
    text::{Ends, Parts, Texts},
};
use crate::{
    model::{Condition, OneOrMany, Operators, Scalar, fold},
    routing::{condition::Filter, value::Value},
};

/// How folded texts are written, where a condition writes them in another way.
pub(super) type Spelling = BTreeMap<String, String>;

/// Returns how conditions write their texts, and the texts that they name whole, folded, in the order of the conditions.
pub(super) fn spellings(filters: &[&Filter<'_>]) -> (Spelling, Vec<String>) {
    let mut spelling = Spelling::new();
    let (mut named, mut seen) = (Vec::new(), HashSet::new());
    for filter in filters {
        let (whole, parts) = texts(filter.source);
        for text in whole.iter().chain(&parts) {
            spelling.entry(fold(text)).or_insert_with(|| text.trim_ascii().to_owned());
        }
        let folded = whole.into_iter().map(fold).filter(|text| !text.is_empty());
        named.extend(folded.filter(|text| seen.insert(text.clone())));
    }
    (spelling, named)
}

/// The texts that a condition names whole, and those of which it speaks as a part.
fn texts(condition: &Condition) -> (Vec<&str>, Vec<&str>) {
    match condition {
        Condition::Is(scalar) => (whole(std::slice::from_ref(scalar)), Vec::new()),
        Condition::AnyOf(scalars) => (whole(scalars), Vec::new()),
        Condition::Operators(operators) => {
            let Operators { not, starts_with, ends_with, contains, .. } = operators.as_ref();
            let not = not.as_ref().map(|scalars| whole(scalars.as_slice())).unwrap_or_default();
            let parts = [starts_with, ends_with, contains].into_iter().flatten();
            (not, parts.flat_map(OneOrMany::as_slice).map(String::as_str).collect())
        }
    }
}

fn whole(scalars: &[Scalar]) -> Vec<&str> {
    scalars.iter().filter_map(Scalar::as_text).collect()
}

/// What conditions can see of a text but whether it is one that they name whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Seen {
    starts: FixedBitSet,
    ends: FixedBitSet,
    inside: FixedBitSet,
}

impl Seen {
    /// Looks at a text that is folded.
    pub(super) fn new([starts, ends, inner]: &[Lists; 3], text: &str) -> Self {
        Self {
            starts: starts.of(|start| text.starts_with(start)),
            ends: ends.of(|end| text.ends_with(end)),
            inside: inner.of(|part| text.contains(part)),
        }
    }
}

/// Returns a character that is in no text of the conditions.
pub(super) fn fresh(lists: &[Lists; 3], named: &[String]) -> char {
    let texts = lists.iter().flat_map(Lists::texts).chain(named.iter().map(String::as_str));
    let used: BTreeSet<char> = texts.flat_map(str::chars).collect();
    let letters = std::iter::once('x').chain('a'..='z').chain('0'..='9').chain('\u{df}'..=char::MAX);
    let mut letters = letters.filter(|c| c.is_alphanumeric() && c.to_lowercase().eq([*c]));
    letters.find(|c| !used.contains(c)).unwrap_or('x')
}

impl Texts {
    /// Returns the pieces of a text that no condition names whole, by the class of each facet: joined by the fresh character
    /// they are that text. The first and the last are how it starts and ends, empty for any other way.
    pub(super) fn pieces(&self, class_of: impl Fn(usize) -> usize) -> Vec<String> {
        let written = |text: &str| self.spelling.get(text).map_or(text, String::as_str).to_owned();
        let affix = |ends: &Option<Ends>| {
            let way = ends.as_ref().and_then(|ends| ends.ways.get(class_of(ends.facet)));
            way.map(|way| written(&way.text)).unwrap_or_default()
        };
        let inner = |parts: &Parts| Some(written(&parts.ways.get(class_of(parts.facet).checked_sub(1)?)?.text));
        let start = std::iter::once(affix(&self.start));
        start.chain(self.parts.iter().filter_map(inner)).chain([affix(&self.end)]).collect()
    }

    /// Returns a text of which conditions see nothing, then the shorter ones of those of which they speak as a part.
    pub(super) fn shorter(&self, than: &str) -> Vec<String> {
        let length = than.chars().count();
        let written = self.lists.iter().flat_map(Lists::texts).map(|text| self.spelling.get(text).map_or(text, String::as_str));
        let mut shorter: Vec<&str> = written.filter(|text| text.chars().count() < length).collect();
        shorter.sort_by_key(|text| text.chars().count());
        std::iter::once(self.fresh.to_string()).chain(shorter.into_iter().map(str::to_owned)).collect()
    }

    /// Returns the classes of a text that is folded and not empty, facet by facet.
    pub(super) fn classes(&self, text: &str) -> Vec<(usize, usize)> {
        let is_it = |cell: &Cell| matches!(cell.value(), Some(Value::Text(named)) if named == text);
        let mut cells = self.whole.cells.iter().zip(&self.whole.class_of);
        let named = cells.find(|(cell, _)| is_it(cell)).map(|(_, class)| *class);
        let Seen { starts, ends, inside } = Seen::new(&self.lists, text);
        let mut classes = vec![(self.whole.facet, named.or(self.whole.other()).unwrap_or(0))];
        for (of, lists) in [(&self.start, starts), (&self.end, ends)] {
            let Some(of) = of else { continue };
            let way = of.ways.iter().position(|way| way.lists == lists).unwrap_or(0);
            classes.push((of.facet, if named.is_some() { of.ways.len() } else { way }));
        }
        for (number, parts) in self.parts.iter().enumerate() {
            let class = if named.is_some() { parts.ways.len() + 1 } else { usize::from(inside.contains(number)) };
            classes.push((parts.facet, class));
        }
        classes
    }

    /// How many texts of conditions are looked for in a text to tell its classes.
    pub(super) fn effort(&self) -> usize {
        self.whole.cells.len() + self.lists.iter().flat_map(|lists| &lists.lists).map(Vec::len).sum::<usize>()
    }
}
