//! What charts have in common: rows with a name on the left and figures on the right, and a grid behind them.

use super::draw::{INK_2, RULE_2, Svg, number};
use super::glyph::{DETAIL, NAME, count, cut, width};

/// Height of a row, px: the least that a finger hits.
pub(super) const ROW: f64 = 24.0;
/// Height of the head above the rows, px.
pub(super) const HEAD: f64 = 26.0;
/// Room between two columns, px.
pub(super) const GAP: f64 = 14.0;

/// Where the columns of a chart stand.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// Width of the names.
    pub(super) names: f64,
    /// Where the drawing begins and ends.
    pub(super) drawing: (f64, f64),
    /// The right ends of the figures.
    pub(super) figures: Vec<f64>,
    /// Widest figure.
    most: f64,
    /// Width of the whole.
    pub(super) width: f64,
}

impl Columns {
    /// Divides a width: names and figures take what they need up to a limit, the drawing has the rest.
    pub(super) fn new(whole: f64, most_name: f64, names: &[&str], figures: &[Vec<&str>]) -> Self {
        let longest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max).ceil();
        let name = longest(&mut names.iter().map(|name| width(name, NAME))).clamp(40.0, most_name);
        let mut end = whole;
        let mut ends = Vec::new();
        for column in figures.iter().rev() {
            ends.push(end);
            end -= longest(&mut column.iter().map(|figure| width(figure, DETAIL).min(most_name))) + GAP;
        }
        ends.reverse();
        Self { names: name, drawing: (name + GAP, end.max(name + GAP + 60.0)), figures: ends, most: most_name, width: whole }
    }

    /// Returns where a share of the drawing's width lies.
    pub(super) fn at(&self, share: f64) -> f64 {
        let (from, to) = self.drawing;
        from + share.clamp(0.0, 1.0) * (to - from)
    }
}

/// Returns the top of a row.
pub(super) fn top(row: usize) -> f64 {
    HEAD + count(row) * ROW
}

/// Opens a row, which leads somewhere as a whole: its ground, its name and its figures. The caller draws into it and closes it.
pub(super) fn open_row(svg: &mut Svg, columns: &Columns, row: usize, name: &str, title: &str, href: Option<&str>, figures: &[String]) {
    let y = top(row);
    svg.open_link(href, &[("class", "d-row")]);
    svg.text("title", &[], if title.is_empty() { name } else { title });
    let (width, height, at) = (number(columns.width), number(ROW), number(y));
    let place = [("class", "d-ground-row"), ("y", &*at), ("width", &*width), ("height", &*height)];
    svg.empty("rect", &[&place[..], &[("fill", "none"), ("pointer-events", "all")]].concat());
    let y = number(y + 16.0);
    svg.text("text", &[("class", "d-label"), ("x", "0"), ("y", &y)], &cut(name, columns.names, NAME));
    for (end, figure) in columns.figures.iter().zip(figures) {
        word(svg, (*end, &y), &cut(figure, columns.most, DETAIL), true);
    }
}

/// Draws the line between two rows.
pub(super) fn rule(svg: &mut Svg, columns: &Columns, row: usize) {
    line(svg, &format!("M0 {}H{}", number(top(row)), number(columns.width)));
}

/// Draws a line of the grid.
pub(super) fn line(svg: &mut Svg, data: &str) {
    svg.empty("path", &[("class", "d-grid"), ("d", data), ("fill", "none"), ("stroke", RULE_2), ("stroke-width", "0.6")]);
}

/// Writes a small word, from its end where that is asked for.
pub(super) fn word(svg: &mut Svg, (x, y): (f64, &str), text: &str, from_end: bool) {
    let anchor = if from_end { "end" } else { "" };
    let size = number(DETAIL);
    svg.text(
        "text",
        &[("class", "d-detail"), ("x", &number(x)), ("y", y), ("font-size", &size), ("text-anchor", anchor), ("fill", INK_2)],
        text,
    );
}

/// Writes the heads of the figures.
pub(super) fn heads(svg: &mut Svg, columns: &Columns, heads: &[String]) {
    for (end, head) in columns.figures.iter().zip(heads) {
        word(svg, (*end, &number(HEAD - 9.0)), head, true);
    }
}
