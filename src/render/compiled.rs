//! A routing or scoring, compiled once for all that its page says of it.

use super::{readers::Readers, view::View};
use crate::{
    model::{Entity, Routing, Scoring},
    routing::{Router, Scorer},
};

/// A [`Router`] or [`Scorer`] as the stack is and as the page shows it, each with who reads which field.
pub(super) struct Compiled<'v, C> {
    /// As the stack is: what pages withhold would change what comes out of tests, and what is proven.
    pub(super) real: C,
    /// Who reads what there.
    pub(super) asked: Readers<'v>,
    /// As the page shows it.
    pub(super) shown: C,
    /// Who reads what on the page.
    pub(super) readers: Readers<'v>,
}

impl<'v> Compiled<'v, Router<'v>> {
    pub(super) fn routing(view: &'v View<'_>, routing: &'v Entity<Routing>) -> Self {
        let real = view.project.stack.routings.get(routing.id.as_str()).unwrap_or(routing);
        let [real, shown] = [Router::new(&view.project.stack, real), Router::new(view.stack, routing)];
        let [asked, readers] = [&real, &shown].map(|of| Readers::new(&of.form, &of.rules));
        Self { real, asked, shown, readers }
    }
}

impl<'v> Compiled<'v, Scorer<'v>> {
    pub(super) fn scoring(view: &'v View<'_>, scoring: &'v Entity<Scoring>) -> Self {
        let real = view.project.stack.scorings.get(scoring.id.as_str()).unwrap_or(scoring);
        let [real, shown] = [Scorer::new(&view.project.stack, real), Scorer::new(view.stack, scoring)];
        let [asked, readers] = [&real, &shown].map(|of| Readers::new(&of.form, &of.criteria));
        Self { real, asked, shown, readers }
    }
}
