//! The integration map as a document of its own, for slides, wikis and data rooms.

use super::{
    drawn, picture,
    templates::{DIAGRAM_STYLE, SITE_STYLE},
    view::counted,
};
use crate::{
    diagram::{Caption, Map, neighbourhood, standalone::document},
    export::Extract,
    graph::Graph,
    model::{Address, AnyEntity, Entity, Integration, Tool},
};

/// Draws what an extract holds as a whole SVG document, as the site draws it: the map, the areas of a large one, or the
/// neighbours of a tool. What is not live is left out, but for the focus itself. Nothing in it is a link.
pub fn standalone(graph: &Graph<'_>, extract: &Extract<'_>, focus: Option<&Address>, depth: usize) -> String {
    let stack = graph.stack();
    let id = focus.and_then(|focus| match focus.entity() {
        ("tool", Some(id)) => Some(id),
        _ => None,
    });
    let integrations: Vec<&Entity<Integration>> = extract.integrations().filter(|integration| integration.is_live()).collect();
    let shown = |tool: &&Entity<Tool>| tool.is_live() || id == Some(tool.id.as_str());
    let tools: Vec<&Entity<Tool>> = extract.tools().filter(shown).collect();
    let name = focus.and_then(|focus| stack.at(focus)).map(|entity| stack.name(entity));
    let title = match &name {
        Some(name) => format!("{}: what lies around {name}", stack.company.name),
        None => format!("{}: integration map", stack.company.name),
    };
    let neighbours = id.filter(|_| depth == 1 && !integrations.is_empty());
    let drawn = if let Some(id) = neighbours {
        let map = without_links(drawn::around(graph, "", &integrations, id));
        let description = picture::neighbours(&map, integrations.len());
        neighbourhood::picture(&map, &Caption { prefix: "map", title: &title, description: &description })
    } else {
        let mut map = without_links(drawn::part(graph, "", &tools, &integrations));
        map.boxes.iter_mut().for_each(|one| one.focus = id == Some(one.id.as_str()));
        picture::of_tools(&map, "map", &title)
    };
    let nothing = format!("{}: no live tool is described", counted(stack.tools.len(), "tool", "tools"));
    document(&drawn, &title, &nothing, &style())
}

/// Where the document is opened there are no pages to lead to.
fn without_links(mut map: Map) -> Map {
    map.areas.iter_mut().for_each(|area| area.href = None);
    map.boxes.iter_mut().for_each(|one| one.href = None);
    map.lines.iter_mut().for_each(|line| line.href = None);
    map
}

/// The rules of the site for pictures, with its colours by day and by night.
fn style() -> String {
    let day = tokens(SITE_STYLE, ":root {");
    let night = tokens(SITE_STYLE, ":root:not([data-theme=\"light\"]) {");
    // What fits a picture into a page would tear it in a document, whose size it is; paper comes last.
    let rules = without_comments(DIAGRAM_STYLE.split("@media print").next().unwrap_or_default());
    let rules: String = rules.lines().filter(|rule| !rule.starts_with(".diagram {")).collect();
    format!(
        "svg.linchpin{{{day}color-scheme:light dark}}@media screen and (prefers-color-scheme:dark){{svg.linchpin{{{night}}}}}.linchpin .d-words{{fill:var(--ink-2);font-family:var(--sans)}}{rules}"
    )
}

/// The custom properties of the first rule with this head, those of colours and faces.
fn tokens(css: &str, head: &str) -> String {
    let block = css.split_once(head).and_then(|(_, rest)| rest.split_once('}')).map_or("", |(block, _)| block);
    let block = without_comments(block);
    let wanted = |token: &&str| token.contains(": #") || token.starts_with("--sans") || token.starts_with("--serif");
    block.split(';').map(str::trim).filter(wanted).flat_map(|token| [token, ";"]).collect()
}

fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once("*/").map_or("", |(_, rest)| rest));
    }
    out.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_that_the_rules_ask_for_is_defined() {
        let style = style();
        let asked: Vec<&str> = style.split("var(").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        assert!(asked.len() > 20);
        for name in asked {
            assert!(style.contains(&format!("{name}: ")), "{name}");
        }
        assert!(!style.contains("/*") && !style.contains('<') && !style.contains('&') && !style.contains("url("));
        let (day, night) = (tokens(SITE_STYLE, ":root {"), tokens(SITE_STYLE, ":root:not([data-theme=\"light\"]) {"));
        for token in night.split(';').filter_map(|token| token.split_once(':')) {
            assert!(day.contains(&format!("{}:", token.0)), "{} has no colour by day", token.0);
        }
    }
}
