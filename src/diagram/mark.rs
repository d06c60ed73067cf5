//! Boxes and grounds: borders told apart by shape, names set to fit.

use super::Weight;
use super::columns::{Point, Rect};
use super::draw::{ERROR, INFO, INK, INK_2, PAPER, RULE_2, Svg, WASH, number};
use super::glyph::{DETAIL, LINE, NAME, SUBJECT};

/// How the border of a box is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Border {
    Normal,
    High,
    Critical,
    /// The subject of the page.
    Focus,
    /// Joined to nothing.
    Lone,
    /// A step by hand, or the end of a lifecycle.
    Double,
    /// Never takes effect.
    Dead,
    /// What should not happen.
    Gap,
}

impl Border {
    pub(crate) const fn of(weight: Weight) -> Self {
        match weight {
            Weight::Normal => Self::Normal,
            Weight::High => Self::High,
            Weight::Critical => Self::Critical,
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Normal => "d-border",
            Self::High => "d-border d-high",
            Self::Critical => "d-border d-critical",
            Self::Focus => "d-border d-focus",
            Self::Lone => "d-border d-lone",
            Self::Double => "d-border d-double",
            Self::Dead => "d-border d-dead",
            Self::Gap => "d-border d-left",
        }
    }

    /// Colour, width and dashes; what is empty is 1 px wide and solid.
    const fn stroke(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Normal => (RULE_2, "", ""),
            Self::High | Self::Double => (INK, "", ""),
            Self::Critical => (INK, "2", ""),
            Self::Focus => (INK, "2.5", ""),
            Self::Lone => (RULE_2, "", "3 3"),
            Self::Dead => (RULE_2, "", "1.5 3"),
            Self::Gap => (ERROR, "1.4", "5 3"),
        }
    }
}

fn rectangle<'a>(r: &'a [String; 4], class: &'a str) -> Vec<(&'a str, &'a str)> {
    let [x, y, width, height] = r;
    vec![("class", class), ("x", x), ("y", y), ("width", width), ("height", height)]
}

fn numbers(r: Rect) -> [String; 4] {
    [number(r.x), number(r.y), number(r.width), number(r.height)]
}

/// Draws the border of a box.
pub(crate) fn border(svg: &mut Svg, rect: Rect, kind: Border) {
    let (stroke, width, dash) = kind.stroke();
    let place = numbers(rect);
    let mut attributes = rectangle(&place, kind.class());
    attributes.extend([("rx", "2"), ("fill", PAPER), ("stroke", stroke), ("stroke-width", width), ("stroke-dasharray", dash)]);
    svg.empty("rect", &attributes);
    if kind == Border::Double {
        let inner = Rect { x: rect.x + 3.0, y: rect.y + 3.0, width: rect.width - 6.0, height: rect.height - 6.0 };
        let place = numbers(inner);
        let mut attributes = rectangle(&place, "d-border d-double");
        attributes.extend([("rx", "1"), ("fill", "none"), ("stroke", INK)]);
        svg.empty("rect", &attributes);
    }
}

/// Draws the ground of an area and its title, set in the lines that fit above the boxes.
pub(crate) fn band(svg: &mut Svg, rect: Rect, id: &str, title: &[String]) {
    svg.open("g", &[("class", "d-area"), ("data-area", id)]);
    let place = numbers(rect);
    let mut attributes = rectangle(&place, "d-ground");
    attributes.extend([("rx", "3"), ("fill", WASH)]);
    svg.empty("rect", &attributes);
    let first = rect.y + if title.len() > 1 { 12.5 } else { 18.0 };
    for (k, line) in title.iter().enumerate() {
        caption(svg, (rect.x + 8.0, first + super::glyph::count(k) * 12.5), line);
    }
    svg.close();
}

/// Writes the title of an area.
fn caption(svg: &mut Svg, at: Point, text: &str) {
    label(svg, at, text, Face { class: "d-caption", size: DETAIL, bold: true, colour: INK_2, middle: false });
}

/// How a piece of text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Face {
    pub(crate) class: &'static str,
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) colour: &'static str,
    pub(crate) middle: bool,
}

impl Face {
    pub(crate) const NAME: Self = Self { class: "d-label", size: NAME, bold: false, colour: INK, middle: false };
    pub(crate) const STRONG: Self = Self { class: "d-label d-strong", bold: true, ..Self::NAME };
    pub(crate) const DETAIL: Self = Self { class: "d-detail", size: DETAIL, colour: INK_2, ..Self::NAME };
    /// The name of what never takes effect.
    pub(crate) const STRUCK: Self = Self { class: "d-label d-struck", colour: INK_2, ..Self::STRONG };
    pub(crate) const ERROR: Self = Self { class: "d-error", bold: true, colour: ERROR, ..Self::DETAIL };
    /// Something that is not documented.
    pub(crate) const MISSING: Self = Self { class: "d-none", colour: INFO, ..Self::DETAIL };
    const SUBJECT: Self = Self { class: "d-subject", size: SUBJECT, bold: true, middle: true, ..Self::NAME };
}

