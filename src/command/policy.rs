//! What is asked of a check beyond the stack, and what is said of it afterwards: selection, baseline, acceptances, fixes.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, bail};
use linchpin::{
    Project, disk, fix,
    load::plain,
    policy::{
        Request,
        acceptance::State,
        baseline::Baseline,
        selection::{Selection, Unselectable},
    },
    report::counted,
    text::terminal::line,
};

use super::Output;
use crate::cli::{self, Check};

/// So many days before an acceptance expires the summary says so.
const SOON: i64 = 14;
/// As many entries of a baseline are listed.
const LISTED: usize = 20;

/// Reads which rules run, and at which level.
pub fn selection(arguments: &cli::Selection) -> Result<Selection, Unselectable> {
    Selection::parse(&arguments.select, &arguments.ignore, &arguments.level)
}

/// Reads what is asked of a check.
pub fn request(arguments: &Check) -> anyhow::Result<Request> {
    let baseline = arguments.baseline.as_deref().map(read_baseline).transpose()?;
    Ok(Request { selection: selection(&arguments.selection)?, reports_accepted: arguments.no_suppressions, baseline })
}

fn read_baseline(path: &Path) -> anyhow::Result<Baseline> {
    let shown = path.display();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            bail!("no baseline `{shown}`; `linchpin check --write-baseline {shown}` writes one")
        }
        Err(error) => bail!("cannot read `{shown}`: {}", plain(&error)),
    };
    Baseline::parse(&text).map_err(|error| anyhow::anyhow!("{shown}:{}: {error}", error.line))
}

/// Writes a baseline if one is asked for, and leaves out what it lists.
pub fn write_baseline(arguments: &Check, project: &mut Project, request: &Request, out: &mut Output<'_>) -> anyhow::Result<()> {
    let Some(path) = &arguments.write_baseline else { return Ok(()) };
    let shown = line(&path.display().to_string()).into_owned();
    if !project.is_valid() {
        writeln!(out.progress, "`{shown}` was not written: a baseline is made of a valid stack only")?;
        return Ok(());
    }
    // Whatever else the path names is not overwritten; what a baseline lists of rules that do not run now stays in it.
    let earlier = match &request.baseline {
        None if path.symlink_metadata().is_ok() => Some(read_baseline(path).context("the file is no baseline, and stays as it is")?),
        _ => None,
    };
    let baseline = project.report.to_baseline(earlier.as_ref().or(request.baseline.as_ref()));
    disk::replace(&[(path.clone(), baseline.to_text().into_bytes())])
        .map_err(|error| anyhow::anyhow!("cannot write `{shown}`: {}", plain(&error.error)))?;
    project.report.leave_out(&baseline);
    writeln!(out.progress, "{} written to `{shown}`", counted(baseline.entries().count(), "finding"))?;
    Ok(())
}

/// Says what a run left undone: rules that are off although they were named, a baseline that lists too much, what can be mended,
/// and what expires soon.
pub fn tell(arguments: &Check, project: &Project, request: &Request, out: &mut dyn Write) -> io::Result<()> {
    let report = &project.report;
    if !report.only_validity {
        let off = request.selection.named().filter(|rule| rule.is_adjustable() && !report.ran.contains(rule.name));
        for rule in off.filter(|rule| request.selection.wants(rule) && request.selection.level(rule).is_none()) {
            writeln!(out, "note: `{0}` is off in this stack; `--level {0}={1}` lets it run", rule.name, rule.level.word())?;
        }
    }
    if !report.stale.is_empty() {
        let are = if report.stale.len() == 1 { "entry of the baseline is" } else { "entries of the baseline are" };
        let path = arguments.baseline.as_ref().map_or_else(String::new, |path| format!(" {}", path.display()));
        writeln!(out, "{} {are} no longer found; run `linchpin check --write-baseline{}`", report.stale.len(), line(&path))?;
        for entry in report.stale.iter().take(LISTED) {
            writeln!(out, "  {}", line(&format!("{} {}", entry.rule, entry.about)))?;
        }
        if let more @ 1.. = report.stale.len().saturating_sub(LISTED) {
            writeln!(out, "  … and {more} more")?;
        }
    }
    if let mendable @ 1.. = fix::count(project) {
        writeln!(out, "{mendable} of these can be fixed by `linchpin check --fix`")?;
    }
    let soon = report
        .acceptances
        .iter()
        .filter(|acceptance| acceptance.state != State::Expired && acceptance.suppress.until.days_since(project.today) <= SOON);
    if let soon @ 1.. = soon.count() {
        let expire = if soon == 1 { "expires" } else { "expire" };
        writeln!(out, "{} {expire} within {SOON} days", counted(soon, "acceptance"))?;
    }
    Ok(())
}
