use super::{Context, wording::list};
use crate::{
    analysis::{Duty, Role},
    diagnostic::{Diagnostic, declare_rule},
    model::{AnyEntity, Entity, Person, Ref},
};

declare_rule! {
    /// ## What it checks
    /// An owner, backup, administrator, assignee, approver, operator or privacy officer, or somebody who accepted
    /// a risk that still stands, who has left: their `status` is `left`, or their `until` lies before today.
    ///
    /// ## Why it matters
    /// A name of somebody who has gone reads as if somebody answered. Records routed to them are worked by nobody,
    /// and their rights in a tool are still open.
    ///
    /// ## Example
    /// ```toml
    /// [tool.google-ads]
    /// name = "Google Ads"
    /// category = "search-advertising"
    /// purpose = "Buys clicks on searches."
    /// owner = "dora"
    ///
    /// [person.dora]
    /// name = "Dora"
    /// until = 2026-09-30
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.google-ads]
    /// name = "Google Ads"
    /// category = "search-advertising"
    /// purpose = "Buys clicks on searches."
    /// owner = "ben"
    ///
    /// [person.dora]
    /// name = "Dora"
    /// until = 2026-09-30
    /// ```
    ///
    /// ## Limits
    /// What is planned, being evaluated or retired may name anybody, and so may a record of what was done. Somebody
    /// who has said that they leave, or is on their last day, is still there. The owners of stages and of the charter
    /// and its areas count as owners, whoever a handoff goes to as an assignee. Whoever leads a team or a unit is not
    /// looked at, nor whose account something runs on, which `personal-credentials` judges.
    pub RULE = "departed-owner", Ownership, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    let (stack, today) = (cx.stack, cx.today);
    let gone = |id: &str| stack.people.get(id).filter(|person| person.is_gone(today));
    if !stack.people.values().any(|person| person.is_gone(today)) {
        return;
    }
    for duty in cx.analysis.duties(|party| gone(party).is_some()) {
        let Some(person) = gone(duty.party) else { continue };
        let message = format!("{} of `{}`, {}, {}", role(duty.role), duty.of, person.body.about.name, left(person, cx));
        let finding = Diagnostic::new(&RULE, &duty.of, cx.place(duty.file, &duty.pointer), message);
        report(cx, finding.key(&duty.key).help(help(&duty)), person);
    }
    for suppress in stack.suppressions.iter().filter(|suppress| suppress.until >= today) {
        let Some(person) = gone(suppress.by.as_str()) else { continue };
        let on: Vec<&str> = suppress.on.as_slice().iter().map(Ref::as_str).collect();
        let key = format!("suppress {} {} {}", suppress.rule, on.join(" "), suppress.key.as_deref().unwrap_or_default());
        let on = list(on.iter().map(|on| format!("`{on}`")), 3);
        let message = format!("{} has accepted `{}` for {on} and {}", person.body.about.name, suppress.rule, left(person, cx));
        let help = "let somebody who is there accept the risk and write their id as `by`, or mend it and remove the `[[suppress]]`";
        let span = cx.place(suppress.file, &format!("{}/by", suppress.pointer));
        report(cx, Diagnostic::new(&RULE, person.address(), span, message).key(key.trim_end()).help(help), person);
    }
}

fn report(cx: &mut Context<'_>, finding: Diagnostic, person: &Entity<Person>) {
    cx.report(finding.label(left(person, cx)).related(person.address(), Some(cx.header(person)), "recorded here"));
}

/// Says since when somebody is gone.
fn left(person: &Person, cx: &Context<'_>) -> String {
    person.why_not_staying(cx.today).unwrap_or_default()
}

/// Returns a role as the start of a sentence.
fn role(role: Role) -> String {
    match role {
        Role::Owner => "the owner".to_owned(),
        Role::OwnerOf(area) => format!("the owner of {area}"),
        Role::Backup => "the backup".to_owned(),
        Role::Administrator => "an administrator".to_owned(),
        Role::Operator => "the operator".to_owned(),
        Role::Approver => "the approver".to_owned(),
        Role::Assignee => "an assignee".to_owned(),
        Role::Officer => "the privacy officer".to_owned(),
    }
}

/// Returns what to do about a name.
fn help(duty: &Duty<'_>) -> String {
    match duty.role {
        Role::Administrator => format!("close the account if it is still open, and take `{}` out of `admins`", duty.party),
        Role::Assignee => "give the records to somebody who is there, or to a team".to_owned(),
        Role::Backup => "write the id of somebody who is there as `backup`, or remove the key".to_owned(),
        _ => format!("write the id of somebody who is there as `{}`", duty.key),
    }
}
