//! An answer on its way: evidence is laid down piece by piece, the verdict follows from it.

use super::{Answer, Question, Verdict};
use crate::{diagnostic::Diagnostic, model::AnyEntity, source::Span, text::list::list};

/// So many findings of one rule are told one by one.
const MOST: usize = 5;

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it says of its parts.
    pub verdict: Verdict,
    /// How many parts of the answer it decides; none where it only explains.
    pub parts: usize,
    /// What is the case, begun small and without a stop; what stands in backticks is an address or a key.
    pub text: String,
    /// Where it stands.
    pub at: Option<Span>,
    /// What would change it, if it speaks against.
    pub remedy: Option<String>,
}

impl Evidence {
    /// Returns how much it takes away from the answer, in parts.
    #[expect(clippy::cast_precision_loss, reason = "a number of parts that people count")]
    pub fn deducts(&self) -> f64 {
        self.parts as f64 * (1.0 - self.verdict.share())
    }
}

/// A question whose evidence is being collected.
pub(super) struct Asked {
    question: Question,
    text: String,
    evidence: Vec<Evidence>,
}

/// The piece of evidence that was laid down last.
pub(super) struct Laid<'e>(Option<&'e mut Evidence>);

impl Laid<'_> {
    /// Says what would change it, if it speaks against.
    pub(super) fn remedy(self, text: impl Into<String>) {
        if let Some(evidence) = self.0 {
            evidence.remedy = Some(text.into());
        }
    }
}

impl Asked {
    /// Begins the answer to a question.
    pub(super) fn new(question: Question) -> Self {
        Self { question, text: String::new(), evidence: Vec::new() }
    }

    /// Says the answer in a sentence.
    pub(super) fn say(&mut self, sentence: impl AsRef<str>) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(sentence.as_ref());
    }

    /// Lays down a piece of evidence.
    pub(super) fn lay(&mut self, verdict: Verdict, parts: usize, text: impl Into<String>, at: Option<Span>) -> Laid<'_> {
        self.evidence.push(Evidence { verdict, parts, text: text.into(), at, remedy: None });
        Laid(self.evidence.last_mut())
    }

    /// Lays down what a rule found, a part each: a few one by one, the others together.
    pub(super) fn lay_all<'f>(&mut self, verdict: Verdict, findings: impl IntoIterator<Item = &'f Diagnostic>) {
        let findings: Vec<&Diagnostic> = findings.into_iter().collect();
        let most = if findings.len() == MOST + 1 { MOST + 1 } else { MOST };
        for finding in findings.iter().take(most) {
            self.lay_one(verdict, 1, finding);
        }
        let others = findings.get(most..).unwrap_or_default();
        if let Some(first) = others.first() {
            let mut subjects: Vec<String> = others.iter().map(|finding| format!("`{}`", finding.subject)).collect();
            subjects.dedup();
            self.lay(verdict, others.len(), format!("the same kind of gap at {}", list(subjects, MOST)), Some(first.span));
        }
    }

    /// Lays down one finding that decides so many parts.
    pub(super) fn lay_one(&mut self, verdict: Verdict, parts: usize, finding: &Diagnostic) {
        let laid = self.lay(verdict, parts, finding.message.clone(), Some(finding.span));
        if let Some(help) = &finding.help {
            laid.remedy(help);
        }
    }

    /// Returns how much of it is met so far, and how many parts there are.
    pub(super) fn tally(&self) -> (f64, usize) {
        let parts = self.evidence.iter().map(|evidence| evidence.parts).sum();
        let missing: f64 = self.evidence.iter().map(Evidence::deducts).sum();
        #[expect(clippy::cast_precision_loss, reason = "a number of parts that people count")]
        (parts as f64 - missing, parts)
    }

    /// Returns how many parts come to a verdict.
    pub(super) fn count(&self, verdict: Verdict) -> usize {
        self.evidence.iter().filter(|evidence| evidence.verdict == verdict).map(|evidence| evidence.parts).sum()
    }

    /// Returns how many parts are not met, or only half.
    pub(super) fn deductions(&self) -> usize {
        self.evidence.iter().filter(|evidence| evidence.verdict != Verdict::InPlace).map(|evidence| evidence.parts).sum()
    }

    /// Draws the conclusion.
    pub(super) fn answer(mut self) -> Answer {
        let (met, parts) = self.tally();
        let silent = self.evidence.iter().filter(|one| one.verdict == Verdict::NotDocumented).map(|one| one.parts).sum();
        self.evidence.sort_by_key(|evidence| evidence.verdict);
        self.evidence.iter_mut().filter(|one| one.verdict == Verdict::InPlace).for_each(|one| one.remedy = None);
        let verdict = verdict(met, parts, silent);
        Answer { question: self.question, verdict, parts, met, silent, text: self.text, evidence: self.evidence }
    }
}

/// In place if every part is met, partly if at least half are, not documented if the stack is silent on more than half.
#[expect(clippy::cast_precision_loss, reason = "a number of parts that people count")]
fn verdict(met: f64, parts: usize, silent: usize) -> Verdict {
    if silent * 2 > parts || parts == 0 {
        Verdict::NotDocumented
    } else if met >= parts as f64 {
        Verdict::InPlace
    } else if met * 2.0 >= parts as f64 {
        Verdict::Partly
    } else {
        Verdict::NotInPlace
    }
}

/// A list of entities in a sentence.
pub(super) fn named<'e>(entities: impl IntoIterator<Item = &'e dyn AnyEntity>) -> String {
    list(entities.into_iter().map(|entity| format!("`{}`", entity.address())), MOST)
}
