//! `linchpin init`: a small stack that teaches the format.

use std::{fs, io::Write, path::Path};

use anyhow::{Context, bail};
use include_dir::{Dir, include_dir};

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
        fs::create_dir_all(parent).with_context(|| format!("cannot make the folder `{}`", parent.display()))?;
        let mut written = fs::File::create_new(&path).with_context(|| format!("cannot write `{}`", path.display()))?;
        written.write_all(file.contents()).with_context(|| format!("cannot write `{}`", path.display()))?;
        writeln!(out.result, "{}", path.display())?;
    }
    let shown = folder.display();
    writeln!(out.progress, "a stack to begin with; now try `linchpin check {shown}` and `linchpin build {shown}`")?;
    Ok(Outcome::Fine)
}
