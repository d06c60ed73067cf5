//! Builds the items of a layout: ports on the sides of boxes, boxes and titles in columns, lanes, spans in gutters.

use super::layout::{Item, Kind, LANE, Layout, Pin, Port, Span};
use super::net::{EAST, WEST};
use super::{Block, TITLE, Titles};
use crate::diagram::glyph::count;
use std::collections::BTreeMap;

impl Layout<'_> {
    /// Fills a layout that knows its plan, links and nets.
    pub(super) fn build(&mut self) {
        self.add_ports();
        self.add_boxes();
        self.add_lanes();
        self.add_spans();
        self.heights.items = vec![0.0; self.items.len()];
        self.heights.ports = vec![0.0; self.ports.len()];
    }

    fn add_ports(&mut self) {
        for net in &self.nets {
            let mut own = vec![self.ports.len()];
            self.ports.push(Port { node: net.root, side: net.side });
            self.sides[net.root][net.side].push(own[0]);
            for leaf in &net.leaves {
                let inside = self.column_of[leaf.node] == self.column_of[net.root];
                let side = if inside { net.side } else { WEST + EAST - net.side };
                own.push(self.ports.len());
                self.sides[leaf.node][side].push(self.ports.len());
                self.ports.push(Port { node: leaf.node, side });
            }
            self.net_ports.push(own);
        }
    }

    fn add_item(&mut self, kind: Kind, column: usize, block: usize, height: f64) -> usize {
        let i = self.items.len();
        self.items.push(Item { kind, column, block, height });
        self.columns[column].push(i);
        i
    }

    fn add_boxes(&mut self) {
        let titles = self.settings.titles;
        for (c, blocks) in self.plan.iter().enumerate() {
            for (b, Block { area, nodes }) in blocks.iter().enumerate() {
                let subject = nodes.iter().any(|&n| self.graph.nodes[n].tall);
                if titles == Titles::Top && b > 0 || titles == Titles::Each && !subject {
                    self.add_item(Kind::Title(*area), c, b, TITLE);
                }
                for &n in nodes {
                    let ports = self.sides[n].iter().map(Vec::len).max().unwrap_or(0);
                    let need = count(ports.saturating_sub(1)) * self.air.port + 2.0 * self.air.border;
                    let height = self.graph.nodes[n].height.max(need);
                    self.item_of[n] = self.add_item(Kind::Box(n), c, b, height);
                }
            }
        }
    }

    /// A net has one lane in each column strictly between its root and its farthest leaf.
    fn add_lanes(&mut self) {
        for n in 0..self.nets.len() {
            let net = &self.nets[n];
            let root = self.column_of[net.root];
            let far = net.leaves.iter().map(|l| self.column_of[l.node]);
            let between = if net.side == WEST { far.min().unwrap_or(root) + 1..root } else { root + 1..far.max().unwrap_or(root) };
            let lanes = between.map(|c| (c, self.add_item(Kind::Lane(n), c, usize::MAX, 0.0))).collect();
            self.lanes.push(lanes);
        }
    }

    fn add_spans(&mut self) {
        for n in 0..self.nets.len() {
            let mut spans: BTreeMap<usize, Span> = BTreeMap::new();
            let mut add = |gutter: usize, left: bool, pin: Pin| {
                let span = spans.entry(gutter).or_insert_with(|| Span { net: n, ..Span::default() });
                if left { &mut span.left } else { &mut span.right }.push(pin);
            };
            for &port in &self.net_ports[n] {
                let Port { node, side } = self.ports[port];
                add(self.column_of[node] + side, side == EAST, Pin { item: self.item_of[node], port });
            }
            for (&c, &item) in &self.lanes[n] {
                add(c, false, Pin { item, port: LANE });
                add(c + 1, true, Pin { item, port: LANE });
            }
            for (g, span) in spans {
                self.gutters[g].spans.push(span);
            }
        }
    }
}
