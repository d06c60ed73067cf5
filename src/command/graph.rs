//! `linchpin graph`.

use anyhow::bail;
use linchpin::{
    export::{self, Extract},
    model::Address,
    report::command,
};

use super::{Outcome, Output, open_valid};
use crate::cli::{Common, StackPath};

pub fn run(
    stack: &StackPath,
    format: export::Format,
    focus: Option<&str>,
    depth: usize,
    common: &Common,
    out: &mut Output<'_>,
) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(stack, common, out)? else { return Ok(Outcome::Failed) };
    let graph = project.graph();
    let extract = match focus {
        None => Extract::whole(&project.stack),
        Some(focus) => match Extract::around(&graph, &Address::new(focus), depth) {
            Some(extract) => extract,
            None => bail!("no tool, integration or flow `{focus}`; `{}` lists the tools", command("show", &project.root, "--only tool")),
        },
    };
    export::write(format, &extract, out.result)?;
    Ok(Outcome::Fine)
}
