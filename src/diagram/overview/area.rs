//! One area of a large map, the others as a box each.

use super::super::{Area, Line, LineStyle, Map, MapBox, Weight};
use super::{name, tools};
use crate::diagram::map::strokes;
use std::collections::BTreeMap;

/// How much is drawn of what joins an area to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outer {
    /// One line per box, other area and direction.
    Directed,
    /// One line per box and other area, without a direction.
    Joined,
    /// No line; the box of the other area tells how many there are.
    Counted,
}

/// Cuts one area out of a map: its boxes and lines, every other area as one box that stands for its tools.
///
/// What leads to other areas is joined until the picture has at most `most` lines, if that is enough.
pub fn area(map: &Map, index: usize, most: usize) -> Map {
    let whole = around(map, index);
    let inside = map.boxes.iter().filter(|b| b.area == index).count();
    let mut cut = Map::default();
    for outer in [Outer::Directed, Outer::Joined, Outer::Counted] {
        cut = whole.clone();
        match outer {
            Outer::Directed => join_outer(&mut cut.lines, inside),
            Outer::Joined => join_directions(&mut cut.lines, inside),
            Outer::Counted => count_outer(&mut cut, inside),
        }
        if strokes(&cut) <= most {
            break;
        }
    }
    cut
}

/// The boxes and lines of an area, and a box for each area that they are joined to, after its own.
fn around(map: &Map, index: usize) -> Map {
    let mut at: Vec<Option<usize>> = vec![None; map.boxes.len()];
    let mut boxes: Vec<MapBox> = Vec::new();
    for (slot, one) in at.iter_mut().zip(&map.boxes).filter(|(_, one)| one.area == index) {
        *slot = Some(boxes.len());
        boxes.push(one.clone());
    }
    let sizes = sizes(map);
    let is_inside = |end: usize| at.get(end).copied().flatten();
    let mut stand_in: BTreeMap<usize, usize> = BTreeMap::new();
    let mut lines = Vec::new();
    for line in &map.lines {
        let mut place = |end: usize| -> Option<usize> {
            let other = map.boxes.get(end)?.area;
            is_inside(end).or_else(|| {
                Some(*stand_in.entry(other).or_insert_with(|| {
                    boxes.push(whole(map, other, &sizes));
                    boxes.len() - 1
                }))
            })
        };
        // Lines between other areas would make stand-ins for nothing.
        let touches = is_inside(line.from).or(is_inside(line.to)).is_some();
        if touches && let (Some(from), Some(to)) = (place(line.from), place(line.to)) {
            lines.push(Line { from, to, ..line.clone() });
        }
    }
    // A stand-in bears the name of its area: only the area itself keeps its title.
    let title = |(n, a): (usize, &Area)| Area { label: if n == index { a.label.clone() } else { String::new() }, ..a.clone() };
    Map { areas: map.areas.iter().enumerate().map(title).collect(), boxes, lines, ..Map::default() }
}

fn sizes(map: &Map) -> BTreeMap<usize, usize> {
    let mut out = BTreeMap::new();
    for one in &map.boxes {
        *out.entry(one.area).or_default() += 1;
    }
    out
}

/// Gives a line to an area the look of all of them; a filter still finds the way in which its data is carried.
fn plain(line: &mut Line, style: LineStyle) {
    line.data.push(("data-method", line.style.name().to_owned()));
    (line.style, line.critical) = (style, false);
}

/// Gives all lines between a box and a stand-in one look and one direction, so that they share their trunk; what is broken
/// keeps its own. Boxes from `inside` on are stand-ins.
fn join_outer(lines: &mut Vec<Line>, inside: usize) {
    let mut back = Vec::new();
    for line in lines.iter_mut().filter(|l| l.from.max(l.to) >= inside && !l.broken) {
        plain(line, LineStyle::Any);
        if std::mem::take(&mut line.two_way) {
            back.push(Line { from: line.to, to: line.from, ..line.clone() });
        }
    }
    lines.append(&mut back);
}

/// Gives all lines between a box and a stand-in one look and none a direction; what is broken keeps its own.
fn join_directions(lines: &mut [Line], inside: usize) {
    for line in lines.iter_mut().filter(|l| l.from.max(l.to) >= inside && !l.broken) {
        plain(line, LineStyle::Either);
        line.two_way = false;
        (line.from, line.to) = (line.from.min(line.to), line.from.max(line.to));
    }
}

