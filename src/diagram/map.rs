//! The integration map: every tool in the column of its area, every integration between them.

use super::columns::{Air, Geometry, Graph, Node, Settings, Titles, Tree, choose, plans};
use super::draw::Svg;
use super::fold::{Look, Sheet, Strand, fold};
use super::glyph::{BOLD, DETAIL, LINE, NAME, count, cut, fill, widen, width, wrap};
use super::hit::paint_hit;
use super::legend::{LegendKind, legend};
use super::mark::{Border, Lettering, badge, band, border, lettering};
use super::numbers::numbers;
use super::stroke::{SHORTEN, cross, head, middle, path, shorten, stroke};
use super::trunk::{Stem, length, stems};
use super::{Caption, LineStyle, Map, Picture, columns};

/// Most boxes of a map that is still read at a glance; beyond, the overview of the areas is the better picture.
pub const LIMIT: usize = 60;

/// Width the map fills or keeps to, px: that of a page on a common screen, so that its text is not scaled down.
const WIDTH: f64 = 1000.0;
/// Longest line of a name, and of one that would be cut otherwise, px.
const TEXT: (f64, f64) = (118.0, 160.0);
/// Boxes from which columns are kept narrow: names have shorter lines, and up to three of them.
const DENSE: usize = 44;
/// Longest line of a name there, px.
const NARROW: f64 = 96.0;
/// Room of a box beside its text, px.
pub(crate) const PAD: f64 = 20.0;
/// Height of a box with one line, px.
const HEIGHT: f64 = 34.0;
/// Lines from which a name is set bold.
const HUB: usize = 8;

/// Draws the whole map; a map without boxes gives an empty picture.
pub fn picture(map: &Map, caption: &Caption<'_>) -> Picture {
    let sheet = fold(map);
    if sheet.boxes.is_empty() {
        return Picture::default();
    }
    let mut degree = vec![0_usize; sheet.boxes.len()];
    for end in sheet.strands.iter().flat_map(|s| [s.from, s.to]) {
        degree.get_mut(end).into_iter().for_each(|d| *d += 1);
    }
    let is_dense = sheet.boxes.len() > DENSE;
    let room = if is_dense { (NARROW, TEXT.1) } else { TEXT };
    let texts: Vec<Lettering> = sheet
        .boxes
        .iter()
        .zip(&degree)
        .map(|(b, &lines)| {
            let detail: Vec<String> = b.source.detail.iter().map(|d| cut(d.trim(), room.0, DETAIL)).collect();
            let strong = lines >= HUB || !detail.is_empty();
            let factor = if strong { BOLD } else { 1.0 };
            Lettering { name: name_lines(&b.source.label, room.0 / factor, room.1 / factor, is_dense), detail, strong }
        })
        .collect();
    let graph = graph(&sheet, &texts, HEIGHT);
    // A map beyond the limit is drawn on request: soundly, but without a long search.
    let (looks, starts, finalists) = match (graph.nodes.len(), graph.edges.len()) {
        (0..=30, 0..=100) => (24, 4, 4),
        (0..=80, 0..=110) => (24, 3, 4),
        (0..=80, _) => (8, 1, 2),
        _ => (3, 1, 1),
    };
    let settings = Settings { air: Air::DENSE, share: true, titles: Titles::Top, width: WIDTH, looks, starts, finalists, breathe: true };
    let geometry = choose(&graph, &plans(&graph), &settings);
    paint(&sheet, &texts, &geometry, caption)
}

/// Sets a name so that nothing of it is cut if that can be helped.
fn name_lines(name: &str, limit: f64, widest: f64, is_dense: bool) -> Vec<String> {
    let is_cut = |lines: &[String]| lines.iter().any(|line| line.ends_with('…'));
    if is_dense && is_cut(&wrap(name, limit, NAME)) {
        let three = fill(name, limit, NAME, 3);
        if !is_cut(&three) {
            return three;
        }
    }
    widen(name, limit, widest, NAME)
}

/// Counts the lines that a picture of this map has: integrations that look the same between the same boxes are one.
pub fn strokes(map: &Map) -> usize {
    fold(map).strands.len()
}

