//! What becomes of findings: selection, levels, accepted risks and the baseline, applied once, after all rules.
//!
//! [`Policy`] joins what the stack sets with what is asked of a run ([`Request`]). It says which rules run, and turns what
//! they found into a [`Report`]: [`selection`] and levels first, then [`acceptance`], then the [`baseline`].

pub mod acceptance;
pub mod baseline;
pub mod resolved;
pub mod selection;

use std::collections::BTreeSet;

use self::{
    acceptance::{Acceptance, Acceptances, State},
    baseline::{Baseline, Entry},
    selection::Selection,
};
use crate::{
    diagnostic::{Diagnostic, Level, Rule},
    load,
    model::{Address, Date, RuleLevel, Stack},
    rules::{self, Settings},
    source::Sources,
};

/// What is asked of a run beyond what the stack itself says. Nothing, unless somebody asks.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Which rules run, and at which level.
    pub selection: Selection,
    /// Whether accepted risks are reported like all others.
    pub reports_accepted: bool,
    /// What was found before and is left out.
    pub baseline: Option<Baseline>,
}

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
    /// What was there before, by the baseline.
    pub baselined: Vec<Diagnostic>,
    /// What the baseline lists and no rule that ran finds any longer.
    pub stale: Vec<Entry>,
    /// Every accepted risk and what has become of it, by file and position; none where they are not looked at.
    pub acceptances: Vec<Acceptance>,
    /// The names of the rules that ran, those of the family validity apart.
    pub ran: BTreeSet<&'static str>,
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

    /// Leaves out what a baseline lists, and notes what it lists in vain.
    pub fn leave_out(&mut self, baseline: &Baseline) {
        let all = std::mem::take(&mut self.findings).into_iter().chain(std::mem::take(&mut self.baselined));
        (self.baselined, self.findings) = all.partition(|finding| baseline.covers(finding));
        let accepted = self.suppressed.iter().map(|suppressed| &suppressed.finding);
        let found: BTreeSet<String> = self.baselined.iter().chain(accepted).map(Diagnostic::id).collect();
        let ran = |entry: &&Entry| self.ran.contains(entry.rule.as_str()) || rules::find(&entry.rule).is_none();
        let stale = baseline.entries().filter(ran).filter(|entry| !found.contains(&entry.id) && !self.only_validity);
        self.stale = stale.cloned().collect();
    }

    /// Returns a baseline of everything that was found, and of what an earlier one lists of rules that did not run.
    pub fn to_baseline(&self, earlier: Option<&Baseline>) -> Baseline {
        let did_not_run = |entry: &&Entry| !self.ran.contains(entry.rule.as_str()) && rules::find(&entry.rule).is_some();
        let kept = earlier.into_iter().flat_map(Baseline::entries).filter(did_not_run);
        Baseline::new(self.findings.iter().chain(&self.baselined), kept)
    }
}

/// What holds for the rules of a stack in one run.
pub struct Policy<'a> {
    settings: &'a Settings<'a>,
    request: &'a Request,
}

impl<'a> Policy<'a> {
    /// Joins what a stack sets with what is asked of this run.
    pub fn new(settings: &'a Settings<'a>, request: &'a Request) -> Self {
        Self { settings, request }
    }

    /// Whether a rule runs: it is selected, and not off for everything.
    pub fn runs(&self, rule: &Rule) -> bool {
        let level = self.request.selection.level(rule);
        self.request.selection.wants(rule) && level.map_or_else(|| self.settings.can_report(rule), |level| level != RuleLevel::Off)
    }

    /// Returns the level of a rule's findings on a subject; nothing if they are turned off. `own` is what the finding itself says.
    fn level(&self, rule: &Rule, subject: &str, own: Level) -> Option<Level> {
        if !rule.is_adjustable() {
            return Some(rule.level);
        }
        let set = self.request.selection.level(rule).or_else(|| self.settings.level(rule, subject));
        set.map_or(Some(own), RuleLevel::reported)
    }

    /// Turns mistakes in the files into a report: nothing about them can be chosen.
    pub fn report_mistakes(&self, found: Vec<Diagnostic>) -> Report {
        Report { findings: found, only_validity: true, ..Report::default() }
    }

    /// Turns what the rules found, sorted and each with an id of its own, into a report.
    pub fn apply(&self, found: Vec<Diagnostic>, stack: &Stack, sources: &Sources, today: Date) -> Report {
        let ran = rules::RULES.iter().filter(|rule| self.runs(rule)).map(|rule| rule.name).collect();
        let mut report = Report { ran, findings: Vec::with_capacity(found.len()), ..Report::default() };
        let mut acceptances = Acceptances::new(stack, today);
        for mut finding in found {
            let Some(level) = self.level(finding.rule, &finding.subject, finding.level) else { continue };
            finding.level = level;
            if self.request.reports_accepted {
                report.findings.push(finding);
                continue;
            }
            match acceptances.accept(&mut finding) {
                Some(suppress) => report.suppressed.push(Suppressed {
                    finding,
                    reason: suppress.reason.clone(),
                    until: suppress.until,
                    by: Address::of("person", suppress.by.as_str()).to_string(),
                }),
                None => report.findings.push(finding),
            }
        }
        if !self.request.reports_accepted {
            report.acceptances = acceptances.judged(|rule| self.runs(rule));
            self.report_unused(&mut report, stack, sources);
        }
        if let Some(baseline) = &self.request.baseline {
            report.leave_out(baseline);
        }
        report
    }

    /// Adds the findings about accepted risks that set nothing aside, which show only now.
    fn report_unused(&self, report: &mut Report, stack: &Stack, sources: &Sources) {
        let unused = report.acceptances.iter().filter(|acceptance| acceptance.state == State::Unused);
        let mut unused: Vec<Diagnostic> = unused.map(|one| rules::report_unused(&one.suppress, stack, sources)).collect();
        unused.retain_mut(|finding| {
            let level = self.level(finding.rule, &finding.subject, finding.level).filter(|_| self.runs(finding.rule));
            finding.level = level.unwrap_or(finding.level);
            level.is_some()
        });
        load::sort(&mut unused, sources);
        load::distinguish(&mut unused);
        report.findings.extend(unused);
        load::sort(&mut report.findings, sources);
    }
}
