//! What is known of the records that rules take, as pages show it: the one place that asks for it.

use super::{
    compiled::Compiled,
    example::{Example, written},
    readers::Readers,
    view::View,
    words,
};
use crate::{
    model::UNROUTED,
    routing::{self, Answer, Attainable, Gap, Overlaps, Part, Router, RoutingProof, Scorer, ScoringProof},
};

/// What a rule takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Takes {
    /// Nobody has shown yet that it takes a record.
    Unknown,
    /// Records such as this.
    Such(Example),
    /// Never a record.
    Never {
        /// The rules, by number, that take what it would.
        by: Vec<usize>,
        /// Whether there is a record of which its condition holds at all.
        is_possible: bool,
    },
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
        /// What is known of all of them.
        gaps: Gaps,
    },
}

/// What is known of the records that no rule takes, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Gaps {
    /// What no record has that a rule takes: `level is Student`. Each is enough.
    pub(super) always: Vec<String>,
    /// What all of them have: `country is US, CA or empty`. Not all that have it are among them.
    pub(super) each: Vec<String>,
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
pub(super) fn routing(view: &View<'_>, compiled: &Compiled<'_, Router<'_>>) -> Proven {
    let routing = compiled.shown.routing;
    let last = routing.rule.iter().position(|rule| rule.when.is_none());
    let rule =
        |place: usize| last.filter(|last| *last < place).map_or(Takes::Unknown, |last| Takes::Never { by: vec![last], is_possible: true });
    let rest = if last.is_some() { Rest::Nothing } else { Rest::Unknown };
    let mut proven = Proven { rules: (0..routing.rule.len()).map(rule).collect(), rest, overlaps: Vec::new(), undecided: None };
    let (router, readers) = (&compiled.real, &compiled.asked);
    let passing = router.tests().filter(|(_, _, passes)| *passes);
    let mut passing: Vec<_> = passing.map(|(test, first, _)| (Example::of(view, readers, &test.record), first, test)).collect();
    // An example of which something is withheld says less.
    passing.sort_by_key(|(example, _, _)| example.is_withheld());
    for (example, first, test) in passing {
        match first.map(|rule| proven.rules.get_mut(rule)) {
            Some(Some(takes)) if *takes == Takes::Unknown => *takes = Takes::Such(example),
            None if proven.rest == Rest::Unknown && test.expect == UNROUTED => proven.rest = Rest::Such { example, gaps: Gaps::default() },
            _ => {}
        }
    }
    prove(view, router, readers, &mut proven);
    proven
}

/// Adds what is true whatever record comes. An example that somebody has written as a test stays: it says more.
fn prove(view: &View<'_>, router: &Router<'_>, readers: &Readers<'_>, proven: &mut Proven) {
    let id = router.routing.id.as_str();
    // What pages withhold would change what is true.
    let own = (!view.shows_everything()).then(|| (RoutingProof::new(router), Overlaps::new(router)));
    let shared = || Some((view.analysis.proofs().routings.get(id)?, view.analysis.overlapping_rules().get(id)?));
    let shown = |example: &routing::Example<'_>| {
        Example::invented(view, readers, example.fields.iter().map(|(field, value)| (*field, value.as_ref())))
    };
    let Some((proof, overlaps)) = own.as_ref().map(|(proof, overlaps)| (proof, overlaps)).or_else(shared) else { return };
    for (takes, rule) in proven.rules.iter_mut().zip(&proof.rules) {
        match &rule.reached {
            Answer::No => {
                let by = rule.taken_by.iter().map(|taker| taker.rule).collect();
                *takes = Takes::Never { by, is_possible: rule.is_possible };
            }
            Answer::Yes(example) if *takes == Takes::Unknown => *takes = Takes::Such(shown(example)),
            _ => {}
        }
    }
    let gaps = || gaps(view, &proof.gaps);
    match (&proof.unrouted, &mut proven.rest) {
        (Answer::No, rest) => *rest = Rest::Nothing,
        (Answer::Yes(_), Rest::Such { gaps: known, .. }) => *known = gaps(),
        (Answer::Yes(example), rest) => *rest = Rest::Such { example: shown(example), gaps: gaps() },
        (Answer::Undecided, _) => {}
    }
    let pair = |pair: &routing::Overlap<'_>| Overlap { first: pair.first, second: pair.second, example: shown(&pair.example) };
    proven.overlaps = overlaps.conflicts().map(pair).collect();
    proven.undecided = proof.doubt.or(overlaps.doubt).map(|doubt| doubt.to_string());
}

/// What is known of the records that no rule takes. It names values of the conditions, which are those of the stack as it is.
fn gaps(view: &View<'_>, gaps: &[Gap<'_>]) -> Gaps {
    let mut out = Gaps::default();
    for gap in gaps {
        let said = |verb: &str, parts: &[Part]| {
            let text = format!("{} {verb} {}", words::field(gap.field), listed(parts));
            (!parts.is_empty()).then(|| view.disclosed.text(&text).into_owned())
        };
        out.always.extend(said("is", &gap.nowhere));
        out.each.extend(said("is", &gap.can).filter(|_| gap.can != gap.nowhere));
        out.each.extend(said("does not", &gap.never));
    }
    out
}

/// Parts of the values of a field in words, to be read after `is`, or after `does not` where they are parts of texts.
fn listed(parts: &[Part]) -> String {
    let mut sorted: Vec<&Part> = parts.iter().collect();
    sorted.sort_by_key(|part| match part {
        Part::OtherText => 1,
        Part::Missing => 2,
        _ => 0,
    });
    let part = |part: &&Part| match part {
        Part::Missing => "empty".to_owned(),
        Part::OtherText => "a text that no rule names".to_owned(),
        Part::Value(value) => written(value),
        Part::StartsWith(texts) => format!("start with {}", words::either(texts)),
        Part::EndsWith(texts) => format!("end with {}", words::either(texts)),
        Part::Contains(texts) => format!("contain {}", words::either(texts)),
        Part::Range(bounds) => bounds.to_string(),
    };
    words::either(&sorted.iter().map(part).collect::<Vec<_>>())
}

/// Returns the points that records can get, as the stack is.
pub(super) fn scoring(view: &View<'_>, real: &Scorer<'_>) -> Option<Points> {
    let own = (!view.shows_everything()).then(|| ScoringProof::new(real));
    let proof = own.as_ref().or_else(|| view.analysis.proofs().scorings.get(real.scoring.id.as_str()))?;
    let idle = proof.criteria.iter().enumerate().filter(|(_, (_, counts))| counts.is_no());
    Some(Points {
        fewest: proof.fewest.and_then(Attainable::exact),
        most: proof.most.and_then(Attainable::exact),
        idle: idle.map(|(number, _)| number).collect(),
        undecided: proof.doubt.map(|doubt| doubt.to_string()),
    })
}
