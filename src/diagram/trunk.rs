//! Shared pieces of a tree are drawn once: overlaid dashes of different phase would read as a solid line.
//!
//! The longest branch is drawn to the root, every other one only to where it meets its own tree, then a few px along
//! the trunk: a merge looks like a railway switch, a crossing like a bridge.

use super::columns::{Geometry, Point, Tree};
use super::stroke::{RADIUS, distance};

/// A branch from leaf to root, and the part of it that is to be drawn.
pub(crate) struct Stem {
    pub(crate) edge: usize,
    pub(crate) head: bool,
    pub(crate) whole: Vec<Point>,
    pub(crate) fresh: Vec<Point>,
}

/// Divides a tree into strokes, longest branch first.
pub(crate) fn stems(geometry: &Geometry, tree: &Tree) -> Vec<Stem> {
    let mut out: Vec<Stem> = tree
        .branches
        .iter()
        .filter_map(|b| {
            let mut whole = geometry.paths.get(b.edge)?.clone();
            if b.outward {
                whole.reverse();
            }
            Some(Stem { edge: b.edge, head: b.head, whole, fresh: Vec::new() })
        })
        .filter(|s| s.whole.len() > 1)
        .collect();
    out.sort_by(|a, b| length(&b.whole).total_cmp(&length(&a.whole)));
    let mut drawn: Vec<(Point, Point)> = Vec::new();
    for (k, stem) in out.iter_mut().enumerate() {
        stem.fresh = if k == 0 { stem.whole.clone() } else { fresh(&stem.whole, &drawn) };
        drawn.extend(stem.whole.iter().copied().zip(stem.whole.iter().skip(1).copied()));
    }
    out
}

/// Length of a right-angled path.
pub(crate) fn length(path: &[Point]) -> f64 {
    path.iter().zip(path.iter().skip(1)).map(|(a, b)| distance(*a, *b)).sum()
}

/// The start of a path up to where it meets what is drawn.
fn fresh(path: &[Point], drawn: &[(Point, Point)]) -> Vec<Point> {
    let mut out: Vec<Point> = path.first().copied().into_iter().collect();
    for (&a, &b) in path.iter().zip(path.iter().skip(1)) {
        let upright = (a.0 - b.0).abs() < 0.01;
        let along = |p: Point| if upright { p.1 } else { p.0 };
        let meet =
            drawn.iter().filter_map(|&(c, d)| meeting(a, b, c, d)).min_by(|x, y| (x - along(a)).abs().total_cmp(&(y - along(a)).abs()));
        if let Some(at) = meet {
            // The overlap hides the rounded corner of the other line.
            let end = at + RADIUS.min((along(b) - at).abs()) * (along(b) - along(a)).signum();
            out.push(if upright { (a.0, end) } else { (end, a.1) });
            return out;
        }
        out.push(b);
    }
    out
}

/// Where a piece first lies on another one, measured along it.
fn meeting(a: Point, b: Point, c: Point, d: Point) -> Option<f64> {
    let upright = (a.0 - b.0).abs() < 0.01;
    let along = |p: Point| if upright { p.1 } else { p.0 };
    let across = |p: Point| if upright { p.0 } else { p.1 };
    if ((c.0 - d.0).abs() < 0.01) != upright || (across(c) - across(a)).abs() > 0.01 {
        return None;
    }
    let low = along(c).min(along(d)).max(along(a).min(along(b)));
    let high = along(c).max(along(d)).min(along(a).max(along(b)));
    (high - low >= 0.5).then(|| if along(a) < along(b) { low } else { high })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_ends_where_it_meets_the_trunk() {
        let trunk = [((20.0, 0.0), (20.0, 100.0)), ((20.0, 100.0), (80.0, 100.0))];
        let branch = [(0.0, 50.0), (20.0, 50.0), (20.0, 100.0), (80.0, 100.0)];
        assert_eq!(fresh(&branch, &trunk), [(0.0, 50.0), (20.0, 50.0), (20.0, 55.0)]);
    }

    #[test]
    fn a_crossing_is_no_meeting() {
        assert_eq!(meeting((0.0, 5.0), (10.0, 5.0), (5.0, 0.0), (5.0, 10.0)), None);
    }
}
