//! What becomes of findings: levels and accepted risks, applied once, after all rules.

use std::collections::BTreeSet;

use globset::{Glob, GlobMatcher};

use crate::{
    diagnostic::{Diagnostic, Level, Rule},
    model::{Address, Date, Located, Override, Ref, RuleLevel, Stack, Suppress},
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

/// An `[[override]]`, ready to match.
struct Scope<'a> {
    patterns: Vec<GlobMatcher>,
    body: &'a Override,
}

/// The levels that a stack sets.
pub struct Levels<'a> {
    stack: &'a Stack,
    scopes: Vec<Scope<'a>>,
}

impl<'a> Levels<'a> {
    /// Reads the levels of a stack.
    pub fn new(stack: &'a Stack) -> Self {
        let scope = |body: &'a Located<Override>| Scope {
            patterns: body
                .on
                .iter()
                .flat_map(crate::model::OneOrMany::as_slice)
                .filter_map(|pattern| pattern_of(pattern.as_str()))
                .collect(),
            body: &body.body,
        };
        Self { stack, scopes: stack.overrides.iter().map(scope).collect() }
    }

    /// Whether a rule can report anything at all.
    pub fn can_report(&self, rule: &Rule) -> bool {
        let somewhere = self.stack.overrides.iter().filter_map(|body| body.rules.0.get(rule.name)?.level());
        let mut levels = somewhere.chain([self.general(rule)]);
        levels.any(|level| level != RuleLevel::Off)
    }

    /// The level that `[rules]` or the rule itself says.
    fn general(&self, rule: &Rule) -> RuleLevel {
        let set = self.stack.rules.as_ref().and_then(|rules| rules.0.get(rule.name)?.level());
        set.unwrap_or(match rule.level {
            Level::Error => RuleLevel::Error,
            Level::Warning => RuleLevel::Warning,
            Level::Info => RuleLevel::Info,
        })
    }

    /// Returns the level of a rule's findings on a subject; nothing if they are turned off. Of several overrides the last counts.
    pub fn of(&self, rule: &Rule, subject: &str) -> Option<Level> {
        if !rule.is_adjustable() {
            return Some(rule.level);
        }
        let entity = self.stack.at(&Address::new(subject));
        let applies = |scope: &&Scope<'_>| {
            let tagged = entity.is_some_and(|entity| entity.common().tags.iter().any(|tag| scope.body.tags.contains(tag)));
            tagged || scope.patterns.iter().any(|pattern| pattern.is_match(subject))
        };
        let set = self.scopes.iter().rev().filter(applies).find_map(|scope| scope.body.rules.0.get(rule.name)?.level());
        match set.unwrap_or_else(|| self.general(rule)) {
            RuleLevel::Error => Some(Level::Error),
            RuleLevel::Warning => Some(Level::Warning),
            RuleLevel::Info => Some(Level::Info),
            RuleLevel::Off => None,
        }
    }
}

/// A pattern of addresses also matches the parts of what it names. Only `*` stands for anything.
fn pattern_of(pattern: &str) -> Option<GlobMatcher> {
    let pattern = pattern.split('*').map(globset::escape).collect::<Vec<_>>().join("*");
    Glob::new(&format!("{{{pattern},{pattern}.*}}")).ok().map(|glob| glob.compile_matcher())
}

/// Sets levels, sets accepted risks aside, and keeps the order of the findings.
pub fn apply(found: Vec<Diagnostic>, stack: &Stack, today: Date) -> Report {
    let levels = Levels::new(stack);
    let mut report = Report::default();
    for mut finding in found {
        let Some(level) = levels.of(finding.rule, &finding.subject) else { continue };
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
