//! A lifecycle as a state diagram: stages in order, the way forward straight, skips above, recycling below.
//!
//! Transitions that are no step to the next stage run in lanes; short ones lie nearest to the stages, and their ports
//! are in such an order that two lanes cross only where they must.

use super::columns::{Point, Rect};
use super::draw::{INK, INK_2, Svg, number};
use super::fold::Look;
use super::glyph::{BOLD, DETAIL, LINE, NAME, count, cut, fill, width, wrap};
use super::legend::{LegendKind, legend};
use super::mark::{Border, Face, Lettering, border, flag, label, lettering};
use super::stroke::{SHORTEN, head, path, shorten, stroke};
use super::{Caption, LineStyle, Picture};

mod lane;

use lane::{Arc, PORT, arcs, ports, room, route};

/// Space between two stages, px.
const STEP: f64 = 32.0;
/// White space around the picture, px.
const MARGIN: f64 = 2.0;
/// Room for the mark of the start, px.
const START: f64 = 30.0;
/// Least and greatest width of a line of text, px.
const TEXT: (f64, f64) = (84.0, 118.0);

/// Stages in order and the transitions between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lifecycle {
    /// Stages; [`Transition::from`] and [`Transition::to`] are indices into this list.
    pub stages: Vec<Stage>,
    /// Transitions; one whose end does not exist is not drawn.
    pub transitions: Vec<Transition>,
}

/// One state of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stage {
    /// Identifies the stage to scripts.
    pub id: String,
    /// Name of the stage.
    pub label: String,
    /// What holds of a record here; set in up to two lines.
    pub detail: Option<String>,
    /// A record that arrives here stays: a double border.
    pub terminal: bool,
    /// Work passes to somebody else here.
    pub handoff: Option<Handoff>,
    /// Where the box leads, relative to the page.
    pub href: Option<String>,
    /// Shown on hover and read aloud; holds the full name.
    pub title: String,
}

/// Who takes over at a stage, and how fast.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handoff {
    /// Who takes over.
    pub owner: String,
    /// For example `within 5m`.
    pub within: Option<String>,
}

/// A way from one stage to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transition {
    /// Index of the stage that is left.
    pub from: usize,
    /// Index of the stage that is entered.
    pub to: usize,
    /// Shown on hover and read aloud.
    pub title: String,
}

/// Draws a lifecycle; one without stages gives an empty picture.
pub fn picture(lifecycle: &Lifecycle, caption: &Caption<'_>) -> Picture {
    if lifecycle.stages.is_empty() {
        return Picture::default();
    }
    let texts: Vec<Lettering> = lifecycle.stages.iter().map(letter).collect();
    let arcs = arcs(lifecycle);
    let rects = places(lifecycle, &texts, &arcs, MARGIN + room(&arcs, true));
    let mut svg = Svg::default();
    svg.open("g", &[("class", "d-lines")]);
    paint_start(&mut svg, &rects);
    for t in steps(lifecycle) {
        if let (Some(a), Some(b)) = (rects.get(t.from), rects.get(t.to)) {
            let y = a.y + a.height / 2.0;
            paint_transition(&mut svg, lifecycle, t, &[(a.x + a.width, y), (b.x, y)]);
        }
    }
    for arc in &arcs {
        paint_transition(&mut svg, lifecycle, arc.source, &route(arc, &arcs, &rects));
    }
    svg.close();
    for ((stage, text), &rect) in lifecycle.stages.iter().zip(&texts).zip(&rects) {
        paint_stage(&mut svg, stage, text, rect);
    }
    let right = rects.iter().map(|r| r.x + r.width).fold(0.0, f64::max);
    let bottom = rects.iter().map(|r| r.y + r.height).fold(0.0, f64::max);
    let mut picture = svg.into_picture(caption, right + MARGIN, bottom + room(&arcs, false) + MARGIN);
    let terminal = lifecycle.stages.iter().filter(|s| s.terminal).map(|_| LegendKind::Terminal);
    let handoff = lifecycle.stages.iter().filter(|s| s.handoff.is_some()).map(|_| LegendKind::Handoff);
    picture.legend = legend(terminal.chain(handoff));
    picture
}

fn letter(stage: &Stage) -> Lettering {
    Lettering {
        name: wrap(&stage.label, TEXT.1 / BOLD, NAME),
        detail: stage.detail.iter().flat_map(|d| fill(d, TEXT.1, DETAIL, 2)).collect(),
        strong: true,
    }
}

/// Lines of a handoff: who, and how fast.
fn handoff(stage: &Stage) -> Vec<String> {
    let lines = stage.handoff.iter().flat_map(|h| [Some(&h.owner), h.within.as_ref()]).flatten();
    lines.filter(|l| !l.trim().is_empty()).map(|l| cut(l.trim(), TEXT.1, DETAIL)).collect()
}

/// Transitions from a stage to the next one, each drawn once.
fn steps(lifecycle: &Lifecycle) -> Vec<&Transition> {
    let mut out: Vec<&Transition> = lifecycle.transitions.iter().filter(|t| t.from.checked_add(1) == Some(t.to)).collect();
    out.sort_by_key(|t| t.from);
    out.dedup_by_key(|t| t.from);
    out
}

