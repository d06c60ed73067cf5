//! `map.html`: the integration map, or the overview of the areas of a large stack, and the same in words.

use std::collections::BTreeMap;

use serde_json::json;

use super::{
    File, Page, area, drawn, frame,
    page::{Block, Cell, Column, ColumnKind, Empty, Link, MapPage, Row, RowGroup, Section, Table, TableStyle, Value, WhatIf},
    picture,
    view::{View, capital, counted, url},
};
use crate::{
    diagram::Map,
    model::{AnyEntity, Area, Direction, Entity, Integration, Kind},
    text::script,
};

/// What each integration is called in the table and on its line in print, by id.
pub(super) type Numbers<'v> = BTreeMap<&'v str, usize>;

pub(super) fn page(view: &View<'_>) -> Page {
    let all: Vec<&Entity<Integration>> = view.stack.integrations.values().collect();
    let live: Vec<&Entity<Integration>> = all.iter().copied().filter(|integration| integration.is_live()).collect();
    let mut whole = drawn::whole(view.graph, "");
    let is_large = picture::is_large(&whole);
    let mut sections: Vec<Section> = Vec::new();
    if is_large {
        sections.extend([areas(view, &live), between(view, &live), tools(view)]);
    } else {
        let numbers = numbers(&live);
        number(&mut whole, &numbers);
        sections.extend(in_words(view, &all, &numbers));
    }
    let data = MapPage {
        title: "Map".to_owned(),
        lead: lead(view, &live, is_large),
        map: picture::map(view, whole, "map"),
        empty: view.stack.tools.is_empty().then(empty),
        // Only a map of tools has something that can be greyed out.
        what_if: what_if(view, false).filter(|_| !is_large),
        places: is_large.then(|| places(view, &live)),
        sections,
    };
    Page::new("map.html", frame::overview("map.html", "Map"), &data)
}

/// Numbers integrations from 1 in their order.
pub(super) fn numbers<'v>(integrations: &[&'v Entity<Integration>]) -> Numbers<'v> {
    integrations.iter().zip(1..).map(|(integration, number)| (integration.id.as_str(), number)).collect()
}

/// Puts the numbers onto lines.
pub(super) fn number(map: &mut Map, numbers: &Numbers<'_>) {
    for line in &mut map.lines {
        line.number = numbers.get(line.id.as_str()).copied();
    }
}

/// The table under a map, with the number that each line has in print; nothing where there is no integration.
pub(super) fn in_words(view: &View<'_>, integrations: &[&Entity<Integration>], numbers: &Numbers<'_>) -> Option<Section> {
    if integrations.is_empty() {
        return None;
    }
    let entities: Vec<&dyn AnyEntity> = integrations.iter().map(|integration| *integration as &dyn AnyEntity).collect();
    let mut table = super::kind::table(view, Kind::Integration, "Integrations", &entities);
    table.sortable = true;
    table.filter = Some("filter".to_owned());
    table.columns.insert(0, Column::new("No.", ColumnKind::Order));
    for (row, integration) in table.groups.iter_mut().flat_map(|group| &mut group.rows).zip(integrations) {
        let number = numbers.get(integration.id.as_str()).map(|number| Value::text(number.to_string()));
        row.cells.insert(0, Cell::list(number.into_iter().collect()));
    }
    let mut section = Section::new("integrations", "The same in words", vec![Block::Table(table)]);
    section.note = Some(counted(integrations.len(), "integration", "integrations"));
    section.intro = vec![Value::text("On paper each line of the map bears its number.")];
    Some(section)
}

/// What the control above a map of tools reads; `is_shared` by several pages, or too heavy for one, it is a file.
pub(super) fn what_if(view: &View<'_>, is_shared: bool) -> Option<WhatIf> {
    // A map without a box has nothing that could be greyed out.
    let is_drawn = view.stack.tools.values().any(AnyEntity::is_live);
    if !is_drawn || !super::what_if::is_possible(view) {
        return None;
    }
    Some(if is_shared || super::what_if::is_heavy(view) {
        WhatIf { json: None, file: Some(super::what_if::URL.to_owned()) }
    } else {
        WhatIf { json: Some(script::data(&super::what_if::data(view).to_string())), file: None }
    })
}

/// The file that the control reads where it is not on the page.
pub(super) fn control(view: &View<'_>) -> Option<File> {
    let is_asked = what_if(view, !area::all(view).is_empty()).is_some_and(|data| data.file.is_some());
    is_asked.then(|| super::what_if::file(view))
}

fn lead(view: &View<'_>, live: &[&Entity<Integration>], is_large: bool) -> Vec<Value> {
    let tools = view.stack.tools.values().filter(|tool| tool.is_live()).count();
    let two_way = live.iter().filter(|integration| integration.direction == Direction::TwoWay).count();
    let alone = tools.saturating_sub(view.graph.touched(AnyEntity::is_live).len());
    let rest = if alone > 0 { format!(" {} joined to nothing.", counted(alone, "tool is", "tools are")) } else { String::new() };
    let how = if is_large { " Each area leads to a map of its own." } else { "" };
    vec![Value::text(format!(
        "{} and {}, {two_way} of them in both directions.{rest} Areas stand in the order in which leads move.{how}",
        capital(&counted(tools, "live tool", "live tools")),
        counted(live.len(), "live integration", "live integrations")
    ))]
}

