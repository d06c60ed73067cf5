//! `linchpin suppressions`.

use linchpin::{
    model::Duration,
    policy::acceptance::State,
    report::{
        counted,
        suppressions::{self, Format},
    },
};

use super::{Outcome, Output, open_valid};
use crate::cli::{Common, StackPath};

pub fn run(
    stack: &StackPath,
    expiring_within: Option<&Duration>,
    format: Format,
    common: &Common,
    out: &mut Output<'_>,
) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(stack, common, out)? else { return Ok(Outcome::Failed) };
    let within = expiring_within.map(Duration::days);
    let listed = suppressions::expiring(&project, within);
    suppressions::write(format, &project, &listed, out.result)?;
    let count = |state: State| listed.iter().filter(|acceptance| acceptance.state == state).count();
    let states = [(State::Expired, "expired"), (State::Unused, "unused")].map(|(state, word)| (count(state), word));
    let states: Vec<String> = states.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!(", {count} {word}")).collect();
    let within = expiring_within.map_or_else(String::new, |within| format!(" within {}", within.in_words()));
    let expiring = if within.is_empty() { "" } else { " expiring" };
    writeln!(out.progress, "{}{expiring}{within}{}, as of {}", counted(listed.len(), "acceptance"), states.concat(), project.today)?;
    Ok(Outcome::Fine)
}
