//! Proof: whether data quality is measured, numbers mean one thing, and a person's data can be found and deleted.

use super::{
    Basis, Question, Verdict,
    asked::{Asked, named},
};
use crate::{
    analysis::is_fresh,
    diagnostic::Diagnostic,
    model::{AnyEntity, Entity, Layer, Measure, Metric, RunbookKind, Tool},
    report::counted,
    text::list::list,
};

/// Whether data quality is measured.
pub(super) fn quality(basis: &Basis<'_>) -> Asked {
    let mut asked = Asked::new(Question {
        id: "quality",
        layer: Layer::Proof,
        short: "Data quality measured",
        text: "Is data quality measured: duplicates, bounces, completeness, enrichment, deliverability?",
        parts: "measures and the cleaning of duplicates",
    });
    let stack = basis.analysis.stack;
    let (missing, off) = (basis.found("unmeasured-data-quality"), basis.found("off-target-metric"));
    let measured = |measure: &Measure| !missing.iter().any(|finding| finding.key.as_deref() == Some(measure.word()));
    let of = |measure: Measure| stack.metrics.values().filter(move |metric| metric.measures == Some(measure));
    for measure in Measure::DATA_QUALITY.into_iter().filter(measured) {
        let Some(metric) = of(measure).max_by_key(|metric| metric.newest(basis.analysis.today).map(|(_, one)| one.on)) else {
            continue;
        };
        if let Some(finding) = off.iter().find(|finding| finding.subject == metric.address().as_str()) {
            asked.lay_one(Verdict::Partly, 1, finding);
            continue;
        }
        let target = if metric.target.is_some() { ", on target" } else { ", without a target" };
        let on = metric.newest(basis.analysis.today).map_or_else(String::new, |(_, one)| format!(" on {}", one.on.in_words()));
        asked.lay(Verdict::InPlace, 1, format!("`{}` was measured{on}{target}", metric.address()), Some(basis.header(metric)));
    }
    if !stack.has_live_tools() && stack.metrics.is_empty() {
        asked
            .lay(Verdict::NotDocumented, 1, "no metric is described", Some(basis.stack()))
            .remedy("add `[metric.…]` with what it `measures` and its `measurements`");
        asked.say("The stack measures nothing.");
        return asked;
    }
    let all = Measure::DATA_QUALITY.len();
    asked.say(format!("{} of {all} measures are current.", all - missing.len()));
    asked.lay_all(Verdict::NotInPlace, missing);
    let uncleaned = basis.found("no-database-cleaning");
    asked.lay_all(Verdict::NotInPlace, uncleaned);
    let cleaned = stack.routines.values().filter(|routine| routine.kind == crate::model::RoutineKind::Dedupe);
    let last = cleaned.filter_map(|routine| Some((routine, routine.last_done(basis.analysis.today)?.1.on))).max_by_key(|(_, on)| *on);
    if let Some((routine, on)) = last {
        let (verdict, more) =
            if routine.is_overdue(basis.analysis.today) { (Verdict::Partly, ", and is overdue") } else { (Verdict::InPlace, "") };
        let text = format!("`{}` merged duplicates on {}{more}", routine.address(), on.in_words());
        asked.lay(verdict, 1, text, Some(basis.header(routine)));
    }
    let outside = off
        .iter()
        .filter(|finding| Measure::DATA_QUALITY.into_iter().flat_map(of).any(|metric| finding.subject == metric.address().as_str()));
    match outside.count() {
        0 => {}
        1 => asked.say("One of them is off its target."),
        count => asked.say(format!("{count} of them are off their targets.")),
    }
    asked
}

/// Whether each number has one definition, and attribution sees more than one touch.
pub(super) fn numbers(basis: &Basis<'_>) -> Asked {
    let mut asked = Asked::new(Question {
        id: "numbers",
        layer: Layer::Proof,
        short: "Numbers and attribution",
        text: "Does each number have one definition, and does attribution see more than one touch?",
        parts: "metrics and models",
    });
    let stack = basis.analysis.stack;
    let (conflicts, sourceless) = (basis.found("conflicting-metrics"), basis.found("metric-without-source"));
    let is_in =
        |findings: &[Diagnostic], metric: &Entity<Metric>| findings.iter().any(|finding| finding.subject == metric.address().as_str());
    let sound: Vec<&dyn AnyEntity> = stack
        .metrics
        .values()
        .filter(|metric| !is_in(conflicts, metric) && !is_in(sourceless, metric))
        .map(|metric| metric as &dyn AnyEntity)
        .collect();
    if let Some(first) = sound.first() {
        let text = format!("{} with one definition and a source: {}", counted(sound.len(), "metric"), named(sound.iter().copied()));
        asked.lay(Verdict::InPlace, sound.len(), text, Some(basis.header(*first)));
    }
    asked.lay_all(Verdict::NotInPlace, conflicts);
    asked.lay_all(Verdict::Partly, sourceless.iter().filter(|finding| !conflicts.iter().any(|other| other.subject == finding.subject)));
    if stack.metrics.is_empty() {
        asked
            .lay(Verdict::NotDocumented, 1, "no metric is described", Some(basis.stack()))
            .remedy("add `[metric.…]` with its `definition` and `sources`");
    }
    asked.say(match stack.metrics.len() {
        0 => "The stack defines no number.".to_owned(),
        count => format!("{} of {} have one definition and a source.", sound.len(), counted(count, "metric")),
    });
    let single = basis.found("single-touch-attribution");
    asked.lay_all(Verdict::Partly, single);
    let models: Vec<&dyn AnyEntity> = stack
        .attributions
        .values()
        .filter(|one| !single.iter().any(|finding| finding.subject == one.address().as_str()))
        .map(|one| one as &dyn AnyEntity)
        .collect();
    for one in stack.attributions.values().filter(|one| models.iter().any(|model| model.id() == one.id())) {
        asked.lay(Verdict::InPlace, 1, format!("`{}`: {}", one.address(), one.model.word().replace('-', " ")), Some(basis.header(one)));
    }
    asked.lay_all(Verdict::NotInPlace, basis.found("no-attribution"));
    let blind = basis.found("attribution-blind-spot");
    asked.lay_all(Verdict::Partly, blind);
    asked.say(match (stack.attributions.len(), blind.len()) {
        (0, _) => "Nothing says how revenue is attributed.".to_owned(),
        (_, 0) => "Every channel reaches the attribution.".to_owned(),
        (_, 1) => "One channel does not reach the attribution.".to_owned(),
        (_, count) => format!("{count} channels do not reach the attribution."),
    });
    asked
}

