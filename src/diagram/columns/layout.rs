//! A plan as items in columns, ports on boxes and pins on the borders of gutters.
//!
//! Items are boxes, lanes (a net passing through a column) and titles. A pin is where a net meets a gutter: a port of a
//! box or the end of a lane.

use super::net::{Link, Net, WEST, links, nets};
use super::{AREA_GAP, Air, BAND, Graph, MARGIN, Plan, Settings, TITLE, Titles};
use crate::diagram::glyph::count;
use std::collections::{BTreeMap, BTreeSet};

/// The port that stands for a lane: its offset is always 0.
pub(super) const LANE: usize = 0;
/// Least width of a column of boxes, px.
const LEAST_WIDTH: f64 = 84.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Box(usize),
    Lane(usize),
    Title(usize),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) column: usize,
    /// Block of its column; lanes belong to none.
    pub(super) block: usize,
    pub(super) height: f64,
}

/// Where a net meets a gutter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pin {
    pub(super) item: usize,
    /// [`LANE`] for the end of a lane.
    pub(super) port: usize,
}

impl Pin {
    pub(super) const fn is_lane(self) -> bool {
        self.port == LANE
    }
}

/// A net inside one gutter.
#[derive(Debug, Clone, Default)]
pub(super) struct Span {
    pub(super) net: usize,
    pub(super) left: Vec<Pin>,
    pub(super) right: Vec<Pin>,
    /// Ends of its trunk; equal where the net passes straight.
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) track: usize,
    pub(super) x: f64,
}

impl Span {
    pub(super) fn pins(&self) -> impl Iterator<Item = Pin> + '_ {
        self.left.iter().chain(&self.right).copied()
    }

    pub(super) fn has_trunk(&self) -> bool {
        self.high - self.low > 0.5
    }
}

/// Space on the left of a column; the last lies on the right of the last column.
#[derive(Debug, Clone, Default)]
pub(super) struct Gutter {
    pub(super) spans: Vec<Span>,
    pub(super) width: f64,
}

/// Centres of items, and offsets of ports from the centre of their box.
#[derive(Debug, Clone, Default)]
pub(super) struct Heights {
    pub(super) items: Vec<f64>,
    pub(super) ports: Vec<f64>,
}

impl Heights {
    pub(super) fn of(&self, pin: Pin) -> f64 {
        self.items[pin.item] + self.ports[pin.port]
    }
}

/// A port's box and side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Port {
    pub(super) node: usize,
    pub(super) side: usize,
}

/// A layout in the making.
#[derive(Debug, Clone)]
pub(super) struct Layout<'a> {
    pub(super) graph: &'a Graph,
    pub(super) settings: &'a Settings,
    pub(super) air: Air,
    pub(super) plan: &'a Plan,
    pub(super) column_of: Vec<usize>,
    pub(super) items: Vec<Item>,
    /// Item of each node.
    pub(super) item_of: Vec<usize>,
    /// Items of each column, top to bottom.
    pub(super) columns: Vec<Vec<usize>>,
    pub(super) widths: Vec<f64>,
    pub(super) links: Vec<Link>,
    /// Nodes joined to each node by a link.
    pub(super) mates: Vec<Vec<usize>>,
    /// By node: joined to nothing, so that it gives way to what is.
    pub(super) lone: Vec<bool>,
    pub(super) nets: Vec<Net>,
    /// Ports of each net: the root's, then the leaves'.
    pub(super) net_ports: Vec<Vec<usize>>,
    /// Lane of each net by column.
    pub(super) lanes: Vec<BTreeMap<usize, usize>>,
    pub(super) ports: Vec<Port>,
    /// Ports of each node, west and east, top to bottom.
    pub(super) sides: Vec<[Vec<usize>; 2]>,
    pub(super) gutters: Vec<Gutter>,
    pub(super) heights: Heights,
    /// Upper edge of the columns.
    pub(super) top: f64,
    /// Height of the tallest column.
    pub(super) height: f64,
    /// Left edge of each column.
    pub(super) xs: Vec<f64>,
    pub(super) size: (f64, f64),
    /// By edge.
    pub(super) paths: Vec<Vec<super::Point>>,
}

impl<'a> Layout<'a> {
    pub(super) fn new(graph: &'a Graph, plan: &'a Plan, settings: &'a Settings, barred: &BTreeSet<usize>) -> Self {
        let n = graph.nodes.len();
        let mut column_of = vec![0; n];
        let mut block_of = vec![(0, 0); n];
        let mut widths = vec![LEAST_WIDTH; plan.len()];
        for (c, blocks) in plan.iter().enumerate() {
            for (b, block) in blocks.iter().enumerate() {
                for &node in &block.nodes {
                    column_of[node] = c;
                    block_of[node] = (c, b);
                    widths[c] = widths[c].max(graph.nodes[node].width);
                }
            }
        }
        let links = links(graph, &block_of, barred);
        let nets = nets(graph, &column_of, &links, settings.share);
        let mut mates = vec![Vec::new(); n];
        for &Link { ends: (a, b), .. } in &links {
            mates[a].push(b);
            mates[b].push(a);
        }
        let top = MARGIN + if settings.titles == Titles::Top { TITLE + 4.0 } else { BAND };
        let mut layout = Self {
            graph,
            settings,
            air: settings.air,
            plan,
            column_of,
            items: Vec::new(),
            item_of: vec![0; n],
            columns: vec![Vec::new(); plan.len()],
            widths,
            links,
            mates,
            lone: graph.lone(),
            net_ports: Vec::new(),
            lanes: Vec::new(),
            nets,
            ports: vec![Port { node: 0, side: WEST }],
            sides: vec![[Vec::new(), Vec::new()]; n],
            gutters: vec![Gutter::default(); plan.len() + 1],
            heights: Heights::default(),
            top,
            height: 0.0,
            xs: Vec::new(),
            size: (0.0, 0.0),
            paths: vec![Vec::new(); graph.edges.len()],
        };
        layout.build();
        layout
    }

