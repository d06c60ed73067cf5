//! The commands that only print: `explain`, `schema` and `completions`.

use anyhow::bail;
use clap::CommandFactory;
use linchpin::{
    load,
    report::{finding, rule},
    rules,
};

use super::{Outcome, Output};
use crate::cli::Cli;

pub fn explain(name: &str, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let Some(found) = rules::find(name) else {
        let all = rules::all();
        match load::nearest(name, all.iter().map(|rule| rule.name)) {
            Some(near) => bail!("no rule `{name}`; did you mean `{near}`?"),
            None => bail!("no rule `{name}`; `linchpin rules` lists them"),
        }
    };
    rule::write_page(found, out.result)?;
    Ok(Outcome::Fine)
}

pub fn schema(of_report: bool, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let schema = if of_report { finding::schema() } else { load::schema::published(&rules::all()) };
    serde_json::to_writer_pretty(&mut *out.result, &schema)?;
    writeln!(out.result)?;
    Ok(Outcome::Fine)
}

pub fn completions(shell: clap_complete::Shell, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    // The generator panics where it cannot write, so it writes to memory.
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "linchpin", &mut text);
    out.result.write_all(&text)?;
    Ok(Outcome::Fine)
}
