//! From the integration graph to maps: all of it, a part of it, what lies around a tool.

use std::collections::{BTreeMap, BTreeSet};

use super::view::{counted, label, url};
use crate::{
    diagram::{Area, Line, LineStyle, Map, MapBox, Weight},
    graph::{Graph, ends},
    model::{AnyEntity, Area as Of, Criticality, Direction, Entity, Integration, Kind, Method, Schedule, Status, Tool},
};

/// How an integration is drawn.
pub(super) fn style(integration: &Integration) -> LineStyle {
    match integration.method {
        Method::Native => LineStyle::Native,
        Method::Api | Method::Webhook => LineStyle::Api,
        Method::Middleware => LineStyle::Middleware,
        Method::Etl | Method::ReverseEtl => LineStyle::Batch,
        Method::Tag => LineStyle::Tag,
        Method::File if integration.is_automated() => LineStyle::Batch,
        Method::File | Method::Manual => LineStyle::Manual,
    }
}

pub(super) fn weight(criticality: Option<Criticality>) -> Weight {
    match criticality {
        Some(Criticality::Critical) => Weight::Critical,
        Some(Criticality::High) => Weight::High,
        _ => Weight::Normal,
    }
}

fn objects(integration: &Integration) -> String {
    let mut names: Vec<&str> = integration.objects.iter().map(|carried| carried.object().as_str()).collect();
    names.dedup();
    names.join(", ")
}

/// How data travels: `reverse etl`, `by hand`.
pub(super) fn method(integration: &Integration) -> String {
    let method = serde_json::to_value(integration.method).ok();
    let word = label(method.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default()).to_lowercase();
    match integration.method {
        Method::Manual => "by hand".to_owned(),
        _ if !integration.is_automated() => format!("{word}, by hand"),
        _ => word,
    }
}

/// How often an integration runs: `every 5 minutes`.
pub(super) fn schedule(integration: &Integration) -> Option<String> {
    match integration.schedule.as_ref()? {
        Schedule::When(crate::model::Trigger::RealTime) => Some("real time".to_owned()),
        Schedule::When(crate::model::Trigger::OnDemand) => Some("on demand".to_owned()),
        Schedule::Every(every) => Some(format!("every {}", every.in_words())),
    }
}

/// A tool as a box; `root` is the way from the page to the root of the site.
pub(super) fn tool_box(tool: &Entity<Tool>, root: &str, area: usize, lone: bool) -> MapBox {
    let name = tool.about.name.to_string();
    MapBox {
        id: tool.id.to_string(),
        title: format!("{name}: {}", tool.category),
        label: name,
        detail: None,
        area,
        weight: weight(tool.criticality()),
        lone,
        focus: false,
        stands_for: None,
        href: Some(format!("{root}{}", url(Kind::Tool, tool.id.as_str()))),
        data: Vec::new(),
    }
}

pub(super) fn line(graph: &Graph<'_>, integration: &Entity<Integration>, root: &str, from: usize, to: usize) -> Line {
    let via = integration.via.as_ref().and_then(|via| graph.stack().tools.get(via.as_str()));
    let via = via.map_or_else(String::new, |via| format!(" through {}", via.about.name));
    let carried = objects(integration);
    let carried = if carried.is_empty() { String::new() } else { format!(": {carried}") };
    Line {
        id: integration.id.to_string(),
        from,
        to,
        two_way: integration.direction == Direction::TwoWay,
        style: style(integration),
        broken: integration.status == Status::Broken,
        critical: integration.criticality() == Some(Criticality::Critical),
        number: None,
        href: Some(format!("{root}{}", url(Kind::Integration, integration.id.as_str()))),
        title: format!("{}, {}{via}{carried}", graph.stack().name(integration), method(integration)),
        data: Vec::new(),
    }
}

/// The place of a tool's area in reading order.
pub(super) fn place(tool: &Tool) -> usize {
    Of::ALL.iter().position(|area| *area == tool.category.area()).unwrap_or(0)
}

