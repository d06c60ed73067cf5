//! `linchpin check --fix`.

use std::mem::ManuallyDrop;

use linchpin::{
    Project,
    fix::{self, Fixed},
    load::Edits,
    policy::Request,
    report::{counted, diff},
};

use super::{Output, clock, find};
use crate::cli::{Check, Common};

/// Mends in the files what can be mended for certain, and returns the stack as it stands there afterwards.
pub fn mend(arguments: &Check, common: &Common, request: &Request, out: &mut Output<'_>) -> anyhow::Result<ManuallyDrop<Project>> {
    let root = find(&arguments.stack)?;
    let fixed = fix::fix(&root, clock(common), request)?;
    if fixed.edits.is_empty() {
        writeln!(out.progress, "nothing can be fixed for certain")?;
        return Ok(ManuallyDrop::new(fixed.before));
    }
    fix::write(&root, &fixed.before.sources, &fixed.edits)?;
    writeln!(out.progress, "fixed {}", how_much(&fixed))?;
    Ok(ManuallyDrop::new(Project::judge(&root, clock(common), request, &Edits::new())?))
}

/// Shows what would be mended, and returns the stack as it is.
pub fn show(arguments: &Check, common: &Common, request: &Request, out: &mut Output<'_>) -> anyhow::Result<ManuallyDrop<Project>> {
    let fixed = fix::fix(&find(&arguments.stack)?, clock(common), request)?;
    super::unless_closed(diff::write(&fixed.before, &fixed.edits, out.result).and_then(|()| out.result.flush()))?;
    let told =
        if fixed.edits.is_empty() { "nothing can be fixed for certain".to_owned() } else { format!("would fix {}", how_much(&fixed)) };
    writeln!(out.progress, "{told}; nothing was changed")?;
    Ok(ManuallyDrop::new(fixed.before))
}

fn how_much(fixed: &Fixed) -> String {
    format!("{} in {}", counted(fixed.mended, "finding"), counted(fixed.edits.len(), "file"))
}
