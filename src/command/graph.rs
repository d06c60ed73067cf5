//! `linchpin graph`.

use anyhow::bail;
use linchpin::{
    export::{self, Extract},
    model::Address,
    render,
    report::command,
};

use super::{Outcome, Output, open_valid};
use crate::cli::{Common, MapFormat, StackPath};

pub fn run(
    stack: &StackPath,
    format: MapFormat,
    focus: Option<&str>,
    depth: usize,
    common: &Common,
    out: &mut Output<'_>,
) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(stack, common, out)? else { return Ok(Outcome::Failed) };
    let graph = project.graph();
    let focus = focus.map(Address::new);
    let extract = match &focus {
        None => Extract::whole(&project.stack),
        Some(focus) => match Extract::around(&graph, focus, depth) {
            Some(extract) => extract,
            None => bail!("no tool, integration or flow `{focus}`; `{}` lists the tools", command("show", &project.root, "--only tool")),
        },
    };
    let format = match format {
        MapFormat::Mermaid => export::Format::Mermaid,
        MapFormat::Dot => export::Format::Dot,
        MapFormat::Json => export::Format::Json,
        MapFormat::Svg => {
            out.result.write_all(render::standalone(&graph, &extract, focus.as_ref(), depth).as_bytes())?;
            return Ok(Outcome::Fine);
        }
    };
    export::write(format, &extract, out.result)?;
    Ok(Outcome::Fine)
}
