//! Personal data on the pages of tools and integrations.

use std::collections::BTreeSet;

use super::{
    super::{
        facts,
        page::{Block, Cell, Column, ColumnKind, Link, Prose, Row, Section, Table, TableStyle, Value},
        view::{View, link_list},
    },
    URL, erasure, signals,
};
use crate::{
    analysis::personal_data::Holding,
    graph::directions,
    model::{Entity, Integration, Kind, Slug, Tool},
};

/// So many tools are named in a cell; the page on personal data has all.
const MOST_NAMES: usize = 8;

/// From where personal data comes into a tool, where it goes, which signals arrive, and how a person is deleted; nothing for
/// a tool that neither holds nor contacts people.
pub(in super::super) fn of_tool(view: &View<'_>, tool: &Entity<Tool>) -> Option<Section> {
    let data = view.analysis.data_map();
    let holding = data.holdings.get(tool.id.as_str())?;
    let contacts = tool.contacts_people();
    if !holding.is_holding() && !contacts {
        return None;
    }
    let mut rows: Vec<(&str, Cell)> = Vec::new();
    if holding.is_holding() {
        rows.push(("Comes from", others(view, holding, &holding.incoming, MOST_NAMES)));
        rows.push(("Goes to", others(view, holding, &holding.outgoing, MOST_NAMES)));
        rows.push(("Deleted", erasure::how(view, &data.deleted(tool))));
    }
    if contacts {
        rows.push(("An objection", signals::arrival(view, data.suppression.as_ref(), tool, ("suppression-tool = \"…\"", None))));
        rows.push(("Consent", signals::arrival(view, data.consent.as_ref(), tool, ("consent-tool = \"…\"", data.suppression.as_ref()))));
    }
    let columns = vec![Column::hidden("What", ColumnKind::Head), Column::hidden("How", ColumnKind::Text)];
    let rows = rows.into_iter().map(|(what, how)| Row::from(vec![Cell::from(what), how])).collect();
    let table = Table { style: TableStyle::Fit, ..Table::plain("Personal data in this tool", columns, rows) };
    let mut section = Section::new("personal-data", "Personal data", vec![Block::Table(table)]);
    section.intro =
        vec![Value::text("Of people, among all tools: "), Link::site("where personal data travels", URL).into(), Value::text(".")];
    Some(section)
}

/// The tools at the other ends, each once, the first of them by id.
pub(super) fn others(view: &View<'_>, holding: &Holding<'_>, integrations: &[&Entity<Integration>], most: usize) -> Cell {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for integration in integrations {
        let other = if integration.to.as_str() == holding.tool.id.as_str() { &integration.from } else { &integration.to };
        seen.insert(other.as_str());
    }
    let links: Vec<Value> = seen.into_iter().map(|tool| view.link_id(Kind::Tool, tool)).collect();
    if links.is_empty() { facts::nothing() } else { Cell::prose(link_list(links, most)) }
}

/// What an integration carries of people and which tools do not declare it; nothing where it carries none.
pub(in super::super) fn of_integration(view: &View<'_>, integration: &Entity<Integration>) -> Option<Prose> {
    if integration.personal.is_empty() && integration.carries.is_empty() {
        return None;
    }
    let words = |slugs: &[Slug]| slugs.iter().map(|slug| slug.as_str().replace('-', " ")).collect::<Vec<_>>().join(", ");
    let mut out = Vec::new();
    if !integration.personal.is_empty() {
        out.push(Value::text(format!("Of people: {}.", words(&integration.personal))));
        for (_, to, _) in directions(integration) {
            let Some(holding) = view.analysis.data_map().holdings.get(to) else { continue };
            let missing: Vec<&str> =
                integration.personal.iter().map(Slug::as_str).filter(|what| !holding.declared.contains(what)).collect();
            if !missing.is_empty() {
                let does = format!(" does not declare {}.", missing.join(", "));
                out.extend([Value::text(" "), view.link_id(Kind::Tool, to), Value::text(does)]);
            }
        }
    }
    if !integration.carries.is_empty() {
        let signals: Vec<&str> = integration.carries.iter().map(|signal| signal.word()).collect();
        let space = if out.is_empty() { "" } else { " " };
        out.push(Value::text(format!("{space}It passes on {}: ", signals.join(", "))));
        out.extend([Link::site("where that arrives", URL).into(), Value::text(".")]);
    }
    Some(out)
}
