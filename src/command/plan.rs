//! `linchpin plan`.

use linchpin::{
    analysis::Analysis,
    report::plan::{self, Format},
};

use super::{Outcome, Output, open_valid};
use crate::cli::{Common, StackPath};

pub fn run(stack: &StackPath, format: Format, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(stack, common, out)? else { return Ok(Outcome::Failed) };
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    plan::write(format, &analysis, out.result)?;
    Ok(Outcome::Fine)
}
