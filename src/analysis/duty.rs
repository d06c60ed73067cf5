//! Who is named where: every place at which a live entity, or a table that exists once, says who answers for it, steps
//! in, administers it or receives records.

use std::collections::BTreeSet;

use crate::{
    model::{Address, AnyEntity, Assign, Located, Owner, Ref, Stack},
    source::FileId,
};

/// As what somebody is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Answers for it.
    Owner,
    /// Answers for an area of the charter.
    OwnerOf(&'static str),
    /// Steps in.
    Backup,
    /// Has administrator rights.
    Administrator,
    /// Carries data by hand.
    Operator,
    /// Says yes at the end.
    Approver,
    /// Receives records.
    Assignee,
    /// Answers for privacy.
    Officer,
}

/// A place at which somebody is named.
#[derive(Debug, Clone)]
pub struct Duty<'a> {
    /// The address of the smallest thing for which they are named.
    pub of: Address,
    /// As what.
    pub role: Role,
    /// The id of the person or team.
    pub party: &'a str,
    /// Tells apart the duties of one thing: the key, with the id where a key may name several.
    pub key: String,
    /// The file in which the name stands.
    pub file: FileId,
    /// The JSON pointer of the name in that file.
    pub pointer: String,
}

/// Collects the duties of those people and teams that `wanted` accepts, sorted by kind and id of the entity. Linear in
/// the stack.
pub fn duties(stack: &Stack, wanted: impl Fn(&str) -> bool) -> Vec<Duty<'_>> {
    let mut found = Found { wanted, duties: Vec::new() };
    for entity in stack.all().filter(|entity| entity.is_live()) {
        let place = || Place::of(entity);
        found.add(place, Role::Owner, entity.owner().map(Owner::as_str), "owner");
        found.add(place, Role::Backup, entity.backup().map(Owner::as_str), "backup");
    }
    for tool in stack.tools.values().filter(|tool| tool.is_live()) {
        let mut seen = BTreeSet::new();
        for (index, admin) in tool.admins.iter().enumerate().filter(|(_, admin)| seen.insert(admin.as_str())) {
            let key = || format!("admins.{admin}");
            found.add_as(|| Place::of(tool), Role::Administrator, admin.as_str(), key, &format!("admins/{index}"));
        }
    }
    for integration in stack.integrations.values().filter(|integration| integration.is_live()) {
        found.add(|| Place::of(integration), Role::Operator, integration.operator.as_ref().map(Ref::as_str), "operator");
    }
    for checklist in stack.checklists.values() {
        found.add(|| Place::of(checklist), Role::Approver, checklist.approver.as_ref().map(Ref::as_str), "approver");
    }
    found.assignees(stack);
    found.stages(stack);
    found.once(stack);
    found.duties
}

/// Where a thing stands that names people.
struct Place {
    of: Address,
    file: FileId,
    pointer: String,
}

impl Place {
    fn of(entity: &dyn AnyEntity) -> Self {
        Self { of: entity.address(), file: entity.file(), pointer: entity.pointer() }
    }

    fn once<T>(name: &str, table: &Located<T>) -> Self {
        Self { of: Address::new(name), file: table.file, pointer: table.pointer.clone() }
    }
}

/// The duties found so far. Most names are of nobody that is looked for, and cost no text.
struct Found<'a, W> {
    wanted: W,
    duties: Vec<Duty<'a>>,
}

impl<'a, W: Fn(&str) -> bool> Found<'a, W> {
    fn add(&mut self, place: impl Fn() -> Place, role: Role, party: Option<&'a str>, path: &str) {
        if let Some(party) = party {
            self.add_as(place, role, party, || path.replace('/', "."), path);
        }
    }

    fn add_as(&mut self, place: impl Fn() -> Place, role: Role, party: &'a str, key: impl Fn() -> String, path: &str) {
        if (self.wanted)(party) {
            let Place { of, file, pointer } = place();
            self.duties.push(Duty { of, role, party, key: key(), file, pointer: format!("{pointer}/{path}") });
        }
    }

    /// Whoever gets records by a live routing, once in each of its rules.
    fn assignees(&mut self, stack: &'a Stack) {
        for routing in stack.routings.values().filter(|routing| routing.is_live()) {
            for (index, rule) in routing.rule.iter().enumerate() {
                let place = || Place {
                    of: routing.address().part("rule", &crate::model::slug(rule.name.as_str())),
                    file: routing.file,
                    pointer: format!("{}/rule/{index}", routing.pointer()),
                };
                let mut named: Vec<(&Owner, String)> = parties(&rule.assign);
                // The sort is stable, so that the first mention of each stays.
                named.sort_by_key(|(party, _)| *party);
                named.dedup_by(|(a, _), (b, _)| a == b);
                for (party, path) in named {
                    self.add_as(place, Role::Assignee, party.as_str(), || party.as_str().to_owned(), &path);
                }
            }
        }
    }

    /// Whoever answers for a stage, or takes records over at one.
    fn stages(&mut self, stack: &'a Stack) {
        for lifecycle in stack.lifecycles.values() {
            for (index, stage) in lifecycle.stage.iter().enumerate() {
                let place = || Place {
                    of: lifecycle.address().part("stage", stage.id.as_str()),
                    file: lifecycle.file,
                    pointer: format!("{}/stage/{index}", lifecycle.pointer()),
                };
                self.add(place, Role::Owner, stage.owner.as_ref().map(Owner::as_str), "owner");
                self.add(place, Role::Assignee, stage.handoff.as_ref().map(|handoff| handoff.to.as_str()), "handoff/to");
            }
        }
    }

    /// Whoever the tables name that exist once.
    fn once(&mut self, stack: &'a Stack) {
        if let Some(charter) = &stack.charter {
            let place = || Place::once("charter", charter);
            self.add(place, Role::Owner, charter.owner.as_ref().map(Owner::as_str), "owner");
            for (area, owner) in charter.areas.each() {
                self.add(place, Role::OwnerOf(area), owner.map(Owner::as_str), &format!("areas/{area}"));
            }
        }
        if let Some(privacy) = &stack.privacy {
            self.add(|| Place::once("privacy", privacy), Role::Officer, privacy.officer.as_ref().map(Ref::as_str), "officer");
        }
    }
}

/// The people and teams that an assignment names, with the path below the rule at which each stands.
fn parties(assign: &Assign) -> Vec<(&Owner, String)> {
    let list = match assign {
        Assign::InTurn(_) => Some("assign"),
        Assign::RoundRobin(_) => Some("assign/round-robin"),
        _ => None,
    };
    let one = if matches!(assign, Assign::OwnerOf(_)) { "assign/fallback" } else { "assign" };
    let path = |index: usize| list.map_or_else(|| one.to_owned(), |list| format!("{list}/{index}"));
    assign.parties().enumerate().map(|(index, party)| (party, path(index))).collect()
}
