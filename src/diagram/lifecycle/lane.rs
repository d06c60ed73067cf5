//! Lanes of the transitions that are no step to the next stage: skips above the stages, recycling below.

use super::{Lifecycle, Transition};
use crate::diagram::columns::{Point, Rect};
use crate::diagram::glyph::count;

/// Distance of two lanes, and of the first from the stages, px.
const LANE: (f64, f64) = (12.0, 18.0);
/// Distance of two ports of a side, px.
pub(super) const PORT: f64 = 12.0;

/// A transition that runs in a lane.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc<'a> {
    pub(super) source: &'a Transition,
    /// Stages at its left and right end.
    pub(super) span: (usize, usize),
    pub(super) above: bool,
    pub(super) lane: usize,
}

/// Every other transition, in a lane of its own where it would meet another one; shorter ones nearer to the stages.
pub(super) fn arcs(lifecycle: &Lifecycle) -> Vec<Arc<'_>> {
    let stages = lifecycle.stages.len();
    let mut wanted: Vec<Arc<'_>> = lifecycle
        .transitions
        .iter()
        .filter(|t| t.from < stages && t.to < stages && t.from != t.to && t.from + 1 != t.to)
        .map(|t| Arc { source: t, span: (t.from.min(t.to), t.from.max(t.to)), above: t.to > t.from, lane: 0 })
        .collect();
    wanted.sort_by_key(|a| (a.span.1 - a.span.0, a.span.0, a.above));
    wanted.dedup_by_key(|a| (a.span, a.above));
    let mut out: Vec<Arc<'_>> = Vec::new();
    for arc in wanted {
        let meet = |o: &&Arc<'_>| o.above == arc.above && o.span.0 <= arc.span.1 && arc.span.0 <= o.span.1;
        let lane = out.iter().filter(meet).map(|o| o.lane + 1).max().unwrap_or(0);
        out.push(Arc { lane, ..arc });
    }
    out
}

/// Lanes that end at a side of a stage, from left to right: those to the left, short before long, then the others.
pub(super) fn ports<'b>(arcs: &'b [Arc<'b>], stage: usize, above: bool) -> Vec<&'b Arc<'b>> {
    let mut out: Vec<&Arc<'_>> = arcs.iter().filter(|a| a.above == above && (a.span.0 == stage || a.span.1 == stage)).collect();
    out.sort_by_key(|a| if a.span.1 == stage { (0, a.lane) } else { (1, usize::MAX - a.lane) });
    out
}

/// Height of the lanes on one side of the stages.
pub(super) fn room(arcs: &[Arc<'_>], above: bool) -> f64 {
    let lanes = arcs.iter().filter(|a| a.above == above).map(|a| a.lane + 1).max();
    lanes.map_or(0.0, |n| LANE.1 + count(n - 1) * LANE.0 + 8.0)
}

/// Corners of a lane, from the stage that is left to the one that is entered.
pub(super) fn route(arc: &Arc<'_>, arcs: &[Arc<'_>], rects: &[Rect]) -> Vec<Point> {
    let end = |stage: usize| {
        let rect = rects.get(stage).copied().unwrap_or_default();
        let ports = ports(arcs, stage, arc.above);
        let at = ports.iter().position(|o| std::ptr::eq(o.source, arc.source)).unwrap_or(0);
        let x = rect.x + rect.width / 2.0 + (count(at) - (count(ports.len()) - 1.0) / 2.0) * PORT;
        (x, if arc.above { rect.y } else { rect.y + rect.height })
    };
    let (from, to) = (end(arc.source.from), end(arc.source.to));
    let out = LANE.1 + count(arc.lane) * LANE.0;
    let y = from.1 + if arc.above { -out } else { out };
    vec![from, (from.0, y), (to.0, y), to]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::lifecycle::tests::lifecycle;

    #[test]
    fn lanes_that_would_meet_are_apart() {
        let l = lifecycle(6, &[(2, 0), (3, 1), (5, 0), (5, 4)]);
        let mut lanes: Vec<_> = arcs(&l).iter().map(|a| (a.span, a.lane)).collect();
        lanes.sort_unstable();
        assert_eq!(lanes, [((0, 2), 0), ((0, 5), 2), ((1, 3), 1), ((4, 5), 0)]);
    }
}
