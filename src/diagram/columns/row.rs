//! Heights of items: alternating sweeps of isotonic regression, weighted medians last because they make lines straight.

use super::Titles;
use super::layout::{Layout, Pin};
use crate::diagram::glyph::count;

/// Sweeps over the columns for a picture, and to learn how wide its gutters will be.
pub(super) const SWEEPS: (usize, usize) = (24, 9);
/// Weight of staying in place.
const STAY: f64 = 0.05;

/// A wish of an item: one of its pins at the height of a pin on the other side of a gutter.
#[derive(Debug, Clone, Copy)]
struct Wish {
    port: usize,
    other: Pin,
    weight: f64,
}

/// Consecutive items that move together, with all their wishes.
struct Pool {
    items: usize,
    wishes: Vec<(f64, f64)>,
    height: f64,
}

impl Layout<'_> {
    /// Gives every item and port its height.
    ///
    /// The first third of the sweeps uses means, the rest medians; ports slide from the last quarter of that third on.
    pub(super) fn place(&mut self, sweeps: usize) {
        self.estimate_all();
        for y in &mut self.heights.items {
            *y += self.top;
        }
        let wishes = self.wishes();
        let columns = self.columns.len();
        for sweep in 0..sweeps {
            for k in 0..columns {
                let c = if sweep % 2 == 0 { k } else { columns - 1 - k };
                self.settle(c, &wishes, sweep >= sweeps / 3);
            }
            if sweep >= sweeps / 4 {
                self.slide_ports();
            }
        }
        self.snap();
    }

    /// The pin belongs to a tall box, which follows its neighbours and does not pull at them.
    pub(super) fn adapts(&self, pin: Pin) -> bool {
        !pin.is_lane() && self.graph.nodes[self.ports[pin.port].node].tall
    }

    fn wishes(&self) -> Vec<Vec<Wish>> {
        let mut out = vec![Vec::new(); self.items.len()];
        for span in self.gutters.iter().flat_map(|g| &g.spans) {
            let all: Vec<Pin> = span.pins().collect();
            let share = count(all.len().saturating_sub(1).max(1));
            for &p in &all {
                for &other in all.iter().filter(|q| **q != p && !self.adapts(**q)) {
                    let weight = match (p.is_lane(), other.is_lane()) {
                        (true, true) => 8.0,
                        (false, false) => 1.0,
                        _ => 2.0,
                    };
                    out[p.item].push(Wish { port: p.port, other, weight: weight / share });
                }
            }
        }
        out
    }

    /// Moves the items of a column as near to their wishes as order and distances allow.
    fn settle(&mut self, c: usize, wishes: &[Vec<Wish>], median: bool) {
        let column = &self.columns[c];
        let (Some(&first), Some(&bottom)) = (column.first(), column.last()) else {
            return;
        };
        let mut floor = vec![0.0; column.len()];
        for k in 1..column.len() {
            let (a, b) = (column[k - 1], column[k]);
            floor[k] = floor[k - 1] + f64::midpoint(self.items[a].height, self.items[b].height) + self.gap(a, b);
        }
        let low = self.top + (self.items[first].height / 2.0).max(6.0);
        let end = floor.last().copied().unwrap_or(0.0);
        let high = self.top + self.height - (self.items[bottom].height / 2.0).max(6.0) - end;
        let compact = self.settings.titles == Titles::Each;
        let spread = if compact { column.len() } else { column.len() - self.parked(c) };
        let value = if median { weighted_median } else { weighted_mean };
        let mut pools: Vec<Pool> = Vec::with_capacity(column.len());
        for (k, &i) in column.iter().enumerate() {
            let mut own: Vec<(f64, f64)> =
                wishes[i].iter().map(|w| (self.heights.of(w.other) - self.heights.ports[w.port] - floor[k], w.weight)).collect();
            // What stands at the foot of its column is not carried away by a neighbour that moves.
            let rest = if k >= spread && spread > 0 { high } else { self.heights.items[i] - floor[k] };
            own.push((rest, STAY));
            let height = value(&mut own);
            let mut pool = Pool { items: 1, wishes: own, height };
            while let Some(above) = pools.pop_if(|above| above.height > pool.height) {
                pool.items += above.items;
                pool.wishes.extend(above.wishes);
                pool.height = value(&mut pool.wishes);
            }
            pools.push(pool);
        }
        let heights = pools.iter().flat_map(|p| std::iter::repeat_n(p.height.min(high).max(low), p.items));
        for ((&i, height), floor) in column.iter().zip(heights).zip(&floor) {
            self.heights.items[i] = (height + floor).round();
        }
    }
}

fn weighted_mean(points: &mut [(f64, f64)]) -> f64 {
    let weight: f64 = points.iter().map(|p| p.1).sum();
    points.iter().map(|p| p.0 * p.1).sum::<f64>() / weight
}

fn weighted_median(points: &mut [(f64, f64)]) -> f64 {
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = points.iter().map(|p| p.1).sum::<f64>() / 2.0 - 1e-9;
    let mut sum = 0.0;
    let middle = points.iter().find(|p| {
        sum += p.1;
        sum >= half
    });
    middle.or(points.last()).map_or(0.0, |p| p.0)
}
