//! `linchpin route run`.

use std::{
    fs::File,
    io::{self, IsTerminal, Read},
    path::Path,
};

use anyhow::{anyhow, bail};
use linchpin::{
    load::plain,
    report::leads::{self, Asked, Error},
    routing::{Engine, Run},
};

use super::{
    Mistakes, Outcome, Output, open_valid,
    output::{Unplaced, place},
    progress::Bar,
    route, unwritten,
};
use crate::cli::{Common, RouteTable, StackPath};

/// Stands for standard input and output.
const STREAM: &str = "-";

pub fn run(arguments: &RouteTable, stack: &StackPath, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(stack, common, out)? else { return Ok(Outcome::Failed) };
    let engine = Engine::new(&project.stack);
    let mut run = Run::new(&engine, route::router(&engine, &project.stack, &arguments.id)?);
    let output = arguments.output.as_deref().filter(|path| *path != Path::new(STREAM));
    if let Some(output) = output
        && is_same(output, &arguments.table)
    {
        bail!("`{}` is the table that is read; name another file", output.display());
    }
    let (table, bytes) = open(&arguments.table)?;
    let asked = Asked { skips_invalid: arguments.skip_invalid, is_for_terminal: output.is_none() && io::stdout().is_terminal() };
    let mut bar = Bar::new(bytes, !common.quiet && !asked.is_for_terminal);
    let mut progress = |rows, bytes| bar.show(rows, bytes);
    let routed = match output {
        // Not by way of the result, which takes out what looks like a colour: cells are nobody's but the user's.
        None => leads::route(table, io::stdout(), &mut run, asked, &mut progress),
        Some(path) => match place(path, &project, |file| leads::route(table, file, &mut run, asked, &mut progress)) {
            Ok(summary) => Ok(summary),
            Err(Unplaced::Refused(reason)) => bail!("cannot write `{}`: {reason}", path.display()),
            Err(Unplaced::Unfilled(Error::Write(error))) => bail!("cannot write `{}`: {}", path.display(), plain(&error)),
            Err(Unplaced::Unfilled(error)) => Err(error),
        },
    };
    drop(bar);
    if output.is_none() && matches!(routed, Err(Error::Table(_))) && run.records() > 0 {
        let rows = if run.records() == 1 { "the row before the first mistake is" } else { "the rows before the first mistake are" };
        writeln!(out.progress, "note: {rows} on standard output already; with `-o` it is all rows or none")?;
    }
    let summary = routed.map_err(|error| told(error, &arguments.table))?;
    leads::write_summary(&summary, &run, out.progress)?;
    if let Some(path) = output {
        writeln!(out.progress, "{}", linchpin::text::terminal::line(&format!("`{}` written", path.display())))?;
    }
    Ok(Outcome::Fine)
}

/// Opens the table; how many bytes it has where that is known.
fn open(path: &Path) -> anyhow::Result<(Box<dyn Read>, Option<u64>)> {
    if path == Path::new(STREAM) {
        return Ok((Box::new(io::stdin().lock()), None));
    }
    let failed = |error: &io::Error| anyhow!("cannot read `{}`: {}", path.display(), plain(error));
    let file = File::open(path).map_err(|error| failed(&error))?;
    let there = file.metadata().map_err(|error| failed(&error))?;
    if there.is_dir() {
        bail!("cannot read `{}`: it is a folder", path.display());
    }
    Ok((Box::new(file), Some(there.len()).filter(|_| there.is_file())))
}

/// Whether two paths lead to one file.
fn is_same(one: &Path, other: &Path) -> bool {
    one == other || one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// What is to be said of an error, with the table's name.
fn told(error: Error, table: &Path) -> anyhow::Error {
    let shown = if table == Path::new(STREAM) { "standard input".to_owned() } else { format!("`{}`", table.display()) };
    match error {
        Error::Table(wrong) => Mistakes(wrong.into_iter().map(|wrong| format!("{shown}: {wrong}")).collect()).into(),
        Error::Read(error) => anyhow!("cannot read {shown}: {}", plain(&error)),
        Error::Write(error) if error.kind() == io::ErrorKind::BrokenPipe => error.into(),
        Error::Write(error) => unwritten(&error),
    }
}
