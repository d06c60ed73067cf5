//! The order of items in each column and of ports on each side: barycentres from seeded starts, then sifting.

use super::layout::{Heights, Kind, Layout, Pin};
use super::net::Link;
use super::sift::Sifter;
use crate::diagram::glyph::count;

/// Sweeps of barycentres before sifting.
const SWEEPS: usize = 6;
/// Price of a lane or a box between the ends of a link: the first is crossed, the second breaks it.
const BETWEEN: (f64, f64) = (1.2, 5.0);
/// A start that sifts to this much above the best one is given up.
const HOPELESS: f64 = 1.15;

/// Seeded generator (xorshift): the same picture every time.
struct Shuffle(u64);

impl Shuffle {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(n.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn shuffle(&mut self, v: &mut [usize]) {
        for k in (1..v.len()).rev() {
            v.swap(k, self.below(k + 1));
        }
    }
}

/// How thoroughly the order is sought.
#[derive(Debug, Clone, Copy)]
pub(super) enum Effort {
    /// Barycentres only.
    Glance,
    /// One round of sifting.
    Look,
    /// That many starts, sifted until nothing helps.
    Search(usize),
}

/// An order to come back to.
struct Order {
    columns: Vec<Vec<usize>>,
    sides: Vec<[Vec<usize>; 2]>,
    heights: Heights,
}

impl Layout<'_> {
    /// Finds an order and returns its cost.
    pub(super) fn order(&mut self, effort: Effort) -> f64 {
        let mut shuffle = Shuffle(0x9e37_79b9_7f4a_7c15);
        let first = self.columns.clone();
        let starts = if let Effort::Search(n) = effort { n.max(1) } else { 1 };
        let mut best: Option<(f64, Order)> = None;
        for start in 0..starts {
            self.columns.clone_from(&first);
            if start > 0 {
                self.columns.iter_mut().for_each(|c| shuffle.shuffle(c));
            }
            self.sweep();
            let mut sifter = Sifter::new(self);
            match effort {
                Effort::Glance => {}
                Effort::Look => sifter.sift(self, 1),
                Effort::Search(_) => {
                    sifter.sift(self, 2);
                    if best.as_ref().is_some_and(|(known, _)| sifter.cost(self) > known * HOPELESS + 2.0) {
                        continue;
                    }
                    self.sort_ports();
                    sifter.refresh(self);
                    sifter.sift(self, 4);
                }
            }
            let cost = sifter.cost(self);
            if best.as_ref().is_none_or(|(known, _)| cost < known - 1e-9) {
                let order = Order { columns: self.columns.clone(), sides: self.sides.clone(), heights: self.heights.clone() };
                best = Some((cost, order));
            }
        }
        let Some((cost, order)) = best else {
            return f64::MAX;
        };
        Order { columns: self.columns, sides: self.sides, heights: self.heights } = order;
        cost
    }

    fn sweep(&mut self) {
        self.estimate_all();
        let columns = self.columns.len();
        for c in 0..columns {
            self.barycentre(c); // after a shuffle this also puts the blocks back in order
        }
        for round in 0..SWEEPS {
            self.sort_ports();
            for c in 0..columns {
                self.barycentre(if round % 2 == 0 { c } else { columns - 1 - c });
            }
        }
        self.estimate_all();
        self.sort_ports();
    }

    /// Mean height of the other pins of a span.
    fn pull(&self, all: &[Pin], of: Pin) -> Option<f64> {
        let others = all.len().checked_sub(1).filter(|n| *n > 0)?;
        let sum: f64 = all.iter().filter(|q| **q != of).map(|&q| self.heights.of(q)).sum();
        Some(sum / count(others))
    }

