//! Terms on a calendar: from the last day on which something can be decided to the day on which it happens.

use super::chart::{Columns, grid, heads, open_row, word};
use super::draw::{ERROR, INK, INK_2, PAPER, Svg, number};
use super::glyph::{DETAIL, width};
use super::legend::{LegendKind, legend};
use super::{Caption, Picture};

/// Width of the picture, px.
const WIDTH: f64 = 1036.0;
/// Widest name, px.
const NAMES: f64 = 190.0;
/// Height of a window, px.
const WINDOW: f64 = 9.0;
/// Room below the rows for the word under the line of today, px.
const FOOT: f64 = 18.0;

/// Rows of terms over some months. Days are counted from the first day of the first month.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calendar {
    /// How many days are shown.
    pub days: f64,
    /// The months: the day on which each begins, and its name.
    pub months: Vec<(f64, String)>,
    /// Today.
    pub today: f64,
    /// The head of the figures on the right.
    pub head: String,
    /// The rows.
    pub terms: Vec<Term>,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Term {
    /// The name, cut if it is long.
    pub label: String,
    /// Shown on hover and read aloud; holds the whole name and both days.
    pub title: String,
    /// Where the row leads, relative to the page.
    pub href: Option<String>,
    /// The last day to decide; before the first day where that is long past.
    pub decide: f64,
    /// The day on which it renews or ends; behind the last day where that is later.
    pub renews: f64,
    /// How the decision stands.
    pub sort: TermSort,
    /// The figure on the right.
    pub figure: String,
}

/// How the decision about a term stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum TermSort {
    /// It can no longer be decided: a dashed window that begins with a cross.
    Passed,
    /// It is due: a filled window.
    Due,
    /// There is time: a hollow window.
    #[default]
    Ahead,
}

impl TermSort {
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Passed => "notice passed, will renew",
            Self::Due => "to be decided soon",
            Self::Ahead => "last day to decide, then renewal",
        }
    }

    /// Draws a window between two places, with its mark at the front and, if the end is in sight, a stroke at the back.
    pub(super) fn paint(self, svg: &mut Svg, (from, to): (f64, f64), middle: f64, ends_in_sight: bool) {
        let (class, fill, stroke, dash) = match self {
            Self::Passed => ("d-term d-passed", PAPER, ERROR, "3 2"),
            Self::Due => ("d-term d-due", INK, INK, ""),
            Self::Ahead => ("d-term", PAPER, INK_2, ""),
        };
        let (x, y) = (number(from), number(middle - WINDOW / 2.0));
        if to - from > 0.5 {
            let (width, height) = (number(to - from), number(WINDOW));
            let place = [("class", class), ("x", &*x), ("y", &*y), ("width", &*width), ("height", &*height)];
            svg.empty("rect", &[&place[..], &[("fill", fill), ("stroke", stroke), ("stroke-dasharray", dash)]].concat());
        }
        if ends_in_sight && to - from > 0.5 {
            let data = format!("M{} {}v15", number(to), number(middle - 7.5));
            svg.empty("path", &[("class", "d-end"), ("d", &data), ("stroke", INK), ("stroke-width", "1.8")]);
        }
        if self == Self::Passed {
            super::stroke::cross(svg, (from, middle), "");
        } else {
            let tip = format!("M{} {}h9l-4.5 11z", number(from - 4.5), number(middle - 6.0));
            svg.empty("path", &[("class", "d-flag"), ("d", &tip), ("fill", INK)]);
        }
    }
}

/// Draws a calendar; without rows the picture is empty.
pub fn picture(calendar: &Calendar, caption: &Caption<'_>) -> Picture {
    let names: Vec<&str> = calendar.terms.iter().map(|term| term.label.as_str()).collect();
    draw(calendar, caption, &Columns::new(WIDTH, NAMES, &names, &[figures(calendar)]))
}

/// Draws the same for a phone: each window below its name and figure.
pub fn narrow(calendar: &Calendar, caption: &Caption<'_>) -> Picture {
    draw(calendar, caption, &Columns::narrow(&[figures(calendar)]))
}

fn figures(calendar: &Calendar) -> Vec<&str> {
    calendar.terms.iter().map(|term| term.figure.as_str()).chain([calendar.head.as_str()]).collect()
}

fn draw(calendar: &Calendar, caption: &Caption<'_>, columns: &Columns) -> Picture {
    if calendar.terms.is_empty() || calendar.days <= 0.0 {
        return Picture::default();
    }
    let at = |day: f64| columns.at(day / calendar.days);
    let bottom = columns.top(calendar.terms.len());
    let mut svg = Svg::default();
    months(&mut svg, calendar, columns);
    for (row, term) in calendar.terms.iter().enumerate() {
        open_row(&mut svg, columns, row, &term.label, &term.title, term.href.as_deref(), std::slice::from_ref(&term.figure));
        term.sort.paint(&mut svg, (at(term.decide), at(term.renews)), columns.middle(row), term.renews <= calendar.days);
        svg.close();
    }
    let x = at(calendar.today);
    let now = format!("{}M{} {}v8", columns.grid(x, calendar.terms.len()), number(x), number(bottom - 4.0));
    svg.empty("path", &[("class", "d-now"), ("d", &now), ("stroke", INK), ("stroke-width", "1.5")]);
    word(&mut svg, (x, &number(bottom + FOOT - 3.0)), "today", x > columns.width - 60.0);
    heads(&mut svg, columns, std::slice::from_ref(&calendar.head));
    let mut picture = svg.into_picture(caption, columns.width, bottom + FOOT);
    picture.legend = legend(calendar.terms.iter().map(|term| LegendKind::Term(term.sort)));
    picture
}

