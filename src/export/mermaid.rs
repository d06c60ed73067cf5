//! The map as a Mermaid flowchart.

use std::io::{self, Write};

use super::{Extract, label};
use crate::{
    model::{AnyEntity, Direction, Entity, Integration, Method},
    text::terminal::line,
};

/// Quotes a text: in a label, what Mermaid or HTML would read as more than text becomes an entity code.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in line(text).chars() {
        match c {
            '"' | '#' | '&' | '<' | '>' | '`' | ';' | '\\' => {
                out.push('#');
                out.push_str(&u32::from(c).to_string());
                out.push(';');
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// An id that is no keyword of Mermaid: `end` would be one.
fn node(id: &str) -> String {
    format!("t_{}", id.replace('-', "_"))
}

fn arrow(integration: &Entity<Integration>) -> &'static str {
    let dashed = matches!(integration.method, Method::Manual) || !integration.is_working();
    match (dashed, integration.direction) {
        (false, Direction::OneWay) => "-->",
        (false, Direction::TwoWay) => "<-->",
        (true, Direction::OneWay) => "-.->",
        (true, Direction::TwoWay) => "<-.->",
    }
}

pub(super) fn write(extract: &Extract<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    for (area, tools) in extract.areas() {
        writeln!(out, "  subgraph area_{}[{}]", area.slug(), quoted(area.label()))?;
        for tool in tools {
            writeln!(out, "    {}[{}]", node(tool.id.as_str()), quoted(tool.about.name.as_str()))?;
        }
        writeln!(out, "  end")?;
    }
    for integration in &extract.integrations {
        let (from, to) = (node(integration.from.as_str()), node(integration.to.as_str()));
        writeln!(out, "  {from} {}|{}| {to}", arrow(integration), quoted(&label(extract.stack, integration)))?;
    }
    Ok(())
}
