//! `linchpin score`.

use linchpin::{report::trace, routing::Scorer};

use super::{Outcome, Output, open_valid, record};
use crate::cli::{Common, OneRecord, Score, ScoreCommand, StackPath, Tests};

pub fn run(arguments: &Score, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let stack = arguments.stack.path();
    match &arguments.command {
        ScoreCommand::Trace(arguments) => trace(arguments, &stack, common, out),
        ScoreCommand::Test(arguments) => test(arguments, &stack, common, out),
    }
}

fn trace(arguments: &OneRecord, stack: &StackPath, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(stack, common, out)? else { return Ok(Outcome::Failed) };
    let scorer = Scorer::new(&project.stack, record::named(&project.stack.scorings, "scoring", &arguments.id)?);
    let given = record::given(&scorer.form, &arguments.record, out.progress)?;
    trace::score::write(arguments.format, &project.stack, &scorer, &given.record, out.result)?;
    Ok(Outcome::Fine)
}

fn test(arguments: &Tests, stack: &StackPath, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(stack, common, out)? else { return Ok(Outcome::Failed) };
    let scorings = &project.stack.scorings;
    let scorers: Vec<Scorer<'_>> = match &arguments.id {
        Some(id) => vec![Scorer::new(&project.stack, record::named(scorings, "scoring", id)?)],
        None => scorings.values().map(|scoring| Scorer::new(&project.stack, scoring)).collect(),
    };
    let tested = trace::write_score_tests(arguments.format, &project.stack, &scorers, out.result)?;
    Ok(record::conclude(&tested, "scoring", out.progress)?)
}
