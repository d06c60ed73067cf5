//! Coordinates: x of gutters and columns, then the corners of every line from end to end.

use super::layout::{Kind, LANE, Layout, Pin};
use super::net::WEST;
use super::track::OUTER;
use super::{BAND, Branch, Geometry, MARGIN, Point, Rect, TITLE, Titles, Tree};
use crate::diagram::glyph::count;

/// Distance of parallel vertical links, px.
const PARALLEL: f64 = 14.0;

impl Layout<'_> {
    /// Computes all coordinates from heights and tracks.
    pub(super) fn coordinates(&mut self) {
        let last = self.columns.len();
        let mut x = MARGIN + if self.settings.titles == Titles::None { 0.0 } else { BAND };
        self.xs.clear();
        for (g, gutter) in self.gutters.iter_mut().enumerate() {
            let tracks = gutter.spans.iter().filter(|s| s.has_trunk()).map(|s| s.track + 1).max();
            let tracks = count(tracks.unwrap_or(1) - 1) * self.air.track;
            let first = match g {
                0 => x + OUTER,
                _ if g == last => x + self.air.stub,
                _ => x + (gutter.width - tracks) / 2.0,
            };
            for span in &mut gutter.spans {
                span.x = first + count(span.track) * self.air.track;
            }
            x += gutter.width;
            if g < last {
                self.xs.push(x);
                x += self.widths[g];
            }
        }
        let bottom = if self.settings.titles == Titles::None { 0.0 } else { BAND };
        self.size = (x + bottom + MARGIN, self.top + self.height + bottom + MARGIN);
        self.write_links();
        self.write_nets();
    }

    fn write_links(&mut self) {
        for link in &self.links {
            let (a, b) = link.ends;
            let below = self.heights.items[self.item_of[a]] > self.heights.items[self.item_of[b]];
            let (upper, lower) = if below { (b, a) } else { (a, b) };
            let (from, to) = (self.rect(upper), self.rect(lower));
            let middle = (count(link.edges.len()) - 1.0) / 2.0;
            for (k, &e) in link.edges.iter().enumerate() {
                let x = from.x + from.width / 2.0 + (count(k) - middle) * PARALLEL;
                let mut path = vec![(x, from.y + from.height), (x, to.y)];
                if self.graph.edges[e].from != upper {
                    path.reverse();
                }
                self.paths[e] = path;
            }
        }
    }

    fn write_nets(&mut self) {
        for n in 0..self.nets.len() {
            let ports = &self.net_ports[n];
            for (leaf, &port) in self.nets[n].leaves.iter().zip(ports.iter().skip(1)) {
                let mut path = self.walk(n, port, ports[0]);
                if self.graph.edges[leaf.edge].from != leaf.node {
                    path.reverse();
                }
                self.paths[leaf.edge] = path;
            }
        }
    }

    /// Corners from a leaf's port to the root's.
    fn walk(&self, n: usize, leaf: usize, root: usize) -> Vec<Point> {
        let start = self.port_at(leaf);
        let end = self.port_at(root);
        let mut path = vec![start];
        let mut y = start.1;
        let (from, to) = (self.gutter_of(leaf), self.gutter_of(root));
        let mut g = from;
        loop {
            let next = if g == to {
                end.1
            } else {
                // A net that leaves its root to the west is walked eastwards, and the other way round.
                let c = if from < to { g } else { g - 1 };
                self.lanes[n].get(&c).map_or(y, |&item| self.heights.of(Pin { item, port: LANE }))
            };
            if (next - y).abs() > 0.01
                && let Some(span) = self.gutters[g].spans.iter().find(|s| s.net == n)
            {
                path.push((span.x, y));
                path.push((span.x, next));
            }
            y = next;
            if g == to {
                break;
            }
            g = if from < to { g + 1 } else { g - 1 };
        }
        path.push(end);
        path
    }

    fn gutter_of(&self, port: usize) -> usize {
        let p = self.ports[port];
        self.column_of[p.node] + p.side
    }

    fn port_at(&self, port: usize) -> Point {
        let p = self.ports[port];
        let c = self.column_of[p.node];
        let x = if p.side == WEST { self.xs[c] } else { self.xs[c] + self.widths[c] };
        (x, self.heights.of(Pin { item: self.item_of[p.node], port }))
    }

    pub(super) fn rect(&self, node: usize) -> Rect {
        let item = self.item_of[node];
        let (c, height) = (self.items[item].column, self.items[item].height);
        Rect { x: self.xs[c], y: self.heights.items[item] - height / 2.0, width: self.widths[c], height }
    }

    /// Grounds of areas: one per area and run of columns.
    fn bands(&self) -> Vec<(usize, Rect)> {
        let mut out: Vec<(usize, Rect)> = Vec::new();
        if self.settings.titles == Titles::None {
            return out;
        }
        for (c, blocks) in self.plan.iter().enumerate() {
            for (b, block) in blocks.iter().enumerate() {
                let title = self.columns[c].iter().find(|&&i| matches!(self.items[i].kind, Kind::Title(_)) && self.items[i].block == b);
                let each = self.settings.titles == Titles::Each;
                if each && title.is_none() {
                    continue;
                }
                let top = title.map_or(MARGIN, |&i| self.heights.items[i] - TITLE / 2.0);
                let under = |n: &usize| self.rect(*n).y + self.rect(*n).height + BAND;
                let bottom = if each || b + 1 < blocks.len() {
                    block.nodes.iter().map(under).fold(0.0, f64::max)
                } else {
                    self.top + self.height + BAND
                };
                let x = self.xs[c] - BAND;
                let right = self.xs[c] + self.widths[c] + BAND;
                match out.last_mut() {
                    // The parts of a split area stand on one ground.
                    Some((area, rect)) if *area == block.area && blocks.len() == 1 => {
                        rect.width = right - rect.x;
                    }
                    _ => out.push((block.area, Rect { x, y: top, width: right - x, height: bottom - top })),
                }
            }
        }
        out
    }

    /// Hands over the finished layout.
    pub(super) fn geometry(&self) -> Geometry {
        let links = self.links.iter().flat_map(|l| &l.edges).map(|&edge| {
            let branch = Branch { edge, outward: false, head: self.graph.edges[edge].two_way };
            Tree { branches: vec![branch], head: true }
        });
        let nets = self.nets.iter().map(|net| {
            let branches = net.leaves.iter().map(|leaf| {
                let outward = self.graph.edges[leaf.edge].from == net.root;
                Branch { edge: leaf.edge, outward, head: leaf.head }
            });
            Tree { branches: branches.collect(), head: net.head }
        });
        Geometry {
            width: self.size.0,
            height: self.size.1,
            boxes: (0..self.graph.nodes.len()).map(|n| self.rect(n)).collect(),
            bands: self.bands(),
            paths: self.paths.clone(),
            trees: nets.chain(links).collect(),
        }
    }
}
