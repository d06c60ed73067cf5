//! `index.html`: the summary.

use super::{
    Page, frame,
    page::{Figure, IndexPage, Layer as Column, LayerItem, Link, Scale, Unknown, Value},
    picture,
    sections::finding,
    view::{View, counted, plural},
    worst::worst_first,
};
use crate::{
    analysis::usual,
    model::{AnyEntity, Kind, Layer},
};

/// How many findings the summary shows.
const WORST: usize = 5;

pub(super) fn page(view: &View<'_>) -> Page {
    let company = view.stack.company.name.as_str();
    let worst = worst_first(view);
    let data = IndexPage {
        title: format!("The marketing stack of {company}"),
        lead: lead(view),
        figures: figures(view),
        loss: super::key_people::in_short(view),
        worst: worst.iter().take(WORST).map(|one| finding(view, one, true)).collect(),
        findings: worst.len(),
        review: None,
        map: picture::map(view, "index-map"),
        empty: view.stack.tools.is_empty().then(super::map::empty),
        layers: Layer::ALL.into_iter().map(|layer| column(view, layer)).collect(),
        unknown: unknown(view),
    };
    Page::new("index.html", frame::overview("index.html", "Summary"), &data)
}

/// Live entities of a kind.
fn live(view: &View<'_>, kind: Kind) -> usize {
    view.stack.of(kind).filter(|entity| entity.is_live()).count()
}

fn lead(view: &View<'_>) -> Vec<Value> {
    let tools = live(view, Kind::Tool);
    let integrations = live(view, Kind::Integration);
    let by_hand = view.stack.integrations.values().filter(|integration| integration.is_live() && !integration.is_automated()).count();
    let hands = match by_hand {
        0 => "all of them automatic".to_owned(),
        1 => "one of them by hand".to_owned(),
        n => format!("{n} of them by hand"),
    };
    let joined = if integrations == 0 {
        "and no integration is described".to_owned()
    } else {
        format!("joined by {}, {hands}", counted(integrations, "integration", "integrations"))
    };
    let findings = view.project.report.findings.len();
    let found =
        if findings == 0 { "No rule found anything to object to.".to_owned() } else { format!("The rules found {}.", frame::counts(view)) };
    vec![Value::text(format!("{} {joined}. {found}", super::view::capital(&counted(tools, "live tool", "live tools"))))]
}

fn figure(label: &str, number: usize, href: &str, note: String) -> Figure {
    Figure::new(label, Link::site(number.to_string(), href), vec![Value::text(note)])
}

fn figures(view: &View<'_>) -> Vec<Figure> {
    let tools = live(view, Kind::Tool);
    let integrations: Vec<_> = view.stack.integrations.values().filter(|integration| integration.is_live()).collect();
    let automatic = integrations.iter().filter(|integration| integration.is_automated()).count();
    let people = view.stack.people.values().filter(|person| person.is_present(view.project.today)).count();
    let report = &view.project.report;
    let mut tool = figure("Live tools", tools, "tools/index.html", usual_tools());
    tool.scale = Some(scale(tools));
    let groups = view.analysis.overlap().groups.len();
    if groups > 0 {
        tool.note.extend([Value::text("; "), Link::site(counted(groups, "group overlaps", "groups overlap"), "redundancy.html").into()]);
    }
    let accepted = if report.suppressed.is_empty() { String::new() } else { format!("; {} accepted", report.suppressed.len()) };
    vec![
        tool,
        figure(
            "Live integrations",
            integrations.len(),
            "integrations/index.html",
            format!("{automatic} automatic, {} by hand", integrations.len() - automatic),
        ),
        figure("People present", people, "people/index.html", format!("in {}", counted(view.stack.teams.len(), "team", "teams"))),
        cost(view),
        figure("Findings", report.findings.len(), "findings.html", format!("{}{accepted}", frame::counts(view))),
    ]
}

