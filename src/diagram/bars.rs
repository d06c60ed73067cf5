//! Amounts as bars: one row each, in the order of the caller, with parts that shape tells apart.

use super::chart::{Columns, grid, heads, open_row, word};
use super::draw::{INK_2, PAPER, Svg, WASH, number};
use super::glyph::{DETAIL, width};
use super::legend::{LegendEntry, LegendKind, legend};
use super::{Caption, Picture};

/// Width of the picture, px.
const WIDTH: f64 = 1036.0;
/// Widest name, px.
const NAMES: f64 = 210.0;
/// Height of a bar, px.
const BAR: f64 = 10.0;
/// Room between two words of the scale, px.
const BETWEEN: f64 = 8.0;
/// So many marks stand on the scale at most.
const MARKS: f64 = 5.0;

/// Rows of bars on one scale from 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bars {
    /// What the scale counts, such as `USD`; written before its zero.
    pub unit: String,
    /// How wide the picture is, px, at least 200; the whole width of a page where nobody says.
    pub width: Option<f64>,
    /// The heads of the figures on the right.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Bar>,
    /// What each sort of part means here; one without words is left out of the legend.
    pub meaning: Vec<(Part, String)>,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bar {
    /// The name, cut if it is long.
    pub label: String,
    /// Shown on hover and read aloud; holds the whole name and the figures.
    pub title: String,
    /// Where the row leads, relative to the page.
    pub href: Option<String>,
    /// The parts of the bar one after the other, each with its length.
    pub parts: Vec<(Part, f64)>,
    /// The figures on the right, as many as there are heads.
    pub figures: Vec<String>,
}

/// A part of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Filled.
    Full,
    /// An outline.
    Rest,
    /// A dashed outline: not known, or nobody's.
    Unknown,
    /// A space: nothing is drawn.
    Space,
    /// A range that is usual: hatched by its wash and closed at both ends.
    Usual,
}

impl Part {
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Full => "filled",
            Self::Rest => "the rest",
            Self::Unknown => "not known",
            Self::Space => "",
            Self::Usual => "usual",
        }
    }

    /// Draws the part between two places.
    pub(super) fn paint(self, svg: &mut Svg, (from, to): (f64, f64), middle: f64) {
        let (class, fill, stroke, dash) = match self {
            Self::Space => return,
            Self::Full => ("d-part d-full", INK_2, INK_2, ""),
            Self::Rest => ("d-part", PAPER, INK_2, ""),
            Self::Unknown => ("d-part", PAPER, INK_2, "3 2"),
            Self::Usual => ("d-part d-usual", WASH, INK_2, ""),
        };
        let (x, y) = (number(from), number(middle - BAR / 2.0));
        let (width, height) = (number((to - from).max(1.0)), number(BAR));
        let place = [("class", class), ("x", &*x), ("y", &*y), ("width", &*width), ("height", &*height)];
        svg.empty("rect", &[&place[..], &[("fill", fill), ("stroke", stroke), ("stroke-dasharray", dash)]].concat());
        if self == Self::Usual {
            let ends = format!("M{from} {top}v16M{to} {top}v16", from = number(from), to = number(to), top = number(middle - 8.0));
            svg.empty("path", &[("class", "d-end"), ("d", &ends), ("stroke", INK_2), ("stroke-width", "1.6")]);
        }
    }
}

/// Draws bars; without rows the picture is empty.
pub fn picture(bars: &Bars, caption: &Caption<'_>) -> Picture {
    let whole = bars.width.map_or(WIDTH, |width| width.max(200.0));
    let names: Vec<&str> = bars.rows.iter().map(|row| row.label.as_str()).collect();
    draw(bars, caption, &Columns::new(whole, NAMES.min(whole / 3.0), &names, &texts(bars)))
}

/// Draws the same for a phone: each bar below its name and figures.
pub fn narrow(bars: &Bars, caption: &Caption<'_>) -> Picture {
    draw(bars, caption, &Columns::narrow(&texts(bars)))
}

