//! Process: stages, runbooks, routing, scoring, and how leads get to sales and back.

use super::{
    Basis, Question, Verdict,
    asked::{Asked, named},
};
use crate::{
    analysis::is_fresh,
    diagnostic::Diagnostic,
    model::{AnyEntity, Entity, Layer, Routing, Runbook, RunbookKind, Scoring},
    report::counted,
    text::sentence::capital,
};

/// Whether the stages say when a record comes and goes.
pub(super) fn lifecycle(basis: &Basis<'_>) -> Asked {
    let mut asked = Asked::new(Question {
        id: "lifecycle",
        layer: Layer::Process,
        short: "Lifecycle criteria",
        text: "Are lifecycle stages defined, with entry and exit criteria?",
        parts: "criteria",
    });
    let lifecycles: Vec<_> = basis.analysis.stack.lifecycles.values().filter(|lifecycle| lifecycle.has_two_stages()).collect();
    let missing = basis.found("stage-without-criteria");
    for lifecycle in &lifecycles {
        let stages = lifecycle.stage.len();
        let ends = lifecycle.stage.iter().filter(|stage| stage.terminal).count();
        // Each stage but the first says when a record enters, each but the ends when it leaves.
        let criteria = stages - 1 + stages - ends;
        let own = missing.iter().filter(|finding| is_in(finding, *lifecycle)).count();
        let met = criteria.saturating_sub(own);
        if met > 0 {
            let text = format!("{met} of {criteria} criteria of `{}` are written down", lifecycle.address());
            asked.lay(Verdict::InPlace, met, text, Some(basis.header(*lifecycle)));
        }
        let names: Vec<&str> =
            [lifecycle.stage.first(), lifecycle.stage.last()].into_iter().flatten().map(|stage| stage.name.as_str()).collect();
        asked.say(format!("`{}` has {stages} stages, from {}.", lifecycle.address(), names.join(" to ").replace('`', "'")));
    }
    asked.lay_all(Verdict::NotInPlace, missing);
    asked.lay_all(Verdict::NotInPlace, basis.found("unreachable-stage"));
    if lifecycles.is_empty() {
        asked
            .lay(Verdict::NotDocumented, 1, "no lifecycle says through which stages a lead becomes a customer", Some(basis.stack()))
            .remedy("add `[lifecycle.main]` with a `[[lifecycle.main.stage]]` for each stage, in order");
        asked.say("The stack does not say through which stages a lead becomes a customer.");
    }
    asked
}

