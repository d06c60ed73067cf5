//! Which region divides records into the fewest parts.

use super::bits::{self, Word};

/// The most facets of a region that are counted.
pub(super) const MOST_COUNTED: usize = 5;

/// Returns the region to avoid that depends on the fewest facets, given for every facet the regions that do not depend on
/// it. Those from a number on come first: what no record is, before it, says little of rules.
pub(super) fn narrowest(avoided: &[Word], inside: &[(usize, Vec<Word>)], from: usize) -> Option<usize> {
    // For each count the regions that depend on more facets.
    let mut more: [Vec<Word>; MOST_COUNTED] = std::array::from_fn(|_| vec![0; avoided.len()]);
    for (_, set) in inside {
        for (place, (avoided, inside)) in avoided.iter().zip(set).enumerate() {
            let mut open = avoided & !inside;
            for word in more.iter_mut().filter_map(|more| more.get_mut(place)) {
                (*word, open) = (*word | open, *word & open);
            }
        }
    }
    let none = vec![0; avoided.len()];
    let few = |beyond: &Vec<Word>| avoided.iter().zip(beyond).map(|(avoided, beyond)| avoided & !beyond).collect::<Vec<Word>>();
    let first = |from: usize| {
        let mut beyond = more.iter().chain([&none]);
        beyond.find_map(|beyond| bits::ones(&few(beyond)).find(|region| *region >= from))
    };
    first(from).or_else(|| first(0))
}

#[cfg(test)]
mod tests {
    use super::narrowest;

    #[test]
    fn a_region_of_a_rule_comes_before_what_is_impossible_and_fewer_facets_before_more() {
        let inside = [(0, vec![0b00_0000]), (1, vec![0b00_1100]), (2, vec![0b01_1000])];
        assert_eq!(narrowest(&[0b11_1111], &inside, 0), Some(3));
        assert_eq!(narrowest(&[0b11_0111], &inside, 0), Some(2));
        assert_eq!(narrowest(&[0b11_1111], &inside, 4), Some(4));
        assert_eq!(narrowest(&[0b00_0011], &inside, 4), Some(0));
        assert_eq!(narrowest(&[0], &inside, 0), None);
    }
}
