//! The questions that a reviewer asks of a marketing stack, each answered from what it says, with the evidence for and against.
//!
//! An answer is made of parts, such as the five kinds of runbook. Each part is met, half met, not met, or the stack is
//! silent on it; each piece of evidence says of how many parts it speaks, so that all deductions add up to what is missing.
//! Rules judge as if the stack set nothing for them, and accepted risks count: what a team has decided to live with is
//! still not in place.

mod asked;
mod handoff;
mod people;
mod platform;
mod process;
mod proof;

use std::collections::BTreeMap;

use self::asked::Asked;
pub use self::asked::Evidence;
use crate::{
    analysis::Analysis,
    diagnostic::Diagnostic,
    model::{AnyEntity, Layer},
    rules::{self, Settings},
    source::{FileId, Sources, Span},
};

/// What an answer comes to, or what a piece of evidence says of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing of it is there, or less than half.
    NotInPlace,
    /// At least half of it is there.
    Partly,
    /// The stack does not say.
    NotDocumented,
    /// All of it is there.
    InPlace,
}

impl Verdict {
    /// Returns the words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotInPlace => "not in place",
            Self::Partly => "partly",
            Self::NotDocumented => "not documented",
            Self::InPlace => "in place",
        }
    }

    /// Returns which part of a part it leaves: none of it, half of it, all of it.
    fn share(self) -> f64 {
        match self {
            Self::NotInPlace | Self::NotDocumented => 0.0,
            Self::Partly => 0.5,
            Self::InPlace => 1.0,
        }
    }
}

/// A question of the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// An id: a slug.
    pub id: &'static str,
    /// The layer that it belongs to.
    pub layer: Layer,
    /// The question in a few words.
    pub short: &'static str,
    /// The question.
    pub text: &'static str,
    /// What its parts are: `important things`.
    pub parts: &'static str,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The question.
    pub question: Question,
    /// What it comes to.
    pub verdict: Verdict,
    /// How many parts it has.
    pub parts: usize,
    /// How many of them are met; half ones count half.
    pub met: f64,
    /// On how many of them the stack is silent.
    pub silent: usize,
    /// The answer in a sentence or two; what stands in backticks is an address or a key.
    pub text: String,
    /// What it rests on: what speaks against it first. Its parts add up to [`Self::parts`].
    pub evidence: Vec<Evidence>,
}

impl Answer {
    /// Returns what would close the gaps, each remedy once, those that stand first in the evidence first.
    pub fn remedies(&self) -> Vec<&str> {
        let mut remedies: Vec<&str> = Vec::new();
        for remedy in self.evidence.iter().filter_map(|evidence| evidence.remedy.as_deref()) {
            if !remedies.contains(&remedy) {
                remedies.push(remedy);
            }
        }
        remedies
    }
}

/// All questions with their answers, in the order of the layers.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// The answers.
    pub answers: Vec<Answer>,
}

/// What answers are made from.
struct Basis<'a> {
    analysis: &'a Analysis<'a>,
    sources: &'a Sources,
    /// What the rules find, by the name of the rule.
    found: BTreeMap<&'static str, Vec<Diagnostic>>,
}

impl Review {
    /// Answers every question. `settings` are those of a stack that sets nothing. Takes as long as the rules.
    pub fn new<'a>(
        analysis: &'a Analysis<'a>,
        sources: &'a Sources,
        documents: &'a BTreeMap<String, FileId>,
        settings: &'a Settings<'a>,
    ) -> Self {
        let mut found: BTreeMap<&'static str, Vec<Diagnostic>> = BTreeMap::new();
        for finding in rules::check(analysis, sources, documents, settings, |_| true) {
            found.entry(finding.rule.name).or_default().push(finding);
        }
        let basis = Basis { analysis, sources, found };
        let questions: [fn(&Basis<'_>) -> Asked; 14] = [
            people::operator,
            people::mandate,
            process::lifecycle,
            process::runbooks,
            process::routing,
            process::scoring,
            handoff::handoff,
            platform::map,
            platform::crm,
            platform::record,
            platform::spend,
            proof::quality,
            proof::numbers,
            proof::erasure,
        ];
        Self { answers: questions.into_iter().map(|answer| answer(&basis).answer()).collect() }
    }

    /// Iterates over the answers of a layer.
    pub fn of(&self, layer: Layer) -> impl Iterator<Item = &Answer> {
        self.answers.iter().filter(move |answer| answer.question.layer == layer)
    }

    /// Returns how many answers come to a verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.answers.iter().filter(|answer| answer.verdict == verdict).count()
    }
}

impl Basis<'_> {
    /// Returns what a rule finds.
    fn found(&self, rule: &str) -> &[Diagnostic] {
        debug_assert!(rules::find(rule).is_some(), "there is no rule `{rule}`");
        self.found.get(rule).map_or(&[], Vec::as_slice)
    }

    /// Returns where the header of an entity stands.
    fn header(&self, entity: &dyn AnyEntity) -> Span {
        self.sources.span(entity.file(), &entity.pointer())
    }

    /// Returns where the value of a key of an entity stands, or its header where the key is absent.
    fn value(&self, entity: &dyn AnyEntity, key: &str) -> Span {
        self.sources.span(entity.file(), &format!("{}/{key}", entity.pointer()))
    }

    /// Returns where the header of the stack stands.
    fn stack(&self) -> Span {
        self.sources.span(self.analysis.stack.company.file, "/stack")
    }
}