/// Draws the beginnings of the months, and writes the names of all of them or of every second, third and so on: as many as
/// have room.
fn months(svg: &mut Svg, calendar: &Calendar, columns: &Columns) {
    let places: Vec<f64> = calendar.months.iter().map(|(day, _)| columns.at(day / calendar.days)).collect();
    grid(svg, columns, calendar.terms.len(), &places);
    let end = columns.at(1.0);
    let named = |every: usize| {
        let ends = places.iter().step_by(every).skip(1).chain([&end]);
        places.iter().zip(&calendar.months).step_by(every).zip(ends).map(|((from, (_, name)), to)| (*from, name, to - from))
    };
    let fits = |name: &str, room: f64| room > width(name, DETAIL) + 2.0;
    // The last of them may go without, since the calendar ends there.
    let all_fit = |every: &usize| {
        let count = named(*every).count();
        named(*every).enumerate().all(|(at, (_, name, room))| at + 1 == count || fits(name, room))
    };
    let every = (1..=calendar.months.len()).find(all_fit).unwrap_or(1);
    for (from, name, _) in named(every).filter(|(_, name, room)| fits(name, *room)) {
        word(svg, (from + 2.0, &number(columns.scale())), name, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::sample;

    const CAPTION: Caption<'_> = Caption { prefix: "c", title: "Calendar", description: "Terms." };

    fn calendar(terms: Vec<Term>) -> Calendar {
        let months = (0..13).map(|month| (f64::from(month) * 30.0, format!("Month {month}"))).collect();
        Calendar { days: 390.0, months, today: 20.0, head: "USD".to_owned(), terms }
    }

    fn term(sort: TermSort, decide: f64, renews: f64) -> Term {
        Term { label: "Contract".to_owned(), decide, renews, sort, figure: "1,000".to_owned(), ..Term::default() }
    }

    #[test]
    fn without_terms_there_is_no_picture() {
        assert_eq!(picture(&calendar(vec![]), &CAPTION), Picture::default());
    }

    #[test]
    fn a_narrow_calendar_fits_a_phone_and_says_the_same() {
        let terms = || vec![term(TermSort::Due, 10.0, 60.0), term(TermSort::Ahead, 30.0, 90.0)];
        let (wide, narrow) = (picture(&calendar(terms()), &CAPTION), narrow(&calendar(terms()), &CAPTION));
        sample::assert_well_formed(&narrow.svg);
        assert!(narrow.width <= 328.0 && wide.width > 1000.0);
        assert_eq!(narrow.svg.matches("class=\"d-row\"").count(), wide.svg.matches("class=\"d-row\"").count());
        assert_eq!(narrow.svg.matches("1,000").count(), 2);
    }

    #[test]
    fn how_a_decision_stands_is_told_by_shape() {
        let all = [TermSort::Passed, TermSort::Due, TermSort::Ahead].map(|sort| term(sort, 10.0, 60.0));
        let picture = picture(&calendar(all.to_vec()), &CAPTION);
        sample::assert_well_formed(&picture.svg);
        assert_eq!(picture.svg.matches("d-cross").count(), 1, "the notice that has passed");
        assert_eq!(picture.svg.matches("stroke-dasharray").count(), 1);
        assert_eq!(picture.svg.matches("class=\"d-flag\"").count(), 2);
        assert_eq!(picture.svg.matches("class=\"d-end\"").count(), 3);
        assert_eq!(picture.legend.len(), 3);
    }

    #[test]
    fn a_term_that_ends_on_the_day_of_its_decision_has_no_window() {
        let picture = picture(&calendar(vec![term(TermSort::Ahead, 50.0, 50.0)]), &CAPTION);
        assert!(!picture.svg.contains("d-term") && picture.svg.contains("d-flag"));
    }

    #[test]
    fn what_lies_outside_the_months_stays_at_their_edge_without_an_end() {
        let picture = picture(&calendar(vec![term(TermSort::Passed, -500.0, 9_000.0)]), &CAPTION);
        assert!(!picture.svg.contains("class=\"d-end\""));
        assert!(picture.svg.contains("d-passed"));
    }

    #[test]
    fn months_are_named_at_equal_distances_as_many_as_have_room() {
        let mut short = calendar(vec![term(TermSort::Ahead, 50.0, 60.0)]);
        let named = |picture: &Picture| (0..13).filter(|month| picture.svg.contains(&format!(">Month {month}<"))).collect::<Vec<i32>>();
        assert_eq!(named(&picture(&short, &CAPTION)), (0..13).collect::<Vec<_>>());
        // The last has no room: the calendar ends there.
        assert_eq!(named(&narrow(&short, &CAPTION)), [0, 3, 6, 9]);
        // Not even the first has room, and what comes last has.
        short.months = vec![(0.0, "October 2026".repeat(40)), (3.0, "November 2026".to_owned())];
        let picture = picture(&short, &CAPTION);
        assert!(!picture.svg.contains("October 2026"));
    }
}
