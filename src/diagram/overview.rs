//! Large stacks: the areas as boxes with one line per pair, and a map of one area among the others.

mod area;

pub use area::area;

use super::columns::{Air, Edge, Geometry, Graph, Node, Point, Rect, Settings, Titles, choose, even_plans};
use super::draw::{INK_2, PAPER, Svg, number};
use super::fold::{Look, Sheet, Strand, fold};
use super::glyph::{BOLD, DETAIL, LINE, NAME, count, width, wrap};
use super::legend::{LegendKind, legend};
use super::mark::{Border, Face, Lettering, border, label, lettering};
use super::stroke::{distance, head, path, shorten};
use super::trunk::stems;
use super::{Area, Caption, LineStyle, Map, Picture};
use std::collections::BTreeMap;

/// Longest line of an area's name, px.
const TEXT: f64 = 130.0;
/// Width a picture fills or keeps to, px.
const WIDTH: f64 = 1100.0;

/// All integrations between two areas.
#[derive(Debug, Clone, Copy, Default)]
struct Bundle {
    forward: usize,
    backward: usize,
    broken: usize,
}

impl Bundle {
    const fn total(self) -> usize {
        self.forward + self.backward
    }
}

/// Draws the areas of a map and how many integrations join them; lines inside an area are left out.
pub fn picture(map: &Map, caption: &Caption<'_>) -> Picture {
    let sheet = fold(map);
    if sheet.boxes.is_empty() {
        return Picture::default();
    }
    let bundles: Vec<((usize, usize), Bundle)> = bundles(&sheet).into_iter().collect();
    let texts: Vec<Lettering> = (0..sheet.areas.len()).map(|a| letter(&sheet, a)).collect();
    let graph = graph(&texts, &bundles);
    let settings =
        Settings { air: Air::WIDE, share: false, titles: Titles::None, width: WIDTH, looks: 6, starts: 16, finalists: 6, breathe: true };
    let geometry = choose(&graph, &even_plans(&graph), &settings);
    let mut svg = Svg::default();
    paint_bundles(&mut svg, &sheet, &bundles, &geometry);
    for ((area, text), &rect) in sheet.areas.iter().zip(&texts).zip(&geometry.boxes) {
        let id = area.map_or("", |a| &a.id);
        svg.open_link(area.and_then(|a| a.href.as_deref()), &[("class", "d-box"), ("data-box", id)]);
        svg.text("title", &[], &format!("{}, {}", name(*area), text.detail.join(" ")));
        let is_noted = area.is_some_and(|a| a.note.is_some());
        border(&mut svg, rect, if is_noted { Border::Critical } else { Border::High });
        lettering(&mut svg, rect, text, false);
        svg.close();
    }
    let mut picture = svg.into_picture(caption, geometry.width, geometry.height);
    if !bundles.is_empty() {
        picture.legend = legend([LegendKind::Count]);
    }
    picture
}

fn name(area: Option<&Area>) -> &str {
    area.map_or("other tools", |a| &a.label)
}

/// The areas of both ends of a strand.
fn areas(sheet: &Sheet<'_>, strand: &Strand<'_>) -> (usize, usize) {
    let area = |node: usize| sheet.boxes.get(node).map_or(0, |b| b.area);
    (area(strand.from), area(strand.to))
}

fn bundles(sheet: &Sheet<'_>) -> BTreeMap<(usize, usize), Bundle> {
    let mut out: BTreeMap<(usize, usize), Bundle> = BTreeMap::new();
    for s in &sheet.strands {
        let (from, to) = areas(sheet, s);
        if from == to {
            continue;
        }
        let bundle = out.entry((from.min(to), from.max(to))).or_default();
        if s.two_way || from < to {
            bundle.forward += 1;
        }
        if s.two_way || from > to {
            bundle.backward += 1;
        }
        bundle.broken += usize::from(s.look.broken);
    }
    out
}

