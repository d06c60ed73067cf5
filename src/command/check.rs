//! `linchpin check`.

use std::io::{self, Write};

use linchpin::{
    Project,
    diagnostic::Level,
    report::finding::{self, Cap},
};

use super::{Outcome, Output, find, fix, open_as, output, policy, unless_closed};
use crate::cli::{Check, Common, FailOn};

pub fn run(arguments: &Check, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let root = find(&arguments.stack)?;
    output::accept(arguments, &root)?;
    let request = policy::request(arguments, &root)?;
    let earlier = policy::earlier(arguments)?;
    let mut project = match (arguments.fix, arguments.diff) {
        (false, _) => open_as(&root, common, &request)?,
        (true, false) => fix::mend(&root, common, &request, out)?,
        (true, true) => fix::show(&root, common, &request, out)?,
    };
    policy::write_baseline(arguments, &mut project, earlier.as_ref().or(request.baseline.as_ref()), out)?;
    let least = match arguments.fail_on {
        FailOn::Error => Some(Level::Error),
        FailOn::Warning => Some(Level::Warning),
        FailOn::Info => Some(Level::Info),
        FailOn::Never => None,
    };
    let outcome = if project.report.fails(least) { Outcome::Failed } else { Outcome::Fine };
    if arguments.diff {
        summarize(&project, out.progress)?;
        return Ok(outcome);
    }
    let cap = arguments.max_per_rule.map_or_else(Cap::default, Cap::of);
    let written = output::write(&arguments.output, &project, cap);
    unless_closed(finding::write_capped(arguments.format, cap, &project, out.result).and_then(|()| out.result.flush()))?;
    summarize(&project, out.progress)?;
    for path in written? {
        writeln!(out.progress, "`{path}` written")?;
    }
    policy::tell(arguments, &project, &request, out.progress)?;
    Ok(outcome)
}

/// Says how it went, in a line or two.
pub fn summarize(project: &Project, out: &mut dyn Write) -> io::Result<()> {
    let report = &project.report;
    if report.only_validity {
        writeln!(out, "note: the other rules run once the files are valid")?;
    }
    writeln!(out, "{} in {}", finding::counts(report), finding::scope(project))
}