fn places(lifecycle: &Lifecycle, texts: &[Lettering], arcs: &[Arc<'_>], top: f64) -> Vec<Rect> {
    let tall = |(stage, t): (&Stage, &Lettering)| {
        let owner = handoff(stage).len();
        let below = if owner > 0 { 15.0 * count(owner) + 9.0 } else { 0.0 };
        LINE * count(t.name.len()) + 15.0 * count(t.detail.len()) + 18.0 + below
    };
    let height = lifecycle.stages.iter().zip(texts).map(tall).fold(44.0, f64::max);
    let mut x = MARGIN + START;
    let mut out = Vec::new();
    for (k, (stage, text)) in lifecycle.stages.iter().zip(texts).enumerate() {
        let names = text.name.iter().map(|l| width(l, NAME) * BOLD);
        let details = text.detail.iter().map(|l| width(l, DETAIL));
        let owner = handoff(stage).into_iter().map(|l| width(&l, DETAIL) + 16.0);
        let most = [true, false].map(|above| ports(arcs, k, above).len()).into_iter().max().unwrap_or(0);
        let text = names.chain(details).chain(owner).fold(TEXT.0, f64::max).ceil() + 20.0;
        let wide = text.max(count(most) * PORT + 12.0);
        out.push(Rect { x, y: top, width: wide, height });
        x += wide + STEP;
    }
    out
}

fn paint_transition(svg: &mut Svg, lifecycle: &Lifecycle, t: &Transition, points: &[Point]) {
    let look = Look { style: LineStyle::Native, broken: false, critical: false };
    let stage = |n: usize| lifecycle.stages.get(n).map_or(("", ""), |s| (s.id.as_str(), s.label.as_str()));
    let ((from, from_label), (to, to_label)) = (stage(t.from), stage(t.to));
    let back = if t.to < t.from { "d-transition d-recycle" } else { "d-transition" };
    svg.open("g", &[("class", back), ("data-from", from), ("data-to", to)]);
    let plain = format!("{from_label} → {to_label}");
    svg.text("title", &[], if t.title.is_empty() { &plain } else { &t.title });
    let mut line = points.to_vec();
    line.reverse();
    shorten(&mut line, SHORTEN);
    line.reverse();
    stroke(svg, &path(&line), look);
    if let [.., before, tip] = points {
        head(svg, *tip, *before, look, 1.0, "");
    }
    svg.close();
}

/// The dot at which every record begins.
fn paint_start(svg: &mut Svg, rects: &[Rect]) {
    let Some(first) = rects.first() else { return };
    let look = Look { style: LineStyle::Native, broken: false, critical: false };
    let y = first.y + first.height / 2.0;
    let dot = MARGIN + 5.0;
    stroke(svg, &path(&[(dot, y), (first.x - SHORTEN, y)]), look);
    head(svg, (first.x, y), (dot, y), look, 1.0, "");
    svg.empty("circle", &[("class", "d-start"), ("cx", &number(dot)), ("cy", &number(y)), ("r", "4.5"), ("fill", INK)]);
}

fn paint_stage(svg: &mut Svg, stage: &Stage, text: &Lettering, rect: Rect) {
    svg.open_link(stage.href.as_deref(), &[("class", "d-box"), ("data-box", &stage.id)]);
    let title = if stage.title.is_empty() { &stage.label } else { &stage.title };
    svg.text("title", &[], title);
    border(svg, rect, if stage.terminal { Border::Double } else { Border::High });
    let owner = handoff(stage);
    let below = if owner.is_empty() { 0.0 } else { 15.0 * count(owner.len()) + 9.0 };
    lettering(svg, Rect { height: rect.height - below, ..rect }, text, false);
    if !owner.is_empty() {
        let y = rect.y + rect.height - below;
        let data = format!("M{} {}H{}", number(rect.x + 10.0), number(y), number(rect.x + rect.width - 10.0));
        svg.empty("path", &[("class", "d-rule"), ("d", &data), ("fill", "none"), ("stroke", INK_2), ("stroke-width", "0.7")]);
        flag(svg, (rect.x + 10.0, y + 11.0));
        for (k, line) in owner.iter().enumerate() {
            label(svg, (rect.x + 26.0, y + 15.0 + count(k) * 15.0), line, Face::DETAIL);
        }
    }
    svg.close();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::sample;

    const CAPTION: Caption<'_> = Caption { prefix: "l", title: "Lifecycle", description: "Stages." };

    pub(super) fn lifecycle(stages: usize, ways: &[(usize, usize)]) -> Lifecycle {
        let stage = |k: usize| Stage { id: format!("s{k}"), label: format!("Stage {k}"), ..Stage::default() };
        let way = |&(from, to): &(usize, usize)| Transition { from, to, ..Transition::default() };
        Lifecycle { stages: (0..stages).map(stage).collect(), transitions: ways.iter().map(way).collect() }
    }

    #[test]
    fn steps_run_straight_and_everything_else_in_lanes() {
        let l = lifecycle(4, &[(0, 1), (1, 2), (2, 0), (0, 3), (9, 1), (2, 2), (1, usize::MAX)]);
        assert_eq!(steps(&l).len(), 2);
        let arcs = arcs(&l);
        assert_eq!(arcs.iter().map(|a| (a.span, a.above)).collect::<Vec<_>>(), [((0, 2), false), ((0, 3), true)]);
        sample::assert_well_formed(&picture(&l, &CAPTION).svg);
    }

    #[test]
    fn a_handoff_names_its_owner_and_its_limit() {
        let mut l = lifecycle(2, &[(0, 1)]);
        l.stages[1].handoff = Some(Handoff { owner: "Sales".to_owned(), within: Some("within 5m".to_owned()) });
        l.stages[1].terminal = true;
        let picture = picture(&l, &CAPTION);
        assert!(picture.svg.contains(">Sales<") && picture.svg.contains(">within 5m<"));
        let kinds: Vec<_> = picture.legend.iter().map(|e| e.kind).collect();
        assert_eq!(kinds, [LegendKind::Terminal, LegendKind::Handoff]);
    }

    #[test]
    fn a_lifecycle_without_stages_is_an_empty_picture() {
        assert_eq!(picture(&Lifecycle::default(), &CAPTION), Picture::default());
    }
}
