//! The files of `build --templates`: those of a folder that replace templates and assets of their names.

use std::path::Path;

use anyhow::{Context, bail};
use linchpin::{
    load::{listed, nearest},
    render,
    text::terminal::line,
};

/// The most bytes that a template or asset may have.
const MAX: u64 = 1 << 20;

/// Reads the files of a folder by their path in it, with `/`. Hidden ones are passed over, as editors and systems leave them.
pub fn read(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    if !folder.is_dir() {
        bail!("no templates in `{}`: there is no such folder", folder.display());
    }
    let known = render::template_names();
    let mut found = Vec::new();
    let is_shown = |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(is_shown) {
        let entry = entry.with_context(|| format!("cannot read `{}`", folder.display()))?;
        let path = entry.path();
        if entry.file_type().is_dir() {
            continue;
        }
        let parts: Vec<_> = path.strip_prefix(folder)?.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let name = parts.join("/");
        if !known.contains(&name) {
            let near = nearest(&name, known.iter().map(String::as_str));
            let help =
                near.map_or_else(|| listed("the names are", known.iter().map(String::as_str)), |near| format!("did you mean `{near}`?"));
            bail!("`{}` replaces nothing: there is no template or asset `{}`; {help}", path.display(), line(&name));
        }
        if !entry.file_type().is_file() {
            bail!("`{}` is no regular file; put the file itself there", path.display());
        }
        if entry.metadata()?.len() > MAX {
            bail!("`{}` is larger than 1 MiB", path.display());
        }
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        found.push((name, text));
    }
    if found.is_empty() {
        bail!("no templates in `{}`: it has no files", folder.display());
    }
    Ok(found)
}
