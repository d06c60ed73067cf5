//! The x of every trunk: an order of few crossings in each gutter, then the leftmost free track.

use super::cost::{Ends, crossings};
use super::layout::Layout;
use crate::diagram::glyph::count;

/// Price of two lines lying on each other, against a crossing.
const CLASH: u32 = 25;
/// Distance of the ends of two trunks that may share a track, px.
const CLEAR: f64 = 9.0;
/// Width of a gutter without a trunk, px.
const EMPTY: f64 = 44.0;
/// From the last trunk to the border of the picture, px.
pub(super) const OUTER: f64 = 9.0;

impl Layout<'_> {
    pub(super) fn assign_tracks(&mut self) {
        for g in 0..self.gutters.len() {
            let ends: Vec<Ends> = self.gutters[g].spans.iter().map(|s| Ends::new(s, &self.heights)).collect();
            for (span, e) in self.gutters[g].spans.iter_mut().zip(&ends) {
                (span.low, span.high, span.track) = (e.low, e.high, 0);
            }
            let active: Vec<usize> = (0..ends.len()).filter(|&k| self.gutters[g].spans[k].has_trunk()).collect();
            let cost = costs(&ends, &active, self.clash());
            let order = insertion(&cost, active);
            let mut used = 0;
            for (p, &b) in order.iter().enumerate() {
                let track = order[..p]
                    .iter()
                    .filter(|&&a| {
                        let meet = ends[a].low < ends[b].high + CLEAR && ends[b].low < ends[a].high + CLEAR;
                        meet || cost[a][b] != cost[b][a]
                    })
                    .map(|&a| self.gutters[g].spans[a].track + 1)
                    .max()
                    .unwrap_or(0);
                self.gutters[g].spans[b].track = track;
                used = used.max(track + 1);
            }
            let outer = g == 0 || g + 1 == self.gutters.len();
            self.gutters[g].width = match (used, outer) {
                (0, true) => 0.0,
                (0, false) => EMPTY.max(2.0 * self.air.stub),
                (_, true) => count(used - 1) * self.air.track + self.air.stub + OUTER,
                (_, false) => count(used - 1) * self.air.track + 2.0 * self.air.stub + 2.0,
            };
        }
    }
}

/// `cost[a][b]`: crossings with `a` on the left of `b`; lying on each other is priced in.
fn costs(ends: &[Ends], active: &[usize], near: f64) -> Vec<Vec<u32>> {
    let mut cost = vec![vec![0; ends.len()]; ends.len()];
    let clash =
        |right: &[f64], left: &[f64]| right.iter().map(|y| left.iter().map(|z| u32::from((z - y).abs() < near)).sum::<u32>()).sum::<u32>();
    for (k, &a) in active.iter().enumerate() {
        for &b in &active[k + 1..] {
            let (ab, ba) = crossings(&ends[a], &ends[b]);
            cost[a][b] = ab + CLASH * clash(&ends[a].right, &ends[b].left);
            cost[b][a] = ba + CLASH * clash(&ends[b].right, &ends[a].left);
        }
    }
    cost
}

/// Sorts by what each trunk prefers, then moves single trunks while that helps.
fn insertion(cost: &[Vec<u32>], mut order: Vec<usize>) -> Vec<usize> {
    let gain = |left: usize, right: usize| i64::from(cost[left][right]) - i64::from(cost[right][left]);
    let active = order.clone();
    order.sort_by_cached_key(|&k| (active.iter().map(|&o| gain(k, o)).sum::<i64>(), k));
    // Each move lowers the total, so this ends; the bound is for the reader's patience.
    for _ in 0..100 {
        let mut better = false;
        for p in 0..order.len() {
            let x = order[p];
            let mut best = (0, p);
            let mut sum = 0;
            for q in (0..p).rev() {
                sum += gain(x, order[q]);
                best = best.min((sum, q));
            }
            sum = 0;
            for (q, &other) in order.iter().enumerate().skip(p + 1) {
                sum += gain(other, x);
                if sum < best.0 {
                    best = (sum, q);
                }
            }
            if best.0 < 0 {
                order.remove(p);
                order.insert(best.1, x);
                better = true;
            }
        }
        if !better {
            break;
        }
    }
    order
}
