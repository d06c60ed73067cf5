//! `map/AREA.html`: an area of a stack that is too large for one picture, each other area as a box.

use super::{
    Page, drawn, frame, map,
    page::{Block, Link, MapPage, Section, Value},
    picture,
    view::{View, capital, counted},
};
use crate::{
    diagram::overview,
    graph::ends,
    model::{AnyEntity, Area, Entity, Integration},
};

/// The page of an area, counted from the root.
pub(super) fn url(area: Area) -> String {
    format!("map/{}.html", area.slug())
}

/// The areas that have a page of their own: those with tools, of a stack that is too large for one picture. The whole map is
/// laid out to know, so it is found out once.
pub(super) fn all<'v>(view: &'v View<'_>) -> &'v [Area] {
    view.areas.get_or_init(|| {
        if !picture::is_large(&drawn::whole(view.graph, "")) {
            return Vec::new();
        }
        let is_used = |area: &Area| view.stack.tools.values().any(|tool| tool.is_live() && tool.category.area() == *area);
        Area::ALL.iter().copied().filter(is_used).collect()
    })
}

/// Whether an end of an integration, or what it runs through, lies in an area.
pub(super) fn touches(view: &View<'_>, integration: &Entity<Integration>, area: Area) -> bool {
    ends(integration).filter_map(|end| view.stack.tools.get(end)).any(|tool| tool.category.area() == area)
}

/// Whether all of an integration lies in an area.
pub(super) fn is_within(view: &View<'_>, integration: &Entity<Integration>, area: Area) -> bool {
    ends(integration).filter_map(|end| view.stack.tools.get(end)).all(|tool| tool.category.area() == area)
}

/// The page of an area.
pub(super) fn page(view: &View<'_>, area: Area) -> Page {
    let live = view.stack.integrations.values().filter(|integration| integration.is_live() && touches(view, integration, area));
    let integrations: Vec<&Entity<Integration>> = live.collect();
    let numbers = map::numbers(&integrations);
    let index = Area::ALL.iter().position(|one| *one == area).unwrap_or(0);
    let mut whole = drawn::whole(view.graph, "../");
    map::number(&mut whole, &numbers);
    let cut = overview::area(&whole, index, picture::MAX_AREA_LINES);
    let mut sections: Vec<Section> = map::in_words(view, &integrations, &numbers).into_iter().collect();
    let others = all(view).iter().copied().filter(|other| *other != area);
    let mut links: Vec<Value> = vec![Link::site("All areas", "map.html").into()];
    for other in others {
        links.extend([Value::text(" · "), Link::site(other.label(), url(other)).into()]);
    }
    sections.push(Section::new("areas", "Other areas", vec![Block::Text { text: links }]));
    let data = MapPage {
        title: area.label().to_owned(),
        lead: lead(view, area, &integrations),
        map: picture::area(view, cut, area.label()),
        empty: None,
        what_if: map::what_if(view, true),
        places: None,
        sections,
    };
    Page::new("map.html", frame::area(area), &data)
}

fn lead(view: &View<'_>, area: Area, integrations: &[&Entity<Integration>]) -> Vec<Value> {
    let tools = view.stack.tools.values().filter(|tool| tool.is_live() && tool.category.area() == area).count();
    let outside = integrations.iter().filter(|integration| !is_within(view, integration, area)).count();
    vec![Value::text(format!(
        "{} and {}, {outside} of them with other areas, each of which is one box here.",
        capital(&counted(tools, "live tool", "live tools")),
        counted(integrations.len(), "live integration", "live integrations"),
    ))]
}