/// Whether a deletion request reaches every tool that holds personal data.
pub(super) fn erasure(basis: &Basis<'_>) -> Asked {
    let mut asked = Asked::new(Question {
        id: "erasure",
        layer: Layer::Proof,
        short: "Deletion requests",
        text: "Does a deletion request reach every tool that holds personal data?",
        parts: "tools, and a runbook",
    });
    request(basis, &mut asked);
    let live = || basis.analysis.stack.tools.values().filter(|tool| tool.is_live());
    let holds: Vec<&Entity<Tool>> = live().filter(|tool| tool.holds_people()).collect();
    let reached = reached(basis, &mut asked, &holds);
    let unsaid: Vec<&Entity<Tool>> = live().filter(|tool| tool.data.is_none()).collect();
    if !unsaid.is_empty() {
        let names = list(unsaid.iter().map(|tool| format!("`{}`", tool.address())), 5);
        let text = format!(
            "{} not say whether personal data is held: {names}",
            if unsaid.len() == 1 { "1 tool does".to_owned() } else { format!("{} tools do", unsaid.len()) }
        );
        let parts = usize::from(holds.is_empty());
        asked
            .lay(Verdict::NotDocumented, parts, text, unsaid.first().map(|tool| basis.header(*tool)))
            .remedy("write `data = { personal = [\"…\"], deletion = \"…\" }`, or `personal = []` where none is held");
    }
    asked.say(match holds.len() {
        0 => "No tool says that it holds personal data.".to_owned(),
        count => format!(
            "{} that hold personal data; a record can be deleted from {reached} of them.",
            counted(count, "tool").replace("tools", "tools are known")
        ),
    });
    asked
}

/// Lays down whether a runbook says how a request is answered.
fn request(basis: &Basis<'_>, asked: &mut Asked) {
    let (stack, today) = (basis.analysis.stack, basis.analysis.today);
    let runbook = stack.runbooks.values().filter(|runbook| runbook.kind == RunbookKind::DataSubjectRequest);
    match runbook.max_by_key(|runbook| runbook.about.reviewed) {
        Some(runbook) => {
            let is_kept = is_fresh(runbook, today);
            let verdict = if is_kept { Verdict::InPlace } else { Verdict::Partly };
            let reviewed = runbook.about.reviewed.map_or_else(|| "never reviewed".to_owned(), |day| format!("reviewed {}", day.in_words()));
            asked.lay(
                verdict,
                1,
                format!("`{}` says how a request is answered, {reviewed}", runbook.address()),
                Some(basis.header(runbook)),
            );
        }
        None => {
            asked
                .lay(Verdict::NotInPlace, 1, "no runbook says how a person's request about their data is answered", Some(basis.stack()))
                .remedy("write `[runbook.…]` with `kind = \"data-subject-request\"` and its `steps`");
        }
    }
}

/// Lays down from which tools a record can be deleted, and returns how many those are.
fn reached(basis: &Basis<'_>, asked: &mut Asked, holds: &[&Entity<Tool>]) -> usize {
    let mut by_verdict: [(Verdict, &str, Vec<&dyn AnyEntity>); 3] = [
        (Verdict::InPlace, "a record can be deleted from", Vec::new()),
        (Verdict::NotInPlace, "a request to be forgotten would miss", Vec::new()),
        (Verdict::NotDocumented, "`deletion` is not documented for", Vec::new()),
    ];
    for tool in holds {
        let verdict = deletable(basis, tool);
        for (of, _, tools) in &mut by_verdict {
            if *of == verdict {
                tools.push(*tool);
            }
        }
    }
    for (verdict, says, tools) in &by_verdict {
        if let Some(first) = tools.first() {
            let remedy = "write `deletion = \"…\"` in the `data` of each, and let a runbook of kind `data-subject-request` cover what is done by hand";
            let text = format!("{says} {}", named(tools.iter().copied()));
            asked.lay(*verdict, tools.len(), text, Some(basis.header(*first))).remedy(remedy);
        }
    }
    by_verdict.iter().find(|(verdict, ..)| *verdict == Verdict::InPlace).map_or(0, |(.., tools)| tools.len())
}

/// Whether a person's record can be deleted from a tool, and somebody knows how or an integration tells it.
fn deletable(basis: &Basis<'_>, tool: &Entity<Tool>) -> Verdict {
    match tool.data.as_ref().and_then(|data| data.deletion) {
        _ if !basis.analysis.data_map().is_missed(tool) => Verdict::InPlace,
        None => Verdict::NotDocumented,
        Some(_) => Verdict::NotInPlace,
    }
}