/// Measures the boxes and names the channels of a sheet.
pub(crate) fn graph(sheet: &Sheet<'_>, texts: &[Lettering], height: f64) -> Graph {
    let nodes = sheet.boxes.iter().zip(texts).map(|(b, t)| {
        let factor = if t.strong { BOLD } else { 1.0 };
        let name = t.name.iter().map(|l| width(l, NAME) * factor).fold(0.0, f64::max);
        let detail = t.detail.iter().map(|l| width(l, DETAIL)).fold(0.0, f64::max);
        let text = LINE * count(t.name.len()) + 15.0 * count(t.detail.len());
        Node { area: b.area, width: (name.max(detail) + PAD).ceil(), height: height.max(text + 14.0), tall: false }
    });
    let mut looks: Vec<Look> = sheet.strands.iter().map(|s| s.look).collect();
    looks.sort_unstable();
    looks.dedup();
    let edges = sheet.strands.iter().map(|s| columns::Edge {
        from: s.from,
        to: s.to,
        channel: looks.binary_search(&s.look).unwrap_or(0),
        two_way: s.two_way,
        apart: s.look.broken,
    });
    Graph { areas: sheet.areas.len(), nodes: nodes.collect(), edges: edges.collect() }
}

/// Draws a laid-out sheet.
pub(crate) fn paint(sheet: &Sheet<'_>, texts: &[Lettering], geometry: &Geometry, caption: &Caption<'_>) -> Picture {
    let mut svg = Svg::default();
    paint_areas(&mut svg, sheet, geometry);
    paint_lines(&mut svg, sheet, geometry);
    svg.open("g", &[("class", "d-boxes")]);
    for ((placed, text), &rect) in sheet.boxes.iter().zip(texts).zip(&geometry.boxes) {
        let b = placed.source;
        let title = if b.title.is_empty() { &b.label } else { &b.title };
        let area = sheet.areas.get(placed.area).copied().flatten().map_or("", |area| area.id.as_str());
        let tools = b.stands_for.map_or_else(String::new, |tools| tools.to_string());
        let mut attributes = vec![("class", "d-box"), ("data-box", &*b.id), ("data-area", area), ("data-tools", &*tools)];
        attributes.extend(b.data.iter().map(|(name, words)| (*name, words.as_str())));
        svg.open_link(b.href.as_deref(), &attributes);
        svg.text("title", &[], title);
        let kind = match b {
            b if b.focus => Border::Focus,
            b if b.lone => Border::Lone,
            b => Border::of(b.weight),
        };
        border(&mut svg, rect, kind);
        lettering(&mut svg, rect, text, b.focus && rect.height > 60.0);
        if !placed.loops.is_empty() {
            let titles: Vec<&str> = placed.loops.iter().map(|l| l.title.as_str()).collect();
            badge(&mut svg, (rect.x + rect.width - 4.0, rect.y + 1.0), &titles.join("; "));
        }
        svg.close();
    }
    svg.close();
    numbers(&mut svg, sheet, geometry);
    let mut picture = svg.into_picture(caption, geometry.width, geometry.height);
    picture.legend = legend(occurring(sheet));
    picture
}

fn paint_areas(svg: &mut Svg, sheet: &Sheet<'_>, geometry: &Geometry) {
    svg.open("g", &[("class", "d-areas")]);
    for &(area, rect) in &geometry.bands {
        // A group without a name has no ground either.
        if let Some(area) = sheet.areas.get(area).copied().flatten().filter(|a| !a.label.is_empty()) {
            band(svg, rect, &area.id, &wrap(&area.label, (rect.width - 14.0) / BOLD, DETAIL));
        }
    }
    svg.close();
}

/// Nets longest first, so that short lines lie on top; then heads and crosses; last what the pointer meets.
fn paint_lines(svg: &mut Svg, sheet: &Sheet<'_>, geometry: &Geometry) {
    let mut trees: Vec<(f64, &Tree, Vec<Stem>)> = geometry
        .trees
        .iter()
        .map(|t| (t, stems(geometry, t)))
        .map(|(t, stems)| (stems.iter().map(|s| length(&s.whole)).sum(), t, stems))
        .collect();
    trees.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut heads = Svg::default();
    svg.open("g", &[("class", "d-lines")]);
    for (_, tree, stems) in &trees {
        paint_tree(svg, &mut heads, sheet, tree, stems);
    }
    svg.append(&heads);
    svg.close();
    svg.open("g", &[("class", "d-hits")]);
    for (strand, points) in sheet.strands.iter().zip(&geometry.paths).filter(|(_, p)| p.len() > 1) {
        paint_hit(svg, sheet, strand, &path(points));
    }
    svg.close();
}

