//! Sifting: each item tries every place in its column, then neighbouring ports are swapped.
//!
//! An item walks step by step; a step changes only the nets of the two items that trade places.

use super::cost::Tally;
use super::layout::{Kind, Layout};

/// Improvement below which nothing is moved.
const LEAST: f64 = 1e-6;

/// Deterioration from which a walk is given up, in crossings.
const FAR: f64 = 7.0;

/// Running counts of every gutter, and who touches what.
pub(super) struct Sifter {
    tallies: Vec<Tally>,
    /// Per item, its spans in the gutters on its left and right.
    touched: Vec<[Vec<usize>; 2]>,
    /// Per column, its links.
    links: Vec<Vec<usize>>,
    saved: [Tally; 2],
}

impl Sifter {
    pub(super) fn new(layout: &Layout<'_>) -> Self {
        let mut touched = vec![[Vec::new(), Vec::new()]; layout.items.len()];
        for gutter in &layout.gutters {
            for (k, span) in gutter.spans.iter().enumerate() {
                for (side, pins) in [(1, &span.left), (0, &span.right)] {
                    for p in pins {
                        let list: &mut Vec<usize> = &mut touched[p.item][side];
                        if list.last() != Some(&k) {
                            list.push(k);
                        }
                    }
                }
            }
        }
        let mut links = vec![Vec::new(); layout.columns.len()];
        for (k, link) in layout.links.iter().enumerate() {
            links[layout.column_of[link.ends.0]].push(k);
        }
        let tallies = layout.gutters.iter().map(|_| Tally::default()).collect();
        let mut out = Self { tallies, touched, links, saved: <[Tally; 2]>::default() };
        out.refresh(layout);
        out
    }

    pub(super) fn refresh(&mut self, layout: &Layout<'_>) {
        for (tally, gutter) in self.tallies.iter_mut().zip(&layout.gutters) {
            tally.refresh(&gutter.spans, &layout.heights);
        }
    }

    fn refresh_column(&mut self, layout: &Layout<'_>, c: usize) {
        for g in [c, c + 1] {
            self.tallies[g].refresh(&layout.gutters[g].spans, &layout.heights);
        }
    }

    pub(super) fn cost(&self, layout: &Layout<'_>) -> f64 {
        let links: f64 = self.links.iter().enumerate().map(|(c, l)| layout.link_cost(c, l)).sum();
        self.tallies.iter().map(Tally::cost).sum::<f64>() + links
    }

    /// Cost that depends on the order of one column.
    fn local(&self, layout: &Layout<'_>, c: usize) -> f64 {
        self.tallies[c].cost() + self.tallies[c + 1].cost() + layout.link_cost(c, &self.links[c])
    }

    pub(super) fn sift(&mut self, layout: &mut Layout<'_>, rounds: usize) {
        for _ in 0..rounds {
            let mut better = false;
            for c in 0..layout.columns.len() {
                for i in layout.columns[c].clone() {
                    if !matches!(layout.items[i].kind, Kind::Title(_)) {
                        better |= self.sift_item(layout, c, i);
                    }
                }
            }
            self.swap_ports(layout);
            if !better {
                break;
            }
        }
    }

    fn sift_item(&mut self, layout: &mut Layout<'_>, c: usize, item: usize) -> bool {
        let old = layout.columns[c].clone();
        let Some(start) = old.iter().position(|&i| i == item) else {
            return false;
        };
        let ys: Vec<f64> = old.iter().map(|&i| layout.heights.items[i]).collect();
        let base = self.local(layout, c);
        let mut best = (base - LEAST, start);
        self.saved[0].clone_from(&self.tallies[c]);
        self.saved[1].clone_from(&self.tallies[c + 1]);
        for up in [true, false] {
            let mut at = start;
            while let Some(next) = if up { at.checked_sub(1) } else { Some(at + 1).filter(|k| *k < old.len()) } {
                let other = layout.columns[c][next];
                let is_box = matches!(layout.items[item].kind, Kind::Box(_));
                if is_box && matches!(layout.items[other].kind, Kind::Title(_)) {
                    break;
                }
                self.trade(layout, c, at.min(next));
                at = next;
                let cost = self.local(layout, c);
                if cost < best.0 && layout.is_valid(c) {
                    best = (cost, at);
                }
                if cost > base + FAR {
                    break;
                }
            }
            layout.columns[c].clone_from(&old);
            for (&i, &y) in old.iter().zip(&ys) {
                layout.heights.items[i] = y;
            }
            self.tallies[c].clone_from(&self.saved[0]);
            self.tallies[c + 1].clone_from(&self.saved[1]);
        }
        if best.1 == start {
            return false;
        }
        let moved = layout.columns[c].remove(start);
        layout.columns[c].insert(best.1, moved);
        layout.estimate(c);
        self.refresh_column(layout, c);
        if self.local(layout, c) < base - LEAST {
            return true;
        }
        // The walk kept the gaps of the old order; with the true ones the place is no better.
        layout.columns[c] = old;
        layout.estimate(c);
        self.refresh_column(layout, c);
        false
    }

    /// Exchanges the items at `k` and `k + 1` of a column inside the room they take together.
    fn trade(&mut self, layout: &mut Layout<'_>, c: usize, k: usize) {
        let (a, b) = (layout.columns[c][k], layout.columns[c][k + 1]);
        let top = layout.heights.items[a] - layout.items[a].height / 2.0;
        let bottom = layout.heights.items[b] + layout.items[b].height / 2.0;
        layout.heights.items[b] = top + layout.items[b].height / 2.0;
        layout.heights.items[a] = bottom - layout.items[a].height / 2.0;
        layout.columns[c].swap(k, k + 1);
        for (side, g) in [(0, c), (1, c + 1)] {
            let spans = &layout.gutters[g].spans;
            for i in [a, b] {
                self.tallies[g].renew(spans, &self.touched[i][side], &layout.heights);
            }
        }
    }

    fn swap_ports(&mut self, layout: &mut Layout<'_>) {
        for node in 0..layout.sides.len() {
            for side in 0..2 {
                let g = layout.column_of[node] + side;
                let touched = &self.touched[layout.item_of[node]][side];
                for _ in 0..3 {
                    let mut better = false;
                    for k in 1..layout.sides[node][side].len() {
                        let before = self.tallies[g].cost();
                        for again in [false, true] {
                            layout.sides[node][side].swap(k - 1, k);
                            layout.space_ports(node, side);
                            self.tallies[g].renew(&layout.gutters[g].spans, touched, &layout.heights);
                            if !again && self.tallies[g].cost() < before - LEAST {
                                better = true;
                                break;
                            }
                        }
                    }
                    if !better {
                        break;
                    }
                }
            }
        }
    }
}
