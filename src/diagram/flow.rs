//! A flow as a sequence of hops: what each tool does, and what carries the record from one to the next.
//!
//! Steps run from left to right and, when there are many, on in the next row. A hop that nothing documented carries is
//! drawn as a gap.

use super::columns::{Point, Rect};
use super::draw::{ERROR, PAPER, Svg};
use super::fold::Look;
use super::glyph::{BOLD, DETAIL, LINE, NAME, count, fill, width, wrap};
use super::legend::{LegendKind, legend};
use super::mark::{Border, Face, Lettering, border, label, lettering};
use super::stroke::{SHORTEN, cross, head, middle, path, shorten, stroke};
use super::{Caption, LineStyle, Picture, Weight};

/// Width of a row, px.
const WIDTH: f64 = 960.0;
/// Space between two boxes of a row, px.
const HOP: f64 = 56.0;
/// Space between two rows, px.
const ROW: f64 = 44.0;
/// White space around the picture, px.
const MARGIN: f64 = 2.0;
/// How far a line to the next row leaves the boxes, px.
const TURN: f64 = 18.0;
/// Room of a box beside its text, px.
const PAD: f64 = 20.0;
/// Least and greatest width of a line of text, px.
const TEXT: (f64, f64) = (104.0, 148.0);

/// The steps of a flow in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// Steps; the hop to the first one is ignored.
    pub steps: Vec<Step>,
}

/// One stop of a flow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// Identifies the tool to scripts.
    pub id: String,
    /// Name of the tool, or of who does it.
    pub label: String,
    /// What happens here; set in up to three lines.
    pub action: Option<String>,
    /// A person does it: a double border.
    pub manual: bool,
    /// How thick the border is.
    pub weight: Weight,
    /// Where the box leads, relative to the page.
    pub href: Option<String>,
    /// Shown on hover and read aloud; holds the full name.
    pub title: String,
    /// How the record comes here from the step before; `None` is a gap.
    pub hop: Option<Hop>,
}

/// What carries a record to the next step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hop {
    /// Identifies the integration to scripts.
    pub id: String,
    /// How the record is carried.
    pub style: LineStyle,
    /// Known not to work.
    pub broken: bool,
    /// Drawn thicker.
    pub critical: bool,
    /// Where the line leads, relative to the page.
    pub href: Option<String>,
    /// Shown on hover and read aloud.
    pub title: String,
}

/// Draws a flow; one without steps gives an empty picture.
pub fn picture(flow: &Flow, caption: &Caption<'_>) -> Picture {
    if flow.steps.is_empty() {
        return Picture::default();
    }
    let texts: Vec<Lettering> = flow.steps.iter().map(letter).collect();
    let rects = places(&texts);
    let mut svg = Svg::default();
    svg.open("g", &[("class", "d-lines")]);
    let pairs = rects.iter().zip(rects.iter().skip(1)).zip(flow.steps.iter().skip(1)).zip(&flow.steps);
    for (((a, b), step), before) in pairs {
        paint_hop(&mut svg, before, step, &route(*a, *b));
    }
    svg.close();
    for ((step, text), &rect) in flow.steps.iter().zip(&texts).zip(&rects) {
        svg.open_link(step.href.as_deref(), &[("class", "d-box"), ("data-box", &step.id)]);
        svg.text("title", &[], if step.title.is_empty() { &step.label } else { &step.title });
        border(&mut svg, rect, if step.manual { Border::Double } else { Border::of(step.weight) });
        lettering(&mut svg, rect, text, false);
        svg.close();
    }
    let right = rects.iter().map(|r| r.x + r.width).fold(0.0, f64::max);
    let bottom = rects.iter().map(|r| r.y + r.height).fold(0.0, f64::max);
    let turns = if rects.iter().any(|r| r.y > MARGIN) { TURN } else { 0.0 };
    let mut picture = svg.into_picture(caption, right + turns + MARGIN, bottom + MARGIN);
    picture.legend = legend(occurring(flow));
    picture
}

fn letter(step: &Step) -> Lettering {
    Lettering {
        name: wrap(&step.label, TEXT.1 / BOLD, NAME),
        detail: step.action.iter().flat_map(|a| fill(a, TEXT.1, DETAIL, 3)).collect(),
        strong: true,
    }
}

/// Boxes of one size in rows from the left.
fn places(texts: &[Lettering]) -> Vec<Rect> {
    let names = texts.iter().flat_map(|t| &t.name).map(|l| width(l, NAME) * BOLD);
    let details = texts.iter().flat_map(|t| &t.detail).map(|l| width(l, DETAIL));
    let wide = names.chain(details).fold(TEXT.0, f64::max).ceil() + PAD;
    let tall = |t: &Lettering| LINE * count(t.name.len()) + 15.0 * count(t.detail.len()) + 16.0;
    let height = texts.iter().map(tall).fold(40.0, f64::max);
    let fitting = (1..=texts.len()).take_while(|&n| count(n) * wide + count(n - 1) * HOP <= WIDTH).count().max(1);
    // Even rows read better than a full one and a remainder.
    let rows = texts.len().div_ceil(fitting);
    let per_row = texts.len().div_ceil(rows).max(1);
    let left = MARGIN + if rows > 1 { TURN } else { 0.0 };
    (0..texts.len())
        .map(|k| Rect { x: left + count(k % per_row) * (wide + HOP), y: MARGIN + count(k / per_row) * (height + ROW), width: wide, height })
        .collect()
}

