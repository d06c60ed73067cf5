//! A routing as an ordered decision: rules from top to bottom, to the right of each who gets what it takes.
//!
//! A record falls from rule to rule until one takes it. What never happens is dotted and crossed, what is left over at
//! the end is a box of its own. A long list is drawn in parts that fit a sheet of paper, see [`parts`].

use super::draw::Svg;
use super::glyph::count;
use super::legend::{LegendKind, legend};
use super::{Caption, Picture};

mod paint;

use paint::{FALL, HEAD, MARGIN, WIDTH, paint_choice, paint_end, paint_fall, paint_start, tall};

/// The height at which a picture is divided, px: what is still legible on a sheet.
const SHEET: f64 = 1100.0;

/// Rules in order, and what becomes of a record before and after them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// What is decided about: `A lead arrives`.
    pub start: String,
    /// The rules.
    pub rules: Vec<Choice>,
    /// What becomes of a record that no rule takes.
    pub end: End,
}

/// A rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Its place in the whole list, from 0; identifies it to scripts.
    pub place: usize,
    /// Its name.
    pub label: String,
    /// When it takes a record: alternatives, of which one must hold.
    pub condition: Vec<String>,
    /// It takes every record that comes so far: nothing falls further.
    pub always: bool,
    /// Why it can never take a record.
    pub never: Option<String>,
    /// Who gets what it takes.
    pub taker: Taker,
    /// Where the box leads, relative to the page.
    pub href: Option<String>,
    /// The full name and condition: shown on hover and read aloud where the box has no room for them.
    pub title: String,
}

/// Who gets a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taker {
    /// Their names.
    pub label: String,
    /// How, or why nobody.
    pub detail: Option<String>,
    /// Which sort of taker.
    pub sort: TakerSort,
    /// Where the box leads, relative to the page.
    pub href: Option<String>,
    /// The full names and how: shown on hover and read aloud where the box has no room for them.
    pub title: String,
}

/// Which sort of taker.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TakerSort {
    /// People or teams.
    #[default]
    Somebody,
    /// Nobody, on purpose: a dashed border.
    Nobody,
    /// Another list of rules decides: a double border.
    Elsewhere,
}

/// What becomes of a record that no rule takes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum End {
    /// There is none.
    #[default]
    Nothing,
    /// It is left over: a dashed box, in the colour of errors if that is a gap.
    Rest {
        /// What happens to it.
        label: String,
        /// An example, or why.
        detail: Option<String>,
        /// It should not happen.
        gap: bool,
    },
    /// Others decide about it: a double border.
    Others {
        /// Who that is about.
        label: String,
        /// An example.
        detail: Option<String>,
    },
    /// It is asked about in the next part.
    Next(String),
}

/// Divides a list that is too long for a sheet into even parts; a short one is its only part.
pub fn parts(decision: &Decision) -> Vec<Decision> {
    let heights: Vec<f64> = decision.rules.iter().map(|choice| tall(choice) + FALL).collect();
    let sheets = (1..=heights.len()).find(|sheets| heights.iter().sum::<f64>() / count(*sheets) <= SHEET).unwrap_or(1);
    let many = heights.len().div_ceil(sheets).max(1);
    let last = heights.len().div_ceil(many).saturating_sub(1);
    let part = |(index, rules): (usize, &[Choice])| Decision {
        start: if index == 0 { decision.start.clone() } else { "No rule before took it".to_owned() },
        rules: rules.to_vec(),
        end: if index == last { decision.end.clone() } else { End::Next(format!("On to rule {}", (index + 1) * many + 1)) },
    };
    decision.rules.chunks(many).enumerate().map(part).collect()
}

/// Draws a decision; one without rules gives an empty picture.
pub fn picture(decision: &Decision, caption: &Caption<'_>) -> Picture {
    if decision.rules.is_empty() {
        return Picture::default();
    }
    let mut svg = Svg::default();
    paint_start(&mut svg, &decision.start);
    let mut y = HEAD;
    let mut above: Option<&Choice> = None;
    for choice in &decision.rules {
        y = paint_fall(&mut svg, y, above);
        y += paint_choice(&mut svg, choice, y);
        above = Some(choice);
    }
    if decision.end != End::Nothing {
        y = paint_fall(&mut svg, y, above);
        y += paint_end(&mut svg, &decision.end, y, above.map_or(0, |choice| choice.place + 1));
    }
    let mut picture = svg.into_picture(caption, WIDTH, y + MARGIN);
    picture.legend = legend(occurring(decision));
    picture
}

