//! One file per subcommand: what was asked for, done by the library, and the outcome.

pub mod build;
pub mod check;
mod fix;
pub mod graph;
mod history;
pub mod init;
mod leads;
mod output;
pub mod plan;
mod policy;
pub mod privacy;
mod progress;
mod prove;
mod record;
pub mod route;
pub mod rules;
pub mod score;
#[cfg(feature = "serve")]
pub mod serve;
pub mod show;
pub mod suppressions;
pub mod templates;
pub mod text;
pub mod what_if;

use std::{
    env,
    io::{self, Write},
    mem::ManuallyDrop,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, bail};
use linchpin::{
    Clock, Project,
    load::{Edits, ROOT_FILE, plain},
    model::Date,
    policy::Request,
};

use crate::cli::{Common, StackPath};

/// How a command ended when it could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to object to.
    Fine,
    /// There is something that fails.
    Failed,
}

/// Several things that keep a command from doing its work.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("; "))]
pub struct Mistakes(pub Vec<String>);

/// What is to be said of an error, each on a line of its own.
pub fn messages(error: &anyhow::Error) -> Vec<String> {
    match error.downcast_ref() {
        Some(Mistakes(all)) => all.clone(),
        None => vec![format!("{error:#}")],
    }
}

/// Where a command writes.
pub struct Output<'a> {
    /// The result.
    pub result: &'a mut dyn Write,
    /// Progress and summaries; a sink when nobody wants them.
    pub progress: &'a mut dyn Write,
    /// Why something was refused, and what is wrong with the stack; people are told of that even if they want no progress.
    pub problem: &'a mut dyn Write,
}

/// Opens the stack that the arguments name. It is not freed piece by piece: the end of the process does that at once.
pub fn open(stack: &StackPath, common: &Common) -> anyhow::Result<ManuallyDrop<Project>> {
    open_as(&find(stack)?, common, &Request::default())
}

/// Opens the stack in a folder, judged as it is asked for.
pub fn open_as(root: &Path, common: &Common, request: &Request) -> anyhow::Result<ManuallyDrop<Project>> {
    Ok(ManuallyDrop::new(Project::judge(root, clock(common), request, &Edits::new())?))
}

/// The day that the arguments ask for, or the clock.
fn clock(common: &Common) -> Clock {
    Clock { asked: common.today, now }
}

/// Opens a stack that must be valid; if it is not, says on standard error what is wrong and gives nothing. What goes to
/// standard output is the result alone, which programs read.
pub fn open_valid(stack: &StackPath, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Option<ManuallyDrop<Project>>> {
    let project = open(stack, common)?;
    if project.is_valid() {
        return Ok(Some(project));
    }
    linchpin::report::finding::write(linchpin::report::finding::Format::Text, &project, out.problem)?;
    check::summarize(&project, out.progress)?;
    Ok(None)
}

/// The folder that was named, or the nearest one upward that holds a stack.
fn find(stack: &StackPath) -> anyhow::Result<PathBuf> {
    if let Some(path) = &stack.path {
        let is_root_file = path.file_name().is_some_and(|name| name == ROOT_FILE) && path.is_file();
        let folder =
            if is_root_file { path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")) } else { path };
        if folder.is_file() {
            bail!("`{}` is a file: name the folder of the stack, the one with its `{ROOT_FILE}`", folder.display());
        }
        if !folder.is_dir() {
            bail!("no stack in `{}`: there is no such folder", folder.display());
        }
        let above = || folder.canonicalize().ok()?.ancestors().skip(1).find(|above| above.join(ROOT_FILE).is_file()).map(Path::to_owned);
        let is_absent = folder.join(ROOT_FILE).symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
        if is_absent && let Some(above) = above() {
            bail!("no stack in `{}`: it has no `{ROOT_FILE}`, but `{}` above it has one", folder.display(), above.display());
        }
        return Ok(from_here(folder));
    }
    let here = env::current_dir().context("cannot tell the working directory")?;
    // Named from where one stands, as the paths in messages are.
    match here.ancestors().position(|folder| folder.join(ROOT_FILE).is_file()) {
        Some(0) => Ok(PathBuf::from(".")),
        Some(up) => Ok(std::iter::repeat_n("..", up).collect()),
        None => bail!("no stack here: neither this folder nor one above it has a `{ROOT_FILE}`; `linchpin init` starts one"),
    }
}

/// A path below the working directory as one would write it there, so that reports do not name the whole machine.
fn from_here(folder: &Path) -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    match folder.strip_prefix(here) {
        Ok(below) if below.as_os_str().is_empty() => PathBuf::from("."),
        Ok(below) if folder.is_absolute() => below.to_owned(),
        _ => folder.to_owned(),
    }
}

/// The day that counts unless the stack or the arguments say another. An empty variable says nothing.
fn now() -> Result<Date, String> {
    let seconds = match env::var("SOURCE_DATE_EPOCH").ok().filter(|text| !text.trim().is_empty()) {
        Some(text) => text.trim().parse().map_err(|_| format!("SOURCE_DATE_EPOCH is `{text}`, not a number of seconds"))?,
        None => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs()),
    };
    let days = i64::try_from(seconds / 86_400_u64).unwrap_or(i64::MAX);
    let epoch = Date::new(1970, 1, 1).ok_or("the calendar has no first day")?;
    Ok(epoch.plus_days(days))
}

/// Lets it pass that whoever read the output has stopped reading: they still get the outcome.
fn unless_closed(written: io::Result<()>) -> io::Result<()> {
    written.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

/// Says that the result could not be written.
pub fn unwritten(error: &io::Error) -> anyhow::Error {
    anyhow::anyhow!("cannot write to standard output: {}", plain(error))
}

/// Whether an error says that whoever read the output has stopped reading.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}
