//! Boxes and ways of a decision.

use super::{Choice, End, Taker, TakerSort};
use crate::diagram::LineStyle;
use crate::diagram::columns::{Point, Rect};
use crate::diagram::draw::{ERROR, INK, INK_2, PAPER, Svg, number};
use crate::diagram::fold::Look;
use crate::diagram::glyph::{DETAIL, LINE, NAME, count, fill, wrap};
use crate::diagram::mark::{Border, Face, border, label};
use crate::diagram::stroke::{cross, path, stroke, toward};

/// Width of a rule, px: a phone shows all of it, and that there is more beside it.
const RULE: f64 = 300.0;
/// Space between a rule and who gets what it takes, px.
const BETWEEN: f64 = 84.0;
/// Width of who gets it, px.
const TAKER: f64 = 300.0;
/// Space between two rules, px.
pub(super) const FALL: f64 = 24.0;
/// White space around the picture, px.
pub(super) const MARGIN: f64 = 2.0;
/// Where text begins in a box, px; beside a number it begins at `INDENT`.
const PAD: f64 = 10.0;
const INDENT: f64 = 34.0;
/// Where the way down leaves a box, px from its left.
const DROP: f64 = 20.0;
/// How much wider than reckoned a line may turn out, px.
const SPARE: f64 = 6.0;
/// How much wider bold letters are in the widest of the usual faces.
const STRONG: f64 = 1.17;
/// Most lines of a condition, and of one of its alternatives.
const LINES: (usize, usize) = (6, 3);
/// Where the dark box at the top ends, px.
pub(super) const HEAD: f64 = MARGIN + 30.0;
/// Width of the picture, px.
pub(super) const WIDTH: f64 = 2.0 * MARGIN + RULE + BETWEEN + TAKER;
/// Second lines, which are most of the text: their size and colour are those of the group around all of it.
const QUIET: Face = Face { class: "", ..Face::NAME };

/// Text of a box in lines.
struct Text {
    name: Vec<String>,
    detail: Vec<String>,
    error: Vec<String>,
}

impl Text {
    fn height(&self) -> f64 {
        LINE * count(self.name.len()) + 15.0 * count(self.detail.len() + self.error.len()) + 14.0
    }

    /// Where its first line begins in the middle of a box.
    fn top(&self, rect: Rect) -> f64 {
        rect.y + (rect.height - self.height()) / 2.0 + 7.0
    }

    /// Writes the whole text where some of it is cut.
    fn title(&self, svg: &mut Svg, whole: &str) {
        if self.name.iter().chain(&self.detail).chain(&self.error).any(|line| line.ends_with('…')) {
            svg.text("title", &[], whole);
        }
    }
}

/// The most height that a rule needs, with who gets what it takes.
pub(super) fn tall(choice: &Choice) -> f64 {
    letter(choice).height().max(letter_taker(&choice.taker).height()).max(40.0)
}

fn letter(choice: &Choice) -> Text {
    let room = RULE - INDENT - PAD - SPARE;
    let mut detail: Vec<String> = Vec::new();
    for (index, alternative) in choice.condition.iter().enumerate() {
        let text = if index == 0 { alternative.clone() } else { format!("or {alternative}") };
        detail.extend(fill(&text, room, DETAIL, LINES.1));
    }
    if detail.len() > LINES.0 {
        detail.truncate(LINES.0 - 1);
        detail.push("or …".to_owned());
    }
    let error = choice.never.iter().flat_map(|never| fill(never, room / STRONG, DETAIL, 2)).collect();
    Text { name: wrap(&choice.label, room / STRONG, NAME), detail, error }
}

fn letter_taker(taker: &Taker) -> Text {
    let room = TAKER - 2.0 * PAD - SPARE;
    let detail = taker.detail.iter().flat_map(|detail| fill(detail, room, DETAIL, 3)).collect();
    Text { name: wrap(&taker.label, room / STRONG, NAME), detail, error: Vec::new() }
}

/// Writes text into a box, in the middle of its height.
fn lettering(svg: &mut Svg, rect: Rect, indent: f64, text: &Text, name: Face) {
    let mut y = text.top(rect);
    let rows = text.name.iter().map(|row| (row, name, LINE, 12.4));
    let rows = rows.chain(text.detail.iter().map(|row| (row, QUIET, 15.0, 11.4)));
    for (row, face, step, base) in rows.chain(text.error.iter().map(|row| (row, Face::ERROR, 15.0, 11.4))) {
        label(svg, (rect.x + indent, y + base), row, face);
        y += step;
    }
}

/// Draws the dark box at the top, and opens the group around all that follows.
pub(super) fn paint_start(svg: &mut Svg, text: &str) {
    svg.open("g", &[("class", "d-quiet"), ("font-size", &number(DETAIL)), ("fill", INK_2)]);
    let (x, wide) = (number(MARGIN), number(RULE));
    let height = number(HEAD - MARGIN);
    svg.empty("rect", &[("class", "d-start"), ("x", &x), ("y", &x), ("width", &wide), ("height", &height), ("rx", "2"), ("fill", INK)]);
    let line = fill(text, (RULE - 2.0 * PAD) / STRONG, NAME, 1).concat();
    label(svg, (MARGIN + PAD, MARGIN + 20.0), &line, Face { class: "d-on", colour: PAPER, ..Face::STRONG });
}

