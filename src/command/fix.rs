//! `linchpin check --fix`.

use std::{mem::ManuallyDrop, path::Path};

use linchpin::{
    Project,
    fix::{self, Fixed},
    policy::Request,
    report::{counted, diff},
};

use super::{Output, clock, open_as, unless_closed};
use crate::cli::Common;

/// Mends in the files what can be mended for certain, and returns the stack as it stands there afterwards.
pub fn mend(root: &Path, common: &Common, request: &Request, out: &mut Output<'_>) -> anyhow::Result<ManuallyDrop<Project>> {
    let fixed = fix::fix(root, clock(common), request)?;
    if fixed.edits.is_empty() {
        writeln!(out.progress, "nothing can be fixed for certain")?;
        return Ok(ManuallyDrop::new(fixed.before));
    }
    fix::write(root, &fixed.before.sources, &fixed.edits)?;
    writeln!(out.progress, "fixed {}", how_much(&fixed))?;
    open_as(root, common, request)
}

/// Shows what would be mended, and returns the stack as it is.
pub fn show(root: &Path, common: &Common, request: &Request, out: &mut Output<'_>) -> anyhow::Result<ManuallyDrop<Project>> {
    let fixed = fix::fix(root, clock(common), request)?;
    unless_closed(diff::write(&fixed.before, &fixed.edits, out.result).and_then(|()| out.result.flush()))?;
    let told =
        if fixed.edits.is_empty() { "nothing can be fixed for certain".to_owned() } else { format!("would fix {}", how_much(&fixed)) };
    writeln!(out.progress, "{told}; nothing was changed")?;
    Ok(ManuallyDrop::new(fixed.before))
}

fn how_much(fixed: &Fixed) -> String {
    format!("{} in {}", counted(fixed.mended, "finding"), counted(fixed.edits.len(), "file"))
}
