//! How rules speak of a signal about a person that does not arrive.

use super::{Context, wording};
use crate::{
    analysis::personal_data::{Break, Propagation, WhyNot},
    diagnostic::{Diagnostic, Rule},
    model::{AnyEntity, Entity, Signal, Slug, Tool},
};

/// The channels by which a tool contacts people; none for a tool that does not.
pub(super) fn channels(tool: &Tool) -> Vec<&str> {
    tool.data.iter().flat_map(|data| &data.sends).map(Slug::as_str).collect()
}

/// Makes a finding about a tool that contacts people and that a signal does not reach: how far it gets, and what would take it on.
pub(super) fn missing(cx: &Context<'_>, rule: &'static Rule, signal: &Propagation<'_>, tool: &Entity<Tool>) -> Diagnostic {
    let word = signal.signal.word();
    let from = &signal.source.about.name;
    let by = wording::list(channels(tool).into_iter().map(str::to_owned), wording::MOST);
    let message =
        format!("no documented path carries {} from {from} to `{}`, which contacts people by {by}", signal.signal.noun(), tool.address());
    let mut finding = cx.at(rule, tool, "data/sends", message).label("never learns of it").key(word);
    if let Some(end) = signal.ends(cx.stack, tool.id.as_str()) {
        finding = ends(cx, finding, &end, signal.signal);
    } else {
        let note = match signal.idle() {
            Some(source) => format!("`{}` does not work, so nothing begins there", source.address()),
            None => format!("no live integrations lead from {from} to it at all"),
        };
        finding = finding.note(note).help(format!(
            "describe the integration by which it learns of it, with `carries = [\"{word}\"]`, or take `sends` away if it contacts nobody"
        ));
    }
    finding.related(signal.source.address(), Some(cx.header(signal.source)), "where it begins")
}

/// Says where the signal ends, and what to do about it.
fn ends(cx: &Context<'_>, finding: Diagnostic, end: &Break<'_>, signal: Signal) -> Diagnostic {
    let word = signal.word();
    let last = wording::tool(cx.stack, end.last);
    let next = end.next.address();
    let why = end.why.words(signal);
    let help = match end.why {
        WhyNot::NotCarried => format!("once it does, add `\"{word}\"` to the `carries` of `{next}`"),
        WhyNot::ByHand => format!("let `{next}` run without hands, or describe the integration that does"),
        WhyNot::NotWorking => format!("repair `{next}`, or describe the integration that takes its place"),
    };
    finding.note(format!("it gets as far as {last}: `{next}` {why}")).help(help).related(next, Some(cx.header(end.next)), "ends here")
}
