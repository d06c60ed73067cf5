//! Who is named where: every place at which a live entity, or a table that exists once, says who answers for it, steps
//! in, administers it or receives records.

use std::collections::BTreeSet;

use crate::{
    model::{Address, AnyEntity, Assign, Located, Owner, Stack},
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

/// Collects the duties of a stack, sorted by kind and id of the entity. Linear in the stack.
pub fn duties(stack: &Stack) -> Vec<Duty<'_>> {
    let mut duties = Vec::new();
    for entity in stack.all().filter(|entity| entity.is_live()) {
        let of = Place { of: entity.address(), file: entity.file(), pointer: entity.pointer() };
        duties.extend(entity.owner().map(|owner| of.duty(Role::Owner, owner.as_str(), "owner")));
        duties.extend(entity.backup().map(|backup| of.duty(Role::Backup, backup.as_str(), "backup")));
    }
    for tool in stack.tools.values().filter(|tool| tool.is_live()) {
        let of = Place { of: tool.address(), file: tool.file, pointer: tool.pointer() };
        let mut seen = BTreeSet::new();
        for (index, admin) in tool.admins.iter().enumerate().filter(|(_, admin)| seen.insert(admin.as_str())) {
            let key = format!("admins.{admin}");
            duties.push(Duty { key, ..of.duty(Role::Administrator, admin.as_str(), &format!("admins/{index}")) });
        }
    }
    for integration in stack.integrations.values().filter(|integration| integration.is_live()) {
        let of = Place { of: integration.address(), file: integration.file, pointer: integration.pointer() };
        duties.extend(integration.operator.as_ref().map(|operator| of.duty(Role::Operator, operator.as_str(), "operator")));
    }
    for checklist in stack.checklists.values() {
        let of = Place { of: checklist.address(), file: checklist.file, pointer: checklist.pointer() };
        duties.extend(checklist.approver.as_ref().map(|approver| of.duty(Role::Approver, approver.as_str(), "approver")));
    }
    assignees(stack, &mut duties);
    stages(stack, &mut duties);
    once(stack, &mut duties);
    duties
}

/// Where a thing stands that names people.
struct Place {
    of: Address,
    file: FileId,
    pointer: String,
}

impl Place {
    fn once<T>(name: &str, table: &Located<T>) -> Self {
        Self { of: Address::new(name), file: table.file, pointer: table.pointer.clone() }
    }

    fn duty<'a>(&self, role: Role, party: &'a str, path: &str) -> Duty<'a> {
        let Self { of, file, pointer } = self;
        Duty { of: of.clone(), role, party, key: path.replace('/', "."), file: *file, pointer: format!("{pointer}/{path}") }
    }
}

/// Whoever gets records by a live routing, once in each of its rules.
fn assignees<'a>(stack: &'a Stack, duties: &mut Vec<Duty<'a>>) {
    for routing in stack.routings.values().filter(|routing| routing.is_live()) {
        for (index, rule) in routing.rule.iter().enumerate() {
            let of = routing.address().part("rule", &crate::model::slug(rule.name.as_str()));
            let of = Place { of, file: routing.file, pointer: format!("{}/rule/{index}", routing.pointer()) };
            let mut named: Vec<(&Owner, String)> = parties(&rule.assign);
            // The sort is stable, so that the first mention of each stays.
            named.sort_by_key(|(party, _)| *party);
            named.dedup_by(|(a, _), (b, _)| a == b);
            duties.extend(
                named
                    .into_iter()
                    .map(|(party, path)| Duty { key: party.as_str().to_owned(), ..of.duty(Role::Assignee, party.as_str(), &path) }),
            );
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

/// Whoever answers for a stage, or takes records over at one.
fn stages<'a>(stack: &'a Stack, duties: &mut Vec<Duty<'a>>) {
    for lifecycle in stack.lifecycles.values() {
        for (index, stage) in lifecycle.stage.iter().enumerate() {
            let of = lifecycle.address().part("stage", stage.id.as_str());
            let of = Place { of, file: lifecycle.file, pointer: format!("{}/stage/{index}", lifecycle.pointer()) };
            duties.extend(stage.owner.as_ref().map(|owner| of.duty(Role::Owner, owner.as_str(), "owner")));
            duties.extend(stage.handoff.as_ref().map(|handoff| of.duty(Role::Assignee, handoff.to.as_str(), "handoff/to")));
        }
    }
}

/// Whoever the tables name that exist once.
fn once<'a>(stack: &'a Stack, duties: &mut Vec<Duty<'a>>) {
    if let Some(charter) = &stack.charter {
        let of = Place::once("charter", charter);
        duties.extend(charter.owner.as_ref().map(|owner| of.duty(Role::Owner, owner.as_str(), "owner")));
        for (area, owner) in charter.areas.each() {
            duties.extend(owner.map(|owner| of.duty(Role::OwnerOf(area), owner.as_str(), &format!("areas/{area}"))));
        }
    }
    if let Some(privacy) = &stack.privacy {
        let of = Place::once("privacy", privacy);
        duties.extend(privacy.officer.as_ref().map(|officer| of.duty(Role::Officer, officer.as_str(), "officer")));
    }
}
