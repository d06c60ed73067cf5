//! From a folder of TOML files to a [`Stack`] and everything that is wrong with them.
//!
//! [`walk`] reads the files, [`syntax`] parses each and keeps going after mistakes, [`ids`] collects what
//! they define, [`schema`] checks the shape and the references of each file's [`instance`], [`explain`]
//! turns what it says into messages with spans ([`describe`] has all of that in order), [`assemble`] makes
//! the entities one by one, and [`meaning`] checks what only the whole can tell. A broken entity costs only
//! itself; what is whole of it is checked by way of [`salvage`].

mod assemble;
mod assign;
mod blank;
mod condition;
mod describe;
mod document;
mod explain;
mod hand_over;
mod ids;
mod instance;
mod logo;
mod meaning;
mod parts;
mod salvage;
pub mod schema;
mod suggest;
mod syntax;
pub mod validity;
mod walk;

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use ahash::HashMap;
use rayon::prelude::*;

use self::{describe::Described, schema::Compiled, suggest::Suggest, validity::UNREADABLE_FILE};
pub use self::{
    explain::{cut, listed},
    logo::{Logo, MAX_LOGO},
    meaning::suppressions,
    parts::parts,
    suggest::nearest,
    walk::{MANIFEST, ROOT_FILE, Stamp, plain, stamps},
};
use crate::{
    diagnostic::{Diagnostic, Rule},
    model::{Date, Located, Stack},
    source::{FileId, SourceFile, Sources, Span},
    text::shell::word,
};

/// Why a stack could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder holds no `stack.toml`.
    #[error("no stack in `{}`: it has no `{ROOT_FILE}`; `linchpin init {}` starts one", .0.display(), word(&.0.display().to_string()))]
    NoStack(PathBuf),
    /// A folder, or what should be a file, could not be read.
    #[error("cannot read `{}`: {reason}", path.display())]
    Io {
        /// Its path.
        path: PathBuf,
        /// The reason.
        reason: String,
    },
    /// None of the files could be read.
    #[error("no file of the stack in `{}` can be read", .0.display())]
    NothingReadable(PathBuf),
    /// Nobody says which day it is.
    #[error("{0}")]
    Clock(String),
    /// The schema that the model derives is none: a mistake in linchpin.
    #[error("the schema of the format does not compile: {0}")]
    Schema(String),
}

impl Error {
    fn walk(root: &Path, error: walkdir::Error) -> Self {
        let path = error.path().unwrap_or(root).to_owned();
        let reason = error.into_io_error().as_ref().map_or_else(|| "a folder contains itself".to_owned(), plain);
        Self::Io { path, reason }
    }
}

