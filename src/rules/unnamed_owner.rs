use super::{Context, wording};
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Kind, Owner, Stack},
};

declare_rule! {
    /// ## What it checks
    /// A live entity of criticality critical or high whose `owner` is a team, while no person is named as owner or
    /// backup, or for a tool among its `admins`.
    ///
    /// ## Why it matters
    /// When it fails at six in the evening somebody must be called, and a team has no telephone. A team is a good owner
    /// as long as one of its people is named beside it.
    ///
    /// ## Example
    /// ```toml
    /// [automation.nurture]
    /// name = "Nurture"
    /// tool = "hubspot"
    /// trigger = "A lead is not ready yet."
    /// actions = ["Send three mails in three weeks."]
    /// criticality = "high"
    /// owner = "mops"
    /// tested = 2026-06-01
    /// reviewed = 2026-10-01
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [automation.nurture]
    /// name = "Nurture"
    /// tool = "hubspot"
    /// trigger = "A lead is not ready yet."
    /// actions = ["Send three mails in three weeks."]
    /// criticality = "high"
    /// owner = "mops"
    /// backup = "ben"
    /// tested = 2026-06-01
    /// reviewed = 2026-10-01
    /// ```
    ///
    /// ## Limits
    /// Whoever leads the team is not named at the entity and does not count. A person who is named and has left is
    /// reported by `departed-owner`, not here. An entity without any owner is reported by `no-owner`.
    pub RULE = "unnamed-owner", Ownership, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    for entity in stack.all().filter(|entity| entity.is_important()) {
        let team = entity.owner().and_then(|owner| stack.teams.get(owner.as_str()));
        let Some(team) = team.filter(|_| !names_a_person(stack, entity)) else { continue };
        let address = entity.address();
        let criticality = wording::criticality(entity);
        let message = format!("`{address}`, which is {criticality}, is owned by the team {}, and no person is named", team.body.about.name);
        let note = match cx.analysis.members().of(team.id.as_str()).len() {
            _ if !team.members_listed => format!("the members of `{}` are not in this stack", team.address()),
            0 => format!("nobody in this stack is a member of `{}`", team.address()),
            1 => format!("`{}` has one member", team.address()),
            members => format!("`{}` has {members} members", team.address()),
        };
        let help = if entity.kind() == Kind::Tool {
            "name a person beside the team: add `backup = \"…\"`, or `admins = [\"…\"]`"
        } else {
            "name a person beside the team: add `backup = \"…\"`, or make a person the `owner`"
        };
        let finding = cx.at(&RULE, entity, "owner", message).label("a team").note(note).help(help);
        cx.report(finding.related(team.address(), Some(cx.header(team)), "the team"));
    }
}

/// Whether a person is named as owner, backup or administrator.
fn names_a_person(stack: &Stack, entity: &dyn AnyEntity) -> bool {
    let is_person = |party: &Owner| stack.people.contains_key(party.as_str());
    let is_administered = || stack.tools.get(entity.id().as_str()).is_some_and(|tool| !tool.admins.is_empty());
    [entity.owner(), entity.backup()].into_iter().flatten().any(is_person) || entity.kind() == Kind::Tool && is_administered()
}
