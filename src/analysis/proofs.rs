//! What is true of routings and scorings, whatever record comes.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    model::Stack,
    routing::{Engine, Loss, Overlaps, Router, RoutingProof, Scorer, ScoringProof, losses},
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
    pub(super) fn new(stack: &'a Stack, engine: &Engine<'a>) -> Self {
        let routings: Vec<&Router<'a>> = engine.routers().collect();
        let losses = routings.par_iter().map(|router| (router.routing.id.as_str(), losses(engine, router)));
        let losses = losses.filter(|(_, losses)| !losses.is_empty()).collect();
        let routings = routings.into_par_iter().map(|router| (router.routing.id.as_str(), RoutingProof::new(router)));
        let scorings: Vec<_> = stack.scorings.values().collect();
        let scorings = scorings.into_par_iter().map(|scoring| (scoring.id.as_str(), ScoringProof::new(&Scorer::new(stack, scoring))));
        Self { routings: routings.collect(), losses, scorings: scorings.collect() }
    }
}

/// Compares the rules of every routing with each other, by the id of the routing.
pub(super) fn overlaps<'a>(engine: &Engine<'a>) -> BTreeMap<&'a str, Overlaps<'a>> {
    let routers: Vec<&Router<'a>> = engine.routers().collect();
    routers.into_par_iter().map(|router| (router.routing.id.as_str(), Overlaps::new(router))).collect()
}