    /// Least distance of the facing sides of two consecutive items.
    pub(super) fn gap(&self, above: usize, below: usize) -> f64 {
        use Kind::{Box, Lane, Title};
        match (self.items[above].kind, self.items[below].kind) {
            (Box(a), Box(b)) if self.mates[a].contains(&b) => self.air.link,
            // What is joined to nothing needs no room for lines.
            (Box(_), Box(b)) if self.lone[b] => self.settings.air.boxes.min(self.air.boxes),
            (Box(_), Box(_)) => self.air.boxes,
            (Lane(_), Lane(_)) => self.air.lane,
            (Box(_), Lane(_)) | (Lane(_), Box(_) | Title(_)) => self.air.lane_box,
            (Box(_), Title(_)) => AREA_GAP + if self.settings.titles == Titles::Each { 0.0 } else { BAND },
            (Title(_), _) => {
                if self.settings.titles == Titles::Each {
                    0.0
                } else {
                    6.0
                }
            }
        }
    }

    /// Height of a column without spare room.
    pub(super) fn packed(&self, column: usize) -> f64 {
        let v = &self.columns[column];
        let items: f64 = v.iter().map(|&i| self.items[i].height).sum();
        let gaps: f64 = v.windows(2).map(|w| self.gap(w[0], w[1])).sum();
        let ends = [v.first(), v.last()].into_iter().flatten().filter(|&&i| self.items[i].height == 0.0).count();
        items + gaps + 6.0 * count(ends)
    }

    /// Sets the common height of the columns; tall boxes take all of it.
    pub(super) fn measure(&mut self) {
        let is_tall = |item: &Item| matches!(item.kind, Kind::Box(n) if self.graph.nodes[n].tall);
        let tall = self.items.iter().position(is_tall);
        let columns = (0..self.columns.len()).filter(|&c| tall.is_none_or(|t| self.items[t].column != c));
        self.height = columns.map(|c| self.packed(c)).fold(0.0, f64::max);
        if let Some(t) = tall {
            self.items[t].height = self.items[t].height.max(self.height);
            self.height = self.packed(self.items[t].column).max(self.height);
        }
    }

    pub(super) fn is_lone(&self, item: usize) -> bool {
        matches!(self.items[item].kind, Kind::Box(n) if self.lone[n])
    }

    /// Items at the foot of a column that nothing is joined to, with their title.
    pub(super) fn parked(&self, column: usize) -> usize {
        let lone = self.columns[column].iter().rev().take_while(|&&i| self.is_lone(i)).count();
        let above = self.columns[column].iter().rev().nth(lone);
        lone + usize::from(lone > 0 && above.is_some_and(|&i| matches!(self.items[i].kind, Kind::Title(_))))
    }

    /// Quick estimate of a column: packed, spare room spread evenly, or around it where boxes stay under their title.
    /// Boxes that are joined to nothing stand together at the foot.
    pub(super) fn estimate(&mut self, column: usize) {
        let room = (self.height - self.packed(column)).max(0.0);
        let compact = self.settings.titles == Titles::Each;
        let spread = self.columns[column].len() - self.parked(column);
        let slack = if compact { 0.0 } else { room / (count(spread) + 1.0) };
        let mut y = match (compact, spread) {
            (true, _) => room / 2.0,
            // Nothing but boxes that are joined to nothing: they begin under their title.
            (false, 0) => 0.0,
            (false, _) => slack,
        };
        for k in 0..self.columns[column].len() {
            let i = self.columns[column][k];
            if k > 0 {
                y += self.gap(self.columns[column][k - 1], i) + if k <= spread && spread > 0 { slack } else { 0.0 };
            }
            self.heights.items[i] = y + self.items[i].height / 2.0;
            y += self.items[i].height;
        }
    }

    pub(super) fn estimate_all(&mut self) {
        self.measure();
        for c in 0..self.columns.len() {
            self.estimate(c);
        }
    }

    /// Edges of links that another box has come between.
    pub(super) fn broken_links(&self) -> Vec<usize> {
        let mut out = Vec::new();
        for Link { ends: (a, b), edges } in &self.links {
            let between = self.columns[self.column_of[*a]].split(|&i| i == self.item_of[*a] || i == self.item_of[*b]).nth(1);
            if between.is_some_and(|v| v.iter().any(|&i| self.items[i].height > 0.0)) {
                out.extend(edges);
            }
        }
        out
    }
}
