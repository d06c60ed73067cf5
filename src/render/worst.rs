//! Which findings come first where there is room for a few.

use std::collections::BTreeSet;

use super::{money, view::View};
use crate::{
    diagnostic::Diagnostic,
    model::{Address, AnyEntity, Criticality, Kind},
};

/// Returns the findings, the worst first: by level, then by what they concern that is important, then by the monthly
/// pipeline of the flows that depend on it; equal ones stay in the order of the report.
pub(super) fn worst_first<'a>(view: &View<'a>) -> Vec<&'a Diagnostic> {
    let mut all: Vec<_> = view.project.report.findings.iter().map(|finding| (finding, weight(view, finding))).collect();
    all.sort_by(|(a, weight_a), (b, weight_b)| {
        a.level.cmp(&b.level).then(weight_a.0.cmp(&weight_b.0)).then(weight_b.1.total_cmp(&weight_a.1))
    });
    all.into_iter().map(|(finding, _)| finding).collect()
}

/// What a finding puts at risk: how critical its subject is, and the pipeline of the flows that depend on it.
pub(super) fn price(view: &View<'_>, finding: &Diagnostic) -> Option<String> {
    let (criticality, pipeline) = weight(view, finding);
    let says = view.stack.at(&Address::new(&finding.subject)).and_then(AnyEntity::criticality).is_some();
    let critical = says.then(|| criticality.word().to_owned());
    let amount = (pipeline > 0.0).then(|| format!("{} of pipeline a month", money::amount(view, pipeline)));
    let words: Vec<String> = amount.into_iter().chain(critical).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The greatest criticality of what a finding is about, and the monthly pipeline of the live flows that depend on what it
/// concerns, in the currency of the stack.
fn weight(view: &View<'_>, finding: &Diagnostic) -> (Criticality, f64) {
    let at = |address: &str| view.stack.at(&Address::new(address));
    let criticality = at(&finding.subject).and_then(AnyEntity::criticality).unwrap_or(Criticality::Medium);
    let related = finding.related.iter().filter_map(|related| related.address.as_deref());
    let mut flows: BTreeSet<&str> = BTreeSet::new();
    for entity in related.chain([finding.subject.as_str()]).filter_map(at) {
        let id = entity.id().as_str();
        match entity.kind() {
            Kind::Flow if entity.is_live() => {
                flows.insert(id);
            }
            Kind::Integration => flows.extend(view.analysis.passage().through_integration(id).map(|passing| passing.flow.id.as_str())),
            Kind::Tool => {
                let from = view.analysis.references().to(&entity.address()).iter().map(|reference| reference.from.entity());
                let named =
                    from.filter_map(|(kind, flow)| view.stack.flows.get(flow?).filter(|_| Kind::from_name(kind) == Some(Kind::Flow)));
                flows.extend(named.filter(|flow| flow.is_live()).map(|flow| flow.id.as_str()));
            }
            _ => {}
        }
    }
    let pipeline = flows.iter().filter_map(|flow| view.stack.flows.get(*flow)?.monthly_pipeline).map(|money| money.0).sum();
    (criticality, pipeline)
}
