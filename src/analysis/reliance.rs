//! How much of what is important depends on one person alone.

use std::collections::BTreeMap;

use super::Knowledge;
use crate::model::{AnyEntity, CriticalityWeight, Entity, Person, Stack};

/// What is important and only one person can run.
pub struct Reliance<'a> {
    /// The person.
    pub person: &'a Entity<Person>,
    /// The important entities that nobody else can run, the heaviest first, then by kind and id.
    pub entities: Vec<&'a dyn AnyEntity>,
    /// What they weigh together.
    pub weight: f64,
}

/// Who alone can run what, of all that is important.
#[derive(Default)]
pub struct Reliances<'a> {
    /// How many important entities there are.
    pub count: usize,
    /// What they weigh together.
    pub weight: f64,
    /// Each person on whom at least one of them depends, sorted by id.
    pub people: Vec<Reliance<'a>>,
}

impl<'a> Reliances<'a> {
    /// Weighs what depends on one person. Linear in the entities, but for sorting those of each person.
    pub fn new(stack: &'a Stack, knowledge: &Knowledge<'a>) -> Self {
        let weights = &stack.company.risk.criticality_weight;
        let mut reliances = Self::default();
        let mut alone: BTreeMap<&str, Vec<&dyn AnyEntity>> = BTreeMap::new();
        for entity in stack.all().filter(|entity| entity.is_important()) {
            reliances.count += 1;
            reliances.weight += weights.of(entity.criticality());
            if let Some(person) = knowledge.of(entity.address().as_str()).only() {
                alone.entry(person).or_default().push(entity);
            }
        }
        let of_person = |(person, entities)| Some(Reliance::new(stack.people.get(person)?, entities, weights));
        reliances.people = alone.into_iter().filter_map(of_person).collect();
        reliances
    }

    /// Returns the share of the important weight that depends on one person, from 0 to 1; 0 where nothing weighs anything.
    pub fn share(&self, of: &Reliance<'_>) -> f64 {
        if self.weight > 0.0 { of.weight / self.weight } else { 0.0 }
    }
}

impl<'a> Reliance<'a> {
    fn new(person: &'a Entity<Person>, mut entities: Vec<&'a dyn AnyEntity>, weights: &CriticalityWeight) -> Self {
        let weight = |entity: &&dyn AnyEntity| weights.of(entity.criticality());
        entities.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
        let weight = entities.iter().map(weight).sum();
        Self { person, entities, weight }
    }
}
