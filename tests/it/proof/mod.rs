//! Proofs against the slowest way to answer, and where they must give up.

mod edges;
mod hand_over;
mod oracle;
mod random;

use std::collections::{BTreeMap, BTreeSet};

use linchpin::{
    model::{Entity, FieldType, Fields, Routing, Scoring, When},
    routing::{Answer, Form, Gap, Logic, Overlaps, Part, Router, RoutingProof, Scorer, ScoringProof, Value},
};
use proptest::prelude::*;

use self::random::{FINITE, Sort};

/// What trying out says of a routing.
struct Tried {
    /// The rules that take each record, in order.
    takers: Vec<(Vec<Value>, Vec<usize>)>,
    /// Whether every sort of record was tried.
    is_whole: bool,
}

impl Tried {
    fn first(&self) -> impl Iterator<Item = (usize, &[usize])> {
        self.takers.iter().filter_map(|(_, takers)| Some((*takers.first()?, takers.as_slice())))
    }
}

/// Whether every sort of record can be tried.
fn is_finite(fields: &Fields) -> bool {
    fields.values().all(|field| field.r#type != FieldType::Text || field.values.is_some())
}

fn router(routing: &Entity<Routing>) -> Router<'_> {
    let form = Form::new(routing.fields.as_ref().unwrap());
    let rules = routing.rule.iter().map(|rule| Logic::new(rule.when.as_ref(), &form)).collect();
    Router { routing, form, rules }
}

fn tried(router: &Router<'_>, most: usize) -> Tried {
    let fields = router.routing.fields.as_ref().unwrap();
    let whens: Vec<&When> = router.routing.rule.iter().filter_map(|rule| rule.when.as_ref()).collect();
    let (records, is_all) = oracle::records(fields, &whens, most);
    let of = |record: &Vec<Value>| (0..router.rules.len()).filter(|rule| router.rules[*rule].holds(record)).collect();
    let takers: Vec<(Vec<Value>, Vec<usize>)> = records.into_iter().map(|record| (record.clone(), of(&record))).collect();
    Tried { is_whole: is_finite(fields) && is_all, takers }
}

/// Whether an answer is yes; one that is yes has an example that is so.
fn is_yes(answer: &Answer<'_>, router: &Router<'_>, is_so: impl Fn(&[Value]) -> bool) -> bool {
    if let Some(example) = answer.example() {
        assert!(is_so(&oracle::read(&router.form, example)), "{example} is no example");
    }
    answer.is_yes().expect("what is small is decided")
}

fn compare_rules(router: &Router<'_>, tried: &Tried, proof: &RoutingProof<'_>) {
    for (number, rule) in proof.rules.iter().enumerate() {
        let holds = |record: &[Value]| router.rules[number].holds(record);
        let is_reached = is_yes(&rule.reached, router, |record| router.first(record) == Some(number));
        let was_reached = tried.first().any(|(first, _)| first == number);
        assert!(is_reached || !was_reached, "rule {number} can be reached");
        let was_possible = tried.takers.iter().any(|(_, takers)| takers.contains(&number));
        assert!(rule.is_possible || !was_possible, "rule {number} can hold");
        let takers: BTreeSet<usize> = rule.taken_by.iter().map(|taker| taker.rule).collect();
        for taker in &rule.taken_by {
            let record = oracle::read(&router.form, &taker.example);
            assert!(router.first(&record) == Some(taker.rule) && holds(&record), "{} does not take from {number}", taker.rule);
        }
        if is_reached {
            assert_eq!(takers, BTreeSet::new());
            continue;
        }
        assert_eq!(rule.is_possible, !takers.is_empty(), "what can hold and is never first is taken by others");
        let took: BTreeSet<usize> = tried.first().filter(|(_, takers)| takers.contains(&number)).map(|(first, _)| first).collect();
        assert!(took.is_subset(&takers), "rule {number} is taken by {took:?}, not only by {takers:?}");
        if tried.is_whole {
            assert_eq!(rule.is_possible, was_possible);
        }
    }
}

