//! What is asked of a check beyond the stack, and what is said of it afterwards: selection, baseline, acceptances, fixes.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, anyhow, bail};
use linchpin::{
    Project, fix,
    load::plain,
    policy::{
        Request,
        acceptance::SOON,
        baseline::Baseline,
        selection::{Selection, Unselectable},
    },
    report::{command, counted},
    text::{shell::word, terminal::line},
};

use super::{Output, output};
use crate::cli::{self, Check};

/// As many entries of a baseline are listed.
const LISTED: usize = 20;

/// Reads which rules run, and at which level.
pub fn selection(arguments: &cli::Selection) -> Result<Selection, Unselectable> {
    Selection::parse(&arguments.select, &arguments.ignore, &arguments.level)
}

/// Reads what is asked of a check of the stack in a folder.
pub fn request(arguments: &Check, root: &Path) -> anyhow::Result<Request> {
    let baseline = |path: &Path| {
        if !path.exists() {
            let write = command("check", root, &format!("--write-baseline {}", word(&path.display().to_string())));
            bail!("no baseline `{}`; `{write}` writes one", path.display());
        }
        parse(path, &read(path)?)
    };
    let baseline = arguments.baseline.as_deref().map(baseline).transpose()?;
    Ok(Request { selection: selection(&arguments.selection)?, reports_accepted: arguments.no_suppressions, baseline })
}

/// Reads the baseline in the place of the one that is to be written. Whatever else is there is not overwritten.
pub fn earlier(arguments: &Check) -> anyhow::Result<Option<Baseline>> {
    // What is no file, such as a pipe, has nothing to read, and is written to all the same.
    let Some(path) = arguments.write_baseline.as_deref().filter(|path| path.is_file()) else { return Ok(None) };
    let refused = || format!("`{}` is no baseline, and stays as it is; remove it first, or name another file", path.display());
    parse(path, &read(path)?).with_context(refused).map(Some)
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).map_err(|error| anyhow!("cannot read `{}`: {}", path.display(), plain(&error)))
}

fn parse(path: &Path, text: &str) -> anyhow::Result<Baseline> {
    Baseline::parse(text).map_err(|error| anyhow!("{}:{}: {error}", path.display(), error.line))
}

/// Writes a baseline if one is asked for, and leaves out what it lists. What an earlier one lists of rules that do not run now
/// stays in it.
pub fn write_baseline(arguments: &Check, project: &mut Project, earlier: Option<&Baseline>, out: &mut Output<'_>) -> anyhow::Result<()> {
    let Some(path) = &arguments.write_baseline else { return Ok(()) };
    let shown = line(&path.display().to_string()).into_owned();
    if !project.is_valid() {
        writeln!(out.problem, "`{shown}` was not written: a baseline is made of a valid stack only")?;
        return Ok(());
    }
    let baseline = project.report.to_baseline(earlier);
    let text = baseline.to_text();
    output::place(path, project, |file| file.write_all(text.as_bytes())).map_err(|error| anyhow!(output::unwritten(path, &error)))?;
    project.report.leave_out(&baseline);
    let change = earlier
        .map_or_else(String::new, |earlier| format!(": {} new, {} gone", baseline.missing_in(earlier), earlier.missing_in(&baseline)));
    writeln!(out.progress, "{} written to `{shown}`{change}", counted(baseline.entries().count(), "finding"))?;
    Ok(())
}

/// Says what a run left undone: rules that are off although they were named, a baseline that lists too much, what may be mended,
/// and what expires soon.
pub fn tell(arguments: &Check, project: &Project, request: &Request, out: &mut dyn Write) -> io::Result<()> {
    let report = &project.report;
    if !report.only_validity {
        let off = request.selection.named().filter(|rule| rule.is_adjustable() && !report.ran.contains(rule.name));
        for rule in off.filter(|rule| request.selection.wants(rule) && request.selection.level(rule).is_none()) {
            writeln!(out, "note: `{0}` is off in this stack; `--level {0}={1}` lets it run", rule.name, rule.level.word())?;
        }
    }
    if let Some(path) = arguments.baseline.as_ref().filter(|_| !report.stale.is_empty()) {
        let (are, their) =
            if report.stale.len() == 1 { ("entry of the baseline is", "its line") } else { ("entries of the baseline are", "their lines") };
        let path = line(&path.display().to_string()).into_owned();
        writeln!(out, "{} {are} no longer found; remove {their} from `{path}`:", report.stale.len())?;
        for entry in report.stale.iter().take(LISTED) {
            writeln!(out, "  {}", line(&format!("{} {}", entry.rule, entry.about)))?;
        }
        if let more @ 1.. = report.stale.len().saturating_sub(LISTED) {
            writeln!(out, "  … and {more} more")?;
        }
    }
    if !arguments.fix
        && let mendable @ 1.. = fix::count(project)
    {
        writeln!(out, "{mendable} of these may be fixed by `{}`", command("check", &project.root, "--fix"))?;
    }
    let soon = report.acceptances.iter().filter(|acceptance| acceptance.expires_soon(project.today)).count();
    if soon > 0 {
        let expire = if soon == 1 { "expires" } else { "expire" };
        writeln!(out, "{} {expire} within {SOON} days", counted(soon, "acceptance"))?;
    }
    Ok(())
}
