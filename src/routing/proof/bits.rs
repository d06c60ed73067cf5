//! Sets as words of bits, as long as the shorter of two.

use std::ops::Range;

/// A word of bits.
pub(super) type Word = usize;
/// How many bits a word has.
pub(super) const BITS: usize = Word::BITS as usize;

/// Returns how many words hold so many bits.
pub(super) fn words(bits: usize) -> usize {
    bits.div_ceil(BITS)
}

/// Iterates over the numbers of a set.
pub(super) fn ones(set: &[Word]) -> impl Iterator<Item = usize> + '_ {
    set.iter().enumerate().flat_map(|(place, word)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            left &= left.checked_sub(1)?;
            Some(place * BITS + bit)
        })
    })
}

/// Whether a number is in a set.
pub(super) fn has(set: &[Word], number: usize) -> bool {
    set.get(number / BITS).is_some_and(|word| word >> (number % BITS) & 1 == 1)
}

/// Whether a set has one of a range of numbers.
pub(super) fn has_any(set: &[Word], range: Range<usize>) -> bool {
    let (first, last) = (range.start / BITS, range.end / BITS);
    set.iter().enumerate().skip(first).take((last + 1).saturating_sub(first)).any(|(place, word)| {
        let from = if place == first { Word::MAX << (range.start % BITS) } else { Word::MAX };
        let to = if place == last { !(Word::MAX << (range.end % BITS)) } else { Word::MAX };
        word & from & to != 0
    })
}

/// Adds a number to a set that is long enough, or takes it out.
pub(super) fn put(set: &mut [Word], number: usize, is_in: bool) {
    if let Some(word) = set.get_mut(number / BITS) {
        let bit = 1 << (number % BITS);
        if is_in { *word |= bit } else { *word &= !bit }
    }
}

/// Whether two sets have a number in common.
pub(super) fn meet(a: &[Word], b: &[Word]) -> bool {
    a.iter().zip(b).any(|(a, b)| a & b != 0)
}

/// Whether a set has no number.
pub(super) fn is_empty(set: &[Word]) -> bool {
    set.iter().all(|word| *word == 0)
}

/// Whether a set has fewer than two numbers.
pub(super) fn is_single(set: &[Word]) -> bool {
    set.iter().map(|word| word.count_ones()).sum::<u32>() < 2
}

#[cfg(test)]
mod tests {
    use super::{has, has_any, is_single, ones, put, words};

    #[test]
    fn numbers_are_put_found_and_counted_in_every_word() {
        let mut set = vec![0; words(200)];
        assert!(is_single(&set));
        for number in [0, 63, 64, 130, 199] {
            put(&mut set, number, true);
        }
        put(&mut set, 130, false);
        put(&mut set, 1_000, true);
        assert_eq!(ones(&set).collect::<Vec<_>>(), [0, 63, 64, 199]);
        for (range, is_any) in
            [(0..1, true), (1..63, false), (1..64, true), (64..64, false), (64..65, true), (65..199, false), (65..999, true)]
        {
            assert_eq!(has_any(&set, range.clone()), is_any, "{range:?}");
        }
        assert!(has(&set, 199) && !has(&set, 130) && !has(&set, 1_000) && !is_single(&set));
    }
}