/// The areas in the order in which leads move; `href` is where each leads.
pub(super) fn areas(href: impl Fn(Of) -> Option<String>) -> Vec<Area> {
    Of::ALL.iter().map(|area| Area { id: area.slug().to_owned(), label: area.label().to_owned(), href: href(*area), note: None }).collect()
}

/// The live tools and integrations of a stack as a map. Middleware is joined to both ends of what runs through it.
pub(super) fn whole(graph: &Graph<'_>, root: &str) -> Map {
    let stack = graph.stack();
    let tools: Vec<&Entity<Tool>> = stack.tools.values().filter(|tool| tool.is_live()).collect();
    let live: Vec<&Entity<Integration>> = stack.integrations.values().filter(|integration| integration.is_live()).collect();
    part(graph, root, &tools, &live)
}

/// Some tools and integrations of a stack as a map.
pub(super) fn part(graph: &Graph<'_>, root: &str, tools: &[&Entity<Tool>], integrations: &[&Entity<Integration>]) -> Map {
    let touched = graph.touched(AnyEntity::is_live);
    let index: BTreeMap<&str, usize> = tools.iter().enumerate().map(|(n, tool)| (tool.id.as_str(), n)).collect();
    Map {
        areas: areas(|area| Some(format!("{root}{}", super::area::url(area)))),
        boxes: tools.iter().map(|tool| tool_box(tool, root, place(tool), !touched.contains(tool.id.as_str()))).collect(),
        lines: integrations.iter().flat_map(|integration| spans(graph, integration, root, &index)).collect(),
        ..Map::default()
    }
}

/// An integration as one line, or as two where middleware stands between its ends.
pub(super) fn spans(graph: &Graph<'_>, integration: &Entity<Integration>, root: &str, index: &BTreeMap<&str, usize>) -> Vec<Line> {
    let at = |id: &str| index.get(id).copied();
    let (Some(from), Some(to)) = (at(integration.from.as_str()), at(integration.to.as_str())) else { return Vec::new() };
    match integration.via.as_ref().and_then(|via| at(via.as_str())).filter(|via| *via != from && *via != to) {
        Some(via) => vec![line(graph, integration, root, from, via), line(graph, integration, root, via, to)],
        None => vec![line(graph, integration, root, from, to)],
    }
}

/// The map of a tool and what some integrations join it to. A neighbour says what passes and when.
pub(super) fn around(graph: &Graph<'_>, root: &str, integrations: &[&Entity<Integration>], focus: &str) -> Map {
    let ids: BTreeSet<&str> = integrations.iter().flat_map(|integration| ends(integration)).chain([focus]).collect();
    let tools: Vec<&Entity<Tool>> = ids.iter().filter_map(|id| graph.stack().tools.get(*id)).collect();
    let index: BTreeMap<&str, usize> = tools.iter().enumerate().map(|(n, tool)| (tool.id.as_str(), n)).collect();
    let boxes = tools.iter().map(|tool| {
        let passing = integrations.iter().filter(|integration| ends(integration).any(|end| end == tool.id.as_str()));
        let details: Vec<String> = passing.filter_map(|integration| detail(integration)).collect();
        let is_focus = tool.id.as_str() == focus;
        let detail = if is_focus { Some(counted(integrations.len(), "integration", "integrations")) } else { details.first().cloned() };
        MapBox { detail, focus: is_focus, ..tool_box(tool, root, place(tool), false) }
    });
    let lines = integrations.iter().flat_map(|integration| spans(graph, integration, root, &index)).collect();
    Map { areas: areas(|_| None), boxes: boxes.collect(), lines, ..Map::default() }
}

/// What passes and when: `lead, contact · every 15 minutes`.
fn detail(integration: &Integration) -> Option<String> {
    let parts: Vec<String> =
        [Some(objects(integration)).filter(|text| !text.is_empty()), schedule(integration)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}
