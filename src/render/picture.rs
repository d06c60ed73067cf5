//! From the stack to pictures: the map, a tool's neighbours, a flow, a lifecycle.

use super::{
    drawn, filters,
    page::{Block, Diagram, LegendItem, LegendMark, Section, Value, Width},
    view::{View, counted},
};
use crate::{
    diagram::{
        self, Area, Bars, Calendar, Caption, Map, Picture,
        series::{Scale, Series},
    },
    model::{AnyEntity, Area as Of, Entity, Integration, Kind, Tool},
};

/// A map of more tools is an overview of areas with a picture for each.
const MAX_TOOLS: usize = 60;
/// A map of more lines is, too.
const MAX_LINES: usize = 100;
/// The picture of an area may have more: those to other areas run together.
const MAX_AREA_LINES: usize = 120;

/// The integration map, or for a large stack the overview of its areas.
pub(super) fn map(view: &View<'_>, id: &str) -> Option<Diagram> {
    let mut map = drawn::whole(view.graph, "");
    let has_filters = !is_large(&map) && id == "map";
    if has_filters {
        filters::mark(&mut map, view);
    }
    let mut diagram = diagram(of_tools(&map, id, "Integration map"), id, "Integration map")?;
    diagram.zoom = true;
    if has_filters {
        diagram.filters = filters::filters(view);
    }
    Some(diagram)
}

/// Draws a map of tools; where there are too many for a glance, their areas.
pub(super) fn of_tools(map: &Map, prefix: &str, title: &str) -> Picture {
    let (tools, lines) = (map.boxes.len(), map.lines.len());
    let description = format!("{} in areas, joined by {}.", counted(tools, "live tool", "live tools"), counted(lines, "line", "lines"));
    let caption = Caption { prefix, title, description: &description };
    if is_large(map) { diagram::overview::picture(map, &caption) } else { diagram::map::picture(map, &caption) }
}

/// Whether a map is read by its areas, not by its tools.
fn is_large(map: &Map) -> bool {
    map.boxes.len() > MAX_TOOLS || map.lines.len() > MAX_LINES
}

/// A picture per area, where the whole is an overview.
pub(super) fn areas(view: &View<'_>) -> Vec<Section> {
    let map = drawn::whole(view.graph, "");
    if !is_large(&map) {
        return Vec::new();
    }
    let area = |(index, area): (usize, &Area)| {
        let cut = diagram::overview::area(&map, index);
        let id = format!("area-{}", area.id);
        if cut.boxes.len() > MAX_TOOLS || diagram::map::strokes(&cut) > MAX_AREA_LINES {
            return large_area(view, id, area, index);
        }
        let prefix = format!("picture-{}", area.id);
        let description = format!("The tools of the area {} and what they are joined to.", area.label);
        let caption = Caption { prefix: &prefix, title: &area.label, description: &description };
        let mut diagram = diagram(diagram::map::picture(&cut, &caption), &prefix, &area.label)?;
        diagram.zoom = true;
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
    around(&drawn::around(view.graph, "../", &live, tool.id.as_str()), live.len(), &format!("Neighbours of {}", tool.about.name))
}

/// An integration between its ends.
pub(super) fn integration(view: &View<'_>, integration: &Entity<Integration>) -> Option<Diagram> {
    let focus = integration.via.as_ref().unwrap_or(&integration.from).as_str();
    let mut map = drawn::around(view.graph, "../", &[integration], focus);
    // That there is one integration is plain.
    map.boxes.iter_mut().filter(|one| one.focus).for_each(|one| one.detail = None);
    around(&map, 1, &format!("Ends of {}", view.stack.name(integration)))
}

/// The tools that some integrations touch, around one of them.
fn around(map: &Map, integrations: usize, title: &str) -> Option<Diagram> {
    let description = neighbours(map, integrations);
    let caption = Caption { prefix: "n", title, description: &description };
    diagram(diagram::neighbourhood::picture(map, &caption), "neighbourhood", title)
}

/// A neighbourhood in a sentence.
pub(super) fn neighbours(map: &Map, integrations: usize) -> String {
    let neighbours = map.boxes.len().saturating_sub(1);
    format!("{}, {}.", counted(neighbours, "neighbour", "neighbours"), counted(integrations, "integration", "integrations"))
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
