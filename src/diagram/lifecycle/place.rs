//! Where the stages of a lifecycle stand, and how its words are broken into lines.

use super::lane::{PORT, Side, Trunk, most_ports, room};
use super::{Handoff, Lifecycle, Note, NoteKind, Stage};
use crate::diagram::columns::Rect;
use crate::diagram::glyph::{BOLD, DETAIL, LINE, NAME, count, fill, width, wrap};
use crate::diagram::mark::Lettering;

/// White space around the picture, px.
const MARGIN: f64 = 2.0;
/// Distance of two lines of small text, px.
pub(super) const SMALL: f64 = 14.0;
/// Least and greatest width of a stage, px.
const BOX: (f64, f64) = (132.0, 212.0);
/// Least height of a stage, px.
const TALL: f64 = 36.0;
/// Space between two stages, and above the first, px.
const STEP: (f64, f64) = (20.0, 24.0);
/// Where the straight way runs, from the left edge of the stages, px.
pub(super) const STEM: f64 = 18.0;
/// Where the words of a handoff begin, from the left edge of the stages, px.
pub(super) const BESIDE: f64 = 30.0;
/// Width of a mark before words, px.
pub(super) const MARK: f64 = 15.0;
/// Greatest width of the words beside a stage, px, and the most lines of one note.
const NOTE: (f64, usize) = (312.0, 5);

/// A line of a note.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) text: String,
    pub(super) kind: NoteKind,
    /// The note begins here: its mark stands before it.
    pub(super) first: bool,
}

/// A handoff as it stands between two stages.
#[derive(Debug, Clone)]
pub(super) struct Passing<'a> {
    pub(super) handoff: &'a Handoff,
    pub(super) owner: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// Where its first line begins.
    pub(super) top: f64,
}

/// A stage with its place and its words.
#[derive(Debug, Clone)]
pub(super) struct Placed<'a> {
    pub(super) stage: &'a Stage,
    pub(super) lettering: Lettering,
    pub(super) rect: Rect,
    pub(super) notes: Vec<Row>,
}

/// The whole picture before it is drawn.
#[derive(Debug, Clone)]
pub(super) struct Plan<'a> {
    pub(super) stages: Vec<Placed<'a>>,
    pub(super) rects: Vec<Rect>,
    pub(super) handoffs: Vec<Passing<'a>>,
    /// Where the words beside the stages begin.
    pub(super) notes: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Gives every stage its place.
pub(super) fn plan<'a>(lifecycle: &'a Lifecycle, trunks: &[Trunk<'_>]) -> Plan<'a> {
    let stages = &lifecycle.stages;
    let letterings: Vec<Lettering> = stages.iter().map(letter).collect();
    let wide = letterings.iter().map(breadth).chain(stages.iter().flat_map(handoffs).map(needs)).fold(BOX.0, f64::max).min(BOX.1);
    let left = MARGIN + room(trunks, Side::Left);
    let notes = left + wide + room(trunks, Side::Right).max(4.0) + 10.0;
    let (mut out, mut passing) = (Vec::new(), Vec::new());
    let mut y = MARGIN + STEP.1 - STEP.0;
    let mut leaving: Option<&Handoff> = None;
    for (k, (stage, lettering)) in stages.iter().zip(letterings).enumerate() {
        let between: Vec<&Handoff> = leaving.take().into_iter().chain(&stage.into).collect();
        y = pass(&between, wide, y, &mut passing);
        let rows: Vec<Row> = stage.notes.iter().flat_map(|note| rows(note, NOTE.0, NOTE.1)).collect();
        let text = LINE * count(lettering.name.len()) + SMALL * count(lettering.detail.len()) + 12.0;
        let height = text.max(count(most_ports(trunks, k)) * PORT + 10.0).max(TALL);
        let rect = Rect { x: left, y, width: wide, height };
        y += height.max(SMALL * count(rows.len()) + 2.0);
        out.push(Placed { stage, lettering, rect, notes: rows });
        leaving = stage.out_of.as_ref();
    }
    let last: Vec<&Handoff> = leaving.into_iter().collect();
    let bottom = if last.is_empty() { y } else { pass(&last, wide, y, &mut passing) };
    let right = out.iter().flat_map(|placed| &placed.notes).map(|row| width(&row.text, DETAIL) + MARK).fold(0.0, f64::max);
    let right = if right > 0.0 { notes + right } else { notes - 10.0 };
    let rects = out.iter().map(|placed| placed.rect).collect();
    Plan { stages: out, rects, handoffs: passing, notes, width: right + MARGIN, height: bottom + MARGIN }
}

/// Puts handoffs below each other into the space above a stage; returns where the stage begins.
fn pass<'a>(between: &[&'a Handoff], wide: f64, y: f64, out: &mut Vec<Passing<'a>>) -> f64 {
    let mut at = y + 8.0;
    for handoff in between {
        let limit = wide - BESIDE;
        let times: Vec<Row> = handoff.times.iter().flat_map(|note| rows(note, limit, 2)).collect();
        let owner = fill(&handoff.owner, (limit - MARK) / BOLD, DETAIL, 2);
        let lines = count(times.len() + owner.len());
        out.push(Passing { handoff, owner, rows: times, top: at });
        at += SMALL * lines + 4.0;
    }
    if between.is_empty() { y + STEP.0 } else { at + 6.0 }
}

