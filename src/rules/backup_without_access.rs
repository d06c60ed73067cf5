use super::{Context, wording::list};
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Entity, Owner, Party, Tool},
};

declare_rule! {
    /// ## What it checks
    /// A live tool of criticality critical or high with `admins`, among whom its `owner` or its `backup` is not. Of a team
    /// one member is enough.
    ///
    /// ## Why it matters
    /// Whoever steps in without rights in the tool can only watch. That is noticed when the one who has them cannot be
    /// reached.
    ///
    /// ## Example
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// vendor = "HubSpot"
    /// category = "marketing-automation"
    /// purpose = "Sends mail and scores leads."
    /// description = "Leads are nurtured here until sales takes over."
    /// criticality = "high"
    /// owner = "ana"
    /// backup = "cara"
    /// admins = ["ana", "ben"]
    /// reviewed = 2026-10-01
    /// data = { personal = ["email"], deletion = "api" }
    /// access = { sso = true, reviewed = 2026-10-01 }
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// vendor = "HubSpot"
    /// category = "marketing-automation"
    /// purpose = "Sends mail and scores leads."
    /// description = "Leads are nurtured here until sales takes over."
    /// criticality = "high"
    /// owner = "ana"
    /// backup = "cara"
    /// admins = ["ana", "ben", "cara"]
    /// reviewed = 2026-10-01
    /// data = { personal = ["email"], deletion = "api" }
    /// access = { sso = true, reviewed = 2026-10-01 }
    /// ```
    ///
    /// ## Limits
    /// A tool without `admins` is not judged. A team whose members are not listed may have administrators that this stack
    /// does not know, so it is not judged either. Somebody who has left needs no rights and is reported by
    /// `departed-owner`.
    pub RULE = "backup-without-access", Ownership, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    for tool in stack.tools.values().filter(|tool| tool.is_important() && !tool.admins.is_empty()) {
        for (key, party) in [("owner", &tool.owner), ("backup", &tool.backup)] {
            if let Some(party) = party.as_ref().filter(|party| is_without_access(cx, tool, party)) {
                report(cx, tool, key, party);
            }
        }
    }
}

/// Whether a person is no administrator of a tool, or no member of a team is one. Linear in the administrators.
fn is_without_access(cx: &Context<'_>, tool: &Tool, party: &Owner) -> bool {
    match cx.stack.party(party) {
        Some(Party::Person(person)) => !person.is_gone(cx.today) && tool.admins.iter().all(|admin| admin.as_str() != person.id.as_str()),
        Some(Party::Team(team)) => {
            let members = cx.analysis.members();
            team.members_listed && !tool.admins.iter().any(|admin| members.has(team.id.as_str(), admin.as_str()))
        }
        None => false,
    }
}

fn report(cx: &mut Context<'_>, tool: &Entity<Tool>, key: &str, party: &Owner) {
    let Some(party) = cx.stack.party(party) else { return };
    let (address, name) = (tool.address(), party.name());
    let (message, label, help) = match party {
        Party::Person(person) => (
            format!("the {key} of `{address}`, {name}, is not among its administrators"),
            "not an administrator",
            format!("give {name} administrator rights, and add `\"{}\"` to `admins`", person.id),
        ),
        Party::Team(_) => (
            format!("the {key} of `{address}` is the team {name}, of which nobody is among its administrators"),
            "no member is an administrator",
            format!("give somebody in {name} administrator rights, and add their id to `admins`"),
        ),
    };
    let admins = tool.admins.iter().filter_map(|admin| cx.stack.people.get(admin.as_str()));
    let admins = list(admins.map(|admin| admin.body.about.name.to_string()), 5);
    let finding = cx.at(&RULE, tool, key, message).label(label).key(key).note(format!("its administrators: {admins}")).help(help);
    cx.report(finding.related(party.address(), cx.header_at(&party.address()), key));
}
