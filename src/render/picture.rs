//! From the stack to pictures: the map, a tool's neighbours, a flow, a lifecycle.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    page::{Block, Diagram, Filter, FilterOption, LegendItem, LegendMark, Section, Value, Width},
    view::{View, counted, url},
};
use crate::{
    diagram::{
        self, Area, Bars, Calendar, Caption, Line, LineStyle, Map, MapBox, Picture, Weight,
        series::{Scale, Series},
    },
    graph::ends,
    model::{AnyEntity, Area as Of, Criticality, Direction, Entity, Integration, Kind, Method, Schedule, Status, Tool},
};

/// A map of more tools is an overview of areas with a picture for each.
const MAX_TOOLS: usize = 60;
/// A map of more lines is, too.
const MAX_LINES: usize = 100;

/// How an integration is drawn.
fn style(integration: &Integration) -> LineStyle {
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

fn schedule(integration: &Integration) -> Option<String> {
    match integration.schedule.as_ref()? {
        Schedule::When(crate::model::Trigger::RealTime) => Some("real time".to_owned()),
        Schedule::When(crate::model::Trigger::OnDemand) => Some("on demand".to_owned()),
        Schedule::Every(every) => Some(format!("every {}", every.in_words())),
    }
}

/// A tool as a box; `root` is the way from the page to the root of the site.
fn tool_box(tool: &Entity<Tool>, root: &str, area: usize, lone: bool) -> MapBox {
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
        href: Some(format!("{root}{}", url(Kind::Tool, tool.id.as_str()))),
    }
}

pub(super) fn line(view: &View<'_>, integration: &Entity<Integration>, root: &str, from: usize, to: usize) -> Line {
    let how =
        super::view::label(&serde_json::to_value(integration.method).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default());
    let via = integration.via.as_ref().and_then(|via| view.stack.tools.get(via.as_str()));
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
        href: Some(format!("{root}{}", url(Kind::Integration, integration.id.as_str()))),
        title: format!("{}, {}{via}{carried}", view.stack.name(integration), how.to_lowercase()),
    }
}

/// The live tools and integrations of a stack as a map. Middleware is joined to both ends of what runs through it.
fn whole(view: &View<'_>, root: &str) -> Map {
    let touched = view.graph.touched(AnyEntity::is_live);
    let tools: Vec<&Entity<Tool>> = view.stack.tools.values().filter(|tool| tool.is_live()).collect();
    let areas = Of::ALL.iter().map(|area| Area {
        id: area.slug().to_owned(),
        label: area.label().to_owned(),
        href: Some(format!("#area-{}", area.slug())),
    });
    let place = |tool: &Tool| Of::ALL.iter().position(|area| *area == tool.category.area()).unwrap_or(0);
    let index: BTreeMap<&str, usize> = tools.iter().enumerate().map(|(n, tool)| (tool.id.as_str(), n)).collect();
    let live = view.stack.integrations.values().filter(|integration| integration.is_live());
    let lines = live.flat_map(|integration| spans(view, integration, root, &index)).collect();
    Map {
        areas: areas.collect(),
        boxes: tools.iter().map(|tool| tool_box(tool, root, place(tool), !touched.contains(tool.id.as_str()))).collect(),
        lines,
    }
}

/// An integration as one line, or as two where middleware stands between its ends.
fn spans(view: &View<'_>, integration: &Entity<Integration>, root: &str, index: &BTreeMap<&str, usize>) -> Vec<Line> {
    let at = |id: &str| index.get(id).copied();
    let (Some(from), Some(to)) = (at(integration.from.as_str()), at(integration.to.as_str())) else { return Vec::new() };
    match integration.via.as_ref().and_then(|via| at(via.as_str())).filter(|via| *via != from && *via != to) {
        Some(via) => vec![line(view, integration, root, from, via), line(view, integration, root, via, to)],
        None => vec![line(view, integration, root, from, to)],
    }
}

fn is_large(map: &Map) -> bool {
    map.boxes.len() > MAX_TOOLS || map.lines.len() > MAX_LINES
}