fn occurring(decision: &Decision) -> Vec<LegendKind> {
    let sorts = decision.rules.iter().filter_map(|choice| match choice.taker.sort {
        _ if choice.never.is_some() => Some(LegendKind::Never),
        TakerSort::Somebody => None,
        TakerSort::Nobody => Some(LegendKind::Nobody),
        TakerSort::Elsewhere => Some(LegendKind::Elsewhere),
    });
    let end = match decision.end {
        End::Rest { gap: true, .. } => Some(LegendKind::Unrouted),
        End::Others { .. } => Some(LegendKind::Elsewhere),
        End::Rest { gap: false, .. } | End::Nothing | End::Next(_) => None,
    };
    sorts.chain(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::sample;

    const CAPTION: Caption<'_> = Caption { prefix: "d", title: "Decision", description: "Rules." };

    fn decision(rules: usize) -> Decision {
        let choice = |place: usize| Choice {
            place,
            label: format!("Rule {place}"),
            condition: vec!["country is DE".to_owned(), "employees is at least 11".to_owned()],
            taker: Taker { label: "Sales".to_owned(), detail: Some("its queue".to_owned()), ..Taker::default() },
            ..Choice::default()
        };
        let end = End::Rest { label: "Nobody".to_owned(), detail: Some("no country".to_owned()), gap: true };
        Decision { start: "A lead arrives".to_owned(), rules: (0..rules).map(choice).collect(), end }
    }

    #[test]
    fn a_decision_without_rules_is_an_empty_picture() {
        assert_eq!(picture(&decision(0), &CAPTION), Picture::default());
        assert_eq!(parts(&decision(0)), []);
    }

    #[test]
    fn rules_stand_in_order_and_the_rest_below_them() {
        let picture = picture(&decision(3), &CAPTION);
        sample::assert_well_formed(&picture.svg);
        let places: Vec<usize> =
            ["Rule 0", "Rule 1", "Rule 2", "no country"].iter().map(|t| picture.svg.find(&format!(">{t}<")).unwrap()).collect();
        assert!(places.is_sorted());
        assert_eq!(picture.svg.matches(">no</text>").count(), 3);
        assert_eq!(picture.svg.matches(">or employees is at least 11<").count(), 3);
        assert_eq!(picture.legend.iter().map(|e| e.kind).collect::<Vec<_>>(), [LegendKind::Unrouted]);
    }

    #[test]
    fn nothing_falls_further_than_a_rule_that_takes_everything() {
        let mut decision = decision(2);
        decision.rules[1].always = true;
        decision.end = End::Nothing;
        let picture = picture(&decision, &CAPTION);
        assert_eq!(picture.svg.matches(">no</text>").count(), 1);
        assert_eq!(picture.svg.matches(">all</text>").count(), 1);
    }

    #[test]
    fn what_never_happens_is_told_by_shape_and_words() {
        let mut decision = decision(2);
        decision.rules[1].never = Some("never: rule 1 comes first".to_owned());
        decision.rules[0].taker.sort = TakerSort::Nobody;
        let picture = picture(&decision, &CAPTION);
        assert!(
            picture.svg.contains(">never: rule 1 comes first<") && picture.svg.contains("d-cross") && picture.svg.contains("line-through")
        );
        assert_eq!(picture.svg.matches(">yes</text>").count(), 1);
        let kinds: Vec<_> = picture.legend.iter().map(|e| e.kind).collect();
        assert_eq!(kinds, [LegendKind::Nobody, LegendKind::Never, LegendKind::Unrouted]);
    }

    #[test]
    fn a_long_list_is_divided_into_even_parts_that_keep_their_numbers() {
        let parts = parts(&decision(40));
        assert!(parts.len() > 2);
        assert_eq!(parts.iter().map(|part| part.rules.len()).sum::<usize>(), 40);
        assert!(parts.iter().all(|part| picture(part, &CAPTION).height < 1_400.0));
        assert_eq!(parts[0].end, End::Next(format!("On to rule {}", parts[0].rules.len() + 1)));
        assert!(matches!(parts.last().unwrap().end, End::Rest { .. }));
        assert_eq!(parts.last().unwrap().rules.last().unwrap().place, 39);
    }

    #[test]
    fn long_names_and_conditions_stay_inside_their_boxes() {
        let mut decision = decision(1);
        decision.rules[0].label = "w".repeat(500);
        decision.rules[0].condition = vec!["many words ".repeat(100); 30];
        decision.rules[0].taker.label = "name ".repeat(90);
        let picture = picture(&decision, &CAPTION);
        assert!(picture.width < 720.0 && picture.height < 300.0, "{} by {}", picture.width, picture.height);
        assert!(picture.svg.contains(">or …<"));
    }
}
