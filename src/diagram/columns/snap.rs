//! Removes kinks: facing pins of a net that differ by a few px are made level where their neighbours allow it.

use super::layout::{Kind, Layout, Pin};

/// Largest kink that is removed, px.
const KINK: f64 = 9.0;
/// Least distance of two ports after a move, px.
const PORTS: f64 = 6.5;
/// Least distance of a port from the corner after a move, px.
const CORNER: f64 = 6.0;

impl Layout<'_> {
    pub(super) fn snap(&mut self) {
        for _ in 0..3 {
            for g in 0..self.gutters.len() {
                for k in 0..self.gutters[g].spans.len() {
                    let span = &self.gutters[g].spans[k];
                    let facing: Vec<(Pin, Pin)> = span.left.iter().flat_map(|&a| span.right.iter().map(move |&b| (a, b))).collect();
                    for (a, b) in facing {
                        self.level(g, a, b);
                    }
                }
            }
        }
    }

    fn level(&mut self, g: usize, a: Pin, b: Pin) {
        let (ya, yb) = (self.heights.of(a), self.heights.of(b));
        let kink = (ya - yb).abs();
        if !(0.01..=KINK).contains(&kink) {
            return;
        }
        // Ports move first: a lane carries a line through its whole column.
        let (first, last) = if a.is_lane() { ((b, ya), (a, yb)) } else { ((a, yb), (b, ya)) };
        let _ = self.shift(first.0, first.1, g) || self.shift(last.0, last.1, g);
    }

    /// Moves a pin to height `y` if its neighbours allow it, even if that costs a bend.
    pub(super) fn nudge(&mut self, pin: Pin, y: f64) -> bool {
        if pin.is_lane() { self.shift_lane(pin.item, y) } else { self.shift_port(pin, y) }
    }

    /// Moves a pin to height `y` if its neighbours allow it and a straight line stays straight.
    fn shift(&mut self, pin: Pin, y: f64, g: usize) -> bool {
        !(pin.is_lane() && self.is_straight_beyond(pin.item, g)) && self.nudge(pin, y)
    }

    fn shift_port(&mut self, pin: Pin, y: f64) -> bool {
        let port = self.ports[pin.port];
        let offset = y - self.heights.items[pin.item];
        if offset.abs() > self.items[pin.item].height / 2.0 - CORNER {
            return false;
        }
        let side = &self.sides[port.node][port.side];
        let Some(k) = side.iter().position(|&p| p == pin.port) else {
            return false;
        };
        let free = |other: Option<usize>| other.and_then(|o| side.get(o)).is_none_or(|&o| (self.heights.ports[o] - offset).abs() >= PORTS);
        // A neighbour may not be passed either.
        let order = k.checked_sub(1).is_none_or(|o| self.heights.ports[side[o]] < offset)
            && side.get(k + 1).is_none_or(|&o| self.heights.ports[o] > offset);
        if !(order && free(k.checked_sub(1)) && free(Some(k + 1))) {
            return false;
        }
        self.heights.ports[pin.port] = offset;
        true
    }

    /// The lane meets a pin at its own height in the gutter on its other side.
    fn is_straight_beyond(&self, item: usize, g: usize) -> bool {
        let c = self.items[item].column;
        let Kind::Lane(net) = self.items[item].kind else {
            return false;
        };
        let other = if g == c { c + 1 } else { c };
        let here = self.heights.items[item];
        self.gutters[other].spans.iter().filter(|s| s.net == net).any(|s| {
            let pins = if other == c { &s.left } else { &s.right };
            pins.iter().any(|&q| (self.heights.of(q) - here).abs() < 0.5)
        })
    }

    fn shift_lane(&mut self, item: usize, y: f64) -> bool {
        let c = self.items[item].column;
        let column = &self.columns[c];
        let Some(k) = column.iter().position(|&i| i == item) else {
            return false;
        };
        let edge = |i: usize, sign: f64| self.heights.items[i] + sign * self.items[i].height / 2.0;
        let above = k.checked_sub(1).map(|a| column[a]);
        if above.is_some_and(|a| y - edge(a, 1.0) < 0.75 * self.gap(a, item)) {
            return false;
        }
        if column.get(k + 1).is_some_and(|&b| edge(b, -1.0) - y < 0.75 * self.gap(item, b)) {
            return false;
        }
        if y < self.top + 4.0 || y > self.top + self.height - 4.0 {
            return false;
        }
        self.heights.items[item] = y;
        true
    }
}
