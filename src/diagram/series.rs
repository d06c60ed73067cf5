//! What was measured over time, beside the target.

use super::draw::{INK, INK_2, PAPER, RULE_2, Svg, WASH, number};
use super::glyph::{DETAIL, cut, width};
use super::{Caption, Picture};

/// Size of the picture, px, and of the one for a phone.
const WIDTH: f64 = 720.0;
const NARROW: f64 = 326.0;
const HEIGHT: f64 = 210.0;
/// Room above and below the drawing, px.
const TOP: f64 = 16.0;
const BOTTOM: f64 = 28.0;
/// Room between words and what they stand beside, px.
const GAP: f64 = 8.0;
/// So many marks stand on the scale at most.
const MARKS: f64 = 4.0;
/// Radius of a point, px.
const POINT: f64 = 4.0;

/// Values over time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series {
    /// The values, in the order of their days.
    pub points: Vec<Point>,
    /// The least that is on target.
    pub least: Option<f64>,
    /// The most that is on target.
    pub most: Option<f64>,
}

/// Writes a number of the scale: `1.5%`.
pub type Scale<'s> = &'s dyn Fn(f64) -> String;

/// A value on a day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Point {
    /// The day, counted from any first one.
    pub day: i64,
    /// The day in words: `2 Nov 2026`.
    pub on: String,
    /// The value.
    pub value: f64,
    /// The value in words: `1.1%`.
    pub label: String,
    /// Whether it lies outside the target.
    pub is_off: bool,
}

/// Draws values over time; without any the picture is empty.
pub fn picture(series: &Series, scale: Scale<'_>, caption: &Caption<'_>) -> Picture {
    draw(series, scale, caption, WIDTH)
}

/// Draws the same for a phone.
pub fn narrow(series: &Series, scale: Scale<'_>, caption: &Caption<'_>) -> Picture {
    draw(series, scale, caption, NARROW)
}

fn draw(series: &Series, scale: Scale<'_>, caption: &Caption<'_>, whole: f64) -> Picture {
    let (Some(first), Some(last)) = (series.points.first(), series.points.last()) else { return Picture::default() };
    let marks = marks(series);
    let (Some(low), Some(high)) = (marks.first().copied(), marks.last().copied()) else { return Picture::default() };
    let words: Vec<String> = marks.iter().map(|mark| cut(&scale(*mark), whole / 4.6, DETAIL)).collect();
    // Figures are wider than the letters that widths are reckoned from.
    let room = |text: &str| (width(text, DETAIL) * 1.15).min(whole / 4.0).ceil() + GAP;
    let left = words.iter().map(|word| room(word)).fold(0.0, f64::max);
    let right = whole - room(&last.label) - POINT;
    let frame = Frame { left: left + POINT, right: right.max(left + 60.0), low, high, first: first.day, last: last.day };
    let mut svg = Svg::default();
    target(&mut svg, &frame, series, left);
    for (mark, text) in marks.iter().zip(&words) {
        let y = frame.y(*mark);
        let line = format!("M{} {}H{}", number(left), number(y), number(frame.right + POINT));
        svg.empty("path", &[("class", "d-grid"), ("d", &line), ("fill", "none"), ("stroke", RULE_2), ("stroke-width", "0.6")]);
        word(&mut svg, (left - GAP, y + 4.0), text, "end");
    }
    let path: Vec<String> =
        series.points.iter().map(|point| format!("{} {}", number(frame.x(point.day)), number(frame.y(point.value)))).collect();
    let path = format!("M{}", path.join("L"));
    svg.empty("path", &[("class", "d-series"), ("d", &path), ("fill", "none"), ("stroke", INK_2), ("stroke-width", "1.6")]);
    for point in &series.points {
        mark(&mut svg, &frame, point);
    }
    let beside = (frame.x(last.day) + POINT + 4.0, frame.y(last.value) + 4.0);
    word(&mut svg, beside, &cut(&last.label, whole / 4.6, DETAIL), "");
    let below = HEIGHT - 8.0;
    if series.points.len() == 1 {
        word(&mut svg, (frame.x(last.day), below), &last.on, "middle");
    } else {
        word(&mut svg, (left, below), &first.on, "");
        word(&mut svg, (frame.right + POINT, below), &last.on, "end");
    }
    svg.into_picture(caption, whole, HEIGHT)
}

/// Draws what is on target: a ground between its bounds, and a dashed line at each.
fn target(svg: &mut Svg, frame: &Frame, series: &Series, left: f64) {
    if series.least.is_none() && series.most.is_none() {
        return;
    }
    let top = series.most.map_or(TOP, |most| frame.y(most));
    let bottom = series.least.map_or(HEIGHT - BOTTOM, |least| frame.y(least));
    let (x, y) = (number(left), number(top));
    let (wide, high) = (number(frame.right + POINT - left), number((bottom - top).max(0.0)));
    let place = [("class", "d-target"), ("x", &*x), ("y", &*y), ("width", &*wide), ("height", &*high)];
    svg.empty("rect", &[&place[..], &[("fill", WASH)]].concat());
    for bound in [series.least, series.most].into_iter().flatten() {
        let line = format!("M{x} {}H{}", number(frame.y(bound)), number(frame.right + POINT));
        let dashed = [("stroke", INK_2), ("stroke-width", "1.4"), ("stroke-dasharray", "4 3"), ("fill", "none")];
        svg.empty("path", &[&[("class", "d-series"), ("d", &*line)], &dashed[..]].concat());
    }
}