fn compare_overlaps(router: &Router<'_>, tried: &Tried, overlaps: &Overlaps<'_>) {
    assert_eq!(overlaps.doubt, None);
    let pairs: BTreeSet<(usize, usize)> = overlaps.pairs.iter().map(|pair| (pair.first, pair.second)).collect();
    let differ = |a: usize, b: usize| !router.routing.rule[a].assign.means_the_same(&router.routing.rule[b].assign);
    let met: BTreeSet<(usize, usize)> = tried
        .first()
        .flat_map(|(first, takers)| takers[1..].iter().map(move |second| (first, *second)))
        .filter(|(a, b)| differ(*a, *b))
        .collect();
    assert!(met.is_subset(&pairs), "{met:?} meet, not only {pairs:?}");
    for pair in &overlaps.pairs {
        let record = oracle::read(&router.form, &pair.example);
        assert_eq!(router.first(&record), Some(pair.first));
        assert!(router.rules[pair.second].holds(&record) && differ(pair.first, pair.second));
        let left = tried.first().any(|(first, takers)| first == pair.first && !takers.contains(&pair.second));
        let is_exception = pair.is_exception.unwrap();
        assert!(!(is_exception && left), "rule {} is no exception to {}", pair.first, pair.second);
        assert!(is_exception || left || !tried.is_whole, "rule {} is an exception to {}", pair.first, pair.second);
    }
}

fn compare_same(router: &Router<'_>, tried: &Tried, overlaps: &Overlaps<'_>) {
    let same: BTreeSet<(usize, usize)> = overlaps.same.iter().map(|pair| (pair.first, pair.second)).collect();
    for pair in &overlaps.same {
        let record = oracle::read(&router.form, &pair.example);
        assert!(router.first(&record) == Some(pair.first) && router.rules[pair.second].holds(&record));
        assert_eq!(router.routing.rule[pair.first].assign, router.routing.rule[pair.second].assign);
    }
    for (first, takers) in tried.first() {
        let later = takers[1..].iter().filter(|second| router.routing.rule[first].assign == router.routing.rule[**second].assign);
        for second in later {
            let is_left = tried.first().any(|(other, takers)| other == first && !takers.contains(second));
            assert!(!is_left || same.contains(&(first, *second)), "{first} and {second} meet and assign the same");
        }
    }
}

/// For each value that was tried in a field, whether a record with it stayed without a rule, and whether one had a rule.
fn fates(tried: &Tried, field: usize) -> BTreeMap<String, (&Value, bool, bool)> {
    let mut fates = BTreeMap::new();
    for (record, takers) in &tried.takers {
        let (_, stayed, went) = fates.entry(format!("{:?}", record[field])).or_insert((&record[field], false, false));
        *stayed |= takers.is_empty();
        *went |= !takers.is_empty();
    }
    fates
}

fn compare_gaps(router: &Router<'_>, tried: &Tried, gaps: &[Gap<'_>]) {
    let whens: Vec<&When> = router.routing.rule.iter().filter_map(|rule| rule.when.as_ref()).collect();
    for (index, (name, _)) in router.form.fields().iter().enumerate() {
        let gap = gaps.iter().find(|gap| gap.field == *name);
        let (can, nowhere) = gap.map(|gap| (gap.can.as_slice(), gap.nowhere.as_slice())).unwrap_or_default();
        let named: BTreeSet<String> = oracle::named(&whens, name);
        for (value, stayed, went) in fates(tried, index).into_values() {
            let is_in = |parts: &[Part], value: &Value| parts.iter().any(|part| oracle::holds(part, value, &named));
            assert!(can.is_empty() || !stayed || is_in(can, value), "{name} can be {value:?} without a rule: {can:?}");
            assert!(!went || !is_in(nowhere, value), "{name} leads somewhere with {value:?}: {nowhere:?}");
            if tried.is_whole {
                assert!(stayed || !is_in(can, value), "{name} cannot be {value:?} without a rule: {can:?}");
                // What leads nowhere is told unless nothing leads anywhere.
                let is_told = is_in(nowhere, value) || tried.first().next().is_none();
                assert!(went || is_told, "{name} leads nowhere with {value:?}: {nowhere:?}");
            }
        }
        let never = gap.map(|gap| gap.never.as_slice()).unwrap_or_default();
        for part in never {
            let mut having = fates(tried, index).into_values().filter(|(value, ..)| oracle::holds(part, value, &named));
            assert!(having.all(|(_, stayed, _)| !stayed), "a record has no rule though its {name} is {part}");
        }
    }
}

