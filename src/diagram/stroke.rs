//! Lines: rounded paths, the strokes of each style, arrowheads, the cross of what is broken.

use super::LineStyle;
use super::columns::Point;
use super::draw::{ERROR, INK, INK_2, PAPER, Svg, number};
use super::fold::Look;
use std::fmt::Write as _;

/// Rounding of corners, px.
pub(crate) const RADIUS: f64 = 5.0;
/// How far a line ends before its arrowhead's tip, px.
pub(crate) const SHORTEN: f64 = 6.0;

impl LineStyle {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Native => "d-native",
            Self::Api => "d-api",
            Self::Middleware => "d-middleware",
            Self::Batch => "d-batch",
            Self::Tag => "d-tag",
            Self::Manual => "d-manual",
            Self::Any | Self::Either => "d-any",
        }
    }

    const fn dash(self) -> &'static str {
        match self {
            Self::Native | Self::Manual | Self::Any | Self::Either => "",
            Self::Api => "9 3",
            Self::Middleware => "9 3 2 3",
            Self::Batch => "4 3",
            Self::Tag => "0.1 4.2",
        }
    }
}

impl Look {
    /// Classes of a stroke.
    pub(crate) fn classes(self, base: &str) -> String {
        let mut out = format!("{base} {}", self.style.class());
        if self.broken {
            out.push_str(" d-broken");
        }
        if self.critical {
            out.push_str(" d-critical");
        }
        out
    }

    const fn colour(self) -> &'static str {
        match self {
            Self { broken: true, .. } => ERROR,
            Self { critical: true, .. } | Self { style: LineStyle::Manual, .. } => INK,
            _ => INK_2,
        }
    }

    const fn width(self) -> f64 {
        match self {
            Self { style: LineStyle::Manual, critical: true, .. } => 5.4,
            Self { style: LineStyle::Manual, .. } => 4.4,
            Self { critical: true, .. } | Self { style: LineStyle::Tag, .. } => 2.0,
            Self { style: LineStyle::Any | LineStyle::Either, .. } => 1.0,
            _ => 1.4,
        }
    }
}

/// Writes `points` as path data with rounded corners.
pub(crate) fn path(points: &[Point]) -> String {
    let mut out = String::new();
    let mut before: Option<Point> = None;
    for (k, &at) in points.iter().enumerate() {
        let (last, next) = (k + 1 == points.len(), points.get(k + 1).copied());
        match (before, next) {
            (None, _) => command(&mut out, 'M', &[at]),
            (Some(a), Some(b)) if !last => {
                // A corner takes at most half of a piece that has another corner at its other end.
                let share = |o: Point, end: bool| distance(o, at) / if end { 1.0 } else { 2.0 };
                let r = RADIUS.min(share(a, k == 1)).min(share(b, k + 2 == points.len()));
                command(&mut out, 'L', &[toward(at, a, r)]);
                command(&mut out, 'Q', &[at, toward(at, b, r)]);
            }
            _ => command(&mut out, 'L', &[at]),
        }
        before = Some(at);
    }
    out
}

fn command(out: &mut String, letter: char, points: &[Point]) {
    out.push(letter);
    for (k, &(x, y)) in points.iter().enumerate() {
        let _ = write!(out, "{}{} {}", if k > 0 { " " } else { "" }, number(x), number(y));
    }
}

/// Length of a right-angled piece.
pub(crate) fn distance(a: Point, b: Point) -> f64 {
    (a.0 - b.0).abs() + (a.1 - b.1).abs()
}

/// The point `by` px from `from` in the direction of `to`.
pub(crate) fn toward(from: Point, to: Point, by: f64) -> Point {
    let d = distance(from, to);
    if d < 0.01 { from } else { (from.0 + (to.0 - from.0) / d * by, from.1 + (to.1 - from.1) / d * by) }
}

/// Takes `by` px off the start of a line, unless its first piece is too short.
pub(crate) fn shorten(points: &mut [Point], by: f64) {
    if let [first, second, ..] = points
        && distance(*first, *second) > by + 1.0
    {
        *first = toward(*first, *second, by);
    }
}

/// Draws one path in its style; a light edge lets it pass visibly over what lies below.
pub(crate) fn stroke(svg: &mut Svg, data: &str, look: Look) {
    edge(svg, data, look);
    ink(svg, data, look);
}

