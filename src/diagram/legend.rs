//! The legend: what occurs in a picture, each with a small sample.

use super::columns::Rect;
use super::draw::Svg;
use super::fold::Look;
use super::mark::{Border, border};
use super::stroke::{cross, head, ink};
use super::{LineStyle, Weight, bars::Part, calendar::TermSort};

/// One entry of a legend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendEntry {
    /// What is explained.
    pub kind: LegendKind,
    /// What it means.
    pub label: String,
    /// A sample: an `<svg>` of 40 by 12, hidden from screen readers.
    pub swatch: String,
}

/// What a legend can explain, in the order of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LegendKind {
    /// How data is carried.
    Line(LineStyle),
    /// A line drawn thicker.
    CriticalLine,
    /// A line known not to work.
    Broken,
    /// A hop that nothing carries.
    Gap,
    /// Line width and number: integrations between two areas.
    Count,
    /// How much depends on a box.
    Box(Weight),
    /// A box joined to nothing.
    Lone,
    /// A step done by hand.
    ManualStep,
    /// A stage at which a lifecycle ends.
    Terminal,
    /// Work passes to somebody else.
    Handoff,
    /// A rule that sends records to nobody, on purpose.
    Nobody,
    /// Others decide: what a rule hands over, or no rule takes.
    Elsewhere,
    /// A rule that can never take a record.
    Never,
    /// Records that no rule takes.
    Unrouted,
    /// A record goes back to an earlier stage.
    Recycle,
    /// A stage to which no way leads.
    Unreached,
    /// A part of a bar.
    Part(Part),
    /// How the decision about a term stands.
    Term(TermSort),
}

impl LegendKind {
    const fn label(self) -> &'static str {
        match self {
            Self::Line(style) => style.label(),
            Self::CriticalLine => "critical integration",
            Self::Broken => "broken",
            Self::Gap => "gap: nothing documented carries it",
            Self::Count => "width and number: integrations between two areas",
            Self::Box(Weight::Critical) => "critical",
            Self::Box(Weight::High) => "high",
            Self::Box(Weight::Normal) => "medium or low",
            Self::Lone => "joined to nothing",
            Self::ManualStep => "step by hand",
            Self::Terminal => "the lifecycle ends here",
            Self::Handoff => "handoff",
            Self::Nobody => "nobody, on purpose",
            Self::Elsewhere => "others decide",
            Self::Never => "never takes a record",
            Self::Unrouted => "gap: no rule takes these",
            Self::Recycle => "recycled",
            Self::Unreached => "no way leads here",
            Self::Part(part) => part.label(),
            Self::Term(sort) => sort.label(),
        }
    }

    fn swatch(self) -> String {
        let mut svg = Svg::default();
        svg.open("svg", &[("class", "d-swatch"), ("viewBox", "0 0 40 12"), ("width", "40"), ("height", "12"), ("aria-hidden", "true")]);
        let plain = Look { style: LineStyle::Native, broken: false, critical: false };
        let line = |svg: &mut Svg, look: Look| {
            ink(svg, "M1 6L34 6", look);
            head(svg, (40.0, 6.0), (0.0, 6.0), look, 1.0, "");
        };
        let sample = |svg: &mut Svg, kind: Border| {
            border(svg, Rect { x: 5.0, y: 1.0, width: 30.0, height: 10.0 }, kind);
        };
        match self {
            Self::Line(style) => line(&mut svg, Look { style, ..plain }),
            Self::CriticalLine | Self::Count => line(&mut svg, Look { critical: true, ..plain }),
            Self::Broken => {
                line(&mut svg, Look { broken: true, ..plain });
                cross(&mut svg, (17.0, 6.0), "");
            }
            Self::Gap => {
                line(&mut svg, Look { broken: true, style: LineStyle::Batch, critical: false });
                cross(&mut svg, (17.0, 6.0), "");
            }
            Self::Box(weight) => sample(&mut svg, Border::of(weight)),
            Self::Lone | Self::Nobody | Self::Unreached => sample(&mut svg, Border::Lone),
            Self::Never => {
                sample(&mut svg, Border::Dead);
                cross(&mut svg, (20.0, 6.0), "");
            }
            Self::Unrouted => {
                sample(&mut svg, Border::Gap);
                cross(&mut svg, (20.0, 6.0), "");
            }
            Self::ManualStep | Self::Terminal | Self::Elsewhere => sample(&mut svg, Border::Double),
            Self::Recycle => line(&mut svg, Look { style: LineStyle::Batch, ..plain }),
            Self::Part(part) => part.paint(&mut svg, (4.0, 36.0), 6.0),
            Self::Term(sort) => sort.paint(&mut svg, (8.0, 34.0), 6.0, true),
            Self::Handoff => super::mark::flag(&mut svg, (17.0, 6.0)),
        }
        svg.close();
        svg.into_fragment()
    }
}

/// Makes a legend of what occurs: sorted, each kind once.
pub(crate) fn legend(occurs: impl IntoIterator<Item = LegendKind>) -> Vec<LegendEntry> {
    let mut kinds: Vec<LegendKind> = occurs.into_iter().collect();
    kinds.sort_unstable();
    kinds.dedup();
    // The most important boxes come first.
    kinds.sort_by_key(|k| match k {
        LegendKind::Box(w) => (1, std::cmp::Reverse(Some(*w))),
        k if *k > LegendKind::Box(Weight::Critical) => (2, std::cmp::Reverse(None)),
        _ => (0, std::cmp::Reverse(None)),
    });
    kinds.into_iter().map(|kind| LegendEntry { kind, label: kind.label().to_owned(), swatch: kind.swatch() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legend_lists_what_occurs_once_and_in_a_fixed_order() {
        let kinds = [
            LegendKind::Lone,
            LegendKind::Box(Weight::Normal),
            LegendKind::Line(LineStyle::Tag),
            LegendKind::Box(Weight::Critical),
            LegendKind::Line(LineStyle::Native),
            LegendKind::Line(LineStyle::Tag),
        ];
        let labels: Vec<String> = legend(kinds).into_iter().map(|e| e.label).collect();
        assert_eq!(labels, ["native", "tag", "critical", "medium or low", "joined to nothing"]);
    }

    #[test]
    fn every_swatch_is_well_formed() {
        let mut all: Vec<LegendKind> = LineStyle::ALL.map(LegendKind::Line).to_vec();
        all.extend([LegendKind::Broken, LegendKind::Gap, LegendKind::Count, LegendKind::Lone, LegendKind::Terminal, LegendKind::Recycle]);
        all.extend([LegendKind::Nobody, LegendKind::Elsewhere, LegendKind::Never, LegendKind::Unrouted]);
        all.extend([Part::Full, Part::Rest, Part::Unknown, Part::Usual].map(LegendKind::Part));
        all.extend([TermSort::Passed, TermSort::Due, TermSort::Ahead].map(LegendKind::Term));
        for entry in legend(all) {
            super::super::sample::assert_well_formed(&entry.swatch);
        }
    }
}
