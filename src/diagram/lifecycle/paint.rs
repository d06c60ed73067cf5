//! The lifecycle as strokes and words.

use super::lane::{Strand, Trunk, is_step, strands};
use super::place::{BESIDE, MARK, Passing, Placed, Plan, Row, SMALL, STEM, mark};
use super::{Lifecycle, NoteKind};
use crate::diagram::LineStyle;
use crate::diagram::columns::{Point, Rect};
use crate::diagram::draw::{INK, Svg, number};
use crate::diagram::fold::Look;
use crate::diagram::glyph::{LINE, count};
use crate::diagram::mark::{Border, Face, Lettering, border, flag, label, ring};
use crate::diagram::stroke::{SHORTEN, edge, head, ink, path, shorten, stroke};

const STRAIGHT: Look = Look { style: LineStyle::Native, broken: false, critical: false };
const BACK: Look = Look { style: LineStyle::Batch, ..STRAIGHT };

/// Draws a lifecycle that has its places.
pub(super) fn paint(lifecycle: &Lifecycle, trunks: &[Trunk<'_>], plan: &Plan<'_>) -> Svg {
    let mut svg = Svg::default();
    svg.open("g", &[("class", "d-lines")]);
    start(&mut svg, &plan.rects);
    steps(&mut svg, lifecycle, &plan.rects);
    for number in 0..trunks.len() {
        trunk(&mut svg, lifecycle, trunks, number, &plan.rects);
    }
    svg.close();
    for placed in &plan.stages {
        stage(&mut svg, placed);
        words(&mut svg, (plan.notes, placed.rect.y + 11.5), &placed.notes);
    }
    if let Some(first) = plan.rects.first() {
        for passing in &plan.handoffs {
            handoff(&mut svg, first.x + BESIDE, passing);
        }
    }
    svg
}

/// The dot at which every record begins.
fn start(svg: &mut Svg, rects: &[Rect]) {
    let Some(first) = rects.first() else { return };
    let dot = (first.x + STEM, 7.0);
    let tip = (dot.0, first.y);
    stroke(svg, &path(&[dot, (tip.0, tip.1 - SHORTEN)]), STRAIGHT);
    head(svg, tip, dot, STRAIGHT, 1.0, "");
    svg.empty("circle", &[("class", "d-start"), ("cx", &number(dot.0)), ("cy", &number(dot.1)), ("r", "4.5"), ("fill", INK)]);
}

/// The straight ways from a stage to the next one, each drawn once.
fn steps(svg: &mut Svg, lifecycle: &Lifecycle, rects: &[Rect]) {
    for (from, pair) in rects.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let Some(way) = lifecycle.transitions.iter().find(|w| w.from == from && is_step(w)) else { continue };
        let line = [(a.x + STEM, a.y + a.height), (b.x + STEM, b.y)];
        svg.open("g", &[("class", "d-transition")]);
        svg.text("title", &[], &told(lifecycle, (way.from, way.to), &way.title));
        arrow(svg, &line, STRAIGHT);
        svg.close();
    }
}

/// The words for a way between two stages.
fn told(lifecycle: &Lifecycle, (from, to): (usize, usize), title: &str) -> String {
    let name = |k: usize| lifecycle.stages.get(k).map_or("", |s| s.label.as_str());
    let plain = format!("{} → {}", name(from), name(to));
    if title.is_empty() { plain } else { format!("{plain}: {title}") }
}

/// A line with a tip at its end.
fn arrow(svg: &mut Svg, points: &[Point], look: Look) {
    stroke(svg, &path(&shaft(points)), look);
    if let [.., before, tip] = points {
        head(svg, *tip, *before, look, 1.0, "");
    }
}

/// A line as far as its tip.
fn shaft(points: &[Point]) -> Vec<Point> {
    let mut line = points.to_vec();
    line.reverse();
    shorten(&mut line, SHORTEN);
    line.reverse();
    line
}

