//! The numbers of a printed map: each line bears what the table below calls it, at a spot of its own.
//!
//! A line shares much of its way with others, so every spot along it is tried: a box, another number or an arrowhead
//! may not lie there, a line that is another one should not, and the nearer the target the better. What is in the way is
//! kept in the cells of a grid, so that a spot is judged by its surroundings alone.

use super::columns::{Geometry, Point, Rect};
use super::draw::{INK, Svg, number};
use super::fold::{Sheet, Strand};
use super::glyph::width;
use super::stroke::{RADIUS, distance};

/// Size of the numbers, px.
const SIZE: f64 = 8.0;
/// Height of a number, px.
const HEIGHT: f64 = 6.4;
/// Most numbers on one line; beyond, the rest is counted.
const MOST: usize = 3;
/// Distance of two spots that are tried, px.
const STEP: f64 = 3.0;
/// Edge of a cell, px.
const CELL: f64 = 24.0;
/// How often every number is placed again, knowing where the others are.
const ROUNDS: usize = 3;
/// Length of the drawn part of an arrowhead, px.
const HEAD: f64 = 8.0;

/// Price of a line that shares the trunk: the number is not wrong there, but not on a spot of its own.
const KIN: f64 = 25.0;
/// Price of each px that a number reaches into a corner of its own line.
const CORNER: f64 = 6.0;
/// Price of each px between a number and the target of its line.
const WAY: f64 = 0.02;

/// What can be in the way of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Box,
    Number,
    Head,
    Line,
}

impl Sort {
    const fn price(self) -> f64 {
        match self {
            Self::Box => 4000.0,
            Self::Number => 900.0,
            Self::Head => 120.0,
            Self::Line => 60.0,
        }
    }
}

/// Something that has its place already, and the line that it belongs to.
#[derive(Debug, Clone, Copy)]
struct Thing {
    place: Rect,
    sort: Sort,
    edge: usize,
}

/// Things by the cells that they lie in.
struct Grid {
    things: Vec<Thing>,
    cells: Vec<Vec<usize>>,
    size: (usize, usize),
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the cells of a picture")]
fn cell(value: f64, last: usize) -> usize {
    ((value / CELL).max(0.0) as usize).min(last)
}

impl Grid {
    fn new(geometry: &Geometry) -> Self {
        let many = |length: f64| cell(length, 4000) + 1;
        let size = (many(geometry.width), many(geometry.height));
        Self { things: Vec::new(), cells: vec![Vec::new(); size.0 * size.1], size }
    }

    fn covered(&self, r: Rect) -> impl Iterator<Item = usize> + use<> {
        let (columns, rows) = self.size;
        let (left, right) = (cell(r.x, columns - 1), cell(r.x + r.width, columns - 1));
        let (top, bottom) = (cell(r.y, rows - 1), cell(r.y + r.height, rows - 1));
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| row * columns + column))
    }

    fn put(&mut self, thing: Thing) {
        let at = self.things.len();
        self.things.push(thing);
        for k in self.covered(thing.place) {
            self.cells.get_mut(k).into_iter().for_each(|cell| cell.push(at));
        }
    }

    /// Takes the number of a line away.
    fn take(&mut self, edge: usize, place: Rect) {
        for k in self.covered(place) {
            let things = &self.things;
            let is_own = |at: &usize| things.get(*at).is_some_and(|t| t.edge == edge && t.sort == Sort::Number);
            self.cells.get_mut(k).into_iter().for_each(|cell| cell.retain(|at| !is_own(at)));
        }
    }

    /// What lies in the way of a number of a line; `tree` tells which lines share its trunk.
    fn price(&self, edge: usize, place: Rect, tree: &[usize]) -> f64 {
        let mut seen: Vec<usize> = self.covered(place).filter_map(|k| self.cells.get(k)).flatten().copied().collect();
        seen.sort_unstable();
        seen.dedup();
        let things = seen.into_iter().filter_map(|at| self.things.get(at)).filter(|t| meet(t.place, place));
        let price = |t: &Thing| match t.sort {
            Sort::Line if t.edge == edge => 0.0,
            Sort::Line if tree.get(t.edge) == tree.get(edge) => KIN,
            sort => sort.price(),
        };
        things.map(price).sum()
    }
}