/// The integration map, or for a large stack the overview of its areas.
pub(super) fn map(view: &View<'_>, id: &str) -> Option<Diagram> {
    let map = whole(view, "");
    let large = is_large(&map);
    let (tools, lines) = (map.boxes.len(), map.lines.len());
    let description = format!("{} in areas, joined by {}.", counted(tools, "live tool", "live tools"), counted(lines, "line", "lines"));
    let caption = Caption { prefix: id, title: "Integration map", description: &description };
    let picture = if large { diagram::overview::picture(&map, &caption) } else { diagram::map::picture(&map, &caption) };
    let mut diagram = diagram(picture, id, "Integration map")?;
    diagram.zoom = true;
    if !large && id == "map" {
        diagram.filters = filters(view);
    }
    Some(diagram)
}

/// The filters above the map: the area of tools and the method of integrations.
fn filters(view: &View<'_>) -> Vec<Filter> {
    let areas: BTreeSet<Of> = view.stack.tools.values().filter(|tool| tool.is_live()).map(|tool| tool.category.area()).collect();
    let live = view.stack.integrations.values().filter(|integration| integration.is_live());
    let styles: BTreeSet<LineStyle> = live.map(|integration| style(integration)).collect();
    let area = areas.into_iter().map(|area| FilterOption { value: area.slug().to_owned(), text: area.label().to_owned() });
    let method = styles.into_iter().map(|style| FilterOption { value: style.name().to_owned(), text: style.label().to_owned() });
    vec![
        Filter { name: "area".to_owned(), label: "Area".to_owned(), options: area.collect() },
        Filter { name: "method".to_owned(), label: "Method".to_owned(), options: method.collect() },
    ]
}

/// A picture per area, where the whole is an overview.
pub(super) fn areas(view: &View<'_>) -> Vec<Section> {
    let map = whole(view, "");
    if !is_large(&map) {
        return Vec::new();
    }
    let area = |(index, area): (usize, &Area)| {
        let cut = diagram::overview::area(&map, index);
        let id = format!("area-{}", area.id);
        if is_large(&cut) {
            return large_area(view, id, area, index);
        }
        let prefix = format!("picture-{}", area.id);
        let description = format!("The tools of the area {} and what they are joined to.", area.label);
        let caption = Caption { prefix: &prefix, title: &area.label, description: &description };
        let diagram = diagram(diagram::map::picture(&cut, &caption), &prefix, &area.label)?;
        Some(Section::new(id, &area.label, vec![Block::Diagram(diagram)]))
    };
    map.areas.iter().enumerate().filter_map(area).collect()
}

/// The tools of an area that are too many for a picture, as a table.
fn large_area(view: &View<'_>, id: String, area: &Area, index: usize) -> Option<Section> {
    let of = *Of::ALL.get(index)?;
    let tools = view.stack.tools.values().filter(|tool| tool.is_live() && tool.category.area() == of);
    let tools: Vec<&dyn AnyEntity> = tools.map(|tool| tool as &dyn AnyEntity).collect();
    let table = super::kind::table(view, Kind::Tool, &area.label, &tools);
    let mut section = Section::new(id, &area.label, vec![Block::Table(table)]);
    section.note = Some(counted(tools.len(), "tool", "tools"));
    section.intro = vec![Value::text("Too many for one picture; the page of each tool shows what it is joined to.")];
    Some(section)
}

/// A tool among its neighbours.
pub(super) fn neighbourhood(view: &View<'_>, tool: &Entity<Tool>) -> Option<Diagram> {
    let live: Vec<_> = view.graph.touching(tool.id.as_str()).filter(|integration| integration.is_live()).collect();
    around(view, &live, tool.id.as_str(), &format!("Neighbours of {}", tool.about.name))
}

/// An integration between its ends.
pub(super) fn integration(view: &View<'_>, integration: &Entity<Integration>) -> Option<Diagram> {
    let focus = integration.via.as_ref().unwrap_or(&integration.to).as_str();
    around(view, &[integration], focus, &format!("Ends of {}", view.stack.name(integration)))
}

