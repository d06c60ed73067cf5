//! Different nets that would lie on each other: found, and moved apart.
//!
//! Two stubs at one height meet when the trunk of the left pin lies beyond that of the right pin. Tracks avoid it by
//! their order; where two nets trade heights no order helps, and a pin has to move.

use super::layout::{Layout, Pin};

/// Distances tried for each of the two pins, px.
const NUDGES: [f64; 7] = [0.0, 2.0, -2.0, 4.0, -4.0, 7.0, -7.0];
/// Pairs moved apart before the layout is taken as it is; a plan has none or very few.
const PAIRS: usize = 12;

impl Layout<'_> {
    /// Distance at which two horizontal pieces read as one line, px.
    pub(super) fn clash(&self) -> f64 {
        if self.air.port > 15.0 { 9.0 } else { 3.5 }
    }

    /// Pairs of pins whose stubs lie on each other.
    fn clashes(&self) -> Vec<(Pin, Pin)> {
        let near = self.clash() - 0.5;
        let mut out = Vec::new();
        for gutter in &self.gutters {
            for a in &gutter.spans {
                for b in gutter.spans.iter().filter(|b| b.net != a.net) {
                    let ax = if a.has_trunk() { a.x } else { f64::MAX };
                    let bx = if b.has_trunk() { b.x } else { f64::MIN };
                    if ax <= bx {
                        continue;
                    }
                    for &p in &a.left {
                        let y = self.heights.of(p);
                        let met = b.right.iter().filter(|&&q| (self.heights.of(q) - y).abs() < near);
                        out.extend(met.map(|&q| (p, q)));
                    }
                }
            }
        }
        out
    }

    /// Number of places where different nets lie on each other.
    pub(super) fn overlaps(&self) -> usize {
        self.clashes().len()
    }

    /// Moves pins until no two nets lie on each other, as far as their neighbours allow it.
    pub(super) fn separate(&mut self) {
        for _ in 0..PAIRS {
            let clashes = self.clashes();
            if !clashes.iter().any(|&(p, q)| self.part(p, q, clashes.len())) {
                return;
            }
        }
    }

    /// Tries to move one or both of two pins so that fewer than `known` clashes remain.
    fn part(&mut self, p: Pin, q: Pin, known: usize) -> bool {
        let saved = self.heights.clone();
        let (y, z) = (self.heights.of(p), self.heights.of(q));
        for (dy, dz) in NUDGES.iter().flat_map(|&a| NUDGES.map(|b| (a, b))).skip(1) {
            let moved = (dy == 0.0 || self.nudge(p, y + dy)) && (dz == 0.0 || self.nudge(q, z + dz));
            if moved {
                self.assign_tracks();
                self.coordinates();
                if self.overlaps() < known {
                    return true;
                }
            }
            self.heights.clone_from(&saved);
        }
        self.assign_tracks();
        self.coordinates();
        false
    }
}
