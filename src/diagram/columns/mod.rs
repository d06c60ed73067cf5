//! The column layout: boxes in columns, lines at right angles, no line ever behind a foreign box.
//!
//! A [`Graph`] of sizes and channels comes in, coordinates ([`Geometry`]) go out; names and colours play no part.
//! `plan` proposes how areas fill columns (`split` divides a large one) · `net` decides which lines share a trunk ·
//! `layout` holds the items and ports that `build` makes of a plan · `cost` counts crossings, `order` and `sift` lower them · `row` finds
//! the heights, `port` and `snap` make lines straight · `track` gives each trunk its own x, `clash` moves apart what would lie on each other · `path` writes the
//! coordinates · `breathe` spends spare room · `score` compares plans, `choose` runs them.
//!
//! Vertical pieces of a line lie only in the gutters between columns, horizontal ones only in gutters and in lanes that
//! keep their distance from boxes: that is why nothing can be hidden.

#![expect(
    clippy::indexing_slicing,
    reason = "an arena: every index is made by the push of what it names; random graphs in `check` hold it to that"
)]

mod breathe;
mod build;
#[cfg(test)]
mod check;
mod choose;
mod clash;
mod cost;
mod layout;
mod net;
mod order;
mod path;
mod plan;
mod port;
mod row;
mod score;
mod sift;
mod snap;
mod split;
mod track;

pub(crate) use choose::{choose, lay_out};
pub(crate) use plan::{even_plans, plans};

/// Height of an area's title, px.
pub(crate) const TITLE: f64 = 28.0;
/// White space around the picture, px.
pub(crate) const MARGIN: f64 = 2.0;
/// An area's ground around its boxes, px.
pub(crate) const BAND: f64 = 8.0;
/// White space between two areas of one column, px.
const AREA_GAP: f64 = 22.0;

/// What is laid out: boxes with a size and an area, lines with a channel.
#[derive(Debug, Clone, Default)]
pub(crate) struct Graph {
    /// Number of areas; they stand in reading order.
    pub(crate) areas: usize,
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
}

impl Graph {
    /// By node: joined to nothing.
    pub(crate) fn lone(&self) -> Vec<bool> {
        let mut out = vec![true; self.nodes.len()];
        for end in self.edges.iter().flat_map(|e| [e.from, e.to]) {
            out[end] = false;
        }
        out
    }
}

/// A box before it has a place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) area: usize,
    pub(crate) width: f64,
    /// Least height; a box grows with its lines.
    pub(crate) height: f64,
    /// As tall as the tallest column.
    pub(crate) tall: bool,
}

/// A line before it has a path. Its ends are different nodes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Only lines of one channel share a trunk.
    pub(crate) channel: usize,
    pub(crate) two_way: bool,
    /// Keeps its own trunk in any case.
    pub(crate) apart: bool,
}

/// Boxes of one area in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) area: usize,
    pub(crate) nodes: Vec<usize>,
}

/// Columns from left to right, each with its blocks from top to bottom.
pub(crate) type Plan = Vec<Vec<Block>>;

/// What differs between kinds of pictures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) air: Air,
    /// Lines of one channel and one end share a trunk.
    pub(crate) share: bool,
    pub(crate) titles: Titles,
    /// Width to fill or to keep to, px.
    pub(crate) width: f64,
    /// Plans that get a look after the glance at all of them.
    pub(crate) looks: usize,
    /// Seeded starts of a full run.
    pub(crate) starts: usize,
    /// Plans that get a full run.
    pub(crate) finalists: usize,
    /// Spare room is spent on wider gutters and looser rows.
    pub(crate) breathe: bool,
}

/// Where the titles of areas stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Titles {
    /// Areas have none and no ground.
    None,
    /// One row on top, the grounds as tall as the picture.
    Top,
    /// Each area is as tall as its boxes and bears its title.
    Each,
}

/// Least distances in px; some are widened when there is room.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Air {
    /// Between two ports of a side.
    pub(crate) port: f64,
    /// From the outermost port to the corner.
    pub(crate) border: f64,
    pub(crate) lane: f64,
    pub(crate) lane_box: f64,
    pub(crate) boxes: f64,
    /// Between two boxes joined by a vertical line.
    pub(crate) link: f64,
    pub(crate) track: f64,
    /// From a box to the nearest track.
    pub(crate) stub: f64,
}

impl Air {
    /// For many boxes and thin lines.
    pub(crate) const DENSE: Self =
        Self { port: 9.0, border: 8.0, lane: 8.0, lane_box: 11.0, boxes: 18.0, link: 28.0, track: 7.0, stub: 15.0 };
    /// For few boxes, lines of different width and numbers on them.
    pub(crate) const WIDE: Self =
        Self { port: 20.0, border: 14.0, lane: 20.0, lane_box: 20.0, boxes: 40.0, link: 56.0, track: 14.0, stub: 24.0 };
}

/// A point, px.
pub(crate) type Point = (f64, f64);

/// A rectangle, px.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Rect {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// A finished layout.
#[derive(Debug, Clone, Default)]
pub(crate) struct Geometry {
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// By node.
    pub(crate) boxes: Vec<Rect>,
    /// Grounds of areas.
    pub(crate) bands: Vec<(usize, Rect)>,
    /// By edge, from its first to its second end.
    pub(crate) paths: Vec<Vec<Point>>,
    pub(crate) trees: Vec<Tree>,
}

/// Lines drawn as one: branches that run into a common root.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    pub(crate) branches: Vec<Branch>,
    /// An arrowhead at the root.
    pub(crate) head: bool,
}

/// One line of a tree.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Branch {
    pub(crate) edge: usize,
    /// The edge's path runs from the root to the leaf.
    pub(crate) outward: bool,
    /// An arrowhead at the leaf.
    pub(crate) head: bool,
}