    /// Sorts a column by the mean height of what its items are joined to; blocks stay together, titles first.
    fn barycentre(&mut self, c: usize) {
        let mut sums: Vec<(f64, f64)> = vec![(0.0, 0.0); self.items.len()];
        for span in self.gutters[c].spans.iter().chain(&self.gutters[c + 1].spans) {
            let all: Vec<Pin> = span.pins().collect();
            for &p in all.iter().filter(|p| self.items[p.item].column == c) {
                if let Some(y) = self.pull(&all, p) {
                    sums[p.item].0 += y;
                    sums[p.item].1 += 1.0;
                }
            }
        }
        let key = |i: usize| {
            if sums[i].1 > 0.0 { sums[i].0 / sums[i].1 } else { self.heights.items[i] }
        };
        let (mut lanes, mut boxes): (Vec<usize>, Vec<usize>) =
            self.columns[c].iter().partition(|&&i| matches!(self.items[i].kind, Kind::Lane(_)));
        let rank = |i: usize| (self.items[i].block, !matches!(self.items[i].kind, Kind::Title(_)));
        let rank = |i: usize| (rank(i), self.is_lone(i));
        boxes.sort_by(|&a, &b| rank(a).cmp(&rank(b)).then(key(a).total_cmp(&key(b))).then(a.cmp(&b)));
        lanes.sort_by(|&a, &b| key(a).total_cmp(&key(b)).then(a.cmp(&b)));
        let mut out = Vec::with_capacity(self.columns[c].len());
        let mut lanes = lanes.into_iter().peekable();
        let mut below_title = false;
        let (mut lowest, last) = (f64::MIN, self.plan[c].len() - 1);
        for b in boxes {
            // A box that is joined to nothing has no height of its own: at the foot of a column all lanes pass above it.
            lowest = match self.is_lone(b) {
                true if self.items[b].block == last => f64::MAX,
                true => lowest,
                false => lowest.max(key(b)),
            };
            while let Some(lane) = lanes.next_if(|&lane| !below_title && key(lane) < lowest) {
                out.push(lane);
            }
            below_title = matches!(self.items[b].kind, Kind::Title(_));
            out.push(b);
        }
        out.extend(lanes);
        self.columns[c] = out;
        self.estimate(c);
    }

    /// Sorts the ports of every side by the height of what they lead to.
    pub(super) fn sort_ports(&mut self) {
        let mut key = vec![0.0; self.ports.len()];
        for span in self.gutters.iter().flat_map(|g| &g.spans) {
            let all: Vec<Pin> = span.pins().collect();
            for &p in &all {
                if !p.is_lane() {
                    key[p.port] = self.pull(&all, p).unwrap_or(0.0);
                }
            }
        }
        for node in 0..self.sides.len() {
            for side in 0..2 {
                self.sides[node][side].sort_by(|&a, &b| key[a].total_cmp(&key[b]).then(a.cmp(&b)));
                self.space_ports(node, side);
            }
        }
    }

    /// Spreads the ports of a side evenly around its middle.
    pub(super) fn space_ports(&mut self, node: usize, side: usize) {
        let ports = &self.sides[node][side];
        let room = self.items[self.item_of[node]].height - 2.0 * self.air.border;
        let step = room / count(ports.len().max(2) - 1);
        let step = if self.graph.nodes[node].tall { step } else { step.min(12.0_f64.max(self.air.port)) };
        let middle = (count(ports.len()) - 1.0) / 2.0;
        for (k, &p) in ports.iter().enumerate() {
            self.heights.ports[p] = (count(k) - middle) * step;
        }
    }

    /// Prices what lies between the two ends of each link of a column.
    pub(super) fn link_cost(&self, c: usize, links: &[usize]) -> f64 {
        let mut sum = 0.0;
        for &k in links {
            let Link { ends: (a, b), edges } = &self.links[k];
            let (a, b) = (self.item_of[*a], self.item_of[*b]);
            let inner = self.columns[c].iter().skip_while(|i| **i != a && **i != b).skip(1);
            for &i in inner.take_while(|i| **i != a && **i != b) {
                sum += count(edges.len()) * if self.items[i].height == 0.0 { BETWEEN.0 } else { BETWEEN.1 };
            }
        }
        sum
    }

    /// Blocks stand together in their order, each behind its title, no lane parts a title from its first box, and boxes that
    /// are joined to nothing end their block; nothing passes below those at the foot of a column.
    pub(super) fn is_valid(&self, c: usize) -> bool {
        let (mut block, mut below_title, mut above_lone) = (None, false, false);
        for &i in &self.columns[c] {
            let item = &self.items[i];
            match item.kind {
                Kind::Title(_) | Kind::Lane(_) if below_title => return false,
                Kind::Lane(_) if above_lone && block.unwrap_or(0) == self.plan[c].len() - 1 => return false,
                Kind::Title(_) => {
                    block = Some(item.block);
                    (below_title, above_lone) = (true, false);
                }
                Kind::Box(_) if item.block != block.unwrap_or(0) => return false,
                Kind::Box(_) if above_lone && !self.is_lone(i) => return false,
                Kind::Box(_) => (below_title, above_lone) = (false, self.is_lone(i)),
                Kind::Lane(_) => {}
            }
        }
        !below_title
    }
}