/// Draws the way down from a rule that did not take the record, or from the start; returns where the next box begins.
pub(super) fn paint_fall(svg: &mut Svg, y: f64, above: Option<&Choice>) -> f64 {
    if above.is_none_or(|choice| !choice.always) {
        let step = above.map(|choice| choice.place.to_string()).unwrap_or_default();
        svg.open("g", &[("class", "d-fall"), ("data-step", &step), ("data-way", if above.is_some() { "no" } else { "" })]);
        arrow(svg, (MARGIN + DROP, y), (MARGIN + DROP, y + FALL));
        if above.is_some() {
            label(svg, (MARGIN + DROP + 9.0, y + 15.0), "no", QUIET);
        }
        svg.close();
    }
    y + FALL
}

/// Draws a straight way with its arrowhead as one path: there are many, and nothing lies below them.
fn arrow(svg: &mut Svg, from: Point, to: Point) {
    let back = toward(to, from, 7.0);
    let wing = |by: f64| if (to.0 - from.0).abs() > 0.01 { (back.0, back.1 + by) } else { (back.0 + by, back.1) };
    let at = |(x, y): Point| format!("{} {}", number(x), number(y));
    let data = format!("M{}L{}L{}L{}L{}", at(from), at(back), at(wing(-3.5)), at(to), at(wing(3.5))) + "L" + &at(back);
    svg.empty("path", &[("class", "d-arrow"), ("d", &data), ("fill", INK_2), ("stroke", INK_2)]);
}

/// Draws a rule and who gets what it takes; returns their height.
pub(super) fn paint_choice(svg: &mut Svg, choice: &Choice, y: f64) -> f64 {
    let (text, step) = (letter(choice), choice.place.to_string());
    let height = tall(choice);
    let rect = Rect { x: MARGIN, y, width: RULE, height };
    let never = choice.never.is_some();
    svg.open_link(choice.href.as_deref(), &[("class", "d-box"), ("data-step", &step), ("data-way", "ask")]);
    text.title(svg, &choice.title);
    border(svg, rect, if never { Border::Dead } else { Border::High });
    label(svg, (rect.x + PAD, text.top(rect) + 12.4), &(choice.place + 1).to_string(), QUIET);
    lettering(svg, rect, INDENT, &text, if never { Face::STRUCK } else { Face::STRONG });
    svg.close();
    paint_taker(svg, choice, Rect { x: MARGIN + RULE + BETWEEN, y, width: TAKER, height });
    height
}

/// Draws who gets what a rule takes, and the way there.
fn paint_taker(svg: &mut Svg, choice: &Choice, rect: Rect) {
    let (taker, never) = (&choice.taker, choice.never.is_some());
    let way = [("class", "d-box"), ("data-step", &*choice.place.to_string()), ("data-way", "yes")];
    svg.open_link(taker.href.as_deref(), &way);
    let text = letter_taker(taker);
    text.title(svg, &taker.title);
    let (from, to) = ((MARGIN + RULE, rect.y + rect.height / 2.0), (rect.x, rect.y + rect.height / 2.0));
    if never {
        stroke(svg, &path(&[from, to]), Look { style: LineStyle::Tag, broken: false, critical: false });
        cross(svg, (from.0 + BETWEEN / 2.0, from.1), "");
    } else {
        arrow(svg, from, to);
        label(svg, (from.0 + 14.0, from.1 - 5.0), if choice.always { "all" } else { "yes" }, QUIET);
    }
    let kind = match taker.sort {
        _ if never => Border::Dead,
        TakerSort::Somebody => Border::Normal,
        TakerSort::Nobody => Border::Lone,
        TakerSort::Elsewhere => Border::Double,
    };
    border(svg, rect, kind);
    lettering(svg, rect, PAD + 3.0, &text, Face::STRONG);
    svg.close();
}

/// Draws what becomes of the rest; returns its height.
pub(super) fn paint_end(svg: &mut Svg, end: &End, y: f64, place: usize) -> f64 {
    let (words, detail, kind, name) = match end {
        End::Nothing => return 0.0,
        End::Next(words) => (words, None, Border::Normal, Face::NAME),
        End::Rest { label, detail, gap: true } => {
            (label, detail.as_deref(), Border::Gap, Face { class: "d-label d-error", colour: ERROR, ..Face::STRONG })
        }
        End::Others { label, detail } => (label, detail.as_deref(), Border::Double, Face::STRONG),
        End::Rest { label, detail, gap: false } => (label, detail.as_deref(), Border::Lone, Face::STRONG),
    };
    let gap = kind == Border::Gap;
    let indent = if gap { INDENT } else { PAD + 3.0 };
    let room = RULE - indent - PAD - SPARE;
    let detail = detail.map(|detail| fill(detail, room, DETAIL, 3)).unwrap_or_default();
    let text = Text { name: wrap(words, room / STRONG, NAME), detail, error: Vec::new() };
    let rect = Rect { x: MARGIN, y, width: RULE, height: text.height().max(34.0) };
    let step = if matches!(end, End::Next(_)) { String::new() } else { place.to_string() };
    svg.open("g", &[("class", "d-end"), ("data-step", &step), ("data-way", if step.is_empty() { "" } else { "end" })]);
    border(svg, rect, kind);
    if gap {
        cross(svg, (rect.x + DROP, rect.y + rect.height / 2.0), "");
    }
    lettering(svg, rect, indent, &text, name);
    svg.close();
    rect.height
}
