//! What a finished layout is worth, so that plans can be compared.

use super::Block;
use super::layout::Layout;
use crate::diagram::glyph::count;
use std::collections::BTreeSet;

/// Price of an area that shares its column with another one, in crossings.
const SHARED: f64 = 8.0;
/// Price of a column that no line reaches, in crossings.
const IDLE: f64 = 6.0;

/// Width against height below which a picture is no longer seen at once.
const RIBBON: f64 = 0.9;

/// A piece of a line, and the tree it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Piece {
    /// Tenths of px: the coordinate that is constant, then both ends.
    at: i64,
    low: i64,
    high: i64,
    tree: usize,
}

/// Measures of a layout; smaller is better for each.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Measures {
    /// Distinct places where two lines cross.
    pub(super) crossings: usize,
    pub(super) length: f64,
    pub(super) bends: usize,
}

#[expect(clippy::cast_possible_truncation, reason = "coordinates are far below the limit of the integer")]
fn tenths(v: f64) -> i64 {
    (v * 10.0).round() as i64
}

impl Layout<'_> {
    pub(super) fn measures(&self) -> Measures {
        let mut tree_of = vec![0; self.graph.edges.len()];
        for (n, net) in self.nets.iter().enumerate() {
            net.leaves.iter().for_each(|l| tree_of[l.edge] = n);
        }
        for (k, &e) in self.links.iter().flat_map(|l| &l.edges).enumerate() {
            tree_of[e] = self.nets.len() + k;
        }
        let mut out = Measures::default();
        let (mut upright, mut level) = (BTreeSet::new(), BTreeSet::new());
        for (path, &tree) in self.paths.iter().zip(&tree_of) {
            out.bends += path.len().saturating_sub(2);
            for w in path.windows(2) {
                let ((x, y), (u, v)) = (w[0], w[1]);
                out.length += (x - u).abs() + (y - v).abs();
                let (x, y, u, v) = (tenths(x), tenths(y), tenths(u), tenths(v));
                if x == u {
                    upright.insert(Piece { at: x, low: y.min(v), high: y.max(v), tree });
                } else {
                    level.insert(Piece { at: y, low: x.min(u), high: x.max(u), tree });
                }
            }
        }
        let mut places = BTreeSet::new();
        let level: Vec<Piece> = level.into_iter().collect();
        for a in &upright {
            let from = level.partition_point(|b| b.at <= a.low);
            let near = level[from..].iter().take_while(|b| b.at < a.high);
            places.extend(near.filter(|b| b.tree != a.tree && a.at > b.low && a.at < b.high).map(|b| (a.at, b.at)));
        }
        out.crossings = places.len();
        out
    }

    /// One number to compare plans by; the prices are in crossings.
    pub(super) fn score(&self) -> f64 {
        let m = self.measures();
        let aspect = self.size.0 / (self.size.1 + 38.0);
        count(m.crossings)
            + m.length / 500.0
            + count(m.bends) / 10.0
            + self.shape()
            + 8.0 * (aspect - 2.2).max(0.0)
            + 200.0 * count(self.overlaps())
    }

    /// The part of the score that is known before lines are straight.
    pub(super) fn shape(&self) -> f64 {
        let is_idle = |block: &Block| block.nodes.iter().all(|&n| self.lone[n]);
        // An area that nothing is joined to shares a column for next to nothing; it costs more to give it one.
        let shared = |blocks: &Vec<Block>| {
            let idle = blocks.iter().filter(|b| is_idle(b)).count();
            match (blocks.len() - idle, idle) {
                (0, _) => IDLE,
                (busy, idle) => SHARED * count(busy - 1) + count(idle),
            }
        };
        let shared: f64 = self.plan.iter().map(shared).sum();
        let split =
            (0..self.graph.areas).filter(|&a| self.plan.iter().filter(|blocks| blocks.iter().any(|b| b.area == a)).count() > 1).count();
        let aspect = self.size.0 / (self.size.1 + 38.0);
        let wide = 120.0 * (self.size.0 / self.settings.width - 1.0).max(0.0);
        // Too tall for a page, then too tall for any sheet: the picture would be a ribbon.
        let tall = 40.0 * (1.3 - aspect).max(0.0) + 160.0 * (RIBBON - aspect).max(0.0);
        shared + 2.0 * count(split) + wide + tall
    }
}
