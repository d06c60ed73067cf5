//! Did you mean: the nearest known word, within bounds.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

/// Suggestions stop after this many distinct unknown words: each costs a look at every known one.
const MAX_WORDS: usize = 100;

/// Finds the known word nearest to an unknown one, and remembers it.
#[derive(Debug, Default)]
pub struct Suggest {
    memo: HashMap<(String, String), Option<String>>,
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
    pub fn near<'a>(&mut self, pool: &str, got: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
        let key = (pool.to_owned(), got.to_owned());
        if let Some(answer) = self.memo.get(&key) {
            return answer.clone();
        }
        if self.memo.len() >= MAX_WORDS {
            return None;
        }
        let answer = nearest(got, known).map(str::to_owned);
        self.memo.insert(key, answer.clone());
        answer
    }
}

/// Returns the known word that differs from `got` in the fewest letters, at most a third of them.
pub fn nearest<'a>(got: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if got.len() > 128 {
        return None;
    }
    let lower = got.to_lowercase();
    let close = |word: &&str| word.len().abs_diff(got.len()) <= word.len().max(3) / 3;
    let folded = |word: &'a str| if word.chars().any(char::is_uppercase) { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) };
    let distances = known.into_iter().filter(close).map(|word| (strsim::osa_distance(&lower, &folded(word)), word));
    distances.filter(|(distance, word)| *distance <= word.len().max(3) / 3).min().map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        assert_eq!(nearest("ownr", ["owner", "backup"]), Some("owner"));
        assert_eq!(nearest("HubSpot", ["hubspot", "salesforce"]), Some("hubspot"));
        assert_eq!(nearest("zzz", ["owner", "backup"]), None);
    }
}