/// What a folder holds.
#[derive(Debug)]
pub struct Loaded {
    /// The text of its files.
    pub sources: Sources,
    /// What they describe, as far as it is valid.
    pub stack: Stack,
    /// How many TOML files there are.
    pub files: usize,
    /// The Markdown files that runbooks name, by the id of the runbook.
    pub documents: BTreeMap<String, FileId>,
    /// The picture beside the site's name.
    pub logo: Option<Logo>,
    /// The last days of accepted risks that cannot be read otherwise.
    pub untils: Vec<Located<Date>>,
    /// What is wrong, in no order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Texts that stand in the place of files: by path, relative to the stack's root with `/`.
pub type Edits = BTreeMap<String, String>;

/// Loads the stack in a folder. The rules are those that `[rules]` and `[[suppress]]` may name.
///
/// # Errors
/// If there is no stack, or the folder or none of its files can be read.
pub fn load(root: &Path, rules: &[&'static Rule]) -> Result<Loaded, Error> {
    load_edited(root, rules, &Edits::new())
}

/// Loads the stack in a folder as it would be after some edits.
///
/// # Errors
/// If there is no stack, or the folder or none of its files can be read.
pub fn load_edited(root: &Path, rules: &[&'static Rule], edits: &Edits) -> Result<Loaded, Error> {
    let unreadable = |reason: String| Error::Io { path: root.join(ROOT_FILE), reason };
    match root.join(ROOT_FILE).symlink_metadata() {
        Ok(there) if there.is_dir() => return Err(unreadable("it is a folder".to_owned())),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Error::NoStack(root.to_owned())),
        Err(error) => return Err(unreadable(plain(&error))),
    }
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let (found, compiled) = rayon::join(|| walk::read(root, walk::LIMITS, edits), || Compiled::new(rules));
    let found = found?;
    if found.iter().all(|file| file.text.is_err()) {
        return Err(Error::NothingReadable(root.to_owned()));
    }
    let files = found.len();
    for walk::Found { path, text } in found {
        let (text, refusal) = text.map_or_else(|refusal| (String::new(), Some(refusal)), |text| (text, None));
        let file = sources.add(SourceFile::new(path.clone(), text));
        if let Some(refusal) = refusal {
            let message = format!("`{path}` cannot be read: {}", refusal.reason);
            diagnostics.push(Diagnostic::new(&UNREADABLE_FILE, "stack", Span::new(file, 0..0), message).key(path).help(refusal.help));
        }
    }
    let mut suggest = Suggest::default();
    let Described { stack, ids, salvaged, diagnostics: more } = describe::describe(&sources, compiled?, rules, &mut suggest);
    // A root file that cannot be read is one mistake, not two.
    let is_root_refused = diagnostics.iter().any(|refused| refused.key.as_deref() == Some(ROOT_FILE));
    diagnostics.extend(more.into_iter().filter(|found| !is_root_refused || found.key.as_deref() != Some("stack")));
    diagnostics.extend(meaning::check(&stack, &salvaged, &sources, &ids, &mut suggest));
    diagnostics.extend(hand_over::circles(&stack, &salvaged, &sources));
    let read = || document::read(root, &stack.runbooks, &salvaged.entities.runbooks, &mut sources);
    let ((), (documents, more)) = rayon::join(|| drop(ids), read);
    diagnostics.extend(more);
    let documents = documents.into_iter().collect();
    let (logo, refused) = logo::read(root, &stack, &sources);
    diagnostics.extend(refused);
    Ok(Loaded { sources, stack, files, documents, logo, untils: salvaged.untils, diagnostics })
}

/// Sorts findings by path, position, rule and key.
pub fn sort(diagnostics: &mut [Diagnostic], sources: &Sources) {
    fn place<'d>(of: &'d Diagnostic, sources: &'d Sources) -> (&'d str, usize, &'static str, Option<&'d str>, &'d str) {
        (sources.file(of.span.file).path(), of.span.start, of.rule.name, of.key.as_deref(), &of.subject)
    }
    diagnostics.par_sort_by(|a, b| place(a, sources).cmp(&place(b, sources)));
}

/// Makes the keys of findings that would otherwise have one fingerprint different, in their order, and drops repetitions.
pub fn distinguish(diagnostics: &mut Vec<Diagnostic>) {
    // The same mistake may be reached in two ways, such as a bad id in a header and in a reference to it.
    diagnostics.dedup_by(|a, b| a.rule == b.rule && a.span == b.span && a.message == b.message);
    let mut seen: HashMap<(&str, &str, Option<&str>), usize> = HashMap::default();
    let number = |name| {
        let seen = seen.entry(name).or_default();
        *seen += 1;
        *seen
    };
    let names = diagnostics.iter().map(|of| (of.rule.name, of.subject.as_str(), of.key.as_deref()));
    let numbers: Vec<usize> = names.map(number).collect();
    for (diagnostic, number) in diagnostics.iter_mut().zip(numbers).filter(|(_, number)| *number > 1) {
        let key = diagnostic.key.clone().unwrap_or_default();
        diagnostic.key = Some(format!("{key}#{number}"));
    }
}
