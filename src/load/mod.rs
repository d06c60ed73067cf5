//! From a folder of TOML files to a [`Stack`] and everything that is wrong with them.
//!
//! [`walk`] reads the files, [`syntax`] parses each and keeps going after mistakes, [`ids`] collects what
//! they define, [`schema`] checks the shape and the references of each file's [`instance`], [`explain`]
//! turns what it says into messages with spans, and [`meaning`] checks what only the whole can tell.
//! Each entity is deserialized by itself: a broken one costs only itself.

mod condition;
mod explain;
mod ids;
mod instance;
mod meaning;
pub mod schema;
mod suggest;
mod syntax;
pub mod validity;
mod walk;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;
use serde_json::Value;

pub use self::{
    condition::UNROUTED,
    meaning::suppressions,
    suggest::nearest,
    walk::{MANIFEST, ROOT_FILE, plain},
};
use self::{
    explain::Explainer,
    ids::Ids,
    suggest::Suggest,
    syntax::Syntax,
    validity::{INVALID_VALUE, MISSING_FIELD, UNREADABLE_FILE},
};
use crate::{
    diagnostic::{Diagnostic, Rule},
    model::{Company, Kind, Located, Stack, StackEntities},
    source::{FileId, SourceFile, Sources, Span},
};

/// Why a stack could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder holds no `stack.toml`.
    #[error("no stack in `{}`: it has no `{ROOT_FILE}`", .0.display())]
    NoStack(PathBuf),
    /// A folder could not be read.
    #[error("cannot read `{}`: {reason}", path.display())]
    Io {
        /// The folder.
        path: PathBuf,
        /// The reason.
        reason: String,
    },
    /// None of the files could be read.
    #[error("no file of the stack in `{}` can be read", .0.display())]
    NothingReadable(PathBuf),
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
    /// What is wrong, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file on its way: its syntax and its value for the schema.
struct Parsed<'a> {
    file: FileId,
    path: &'a str,
    text: &'a str,
    syntax: Syntax<'a>,
    instance: Value,
}

