//! The rules of routings, asked in order: the first that takes a record decides.

use std::collections::BTreeMap;

use super::{assignee::Assignee, condition::Logic, form::Form, value::Value};
use crate::model::{Assign, Entity, Routing, RoutingRule, RoutingTest, Stack, UNROUTED};

/// A routing with its rules compiled.
#[derive(Debug)]
pub struct Router<'a> {
    /// The routing.
    pub routing: &'a Entity<Routing>,
    /// The fields that it reads.
    pub form: Form<'a>,
    /// When each rule takes a record, in order.
    pub rules: Vec<Logic<'a>>,
}

/// What came of asking a rule, or a criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// Its number.
    pub rule: usize,
    /// Whether it takes the record.
    pub holds: bool,
    /// For each of its clauses what failed in it; nothing failed in one that holds.
    pub clauses: Vec<Vec<Failed>>,
}

/// A condition that failed.
#[derive(Debug, Clone, PartialEq)]
pub struct Failed {
    /// The number of the field in the form.
    pub field: usize,
    /// The value on which it failed.
    pub value: Value,
}

impl Tried {
    /// Asks a rule and says what came of it.
    pub(super) fn new(rule: usize, logic: &Logic<'_>, record: &[Value]) -> Self {
        let of = |field: usize| record.get(field).cloned().unwrap_or(Value::Missing);
        let failed = |clause: &super::Clause<'_>| {
            let filters = clause.iter().filter(|filter| !filter.holds(&of(filter.field)));
            filters.map(|filter| Failed { field: filter.field, value: of(filter.field) }).collect()
        };
        let clauses: Vec<Vec<Failed>> = logic.clauses.iter().map(failed).collect();
        Self { rule, holds: clauses.iter().any(Vec::is_empty), clauses }
    }
}

impl<'a> Router<'a> {
    /// Compiles a routing of a stack.
    pub fn new(stack: &'a Stack, routing: &'a Entity<Routing>) -> Self {
        let form = Form::new(stack.fields_of(routing.fields.as_ref(), Some(&routing.object)));
        let rules = routing.rule.iter().map(|rule| Logic::new(rule.when.as_ref(), &form)).collect();
        Self { routing, form, rules }
    }

    /// Returns the number of the first rule that takes a record.
    pub fn first(&self, record: &[Value]) -> Option<usize> {
        self.rules.iter().position(|rule| rule.holds(record))
    }

    /// Asks the rules in order, down to the first that takes the record.
    pub fn tried(&self, record: &[Value]) -> Vec<Tried> {
        let last = self.first(record).map_or(self.rules.len(), |first| first + 1);
        self.rules.iter().take(last).enumerate().map(|(number, rule)| Tried::new(number, rule, record)).collect()
    }

    /// Asks one rule, whatever the others say.
    pub fn ask(&self, number: usize, record: &[Value]) -> Option<Tried> {
        self.rules.get(number).map(|rule| Tried::new(number, rule, record))
    }

    /// Returns the rule of a number.
    pub fn rule(&self, number: usize) -> Option<&'a RoutingRule> {
        self.routing.body.rule.get(number)
    }

    /// Runs the tests of the stack: each with the number of the rule that takes its record, and whether that is the one
    /// that the test expects.
    pub fn tests(&self) -> impl Iterator<Item = (&'a RoutingTest, Option<usize>, bool)> {
        self.routing.body.test.iter().map(|test| {
            let first = self.first(&self.form.values(&test.record));
            let name = first.and_then(|number| self.rule(number)).map_or(UNROUTED, |rule| rule.name.as_str());
            (test, first, name == test.expect)
        })
    }
}

/// All routings of a stack, compiled, with the ways from one to another.
#[derive(Debug)]
pub struct Engine<'a> {
    stack: &'a Stack,
    routers: BTreeMap<&'a str, Router<'a>>,
}

/// A routing that was asked, and what it said.
#[derive(Debug, Clone)]
pub struct Route<'a> {
    /// The routing.
    pub routing: &'a Entity<Routing>,
    /// The number of the rule that took the record; nothing where none did.
    pub rule: Option<usize>,
    /// The record, as that routing reads it.
    pub record: Vec<Value>,
}

/// Where a record ends up.
#[derive(Debug, Clone)]
pub struct Decision<'a> {
    /// The routings that were asked, in order: each but the last has handed the record over. Never empty.
    pub routes: Vec<Route<'a>>,
    /// Who gets it; nothing where no rule took it.
    pub assignee: Option<Assignee<'a>>,
}

impl<'a> Engine<'a> {
    /// Compiles every routing of a stack. Linear in its conditions.
    pub fn new(stack: &'a Stack) -> Self {
        let routers = stack.routings.values().map(|routing| (routing.id.as_str(), Router::new(stack, routing)));
        Self { stack, routers: routers.collect() }
    }

    /// Returns the routing of an id.
    pub fn router(&self, id: &str) -> Option<&Router<'a>> {
        self.routers.get(id)
    }

    /// Iterates over the routings, sorted by id.
    pub fn routers(&self) -> impl Iterator<Item = &Router<'a>> {
        self.routers.values()
    }

    /// Asks a routing who gets a record, and those to which it hands it over. Fields go over by name.
    pub fn decide(&self, router: &Router<'a>, record: Vec<Value>) -> Decision<'a> {
        let mut way: Vec<Route<'a>> = Vec::new();
        let (mut asked, mut record) = (router, record);
        loop {
            let rule = asked.first(&record);
            let assign = rule.and_then(|number| asked.rule(number)).map(|rule| &rule.assign);
            // In a circle of hand-overs, which the loader reports, the record is not asked for ever.
            let next = assign.filter(|_| way.len() <= self.routers.len()).and_then(|assign| self.next(assign));
            let handed = next.map(|next| {
                let mut handed = next.form.blank();
                asked.hand_over(&record, &next.form, &mut handed);
                handed
            });
            way.push(Route { routing: asked.routing, rule, record });
            let (Some(next), Some(handed)) = (next, handed) else {
                return Decision { routes: way, assignee: assign.and_then(|assign| self.assignee(assign)) };
            };
            (asked, record) = (next, handed);
        }
    }

    /// Returns whom an assignment means; nothing where another routing decides.
    pub(super) fn assignee(&self, assign: &'a Assign) -> Option<Assignee<'a>> {
        Assignee::new(self.stack, assign)
    }

    /// Returns the routing that decides instead, if an assignment hands over.
    pub(super) fn next(&self, assign: &Assign) -> Option<&Router<'a>> {
        match assign {
            Assign::HandOver(over) => self.router(over.routing.as_str()),
            _ => None,
        }
    }
}

impl Router<'_> {
    /// Writes the record as another form reads it over what is there. A field of another type there is missing.
    pub(super) fn hand_over(&self, record: &[Value], to: &Form<'_>, handed: &mut [Value]) {
        for (index, place) in handed.iter_mut().enumerate() {
            match to.source(index, &self.form).and_then(|source| record.get(source)) {
                Some(value) => place.clone_from(value),
                None => *place = Value::Missing,
            }
        }
    }
}
