//! `diligence.html`: the questions of a review with their answers, and the same at a glance for the summary.

use super::{
    Page, frame,
    page::{Answer as Mark, Block, Evidence, Layer as Column, LayerItem, Link, Prose, Question, ReportPage, Section, Value},
    unknown,
    view::{View, capital, counted, index_url},
};
use crate::{
    model::{Kind, Layer, trimmed},
    review::{self, Answer, Verdict},
    text::list::list,
};

/// Where the page is.
pub(super) const URL: &str = "diligence.html";
/// So many remedies close an answer; the others stand with the findings.
const REMEDIES: usize = 3;

pub(super) fn page(view: &View<'_>) -> Page {
    let review = &view.review;
    let lead = vec![Value::text(format!(
        "{} of a marketing-operations review, answered from the stack: {}. Each answer lists what speaks for it and against it, with the line it comes from.",
        counted(review.answers.len(), "question", "questions"),
        verdicts(view)
    ))];
    let mut glance = Section::new("glance", "At a glance", vec![Block::Layers { layers: layers(view, "") }]);
    glance.intro = vec![Value::text(
        "The number after an answer says how many of its parts are met. There is no overall score: a sum would hide the part that failed.",
    )];
    let mut sections = vec![glance];
    let mut number = 0;
    for layer in Layer::ALL {
        let answers: Vec<&Answer> = review.of(layer).collect();
        let questions = answers.iter().map(|answer| {
            number += 1;
            question(view, number, answer)
        });
        let mut section =
            Section::new(layer.label().to_lowercase(), layer.label(), vec![Block::Questions { questions: questions.collect() }]);
        section.note = Some(standing(&answers));
        sections.push(section);
    }
    sections.extend(unknown::section(view));
    sections.push(how());
    let data = ReportPage { title: "Diligence answers".to_owned(), lead, figures: vec![], contents: true, sections };
    Page::new("report.html", frame::overview(URL, "Diligence answers"), &data)
}

/// The review on the summary.
pub(super) fn in_short(view: &View<'_>) -> Section {
    let mut section =
        Section::new("review", "Questions of a marketing-operations review", vec![Block::Layers { layers: layers(view, URL) }]);
    section.intro = vec![
        Value::text(format!("{}. ", capital(&verdicts(view)))),
        Link::site("Each answer with its evidence", URL).into(),
        Value::text("."),
    ];
    section
}

/// How many answers come to each verdict, in words.
pub(super) fn verdicts(view: &View<'_>) -> String {
    let all = [Verdict::InPlace, Verdict::Partly, Verdict::NotInPlace, Verdict::NotDocumented];
    let counts = all.map(|verdict| (view.review.count(verdict), verdict.words()));
    let there = counts.into_iter().filter(|(count, _)| *count > 0);
    let words = there.enumerate().map(|(index, (count, words))| match (index, count) {
        (0, 1) => format!("1 is {words}"),
        (0, _) => format!("{count} are {words}"),
        _ => format!("{count} {words}"),
    });
    list(words, counts.len())
}

/// The answers at a glance, linked to where they stand.
fn layers(view: &View<'_>, page: &str) -> Vec<Column> {
    let item = |answer: &Answer| {
        let question = answer.question;
        let link = if page.is_empty() {
            Link::here(question.short, question.id)
        } else {
            Link::site(question.short, format!("{page}#{}", question.id))
        };
        LayerItem { answer: Some(mark(answer.verdict)), link, word: format!("{}, {}", answer.verdict.words(), share(answer)) }
    };
    Layer::ALL
        .into_iter()
        .map(|layer| Column { title: layer.label().to_owned(), items: view.review.of(layer).map(item).collect() })
        .collect()
}

/// How much of an answer is met: `3.5 of 5`.
fn share(answer: &Answer) -> String {
    format!("{} of {}", trimmed(answer.met), answer.parts)
}

fn mark(verdict: Verdict) -> Mark {
    match verdict {
        Verdict::InPlace => Mark::Yes,
        Verdict::Partly => Mark::Partly,
        Verdict::NotInPlace => Mark::No,
        Verdict::NotDocumented => Mark::Unknown,
    }
}

/// How many questions of a layer are answered with yes.
fn standing(answers: &[&Answer]) -> String {
    let kept = answers.iter().filter(|answer| answer.verdict == Verdict::InPlace).count();
    format!("{kept} of {} in place", answers.len())
}

fn question(view: &View<'_>, number: usize, answer: &Answer) -> Question {
    let evidence = |one: &review::Evidence| Evidence {
        answer: mark(one.verdict),
        text: view.sentence(&one.text),
        deducts: (one.deducts() > 0.0).then(|| format!("−{}", trimmed(one.deducts()))),
        source: one.at.map(|at| view.source(at, None)),
    };
    let mut close: Prose = Vec::new();
    if answer.verdict != Verdict::InPlace {
        for remedy in answer.remedies().into_iter().take(REMEDIES) {
            close.extend((!close.is_empty()).then(|| Value::text(" ")));
            close.extend(view.sentence(remedy));
        }
    }
    let mut text = view.prose(&answer.text);
    if let Some((words, url)) = more(answer.question.id) {
        text.extend([Value::text(" "), Link::site(words, url).into(), Value::text(".")]);
    }
    Question {
        id: answer.question.id.to_owned(),
        number,
        question: answer.question.text.to_owned(),
        answer: mark(answer.verdict),
        verdict: capital(answer.verdict.words()),
        measure: vec![Value::text(format!("{} {}", share(answer), answer.question.parts))],
        text,
        evidence: answer.evidence.iter().map(evidence).collect(),
        close,
    }
}

/// Where more is told about a question.
fn more(id: &str) -> Option<(&'static str, String)> {
    Some(match id {
        "operator" => ("The cheapest way out", "key-people.html#plan".to_owned()),
        "mandate" => ("The charter", "charter.html".to_owned()),
        "lifecycle" | "handoff" => ("The stages", index_url(Kind::Lifecycle)),
        "runbooks" => ("All runbooks", index_url(Kind::Runbook)),
        "routing" => ("The rules in words", index_url(Kind::Routing)),
        "scoring" => ("The criteria in words", index_url(Kind::Scoring)),
        "map" => ("The map", "map.html".to_owned()),
        "crm" => ("All integrations", index_url(Kind::Integration)),
        "record" => ("All objects", index_url(Kind::Object)),
        "spend" => ("Spend, line by line", "spend.html".to_owned()),
        "erasure" => ("Tool by tool", super::privacy::URL.to_owned()),
        "quality" | "numbers" => ("All metrics", index_url(Kind::Metric)),
        _ => return None,
    })
}

fn how() -> Section {
    let text = "Nobody fills in these answers: each follows from what the stack says. It is in place when every part is met, partly when at least half of its parts are, not in place when fewer are, and not documented when the stack is silent on more than half. A part that is only half met counts half. Accepted risks count as well, and so do rules that the stack has turned off.";
    Section::new("how", "How an answer is reached", vec![Block::Text { text: vec![Value::text(text)] }])
}
