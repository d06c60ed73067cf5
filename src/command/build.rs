//! `linchpin build`.

use linchpin::render::{self, write};

use super::{Outcome, Output, open_valid};
use crate::cli::{Build, Common};

/// How many differences are shown.
const SHOWN: usize = 20;

pub fn run(arguments: &Build, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(&arguments.stack, common, out)? else {
        writeln!(out.progress, "nothing was written: a site is built from a valid stack only")?;
        return Ok(Outcome::Failed);
    };
    let files = match render::render(&project) {
        Ok(files) => files,
        // What the stack asks for cannot be done: the build is refused, as for an invalid stack.
        Err(render::Error::Unsupported(reason)) => {
            writeln!(out.result, "error: {reason}")?;
            return Ok(Outcome::Failed);
        }
        Err(error) => return Err(error.into()),
    };
    let folder = &arguments.output;
    if arguments.check {
        let differences = write::compare(&files, folder);
        for difference in differences.iter().take(SHOWN) {
            let told = format!("{} {}", folder.join(&difference.path).display(), difference.how);
            writeln!(out.result, "{}", linchpin::text::terminal::line(&told))?;
        }
        if differences.is_empty() {
            writeln!(out.progress, "`{}` is up to date", folder.display())?;
            return Ok(Outcome::Fine);
        }
        let more = differences.len().saturating_sub(SHOWN);
        let rest = if more > 0 { format!("… and {more} more; ") } else { String::new() };
        writeln!(out.progress, "{rest}`{}` is not what `linchpin build` would write", folder.display())?;
        return Ok(Outcome::Failed);
    }
    let written = write::write(&files, folder, &project.root)?;
    writeln!(out.result, "{}", folder.join("index.html").display())?;
    let removed = if written.removed > 0 { format!(", {} removed", written.removed) } else { String::new() };
    let files = if written.changed == 1 { "file" } else { "files" };
    writeln!(out.progress, "{} {files} written to `{}`, {} unchanged{removed}", written.changed, folder.display(), written.unchanged)?;
    Ok(Outcome::Fine)
}