/// The words of each column of figures.
fn texts(bars: &Bars) -> Vec<Vec<&str>> {
    bars.heads.iter().enumerate().map(|(at, head)| figures(bars, at).chain([head.as_str()]).collect()).collect()
}

fn draw(bars: &Bars, caption: &Caption<'_>, columns: &Columns) -> Picture {
    if bars.rows.is_empty() {
        return Picture::default();
    }
    let longest = bars.rows.iter().map(length).fold(0.0, f64::max);
    let step = step(longest);
    let most = (longest / step).ceil().max(1.0) * step;
    let mut svg = Svg::default();
    let bottom = columns.top(bars.rows.len());
    scale(&mut svg, columns, (step, most), bars);
    for (number, row) in bars.rows.iter().enumerate() {
        open_row(&mut svg, columns, number, &row.label, &row.title, row.href.as_deref(), &row.figures);
        let mut from = 0.0;
        for (part, length) in &row.parts {
            let to = from + length.max(0.0);
            if *length > 0.0 {
                part.paint(&mut svg, (columns.at(from / most), columns.at(to / most)), columns.middle(number));
            }
            from = to;
        }
        svg.close();
    }
    heads(&mut svg, columns, &bars.heads);
    let mut picture = svg.into_picture(caption, columns.width, bottom + 2.0);
    picture.legend = meaning(bars);
    picture
}

fn figures(bars: &Bars, at: usize) -> impl Iterator<Item = &str> {
    bars.rows.iter().filter_map(move |row| row.figures.get(at).map(String::as_str))
}

fn length(row: &Bar) -> f64 {
    row.parts.iter().map(|(_, length)| length.max(0.0)).sum()
}

/// The distance of two marks: 1, 2 or 5 times a power of ten, so that few of them reach the end.
fn step(longest: f64) -> f64 {
    let mut step = 1.0;
    // Whatever is longer than any amount of money is drawn with more marks.
    for factor in [2.0, 2.5, 2.0].iter().cycle().take(90) {
        if longest <= step * MARKS {
            break;
        }
        step *= factor;
    }
    step
}

/// Draws the grid and writes what its lines count, where there is room.
fn scale(svg: &mut Svg, columns: &Columns, (step, most): (f64, f64), bars: &Bars) {
    let marks: Vec<f64> = (0..=6_u32).map(|mark| f64::from(mark) * step).take_while(|value| *value <= most * 1.000_001).collect();
    let places: Vec<f64> = marks.iter().map(|value| columns.at(value / most)).collect();
    grid(svg, columns, bars.rows.len(), &places);
    let y = number(columns.scale());
    let mut free = f64::NEG_INFINITY;
    for (at, (value, x)) in marks.iter().zip(&places).enumerate() {
        let words = match (at, bars.unit.as_str()) {
            (0, "") => "0".to_owned(),
            (0, unit) => format!("{unit} 0"),
            _ => crate::model::thousands(*value),
        };
        let long = width(&words, DETAIL);
        let from = if at > 0 { x - long } else { *x };
        if from > free {
            word(svg, (*x, &y), &words, at > 0);
            free = from + long + BETWEEN;
        }
    }
}

