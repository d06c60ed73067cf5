//! `map.html`: the integration map, by area, and the same in words.

use super::{
    Page, frame,
    page::{Block, Empty, MapPage, Section, Value},
    picture,
    view::{View, counted},
};
use crate::model::{AnyEntity, Kind};

pub(super) fn page(view: &View<'_>) -> Page {
    let integrations: Vec<&dyn AnyEntity> = view.stack.integrations.values().map(|integration| integration as &dyn AnyEntity).collect();
    let mut sections = picture::areas(view);
    if !integrations.is_empty() {
        let mut table = super::kind::table(view, Kind::Integration, "Integrations", &integrations);
        table.sortable = true;
        table.filter = Some("filter".to_owned());
        let mut section = Section::new("integrations", "The same in words", vec![Block::Table(table)]);
        section.note = Some(counted(integrations.len(), "integration", "integrations"));
        sections.push(section);
    }
    let map = picture::map(view, "map");
    // Only a map of tools has filters, and only there something can be greyed out.
    let is_of_tools = map.as_ref().is_some_and(|map| !map.filters.is_empty());
    let what_if = super::what_if::data(view).filter(|_| is_of_tools).map(|data| crate::text::script::data(&data.to_string()));
    let data = MapPage { lead: lead(view), map, empty: view.stack.tools.is_empty().then(empty), what_if, sections };
    Page::new("map.html", frame::overview("map.html", "Map"), &data)
}

fn lead(view: &View<'_>) -> Vec<Value> {
    let tools = view.stack.tools.values().filter(|tool| tool.is_live()).count();
    let live: Vec<_> = view.stack.integrations.values().filter(|integration| integration.is_live()).collect();
    let two_way = live.iter().filter(|integration| integration.direction == crate::model::Direction::TwoWay).count();
    let alone = tools.saturating_sub(view.graph.touched(AnyEntity::is_live).len());
    let rest = if alone > 0 { format!(" {} joined to nothing.", counted(alone, "tool is", "tools are")) } else { String::new() };
    vec![Value::text(format!(
        "{} and {}, {two_way} of them in both directions.{rest} Areas stand in the order in which leads move.",
        super::view::capital(&counted(tools, "live tool", "live tools")),
        counted(live.len(), "live integration", "live integrations")
    ))]
}

/// How to begin a map.
pub(super) fn empty() -> Empty {
    Empty {
        text: vec![Value::text("No tool is described yet. A tool needs a name and a category:")],
        snippet: Some("[tool.hubspot]\nname = \"HubSpot\"\ncategory = \"marketing-automation\"".to_owned()),
    }
}