/// Draws the light edge of a path.
pub(crate) fn edge(svg: &mut Svg, data: &str, look: Look) {
    let halo = number(look.width() + 2.6);
    svg.empty("path", &[("class", "d-halo"), ("d", data), ("fill", "none"), ("stroke", PAPER), ("stroke-width", &halo)]);
}

/// Draws a path in its style without an edge: it joins what lies below.
pub(crate) fn ink(svg: &mut Svg, data: &str, look: Look) {
    let width = look.width();
    svg.empty(
        "path",
        &[
            ("class", &look.classes("d-line")),
            ("d", data),
            ("fill", "none"),
            ("stroke", look.colour()),
            ("stroke-width", &number(width)),
            ("stroke-dasharray", look.style.dash()),
            ("stroke-linecap", if look.style == LineStyle::Tag { "round" } else { "" }),
        ],
    );
    if look.style == LineStyle::Manual {
        let inner = number(width - 2.2);
        svg.empty("path", &[("class", "d-hollow"), ("d", data), ("fill", "none"), ("stroke", PAPER), ("stroke-width", &inner)]);
    }
}

/// Draws an arrowhead whose tip is at `tip`, coming from `from`; none on a line that tells no direction.
pub(crate) fn head(svg: &mut Svg, tip: Point, from: Point, look: Look, scale: f64, lines: &str) {
    if look.style == LineStyle::Either {
        return;
    }
    let manual = look.style == LineStyle::Manual;
    let size = scale * if look.critical || manual { 8.5 } else { 7.0 };
    let back = toward(tip, from, size);
    let half = size / 2.0;
    let along = (back.0 - tip.0).abs() > (back.1 - tip.1).abs();
    let wings = if along { [(back.0, back.1 - half), (back.0, back.1 + half)] } else { [(back.0 - half, back.1), (back.0 + half, back.1)] };
    let mut data = String::new();
    command(&mut data, 'M', &[tip]);
    for wing in wings {
        command(&mut data, 'L', &[wing]);
    }
    data.push('Z');
    let colour = look.colour();
    svg.empty(
        "path",
        &[
            ("class", &look.classes("d-head")),
            ("d", &data),
            ("fill", if manual { PAPER } else { colour }),
            ("stroke", if manual { colour } else { "" }),
            ("data-line", lines),
        ],
    );
}

/// Draws the cross of something broken, on a gap in its line.
pub(crate) fn cross(svg: &mut Svg, (x, y): Point, lines: &str) {
    let corner = |v: f64| number(v - 7.0);
    svg.open("g", &[("class", "d-cross"), ("data-line", lines)]);
    svg.empty("rect", &[("class", "d-gap"), ("x", &corner(x)), ("y", &corner(y)), ("width", "14"), ("height", "14"), ("fill", PAPER)]);
    let data = format!("M{} {}l10 10m0 -10l-10 10", number(x - 5.0), number(y - 5.0));
    svg.empty("path", &[("class", "d-x"), ("d", &data), ("fill", "none"), ("stroke", ERROR), ("stroke-width", "2.2")]);
    svg.close();
}

/// Where the cross of a broken line stands: the middle of its longest piece.
pub(crate) fn middle(points: &[Point]) -> Option<Point> {
    let pieces = points.iter().zip(points.iter().skip(1));
    let (a, b) = pieces.max_by(|p, q| distance(*p.0, *p.1).total_cmp(&distance(*q.0, *q.1)))?;
    Some((f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_rounded_and_short_pieces_keep_half() {
        let data = path(&[(0.0, 0.0), (20.0, 0.0), (20.0, 4.0), (40.0, 4.0)]);
        assert_eq!(data, "M0 0L18 0Q20 0 20 2L20 2Q20 4 22 4L40 4");
    }

    #[test]
    fn a_line_is_not_shortened_beyond_its_first_piece() {
        let mut points = [(0.0, 0.0), (5.0, 0.0), (5.0, 50.0)];
        shorten(&mut points, SHORTEN);
        assert_eq!(points[0], (0.0, 0.0));
    }

    #[test]
    fn a_line_without_points_is_no_path() {
        assert_eq!(path(&[]), "");
        assert_eq!(middle(&[]), None);
    }
}
