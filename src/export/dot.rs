//! The map for Graphviz.

use std::io::{self, Write};

use super::{Extract, label};
use crate::{
    model::{AnyEntity, Direction, Method},
    text::terminal::line,
};

/// Quotes a text as a string of the DOT language.
fn quoted(text: &str) -> String {
    format!("\"{}\"", line(text).replace('\\', "\\\\").replace('"', "\\\""))
}

pub(super) fn write(extract: &Extract<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "digraph {} {{", quoted(extract.stack.company.name.as_str()))?;
    writeln!(out, "  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=10];")?;
    for (area, tools) in extract.areas() {
        writeln!(out, "  subgraph {} {{", quoted(&format!("cluster_{}", area.slug())))?;
        writeln!(out, "    label={};", quoted(area.label()))?;
        for tool in tools {
            writeln!(out, "    {} [label={}];", quoted(tool.id.as_str()), quoted(tool.about.name.as_str()))?;
        }
        writeln!(out, "  }}")?;
    }
    for integration in &extract.integrations {
        let both = if integration.direction == Direction::TwoWay { ", dir=both" } else { "" };
        let dashed = if integration.method == Method::Manual || !integration.is_working() { ", style=dashed" } else { "" };
        let (from, to) = (quoted(integration.from.as_str()), quoted(integration.to.as_str()));
        writeln!(out, "  {from} -> {to} [label={}{both}{dashed}];", quoted(&label(extract.stack, integration)))?;
    }
    writeln!(out, "}}")
}
