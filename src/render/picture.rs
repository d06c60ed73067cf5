//! From the stack to pictures: the map, a tool's neighbours, a flow, a lifecycle.

use super::{
    drawn, filters,
    page::{Diagram, LegendItem, LegendMark, Value, Width},
    view::{View, counted},
};
use crate::{
    diagram::{
        self, Bars, Calendar, Caption, Map, Picture,
        series::{Scale, Series},
    },
    model::{AnyEntity, Entity, Integration, Tool},
};

/// A map of more tools is an overview of areas with a picture for each.
const MAX_TOOLS: usize = 60;
/// A map of more lines is, too.
const MAX_LINES: usize = 100;
/// The picture of an area may have more: those to other areas run together.
pub(super) const MAX_AREA_LINES: usize = 120;
/// The id of the picture on a page that is a map: scripts look for it.
const MAP: &str = "map";

/// The integration map, or for a large stack the overview of its areas; `map` is all of it.
pub(super) fn map(view: &View<'_>, mut map: Map, id: &str) -> Option<Diagram> {
    let filters = if id == MAP && !is_large(&map) { filters::marked(&mut map, view) } else { Vec::new() };
    let mut diagram = diagram(of_tools(&map, id, "Integration map"), id, "Integration map")?;
    diagram.zoom = true;
    diagram.filters = filters;
    Some(diagram)
}

/// One area of a large stack among the others; `cut` is what is drawn of it.
pub(super) fn area(view: &View<'_>, mut cut: Map, label: &str) -> Option<Diagram> {
    let filters = filters::marked(&mut cut, view);
    let stands_in = |end: usize| cut.boxes.get(end).is_some_and(|one| one.stands_for.is_some());
    let is_counted =
        cut.boxes.iter().any(|one| one.stands_for.is_some()) && !cut.lines.iter().any(|line| stands_in(line.from) || stands_in(line.to));
    let title = format!("Integration map: {label}");
    let description = format!("The tools of the area {label} and what they are joined to; every other area is one box.");
    let caption = Caption { prefix: MAP, title: &title, description: &description };
    let mut diagram = diagram(diagram::map::picture(&cut, &caption), MAP, &title)?;
    diagram.zoom = true;
    diagram.filters = filters;
    if is_counted {
        diagram.caption =
            vec![Value::text("More integrations lead to other areas than a picture can show: the box of each area counts them.")];
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
pub(super) fn is_large(map: &Map) -> bool {
    map.boxes.len() > MAX_TOOLS || map.lines.len() > MAX_LINES
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