fn handoffs(stage: &Stage) -> impl Iterator<Item = &Handoff> {
    stage.into.iter().chain(&stage.out_of)
}

/// How wide a stage must be for a handoff to fit above it.
fn needs(handoff: &Handoff) -> f64 {
    let owner = width(&handoff.owner, DETAIL) * BOLD + MARK;
    let times = handoff.times.iter().map(|note| width(&note.text, DETAIL) + mark(note.kind));
    BESIDE + times.fold(owner, f64::max)
}

fn breadth(lettering: &Lettering) -> f64 {
    let names = lettering.name.iter().map(|l| width(l, NAME) * BOLD);
    let details = lettering.detail.iter().map(|l| width(l, DETAIL) + MARK);
    names.chain(details).fold(0.0, f64::max).ceil() + 20.0
}

fn letter(stage: &Stage) -> Lettering {
    let limit = BOX.1 - 20.0;
    let detail = stage.detail.iter().flat_map(|note| fill(&note.text, limit - mark(note.kind), DETAIL, 2));
    Lettering { name: wrap(&stage.label, limit / BOLD, NAME), detail: detail.collect(), strong: true }
}

/// Width that the mark of a note takes.
pub(super) const fn mark(kind: NoteKind) -> f64 {
    match kind {
        NoteKind::Plain | NoteKind::Quiet => 0.0,
        NoteKind::Gap | NoteKind::Back => MARK,
    }
}

/// Breaks a note into lines.
fn rows(note: &Note, limit: f64, lines: usize) -> Vec<Row> {
    let broken = fill(&note.text, limit - mark(note.kind), DETAIL, lines);
    broken.into_iter().enumerate().map(|(k, text)| Row { text, kind: note.kind, first: k == 0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::lifecycle::{lane::trunks, tests::lifecycle};

    #[test]
    fn stages_follow_each_other_and_a_handoff_makes_room_for_itself() {
        let mut l = lifecycle(3, &[(0, 1), (1, 2)], &[]);
        let space = |l: &Lifecycle| {
            let plan = plan(l, &trunks(l));
            plan.rects.windows(2).map(|pair| pair[1].y - pair[0].y - pair[0].height).collect::<Vec<_>>()
        };
        assert_eq!(space(&l), [STEP.0, STEP.0]);
        let handoff = Handoff { owner: "Sales".to_owned(), times: vec![Note::new(NoteKind::Quiet, "within 5m")], ..Handoff::default() };
        l.stages[0].out_of = Some(handoff.clone());
        l.stages[2].into = Some(handoff);
        let both = space(&l);
        assert!(both[0] > STEP.0 && (both[0] - both[1]).abs() < 0.01, "{both:?}");
    }

    #[test]
    fn what_is_said_beside_a_stage_does_not_reach_the_next_one() {
        let mut l = lifecycle(2, &[(0, 1)], &[]);
        l.stages[0].notes = vec![Note::new(NoteKind::Plain, "some words ".repeat(60))];
        let plan = plan(&l, &trunks(&l));
        let end = plan.rects[0].y + SMALL * count(plan.stages[0].notes.len());
        assert!(plan.stages[0].notes.len() == NOTE.1 && end < plan.rects[1].y, "{end}");
    }
}
