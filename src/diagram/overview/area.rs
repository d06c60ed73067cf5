//! One area of a large map, the others as a box each.

use super::super::{Area, Line, LineStyle, Map, MapBox, Weight};
use super::{name, tools};
use std::collections::BTreeMap;

/// Cuts one area out of a map: its boxes and lines, every other area as one box that stands for its tools.
pub fn area(map: &Map, index: usize) -> Map {
    let inside: Vec<usize> = map.boxes.iter().enumerate().filter(|(_, b)| b.area == index).map(|(n, _)| n).collect();
    let mut boxes: Vec<MapBox> = inside.iter().filter_map(|&n| map.boxes.get(n)).cloned().collect();
    let mut stand_in: BTreeMap<usize, usize> = BTreeMap::new();
    let mut lines = Vec::new();
    for line in &map.lines {
        let mut place = |end: usize| -> Option<usize> {
            if let Ok(at) = inside.binary_search(&end) {
                return Some(at);
            }
            let other = map.boxes.get(end)?.area;
            let at = *stand_in.entry(other).or_insert_with(|| {
                boxes.push(whole(map, other));
                boxes.len() - 1
            });
            Some(at)
        };
        let is_inside = |end: usize| inside.binary_search(&end).is_ok();
        // Lines between other areas would make stand-ins for nothing.
        let touches = is_inside(line.from) || is_inside(line.to);
        if touches && let (Some(from), Some(to)) = (place(line.from), place(line.to)) {
            lines.push(Line { from, to, ..line.clone() });
        }
    }
    join_outer(&mut lines, inside.len());
    // A stand-in bears the name of its area: only the area itself keeps its title.
    let title = |(n, a): (usize, &Area)| Area { label: if n == index { a.label.clone() } else { String::new() }, ..a.clone() };
    Map { areas: map.areas.iter().enumerate().map(title).collect(), boxes, lines }
}

/// Gives all lines between a box and a stand-in one look and one direction, so that they share their trunk; what is broken
/// keeps its own. Boxes from `inside` on are stand-ins.
fn join_outer(lines: &mut Vec<Line>, inside: usize) {
    let mut back = Vec::new();
    for line in lines.iter_mut().filter(|l| l.from.max(l.to) >= inside && !l.broken) {
        (line.style, line.critical) = (LineStyle::Any, false);
        if std::mem::take(&mut line.two_way) {
            back.push(Line { from: line.to, to: line.from, ..line.clone() });
        }
    }
    lines.append(&mut back);
}

fn whole(map: &Map, index: usize) -> MapBox {
    let area = map.areas.get(index);
    let n = map.boxes.iter().filter(|b| b.area == index).count();
    MapBox {
        id: area.map_or_else(String::new, |a| a.id.clone()),
        label: name(area).to_owned(),
        detail: Some(tools(n)),
        area: index,
        weight: Weight::High,
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
        let cut = area(&map, 0);
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
        let cut = area(&map, 0);
        let sheet = fold(&cut);
        let looks: Vec<(LineStyle, bool, usize)> = sheet.strands.iter().map(|s| (s.look.style, s.look.broken, s.lines.len())).collect();
        assert_eq!(looks, [(LineStyle::Any, false, 2), (LineStyle::Any, false, 3), (LineStyle::Tag, true, 1)]);
        assert!(sheet.strands.iter().all(|s| !s.two_way && !s.look.critical), "what has two heads shares no trunk");
    }

    #[test]
    fn an_area_that_does_not_exist_is_empty() {
        assert!(area(&sample::map(&["a"], &[]), 9).boxes.is_empty());
    }
}
