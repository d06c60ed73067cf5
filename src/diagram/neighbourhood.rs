//! A tool and what it exchanges data with: senders on the left, receivers on the right, the tool between them.

use super::columns::{Air, Block, Plan, Settings, Titles, lay_out};
use super::fold::{Sheet, fold};
use super::glyph::{BOLD, DETAIL, NAME, SUBJECT, cut, widen, width};
use super::map::{PAD, graph, paint};
use super::mark::Lettering;
use super::{Caption, Map, Picture};

/// Longest line in a neighbour's box, px.
const TEXT: f64 = 206.0;
/// Width of a neighbour's box, px.
const WIDTH: f64 = TEXT + PAD;
/// Longest line in the subject's box, and of a name that would be cut otherwise, px.
const SUBJECT_TEXT: (f64, f64) = (128.0, 190.0);
/// Least height of the subject's box, px.
const SUBJECT_HEIGHT: f64 = 72.0;
/// Height of a neighbour's box, px.
const HEIGHT: f64 = 40.0;

/// Draws the neighbourhood of the box with [`MapBox::focus`](super::MapBox::focus).
///
/// The map holds the neighbours and no more; their second lines tell what passes. A neighbour that only sends stands
/// on the left, one that only receives on the right, one that does both where there is more room; a box that is not
/// joined to the subject stands with the one it is joined to. Lines between two neighbours say nothing about the
/// subject and are left out. Without a subject or neighbours the picture is empty.
pub fn picture(map: &Map, caption: &Caption<'_>) -> Picture {
    let mut sheet = fold(map);
    let Some(focus) = sheet.boxes.iter().position(|b| b.source.focus) else {
        return Picture::default();
    };
    if sheet.boxes.len() < 2 {
        return Picture::default();
    }
    keep_subject(&mut sheet, focus);
    let texts: Vec<Lettering> = sheet.boxes.iter().enumerate().map(|(n, b)| letter(b.source, n == focus)).collect();
    let mut graph = graph(&sheet, &texts, HEIGHT);
    for (n, node) in graph.nodes.iter_mut().enumerate() {
        node.tall = n == focus;
        if n == focus {
            node.height = node.height.max(SUBJECT_HEIGHT);
            let name = texts.get(n).into_iter().flat_map(|t| &t.name).map(|l| width(l, SUBJECT)).fold(0.0, f64::max);
            node.width = node.width.max(name * BOLD + PAD);
        } else {
            node.width = WIDTH;
        }
    }
    let settings = Settings {
        air: Air { boxes: 7.0, link: 22.0, port: 11.0, stub: 70.0, lane_box: 8.0, ..Air::DENSE },
        share: false,
        titles: Titles::Each,
        width: 0.0,
        looks: 1,
        starts: 4,
        finalists: 1,
        breathe: false,
    };
    let plan = plan(&sheet, focus);
    let geometry = lay_out(&graph, &plan, &settings);
    paint(&sheet, &texts, &geometry, caption)
}

fn letter(source: &super::MapBox, subject: bool) -> Lettering {
    let limit = if subject { SUBJECT_TEXT.0 } else { TEXT };
    let label = source.label.split_whitespace().collect::<Vec<_>>().join(" ");
    Lettering {
        name: if subject {
            widen(&label, SUBJECT_TEXT.0 / BOLD, SUBJECT_TEXT.1 / BOLD, SUBJECT)
        } else {
            vec![cut(&label, TEXT / BOLD, NAME)]
        },
        detail: source.detail.iter().map(|d| cut(d.trim(), limit, DETAIL)).collect(),
        strong: source.detail.is_some() || subject,
    }
}

/// Drops lines between boxes that are both joined to the subject.
fn keep_subject(sheet: &mut Sheet<'_>, focus: usize) {
    let joined: Vec<usize> = sheet.strands.iter().filter(|s| s.from == focus || s.to == focus).flat_map(|s| [s.from, s.to]).collect();
    sheet.strands.retain(|s| {
        let own = s.from == focus || s.to == focus;
        own || !(joined.contains(&s.from) && joined.contains(&s.to))
    });
}

/// Which side of the subject a box stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Either,
    Unknown,
}

