//! Crossings of one gutter as they will be once each pair of nets has its better order of tracks.
//!
//! The count is kept per pair, so that moving one item costs only the pairs it takes part in.

use super::layout::{Heights, Span};

/// Price of a px of trunk: a crossing is worth about 290 px.
const TRUNK: f64 = 0.0035;
/// Distance below which two heights are the same.
const SAME: f64 = 0.01;

#[derive(Debug, Clone, Copy, Default)]
struct Row {
    low: f64,
    high: f64,
    left: usize,
    right: usize,
    end: usize,
}

/// Crossings and trunk length of a gutter, up to date with the heights last shown to it.
#[derive(Debug, Default)]
pub(super) struct Tally {
    rows: Vec<Row>,
    /// Heights of all pins, row by row, left before right.
    ys: Vec<f64>,
    /// Crossings of each pair of rows, symmetric.
    pairs: Vec<u32>,
    crossings: u32,
    length: f64,
}

impl Clone for Tally {
    fn clone(&self) -> Self {
        let mut out = Self::default();
        out.clone_from(self);
        out
    }

    // Taken and put back for every item that is sifted: the buffers are kept.
    fn clone_from(&mut self, other: &Self) {
        self.rows.clone_from(&other.rows);
        self.ys.clone_from(&other.ys);
        self.pairs.clone_from(&other.pairs);
        self.crossings = other.crossings;
        self.length = other.length;
    }
}

impl Tally {
    pub(super) fn cost(&self) -> f64 {
        f64::from(self.crossings) + self.length * TRUNK
    }

    /// Counts everything anew.
    pub(super) fn refresh(&mut self, spans: &[Span], heights: &Heights) {
        self.rows.clear();
        self.ys.clear();
        for span in spans {
            let left = self.ys.len();
            let right = left + span.left.len();
            let end = right + span.right.len();
            self.ys.resize(end, 0.0);
            self.rows.push(Row { left, right, end, ..Row::default() });
        }
        let n = spans.len();
        self.pairs.clear();
        self.pairs.resize(n * n, 0);
        self.crossings = 0;
        self.length = 0.0;
        for (k, span) in spans.iter().enumerate() {
            self.look(k, span, heights);
        }
        for a in 0..n {
            for b in a + 1..n {
                let c = self.pair(a, b);
                self.pairs[a * n + b] = c;
                self.pairs[b * n + a] = c;
                self.crossings += c;
            }
        }
    }

    /// Counts what has changed: the rows `touched`.
    pub(super) fn renew(&mut self, spans: &[Span], touched: &[usize], heights: &Heights) {
        let n = self.rows.len();
        for &a in touched {
            self.look(a, &spans[a], heights);
        }
        for &a in touched {
            for b in 0..n {
                if a != b {
                    let c = self.pair(a, b);
                    self.crossings = self.crossings + c - self.pairs[a * n + b];
                    self.pairs[a * n + b] = c;
                    self.pairs[b * n + a] = c;
                }
            }
        }
    }

    fn look(&mut self, k: usize, span: &Span, heights: &Heights) {
        let Row { low, high, left, end, .. } = self.rows[k];
        self.length -= high - low;
        let (mut low, mut high) = (f64::MAX, f64::MIN);
        for (slot, pin) in self.ys[left..end].iter_mut().zip(span.pins()) {
            *slot = heights.of(pin);
            low = low.min(*slot);
            high = high.max(*slot);
        }
        self.length += high - low;
        self.rows[k].low = low;
        self.rows[k].high = high;
    }

    #[inline]
    fn pair(&self, a: usize, b: usize) -> u32 {
        let (x, y) = (&self.rows[a], &self.rows[b]);
        if x.high <= y.low + SAME || y.high <= x.low + SAME { 0 } else { self.meeting(x, y) }
    }

    /// Crossings of two rows whose trunks overlap.
    fn meeting(&self, x: &Row, y: &Row) -> u32 {
        let first = inside(&self.ys[y.left..y.right], x) + inside(&self.ys[x.right..x.end], y);
        if first == 0 {
            return 0;
        }
        first.min(inside(&self.ys[x.left..x.right], y) + inside(&self.ys[y.right..y.end], x))
    }
}

fn inside(ys: &[f64], row: &Row) -> u32 {
    let (low, high) = (row.low + SAME, row.high - SAME);
    ys.iter().map(|&y| u32::from(y > low && y < high)).sum()
}

/// Crossings of two nets: with the first on the left of the second, and the other way round.
pub(super) fn crossings(a: &Ends, b: &Ends) -> (u32, u32) {
    let within = |ys: &[f64], o: &Ends| inside(ys, &Row { low: o.low, high: o.high, ..Row::default() });
    (within(&b.left, a) + within(&a.right, b), within(&a.left, b) + within(&b.right, a))
}

/// Heights of the pins of a span.
#[derive(Debug, Clone)]
pub(super) struct Ends {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) left: Vec<f64>,
    pub(super) right: Vec<f64>,
}

impl Ends {
    pub(super) fn new(span: &Span, heights: &Heights) -> Self {
        let of = |pins: &[super::layout::Pin]| pins.iter().map(|&p| heights.of(p)).collect::<Vec<_>>();
        let (left, right) = (of(&span.left), of(&span.right));
        let all = || left.iter().chain(&right).copied();
        Self { low: all().fold(f64::MAX, f64::min), high: all().fold(f64::MIN, f64::max), left, right }
    }
}
