use std::collections::BTreeMap;

use super::{Context, wording::list};
use crate::{
    analysis::{Duty, Role},
    diagnostic::declare_rule,
    model::{AnyEntity, Entity, Team},
};

declare_rule! {
    /// ## What it checks
    /// A team that owns, backs up or receives the records of something live, and has no member who is there.
    ///
    /// ## Why it matters
    /// A team without people looks like an answer and is none: its queue fills, and nobody reads it.
    ///
    /// ## Example
    /// ```toml
    /// [team.sales]
    /// name = "Sales"
    /// function = "sales"
    ///
    /// [person.cara]
    /// name = "Cara"
    /// title = "Head of sales"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [team.sales]
    /// name = "Sales"
    /// function = "sales"
    ///
    /// [person.cara]
    /// name = "Cara"
    /// title = "Head of sales"
    /// teams = ["sales"]
    /// ```
    ///
    /// ## Limits
    /// Whoever leads a team is a member. Somebody who is away or has left is not there, somebody who has said that they
    /// leave still is. A team with `members-listed = false` has people elsewhere. The owners of stages, of the charter
    /// and of its areas count as owners; teams that only use a tool or approve something are not looked at.
    pub RULE = "empty-team", Ownership, Warning
}

/// How many places are shown in full; all are named in the report.
const SHOWN: usize = 12;

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let is_empty = |team: &Entity<Team>| team.members_listed && cx.analysis.members().present(team.id.as_str(), cx.today).next().is_none();
    let empty: BTreeMap<&str, &Entity<Team>> =
        stack.teams.values().filter(|team| is_empty(team)).map(|team| (team.id.as_str(), team)).collect();
    let mut duties: BTreeMap<&str, Vec<Duty<'_>>> = BTreeMap::new();
    for duty in cx.analysis.duties(|party| empty.contains_key(party)).into_iter().filter(|duty| verb(duty.role).is_some()) {
        duties.entry(duty.party).or_default().push(duty);
    }
    for (id, duties) in &duties {
        if let Some(team) = empty.get(id) {
            report(cx, team, duties);
        }
    }
}

fn report(cx: &mut Context<'_>, team: &Entity<Team>, duties: &[Duty<'_>]) {
    let members = cx.analysis.members().of(team.id.as_str());
    let does: Vec<String> = ["owns", "backs up", "receives records from"].into_iter().filter_map(|verb| told(verb, duties)).collect();
    let nobody = match members.len() {
        0 => "has no member",
        1 => "its only member is not there",
        _ => "none of its members is there",
    };
    let message = format!("`{}` {}, but {nobody}", team.address(), does.join(" and "));
    let help = if members.is_empty() {
        format!("add `teams = [\"{}\"]` to the people in it; if they are kept elsewhere, write `members-listed = false`", team.id)
    } else {
        format!("add `teams = [\"{}\"]` to whoever has taken over, or name a person or another team instead", team.id)
    };
    let mut finding = cx.on(&RULE, team, message).label("nobody in it is there").help(help);
    for member in members.iter().take(SHOWN) {
        finding = finding.note(format!("{} {}", member.body.about.name, member.why_not_staying(cx.today).unwrap_or_default()));
    }
    for (index, duty) in duties.iter().enumerate() {
        let span = (index < SHOWN).then(|| cx.place(duty.file, &duty.pointer));
        finding = finding.related(&duty.of, span, format!("it {} this", verb(duty.role).unwrap_or_default()));
    }
    cx.report(finding);
}

/// Says what a team does by its duties of one sort; nothing if it has none.
fn told(does: &str, duties: &[Duty<'_>]) -> Option<String> {
    let of: Vec<String> = duties.iter().filter(|duty| verb(duty.role) == Some(does)).map(|duty| named(duty)).collect();
    (!of.is_empty()).then(|| format!("{does} {}", list(of, 2)))
}

/// Names what a duty is about.
fn named(duty: &Duty<'_>) -> String {
    match duty.role {
        Role::OwnerOf(area) => format!("the area {area} of `{}`", duty.of),
        _ => format!("`{}`", duty.of),
    }
}

/// Returns what a team does that is named so; nothing where it need not have people.
fn verb(role: Role) -> Option<&'static str> {
    match role {
        Role::Owner | Role::OwnerOf(_) => Some("owns"),
        Role::Backup => Some("backs up"),
        Role::Assignee => Some("receives records from"),
        Role::Administrator | Role::Operator | Role::Approver | Role::Officer => None,
    }
}
