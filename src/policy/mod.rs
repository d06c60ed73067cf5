//! What becomes of findings: levels and accepted risks, applied once, after all rules.

use std::collections::BTreeSet;

use crate::{
    diagnostic::{Diagnostic, Level, Rule},
    model::{Address, Date, Ref, Stack, Suppress},
    rules::Settings,
};

/// A finding that somebody has accepted.
#[derive(Debug, Clone)]
pub struct Suppressed {
    /// The finding.
    pub finding: Diagnostic,
    /// Why it is accepted.
    pub reason: String,
    /// The last day on which it is.
    pub until: Date,
    /// The address of the person who accepts it.
    pub by: String,
}

/// What a check says of a stack.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What stands, with its final level, sorted.
    pub findings: Vec<Diagnostic>,
    /// What is accepted, sorted.
    pub suppressed: Vec<Suppressed>,
    /// Whether only validity was judged because there were mistakes.
    pub only_validity: bool,
}

impl Report {
    /// Returns how many findings have this level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }

    /// Whether a finding reaches a level, or the stack is not valid.
    pub fn fails(&self, at: Option<Level>) -> bool {
        let reaches = |finding: &Diagnostic| at.is_some_and(|at| finding.level <= at);
        self.findings.iter().any(|finding| !finding.rule.is_adjustable() || reaches(finding))
    }
}

/// Returns the level of a rule's findings on a subject; nothing if they are turned off. `own` is what the finding itself says.
pub fn level(settings: &Settings<'_>, rule: &Rule, subject: &str, own: Level) -> Option<Level> {
    if !rule.is_adjustable() {
        return Some(rule.level);
    }
    settings.level(rule, subject).map_or(Some(own), crate::model::RuleLevel::reported)
}

/// Sets levels, sets accepted risks aside, and keeps the order of the findings.
pub fn apply(found: Vec<Diagnostic>, stack: &Stack, settings: &Settings<'_>, today: Date) -> Report {
    let mut report = Report::default();
    for mut finding in found {
        let Some(level) = level(settings, finding.rule, &finding.subject, finding.level) else { continue };
        finding.level = level;
        let accepted = stack.suppressions.iter().find(|suppress| finding.rule.is_adjustable() && accepts(suppress, &finding, today));
        match accepted {
            Some(suppress) => report.suppressed.push(Suppressed {
                finding,
                reason: suppress.reason.clone(),
                until: suppress.until,
                by: Address::of("person", suppress.by.as_str()).to_string(),
            }),
            None => report.findings.push(finding),
        }
    }
    report
}

/// Whether an accepted risk is this finding: its rule, its subject or exactly what it concerns, its key, and not expired.
fn accepts(suppress: &Suppress, finding: &Diagnostic, today: Date) -> bool {
    let is_subject = match suppress.on.as_slice() {
        [one] => one.as_str() == finding.subject,
        many => {
            let on: BTreeSet<&str> = many.iter().map(Ref::as_str).collect();
            let related = finding.related.iter().filter_map(|related| related.address.as_deref());
            on == related.chain([finding.subject.as_str()]).collect()
        }
    };
    let is_key = suppress.key.is_none() || suppress.key == finding.key;
    suppress.rule.as_str() == finding.rule.name && is_subject && is_key && today <= suppress.until
}
