use std::collections::BTreeSet;

use super::{Context, wording};
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Ref},
};

declare_rule! {
    /// ## What it checks
    /// A live tool of criticality critical or high with `admins` of whom exactly one is there.
    ///
    /// ## Why it matters
    /// On the day when that account is locked, or its owner is on a plane, nobody can add a user, lift a limit or switch
    /// off what runs wild. To get in again takes the vendor days.
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
    /// admins = ["ana"]
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
    /// admins = ["ana", "ben"]
    /// reviewed = 2026-10-01
    /// data = { personal = ["email"], deletion = "api" }
    /// access = { sso = true, reviewed = 2026-10-01 }
    /// ```
    ///
    /// ## Limits
    /// A tool without `admins` is not judged: perhaps nobody has written them down. Whoever is away or has left is not
    /// there; whoever has said that they leave still is. Where none of several is there, `departed-owner` names those who
    /// have left.
    pub RULE = "single-admin", Ownership, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let (stack, today) = (cx.stack, cx.today);
    for tool in stack.tools.values().filter(|tool| tool.is_important()) {
        let admins: BTreeSet<&str> = tool.admins.iter().map(Ref::as_str).collect();
        let (present, absent): (Vec<_>, Vec<_>) =
            admins.into_iter().filter_map(|admin| stack.people.get(admin)).partition(|admin| admin.is_present(today));
        let [only] = present.as_slice() else { continue };
        let criticality = wording::criticality(tool);
        let there = if absent.is_empty() { "" } else { " who is there" };
        let message = format!("`{}`, which is {criticality}, has one administrator{there}: {}", tool.address(), only.body.about.name);
        let mut finding = cx.at(&RULE, tool, "admins", message).label(format!("one administrator{there}"));
        for admin in absent {
            finding = finding.note(format!("{} {}", admin.body.about.name, admin.why_not_staying(today).unwrap_or_default()));
        }
        let finding = finding.related(only.address(), Some(cx.header(*only)), "the only one");
        cx.report(finding.help("give a second person administrator rights, and add their id to `admins`"));
    }
}
