//! Pictures of a stack as inline SVG: the integration map, a tool's neighbourhood, a flow, a lifecycle, a decision,
//! bars, a calendar, values over time.
//!
//! A caller fills plain types ([`Map`], [`Flow`], [`Lifecycle`], [`Decision`], [`Bars`], [`Calendar`]) and a [`Caption`]; this room knows nothing of the
//! model they come from. A map is put in order by `fold`, given coordinates by `columns`, turned into strokes by
//! `trunk` and `mark`, given the numbers of a printed table by `numbers`, and written by `draw`, the only place where text becomes SVG. The result is a [`Picture`]: the
//! SVG and the legend of what occurs in it, which the page sets as HTML below. Colours are classes that `templates/assets/diagram.css`
//! fills; presentation attributes keep a picture legible where no stylesheet reaches it.

#![cfg_attr(
    test,
    allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::string_slice, reason = "a test may fail")
)]

pub mod bars;
pub mod calendar;
pub mod decision;
pub mod flow;
pub mod lifecycle;
pub mod map;
pub mod neighbourhood;
pub mod overview;
pub mod series;
pub mod standalone;

mod chart;
mod columns;
mod draw;
mod fold;
mod glyph;
mod hit;
mod legend;
mod mark;
mod numbers;
#[cfg(test)]
mod sample;
mod stroke;
mod trunk;

pub use bars::{Bar, Bars, Part};
pub use calendar::{Calendar, Term, TermSort};
pub use decision::{Choice, Decision, End, Taker, TakerSort};
pub use flow::{Flow, Hop, Step};
pub use legend::{LegendEntry, LegendKind};
pub use lifecycle::{Handoff, Lifecycle, Note, NoteKind, Stage, Transition};

/// Tells what a picture shows, for readers who do not see it.
#[derive(Debug, Clone, Copy)]
pub struct Caption<'a> {
    /// Start of every `id` in the picture; unique among the pictures of one page.
    pub prefix: &'a str,
    /// Short name of the picture.
    pub title: &'a str,
    /// The picture in a sentence or two.
    pub description: &'a str,
}

/// Tools grouped by area, and the lines between them.
///
/// The areas stand in reading order; boxes and lines may come in any order, pictures depend on their ids only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map {
    /// Areas in reading order; one without a box is not drawn.
    pub areas: Vec<Area>,
    /// Boxes; [`Line::from`] and [`Line::to`] are indices into this list.
    pub boxes: Vec<MapBox>,
    /// Lines; one whose end does not exist is not drawn.
    pub lines: Vec<Line>,
    /// Where areas are boxes, the number of a line says how many of its lines are critical too.
    pub tally: bool,
}

/// Names a group of boxes that stand together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Area {
    /// Identifies the area to scripts.
    pub id: String,
    /// Shown above the boxes.
    pub label: String,
    /// Where the area's own picture is, relative to the page; used where areas are boxes.
    pub href: Option<String>,
    /// What is to be seen of the area besides, for which its border is thicker; used where areas are boxes.
    pub note: Option<String>,
}

/// Draws one tool.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MapBox {
    /// Identifies the box to scripts; boxes are put in this order before anything else.
    pub id: String,
    /// The name; long ones are set in two lines, then cut.
    pub label: String,
    /// A second, smaller line.
    pub detail: Option<String>,
    /// Index into [`Map::areas`]; a box of no existing area stands in a group without a name.
    pub area: usize,
    /// How thick the border is.
    pub weight: Weight,
    /// Joined to nothing: a dashed border.
    pub lone: bool,
    /// The subject of the page.
    pub focus: bool,
    /// Stands for a whole area of this many tools; none for a tool.
    pub stands_for: Option<usize>,
    /// Where the box leads, relative to the page.
    pub href: Option<String>,
    /// Shown on hover and read aloud; holds the full name.
    pub title: String,
    /// More attributes: an `id` to link to, and what scripts filter by, such as `data-owner` with its words.
    pub data: Vec<(&'static str, String)>,
}

/// Orders boxes by how much depends on them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Medium or low.
    #[default]
    Normal,
    /// High.
    High,
    /// Critical.
    Critical,
}

/// Draws one integration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Identifies the line to scripts.
    pub id: String,
    /// Index of the sending box in [`Map::boxes`].
    pub from: usize,
    /// Index of the receiving box in [`Map::boxes`].
    pub to: usize,
    /// Data runs in both directions.
    pub two_way: bool,
    /// How the data is carried.
    pub style: LineStyle,
    /// Known not to work: error colour and a cross.
    pub broken: bool,
    /// Drawn thicker.
    pub critical: bool,
    /// What the table below the picture calls it: printed on the line, not shown on a screen.
    pub number: Option<usize>,
    /// Where the line leads, relative to the page.
    pub href: Option<String>,
    /// Shown on hover and read aloud.
    pub title: String,
    /// More for scripts to filter by, as in [`MapBox::data`].
    pub data: Vec<(&'static str, String)>,
}

/// Tells how data is carried; each way has its own dash pattern.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineStyle {
    /// A connector of one of the two products: solid.
    #[default]
    Native,
    /// API or webhook: long dashes.
    Api,
    /// Through an integration platform: dash and dot.
    Middleware,
    /// Batch: etl, reverse etl, scheduled file; short dashes.
    Batch,
    /// A tag on a page: dots.
    Tag,
    /// By hand: a hollow double line.
    Manual,
    /// In whatever way, between a box and a whole area: thin and solid.
    Any,
    /// As [`LineStyle::Any`], in either direction: without a head.
    Either,
}

impl LineStyle {
    /// Every way in which data is carried, in the order of the legend.
    pub const ALL: [Self; 6] = [Self::Native, Self::Api, Self::Middleware, Self::Batch, Self::Tag, Self::Manual];

    /// Names the style to scripts, such as in `data-method`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Api => "api",
            Self::Middleware => "middleware",
            Self::Batch => "batch",
            Self::Tag => "tag",
            Self::Manual => "manual",
            Self::Any => "any",
            Self::Either => "either",
        }
    }

    /// Names the style as the legend does.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Api => "API or webhook",
            Self::Middleware => "through middleware",
            Self::Batch => "batch: etl, reverse etl, scheduled file",
            Self::Tag => "tag",
            Self::Manual => "by hand",
            Self::Any => "integrations with another area, in whatever way",
            Self::Either => "integrations with another area, in whatever way and direction",
        }
    }
}

/// Holds a finished picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picture {
    /// The `<svg>` element; empty when there is nothing to draw.
    pub svg: String,
    /// Natural width in px: a page scales down from it, never up.
    pub width: f64,
    /// Natural height in px.
    pub height: f64,
    /// What occurs in the picture, to be set below it.
    pub legend: Vec<LegendEntry>,
}
