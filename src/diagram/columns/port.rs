//! Ports slide along their side of a box until their lines are straight, or as near to it as their order allows.

use super::layout::{Layout, Pin};
use crate::diagram::glyph::count;

impl Layout<'_> {
    pub(super) fn slide_ports(&mut self) {
        let wanted = self.wanted();
        for node in 0..self.sides.len() {
            for side in 0..2 {
                self.slide_side(node, side, &wanted);
            }
        }
    }

    /// Median height of what each port leads to.
    fn wanted(&self) -> Vec<Option<f64>> {
        let mut out = vec![None; self.ports.len()];
        for span in self.gutters.iter().flat_map(|g| &g.spans) {
            let all: Vec<(Pin, f64)> = span.pins().map(|p| (p, self.heights.of(p))).collect();
            for &(p, _) in all.iter().filter(|(p, _)| !p.is_lane()) {
                let others = all.iter().filter(|(q, _)| *q != p && !self.adapts(*q));
                let mut ys: Vec<f64> = others.map(|(_, y)| *y).collect();
                ys.sort_by(f64::total_cmp);
                out[p.port] = ys.get(ys.len() / 2).copied();
            }
        }
        out
    }

    /// Isotonic regression of the offsets of one side.
    fn slide_side(&mut self, node: usize, side: usize, wanted: &[Option<f64>]) {
        let ports = &self.sides[node][side];
        let item = self.item_of[node];
        let half = self.items[item].height / 2.0 - self.air.border;
        let gaps = count(ports.len().saturating_sub(1));
        let step = if gaps > 0.0 { self.air.port.min(2.0 * half / gaps) } else { 0.0 };
        let mut pools: Vec<(usize, f64)> = Vec::with_capacity(ports.len());
        for (k, &p) in ports.iter().enumerate() {
            let wish = wanted[p].map_or(0.0, |y| y - self.heights.items[item]);
            let mut pool = (1, wish.max(-half).min(half) - count(k) * step);
            while let Some(above) = pools.pop_if(|above| above.1 > pool.1) {
                let total = above.0 + pool.0;
                pool = (total, (above.1 * count(above.0) + pool.1 * count(pool.0)) / count(total));
            }
            pools.push(pool);
        }
        let offsets = pools.iter().flat_map(|&(n, y)| std::iter::repeat_n(y.min(half - gaps * step).max(-half), n));
        for (k, (&p, y)) in ports.iter().zip(offsets).enumerate() {
            self.heights.ports[p] = (y + count(k) * step).round();
        }
    }
}
