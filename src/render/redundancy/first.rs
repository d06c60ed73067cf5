//! The candidates that come first, one of each group: of them speak the key figures.

use super::super::{
    money,
    page::{Link, Prose, Value},
    view::{View, date_in_short, link_list},
};
use crate::{
    analysis::{Candidate, Choice, Ending, Standing},
    model::{Date, Kind},
};

/// So many tools are named in a key figure at most.
const MOST_NAMES: usize = 3;

/// The first candidate of each group, each tool once.
pub(super) struct First<'c, 'a>(pub(super) Vec<&'c Candidate<'a>>);

impl<'c, 'a> First<'c, 'a> {
    pub(super) fn of(choices: &'c [Choice<'a>]) -> Self {
        let mut first: Vec<&Candidate<'a>> = choices.iter().filter_map(|choice| choice.candidates.first()).collect();
        first.sort_by_key(|candidate| candidate.tool);
        first.dedup_by_key(|candidate| candidate.tool);
        Self(first)
    }

    /// What is saved if all of them go, as far as it is known.
    pub(super) fn saved(&self) -> f64 {
        self.0.iter().map(|candidate| candidate.saved).sum()
    }

    /// The next day by which notice must be given for one of them, and of which contract.
    pub(super) fn notice(&self) -> Option<(Date, &'c Ending<'a>)> {
        let endings = self.0.iter().flat_map(|candidate| &candidate.endings);
        let ahead = endings.filter(|one| one.standing.is_some_and(|standing| standing != Standing::Passed));
        ahead.filter_map(|one| Some((one.last?, one))).min_by_key(|(last, one)| (*last, one.contract))
    }

    pub(super) fn links(&self, view: &View<'_>) -> Prose {
        link_list(self.0.iter().map(|candidate| view.link_id(Kind::Tool, candidate.tool)).collect(), MOST_NAMES)
    }

    /// What is saved if those of several units go, and by when notice must be given, behind a colon; nothing where there are none.
    pub(super) fn across(&self, view: &View<'_>) -> Prose {
        if self.0.is_empty() {
            return vec![];
        }
        let go = if self.0.len() == 1 { "goes" } else { "go" };
        let saved = Link::here(format!("{} a year", money::amount(view, self.saved())), "units");
        let mut prose = vec![Value::text(": "), saved.into(), Value::text(" if ")];
        prose.extend(self.links(view));
        prose.push(Value::text(format!(" {go}")));
        if let Some((last, one)) = self.notice() {
            prose.extend([Value::text(", next notice "), date_in_short(last), Value::text(" for ")]);
            prose.push(view.link_id(Kind::Contract, one.contract));
        }
        prose
    }
}
