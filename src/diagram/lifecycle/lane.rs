//! Ways that are no step to the next stage: those to one stage share a trunk, in a lane beside the stages.

use std::collections::BTreeMap;

use super::{Lifecycle, Transition};
use crate::diagram::columns::{Point, Rect};
use crate::diagram::glyph::count;

/// Distance of two lanes, and of the first from the stages, px.
pub(super) const LANE: (f64, f64) = (11.0, 15.0);
/// Distance of two ends at one side of a stage, px.
pub(super) const PORT: f64 = 9.0;

/// A side of the stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// Ways that skip stages.
    Left,
    /// Ways back, and recycling.
    Right,
}

/// Ways to one stage that share a lane.
#[derive(Debug, Clone)]
pub(super) struct Trunk<'a> {
    pub(super) to: usize,
    pub(super) side: Side,
    pub(super) recycles: bool,
    /// From each stage one, sorted by it; never empty.
    pub(super) ways: Vec<&'a Transition>,
    /// The first and the last stage that it touches.
    pub(super) span: (usize, usize),
    pub(super) lane: usize,
}

/// Where one way enters or joins its trunk, or the trunk ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Strand {
    /// The corners, from where it begins.
    pub(super) points: Vec<Point>,
    /// Whether it leads all the way to the stage.
    pub(super) arrives: bool,
}

/// Whether a way is the straight step to the next stage.
pub(super) fn is_step(way: &Transition) -> bool {
    !way.recycles && way.from.checked_add(1) == Some(way.to)
}

/// Every way that is no step, by the stage it leads to; shorter ones lie nearer to the stages.
pub(super) fn trunks(lifecycle: &Lifecycle) -> Vec<Trunk<'_>> {
    let stages = lifecycle.stages.len();
    let mut by: BTreeMap<(Side, usize, bool), Vec<&Transition>> = BTreeMap::new();
    for way in lifecycle.transitions.iter().filter(|w| w.from < stages && w.to < stages && w.from != w.to && !is_step(w)) {
        let side = if way.recycles || way.to < way.from { Side::Right } else { Side::Left };
        by.entry((side, way.to, way.recycles)).or_default().push(way);
    }
    let mut wanted: Vec<Trunk<'_>> = Vec::new();
    for ((side, to, recycles), mut ways) in by {
        ways.sort_by_key(|w| w.from);
        ways.dedup_by_key(|w| w.from);
        let ends = ways.iter().map(|w| w.from).chain([to]);
        let span = ends.fold((to, to), |(first, last), at| (first.min(at), last.max(at)));
        wanted.push(Trunk { to, side, recycles, ways, span, lane: 0 });
    }
    wanted.sort_by_key(|t| (t.span.1 - t.span.0, t.span.0, t.side, t.recycles));
    let mut out: Vec<Trunk<'_>> = Vec::new();
    for trunk in wanted {
        let meets = |o: &&Trunk<'_>| o.side == trunk.side && o.span.0 <= trunk.span.1 && trunk.span.0 <= o.span.1;
        let lane = out.iter().filter(meets).map(|o| o.lane + 1).max().unwrap_or(0);
        out.push(Trunk { lane, ..trunk });
    }
    out
}

