//! `linchpin route prove`.

use linchpin::{
    analysis::Analysis,
    report::{
        counted,
        proof::{self, Format, Proven},
    },
};

use super::{Outcome, Output, open_valid, record};
use crate::cli::{Common, StackPath};

pub fn run(id: Option<&str>, stack: &StackPath, format: Format, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(stack, common, out)? else { return Ok(Outcome::Failed) };
    let id = id.map(|id| record::named(&project.stack.routings, "routing", id)).transpose()?.map(|routing| routing.id.as_str());
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    let mut proven = Proven::all(&analysis);
    proven.retain(|proven| id.is_none_or(|id| id == proven.proof.routing.id.as_str()));
    proof::write(format, &proven, out.result)?;
    let dead: usize = proven.iter().map(|proven| proven.proof.unreachable().count()).sum();
    let incomplete = proven.iter().filter(|proven| proven.proof.is_complete() == Some(false) && !proven.proof.routing.partial).count();
    let losing = proven.iter().filter(|proven| proven.losses.iter().any(|loss| loss.example().is_some())).count();
    let undecided = proven.iter().filter(|proven| proven.doubt().is_some()).count();
    let counts = [
        (incomplete, "", "that leaves records without a rule", "that leave records without a rule"),
        (losing, "", "that hands over records that nobody takes there", "that hand over records that nobody takes there"),
        (undecided, "", "not decided", "not decided"),
        (dead, "rule", "that never takes a record", "that never take a record"),
    ];
    let said = |(count, noun, one, many): &(usize, &str, &str, &str)| {
        let number = if noun.is_empty() { count.to_string() } else { counted(*count, noun) };
        format!(", {number} {}", if *count == 1 { one } else { many })
    };
    let counts: Vec<String> = counts.iter().filter(|(count, ..)| *count > 0).map(said).collect();
    writeln!(out.progress, "{}{}", counted(proven.len(), "routing"), counts.concat())?;
    Ok(Outcome::Fine)
}
