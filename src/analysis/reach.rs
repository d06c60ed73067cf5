//! What reaches the system of record: tools that integrations join to it, records that they carry there.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    graph::{Graph, Records},
    model::{AnyEntity, Entity, Ref, Stack, Tool},
};

/// How far tools and records get over live integrations.
#[derive(Debug, Default)]
pub struct Reach<'a> {
    system_of_record: Option<&'a Entity<Tool>>,
    groups: Vec<Vec<&'a str>>,
    group_of: BTreeMap<&'a str, usize>,
    own: BTreeMap<&'a str, Vec<&'a Entity<Tool>>>,
    records: Records<'a>,
}

impl<'a> Reach<'a> {
    /// Follows the live integrations of a stack: once for the groups of tools that they join, and once against their
    /// direction from the system of record, whatever the number of tools. Records travel between live tools only.
    pub fn new(stack: &'a Stack, graph: &Graph<'a>) -> Self {
        let system_of_record = stack.company.system_of_record.as_ref().and_then(|tool| stack.tools.get(tool.as_str()));
        let groups = graph.components(AnyEntity::is_live);
        let group_of = groups.iter().enumerate().flat_map(|(number, group)| group.iter().map(move |tool| (*tool, number))).collect();
        let own = own_records(stack);
        let records = system_of_record.map(|tool| {
            let hub = std::iter::once((tool.id.as_str(), None));
            let own = own.iter().flat_map(|(object, tools)| tools.iter().map(|tool| (tool.id.as_str(), Some(*object))));
            graph.records_to(hub.chain(own), &|integration, _| graph.is_in_use(integration))
        });
        Self { system_of_record, groups, group_of, records: records.unwrap_or_default(), own }
    }

    /// Returns the system of record, if one is named.
    pub fn system_of_record(&self) -> Option<&'a Entity<Tool>> {
        self.system_of_record
    }

    /// Returns the tools that live integrations join with a tool, whatever their direction, itself and middleware
    /// included, sorted by id.
    pub fn group(&self, tool: &str) -> &[&'a str] {
        self.group_of.get(tool).and_then(|number| self.groups.get(*number)).map_or(&[], Vec::as_slice)
    }

    /// Whether live integrations join a tool with the system of record, whatever their direction.
    pub fn is_joined(&self, tool: &str) -> bool {
        let of = |tool: &str| self.group_of.get(tool);
        self.system_of_record.is_some_and(|record| of(record.id.as_str()) == of(tool))
    }

    /// Returns the live production tools that are the system of record of an object, sorted by id.
    pub fn own_of(&self, object: &str) -> &[&'a Entity<Tool>] {
        self.own.get(object).map_or(&[], Vec::as_slice)
    }

    /// Whether live integrations between live tools carry records that a tool calls by this name to the system of record,
    /// or to a live production tool that is the one of that object. An integration that lists no objects counts as carrying
    /// everything.
    pub fn carries(&self, tool: &str, object: &str) -> bool {
        self.records.contains(tool, object)
    }
}

/// The live production tools that are the system of record of each object.
fn own_records(stack: &Stack) -> BTreeMap<&str, Vec<&Entity<Tool>>> {
    let mut own: BTreeMap<&str, Vec<&Entity<Tool>>> = BTreeMap::new();
    for tool in stack.tools.values().filter(|tool| tool.is_live_production()) {
        for object in tool.system_of_record_for.iter().map(Ref::as_str).collect::<BTreeSet<_>>() {
            own.entry(object).or_default().push(tool);
        }
    }
    own
}
