//! From the text of the files to their entities and mistakes, step by step.

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    sync::{Arc, OnceLock},
};

use jsonschema::{ValidationError, error::ValidationErrorKind as Reason};
use rayon::prelude::*;

use super::{
    assemble::{assemble, missing_company},
    explain::Explainer,
    ids::{Defined, Ids},
    instance::Instance,
    salvage::Salvaged,
    schema::Compiled,
    suggest::Suggest,
    syntax::{self, Syntax, Tree},
    validity::MISSING_FIELD,
};
use crate::{
    diagnostic::{Diagnostic, Rule},
    model::Stack,
    source::{FileId, SourceFile, Sources, push_token},
};

/// How many files are looked at side by side while those before them are added to the whole.
pub const CHUNK: usize = 64;

/// A file on its way: its syntax and its value for the schema.
pub struct Parsed<'a> {
    /// Its number.
    pub file: FileId,
    /// Its path.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// How far it is TOML.
    pub syntax: Syntax,
    /// Its tree as the schema sees it.
    pub instance: Instance<'a>,
}

impl<'a> Parsed<'a> {
    /// Parses the file once more, for the places of its values.
    pub fn tree(&self) -> Tree<'a> {
        syntax::tree(self.text)
    }
}

/// The values that the schema objects to, by file and entity: pointers, none where something is missing.
pub type Broken = BTreeMap<(FileId, String), Vec<String>>;

/// What the files of a stack describe.
pub struct Described {
    /// Every entity that is whole.
    pub stack: Stack,
    /// What references may name.
    pub ids: Ids,
    /// What is whole of the others.
    pub salvaged: Salvaged,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses, checks and deserializes every file. References may name the rules.
pub fn describe(sources: &Sources, compiled: Compiled, rules: &[&'static Rule], suggest: &mut Suggest) -> Described {
    let Compiled { schema, validator, ids: shared } = compiled;
    let mut ids = Ids::new(rules);
    let (mut parsed, mut diagnostics) = parse(sources, &mut ids);
    // They are set for the first time.
    let known = shared.get_or_init(|| ids);
    let judged: Vec<Option<(Tree<'_>, Vec<ValidationError<'_>>)>> = parsed
        .par_iter()
        .map(|file| (!validator.is_valid(&file.instance)).then(|| (file.tree(), validator.iter_errors(&file.instance).collect())))
        .collect();
    let mut broken = Broken::new();
    for (file, (tree, errors)) in parsed.iter().zip(&judged).filter_map(|(file, judged)| Some((file, judged.as_ref()?))) {
        let tree = tree.get_ref();
        let mut explainer = Explainer { file: file.file, path: file.path, tree, schema: &schema, ids: known, suggest, found: Vec::new() };
        for error in errors {
            note(file.file, error, &mut broken);
            explainer.explain(error);
        }
        let found = explainer.found;
        diagnostics.extend(judged_fairly(file, found, known));
    }
    drop(judged);
    let (stack, more) = assemble(&mut parsed, &broken);
    let salvaged = Salvaged::new(&parsed, &broken, &stack);
    diagnostics.extend(more);
    diagnostics.extend(missing_company(&parsed));
    rayon::join(|| drop(validator), || diagnostics.par_extend(parsed.into_par_iter().flat_map_iter(|file| file.syntax.diagnostics)));
    // The validator held the other handles of the ids.
    let ids = Arc::into_inner(shared).and_then(OnceLock::into_inner).unwrap_or_default();
    Described { stack, ids, salvaged, diagnostics }
}

/// Parses every file and collects what all of them define. While some files are parsed, what those before them define is
/// added to the ids, which nothing can share.
fn parse<'a>(sources: &'a Sources, ids: &mut Ids) -> (Vec<Parsed<'a>>, Vec<Diagnostic>) {
    let files: Vec<_> = sources.iter().collect();
    let mut all = Vec::with_capacity(files.len());
    let mut diagnostics = Vec::new();
    let mut before: Vec<(Parsed<'a>, Defined)> = Vec::new();
    // A tree lives no longer than it takes to look through it: trees are the largest thing about a stack.
    let parse = |(file, source): &(FileId, &'a SourceFile)| {
        let (tree, syntax) = syntax::parse(*file, source.path(), source.text());
        let tree = tree.get_ref();
        source.keep(tree);
        let parsed = Parsed { file: *file, path: source.path(), text: source.text(), syntax, instance: Instance::of(tree) };
        (parsed, Defined::by(*file, tree))
    };
    for chunk in files.chunks(CHUNK).chain([&[][..]]) {
        let collect = || {
            for (file, defined) in mem::take(&mut before) {
                diagnostics.extend(ids.add(defined));
                if !file.syntax.diagnostics.is_empty() {
                    ids.collect_lost(file.text);
                }
                all.push(file);
            }
        };
        ((), before) = rayon::join(collect, || chunk.par_iter().map(parse).collect());
    }
    (all, diagnostics)
}

/// Notes in which entity a mistake is and which values it concerns.
fn note(file: FileId, error: &ValidationError<'_>, broken: &mut Broken) {
    let pointer = error.instance_path().as_str();
    let below = |key: &str| {
        let mut place = pointer.to_owned();
        push_token(&mut place, key);
        place
    };
    let values = match error.kind() {
        Reason::AdditionalProperties { unexpected } => unexpected.iter().map(|key| below(key)).collect(),
        Reason::PropertyNames { error } => vec![below(error.instance().as_str().unwrap_or_default())],
        _ => vec![pointer.to_owned()],
    };
    let is_missing = matches!(error.kind(), Reason::Required { .. });
    for value in values {
        let values = broken.entry((file, entity_pointer(&value))).or_default();
        if !is_missing {
            values.push(value);
        }
    }
}

/// Drops what only follows from another mistake: guesses at a syntax error, keys that were lost with the tail
/// of a file, keys that the other table of the same name may have, and the absence of a key that is there misspelt.
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
        let is_guess = file.syntax.is_guess(&span);
        if diagnostic.rule != &MISSING_FIELD {
            return is_guess;
        }
        let key = diagnostic.key.as_deref().unwrap_or_default();
        let (parent, key) = key.rsplit_once('.').unwrap_or(("", key));
        let is_lost = lost.as_ref().is_some_and(|header| header.span.contains(&span.start) || span.contains(&header.span.start));
        let is_whole = diagnostic.subject.split('.').nth(2).is_none();
        is_lost
            || is_whole && ids.is_twice(&diagnostic.subject)
            || meant.contains(&(format!("{}/{parent}", diagnostic.subject), key.to_owned()))
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
