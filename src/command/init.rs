//! `linchpin init`: a small stack that teaches the format.

use std::{fs, io::Write, path::Path};

use anyhow::{anyhow, bail};
use include_dir::{Dir, include_dir};
use linchpin::{disk::make_folder, load::plain, report::command};

use super::{Outcome, Output};

/// The starter stack, as it is written.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/starter");

pub fn run(folder: &Path, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let files: Vec<_> = STARTER.files().chain(STARTER.dirs().flat_map(Dir::files)).collect();
    if let Some(there) = files.iter().map(|file| folder.join(file.path())).find(|path| path.symlink_metadata().is_ok()) {
        bail!("`{}` is already there, and nothing is ever overwritten; choose an empty folder", there.display());
    }
    for file in &files {
        let path = folder.join(file.path());
        let parent = path.parent().unwrap_or(folder);
        make_folder(parent).map_err(|error| anyhow!("cannot make the folder `{}`: {}", parent.display(), plain(&error)))?;
        let written = fs::File::create_new(&path).and_then(|mut new| new.write_all(file.contents()));
        written.map_err(|error| anyhow!("cannot write `{}`: {}", path.display(), plain(&error)))?;
        writeln!(out.result, "{}", path.display())?;
    }
    let now = |name| command(name, folder, "");
    writeln!(out.progress, "a stack to begin with; now try `{}` and `{}`", now("check"), now("build"))?;
    Ok(Outcome::Fine)
}
