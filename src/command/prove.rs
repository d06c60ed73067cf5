//! `linchpin route prove`.

use anyhow::bail;
use linchpin::{
    analysis::Analysis,
    load,
    model::Id,
    report::{
        counted,
        proof::{self, Format, Proven},
    },
};

use super::{Outcome, Output, open_valid};
use crate::cli::{Common, StackPath};

pub fn run(id: Option<&str>, stack: &StackPath, format: Format, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(stack, common, out)? else { return Ok(Outcome::Failed) };
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    let mut proven = Proven::all(&analysis);
    proven.retain(|proven| id.is_none_or(|id| id == proven.proof.routing.id.as_str()));
    if let Some(id) = id.filter(|_| proven.is_empty()) {
        match load::nearest(id, project.stack.routings.keys().map(Id::as_str)) {
            Some(near) => bail!("no routing is called `{id}`; did you mean `{near}`?"),
            None => bail!("no routing is called `{id}`; `linchpin show --only routing` lists them"),
        }
    }
    proof::write(format, &proven, out.result)?;
    let dead: usize = proven.iter().map(|proven| proven.proof.unreachable().count()).sum();
    let incomplete = proven.iter().filter(|proven| proven.proof.is_complete() == Some(false) && !proven.proof.routing.partial).count();
    let losing = proven.iter().filter(|proven| proven.losses.iter().any(|loss| loss.example().is_some())).count();
    let undecided = proven.iter().filter(|proven| proven.doubt().is_some()).count();
    let counts = [
        (incomplete, "that leaves records without a rule", "that leave records without a rule"),
        (losing, "that hands over records that nobody takes there", "that hand over records that nobody takes there"),
        (undecided, "not decided", "not decided"),
    ];
    let counts = counts.iter().filter(|(count, ..)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, one, many)| format!(", {count} {}", if *count == 1 { one } else { many })).collect();
    let dead = if dead > 0 { format!(", {} that never take a record", counted(dead, "rule")) } else { String::new() };
    writeln!(out.progress, "{}{}{dead}", counted(proven.len(), "routing"), counts.concat())?;
    Ok(Outcome::Fine)
}