/// Width of the lanes on one side of the stages.
pub(super) fn room(trunks: &[Trunk<'_>], side: Side) -> f64 {
    let lanes = trunks.iter().filter(|t| t.side == side).map(|t| t.lane + 1).max();
    lanes.map_or(0.0, |n| LANE.1 + count(n - 1) * LANE.0 + 5.0)
}

/// The trunks that touch a side of a stage, from top to bottom, in such an order that they cross only where they must:
/// those that go on above it, near before far, then those that go on below, far before near.
fn ports(trunks: &[Trunk<'_>], stage: usize, side: Side) -> Vec<usize> {
    let touches = |t: &Trunk<'_>| t.side == side && (t.to == stage || t.ways.iter().any(|w| w.from == stage));
    let mut out: Vec<usize> = trunks.iter().enumerate().filter(|(_, t)| touches(t)).map(|(k, _)| k).collect();
    out.sort_by_key(|k| {
        trunks.get(*k).map(|t| match t.to.cmp(&stage) {
            std::cmp::Ordering::Less => (0, t.lane),
            std::cmp::Ordering::Greater => (2, usize::MAX - t.lane),
            std::cmp::Ordering::Equal if t.span.1 == stage => (0, t.lane),
            std::cmp::Ordering::Equal if t.span.0 == stage => (2, usize::MAX - t.lane),
            std::cmp::Ordering::Equal => (1, t.lane),
        })
    });
    out
}

/// The most trunks that touch one side of a stage.
pub(super) fn most_ports(trunks: &[Trunk<'_>], stage: usize) -> usize {
    [Side::Left, Side::Right].map(|side| ports(trunks, stage, side).len()).into_iter().max().unwrap_or(0)
}

/// Where a trunk meets a stage.
fn port(trunks: &[Trunk<'_>], number: usize, stage: usize, rects: &[Rect]) -> Option<Point> {
    let trunk = trunks.get(number)?;
    let rect = rects.get(stage)?;
    let all = ports(trunks, stage, trunk.side);
    let at = all.iter().position(|k| *k == number)?;
    let y = rect.y + rect.height / 2.0 + (count(at) - (count(all.len()) - 1.0) / 2.0) * PORT;
    Some((if trunk.side == Side::Left { rect.x } else { rect.x + rect.width }, y))
}

/// The strokes of a trunk: the farthest way from above and from below lead to the stage, the others join them.
pub(super) fn strands(trunks: &[Trunk<'_>], number: usize, rects: &[Rect]) -> Vec<Strand> {
    let Some(trunk) = trunks.get(number) else { return Vec::new() };
    let Some(end) = port(trunks, number, trunk.to, rects) else { return Vec::new() };
    let out = LANE.1 + count(trunk.lane) * LANE.0;
    let x = if trunk.side == Side::Left { end.0 - out } else { end.0 + out };
    let strand = |way: &&Transition| {
        let start = port(trunks, number, way.from, rects)?;
        let is_above = way.from < trunk.to;
        let farthest = if is_above { trunk.span.0 } else { trunk.span.1 };
        if way.from == farthest {
            return Some(Strand { points: vec![start, (x, start.1), (x, end.1), end], arrives: true });
        }
        let join = if is_above { PORT } else { -PORT };
        Some(Strand { points: vec![start, (x, start.1), (x, start.1 + join)], arrives: false })
    };
    trunk.ways.iter().filter_map(strand).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::lifecycle::tests::lifecycle;

    #[test]
    fn ways_to_one_stage_share_a_trunk_and_trunks_that_would_meet_are_apart() {
        let l = lifecycle(6, &[(0, 1), (2, 0), (3, 1), (5, 0), (5, 4), (0, 5), (1, 5)], &[]);
        let mut lanes: Vec<_> = trunks(&l).iter().map(|t| (t.side, t.span, t.ways.len(), t.lane)).collect();
        lanes.sort_unstable();
        let (left, right) = (Side::Left, Side::Right);
        assert_eq!(lanes, [(left, (0, 5), 2, 0), (right, (0, 5), 2, 1), (right, (1, 3), 1, 0), (right, (4, 5), 1, 0)]);
    }

    #[test]
    fn a_trunk_from_above_and_below_arrives_twice() {
        let l = lifecycle(5, &[], &[(0, 2), (1, 2), (3, 2), (4, 2)]);
        let trunks = trunks(&l);
        let rects: Vec<Rect> = (0..5).map(|k| Rect { x: 50.0, y: 60.0 * count(k), width: 100.0, height: 40.0 }).collect();
        let strands = strands(&trunks, 0, &rects);
        assert_eq!(strands.iter().map(|s| s.arrives).collect::<Vec<_>>(), [true, false, false, true]);
    }
}