/// Writes one line of text with its base line at `at`.
pub(crate) fn label(svg: &mut Svg, at: Point, text: &str, face: Face) {
    let size = if (face.size - NAME).abs() < 0.01 { String::new() } else { number(face.size) };
    svg.text(
        "text",
        &[
            ("class", face.class),
            ("x", &number(at.0)),
            ("y", &number(at.1)),
            ("font-size", &size),
            ("font-weight", if face.bold { "600" } else { "" }),
            ("font-family", if face.size > NAME { "Georgia, Noto Serif, serif" } else { "" }),
            ("text-anchor", if face.middle { "middle" } else { "" }),
            ("text-decoration", if face.class == Face::STRUCK.class { "line-through" } else { "" }),
            ("fill", if face.colour == INK { "" } else { face.colour }),
        ],
        text,
    );
}

/// Text of a box: the name in one or two lines, and what stands below it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lettering {
    pub(crate) name: Vec<String>,
    pub(crate) detail: Vec<String>,
    pub(crate) strong: bool,
}

/// Writes a name and its second line into a box, from the left and in the middle of its height.
pub(crate) fn lettering(svg: &mut Svg, rect: Rect, text: &Lettering, subject: bool) {
    let step = super::glyph::count;
    let names = step(text.name.len());
    let block = LINE * names + 15.0 * step(text.detail.len());
    let top = rect.y + (rect.height - block) / 2.0;
    let x = if subject { rect.x + rect.width / 2.0 } else { rect.x + 10.0 };
    let (name, detail) = match (subject, text.strong) {
        (true, _) => (Face::SUBJECT, Face { middle: true, ..Face::DETAIL }),
        (false, true) => (Face::STRONG, Face::DETAIL),
        (false, false) => (Face::NAME, Face::DETAIL),
    };
    // The name of a subject is larger; its lines are set further apart.
    let line = if subject { 20.0 } else { LINE };
    let lift = (line - LINE) * names / 2.0;
    for (k, row) in text.name.iter().enumerate() {
        label(svg, (x, top - lift + 12.4 + step(k) * line), row, name);
    }
    for (k, row) in text.detail.iter().enumerate() {
        label(svg, (x, top + lift + LINE * names + 11.4 + step(k) * 15.0), row, detail);
    }
}

/// Draws the badge of a box that exchanges data with itself.
pub(crate) fn badge(svg: &mut Svg, (x, y): Point, title: &str) {
    svg.open("g", &[("class", "d-badge")]);
    svg.text("title", &[], title);
    svg.empty("circle", &[("class", "d-border"), ("cx", &number(x)), ("cy", &number(y)), ("r", "7"), ("fill", PAPER), ("stroke", RULE_2)]);
    let data = format!("M{} {}a3.2 3.2 0 1 0 3 -2.2", number(x - 2.2), number(y - 2.2));
    svg.empty("path", &[("class", "d-line"), ("d", &data), ("fill", "none"), ("stroke", INK_2), ("stroke-width", "1.3")]);
    let tip = format!("M{} {}l-3.4 -2.2v4.4z", number(x - 0.4), number(y - 3.2));
    svg.empty(
        "path",
        &[("class", "d-head"), ("d", &tip), ("fill", INK_2), ("transform", &format!("rotate(180 {} {})", number(x), number(y - 3.0)))],
    );
    svg.close();
}

/// Draws the sign of a handoff: two small triangles.
pub(crate) fn flag(svg: &mut Svg, (x, y): Point) {
    let data = format!("M{} {}l5 4l-5 4zm6 0l5 4l-5 4z", number(x), number(y - 4.0));
    svg.empty("path", &[("class", "d-flag"), ("d", &data), ("fill", INK)]);
}

/// Draws the sign of something that is not documented: a dashed ring.
pub(crate) fn ring(svg: &mut Svg, (x, y): Point) {
    let (x, y) = (number(x), number(y));
    let place = [("class", "d-ring"), ("cx", &*x), ("cy", &*y), ("r", "4"), ("fill", "none")];
    let line = [("stroke", INFO), ("stroke-width", "1.4"), ("stroke-dasharray", "2.2 2")];
    svg.empty("circle", &[&place[..], &line[..]].concat());
}
