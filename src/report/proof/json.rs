//! Proofs for programs: `linchpin/routing-proof/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::Proven;
use crate::routing::{Example, Gap, Loss, Overlap, Part, RuleProof};

#[derive(Serialize)]
struct Document<'p, 'a> {
    schema: &'static str,
    routing: Vec<Routing<'p, 'a>>,
}

#[derive(Serialize)]
struct Routing<'p, 'a> {
    id: &'p str,
    partial: bool,
    /// Whether all of the following is known.
    decided: bool,
    /// Why something is not.
    reason: Option<String>,
    complete: Option<bool>,
    unrouted: Option<&'p Example<'a>>,
    rules: Vec<Rule<'p, 'a>>,
    gaps: Vec<FieldGap<'p>>,
    hand_overs: Vec<HandOver<'p, 'a>>,
    overlaps: Vec<Pair<'p, 'a>>,
    /// Pairs that give their records to the same people: the first hundred.
    overlaps_same_assignee: Vec<Pair<'p, 'a>>,
}

#[derive(Serialize)]
struct Rule<'p, 'a> {
    name: &'p str,
    reachable: Option<bool>,
    /// Of one that is not: those that take its records. None, where its condition never holds or that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    taken_by: Option<Vec<&'p str>>,
    /// Of one that is not: whether its condition ever holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    possible: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<&'p Example<'a>>,
}

/// What becomes of the records that a rule hands over.
#[derive(Serialize)]
struct HandOver<'p, 'a> {
    rule: &'p str,
    to: &'p str,
    /// Whether a rule takes each of them there.
    complete: Option<bool>,
    /// One that none takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    unrouted: Option<&'p Example<'a>>,
}

#[derive(Serialize)]
struct FieldGap<'p> {
    field: &'p str,
    can: &'p [Part],
    never: &'p [Part],
    nowhere: &'p [Part],
}

#[derive(Serialize)]
struct Pair<'p, 'a> {
    first: &'p str,
    second: &'p str,
    exception: Option<bool>,
    example: &'p Example<'a>,
}

pub(super) fn write(proven: &[Proven<'_, '_>], out: &mut dyn Write) -> io::Result<()> {
    let document = Document { schema: "linchpin/routing-proof/1", routing: proven.iter().map(routing).collect() };
    crate::text::json::write(&document, out)
}

fn routing<'p, 'a>(proven: &'p Proven<'p, 'a>) -> Routing<'p, 'a> {
    let proof = proven.proof;
    let rule = |rule: &'p RuleProof<'a>| Rule {
        name: rule.rule.name.as_str(),
        reachable: rule.reached.is_yes(),
        taken_by: rule.reached.is_no().then(|| rule.taken_by.iter().map(|taker| proven.name(taker.rule)).collect()),
        possible: rule.reached.is_no().then_some(rule.is_possible),
        example: rule.reached.example(),
    };
    let gap = |gap: &'p Gap<'_>| FieldGap { field: gap.field, can: &gap.can, never: &gap.never, nowhere: &gap.nowhere };
    let pair = |pair: &'p Overlap<'a>| Pair {
        first: proven.name(pair.first),
        second: proven.name(pair.second),
        exception: pair.is_exception,
        example: &pair.example,
    };
    let hand_over = |loss: &'p Loss<'a>| HandOver {
        rule: proven.name(loss.rule),
        to: loss.to.id.as_str(),
        complete: loss.lost.is_yes().map(|is_lost| !is_lost),
        unrouted: loss.example(),
    };
    let reason = proven.doubt();
    Routing {
        id: proof.routing.id.as_str(),
        partial: proof.routing.partial,
        decided: reason.is_none(),
        reason,
        complete: proof.is_complete(),
        unrouted: proof.unrouted.example(),
        rules: proof.rules.iter().map(rule).collect(),
        gaps: proof.gaps.iter().map(gap).collect(),
        hand_overs: proven.losses.iter().map(hand_over).collect(),
        overlaps: proven.overlaps.pairs.iter().map(pair).collect(),
        overlaps_same_assignee: proven.overlaps.same.iter().map(pair).collect(),
    }
}