/// Loads the stack in a folder. The rules are those that `[rules]` and `[[suppress]]` may name.
///
/// # Errors
/// If there is no stack, or the folder or none of its files can be read.
pub fn load(root: &Path, rules: &[&'static Rule]) -> Result<Loaded, Error> {
    if !root.join(ROOT_FILE).symlink_metadata().is_ok_and(|metadata| !metadata.is_dir()) {
        return Err(Error::NoStack(root.to_owned()));
    }
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let found = walk::read(root)?;
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
    let (stack, ids, more) = describe(&sources, rules, &mut suggest)?;
    diagnostics.extend(more);
    diagnostics.extend(meaning::check(&stack, &sources, &ids, &mut suggest));
    let (documents, more) = meaning::documents(root, &stack.runbooks, &mut sources);
    diagnostics.extend(more);
    sort(&mut diagnostics, &sources);
    distinguish(&mut diagnostics);
    Ok(Loaded { sources, stack, files, documents: documents.into_iter().collect(), diagnostics })
}

/// Parses, checks and deserializes every file.
fn describe(sources: &Sources, rules: &[&'static Rule], suggest: &mut Suggest) -> Result<(Stack, Ids, Vec<Diagnostic>), Error> {
    let files: Vec<_> = sources.iter().collect();
    let mut parsed: Vec<Parsed<'_>> = files
        .into_par_iter()
        .map(|(file, source)| {
            let syntax = syntax::parse(file, source.path(), source.text());
            let instance = instance::table(syntax.tree.get_ref());
            Parsed { file, path: source.path(), text: source.text(), syntax, instance }
        })
        .collect();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let mut ids = Ids::new(rules.iter().filter(|rule| rule.is_adjustable()).map(|rule| rule.name));
    for file in &mut parsed {
        diagnostics.extend(ids.collect(file.file, file.syntax.tree.get_ref()));
        if !file.syntax.diagnostics.is_empty() {
            ids.collect_lost(file.text);
        }
    }
    let shared: schema::SharedIds = Arc::new(OnceLock::new());
    let _ = shared.set(ids);
    let schema = schema::own(rules);
    let validator = schema::compile(&schema, &shared).map_err(Error::Schema)?;
    let is_valid: Vec<bool> = parsed.par_iter().map(|file| validator.is_valid(&file.instance)).collect();
    // The validator holds the other handle of the ids for as long as it lives.
    let known = shared.get().ok_or_else(|| Error::Schema("ids are not set".to_owned()))?;
    let mut broken: BTreeSet<(FileId, String)> = BTreeSet::new();
    for (file, _) in parsed.iter().zip(&is_valid).filter(|(_, is_valid)| !**is_valid) {
        let tree = file.syntax.tree.get_ref();
        let mut explainer = Explainer { file: file.file, path: file.path, tree, schema: &schema, ids: known, suggest, found: Vec::new() };
        for error in validator.iter_errors(&file.instance) {
            broken.insert((file.file, entity_pointer(error.instance_path().as_str())));
            explainer.explain(&error);
        }
        let found = explainer.found;
        diagnostics.extend(judged_fairly(file, found, known));
    }
    let (stack, more) = assemble(&parsed, &broken);
    diagnostics.extend(more);
    diagnostics.extend(missing_company(&parsed));
    diagnostics.extend(parsed.into_iter().flat_map(|file| file.syntax.diagnostics));
    drop(validator);
    let ids = Arc::into_inner(shared).and_then(OnceLock::into_inner).unwrap_or_default();
    Ok((stack, ids, diagnostics))
}

/// Drops what only follows from another mistake: guesses at a syntax error, keys that were lost with the tail
/// of a file, keys that a second table need not repeat, and the absence of a key that is there misspelt.
fn judged_fairly(file: &Parsed<'_>, found: Vec<Diagnostic>, ids: &Ids) -> Vec<Diagnostic> {
    let lost = file.syntax.stops_at.and_then(|stop| syntax::headers(file.text).into_iter().rfind(|header| header.span.start <= stop));
    let meant: BTreeSet<(String, String)> = found
        .iter()
        .filter_map(|diagnostic| {
            let near = diagnostic.help.as_deref()?.strip_prefix("did you mean `")?.strip_suffix("`?")?;
            let key = diagnostic.key.as_deref()?;
            let parent = key.rsplit_once('.').map_or("", |(parent, _)| parent);
            (diagnostic.rule.name == "unknown-field").then(|| (format!("{}/{parent}", diagnostic.subject), near.to_owned()))
        })
        .collect();
    let is_consequence = |diagnostic: &Diagnostic| {
        let span = diagnostic.span.range();
        let is_guess = file.syntax.tainted.iter().any(|bad| bad.start <= span.end && span.start <= bad.end && !span.is_empty());
        if diagnostic.rule != &MISSING_FIELD {
            return is_guess;
        }
        let key = diagnostic.key.as_deref().unwrap_or_default();
        let (parent, key) = key.rsplit_once('.').unwrap_or(("", key));
        let is_lost = lost.as_ref().is_some_and(|header| header.span.contains(&span.start) || span.contains(&header.span.start));
        let is_second = !ids.is_first(&diagnostic.subject, file.file) && diagnostic.subject.split('.').count() == 2;
        is_lost || is_second || meant.contains(&(format!("{}/{parent}", diagnostic.subject), key.to_owned()))
    };
    found.into_iter().filter(|diagnostic| !is_consequence(diagnostic)).collect()
}

/// The pointer of the entity, or of the table that is none, in which a pointer lies.
fn entity_pointer(pointer: &str) -> String {
    let depth = match pointer.split('/').nth(1) {
        Some("stack" | "site" | "rules" | "charter" | "privacy") => 2,
        _ => 3,
    };
    pointer.split('/').take(depth).collect::<Vec<_>>().join("/")
}

/// Deserializes every table that the schema accepts.
fn assemble(parsed: &[Parsed<'_>], broken: &BTreeSet<(FileId, String)>) -> (Stack, Vec<Diagnostic>) {
    let mut entities = StackEntities::default();
    let mut diagnostics = Vec::new();
    for file in parsed {
        for kind in Kind::ALL {
            for (id, table) in file.instance.get(kind.name()).and_then(Value::as_object).into_iter().flatten() {
                let mut pointer = format!("/{}", kind.name());
                crate::source::push_token(&mut pointer, id);
                if broken.contains(&(file.file, pointer.clone())) || entities.get(*kind, id).is_some() {
                    continue;
                }
                if let Err(error) = entities.insert(*kind, id, file.file, table) {
                    diagnostics.push(disagreement(file, &pointer, &error));
                }
            }
        }
    }
    let mut once = Once { parsed, broken, diagnostics: &mut diagnostics };
    let company: Option<Located<Company>> = once.table("stack");
    let (site, rules, charter, privacy) = (once.table("site"), once.table("rules"), once.table("charter"), once.table("privacy"));
    let (overrides, suppressions) = (once.list("override"), once.list("suppress"));
    let root = parsed.iter().find(|file| file.path == ROOT_FILE).or(parsed.first()).map(|file| file.file);
    let company = company.unwrap_or_else(|| Located {
        file: root.unwrap_or_else(|| Sources::default().add(SourceFile::default())),
        pointer: "/stack".to_owned(),
        body: Company::unnamed(),
    });
    (Stack { company, site, rules, charter, privacy, overrides, suppressions, entities }, diagnostics)
}

/// Deserializes tables that are no entities.
struct Once<'a, 'p> {
    parsed: &'a [Parsed<'p>],
    broken: &'a BTreeSet<(FileId, String)>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Once<'_, '_> {
    fn table<T: serde::de::DeserializeOwned>(&mut self, name: &str) -> Option<Located<T>> {
        let pointer = format!("/{name}");
        let (file, table) = self.parsed.iter().find_map(|file| Some((file, file.instance.get(name)?)))?;
        self.read(file, pointer, table)
    }

    fn list<T: serde::de::DeserializeOwned>(&mut self, name: &str) -> Vec<Located<T>> {
        let mut all = Vec::new();
        for file in self.parsed {
            for (index, table) in file.instance.get(name).and_then(Value::as_array).into_iter().flatten().enumerate() {
                all.extend(self.read(file, format!("/{name}/{index}"), table));
            }
        }
        all
    }

    fn read<T: serde::de::DeserializeOwned>(&mut self, file: &Parsed<'_>, pointer: String, table: &Value) -> Option<Located<T>> {
        if self.broken.contains(&(file.file, pointer.clone())) {
            return None;
        }
        match T::deserialize(table) {
            Ok(body) => Some(Located { file: file.file, pointer, body }),
            Err(error) => {
                self.diagnostics.push(disagreement(file, &pointer, &error));
                None
            }
        }
    }
}

/// The schema accepted what the type does not: a mistake in linchpin, but nothing of the stack may be lost over it.
fn disagreement(file: &Parsed<'_>, pointer: &str, error: &serde_json::Error) -> Diagnostic {
    let span = instance::follow(file.syntax.tree.get_ref(), pointer).span();
    Diagnostic::new(&INVALID_VALUE, "stack", Span::new(file.file, span), format!("this table cannot be read: {error}"))
        .key(format!("{}:{pointer}", file.path))
        .help("mend the value; if it is right, report this as a mistake in linchpin")
}

/// A stack without `[stack]`.
fn missing_company(parsed: &[Parsed<'_>]) -> Option<Diagnostic> {
    let is_there = |file: &Parsed<'_>| file.instance.get("stack").is_some() || file.syntax.stops_at.is_some();
    let root = parsed.iter().find(|file| file.path == ROOT_FILE)?;
    (!parsed.iter().any(is_there)).then(|| {
        Diagnostic::new(&MISSING_FIELD, "stack", Span::new(root.file, 0..0), format!("`{ROOT_FILE}` has no `[stack]`"))
            .key("stack")
            .help("add `[stack]` with `name = \"…\"`, the company's name")
    })
}

/// Sorts findings by path, position, rule and key.
pub fn sort(diagnostics: &mut [Diagnostic], sources: &Sources) {
    diagnostics.sort_by(|a, b| {
        let place =
            |d: &Diagnostic| (sources.file(d.span.file).path().to_owned(), d.span.start, d.rule.name, d.key.clone(), d.subject.clone());
        place(a).cmp(&place(b))
    });
}

/// Makes the keys of mistakes that would otherwise have one fingerprint different, in their order.
fn distinguish(diagnostics: &mut Vec<Diagnostic>) {
    // The same mistake may be reached in two ways, such as a bad id in a header and in a reference to it.
    diagnostics.dedup_by(|a, b| a.rule == b.rule && a.span == b.span && a.message == b.message);
    let mut seen: BTreeMap<(&'static str, String, Option<String>), usize> = BTreeMap::new();
    for diagnostic in diagnostics.iter_mut() {
        let count = seen.entry((diagnostic.rule.name, diagnostic.subject.clone(), diagnostic.key.clone())).or_default();
        *count += 1;
        if *count > 1 {
            let key = diagnostic.key.clone().unwrap_or_default();
            diagnostic.key = Some(format!("{key}#{count}"));
        }
    }
}
