//! Did you mean: the nearest known word, within bounds.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use crate::diagnostic::Change;

/// Suggestions stop after this many distinct unknown words: each costs a look at every known one.
const MAX_WORDS: usize = 100;

/// The known word nearest to an unknown one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The word.
    pub word: String,
    /// Whether no other word is as near: it is then what was meant.
    pub is_alone: bool,
}

impl Near {
    /// Advises to write the word, where it is the value itself that is wrong.
    pub fn for_value(self) -> Advice {
        self.advice(Change::Value)
    }

    /// Advises to write the word, where it is a key that is wrong.
    pub fn for_key(self) -> Advice {
        self.advice(Change::Key)
    }

    /// Asks whether the word is meant.
    pub fn question(&self) -> String {
        format!("did you mean `{}`?", self.word)
    }

    fn advice(self, change: impl FnOnce(String) -> Change) -> Advice {
        let help = self.question();
        Advice { help, change: self.is_alone.then(|| change(self.word)) }
    }
}

/// What to do about a mistake: in words, and as a change where that is certain.
#[derive(Debug, Clone)]
pub struct Advice {
    /// In words.
    pub help: String,
    /// As a change.
    pub change: Option<Change>,
}

impl From<&str> for Advice {
    fn from(help: &str) -> Self {
        help.to_owned().into()
    }
}

impl From<String> for Advice {
    fn from(help: String) -> Self {
        Self { help, change: None }
    }
}

/// Finds the known word nearest to an unknown one, and remembers it.
#[derive(Debug, Default)]
pub struct Suggest {
    memo: HashMap<(String, String), Option<Near>>,
    pools: HashMap<String, Arc<[String]>>,
}

impl Suggest {
    /// Returns the words of a pool, which are collected when it is first asked for.
    pub fn pool(&mut self, name: &str, collect: impl FnOnce() -> Vec<String>) -> Arc<[String]> {
        if let Some(pool) = self.pools.get(name) {
            return Arc::clone(pool);
        }
        let pool: Arc<[String]> = collect().into();
        self.pools.insert(name.to_owned(), Arc::clone(&pool));
        pool
    }

    /// Returns the nearest word of a pool. The pool's name keeps the answers of different pools apart.
    pub fn near<'a>(&mut self, pool: &str, got: &str, known: impl IntoIterator<Item = &'a str>) -> Option<Near> {
        let key = (pool.to_owned(), got.to_owned());
        if let Some(answer) = self.memo.get(&key) {
            return answer.clone();
        }
        if self.memo.len() >= MAX_WORDS {
            return None;
        }
        let answer = closest(got, known).map(|(word, is_alone)| Near { word: word.to_owned(), is_alone });
        self.memo.insert(key, answer.clone());
        answer
    }
}

/// Returns the known word that differs from `got` in the fewest letters, at most a third of them.
pub fn nearest<'a>(got: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    closest(got, known).map(|(word, _)| word)
}

/// The same, and whether no other word is as near.
fn closest<'a>(got: &str, known: impl IntoIterator<Item = &'a str>) -> Option<(&'a str, bool)> {
    if got.len() > 128 {
        return None;
    }
    let lower = got.to_lowercase();
    let close = |word: &&str| word.len().abs_diff(got.len()) <= word.len().max(3) / 3;
    let folded = |word: &'a str| if word.chars().any(char::is_uppercase) { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) };
    let distances = known.into_iter().filter(close).map(|word| (strsim::osa_distance(&lower, &folded(word)), word));
    let mut best: Option<(usize, &str)> = None;
    let mut is_alone = true;
    for (distance, word) in distances.filter(|(distance, word)| *distance <= word.len().max(3) / 3) {
        match best {
            Some((least, of)) if distance > least || (distance, word) == (least, of) => {}
            Some((least, of)) if distance == least => {
                is_alone = false;
                best = Some((least, of.min(word)));
            }
            _ => {
                is_alone = true;
                best = Some((distance, word));
            }
        }
    }
    best.map(|(_, word)| (word, is_alone))
}

/// Whether two names are written with the same letters: case, separators and doubled letters apart, or two neighbours swapped.
///
/// Names of people are short and near each other: `dan` may have left, and `ian` is nobody's slip of the pen.
pub fn is_slip(got: &str, meant: &str) -> bool {
    let folded = |name: &str| {
        let mut letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        letters.dedup();
        letters
    };
    let sorted = |letters: &[char]| {
        let mut letters = letters.to_vec();
        letters.sort_unstable();
        letters
    };
    let (got, meant) = (folded(got), folded(meant));
    let differing = got.iter().zip(&meant).filter(|(a, b)| a != b).count();
    got == meant
        || got.len() == meant.len() && differing == 2 && sorted(&got) == sorted(&meant) && {
            let first = got.iter().zip(&meant).position(|(a, b)| a != b);
            let last = got.iter().zip(&meant).rposition(|(a, b)| a != b);
            first.zip(last).is_some_and(|(first, last)| last == first + 1)
        }
}

#[cfg(test)]
mod tests {
    use super::{closest, is_slip, nearest};

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        assert_eq!(nearest("ownr", ["owner", "backup"]), Some("owner"));
        assert_eq!(nearest("HubSpot", ["hubspot", "salesforce"]), Some("hubspot"));
        assert_eq!(nearest("zzz", ["owner", "backup"]), None);
    }

    #[test]
    fn a_word_is_alone_where_no_other_is_as_near_however_often_it_is_listed() {
        assert_eq!(closest("ownr", ["owner", "owned", "owner"]), Some(("owner", true)));
        assert_eq!(closest("sals", ["sales", "sale", "salt", "sales"]), Some(("sale", false)));
        assert_eq!(closest("tool.cr", ["tool.crm", "tool.crn"]), Some(("tool.crm", false)));
    }

    #[test]
    fn another_name_is_no_slip() {
        for (got, meant) in [("anaa", "ana"), ("Ana", "ana"), ("market_ops", "market-ops"), ("bne", "ben"), ("anna", "ana")] {
            assert!(is_slip(got, meant), "{got} {meant}");
        }
        for (got, meant) in [("dan", "ian"), ("jane", "jake"), ("jon", "john"), ("erica", "eric"), ("nab", "ban")] {
            assert!(!is_slip(got, meant), "{got} {meant}");
        }
    }
}
