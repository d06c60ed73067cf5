//! The commands that only print: `explain`, `schema`, `completions` and `man`.

use std::path::Path;

use anyhow::bail;
use clap::CommandFactory;
use linchpin::{
    disk, load,
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

/// Prints the manual, or writes a page for each command to a folder.
pub fn man(folder: Option<&Path>, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let mut command = Cli::command();
    command.build();
    let page = |command: clap::Command| -> std::io::Result<Vec<u8>> {
        let mut text = Vec::new();
        clap_mangen::Man::new(command).render(&mut text)?;
        Ok(text)
    };
    let Some(folder) = folder else {
        out.result.write_all(&page(command)?)?;
        return Ok(Outcome::Fine);
    };
    let (mut files, mut left) = (Vec::new(), vec![command]);
    while let Some(command) = left.pop() {
        left.extend(command.get_subcommands().filter(|one| one.get_name() != "help").cloned());
        let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
        files.push((folder.join(format!("{name}.1")), page(command)?));
    }
    files.sort();
    disk::replace(&files)?;
    for (path, _) in &files {
        writeln!(out.result, "{}", path.display())?;
    }
    Ok(Outcome::Fine)
}
