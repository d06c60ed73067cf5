//! `linchpin build`.

use std::{
    io,
    path::{Path, PathBuf},
};

use linchpin::{
    Project, disk,
    render::{self, File, Options, write},
    report::command,
    text::{shell::word, terminal::line},
};

use super::{Outcome, Output, history, open_valid, templates, unless_closed};
use crate::cli::{Build, Common};

/// How many differences are shown.
const SHOWN: usize = 20;

pub fn run(arguments: &Build, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(&arguments.stack, common, out)? else {
        writeln!(out.problem, "nothing was written: a site is built from a valid stack only")?;
        return Ok(Outcome::Failed);
    };
    let history = if arguments.with_history { Some(history::read(&project, out.problem)?) } else { None };
    let own = arguments.templates.as_deref().map(templates::read).transpose()?.unwrap_or_default();
    let options = Options { history: history.as_ref(), pack: arguments.print, own: &own };
    let files = render::render_as(&project, &options)?;
    let folder = &arguments.output;
    if arguments.check {
        return Ok(compare(&files, folder, &project, out)?);
    }
    if let Some(path) = &arguments.zip {
        return archive(&files, path, out);
    }
    let written = write::write(&files, folder, &project.root)?;
    writeln!(out.result, "{}", folder.join("index.html").display())?;
    let removed = if written.removed > 0 { format!(", {} removed", written.removed) } else { String::new() };
    let files = if written.changed == 1 { "file" } else { "files" };
    writeln!(out.progress, "{} {files} written to `{}`, {} unchanged{removed}", written.changed, folder.display(), written.unchanged)?;
    Ok(Outcome::Fine)
}

/// Writes the site as one archive.
fn archive(files: &[File], path: &Path, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let name = path.file_stem().map_or_else(|| "site".into(), |stem| stem.to_string_lossy());
    let bytes = render::archive(files, &name)?;
    let size = bytes.len();
    disk::replace(&[(path.to_owned(), bytes)])?;
    writeln!(out.result, "{}", path.display())?;
    writeln!(out.progress, "{} files in {} kB; unpack it and open `{name}/index.html`", files.len(), size.div_ceil(1000))?;
    Ok(Outcome::Fine)
}

/// Says how a folder differs from the site that would be written.
fn compare(files: &[File], folder: &Path, project: &Project, out: &mut Output<'_>) -> io::Result<Outcome> {
    let said = |path: PathBuf, how: &str| line(&format!("{} {how}", path.display())).into_owned();
    let told: Vec<String> = if folder.exists() {
        write::compare(files, folder).into_iter().map(|one| said(folder.join(one.path), &one.how)).collect()
    } else {
        vec![said(folder.to_owned(), "is missing")]
    };
    if told.is_empty() {
        writeln!(out.progress, "`{}` is up to date", folder.display())?;
        return Ok(Outcome::Fine);
    }
    unless_closed(told.iter().take(SHOWN).try_for_each(|told| writeln!(out.result, "{told}")))?;
    let more = told.len().saturating_sub(SHOWN);
    let rest = if more > 0 { format!("… and {more} more; ") } else { String::new() };
    let build = command("build", &project.root, &format!("-o {}", word(&folder.display().to_string())));
    writeln!(out.progress, "{rest}`{}` is not what `{build}` would write", folder.display())?;
    Ok(Outcome::Failed)
}
