//! Process: how leads get to sales, and back.

use super::{Basis, Question, Verdict, asked::Asked};
use crate::{
    diagnostic::Diagnostic,
    model::{AnyEntity, Entity, Handoff, Layer, Lifecycle, Stage},
    report::counted,
    source::Span,
    text::sentence::capital,
};

/// A stage with its place in its lifecycle.
struct Place<'a> {
    lifecycle: &'a Entity<Lifecycle>,
    index: usize,
    stage: &'a Stage,
}

/// Whether leads get to sales in time and come back.
pub(super) fn handoff(basis: &Basis<'_>) -> Asked {
    let mut asked = Asked::new(Question {
        id: "handoff",
        layer: Layer::Process,
        short: "Handoff and recycling",
        text: "Do leads reach sales within minutes, and come back when sales declines?",
        parts: "parts of a handoff",
    });
    let lifecycles: Vec<_> = basis.analysis.stack.lifecycles.values().filter(|lifecycle| lifecycle.has_two_stages()).collect();
    if lifecycles.is_empty() {
        asked
            .lay(Verdict::NotDocumented, 1, "no lifecycle says where sales takes over", Some(basis.stack()))
            .remedy("add `[lifecycle.main]` with its stages, and `handoff` and `recycle` where they belong");
        asked.say("The stack does not say where sales takes over.");
        return asked;
    }
    let (slow, never_back) = (basis.found("slow-handoff"), basis.found("no-recycling"));
    asked.lay_all(Verdict::NotInPlace, basis.found("no-handoff"));
    asked.lay_all(Verdict::Partly, slow);
    asked.lay_all(Verdict::NotInPlace, never_back);
    let stages = || {
        lifecycles.iter().flat_map(|lifecycle| lifecycle.stage.iter().enumerate().map(|(index, stage)| Place { lifecycle, index, stage }))
    };
    for place in stages() {
        if let Some(handoff) = &place.stage.handoff {
            hands_over(basis, &mut asked, &place, handoff, slow);
        }
        if never_back.is_empty() {
            sends_back(basis, &mut asked, &place);
        }
    }
    let handed = stages().filter(|place| place.stage.handoff.is_some()).count();
    asked.say(match handed {
        0 => "No stage hands over to sales.".to_owned(),
        count => format!("{} {} over.", capital(&counted(count, "stage")), if count == 1 { "hands" } else { "hand" }),
    });
    let is_back = lifecycles.iter().any(|lifecycle| lifecycle.goes_back());
    asked.say(if is_back { "Records that are declined come back." } else { "Nothing says how records come back." });
    asked
}

/// Lays down what a stage says of handing over: a part for the time that it takes, and one for how it is done.
fn hands_over(basis: &Basis<'_>, asked: &mut Asked, place: &Place<'_>, handoff: &Handoff, slow: &[Diagnostic]) {
    let (address, at) = (place.address(), place.at(basis, "handoff"));
    let party = basis.analysis.stack.party(&handoff.to);
    let to = party.map_or_else(|| handoff.to.to_string(), |party| format!("`{}`", party.address()));
    let sla = handoff.sla.as_ref().map_or_else(String::new, |sla| format!(", and speaking to them within {}", sla.in_words()));
    let is_slow = slow.iter().any(|finding| finding.subject == address);
    match &handoff.within {
        // The finding says it.
        Some(_) if is_slow => {}
        Some(within) => {
            let text = format!("`{address}` hands over to {to} within {}", within.in_words());
            asked.lay(Verdict::InPlace, 1, text, Some(at));
        }
        None => asked
            .lay(Verdict::NotDocumented, 1, format!("`{address}` hands over to {to} and does not say within what time"), Some(at))
            .remedy("write `within = \"5m\"` in its `handoff`"),
    }
    if handoff.lacks().is_empty() {
        let text = format!("`{address}` says how {to} learn of a record, what is created{sla}");
        asked.lay(Verdict::InPlace, 1, text, Some(at));
    }
}

/// Lays down where a stage sends records back to.
fn sends_back(basis: &Basis<'_>, asked: &mut Asked, place: &Place<'_>) {
    if let Some(recycle) = &place.stage.recycle {
        let after = recycle.after.as_ref().map_or_else(String::new, |after| format!(" after {}", after.in_words()));
        let to = place.lifecycle.name_of(recycle.to.as_str()).replace('`', "'");
        let text = format!("`{}` sends records back to {to}{after}", place.address());
        asked.lay(Verdict::InPlace, 1, text, Some(place.at(basis, "recycle")));
    }
}

impl Place<'_> {
    fn address(&self) -> String {
        self.lifecycle.address().part("stage", self.stage.id.as_str()).to_string()
    }

    fn at(&self, basis: &Basis<'_>, key: &str) -> Span {
        basis.value(self.lifecycle, &format!("stage/{}/{key}", self.index))
    }
}