/// Straight to the next box, or around the end of the row to the start of the next.
fn route(a: Rect, b: Rect) -> Vec<Point> {
    let (ay, by) = (a.y + a.height / 2.0, b.y + b.height / 2.0);
    let (from, to) = ((a.x + a.width, ay), (b.x, by));
    if (ay - by).abs() < 0.01 {
        return vec![from, to];
    }
    let between = a.y + a.height + ROW / 2.0;
    let (out, back) = (from.0 + TURN, to.0 - TURN);
    vec![from, (out, ay), (out, between), (back, between), (back, by), to]
}

fn paint_hop(svg: &mut Svg, before: &Step, step: &Step, points: &[Point]) {
    let gap = Hop { style: LineStyle::Batch, broken: true, ..Hop::default() };
    let hop = step.hop.as_ref().unwrap_or(&gap);
    let missing = step.hop.is_none();
    let look = Look { style: hop.style, broken: hop.broken, critical: hop.critical };
    let title = if missing {
        format!("gap: nothing documented carries the record from {} to {}", before.label, step.label)
    } else {
        hop.title.clone()
    };
    svg.open_link(
        hop.href.as_deref(),
        &[
            ("class", if missing { "d-hop d-missing" } else { "d-hop" }),
            ("data-line", &hop.id),
            ("data-from", &before.id),
            ("data-to", &step.id),
            ("aria-label", if hop.href.is_some() { &title } else { "" }),
        ],
    );
    svg.text("title", &[], &title);
    let mut line = points.to_vec();
    line.reverse();
    shorten(&mut line, SHORTEN);
    line.reverse();
    stroke(svg, &path(&line), look);
    if let [.., from, tip] = points {
        head(svg, *tip, *from, look, 1.0, &hop.id);
    }
    if let Some(at) = middle(points).filter(|_| look.broken) {
        cross(svg, at, &hop.id);
        if missing {
            let face = Face { middle: true, colour: ERROR, ..Face::ERROR };
            label(svg, (at.0, at.1 - 11.0), "gap", face);
        }
    }
    let wide = path(points);
    svg.empty("path", &[("d", &wide), ("fill", "none"), ("stroke", PAPER), ("stroke-opacity", "0"), ("stroke-width", "8")]);
    svg.close();
}

fn occurring(flow: &Flow) -> Vec<LegendKind> {
    let mut out = Vec::new();
    for step in flow.steps.iter().skip(1) {
        match &step.hop {
            None => out.push(LegendKind::Gap),
            Some(hop) => {
                out.push(LegendKind::Line(hop.style));
                out.extend(hop.broken.then_some(LegendKind::Broken));
                out.extend(hop.critical.then_some(LegendKind::CriticalLine));
            }
        }
    }
    for step in &flow.steps {
        out.push(if step.manual { LegendKind::ManualStep } else { LegendKind::Box(step.weight) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::sample;

    const CAPTION: Caption<'_> = Caption { prefix: "f", title: "Flow", description: "Steps." };

    fn flow(n: usize) -> Flow {
        let step = |k: usize| Step {
            id: format!("t{k}"),
            label: format!("Tool {k}"),
            action: Some("does something of note".to_owned()),
            hop: Some(Hop::default()),
            ..Step::default()
        };
        Flow { steps: (0..n).map(step).collect() }
    }

    #[test]
    fn a_flow_without_steps_is_an_empty_picture() {
        assert_eq!(picture(&Flow::default(), &CAPTION), Picture::default());
    }

    #[test]
    fn a_missing_hop_is_a_gap_with_a_cross_and_the_word() {
        let mut flow = flow(3);
        flow.steps[2].hop = None;
        let picture = picture(&flow, &CAPTION);
        sample::assert_well_formed(&picture.svg);
        assert!(picture.svg.contains(">gap</text>") && picture.svg.contains("d-cross"));
        assert!(picture.legend.iter().any(|e| e.kind == LegendKind::Gap));
    }

    #[test]
    fn a_long_flow_goes_on_in_the_next_row() {
        let rects = places(&flow(9).steps.iter().map(letter).collect::<Vec<_>>());
        assert!(rects.iter().all(|r| r.x + r.width <= WIDTH + TURN + MARGIN));
        assert!(rects.iter().any(|r| r.y > MARGIN));
        sample::assert_well_formed(&picture(&flow(9), &CAPTION).svg);
    }

    #[test]
    fn every_number_of_steps_has_a_picture() {
        for n in 1..40 {
            assert!(picture(&flow(n), &CAPTION).width < WIDTH + 60.0);
        }
    }
}