/// The tools that some integrations touch, around one of them. A neighbour says what passes and when.
fn around(view: &View<'_>, integrations: &[&Entity<Integration>], focus: &str, title: &str) -> Option<Diagram> {
    let ids: BTreeSet<&str> = integrations.iter().flat_map(|integration| ends(integration)).chain([focus]).collect();
    let tools: Vec<&Entity<Tool>> = ids.iter().filter_map(|id| view.stack.tools.get(*id)).collect();
    let index: BTreeMap<&str, usize> = tools.iter().enumerate().map(|(n, tool)| (tool.id.as_str(), n)).collect();
    let place = |tool: &Tool| Of::ALL.iter().position(|area| *area == tool.category.area()).unwrap_or(0);
    let boxes = tools.iter().map(|tool| {
        let passing = integrations.iter().filter(|integration| ends(integration).any(|end| end == tool.id.as_str()));
        let details: Vec<String> = passing.filter_map(|integration| detail(integration)).collect();
        let is_focus = tool.id.as_str() == focus;
        let detail = if is_focus { Some(counted(integrations.len(), "integration", "integrations")) } else { details.first().cloned() };
        MapBox { detail, focus: is_focus, ..tool_box(tool, "../", place(tool), false) }
    });
    let areas = Of::ALL.iter().map(|area| Area { id: area.slug().to_owned(), label: area.label().to_owned(), href: None }).collect();
    let lines = integrations.iter().flat_map(|integration| spans(view, integration, "../", &index)).collect();
    let map = Map { areas, boxes: boxes.collect(), lines };
    let description = format!(
        "{}, {}.",
        counted(map.boxes.len().saturating_sub(1), "neighbour", "neighbours"),
        counted(integrations.len(), "integration", "integrations")
    );
    let caption = Caption { prefix: "n", title, description: &description };
    diagram(diagram::neighbourhood::picture(&map, &caption), "neighbourhood", title)
}

/// What passes and when: `lead, contact · every 15 minutes`.
fn detail(integration: &Integration) -> Option<String> {
    let parts: Vec<String> =
        [Some(objects(integration)).filter(|text| !text.is_empty()), schedule(integration)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// A finished picture with its legend; nothing where there is nothing to draw.
pub(super) fn diagram(picture: Picture, id: &str, label: &str) -> Option<Diagram> {
    if picture.svg.is_empty() {
        return None;
    }
    let width = match picture.width {
        width if width <= 640.0 => Width::Small,
        width if width <= 880.0 => Width::Medium,
        _ => Width::Large,
    };
    let legend = picture.legend.into_iter().map(|entry| LegendItem { mark: LegendMark::Drawn { svg: entry.swatch }, text: entry.label });
    Some(Diagram {
        label: label.to_owned(),
        id: id.to_owned(),
        svg: picture.svg,
        width,
        legend: legend.collect(),
        caption: Vec::<Value>::new(),
        zoom: false,
        filters: vec![],
        narrow: None,
    })
}

/// Bars as a finished picture, drawn anew for a phone; its id is the prefix of the caption.
pub(super) fn bars(bars: &Bars, caption: &Caption<'_>, label: &str) -> Option<Diagram> {
    let narrow = |caption: &Caption<'_>| diagram::bars::narrow(bars, caption);
    chart(diagram::bars::picture(bars, caption), &narrow, caption, label)
}

/// A calendar as a finished picture, drawn anew for a phone; its id is the prefix of the caption.
pub(super) fn calendar(calendar: &Calendar, caption: &Caption<'_>, label: &str) -> Option<Diagram> {
    let narrow = |caption: &Caption<'_>| diagram::calendar::narrow(calendar, caption);
    chart(diagram::calendar::picture(calendar, caption), &narrow, caption, label)
}

/// Values over time as a finished picture, drawn anew for a phone; its id is the prefix of the caption.
pub(super) fn series(series: &Series, scale: Scale<'_>, caption: &Caption<'_>, label: &str) -> Option<Diagram> {
    let narrow = |caption: &Caption<'_>| diagram::series::narrow(series, scale, caption);
    chart(diagram::series::picture(series, scale, caption), &narrow, caption, label)
}

fn chart(wide: Picture, narrow: &dyn Fn(&Caption<'_>) -> Picture, caption: &Caption<'_>, label: &str) -> Option<Diagram> {
    let prefix = format!("{}-narrow", caption.prefix);
    let narrow = narrow(&Caption { prefix: &prefix, ..*caption }).svg;
    Some(Diagram { narrow: Some(narrow), ..diagram(wide, caption.prefix, label)? })
}
