//! What charts have in common: rows with a name on the left and figures on the right, and a grid behind them.

use super::draw::{INK_2, RULE_2, Svg, number};
use super::glyph::{DETAIL, NAME, count, cut, width};

/// Height of a row, px: the least that a finger hits. A narrow row has its drawing below its words.
const ROW: f64 = 24.0;
const NARROW_ROW: f64 = 40.0;
/// Height of the head above the rows, px; a narrow one has the words of the scale below those of the figures.
const HEAD: f64 = 26.0;
const NARROW_HEAD: f64 = 40.0;
/// Width of a narrow chart, px: that of a small phone.
pub(super) const NARROW: f64 = 326.0;
/// Room between two columns, px.
const GAP: f64 = 14.0;
/// Half the height of a line of the grid in a narrow row, px.
const TICK: f64 = 9.0;

/// Where the columns and rows of a chart stand.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// Width of the names.
    names: f64,
    /// Where the drawing begins and ends.
    drawing: (f64, f64),
    /// The right ends of the figures.
    figures: Vec<f64>,
    /// Widest figure.
    most: f64,
    /// Width of the whole.
    pub(super) width: f64,
    /// Whether the drawing of a row stands below its words.
    is_narrow: bool,
}

impl Columns {
    /// Divides a width: names and figures take what they need up to a limit, the drawing has the rest.
    pub(super) fn new(whole: f64, most: f64, names: &[&str], figures: &[Vec<&str>]) -> Self {
        let name = widest(names.iter().map(|name| width(name, NAME))).clamp(40.0, most);
        let (ends, end) = ends(whole, most, figures);
        let drawing = (name + GAP, end.max(name + GAP + 60.0));
        Self { names: name, drawing, figures: ends, most, width: whole, is_narrow: false }
    }

    /// Divides the width of a phone: the drawing has all of it, below the name and the figures.
    pub(super) fn narrow(figures: &[Vec<&str>]) -> Self {
        let most = NARROW / 3.0;
        let (ends, end) = ends(NARROW, most, figures);
        Self { names: end.max(60.0), drawing: (5.0, NARROW - 5.0), figures: ends, most, width: NARROW, is_narrow: true }
    }

    /// Returns where a share of the drawing's width lies.
    pub(super) fn at(&self, share: f64) -> f64 {
        let (from, to) = self.drawing;
        from + share.clamp(0.0, 1.0) * (to - from)
    }

    /// Returns the height of a row.
    const fn row(&self) -> f64 {
        if self.is_narrow { NARROW_ROW } else { ROW }
    }

    /// Returns the height of the head.
    const fn head(&self) -> f64 {
        if self.is_narrow { NARROW_HEAD } else { HEAD }
    }

    /// Returns the top of a row.
    pub(super) fn top(&self, row: usize) -> f64 {
        self.head() + count(row) * self.row()
    }

    /// Returns the middle of what is drawn of a row.
    pub(super) fn middle(&self, row: usize) -> f64 {
        self.top(row) + if self.is_narrow { 28.0 } else { ROW / 2.0 }
    }

    /// Returns where the words of the scale stand.
    pub(super) fn scale(&self) -> f64 {
        self.head() - 9.0
    }

    /// Returns the path of a line of the grid through so many rows: a narrow chart has none through its words.
    pub(super) fn grid(&self, x: f64, rows: usize) -> String {
        let x = number(x);
        if !self.is_narrow {
            return format!("M{x} {}V{}", number(self.head() - 4.0), number(self.top(rows)));
        }
        let tick = |row| format!("M{x} {}v{}", number(self.middle(row) - TICK), number(2.0 * TICK));
        (0..rows).map(tick).collect()
    }
}

fn widest(widths: impl Iterator<Item = f64>) -> f64 {
    widths.fold(0.0, f64::max).ceil()
}

/// The right ends of columns of figures, and where what is left of them ends.
fn ends(whole: f64, most: f64, figures: &[Vec<&str>]) -> (Vec<f64>, f64) {
    let mut end = whole;
    let mut ends = Vec::new();
    for column in figures.iter().rev() {
        ends.push(end);
        end -= widest(column.iter().map(|figure| width(figure, DETAIL).min(most))) + GAP;
    }
    ends.reverse();
    (ends, end)
}

/// Opens a row, which leads somewhere as a whole: its ground, its name and its figures. The caller draws into it and closes it.
pub(super) fn open_row(svg: &mut Svg, columns: &Columns, row: usize, name: &str, title: &str, href: Option<&str>, figures: &[String]) {
    let y = columns.top(row);
    svg.open_link(href, &[("class", "d-row")]);
    svg.text("title", &[], if title.is_empty() { name } else { title });
    let (width, height, at) = (number(columns.width), number(columns.row()), number(y));
    let place = [("class", "d-ground-row"), ("y", &*at), ("width", &*width), ("height", &*height)];
    svg.empty("rect", &[&place[..], &[("fill", "none"), ("pointer-events", "all")]].concat());
    let y = number(y + 16.0);
    svg.text("text", &[("class", "d-label"), ("x", "0"), ("y", &y)], &cut(name, columns.names, NAME));
    for (end, figure) in columns.figures.iter().zip(figures) {
        word(svg, (*end, &y), &cut(figure, columns.most, DETAIL), true);
    }
}

/// Draws the lines between so many rows, and those of the grid at these places. Comes first, so that none goes through
/// what is drawn.
pub(super) fn grid(svg: &mut Svg, columns: &Columns, rows: usize, places: &[f64]) {
    let mut data: String = places.iter().map(|x| columns.grid(*x, rows)).collect();
    data.extend((0..=rows).map(|row| format!("M0 {}H{}", number(columns.top(row)), number(columns.width))));
    svg.empty("path", &[("class", "d-grid"), ("d", &data), ("fill", "none"), ("stroke", RULE_2), ("stroke-width", "0.6")]);
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
        word(svg, (*end, &number(HEAD - 9.0 - if columns.is_narrow { 4.0 } else { 0.0 })), head, true);
    }
}