/// What occurs, in the words of the caller.
fn meaning(bars: &Bars) -> Vec<LegendEntry> {
    let occurs = |part: &Part| bars.rows.iter().any(|row| row.parts.iter().any(|(of, length)| of == part && *length > 0.0));
    let told = bars.meaning.iter().filter(|(part, words)| !words.is_empty() && occurs(part));
    told.flat_map(|(part, words)| legend([LegendKind::Part(*part)]).into_iter().map(|entry| LegendEntry { label: words.clone(), ..entry }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::sample;

    const CAPTION: Caption<'_> = Caption { prefix: "b", title: "Cost", description: "Amounts." };

    fn bar(label: &str, parts: &[(Part, f64)]) -> Bar {
        Bar { label: label.to_owned(), parts: parts.to_vec(), figures: vec!["1,000".to_owned()], ..Bar::default() }
    }

    fn bars(rows: Vec<Bar>) -> Bars {
        let meaning = vec![(Part::Full, "in use".to_owned()), (Part::Rest, "idle".to_owned()), (Part::Unknown, "not measured".to_owned())];
        Bars { unit: "USD".to_owned(), width: None, heads: vec!["a year".to_owned()], rows, meaning }
    }

    #[test]
    fn without_rows_there_is_no_picture() {
        assert_eq!(picture(&bars(vec![]), &CAPTION), Picture::default());
    }

    #[test]
    fn parts_follow_one_another_and_are_as_long_as_they_say() {
        let picture =
            picture(&bars(vec![bar("A", &[(Part::Full, 30.0), (Part::Rest, 70.0)]), bar("B", &[(Part::Unknown, 50.0)])]), &CAPTION);
        sample::assert_well_formed(&picture.svg);
        let part = |class: &str| {
            let at = picture.svg.find(class).unwrap();
            let number = |key: &str| -> f64 {
                let rest = &picture.svg[at..];
                let from = rest.find(key).unwrap() + key.len();
                rest[from..].split('"').next().unwrap().parse().unwrap()
            };
            (number(" x=\""), number(" width=\""))
        };
        let (full, rest) = (part("class=\"d-part d-full\""), part("class=\"d-part\""));
        assert!((full.0 + full.1 - rest.0).abs() < 0.2, "{full:?} {rest:?}");
        assert!((rest.1 / full.1 - 7.0 / 3.0).abs() < 0.01, "{full:?} {rest:?}");
        assert!(picture.svg.contains("stroke-dasharray=\"3 2\""));
    }

    #[test]
    fn narrow_bars_fit_a_phone_each_below_its_words() {
        let rows = || bars(vec![bar("A long name of a tool", &[(Part::Full, 30.0)]), bar("B", &[(Part::Rest, 60.0)])]);
        let (wide, narrow) = (picture(&rows(), &CAPTION), narrow(&rows(), &CAPTION));
        sample::assert_well_formed(&narrow.svg);
        assert!(narrow.width <= 328.0 && narrow.height > wide.height);
        assert!(narrow.svg.contains(">A long name of a tool<"));
        assert_eq!(narrow.svg.matches("class=\"d-row\"").count(), 2);
    }

    #[test]
    fn a_legend_tells_what_occurs_in_the_words_of_the_caller() {
        let labels = |rows| -> Vec<String> { picture(&bars(rows), &CAPTION).legend.into_iter().map(|entry| entry.label).collect() };
        assert_eq!(labels(vec![bar("A", &[(Part::Full, 1.0), (Part::Rest, 0.0)])]), ["in use"]);
        assert_eq!(labels(vec![bar("A", &[(Part::Unknown, 1.0), (Part::Rest, 2.0)])]), ["idle", "not measured"]);
    }

    #[test]
    fn few_marks_stand_on_a_scale_whatever_the_amounts() {
        for longest in [0.0, 0.5, 1.0, 3.0, 7.0, 99.0, 123_456.0, 9e14, 1e24] {
            let step = step(longest);
            assert!(longest / step <= MARKS + 1e-9, "{longest}: {step}");
            assert!(longest < 2.0 || longest / step > 1.9, "{longest}: {step}");
        }
        let picture = picture(&bars(vec![bar("A", &[])]), &CAPTION);
        assert!(picture.svg.contains(">USD 0<") && picture.svg.contains(">1<"));
    }

    #[test]
    fn long_names_are_cut_and_a_row_is_one_link() {
        let mut row = bar(&"w".repeat(500), &[(Part::Full, 1.0)]);
        row.figures = vec!["w".repeat(500)];
        row.href = Some("tools/a.html".to_owned());
        let picture = picture(&bars(vec![row]), &CAPTION);
        assert!(picture.svg.matches("…</text>").count() == 2 && picture.svg.matches("<a ").count() == 1);
        assert!((picture.width - WIDTH).abs() < 0.1);
    }
}
