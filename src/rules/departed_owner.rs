use super::Context;
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::{Address, AnyEntity, Date, Entity, Person, Ref},
    source::Span,
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
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// category = "crm"
    /// purpose = "Holds every lead."
    /// owner = "ana"
    /// standalone = "Nothing else is in use."
    ///
    /// [person.ana]
    /// name = "Ana"
    /// status = "left"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.hubspot]
    /// name = "HubSpot"
    /// category = "crm"
    /// purpose = "Holds every lead."
    /// owner = "ben"
    /// standalone = "Nothing else is in use."
    ///
    /// [person.ana]
    /// name = "Ana"
    /// status = "left"
    ///
    /// [person.ben]
    /// name = "Ben"
    /// ```
    ///
    /// ## Limits
    /// What is planned, being evaluated or retired may name anybody. Somebody who has announced that they leave is
    /// still there.
    pub RULE = "departed-owner", Ownership, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let today = cx.today;
    let gone = |id: &str| stack.people.get(id).filter(|person| person.is_gone(today));
    if !stack.people.values().any(|person| person.is_gone(today)) {
        return;
    }
    for entity in stack.all().filter(|entity| entity.is_live()) {
        for (key, role, party) in [("owner", "owner", entity.owner()), ("backup", "backup", entity.backup())] {
            named(cx, &gone, entity, (key, role), party.map(Ref::as_str));
        }
    }
    for tool in stack.tools.values().filter(|tool| tool.is_live()) {
        for (index, admin) in tool.admins.iter().enumerate() {
            if let Some(person) = gone(admin.as_str()) {
                let span = cx.value(tool, &format!("admins/{index}"));
                report(cx, &tool.address(), span, "administrator", person, &format!("admins.{}", person.id));
            }
        }
    }
    for integration in stack.integrations.values().filter(|integration| integration.is_live()) {
        named(cx, &gone, integration, ("operator", "operator"), integration.operator.as_ref().map(Ref::as_str));
    }
    for checklist in stack.checklists.values() {
        named(cx, &gone, checklist, ("approver", "approver"), checklist.approver.as_ref().map(Ref::as_str));
    }
    assignees(cx, &gone);
    stages(cx, &gone);
    once(cx, &gone);
}

/// Somebody whom a key of an entity names.
fn named<'a>(cx: &mut Context<'a>, gone: Gone<'_, 'a>, entity: &dyn AnyEntity, (key, role): (&str, &str), party: Option<&str>) {
    if let Some(person) = party.and_then(gone) {
        let span = cx.value(entity, key);
        report(cx, &entity.address(), span, role, person, key);
    }
}

/// Somebody who has gone, by id.
type Gone<'g, 'a> = &'g dyn Fn(&str) -> Option<&'a Entity<Person>>;

/// People to whom a live routing gives records.
fn assignees<'a>(cx: &mut Context<'a>, gone: Gone<'_, 'a>) {
    for routing in cx.stack.routings.values().filter(|routing| routing.is_live()) {
        for (index, rule) in routing.rule.iter().enumerate() {
            let subject = routing.address().part("rule", &crate::model::slug(rule.name.as_str()));
            let mut named: Vec<&str> = rule.assign.parties().map(Ref::as_str).collect();
            named.sort_unstable();
            named.dedup();
            for person in named.into_iter().filter_map(gone) {
                let span = cx.value(routing, &format!("rule/{index}/assign"));
                report(cx, &subject, span, "assignee", person, person.id.as_str());
            }
        }
    }
}

/// People who own a stage or take records over at one.
fn stages<'a>(cx: &mut Context<'a>, gone: Gone<'_, 'a>) {
    for lifecycle in cx.stack.lifecycles.values() {
        for (index, stage) in lifecycle.stage.iter().enumerate() {
            let subject = lifecycle.address().part("stage", stage.id.as_str());
            let handoff = stage.handoff.as_ref().map(|handoff| (&handoff.to, "handoff/to", "assignee"));
            for (owner, key, role) in stage.owner.as_ref().map(|owner| (owner, "owner", "owner")).into_iter().chain(handoff) {
                if let Some(person) = gone(owner.as_str()) {
                    let span = cx.value(lifecycle, &format!("stage/{index}/{key}"));
                    report(cx, &subject, span, role, person, key);
                }
            }
        }
    }
}

/// People named in tables that are no entities: the charter, privacy, accepted risks.
fn once<'a>(cx: &mut Context<'a>, gone: Gone<'_, 'a>) {
    let stack = cx.stack;
    if let Some(charter) = &stack.charter {
        let areas = &charter.areas;
        let named = [
            (charter.owner.as_ref(), "owner", "owner"),
            (areas.technology.as_ref(), "areas/technology", "owner of technology"),
            (areas.process.as_ref(), "areas/process", "owner of process"),
            (areas.data.as_ref(), "areas/data", "owner of data"),
            (areas.reporting.as_ref(), "areas/reporting", "owner of reporting"),
        ];
        for (person, key, role) in named.into_iter().filter_map(|(owner, key, role)| Some((gone(owner?.as_str())?, key, role))) {
            let span = cx.place(charter.file, &format!("{}/{key}", charter.pointer));
            report(cx, &Address::new("charter"), span, role, person, key);
        }
    }
    if let Some(privacy) = &stack.privacy
        && let Some(person) = privacy.officer.as_ref().and_then(|officer| gone(officer.as_str()))
    {
        let span = cx.place(privacy.file, &format!("{}/officer", privacy.pointer));
        report(cx, &Address::new("privacy"), span, "privacy officer", person, "officer");
    }
    let today = cx.today;
    for suppress in stack.suppressions.iter().filter(|suppress| suppress.until >= today) {
        if let Some(person) = gone(suppress.by.as_str()) {
            let span = cx.place(suppress.file, &format!("{}/by", suppress.pointer));
            let on: Vec<&str> = suppress.on.as_slice().iter().map(Ref::as_str).collect();
            let key = format!("suppress {} {} {}", suppress.rule, on.join(" "), suppress.key.as_deref().unwrap_or_default());
            let when = left(person, today);
            let message =
                format!("{} has accepted `{}` for `{}` and {when}", person.body.about.name, suppress.rule, on.join("`, `"));
            tell(cx, &person.address(), span, message, person, key.trim_end());
        }
    }
}

fn report(cx: &mut Context<'_>, subject: &Address, span: Span, role: &str, person: &Entity<Person>, key: &str) {
    let message = format!("the {role} of `{subject}`, {}, {}", person.body.about.name, left(person, cx.today));
    tell(cx, subject, span, message, person, key);
}

fn tell(cx: &mut Context<'_>, subject: &Address, span: Span, message: String, person: &Entity<Person>, key: &str) {
    let header = cx.header(person);
    cx.report(
        Diagnostic::new(&RULE, subject, span, message)
            .label(left(person, cx.today))
            .key(key.replace('/', "."))
            .related(person.address(), Some(header), "recorded here")
            .help("name somebody who is there, or remove the name"),
    );
}

/// Says since when somebody is gone.
fn left(person: &Person, today: Date) -> String {
    match person.until.filter(|until| *until < today) {
        Some(until) => format!("left on {until}"),
        None => "has left".to_owned(),
    }
}