fn meet(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

fn around((x, y): Point, (wide, high): (f64, f64)) -> Rect {
    Rect { x: x - wide / 2.0, y: y - high / 2.0, width: wide, height: high }
}

/// Writes the numbers of all lines that have one. Only a printed page shows them.
pub(crate) fn numbers(svg: &mut Svg, sheet: &Sheet<'_>, geometry: &Geometry) {
    let texts: Vec<String> = sheet.strands.iter().map(words).collect();
    if texts.iter().all(String::is_empty) {
        return;
    }
    svg.open(
        "g",
        &[
            ("class", "d-numbers"),
            ("display", "none"),
            ("aria-hidden", "true"),
            ("font-size", &number(SIZE)),
            ("text-anchor", "middle"),
            ("fill", INK),
        ],
    );
    for ((text, strand), at) in texts.iter().zip(&sheet.strands).zip(places(geometry, &texts)) {
        if let Some((x, y)) = at {
            svg.text("text", &[("x", &number(x)), ("y", &number(y + 2.9)), ("data-line", &strand.ids())], text);
        }
    }
    svg.close();
}

/// What a line bears: the numbers of what it stands for.
fn words(strand: &Strand<'_>) -> String {
    let mut all: Vec<usize> = strand.lines.iter().filter_map(|line| line.number).collect();
    all.sort_unstable();
    all.dedup();
    let shown = if all.len() > MOST { MOST - 1 } else { all.len() };
    let mut parts: Vec<String> = all.iter().take(shown).map(usize::to_string).collect();
    if all.len() > shown {
        parts.push(format!("+{}", all.len() - shown));
    }
    // A space would let its line through.
    parts.join("·")
}

/// Finds a spot for each number, short lines first: they have the least choice.
fn places(geometry: &Geometry, texts: &[String]) -> Vec<Option<Point>> {
    let mut tree = vec![usize::MAX; geometry.paths.len()];
    for (t, branch) in geometry.trees.iter().enumerate().flat_map(|(t, all)| all.branches.iter().map(move |b| (t, b))) {
        tree.get_mut(branch.edge).into_iter().for_each(|slot| *slot = t);
    }
    let mut grid = obstacles(geometry);
    let length = |edge: usize| geometry.paths.get(edge).map_or(0.0, |path| super::trunk::length(path));
    let mut order: Vec<usize> = (0..texts.len()).filter(|&e| texts.get(e).is_some_and(|text| !text.is_empty())).collect();
    order.sort_by(|&a, &b| length(a).total_cmp(&length(b)));
    let mut out: Vec<Option<Point>> = vec![None; texts.len()];
    for _ in 0..ROUNDS {
        for &edge in &order {
            let (Some(path), Some(text)) = (geometry.paths.get(edge), texts.get(edge)) else { continue };
            let size = (width(text, SIZE) + 1.0, HEIGHT);
            let known = out.get(edge).copied().flatten();
            if let Some(at) = known {
                grid.take(edge, around(at, size));
            }
            let worth = |&(at, way): &(Point, f64)| grid.price(edge, around(at, size), &tree) + way;
            let best = spots(path, size).into_iter().map(|spot| (worth(&spot), spot.0)).min_by(|a, b| a.0.total_cmp(&b.0));
            let at = best.map(|(_, at)| at);
            if let Some(at) = at {
                grid.put(Thing { place: around(at, size), sort: Sort::Number, edge });
            }
            out.get_mut(edge).into_iter().for_each(|slot| *slot = at);
        }
    }
    out
}

/// Boxes, lines and arrowheads.
fn obstacles(geometry: &Geometry) -> Grid {
    let mut grid = Grid::new(geometry);
    for &place in &geometry.boxes {
        grid.put(Thing {
            place: Rect { x: place.x - 1.0, y: place.y - 1.0, width: place.width + 2.0, height: place.height + 2.0 },
            sort: Sort::Box,
            edge: usize::MAX,
        });
    }
    for (edge, path) in geometry.paths.iter().enumerate() {
        for (a, b) in path.iter().zip(path.iter().skip(1)) {
            let place =
                Rect { x: a.0.min(b.0) - 0.7, y: a.1.min(b.1) - 0.7, width: (a.0 - b.0).abs() + 1.4, height: (a.1 - b.1).abs() + 1.4 };
            grid.put(Thing { place, sort: Sort::Line, edge });
        }
    }
    for tree in &geometry.trees {
        for branch in &tree.branches {
            let Some(path) = geometry.paths.get(branch.edge) else { continue };
            let (leaf, root) = if branch.outward { (path.last(), path.first()) } else { (path.first(), path.last()) };
            let tips = leaf.filter(|_| branch.head).into_iter().chain(root.filter(|_| tree.head));
            for &tip in tips {
                grid.put(Thing { place: around(tip, (2.0 * HEAD, HEAD)), sort: Sort::Head, edge: branch.edge });
            }
        }
    }
    grid
}

/// Spots along a line, and what each costs by itself.
fn spots(path: &[Point], (wide, high): (f64, f64)) -> Vec<(Point, f64)> {
    let mut out = Vec::new();
    let mut left = super::trunk::length(path);
    for (&a, &b) in path.iter().zip(path.iter().skip(1)) {
        let long = distance(a, b);
        let is_level = (a.1 - b.1).abs() < 0.01;
        // The number lies on its line with some of the line to be seen on both sides.
        let half = if is_level { wide } else { high } / 2.0;
        let mut at = STEP.min(long / 2.0);
        while at < long {
            let spot = super::stroke::toward(a, b, at);
            let short = (half + RADIUS - at.min(long - at)).max(0.0);
            out.push((spot, (left - at) * WAY + short * CORNER));
            at += STEP;
        }
        left -= long;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::{Caption, LineStyle, fold::fold, map, sample};

    #[test]
    fn a_line_that_stands_for_several_bears_their_numbers() {
        let mut map = sample::map(&["a", "b"], &[LineStyle::Api; 5].map(|style| (0, 1, style)));
        for (line, number) in map.lines.iter_mut().zip([Some(12), None, Some(3), Some(3), None]) {
            line.number = number;
        }
        assert_eq!(words(&fold(&map).strands[0]), "3·12");
        map.lines.iter_mut().zip(1..).for_each(|(line, number)| line.number = Some(number));
        assert_eq!(words(&fold(&map).strands[0]), "1·2·+3");
    }

    #[test]
    fn a_number_lies_on_its_line_and_beside_what_crosses_it() {
        let path = vec![(0.0, 50.0), (100.0, 50.0)];
        let crossing = vec![(88.0, 0.0), (88.0, 100.0)];
        let geometry = Geometry { width: 100.0, height: 100.0, paths: vec![path, crossing], ..Geometry::default() };
        let places = places(&geometry, &["1".to_owned(), String::new()]);
        let (x, y) = places[0].unwrap();
        assert!((y - 50.0).abs() < 0.01 && x > 60.0 && (x - 88.0).abs() > 3.0, "{x} {y}");
        assert_eq!(places[1], None);
    }

    #[test]
    fn only_lines_with_a_number_are_numbered() {
        let caption = Caption { prefix: "m", title: "M", description: "D" };
        let mut map = sample::random(3, 30);
        assert!(!map::picture(&map, &caption).svg.contains("d-numbers"));
        map.lines.iter_mut().zip(1..).for_each(|(line, number)| line.number = Some(number));
        let svg = map::picture(&map, &caption).svg;
        sample::assert_well_formed(&svg);
        assert!(svg.contains("<g class=\"d-numbers\" display=\"none\" aria-hidden=\"true\""));
    }
}
