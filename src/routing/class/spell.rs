//! Texts for examples: short, and written as the conditions write them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use fixedbitset::FixedBitSet;

use super::{
    affix::{Inner, Lists},
    text::{Ends, Texts},
};
use crate::{
    model::{Condition, OneOrMany, Operators, Scalar, fold},
    routing::condition::Filter,
};

/// The longest text of which more than one character at a time is left out.
const MOST_SHORTENED: usize = 64;

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

/// What conditions can see of a text that none of them names whole.
#[derive(Debug, PartialEq)]
struct Seen {
    starts: FixedBitSet,
    ends: FixedBitSet,
    inside: FixedBitSet,
}

impl Texts {
    fn seen(&self, text: &str) -> Seen {
        let [starts, ends, inner] = &self.lists;
        Seen {
            starts: starts.of(|start| text.starts_with(start)),
            ends: ends.of(|end| text.ends_with(end)),
            inside: inner.of(|part| text.contains(part)),
        }
    }

    /// Returns a text that no condition names whole, by the class of each facet: one from which nothing can be left out
    /// without changing what conditions see.
    pub(super) fn spelled(&self, class_of: impl Fn(usize) -> usize) -> String {
        let fresh = self.fresh();
        let affix =
            |ends: Option<&Ends>| ends.and_then(|ends| ends.ways.get(class_of(ends.facet))).map_or("", |way| way.text.as_str()).to_owned();
        let (start, end) = (affix(self.start.as_ref()), affix(self.end.as_ref()));
        let inner = |(facet, ways): &(usize, Vec<Inner>)| Some(ways.get(class_of(*facet).checked_sub(1)?)?.text.clone());
        let pieces = std::iter::once(start).chain(self.parts.iter().filter_map(inner)).chain([end]);
        // Without a start or an end, what separates stands there.
        let pieces: Vec<String> = pieces.map(|text| self.spelling.get(&text).cloned().unwrap_or(text)).collect();
        self.shortened(&pieces.join(&fresh.to_string()), fresh)
    }

    /// Leaves out of a text what can be left out: first what separates, then as much at a time as can be.
    fn shortened(&self, text: &str, fresh: char) -> String {
        let seen = self.seen(&fold(text));
        let is_same = |text: &str| {
            let folded = fold(text);
            !folded.is_empty() && text.trim_ascii() == text && !self.named.contains(&folded) && self.seen(&folded) == seen
        };
        let mut text: Vec<char> = text.chars().collect();
        let mut place = 0;
        while let Some(c) = text.get(place).copied() {
            match without(&text, place, 1) {
                shorter if c == fresh && is_same(&shorter.iter().collect::<String>()) => text = shorter,
                _ => place += 1,
            }
        }
        let mut length = if text.len() > MOST_SHORTENED { 1 } else { text.len() };
        while length > 0 {
            let shorter = (0..=text.len().saturating_sub(length)).map(|place| without(&text, place, length));
            match shorter.into_iter().find(|shorter| is_same(&shorter.iter().collect::<String>())) {
                Some(shorter) => text = shorter,
                None => length -= 1,
            }
        }
        text.into_iter().collect()
    }

    /// A character that is in no text of the conditions.
    fn fresh(&self) -> char {
        let texts = self.lists.iter().flat_map(Lists::texts).chain(self.named.iter().map(String::as_str));
        let used: BTreeSet<char> = texts.flat_map(str::chars).collect();
        let letters = std::iter::once('x').chain('a'..='z').chain('0'..='9').chain('\u{df}'..=char::MAX);
        let mut letters = letters.filter(|c| c.is_alphanumeric() && c.to_lowercase().eq([*c]));
        letters.find(|c| !used.contains(c)).unwrap_or('x')
    }
}

/// A text without some of its characters.
fn without(text: &[char], place: usize, length: usize) -> Vec<char> {
    text.iter().enumerate().filter(|(index, _)| !(place..place + length).contains(index)).map(|(_, c)| *c).collect()
}