/// How many lines join two areas, each once, and how many of those are critical; nothing where that is not asked.
fn tally(sheet: &Sheet<'_>) -> BTreeMap<(usize, usize), (usize, usize)> {
    let mut lines: BTreeMap<(usize, usize), BTreeMap<&str, bool>> = BTreeMap::new();
    for s in sheet.strands.iter().filter(|_| sheet.tally) {
        let (from, to) = areas(sheet, s);
        let of_pair = lines.entry((from.min(to), from.max(to))).or_default();
        of_pair.extend(s.lines.iter().map(|line| (line.id.as_str(), line.critical)));
    }
    let count = |lines: BTreeMap<&str, bool>| (lines.values().filter(|critical| **critical).count(), lines.len());
    lines.into_iter().map(|(pair, lines)| (pair, count(lines))).collect()
}

fn tools(n: usize) -> String {
    if n == 1 { "1 tool".to_owned() } else { format!("{n} tools") }
}

fn letter(sheet: &Sheet<'_>, area: usize) -> Lettering {
    let n = sheet.boxes.iter().filter(|b| b.area == area).count();
    let area = sheet.areas.get(area).copied().flatten();
    let note = area.and_then(|a| a.note.clone());
    Lettering { name: wrap(name(area), TEXT / BOLD, NAME), detail: [tools(n)].into_iter().chain(note).collect(), strong: true }
}

fn graph(texts: &[Lettering], bundles: &[((usize, usize), Bundle)]) -> Graph {
    let nodes = texts.iter().enumerate().map(|(area, t)| {
        let wide = t.name.iter().map(|l| width(l, NAME) * BOLD).fold(60.0, f64::max);
        let wide = t.detail.iter().map(|l| width(l, DETAIL)).fold(wide, f64::max);
        let height = LINE * count(t.name.len()) + 19.0 + 15.0 * count(t.detail.len());
        Node { area, width: (wide + 26.0).ceil(), height, tall: false }
    });
    let edges = bundles.iter().map(|&((a, b), bundle)| {
        let (from, to) = if bundle.forward > 0 { (a, b) } else { (b, a) };
        Edge { from, to, channel: 0, two_way: bundle.forward > 0 && bundle.backward > 0, apart: true }
    });
    Graph { areas: texts.len(), nodes: nodes.collect(), edges: edges.collect() }
}

/// Lines as wide as they are many, each with its number.
fn paint_bundles(svg: &mut Svg, sheet: &Sheet<'_>, bundles: &[((usize, usize), Bundle)], geometry: &Geometry) {
    let look = Look { style: LineStyle::Native, broken: false, critical: false };
    let tally = tally(sheet);
    let (mut heads, mut pills) = (Svg::default(), Svg::default());
    let mut placed = Vec::new();
    svg.open("g", &[("class", "d-lines")]);
    for tree in &geometry.trees {
        for stem in stems(geometry, tree) {
            let Some(&((a, b), bundle)) = bundles.get(stem.edge) else {
                continue;
            };
            let wide = (1.0 + 0.75 * count(bundle.total()).sqrt()).min(9.0);
            let mut points = stem.whole.clone();
            if stem.head
                && let [tip, from, ..] = stem.whole.as_slice()
            {
                head(&mut heads, *tip, *from, look, 1.0 + wide / 6.0, "");
                shorten(&mut points, 7.0 + wide);
            }
            points.reverse();
            if tree.head
                && let [.., from, tip] = stem.whole.as_slice()
            {
                head(&mut heads, *tip, *from, look, 1.0 + wide / 6.0, "");
                shorten(&mut points, 7.0 + wide);
            }
            let id = |n: usize| sheet.areas.get(n).copied().flatten().map_or("", |a| &a.id);
            svg.open("g", &[("class", "d-bundle"), ("data-from", id(a)), ("data-to", id(b))]);
            svg.text("title", &[], &sentence(sheet, a, b, bundle));
            let data = path(&points);
            for (class, stroke, width) in [("d-halo", PAPER, wide + 2.6), ("d-line", INK_2, wide)] {
                svg.empty(
                    "path",
                    &[("class", class), ("d", &data), ("fill", "none"), ("stroke", stroke), ("stroke-width", &number(width))],
                );
            }
            svg.close();
            let all = bundle.total();
            let text = tally.get(&(a, b)).map_or_else(|| all.to_string(), |(critical, all)| format!("{critical} of {all}"));
            pill(&mut pills, geometry, stem.edge, &text, &mut placed);
        }
    }
    svg.append(&heads);
    svg.append(&pills);
    svg.close();
}

