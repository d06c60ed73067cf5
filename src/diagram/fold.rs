//! A map put in order: sorted by id, without what cannot be drawn, lines that would lie on each other made one.
//!
//! Same ends and same look: one strand with all its lines. Opposite directions and same look: one strand with two
//! heads. A line from a box to itself becomes a badge of the box. Everything later works on this order, so that a
//! picture depends on the ids and not on the order of the files.

use super::{Area, Line, LineStyle, Map, MapBox};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Most titles of one line.
const MOST_TITLES: usize = 6;

/// A map in a fixed order.
#[derive(Debug, Default)]
pub(crate) struct Sheet<'a> {
    /// Areas that have boxes, in reading order; the last may be the group without a name.
    pub(crate) areas: Vec<Option<&'a Area>>,
    pub(crate) boxes: Vec<Placed<'a>>,
    pub(crate) strands: Vec<Strand<'a>>,
    /// As [`Map::tally`].
    pub(crate) tally: bool,
}

/// A box with its area in the sheet and the lines from it to itself.
#[derive(Debug)]
pub(crate) struct Placed<'a> {
    pub(crate) source: &'a MapBox,
    pub(crate) area: usize,
    pub(crate) loops: Vec<&'a Line>,
}

/// One line to draw, with the integrations it stands for.
#[derive(Debug)]
pub(crate) struct Strand<'a> {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) two_way: bool,
    pub(crate) look: Look,
    pub(crate) lines: Vec<&'a Line>,
}

/// What distinguishes two lines to the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Look {
    pub(crate) style: LineStyle,
    pub(crate) broken: bool,
    pub(crate) critical: bool,
}

impl Strand<'_> {
    /// Titles of all lines, one after the other; of very many the first, and how many more there are.
    pub(crate) fn title(&self) -> String {
        let more = self.lines.len().saturating_sub(MOST_TITLES);
        let shown = if more > 1 { MOST_TITLES } else { self.lines.len() };
        let mut out = join(self.lines.iter().take(shown).map(|l| l.title.as_str()), "; ");
        if more > 1 {
            let _ = write!(out, "; and {more} more");
        }
        out
    }

    /// What all lines give scripts to filter by; words of one name are separated by spaces.
    pub(crate) fn data(&self) -> BTreeMap<&'static str, String> {
        let mut words: BTreeMap<&'static str, BTreeSet<&str>> = BTreeMap::new();
        for (name, word) in self.lines.iter().flat_map(|l| &l.data) {
            words.entry(name).or_default().insert(word);
        }
        words.into_iter().map(|(name, words)| (name, words.into_iter().collect::<Vec<_>>().join(" "))).collect()
    }

    /// Ids of all lines, separated by spaces as `[data-line~=…]` expects.
    pub(crate) fn ids(&self) -> String {
        join(self.lines.iter().map(|l| l.id.as_str()), " ")
    }
}

fn join<'a>(parts: impl Iterator<Item = &'a str>, by: &str) -> String {
    parts.filter(|p| !p.is_empty()).collect::<Vec<_>>().join(by)
}

/// Puts a map in order.
pub(crate) fn fold(map: &Map) -> Sheet<'_> {
    let mut order: Vec<(usize, &MapBox)> = map.boxes.iter().enumerate().collect();
    order.sort_by(|a, b| (&a.1.id, &a.1.label, &a.1.title).cmp(&(&b.1.id, &b.1.label, &b.1.title)));
    let mut place = vec![0; map.boxes.len()];
    for (new, (old, _)) in order.iter().enumerate() {
        if let Some(slot) = place.get_mut(*old) {
            *slot = new;
        }
    }
    let mut used: Vec<usize> = map.boxes.iter().map(|b| b.area.min(map.areas.len())).collect();
    used.sort_unstable();
    used.dedup();
    let mut sheet = Sheet {
        areas: used.iter().map(|&a| map.areas.get(a)).collect(),
        boxes: order
            .iter()
            .map(|(_, source)| {
                let area = source.area.min(map.areas.len());
                Placed { source, area: used.binary_search(&area).unwrap_or(0), loops: Vec::new() }
            })
            .collect(),
        strands: Vec::new(),
        tally: map.tally,
    };
    let mut lines: Vec<(usize, usize, &Line)> =
        map.lines.iter().filter_map(|l| Some((*place.get(l.from)?, *place.get(l.to)?, l))).collect();
    lines.sort_by(|a, b| (&a.2.id, a.0, a.1, a.2.style, &a.2.title).cmp(&(&b.2.id, b.0, b.1, b.2.style, &b.2.title)));
    for (from, to, line) in lines {
        sheet.add(from, to, line);
    }
    sheet
}

impl<'a> Sheet<'a> {
    fn add(&mut self, from: usize, to: usize, line: &'a Line) {
        let look = Look { style: line.style, broken: line.broken, critical: line.critical };
        if from == to {
            if let Some(b) = self.boxes.get_mut(from) {
                b.loops.push(line);
            }
            return;
        }
        // Lines to a whole area stay apart by direction: those of one direction share a trunk.
        let turns = look.style != LineStyle::Any || look.broken;
        let same = |s: &&mut Strand<'_>| s.look == look && ((s.from, s.to) == (from, to) || turns && (s.from, s.to) == (to, from));
        if let Some(s) = self.strands.iter_mut().find(same) {
            s.two_way |= line.two_way || s.from != from;
            s.lines.push(line);
        } else {
            self.strands.push(Strand { from, to, two_way: line.two_way, look, lines: vec![line] });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::sample;

    #[test]
    fn opposite_lines_of_one_look_become_one_with_two_heads() {
        let map = sample::map(&["a", "b"], &[(0, 1, LineStyle::Api), (1, 0, LineStyle::Api), (0, 1, LineStyle::Batch)]);
        let sheet = fold(&map);
        assert_eq!(sheet.strands.len(), 2);
        assert!(sheet.strands[0].two_way && sheet.strands[0].lines.len() == 2);
        assert!(!sheet.strands[1].two_way);
    }

    #[test]
    fn a_broken_line_is_not_folded_into_a_working_one() {
        let mut map = sample::map(&["a", "b"], &[(0, 1, LineStyle::Api), (0, 1, LineStyle::Api)]);
        map.lines[0].broken = true;
        assert_eq!(fold(&map).strands.len(), 2);
    }

    #[test]
    fn lines_without_an_end_vanish_and_loops_become_badges() {
        let map = sample::map(&["a", "b"], &[(0, 7, LineStyle::Api), (1, 1, LineStyle::Api)]);
        let sheet = fold(&map);
        assert!(sheet.strands.is_empty());
        assert_eq!(sheet.boxes[1].loops.len(), 1);
    }

    #[test]
    fn a_box_of_no_area_stands_in_a_group_without_a_name() {
        let mut map = sample::map(&["a", "b"], &[]);
        map.boxes[0].area = 99;
        let sheet = fold(&map);
        assert_eq!(sheet.areas.len(), 2);
        assert!(sheet.areas[1].is_none());
        assert_eq!(sheet.boxes[0].area, 1);
    }
}