fn plan(sheet: &Sheet<'_>, focus: usize) -> Plan {
    let mut sides = vec![Side::Unknown; sheet.boxes.len()];
    for s in &sheet.strands {
        let (other, side) = match (s.from == focus, s.to == focus) {
            (true, _) => (s.to, if s.two_way { Side::Either } else { Side::Right }),
            (_, true) => (s.from, if s.two_way { Side::Either } else { Side::Left }),
            _ => continue,
        };
        if let Some(slot) = sides.get_mut(other) {
            *slot = if *slot == Side::Unknown || *slot == side { side } else { Side::Either };
        }
    }
    let tally = |sides: &[Side], side: Side| sides.iter().filter(|s| **s == side).count();
    for k in 0..sides.len() {
        let fewer_left = tally(&sides, Side::Left) < tally(&sides, Side::Right);
        if let Some(slot) = sides.get_mut(k).filter(|s| **s == Side::Either) {
            *slot = if fewer_left { Side::Left } else { Side::Right };
        }
    }
    follow(sheet, focus, &mut sides);
    let column = |side: Side| -> Vec<Block> {
        let nodes = |area: usize| -> Vec<usize> {
            let on = |n: usize| n != focus && (sides.get(n) == Some(&Side::Left)) == (side == Side::Left);
            sheet.boxes.iter().enumerate().filter(|(n, b)| b.area == area && on(*n)).map(|(n, _)| n).collect()
        };
        (0..sheet.areas.len()).map(|area| Block { area, nodes: nodes(area) }).filter(|b| !b.nodes.is_empty()).collect()
    };
    let subject = Block { area: sheet.boxes.get(focus).map_or(0, |b| b.area), nodes: vec![focus] };
    let columns = [column(Side::Left), vec![subject], column(Side::Right)];
    columns.into_iter().filter(|c| !c.is_empty()).collect()
}

/// Puts boxes that are not joined to the subject beside those they are joined to.
fn follow(sheet: &Sheet<'_>, focus: usize, sides: &mut [Side]) {
    for _ in 0..sheet.boxes.len() {
        let mut moved = false;
        for s in sheet.strands.iter().filter(|s| s.from != focus && s.to != focus) {
            for (a, b) in [(s.from, s.to), (s.to, s.from)] {
                let known = sides.get(a).copied().filter(|k| *k != Side::Unknown);
                if let (Some(known), Some(slot @ Side::Unknown)) = (known, sides.get_mut(b)) {
                    *slot = known;
                    moved = true;
                }
            }
        }
        if !moved {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::{LineStyle, sample};

    const CAPTION: Caption<'_> = Caption { prefix: "n", title: "Neighbours", description: "Of b." };

    #[test]
    fn senders_stand_left_and_receivers_right() {
        let mut map =
            sample::map(&["a", "b", "c", "d"], &[(0, 1, LineStyle::Api), (1, 2, LineStyle::Batch), (3, 0, LineStyle::Middleware)]);
        map.boxes[1].focus = true;
        let plan = plan(&fold(&map), 1);
        let columns: Vec<Vec<usize>> = plan.iter().map(|c| c.iter().flat_map(|b| b.nodes.clone()).collect()).collect();
        assert_eq!(columns, [vec![0, 3], vec![1], vec![2]]);
    }

    #[test]
    fn a_subject_without_neighbours_or_no_subject_is_an_empty_picture() {
        let mut map = sample::map(&["a"], &[]);
        assert_eq!(picture(&map, &CAPTION), Picture::default());
        map.boxes[0].focus = true;
        assert_eq!(picture(&map, &CAPTION), Picture::default());
    }

    #[test]
    fn every_line_to_the_subject_is_straight() {
        let mut map = sample::map(
            &["a", "b", "c", "d", "e", "f"],
            &[
                (0, 1, LineStyle::Api),
                (2, 1, LineStyle::Native),
                (3, 1, LineStyle::Native),
                (1, 4, LineStyle::Batch),
                (5, 1, LineStyle::Manual),
            ],
        );
        map.boxes[1].focus = true;
        map.boxes[3].area = 1;
        let svg = picture(&map, &CAPTION).svg;
        sample::assert_well_formed(&svg);
        assert!(!svg.contains('Q'), "a rounded corner means a bend");
    }
}
