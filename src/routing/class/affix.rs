//! What conditions ask of parts of a text: how it starts, how it ends, what it contains.
//!
//! A text that no condition names whole can be written with a character that is in no condition between its parts: as
//! `start ⋅ part ⋅ part ⋅ end`. Doubling a text so, `text ⋅ text`, changes nothing that conditions can see of it but that
//! it is no longer one of those that they name whole. So there is such a text for any start, end and set of parts,
//! provided that it is said to contain what its start, its end and its parts contain themselves.

use std::collections::{BTreeSet, HashMap};

use fixedbitset::FixedBitSet;

/// Lists of texts of which a text must have one at the same place.
#[derive(Debug, Clone, Default)]
pub(super) struct Lists {
    /// The lists, each without what stands in it twice.
    pub(super) lists: Vec<Vec<String>>,
    known: HashMap<BTreeSet<String>, usize>,
}

impl Lists {
    /// Adds a list unless it is there, and returns its number. Nothing if every text has one of it: one that is empty.
    pub(super) fn add(&mut self, texts: &[String]) -> Option<usize> {
        let set: BTreeSet<String> = texts.iter().cloned().collect();
        if set.contains("") {
            return None;
        }
        let number = self.lists.len();
        let lists = &mut self.lists;
        Some(*self.known.entry(set).or_insert_with_key(|set| {
            let mut left = set.clone();
            lists.push(texts.iter().filter(|text| left.remove(*text)).cloned().collect());
            number
        }))
    }

    /// Returns the lists of which a text has one, where `has` says whether it has a text.
    pub(super) fn of(&self, has: impl Fn(&str) -> bool) -> FixedBitSet {
        let mut of = FixedBitSet::with_capacity(self.lists.len());
        for (number, list) in self.lists.iter().enumerate() {
            of.set(number, list.iter().any(|text| has(text)));
        }
        of
    }

    /// Iterates over all texts, list by list.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.lists.iter().flatten().map(String::as_str)
    }
}

/// A way to start, or to end.
#[derive(Debug, Clone)]
pub(super) struct Affix {
    /// The longest text of the lists with which it starts or ends; empty for any other way.
    pub(super) text: String,
    /// The lists of which it has one.
    pub(super) lists: FixedBitSet,
    /// The lists of parts of which it contains one by itself.
    pub(super) inside: FixedBitSet,
}

/// Returns every way to start, or to end, that conditions can tell from others; first that of no list.
pub(super) fn affixes(lists: &Lists, has: impl Fn(&str, &str) -> bool, parts: &Lists) -> Vec<Affix> {
    let mut affixes: Vec<Affix> = Vec::new();
    for text in std::iter::once("").chain(lists.texts()) {
        let lists = lists.of(|of| has(text, of));
        let inside = parts.of(|part| text.contains(part));
        // One that contains more, for the same lists, can do nothing that the other cannot do with more parts.
        if affixes.iter().any(|affix| affix.lists == lists && affix.inside.is_subset(&inside)) {
            continue;
        }
        affixes.retain(|affix| affix.lists != lists || !inside.is_subset(&affix.inside));
        affixes.push(Affix { text: text.to_owned(), lists, inside });
    }
    affixes
}

/// A way to contain a text of a list.
#[derive(Debug, Clone)]
pub(super) struct Inner {
    /// The text.
    pub(super) text: String,
    /// The other lists of which it contains a text.
    pub(super) others: FixedBitSet,
}

/// Returns for each list of parts the ways to contain one that conditions can tell from others.
pub(super) fn inners(parts: &Lists) -> Vec<Vec<Inner>> {
    let of = |(number, list): (usize, &Vec<String>)| {
        let mut inners: Vec<Inner> = Vec::new();
        for text in list {
            let mut others = parts.of(|part| text.contains(part));
            others.set(number, false);
            if inners.iter().any(|inner| inner.others.is_subset(&others)) {
                continue;
            }
            inners.retain(|inner| !others.is_subset(&inner.others));
            inners.push(Inner { text: text.clone(), others });
        }
        inners
    };
    parts.lists.iter().enumerate().map(of).collect()
}
