//! Many records, one by one: who gets each, and how many everybody got.

use std::collections::BTreeMap;

use super::{
    assignee::{Assignee, Turns},
    engine::{Engine, Router},
    form::Form,
    value::Value,
};
use crate::model::RoutingRule;

/// A routing at work. What it keeps grows with the rules and not with the records.
#[derive(Debug)]
pub struct Run<'e, 'a> {
    router: &'e Router<'a>,
    parts: Vec<Post<'e, 'a>>,
    takers: Vec<Receiver>,
}

/// A routing of a run.
#[derive(Debug)]
pub struct Post<'e, 'a> {
    /// The routing.
    pub router: &'e Router<'a>,
    /// How many records no rule of it took.
    pub unrouted: u64,
    /// For each rule how many records it took, and what becomes of them.
    rules: Vec<(u64, Outcome)>,
    /// The record that is asked about, whose memory is used again.
    record: Vec<Value>,
}

/// Who gets records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    /// As the column of a table has it: an address, or words.
    pub name: String,
    /// How many.
    pub records: u64,
}

/// What becomes of the records that a rule takes: numbers of takers, or the number of a part.
#[derive(Debug)]
enum Outcome {
    To(usize),
    InTurn(Turns, Vec<usize>),
    Over(usize),
}

/// Where a record went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Routed {
    /// The number of the rule that took it in the routing that was asked first.
    pub rule: Option<usize>,
    /// The number of the taker; nothing where no rule took it, there or where it was handed over to.
    pub taker: Option<usize>,
}

impl<'e, 'a> Post<'e, 'a> {
    fn new(router: &'e Router<'a>) -> Self {
        Self { router, unrouted: 0, rules: Vec::new(), record: router.form.blank() }
    }

    /// Iterates over the rules in order, each with how many records it took.
    pub fn rules(&self) -> impl Iterator<Item = (&'a RoutingRule, u64)> {
        self.router.routing.body.rule.iter().zip(&self.rules).map(|(rule, (records, _))| (rule, *records))
    }
}

impl<'e, 'a> Run<'e, 'a> {
    /// Prepares a routing and those to which it hands records over.
    pub fn new(engine: &'e Engine<'a>, router: &'e Router<'a>) -> Self {
        let mut run = Self { router, parts: vec![Post::new(router)], takers: Vec::new() };
        let mut places = BTreeMap::from([(router.routing.id.as_str(), 0)]);
        let mut at = 0;
        while let Some(asked) = run.parts.get(at).map(|part| part.router) {
            let mut rules = Vec::with_capacity(asked.routing.body.rule.len());
            for rule in &asked.routing.body.rule {
                let outcome = match engine.next(&rule.assign) {
                    Some(next) => Outcome::Over(*places.entry(next.routing.id.as_str()).or_insert_with(|| {
                        run.parts.push(Post::new(next));
                        run.parts.len() - 1
                    })),
                    None => run.outcome(engine.assignee(&rule.assign)),
                };
                rules.push((0, outcome));
            }
            if let Some(part) = run.parts.get_mut(at) {
                part.rules = rules;
            }
            at += 1;
        }
        run
    }

    fn outcome(&mut self, assignee: Option<Assignee<'_>>) -> Outcome {
        match assignee {
            Some(Assignee::Turns(turns)) => {
                let takers = turns.iter().map(|(party, _)| self.taker(party.to_string())).collect();
                Outcome::InTurn(Turns::new(turns.iter().map(|(_, weight)| *weight)), takers)
            }
            Some(assignee) => Outcome::To(self.taker(assignee.to_string())),
            // To a routing that there is not, which the loader reports.
            None => Outcome::InTurn(Turns::new([]), Vec::new()),
        }
    }

    /// Returns the number of a taker, who is the same whichever rule names them.
    fn taker(&mut self, name: String) -> usize {
        self.takers.iter().position(|taker| taker.name == name).unwrap_or_else(|| {
            self.takers.push(Receiver { name, records: 0 });
            self.takers.len() - 1
        })
    }

    /// Returns the form of the records.
    pub fn form(&self) -> &'e Form<'a> {
        &self.router.form
    }

    /// Returns the routings: the one that is asked first, then those to which it may hand records over.
    pub fn parts(&self) -> &[Post<'e, 'a>] {
        &self.parts
    }

    /// Returns how many records have been asked about.
    pub fn records(&self) -> u64 {
        self.parts.first().map_or(0, |part| part.unrouted + part.rules().map(|(_, records)| records).sum::<u64>())
    }

    /// Returns everybody who may get records, in the order in which the rules name them.
    pub fn takers(&self) -> &[Receiver] {
        &self.takers
    }

    /// Returns the record that is asked about next, to be written over: a value for each field of the form.
    pub fn record(&mut self) -> &mut [Value] {
        self.parts.first_mut().map_or(&mut [], |part| &mut part.record)
    }

    /// Asks who gets the record, and counts it. Whoever takes turns has one.
    pub fn route(&mut self) -> Routed {
        let mut routed = Routed { rule: None, taker: None };
        let mut at = 0;
        // In a circle of hand-overs, which the loader reports, the record is not asked for ever.
        for hop in 0..self.parts.len() {
            let Some(part) = self.parts.get_mut(at) else { break };
            let rule = part.router.first(&part.record);
            if hop == 0 {
                routed.rule = rule;
            }
            let Some((records, outcome)) = rule.and_then(|rule| part.rules.get_mut(rule)) else {
                part.unrouted += 1;
                break;
            };
            *records += 1;
            let next = match outcome {
                Outcome::To(taker) => {
                    routed.taker = Some(*taker);
                    break;
                }
                Outcome::InTurn(turns, takers) => {
                    routed.taker = turns.next_turn().and_then(|turn| takers.get(turn)).copied();
                    break;
                }
                Outcome::Over(next) => *next,
            };
            let Ok([from, to]) = self.parts.get_disjoint_mut([at, next]) else { break };
            from.router.hand_over(&from.record, &to.router.form, &mut to.record);
            at = next;
        }
        if let Some(taker) = routed.taker.and_then(|taker| self.takers.get_mut(taker)) {
            taker.records += 1;
        }
        routed
    }
}