/// Draws a value: a disc on target, a hollow diamond off it, so that shape tells.
fn mark(svg: &mut Svg, frame: &Frame, point: &Point) {
    let (x, y) = (frame.x(point.day), frame.y(point.value));
    svg.open("g", &[("class", "d-point")]);
    svg.text("title", &[], &format!("{}: {}{}", point.on, point.label, if point.is_off { ", off target" } else { "" }));
    if point.is_off {
        let r = number(POINT + 1.5);
        let shape = format!("M{} {}l{r} {r}l-{r} {r}l-{r} -{r}z", number(x), number(y - POINT - 1.5));
        svg.empty("path", &[("class", "d-part"), ("d", &shape), ("fill", PAPER), ("stroke", INK), ("stroke-width", "1.6")]);
    } else {
        let (x, y, r) = (number(x), number(y), number(POINT));
        svg.empty("circle", &[("class", "d-part d-full"), ("cx", &x), ("cy", &y), ("r", &r), ("fill", INK_2), ("stroke", INK_2)]);
    }
    svg.close();
}

fn word(svg: &mut Svg, (x, y): (f64, f64), text: &str, anchor: &str) {
    let (x, y, size) = (number(x), number(y), number(DETAIL));
    let place = [("class", "d-detail"), ("x", &*x), ("y", &*y), ("font-size", &*size), ("text-anchor", anchor), ("fill", INK_2)];
    svg.text("text", &place, text);
}

/// The marks of the scale: they hold every value and the bounds of the target, and 0 where it is near.
fn marks(series: &Series) -> Vec<f64> {
    let values = series.points.iter().map(|point| point.value).chain(series.least).chain(series.most);
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let is_near = low >= 0.0 && low / 2.0 <= high - low;
    let low = if is_near { 0.0 } else { low };
    let span = if high > low { high / MARKS - low / MARKS } else { low.abs().max(1.0) / MARKS };
    let step = step(span);
    let first = ((low / step).floor() * step).max(f64::MIN);
    let mut marks = vec![first];
    while let Some(last) = marks.last().copied().filter(|last| *last < high || marks.len() < 2) {
        // Values that are too large to be told apart get no more marks.
        let next = last + step;
        if marks.len() > 12 || !next.is_finite() || next <= last {
            break;
        }
        marks.push(next);
    }
    marks
}

/// The next distance of marks that people count in: 1, 2 or 5 times a power of ten.
fn step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    let power = if power.is_finite() && power > 0.0 { power } else { 1.0 };
    [1.0, 2.0, 5.0].into_iter().map(|factor| factor * power).find(|step| *step >= least).unwrap_or(10.0 * power)
}

/// Where values and days stand.
struct Frame {
    left: f64,
    right: f64,
    low: f64,
    high: f64,
    first: i64,
    last: i64,
}

impl Frame {
    fn y(&self, value: f64) -> f64 {
        // Halves, because the distance of two numbers may be more than a number can say.
        let share = (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0);
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.5 };
        HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)
    }

    #[expect(clippy::cast_precision_loss, reason = "a number of days")]
    fn x(&self, day: i64) -> f64 {
        let span = (self.last - self.first) as f64;
        let share = if span > 0.0 { (day - self.first) as f64 / span } else { 0.5 };
        self.left + share * (self.right - self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::{Caption, Point, Series, marks, narrow, picture};

    const CAPTION: Caption<'_> = Caption { prefix: "m", title: "Bounce rate", description: "Two values." };

    fn series(values: &[f64], least: Option<f64>, most: Option<f64>) -> Series {
        let point = |(day, value): (i64, &f64)| Point {
            day: day * 30,
            on: format!("day {day}"),
            value: *value,
            label: format!("{value}%"),
            is_off: most.is_some_and(|most| *value > most),
        };
        Series { points: (0..).zip(values).map(point).collect(), least, most }
    }

    #[test]
    fn the_scale_holds_every_value_and_the_target() {
        for (values, most) in
            [(vec![1.4, 1.1], Some(2.0)), (vec![95.0, 97.5, 93.0], Some(98.0)), (vec![-3.0, 4.0], None), (vec![0.0], None)]
        {
            let all = series(&values, None, most);
            let marks = marks(&all);
            assert!((2..=8).contains(&marks.len()), "{marks:?}");
            for value in values.iter().copied().chain(most) {
                assert!(marks[0] <= value && value <= *marks.last().unwrap(), "{value} in {marks:?}");
            }
        }
        assert!(marks(&series(&[95.0, 97.5, 93.0], None, None))[0] > 80.0);
        assert!(marks(&series(&[1.4, 1.1], None, Some(2.0)))[0].abs() < 1e-9);
    }

    #[test]
    fn values_that_are_huge_tiny_or_alike_are_drawn_within_the_picture() {
        for values in [vec![1e15, -1e15], vec![1e-300], vec![7.0; 40], vec![f64::MAX, 1.0], vec![-0.0]] {
            for drawn in [
                picture(&series(&values, None, None), &|mark| mark.to_string(), &CAPTION),
                narrow(&series(&values, Some(0.0), None), &|_| "x".to_owned(), &CAPTION),
            ] {
                assert!(drawn.svg.contains("<svg") && !drawn.svg.contains("NaN") && !drawn.svg.contains("inf"), "{}", drawn.svg);
            }
        }
        assert_eq!(picture(&Series::default(), &|_| String::new(), &CAPTION).svg, "");
    }

    #[test]
    fn what_is_off_target_has_a_shape_of_its_own_and_says_so() {
        let drawn = picture(&series(&[1.0, 3.0], None, Some(2.0)), &|mark| format!("{mark}%"), &CAPTION).svg;
        assert_eq!(drawn.matches("<circle").count(), 1);
        assert!(drawn.contains("<title>day 1: 3%, off target</title>"), "{drawn}");
        assert!(drawn.contains("stroke-dasharray"));
    }
}
