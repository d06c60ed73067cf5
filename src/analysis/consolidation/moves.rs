//! What would have to move before a tool can go.

use std::collections::BTreeSet;

use crate::{
    graph::References,
    model::{AnyEntity, Entity, Kind, Ref, Stack, Tool},
};

/// Steps of a flow that a tool does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps<'a> {
    /// The id of the flow.
    pub flow: &'a str,
    /// How many steps.
    pub count: usize,
}

/// What is live and depends on a tool, by id and sorted, each thing once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves<'a> {
    /// Integrations that touch it, as an end or as middleware.
    pub integrations: Vec<&'a str>,
    /// Flows with the steps that it does.
    pub steps: Vec<Steps<'a>>,
    /// Objects of which it is the system of record.
    pub records: Vec<&'a str>,
    /// Whatever else lives in it or draws on it, by kind: automations, routings, scorings, audiences, lifecycles, metrics,
    /// reports and attributions.
    pub others: Vec<(Kind, &'a str)>,
}

/// By kind, the keys under which a tool is named by what would have to move with it.
const KEYS: [(Kind, &[&str]); 8] = [
    (Kind::Automation, &["tool", "calls"]),
    (Kind::Routing, &["tool"]),
    (Kind::Scoring, &["tool"]),
    (Kind::Audience, &["tool"]),
    (Kind::Lifecycle, &["tool"]),
    (Kind::Metric, &["sources"]),
    (Kind::Report, &["tool"]),
    (Kind::Attribution, &["tool"]),
];

impl<'a> Moves<'a> {
    /// Collects what depends on a tool. Linear in what mentions it.
    pub(super) fn of(stack: &'a Stack, references: &References, tool: &'a Entity<Tool>) -> Self {
        let mut moves = Self::default();
        let mut others: BTreeSet<(Kind, &str)> = BTreeSet::new();
        let mut integrations: BTreeSet<&str> = BTreeSet::new();
        for reference in references.to(&tool.address()) {
            let Some(from) = stack.at(&reference.from).filter(|from| from.is_live()) else { continue };
            let (kind, id, field) = (from.kind(), from.id().as_str(), reference.field.as_str());
            match kind {
                Kind::Integration if matches!(field, "from" | "to" | "via") => {
                    integrations.insert(id);
                }
                Kind::Flow if field == "steps.tool" => moves.steps.push(Steps { flow: id, count: reference.at.len() }),
                _ if KEYS.iter().any(|(of, keys)| *of == kind && keys.contains(&field)) => {
                    others.insert((kind, id));
                }
                _ => {}
            }
        }
        moves.integrations = integrations.into_iter().collect();
        moves.others = others.into_iter().collect();
        let records: BTreeSet<&str> = tool.system_of_record_for.iter().map(Ref::as_str).collect();
        moves.records = records.into_iter().collect();
        moves
    }

    /// Returns how many steps of flows it does.
    pub fn step_count(&self) -> usize {
        self.steps.iter().map(|steps| steps.count).sum()
    }

    /// Returns how many things would have to move, a step of a flow counting as one.
    pub fn count(&self) -> usize {
        self.integrations.len() + self.step_count() + self.records.len() + self.others.len()
    }

    /// Iterates over the ids of the other things of a kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &'a str> {
        self.others.iter().filter(move |(of, _)| *of == kind).map(|(_, id)| *id)
    }
}