fn sentence(sheet: &Sheet<'_>, a: usize, b: usize, bundle: Bundle) -> String {
    let of = |n: usize| name(sheet.areas.get(n).copied().flatten());
    let mut parts = Vec::new();
    for (from, to, n) in [(a, b, bundle.forward), (b, a, bundle.backward)] {
        if n > 0 {
            parts.push(format!("{} → {}: {n}", of(from), of(to)));
        }
    }
    if bundle.broken > 0 {
        parts.push(format!("{} broken", bundle.broken));
    }
    parts.join("; ")
}

/// The number of a line, at a spot of it that is clear of other lines and numbers.
fn pill(svg: &mut Svg, geometry: &Geometry, edge: usize, text: &str, placed: &mut Vec<Rect>) {
    let Some(own) = geometry.paths.get(edge) else {
        return;
    };
    let wide = width(text, 11.0) + 9.0;
    let around = |(x, y): Point| Rect { x: x - wide / 2.0, y: y - 7.5, width: wide, height: 15.0 };
    let pieces = own.iter().copied().zip(own.iter().skip(1).copied());
    let spots = pieces.filter(|(a, b)| distance(*a, *b) >= 30.0).flat_map(|(a, b)| {
        [0.5, 0.35, 0.65, 0.22, 0.78].map(|f| {
            let at = (a.0 + (b.0 - a.0) * f, a.1 + (b.1 - a.1) * f);
            (at, distance(a, b).min(120.0) * 0.2 - f64::abs(f - 0.5) * 10.0)
        })
    });
    let worth = |&(at, bonus): &(Point, f64)| clearance(geometry, edge, around(at), placed).min(9.0) * 10.0 + bonus;
    let fallback = own.first().copied().map(|p| (p, 0.0));
    let Some(((x, y), _)) = spots.max_by(|a, b| worth(a).total_cmp(&worth(b))).or(fallback) else {
        return;
    };
    let place = around((x, y));
    svg.empty(
        "rect",
        &[
            ("class", "d-pill"),
            ("x", &number(place.x)),
            ("y", &number(place.y)),
            ("width", &number(place.width)),
            ("height", &number(place.height)),
            ("rx", "7.5"),
            ("fill", PAPER),
            ("stroke", INK_2),
        ],
    );
    label(svg, (x, y + 4.0), text, Face { size: 11.0, middle: true, ..Face::DETAIL });
    placed.push(place);
}

/// Distance from a number to the nearest other line or number.
fn clearance(geometry: &Geometry, edge: usize, at: Rect, placed: &[Rect]) -> f64 {
    let gap = |left: f64, right: f64, top: f64, bottom: f64| {
        let dx = (left - at.x - at.width).max(at.x - right);
        let dy = (top - at.y - at.height).max(at.y - bottom);
        dx.max(dy).max(0.0)
    };
    let numbers = placed.iter().map(|other| gap(other.x, other.x + other.width, other.y, other.y + other.height));
    let others = geometry.paths.iter().enumerate().filter(|(o, _)| *o != edge).map(|(_, p)| p);
    let lines = others.flat_map(|p| p.iter().zip(p.iter().skip(1)));
    let lines = lines.map(|(a, b)| gap(a.0.min(b.0), a.0.max(b.0), a.1.min(b.1), a.1.max(b.1)));
    numbers.chain(lines).fold(f64::from(30), f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::sample;

    const CAPTION: Caption<'_> = Caption { prefix: "o", title: "Overview", description: "Areas." };

    #[test]
    fn areas_become_boxes_and_pairs_of_areas_lines() {
        let map = sample::random(3, 90);
        let svg = picture(&map, &CAPTION).svg;
        sample::assert_well_formed(&svg);
        let sheet = fold(&map);
        assert_eq!(svg.matches("d-bundle").count(), bundles(&sheet).len());
        assert_eq!(svg.matches("class=\"d-box\"").count(), sheet.areas.len());
    }
}