/// Leaves out all lines to stand-ins and writes into each how many there were.
fn count_outer(map: &mut Map, inside: usize) {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    map.lines.retain(|line| {
        let end = line.from.max(line.to);
        let is_outer = end >= inside;
        if is_outer {
            *counts.entry(end).or_default() += 1;
        }
        !is_outer
    });
    for (end, lines) in counts {
        if let Some(one) = map.boxes.get_mut(end) {
            one.detail = one.detail.take().map(|tools| format!("{tools}, {lines} {}", if lines == 1 { "line" } else { "lines" }));
        }
    }
}

fn whole(map: &Map, index: usize, sizes: &BTreeMap<usize, usize>) -> MapBox {
    let area = map.areas.get(index);
    let n = sizes.get(&index).copied().unwrap_or(0);
    MapBox {
        // No tool has a dot in its id.
        id: area.map_or_else(String::new, |a| format!("area.{}", a.id)),
        label: name(area).to_owned(),
        detail: Some(tools(n)),
        area: index,
        weight: Weight::High,
        stands_for: Some(n),
        href: area.and_then(|a| a.href.clone()),
        title: format!("{}, {}", name(area), tools(n)),
        ..MapBox::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::{fold::fold, sample};

    #[test]
    fn one_area_keeps_its_boxes_and_sees_the_others_as_one_each() {
        let mut map = sample::map(&["a", "b", "c", "d"], &[(0, 1, LineStyle::Api), (1, 2, LineStyle::Api), (2, 3, LineStyle::Api)]);
        map.boxes[2].area = 1;
        map.boxes[3].area = 1;
        let cut = area(&map, 0, 99);
        assert_eq!(cut.boxes.len(), 3);
        assert_eq!(cut.boxes[2].detail.as_deref(), Some("2 tools"));
        assert_eq!(cut.lines.len(), 2);
    }

    #[test]
    fn lines_from_a_box_to_another_area_are_one_each_way_unless_broken() {
        let ways = [LineStyle::Api, LineStyle::Batch, LineStyle::Batch, LineStyle::Tag];
        let mut map = sample::map(&["a", "b", "c"], &ways.map(|style| (0, 1, style)));
        map.lines.push(Line { id: "back".to_owned(), from: 2, to: 0, style: LineStyle::Manual, critical: true, ..Line::default() });
        map.boxes[1].area = 1;
        map.boxes[2].area = 1;
        map.lines[3].broken = true;
        map.lines[1].two_way = true;
        let cut = area(&map, 0, 99);
        let sheet = fold(&cut);
        let looks: Vec<(LineStyle, bool, usize)> = sheet.strands.iter().map(|s| (s.look.style, s.look.broken, s.lines.len())).collect();
        assert_eq!(looks, [(LineStyle::Any, false, 2), (LineStyle::Any, false, 3), (LineStyle::Tag, true, 1)]);
        assert!(sheet.strands.iter().all(|s| !s.two_way && !s.look.critical), "what has two heads shares no trunk");
    }

    #[test]
    fn what_leads_to_other_areas_is_joined_until_it_is_few_enough() {
        let mut map = sample::map(
            &["a", "b", "c"],
            &[(0, 2, LineStyle::Api), (2, 0, LineStyle::Batch), (1, 2, LineStyle::Tag), (0, 1, LineStyle::Api)],
        );
        map.boxes[2].area = 1;
        let looks = |most: usize| -> Vec<(LineStyle, usize)> {
            fold(&area(&map, 0, most)).strands.iter().map(|s| (s.look.style, s.lines.len())).collect()
        };
        assert_eq!(looks(4), [(LineStyle::Any, 1), (LineStyle::Any, 1), (LineStyle::Any, 1), (LineStyle::Api, 1)]);
        assert_eq!(looks(3), [(LineStyle::Either, 2), (LineStyle::Either, 1), (LineStyle::Api, 1)]);
        assert_eq!(looks(2), [(LineStyle::Api, 1)]);
        let cut = area(&map, 0, 0);
        assert_eq!((cut.boxes[2].detail.as_deref(), cut.lines.len()), (Some("1 tool, 3 lines"), 1));
        assert!(cut.boxes.iter().all(|one| !one.lone));
    }

    #[test]
    fn a_joined_line_answers_a_filter_for_each_of_its_ways() {
        let mut map = sample::map(&["a", "b"], &[(0, 1, LineStyle::Api), (0, 1, LineStyle::Batch)]);
        map.boxes[1].area = 1;
        let cut = area(&map, 0, 9);
        assert_eq!(fold(&cut).strands[0].data().get("data-method").map(String::as_str), Some("api batch"));
    }

    #[test]
    fn an_area_that_does_not_exist_is_empty() {
        assert!(area(&sample::map(&["a"], &[]), 9, 99).boxes.is_empty());
    }
}
