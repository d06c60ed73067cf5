//! What is known of the records that rules take, as pages show it: the one place that asks for it.

use super::{record::Example, view::View};
use crate::{
    model::{Entity, Routing, Scoring, UNROUTED},
    routing::{self, Answer, Attainable, Gap, Overlaps, Part, Router, RoutingProof, Scorer, ScoringProof},
};

/// What a rule takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Takes {
    /// Nobody has shown yet that it takes a record.
    Unknown,
    /// Records such as this.
    Such(Example),
    /// Never a record: these rules, by number, take all that it would.
    Never(Vec<usize>),
}

/// Records that no rule takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Rest {
    /// Nobody has shown yet whether there are any.
    Unknown,
    /// There are none.
    Nothing,
    /// Records such as this.
    Such {
        /// One of them.
        example: Example,
        /// Which values lead nowhere, in words: `` `country` is missing ``.
        gaps: Vec<String>,
    },
}

/// Two rules that would take the same record and give it to different people, neither of them an exception to the other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Overlap {
    /// The number of the rule that takes it.
    pub(super) first: usize,
    /// The number of the rule that would take it too.
    pub(super) second: usize,
    /// Such a record.
    pub(super) example: Example,
}

/// What is known of a routing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Proven {
    /// For each rule what it takes.
    pub(super) rules: Vec<Takes>,
    /// What no rule takes.
    pub(super) rest: Rest,
    /// Rules that overlap, in order; empty too where nobody has looked.
    pub(super) overlaps: Vec<Overlap>,
    /// Why something could not be decided, such as `the conditions overlap in too many ways`.
    pub(super) undecided: Option<String>,
}

/// What is known of the points that records can get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Points {
    /// The fewest, where they are known.
    pub(super) fewest: Option<i64>,
    /// The most, where they are known.
    pub(super) most: Option<i64>,
    /// The numbers of the criteria that never count.
    pub(super) idle: Vec<usize>,
    /// Why something could not be decided.
    pub(super) undecided: Option<String>,
}

/// Returns what is known of a routing: what its passing tests show, and that nothing comes past a rule without conditions.
/// Tests are run on the stack as it is, for what pages withhold would change what comes out, and shown as far as they may be.
pub(super) fn routing(view: &View<'_>, routing: &Entity<Routing>) -> Proven {
    let last = routing.rule.iter().position(|rule| rule.when.is_none());
    let rule = |place: usize| last.filter(|last| *last < place).map_or(Takes::Unknown, |last| Takes::Never(vec![last]));
    let rest = if last.is_some() { Rest::Nothing } else { Rest::Unknown };
    let mut proven = Proven { rules: (0..routing.rule.len()).map(rule).collect(), rest, overlaps: Vec::new(), undecided: None };
    let Some(real) = view.project.stack.routings.get(routing.id.as_str()) else { return proven };
    let router = Router::new(&view.project.stack, real);
    let passing = router.tests().filter(|(_, _, passes)| *passes).map(|(test, first, _)| (Example::of(view, &test.record), first, test));
    let mut passing: Vec<_> = passing.collect();
    // An example of which something is withheld says less.
    passing.sort_by_key(|(example, _, _)| example.is_withheld());
    for (example, first, test) in passing {
        match first.map(|rule| proven.rules.get_mut(rule)) {
            Some(Some(takes)) if *takes == Takes::Unknown => *takes = Takes::Such(example),
            None if proven.rest == Rest::Unknown && test.expect == UNROUTED => proven.rest = Rest::Such { example, gaps: Vec::new() },
            _ => {}
        }
    }
    prove(view, &router, &mut proven);
    proven
}

/// Adds what is true whatever record comes. An example that somebody has written as a test stays: it says more.
fn prove<'a>(view: &View<'a>, router: &Router<'a>, proven: &mut Proven) {
    let id = router.routing.id.as_str();
    // What pages withhold would change what is true.
    let own = (!view.shows_everything()).then(|| (RoutingProof::new(router), Overlaps::new(router)));
    let shared = || Some((view.analysis.proofs().routings.get(id)?, view.analysis.overlapping_rules().get(id)?));
    let Some((proof, overlaps)) = own.as_ref().map(|(proof, overlaps)| (proof, overlaps)).or_else(shared) else { return };
    for (takes, rule) in proven.rules.iter_mut().zip(&proof.rules) {
        match &rule.reached {
            Answer::No => *takes = Takes::Never(rule.taken_by.iter().map(|taker| taker.rule).collect()),
            Answer::Yes(example) if *takes == Takes::Unknown => *takes = Takes::Such(shown(view, example)),
            _ => {}
        }
    }
    // A gap names values of the conditions, which are those of the stack as it is.
    let gaps = || proof.gaps.iter().flat_map(gap).map(|gap| view.disclosed.text(&gap).into_owned()).collect();
    match (&proof.unrouted, &mut proven.rest) {
        (Answer::No, rest) => *rest = Rest::Nothing,
        (Answer::Yes(_), Rest::Such { gaps: known, .. }) => *known = gaps(),
        (Answer::Yes(example), rest) => *rest = Rest::Such { example: shown(view, example), gaps: gaps() },
        (Answer::Undecided, _) => {}
    }
    let pair = |pair: &routing::Overlap<'_>| Overlap { first: pair.first, second: pair.second, example: shown(view, &pair.example) };
    proven.overlaps = overlaps.conflicts().map(pair).collect();
    proven.undecided = proof.doubt.or(overlaps.doubt).map(|doubt| doubt.to_string());
}

/// What a record that no rule takes has in a field, and what no record has that a rule takes.
fn gap(gap: &Gap<'_>) -> impl Iterator<Item = String> {
    let said = |parts: &[Part], is: &str, more: &str| {
        let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
        (!parts.is_empty()).then(|| format!("`{}` {is} {}{more}", gap.field, parts.join(", ")))
    };
    let can = said(&gap.can, "is", "").filter(|_| gap.can != gap.nowhere);
    can.into_iter().chain(said(&gap.never, "is never", "")).chain(said(&gap.nowhere, "is", "; whatever else it has"))
}

/// An example as far as it may be shown.
fn shown(view: &View<'_>, example: &routing::Example<'_>) -> Example {
    Example::known(view, example.fields.iter().map(|(field, value)| (*field, value.as_ref())))
}

/// Returns the points that records can get, as the stack is.
pub(super) fn scoring(view: &View<'_>, scoring: &Entity<Scoring>) -> Option<Points> {
    let id = scoring.id.as_str();
    let real = view.project.stack.scorings.get(id)?;
    let own = (!view.shows_everything()).then(|| ScoringProof::new(&Scorer::new(&view.project.stack, real)));
    let proof = own.as_ref().or_else(|| view.analysis.proofs().scorings.get(id))?;
    let idle = proof.criteria.iter().enumerate().filter(|(_, (_, counts))| counts.is_no());
    Some(Points {
        fewest: proof.fewest.and_then(Attainable::exact),
        most: proof.most.and_then(Attainable::exact),
        idle: idle.map(|(number, _)| number).collect(),
        undecided: proof.doubt.map(|doubt| doubt.to_string()),
    })
}