/// What is usual of the number of tools.
fn usual_tools() -> String {
    let ((well, most), (from, to)) = (usual::tools::WELL_RUN, usual::tools::AVERAGE);
    format!("Well run {well}–{most}, average {from}–{to}")
}

/// What the stack is known to cost.
fn cost(view: &View<'_>) -> Figure {
    let spend = view.analysis.spend();
    let is_known = spend.contracts.len() > spend.unknown.len();
    let tools = view.stack.tools.values().filter(|tool| tool.is_live_production());
    let costed = tools.clone().filter(|tool| spend.is_known(tool.id.as_str())).count();
    let note = vec![
        Value::text(format!("{costed} of {} costed; ", counted(tools.count(), "tool", "tools"))),
        Link::site("what is due, what is idle", "spend.html").into(),
    ];
    super::money::figure(view, "Known cost a year", is_known.then_some(spend.known), "spend.html#known", note)
}

/// The number of tools on a scale that ends where a stack is neglected and is 160 wide.
fn scale(tools: usize) -> Scale {
    let end = usual::tools::NEGLECTED;
    #[expect(clippy::cast_precision_loss, reason = "a number of tools that the scale shows")]
    let at = |n: usize| (n.min(end) as f64 / end as f64 * 160.0 * 10.0).round() / 10.0;
    let ((well, most), (from, to)) = (usual::tools::WELL_RUN, usual::tools::AVERAGE);
    Scale { usual: (at(from), at(to) - at(from)), well: Some((at(well), at(most) - at(well))), here: (at(tools) - 1.3).max(0.0) }
}

fn column(view: &View<'_>, layer: Layer) -> Column {
    let kinds = Kind::ALL.iter().filter(|kind| kind.layer() == layer);
    let item = |kind: &Kind| LayerItem {
        answer: None,
        link: Link::site(plural(*kind), format!("{}/index.html", kind.folder())),
        word: view.stack.count(*kind).to_string(),
    };
    let mut items: Vec<LayerItem> = kinds.map(item).collect();
    if layer == Layer::People {
        let word = usize::from(view.stack.charter.is_some()).to_string();
        items.push(LayerItem { answer: None, link: Link::site("Charter", "charter.html"), word });
    }
    Column { title: layer.label().to_owned(), items }
}

/// Gaps of the whole that would change what a reviewer concludes.
fn unknown(view: &View<'_>) -> Vec<Unknown> {
    let stack = view.stack;
    let company = &stack.company;
    let gap = |what: &str, answers: &str, example: &str| Unknown {
        what: Value::text(what),
        answers: answers.to_owned(),
        example: example.to_owned(),
    };
    let mut gaps = Vec::new();
    if company.system_of_record.is_none() {
        gaps.push(gap("The system of record", "Whether data from every tool arrives where it counts", "[stack] system-of-record = \"…\""));
    }
    if company.annual_revenue.is_none() {
        gaps.push(gap("Annual revenue", "Whether tools and people are usual for a company of that size", "[stack] annual-revenue = 0"));
    }
    let spend = view.analysis.spend();
    let unpriced = stack.tools.values().filter(|tool| tool.is_live_production() && !spend.is_known(tool.id.as_str())).count();
    if unpriced > 0 {
        gaps.push(gap(
            &format!("The cost of {}", counted(unpriced, "tool", "tools")),
            "What the stack costs a year",
            "[contract.ID] annual-cost = 0",
        ));
    }
    for (kind, answers) in [
        (Kind::Flow, "Whether leads get from the form to sales"),
        (Kind::Lifecycle, "When a lead changes hands"),
        (Kind::Runbook, "Whether somebody else could run the machine"),
        (Kind::Metric, "Whether anybody would notice that it stopped"),
    ] {
        if stack.count(kind) == 0 {
            gaps.push(gap(&plural(kind), answers, &format!("[{}.ID]", kind.name())));
        }
    }
    gaps
}