fn paint_tree(svg: &mut Svg, heads: &mut Svg, sheet: &Sheet<'_>, tree: &Tree, stems: &[Stem]) {
    let strand = |stem: &Stem| sheet.strands.get(stem.edge);
    let Some(look) = stems.first().and_then(strand).map(|s| s.look) else {
        return;
    };
    let ids: Vec<String> = stems.iter().filter_map(strand).map(Strand::ids).collect();
    let ids = ids.join(" ");
    let has_heads = look.style != LineStyle::Either;
    let mut data = String::new();
    for (k, stem) in stems.iter().enumerate() {
        let mut points = stem.fresh.clone();
        let own = strand(stem).map(Strand::ids).unwrap_or_default();
        if stem.head
            && has_heads
            && let [tip, from, ..] = stem.whole.as_slice()
        {
            head(heads, *tip, *from, look, 1.0, &own);
            shorten(&mut points, SHORTEN);
        }
        if k == 0
            && tree.head
            && has_heads
            && let [.., from, tip] = stem.whole.as_slice()
        {
            head(heads, *tip, *from, look, 1.0, &ids);
            points.reverse();
            shorten(&mut points, SHORTEN);
            points.reverse();
        }
        data.push_str(&path(&points));
        if look.broken
            && let Some(at) = middle(&stem.whole)
        {
            cross(heads, at, &own);
        }
    }
    svg.open("g", &[("class", "d-net"), ("data-line", &ids)]);
    stroke(svg, &data, look);
    svg.close();
}

fn occurring(sheet: &Sheet<'_>) -> Vec<LegendKind> {
    let mut out = Vec::new();
    for s in &sheet.strands {
        out.push(LegendKind::Line(s.look.style));
        if s.look.broken {
            out.push(LegendKind::Broken);
        }
        if s.look.critical {
            out.push(LegendKind::CriticalLine);
        }
    }
    for b in sheet.boxes.iter().filter(|b| !b.source.focus && b.source.stands_for.is_none()) {
        out.push(if b.source.lone { LegendKind::Lone } else { LegendKind::Box(b.source.weight) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::sample;

    const CAPTION: Caption<'_> = Caption { prefix: "map", title: "Map", description: "All tools." };

    #[test]
    fn a_map_without_boxes_is_an_empty_picture() {
        assert_eq!(picture(&Map::default(), &CAPTION), Picture::default());
    }

    #[test]
    fn the_order_of_the_input_does_not_matter() {
        let map = sample::random(7, 14);
        let mut other = map.clone();
        let last = other.boxes.len() - 1;
        other.boxes.reverse();
        for l in &mut other.lines {
            (l.from, l.to) = (last - l.from, last - l.to);
        }
        other.lines.reverse();
        assert_eq!(picture(&map, &CAPTION), picture(&other, &CAPTION));
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut map = sample::map(&["a\"b", "<script>"], &[(0, 1, LineStyle::Api)]);
        map.boxes[0].label = "</text><script>alert(1)</script>\u{202e}".repeat(40);
        map.areas[0].label = "]]>&\u{1}".to_owned();
        map.lines[0].title = "'\"><svg onload=x>".to_owned();
        let svg = picture(&map, &CAPTION).svg;
        sample::assert_well_formed(&svg);
        assert!(!svg.contains("<script") && !svg.contains('\u{202e}') && !svg.contains(" style="));
    }

    #[test]
    fn boxes_are_links_and_lines_carry_their_title() {
        let mut map = sample::map(&["a", "b"], &[(0, 1, LineStyle::Batch)]);
        map.boxes[0].href = Some("tools/a.html".to_owned());
        map.lines[0].title = "a to b".to_owned();
        let svg = picture(&map, &CAPTION).svg;
        assert!(svg.contains("<a href=\"tools/a.html\" class=\"d-box\" data-box=\"a\" data-area="));
        assert!(svg.contains("data-from=\"a\" data-to=\"b\"") && svg.contains("<title>a to b</title>"));
    }

    #[test]
    fn a_broken_line_bears_a_cross_and_the_legend_explains_it() {
        let mut map = sample::map(&["a", "b"], &[(0, 1, LineStyle::Native)]);
        map.lines[0].broken = true;
        let picture = picture(&map, &CAPTION);
        assert!(picture.svg.contains("d-cross"));
        assert!(picture.legend.iter().any(|e| e.kind == LegendKind::Broken));
    }
}
