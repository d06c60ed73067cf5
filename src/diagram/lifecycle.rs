//! A lifecycle as a state diagram: stages from top to bottom, the way forward straight, skips on the left, ways back on
//! the right, and beside each stage what is said of it.
//!
//! Ways to one stage that are no step to the next one share a trunk; short trunks lie nearest to the stages. It is as
//! narrow as a sheet of paper, so that nothing is scaled down when it is printed.

use super::legend::{LegendKind, legend};
use super::{Caption, Picture};

mod lane;
mod paint;
mod place;

/// Stages in order and the transitions between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lifecycle {
    /// Stages; [`Transition::from`] and [`Transition::to`] are indices into this list.
    pub stages: Vec<Stage>,
    /// Transitions; one whose end does not exist is not drawn.
    pub transitions: Vec<Transition>,
}

/// One state of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stage {
    /// Identifies the stage to scripts.
    pub id: String,
    /// Name of the stage.
    pub label: String,
    /// Who answers for records in it; set in up to two lines.
    pub detail: Option<Note>,
    /// A record that arrives here stays: a double border.
    pub terminal: bool,
    /// No way leads here: a dashed border.
    pub unreached: bool,
    /// Work passes to somebody on the way into the stage.
    pub into: Option<Handoff>,
    /// Work passes to somebody on the way out of it.
    pub out_of: Option<Handoff>,
    /// What is said of it, from top to bottom.
    pub notes: Vec<Note>,
    /// Where the box leads, relative to the page.
    pub href: Option<String>,
    /// Shown on hover and read aloud; holds the full name.
    pub title: String,
}

/// Who takes over, and how fast.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handoff {
    /// Who takes over.
    pub owner: String,
    /// The times, a line each.
    pub times: Vec<Note>,
    /// Shown on hover and read aloud.
    pub title: String,
}

/// Some words in a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// The words; long ones are set in several lines, then cut.
    pub text: String,
    /// How they are meant.
    pub kind: NoteKind,
}

/// How a note is meant, which decides how it is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NoteKind {
    /// What is so.
    #[default]
    Plain,
    /// What is of second rank.
    Quiet,
    /// What is not documented: a dashed ring before it.
    Gap,
    /// How a record goes back: a dashed stroke before it.
    Back,
}

impl Note {
    /// Some words of a kind.
    pub fn new(kind: NoteKind, text: impl Into<String>) -> Self {
        Self { text: text.into(), kind }
    }
}

/// A way from one stage to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transition {
    /// Index of the stage that is left.
    pub from: usize,
    /// Index of the stage that is entered.
    pub to: usize,
    /// Whether a record is recycled by it: a dashed line.
    pub recycles: bool,
    /// Shown on hover and read aloud.
    pub title: String,
}

/// Draws a lifecycle; one without stages gives an empty picture.
pub fn picture(lifecycle: &Lifecycle, caption: &Caption<'_>) -> Picture {
    if lifecycle.stages.is_empty() {
        return Picture::default();
    }
    let trunks = lane::trunks(lifecycle);
    let plan = place::plan(lifecycle, &trunks);
    let mut picture = paint::paint(lifecycle, &trunks, &plan).into_picture(caption, plan.width, plan.height);
    let occurs = |kind: LegendKind, is_there: bool| is_there.then_some(kind);
    let stages = &lifecycle.stages;
    picture.legend = legend(
        [
            occurs(LegendKind::Terminal, stages.iter().any(|s| s.terminal)),
            occurs(LegendKind::Handoff, stages.iter().any(|s| s.into.is_some() || s.out_of.is_some())),
            occurs(LegendKind::Recycle, trunks.iter().any(|t| t.recycles)),
            occurs(LegendKind::Unreached, stages.iter().any(|s| s.unreached)),
        ]
        .into_iter()
        .flatten(),
    );
    picture
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::sample;

    const CAPTION: Caption<'_> = Caption { prefix: "l", title: "Lifecycle", description: "Stages." };

    pub(super) fn lifecycle(stages: usize, ways: &[(usize, usize)], back: &[(usize, usize)]) -> Lifecycle {
        let stage = |k: usize| Stage { id: format!("s{k}"), label: format!("Stage {k}"), ..Stage::default() };
        let way = |recycles: bool| move |&(from, to): &(usize, usize)| Transition { from, to, recycles, ..Transition::default() };
        let transitions = ways.iter().map(way(false)).chain(back.iter().map(way(true)));
        Lifecycle { stages: (0..stages).map(stage).collect(), transitions: transitions.collect() }
    }

    #[test]
    fn ways_that_lead_nowhere_are_not_drawn() {
        let l = lifecycle(4, &[(0, 1), (1, 2), (2, 0), (0, 3), (9, 1), (2, 2), (1, usize::MAX)], &[(3, 3), (7, 0)]);
        let picture = picture(&l, &CAPTION);
        assert_eq!(picture.svg.matches("d-transition").count(), 4, "{}", picture.svg);
        sample::assert_well_formed(&picture.svg);
    }

    #[test]
    fn a_handoff_names_its_owner_and_both_times() {
        let mut l = lifecycle(2, &[(0, 1)], &[]);
        let times = [(NoteKind::Quiet, "has it within 5m"), (NoteKind::Gap, "no first touch")];
        l.stages[1].into = Some(Handoff {
            owner: "Sales".to_owned(),
            times: times.map(|(kind, text)| Note::new(kind, text)).to_vec(),
            title: "to Sales".to_owned(),
        });
        l.stages[1].terminal = true;
        let picture = picture(&l, &CAPTION);
        for words in ["Sales", "has it within 5m", "no first touch"] {
            assert!(picture.svg.contains(&format!(">{words}<")), "{words}");
        }
        let kinds: Vec<_> = picture.legend.iter().map(|e| e.kind).collect();
        assert_eq!(kinds, [LegendKind::Terminal, LegendKind::Handoff]);
        sample::assert_well_formed(&picture.svg);
    }

    #[test]
    fn recycling_is_told_from_other_ways_back() {
        let l = lifecycle(3, &[(0, 1), (1, 2), (2, 0)], &[(2, 1)]);
        let picture = picture(&l, &CAPTION);
        assert_eq!(picture.svg.matches("d-recycle").count(), 1);
        assert_eq!(picture.legend.iter().map(|e| e.kind).collect::<Vec<_>>(), [LegendKind::Recycle]);
    }

    #[test]
    fn a_picture_is_as_narrow_as_a_sheet_whatever_is_said() {
        let mut l = lifecycle(7, &[(0, 1), (0, 2), (0, 3), (0, 4), (1, 5), (2, 6), (5, 0), (6, 1)], &[(4, 1), (4, 2)]);
        let words = "a rather long remark on what happens to somebody ".repeat(20);
        for stage in &mut l.stages {
            stage.label = words.clone();
            stage.detail = Some(Note::new(NoteKind::Gap, words.as_str()));
            stage.notes = [NoteKind::Plain, NoteKind::Back, NoteKind::Gap].map(|kind| Note::new(kind, words.as_str())).to_vec();
            stage.out_of = Some(Handoff { owner: words.clone(), times: stage.notes.clone(), title: words.clone() });
        }
        let picture = picture(&l, &CAPTION);
        assert!(picture.width < 680.0, "{}", picture.width);
        sample::assert_well_formed(&picture.svg);
    }

    #[test]
    fn a_lifecycle_without_stages_is_an_empty_picture() {
        assert_eq!(picture(&Lifecycle::default(), &CAPTION), Picture::default());
    }
}