fn trunk(svg: &mut Svg, lifecycle: &Lifecycle, trunks: &[Trunk<'_>], number: usize, rects: &[Rect]) {
    let Some(trunk) = trunks.get(number) else { return };
    let (class, look) = if trunk.recycles { ("d-transition d-recycle", BACK) } else { ("d-transition", STRAIGHT) };
    let titles: Vec<String> = trunk.ways.iter().map(|way| told(lifecycle, (way.from, way.to), &way.title)).collect();
    svg.open("g", &[("class", class)]);
    svg.text("title", &[], &titles.join("; "));
    // They have one edge together, so that none cuts another where it joins.
    let strands = strands(trunks, number, rects);
    let line = |strand: &Strand| path(&if strand.arrives { shaft(&strand.points) } else { strand.points.clone() });
    for strand in &strands {
        edge(svg, &line(strand), look);
    }
    for strand in &strands {
        ink(svg, &line(strand), look);
        if let ([.., before, tip], true) = (strand.points.as_slice(), strand.arrives) {
            head(svg, *tip, *before, look, 1.0, "");
        }
    }
    svg.close();
}

fn stage(svg: &mut Svg, placed: &Placed<'_>) {
    let Placed { stage, lettering, rect, .. } = placed;
    svg.open_link(stage.href.as_deref(), &[("class", "d-box"), ("data-box", &stage.id)]);
    svg.text("title", &[], if stage.title.is_empty() { &stage.label } else { &stage.title });
    let kind = match (stage.unreached, stage.terminal) {
        (true, _) => Border::Lone,
        (_, true) => Border::Double,
        _ => Border::High,
    };
    border(svg, *rect, kind);
    let gap = stage.detail.as_ref().is_some_and(|note| note.kind == NoteKind::Gap);
    let Lettering { name, detail, .. } = lettering;
    let top = rect.y + (rect.height - LINE * count(name.len()) - SMALL * count(detail.len())) / 2.0;
    for (k, line) in name.iter().enumerate() {
        label(svg, (rect.x + 10.0, top + 12.4 + count(k) * LINE), line, Face::STRONG);
    }
    let kind = if gap { NoteKind::Gap } else { NoteKind::Quiet };
    let rows = detail.iter().enumerate().map(|(k, text)| Row { text: text.clone(), kind, first: k == 0 });
    words(svg, (rect.x + 10.0, top + LINE * count(name.len()) + 11.0), &rows.collect::<Vec<_>>());
    svg.close();
}

fn handoff(svg: &mut Svg, x: f64, passing: &Passing<'_>) {
    svg.open("g", &[("class", "d-handoff")]);
    svg.text("title", &[], &passing.handoff.title);
    flag(svg, (x, passing.top + 6.0));
    let mut y = passing.top + 10.0;
    for line in &passing.owner {
        label(svg, (x + MARK, y), line, Face { bold: true, ..Face::DETAIL });
        y += SMALL;
    }
    words(svg, (x, y), &passing.rows);
    svg.close();
}

/// Writes lines below each other; the first base line is at `at`.
fn words(svg: &mut Svg, at: Point, rows: &[Row]) {
    for (k, row) in rows.iter().enumerate() {
        let (x, y) = (at.0, at.1 + count(k) * SMALL);
        let face = match row.kind {
            NoteKind::Plain => Face { colour: INK, class: "d-note", ..Face::DETAIL },
            NoteKind::Quiet | NoteKind::Back => Face::DETAIL,
            NoteKind::Gap => Face::MISSING,
        };
        match row.kind {
            NoteKind::Gap if row.first => ring(svg, (x + 5.0, y - 4.0)),
            NoteKind::Back if row.first => stroke(svg, &path(&[(x, y - 4.0), (x + 11.0, y - 4.0)]), BACK),
            _ => {}
        }
        label(svg, (x + mark(row.kind), y), &row.text, face);
    }
}