fn check_routing(routing: &Entity<Routing>, most: usize) {
    let router = router(routing);
    let tried = tried(&router, most);
    let proof = RoutingProof::new(&router);
    assert_eq!(proof.doubt, None);
    compare_rules(&router, &tried, &proof);
    let is_unrouted = is_yes(&proof.unrouted, &router, |record| router.first(record).is_none());
    let was_unrouted = tried.takers.iter().any(|(_, takers)| takers.is_empty());
    assert!(is_unrouted || !was_unrouted, "a record can stay without a rule");
    assert!(is_unrouted || proof.gaps.is_empty());
    assert_eq!(proof.unfillable.is_some(), tried.takers.is_empty());
    compare_gaps(&router, &tried, &proof.gaps);
    let overlaps = Overlaps::new(&router);
    compare_overlaps(&router, &tried, &overlaps);
    compare_same(&router, &tried, &overlaps);
}

fn check_scoring(scoring: &Entity<Scoring>, most: usize) {
    let form = Form::new(scoring.fields.as_ref().unwrap());
    let criteria = scoring.criterion.iter().map(|criterion| Logic::new(Some(&criterion.when), &form)).collect();
    let scorer = Scorer { scoring, form, criteria };
    let proof = ScoringProof::new(&scorer);
    let whens: Vec<&When> = scoring.criterion.iter().map(|criterion| &criterion.when).collect();
    let (records, is_all) = oracle::records(scoring.fields.as_ref().unwrap(), &whens, most);
    let points: BTreeSet<i64> = records.iter().map(|record| scorer.points(record)).collect();
    let (Some(highest), Some(lowest)) = (proof.most, proof.fewest) else {
        assert!(points.is_empty() && proof.unfillable.is_some());
        return;
    };
    let (highest, lowest) = (highest.exact().unwrap(), lowest.exact().unwrap());
    assert_eq!(proof.doubt, None);
    let best = oracle::read(&scorer.form, proof.best.as_ref().unwrap());
    assert_eq!(scorer.points(&best), highest);
    assert!(points.first().is_none_or(|points| *points >= lowest) && points.last().is_none_or(|points| *points <= highest), "{points:?}");
    if is_finite(scoring.fields.as_ref().unwrap()) && is_all {
        assert_eq!(points.first(), Some(&lowest));
    }
    for (number, (_, counts)) in proof.criteria.iter().enumerate() {
        let counted = records.iter().any(|record| scorer.criteria[number].holds(record));
        assert!(counts.is_yes().unwrap() || !counted, "criterion {number} can count");
        if let Some(example) = counts.example() {
            assert!(scorer.criteria[number].holds(&oracle::read(&scorer.form, example)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(1_000), ..ProptestConfig::default() })]

    #[test]
    fn a_proof_over_lists_numbers_and_booleans_says_what_trying_out_every_record_says(routing in random::routing(FINITE, 3)) {
        check_routing(&routing, 3_000);
    }

    #[test]
    fn a_proof_over_text_says_what_trying_out_many_texts_says(routing in random::routing(&[Sort::Text], 1)) {
        check_routing(&routing, 2_000);
    }

    #[test]
    fn a_proof_over_text_and_other_fields_says_what_trying_out_says(routing in random::routing(&[Sort::Text, Sort::Text, Sort::Boolean, Sort::Integer], 3)) {
        check_routing(&routing, 1_000);
    }

    #[test]
    fn what_gets_lost_in_a_hand_over_is_what_trying_out_every_record_says(from in random::routing(FINITE, 3), to in random::routing(FINITE, 3)) {
        hand_over::check(from, to, 2_000);
    }

    #[test]
    fn text_that_gets_lost_in_a_hand_over_is_found(
        from in random::routing(&[Sort::Text, Sort::Boolean], 2),
        to in random::routing(&[Sort::Text, Sort::Text, Sort::Integer], 2),
    ) {
        hand_over::check(from, to, 1_000);
    }

    #[test]
    fn the_most_and_fewest_points_are_those_that_trying_out_finds(scoring in random::scoring(FINITE, 3)) {
        check_scoring(&scoring, 3_000);
    }

    #[test]
    fn no_text_gets_more_points_than_the_proof_says(scoring in random::scoring(&[Sort::Text, Sort::Text, Sort::Boolean], 2)) {
        check_scoring(&scoring, 1_000);
    }
}
