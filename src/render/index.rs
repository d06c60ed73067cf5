//! `index.html`: the summary.

use super::{
    Page, frame,
    page::{Figure, Finding, IndexPage, Layer as Column, LayerItem, Link, Scale, Value},
    picture,
    sections::finding,
    view::{View, counted, plural},
    worst::{price, worst_first},
};
use crate::{
    analysis::usual,
    model::{AnyEntity, Kind, Layer, percent, trimmed},
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
        loss: super::loss::section(view),
        worst: worst.iter().take(WORST).map(|one| Finding { price: price(view, one), ..finding(view, one, true) }).collect(),
        findings: worst.len(),
        review: Some(super::diligence::in_short(view)),
        map: picture::map(view, super::drawn::whole(view.graph, ""), "index-map"),
        empty: view.stack.tools.is_empty().then(super::map::empty),
        layers: Layer::ALL.into_iter().map(|layer| column(view, layer)).collect(),
        unknown: super::unknown::section(view),
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
    let review = format!("Of {} questions that a review asks, {}.", view.review.answers.len(), super::diligence::verdicts(view));
    let findings = view.project.report.findings.len();
    let found =
        if findings == 0 { "No rule found anything to object to.".to_owned() } else { format!("The rules found {}.", frame::counts(view)) };
    let tools = if tools == 0 { "No live tool".to_owned() } else { super::view::capital(&counted(tools, "live tool", "live tools")) };
    vec![Value::text(format!("{tools} {joined}. {review} {found}"))]
}

fn figure(label: &str, number: usize, href: &str, note: Vec<Value>) -> Figure {
    Figure::new(label, Link::site(number.to_string(), href), note)
}

fn figures(view: &View<'_>) -> Vec<Figure> {
    let tools = live(view, Kind::Tool);
    let report = &view.project.report;
    let mut tool = figure("Live tools", tools, "tools/index.html", vec![Value::text(usual_tools())]);
    tool.scale = Some(scale(tools));
    let groups = view.analysis.overlap().groups.len();
    if groups > 0 {
        tool.note.extend([Value::text("; "), Link::site(counted(groups, "group overlaps", "groups overlap"), "redundancy.html").into()]);
    }
    let accepted = match report.suppressed.len() {
        0 => vec![],
        accepted => vec![Value::text("; "), Link::site(format!("{accepted} accepted"), "suppressions.html").into()],
    };
    let findings = [vec![Value::text(frame::counts(view))], accepted].concat();
    vec![
        tool,
        cost(view),
        in_use(view),
        super::key_people::bus_factor(view, super::key_people::URL),
        figure("Findings", report.findings.len(), "findings.html", findings),
    ]
}

/// How much of what the tools can do is in use.
fn in_use(view: &View<'_>) -> Figure {
    let (low, high) = usual::UNGOVERNED_USE;
    let usual = format!("{}–{} where nobody governs", trimmed((low * 100.0).round()), percent(high));
    match view.analysis.outlay().mean_use(view.stack) {
        None => Figure::new("Capability in use", Value::text("–"), vec![Value::gap("adoption = { share = … }")]),
        Some((share, count)) => {
            let note = format!("Mean of {}; {usual}", counted(count, "tool", "tools"));
            Figure::new("Capability in use", Link::site(percent(share), "spend.html#usual"), vec![Value::text(note)])
        }
    }
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
    let at = |n: usize| n.min(end) as f64 / end as f64 * 160.0;
    let tenths = |x: f64| (x * 10.0).round() / 10.0;
    let range = |(least, most): (usize, usize)| (tenths(at(least)), tenths(at(most) - at(least)));
    let here = tenths(at(tools) - 1.3).max(0.0);
    Scale { usual: range(usual::tools::AVERAGE), well: Some(range(usual::tools::WELL_RUN)), here }
}

/// How many entities of a kind are described, and how many of them are live where that is not all: `26, 24 live`.
fn count(view: &View<'_>, kind: Kind) -> String {
    let (all, live) = (view.stack.count(kind), live(view, kind));
    // Of people it is said elsewhere who has left.
    if live == all || kind == Kind::Person { all.to_string() } else { format!("{all}, {live} live") }
}

fn column(view: &View<'_>, layer: Layer) -> Column {
    let kinds = Kind::ALL.iter().filter(|kind| kind.layer() == layer);
    let item = |kind: &Kind| LayerItem {
        answer: None,
        link: Link::site(plural(*kind), format!("{}/index.html", kind.folder())),
        word: count(view, *kind),
    };
    let mut items: Vec<LayerItem> = kinds.map(item).collect();
    if layer == Layer::People {
        let word = usize::from(view.stack.charter.is_some()).to_string();
        items.push(LayerItem { answer: None, link: Link::site("Charter", "charter.html"), word });
    }
    Column { title: layer.label().to_owned(), items }
}