/// The areas of a large stack, and how much each holds.
fn areas(view: &View<'_>, live: &[&Entity<Integration>]) -> Section {
    let columns = vec![
        Column::new("Area", ColumnKind::Head),
        Column::new("Tools", ColumnKind::Number),
        Column::new("Inside", ColumnKind::Number),
        Column::new("Outside", ColumnKind::Number),
    ];
    let row = |of: Area| {
        let tools = view.stack.tools.values().filter(|tool| tool.is_live() && tool.category.area() == of).count();
        let inside = live.iter().filter(|one| area::is_within(view, one, of)).count();
        let outside = live.iter().filter(|one| area::touches(view, one, of)).count() - inside;
        let link = Value::from(Link::site(of.label(), area::url(of)));
        let counts = [tools, inside, outside].map(|count| Cell::from(Value::text(count.to_string())));
        Row::from([Cell::from(link)].into_iter().chain(counts).collect::<Vec<_>>())
    };
    let rows = area::all(view).iter().copied().map(row).collect();
    let table = Table { style: TableStyle::Fit, ..Table::plain("Areas", columns, rows) };
    let mut section = Section::new("areas", "Areas", vec![Block::Table(table)]);
    section.intro = vec![Value::text("How many tools each has, and how many integrations inside of it and with tools outside of it.")];
    section
}

/// How many integrations lead from each area to each other one.
fn between(view: &View<'_>, live: &[&Entity<Integration>]) -> Section {
    let area = |id: &str| view.stack.tools.get(id).map(|tool| tool.category.area());
    let mut counts: BTreeMap<(Area, Area), (usize, usize)> = BTreeMap::new();
    for integration in live {
        let via = integration.via.as_ref().map(crate::model::Ref::as_str);
        let stops: Vec<Area> =
            [Some(integration.from.as_str()), via, Some(integration.to.as_str())].into_iter().flatten().filter_map(area).collect();
        let broken = usize::from(integration.status == crate::model::Status::Broken);
        for (from, to) in stops.iter().zip(stops.iter().skip(1)).filter(|(from, to)| from != to) {
            let back = (integration.direction == Direction::TwoWay).then_some((*to, *from));
            for pair in [(*from, *to)].into_iter().chain(back) {
                let count = counts.entry(pair).or_default();
                *count = (count.0 + 1, count.1 + broken);
            }
        }
    }
    let columns = vec![
        Column::new("From", ColumnKind::Head),
        Column::new("To", ColumnKind::Text),
        Column::new("All", ColumnKind::Number),
        Column::new("Broken", ColumnKind::Number),
    ];
    let rows = counts.into_iter().map(|((from, to), (all, broken))| {
        let broken = if broken > 0 { Cell::from(Value::text(broken.to_string())) } else { Cell::list(vec![]) };
        Row::from(vec![Value::text(from.label()).into(), Value::text(to.label()).into(), Value::text(all.to_string()).into(), broken])
    });
    let mut table = Table { style: TableStyle::Fit, ..Table::plain("Between areas", columns, rows.collect()) };
    table.sortable = true;
    let mut section = Section::new("integrations", "The same in words", vec![Block::Table(table)]);
    section.intro = vec![
        Value::text("An integration in both directions counts in both. Each by itself is on the page of its areas and among "),
        Link::site("all integrations", super::view::index_url(Kind::Integration)).into(),
        Value::text("."),
    ];
    section
}

/// Every tool of a large stack, with the way to where it is drawn; addresses such as `map.html#tool.ID` lead here.
fn tools(view: &View<'_>) -> Section {
    let columns = vec![
        Column::new("Tool", ColumnKind::Head),
        Column::new("Category", ColumnKind::Text),
        Column::new("Integrations", ColumnKind::Number),
    ];
    let group = |of: Area| {
        let tools = view.stack.tools.values().filter(|tool| tool.is_live() && tool.category.area() == of);
        let rows: Vec<Row> = tools
            .map(|tool| {
                let id = tool.id.as_str();
                let drawn = Link::site(tool.about.name.to_string(), format!("{}#tool.{id}", area::url(of)));
                let integrations = view.graph.touching(id).filter(|integration| integration.is_live()).count();
                let cells = vec![
                    Value::from(drawn).into(),
                    Value::from(Link::site(tool.category.to_string(), url(Kind::Tool, id))).into(),
                    Value::text(integrations.to_string()).into(),
                ];
                Row { id: Some(format!("tool.{id}")), ..Row::from(cells) }
            })
            .collect();
        RowGroup { id: Some(format!("area-{}", of.slug())), title: Some(of.label().to_owned()), count: Some(rows.len()), rows }
    };
    let groups: Vec<RowGroup> = area::all(view).iter().copied().map(group).collect();
    let all = groups.iter().map(|group| group.rows.len()).sum();
    let table =
        Table { style: TableStyle::Fit, filter: Some("filter".to_owned()), groups, ..Table::plain("Tools by area", columns, vec![]) };
    let mut section = Section::new("tools", "Where each tool is drawn", vec![Block::Table(table)]);
    section.note = Some(counted(all, "tool", "tools"));
    section
}

/// By area, the integrations that its page draws and that no page before it does.
fn places(view: &View<'_>, live: &[&Entity<Integration>]) -> String {
    let mut out: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for integration in live {
        let mut tools = crate::graph::ends(integration).filter_map(|end| view.stack.tools.get(end)).filter(|tool| tool.is_live());
        if let Some(tool) = tools.next() {
            out.entry(tool.category.area().slug()).or_default().push(integration.id.as_str());
        }
    }
    script::data(&json!(out).to_string())
}

/// How to begin a map.
pub(super) fn empty() -> Empty {
    Empty {
        text: vec![Value::text("No tool is described yet. A tool needs a name and a category:")],
        snippet: Some("[tool.hubspot]\nname = \"HubSpot\"\ncategory = \"marketing-automation\"".to_owned()),
    }
}