/// Whether a finding is about an entity or a part of it.
fn is_in(finding: &Diagnostic, entity: &dyn AnyEntity) -> bool {
    let address = entity.address();
    let rest = finding.subject.strip_prefix(address.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether there are runbooks of the kinds that a review asks for, fresh and followed by others.
pub(super) fn runbooks(basis: &Basis<'_>) -> Asked {
    let mut asked = Asked::new(Question {
        id: "runbooks",
        layer: Layer::Process,
        short: "Runbooks",
        text: "Are there runbooks for launch, routing, scoring, troubleshooting and data hygiene, current and exercised?",
        parts: "kinds",
    });
    for (kind, word) in RunbookKind::EXPECTED {
        let all = basis.analysis.stack.runbooks.values().filter(|runbook| runbook.kind == kind);
        let best = all.map(|runbook| (judge(basis, runbook), runbook)).max_by_key(|((verdict, _), _)| *verdict);
        let word = word.replace('-', " ");
        let Some(((verdict, state), runbook)) = best else {
            let key = word.replace(' ', "-");
            asked
                .lay(Verdict::NotInPlace, 1, format!("{word}: no runbook"), Some(basis.stack()))
                .remedy(format!("write `[runbook.…]` with `kind = \"{key}\"` and its `steps`"));
            continue;
        };
        let address = runbook.address();
        let laid = asked.lay(verdict, 1, format!("{word}: `{address}`, {state}"), Some(basis.header(runbook)));
        laid.remedy(format!("review `{address}`, let somebody else follow it, and write the day under `reviewed` and `exercised`"));
    }
    let (met, parts) = asked.tally();
    let written = basis.analysis.stack.runbooks.len();
    let missing = asked.count(Verdict::NotInPlace);
    asked.say(match missing {
        _ if written == 0 => "There is no runbook.".to_owned(),
        0 => format!("All {parts} kinds are there."),
        missing => format!("{} of {parts} kinds are there.", parts - missing),
    });
    if written > 0 && met > 0.0 {
        asked.say(match asked.count(Verdict::InPlace) {
            0 => "None is current and followed by somebody besides the owner.".to_owned(),
            kept if kept == parts => "Each is current and followed by somebody besides the owner.".to_owned(),
            1 => "1 is current and followed by somebody besides the owner.".to_owned(),
            kept => format!("{kept} are current and followed by somebody besides the owner."),
        });
    }
    asked
}

/// How far a runbook can be trusted, in a verdict and in words.
fn judge(basis: &Basis<'_>, runbook: &Entity<Runbook>) -> (Verdict, String) {
    let analysis = basis.analysis;
    let reviewed = runbook.about.reviewed.map_or_else(|| "never reviewed".to_owned(), |day| format!("reviewed {}", day.in_words()));
    let by_others = runbook.exercised.iter().filter(|one| runbook.owner.as_ref().is_none_or(|owner| owner.as_str() != one.by.as_str()));
    let last = by_others.filter(|one| one.on <= analysis.today).max_by_key(|one| one.on);
    let exercised = match last {
        Some(one) => format!("last followed by `person.{}` on {}", one.by, one.on.in_words()),
        None => "never followed by anybody but its owner".to_owned(),
    };
    let is_written = runbook.steps.is_some() || runbook.body.file.is_some();
    if !is_written {
        return (Verdict::Partly, format!("{reviewed}, without steps"));
    }
    let is_kept = is_fresh(runbook, analysis.today) && last.is_some();
    (if is_kept { Verdict::InPlace } else { Verdict::Partly }, format!("{reviewed}, {exercised}"))
}

/// Whether routing was audited, and does what it says.
pub(super) fn routing(basis: &Basis<'_>) -> Asked {
    let mut asked = Asked::new(Question {
        id: "routing",
        layer: Layer::Process,
        short: "Routing audited and explained",
        text: "Were routing rules audited within a year, and can anybody explain them without logging in?",
        parts: "checks of routings",
    });
    let routings: Vec<_> = basis.analysis.stack.routings.values().filter(|routing| routing.is_live()).collect();
    let checks: [Check; 4] = [
        ("audited within a year", &["stale-routing"]),
        ("tested", &["untested-routing", "failed-routing-test"]),
        ("each rule can match", &["unreachable-rule"]),
        ("no record is lost", &["unrouted-records"]),
    ];
    for routing in &routings {
        each(&mut asked, basis, *routing, &checks, &audited(routing));
    }
    if routings.is_empty() {
        asked
            .lay(Verdict::NotDocumented, 1, "no routing is described", Some(basis.stack()))
            .remedy("add `[routing.…]` with its rules in order");
        asked.say("The stack does not say who gets a record.");
        return asked;
    }
    let rules: usize = routings.iter().map(|routing| routing.rule.len()).sum();
    let linked = named(routings.iter().map(|routing| *routing as &dyn AnyEntity));
    asked.say(format!("{} of {linked} stand here in words.", capital(&counted(rules, "rule"))));
    let failing = asked.deductions();
    asked.say(match failing {
        0 => "They were audited within a year, their tests pass, and every record reaches somebody.".to_owned(),
        1 => "One check of them fails.".to_owned(),
        count => format!("{count} checks of them fail."),
    });
    asked
}

/// When a routing was compared with what runs, in words.
fn audited(routing: &Entity<Routing>) -> String {
    let on = routing.audited.map_or_else(String::new, |day| format!(", audited {}", day.in_words()));
    format!("{} and {}{on}", counted(routing.rule.len(), "rule"), counted(routing.test.len(), "test"))
}

/// A part of an answer in words, and the rules that speak against it.
type Check = (&'static str, &'static [&'static str]);

/// Lays down for each check what speaks against an entity, or together what speaks for it: a part for each check.
fn each(asked: &mut Asked, basis: &Basis<'_>, entity: &dyn AnyEntity, checks: &[Check], facts: &str) {
    let mut passed = Vec::new();
    for (name, rules) in checks {
        let own: Vec<&Diagnostic> = rules.iter().flat_map(|rule| basis.found(rule)).filter(|finding| is_in(finding, entity)).collect();
        match own.split_first() {
            None => passed.push(*name),
            Some((first, others)) => {
                asked.lay_one(Verdict::NotInPlace, 1, first);
                for other in others {
                    asked.lay_one(Verdict::NotInPlace, 0, other);
                }
            }
        }
    }
    if !passed.is_empty() {
        let text = format!("`{}`: {facts}; {}", entity.address(), passed.join(", "));
        asked.lay(Verdict::InPlace, passed.len(), text, Some(basis.header(entity)));
    }
}

/// Whether scoring is calibrated, and can do what it is for.
pub(super) fn scoring(basis: &Basis<'_>) -> Asked {
    let mut asked = Asked::new(Question {
        id: "scoring",
        layer: Layer::Process,
        short: "Scoring calibrated",
        text: "Is scoring calibrated each quarter?",
        parts: "checks of scorings",
    });
    let scorings: Vec<_> = basis.analysis.stack.scorings.values().filter(|scoring| scoring.is_live()).collect();
    let checks: [Check; 4] = [
        ("calibrated within a quarter", &["stale-scoring"]),
        ("counts both who people are and what they do", &["one-sided-scoring"]),
        ("its threshold can be reached", &["unreachable-threshold"]),
        ("its tests pass", &["failed-routing-test"]),
    ];
    for scoring in &scorings {
        each(&mut asked, basis, *scoring, &checks, &calibrated(scoring));
        let on = scoring.calibrated.map_or_else(|| "never".to_owned(), |day| format!("on {}", day.in_words()));
        asked.say(format!("`{}` was last calibrated {on}.", scoring.address()));
    }
    if scorings.is_empty() {
        asked
            .lay(Verdict::NotDocumented, 1, "no scoring is described", Some(basis.stack()))
            .remedy("add `[scoring.…]` with its criteria, or say in the charter that leads are not scored");
        asked.say("The stack does not say how leads are scored.");
    }
    asked
}

/// What a scoring counts, in words.
fn calibrated(scoring: &Entity<Scoring>) -> String {
    let criteria = match scoring.criterion.len() {
        1 => "1 criterion".to_owned(),
        count => format!("{count} criteria"),
    };
    format!("{criteria}, threshold {}", scoring.threshold)
}
