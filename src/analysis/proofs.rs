//! What is true of routings and scorings, whatever record comes.

use std::collections::BTreeMap;

use crate::{
    model::Stack,
    routing::{Engine, Loss, Overlaps, RoutingProof, Scorer, ScoringProof, losses},
};

/// What is true of every routing and scoring of a stack, by id.
#[derive(Debug)]
pub struct Proofs<'a> {
    /// The routings.
    pub routings: BTreeMap<&'a str, RoutingProof<'a>>,
    /// What each routing that hands over loses by that, rule by rule.
    pub losses: BTreeMap<&'a str, Vec<Loss<'a>>>,
    /// The scorings.
    pub scorings: BTreeMap<&'a str, ScoringProof<'a>>,
}

impl<'a> Proofs<'a> {
    // One after the other: whoever waits here for a part that another core works on may take up a rule meanwhile that asks
    // for the proofs, and would wait for itself.
    pub(super) fn new(stack: &'a Stack, engine: &Engine<'a>) -> Self {
        let losses = engine.routers().map(|router| (router.routing.id.as_str(), losses(engine, router)));
        let losses = losses.filter(|(_, losses)| !losses.is_empty()).collect();
        let routings = engine.routers().map(|router| (router.routing.id.as_str(), RoutingProof::new(router)));
        let scorings = stack.scorings.values().map(|scoring| (scoring.id.as_str(), ScoringProof::new(&Scorer::new(stack, scoring))));
        Self { routings: routings.collect(), losses, scorings: scorings.collect() }
    }
}

/// Compares the rules of every routing with each other, by the id of the routing; one after the other, as proofs are made.
pub(super) fn overlaps<'a>(engine: &Engine<'a>) -> BTreeMap<&'a str, Overlaps<'a>> {
    engine.routers().map(|router| (router.routing.id.as_str(), Overlaps::new(router))).collect()
}
