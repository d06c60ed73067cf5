//! From values that the schema accepts to a [`Stack`].

use std::mem;

use rayon::prelude::*;
use serde_json::Value;

use super::{
    ROOT_FILE,
    describe::{Broken, CHUNK, Parsed},
    instance::{self, Instance},
    syntax,
    validity::{INVALID_VALUE, MISSING_FIELD},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Company, Kind, Located, Stack, StackEntities},
    source::{SourceFile, Sources, Span, push_token},
};

/// Deserializes every table that the schema accepts. Only the entities that it does not accept stay in the values of the
/// files.
pub fn assemble(parsed: &mut [Parsed<'_>], broken: &Broken) -> (Stack, Vec<Diagnostic>) {
    let mut entities = StackEntities::default();
    let mut diagnostics = Vec::new();
    let mut before: Vec<(StackEntities, Vec<Diagnostic>)> = Vec::new();
    // While some files are read, what those before them say is merged, which nothing can share.
    for chunk in parsed.chunks_mut(CHUNK).chain([Default::default()]) {
        let merge = || {
            for (of_file, more) in mem::take(&mut before) {
                // Files come sorted by path: what the first of two says counts.
                entities.merge(of_file);
                diagnostics.extend(more);
            }
        };
        ((), before) = rayon::join(merge, || chunk.par_iter_mut().map(|file| take_entities(file, broken)).collect());
    }
    let mut once = Once { parsed: &*parsed, broken, diagnostics: &mut diagnostics };
    let company: Option<Located<Company>> = once.table("stack").or_else(|| once.rest_of_company());
    let (site, rules, charter, privacy) = (once.table("site"), once.table("rules"), once.table("charter"), once.table("privacy"));
    let (overrides, suppressions) = (once.list("override"), once.list("suppress"));
    let root = parsed.iter().find(|file| file.path == ROOT_FILE).or_else(|| parsed.first()).map(|file| file.file);
    let company = company.unwrap_or_else(|| Located {
        file: root.unwrap_or_else(|| Sources::default().add(SourceFile::default())),
        pointer: "/stack".to_owned(),
        body: Company::unnamed(),
    });
    (Stack { company, site, rules, charter, privacy, overrides, suppressions, entities }, diagnostics)
}

/// Takes the entities of one file out of its value.
fn take_entities(file: &mut Parsed<'_>, broken: &Broken) -> (StackEntities, Vec<Diagnostic>) {
    let mut entities = StackEntities::default();
    let mut refused = Vec::new();
    for kind in Kind::ALL {
        let Some(Instance::Table(tables)) = file.instance.get_mut(kind.name()) else { continue };
        tables.retain(|(id, table)| {
            let pointer = || {
                let mut pointer = format!("/{}", kind.name());
                push_token(&mut pointer, id);
                pointer
            };
            if !broken.is_empty() && broken.contains_key(&(file.file, pointer())) {
                return true;
            }
            refused.extend(entities.insert(*kind, id, file.file, table).err().map(|error| (pointer(), error)));
            false
        });
    }
    let diagnostics = refused.iter().map(|(pointer, error)| disagreement(file, pointer, error)).collect();
    (entities, diagnostics)
}

/// Deserializes tables that are no entities.
struct Once<'a, 'p> {
    parsed: &'a [Parsed<'p>],
    broken: &'a Broken,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Once<'_, '_> {
    fn table<T: serde::de::DeserializeOwned>(&mut self, name: &str) -> Option<Located<T>> {
        let pointer = format!("/{name}");
        let (file, table) = self.parsed.iter().find_map(|file| Some((file, file.instance.get(name)?)))?;
        self.read(file, pointer, table)
    }

    /// What is whole of a broken `[stack]`: the name in the report and the day on which it is judged stand there.
    fn rest_of_company(&mut self) -> Option<Located<Company>> {
        let pointer = "/stack".to_owned();
        let (file, table) = self.parsed.iter().find_map(|file| Some((file, file.instance.get("stack")?)))?;
        let wrong = self.broken.get(&(file.file, pointer.clone()))?;
        let Value::Object(mut table) = table.to_value() else { return None };
        for value in wrong.iter().filter_map(|value| value.strip_prefix("/stack/")) {
            let mut tokens = value.split('/').map(|token| token.replace("~1", "/").replace("~0", "~"));
            match (tokens.next(), tokens.next()) {
                // One wrong assumption is no reason to judge no other.
                (Some(key), Some(inner)) if key == "risk" => {
                    let risk = table.get_mut("risk").and_then(Value::as_object_mut);
                    risk.map(|risk| risk.remove(&inner));
                }
                (Some(key), _) => drop(table.remove(&key)),
                (None, _) => {}
            }
        }
        table.entry("name").or_insert_with(|| "".into());
        Some(Located { file: file.file, pointer, body: serde::Deserialize::deserialize(Value::Object(table)).ok()? })
    }

    fn list<T: serde::de::DeserializeOwned>(&mut self, name: &str) -> Vec<Located<T>> {
        let mut all = Vec::new();
        for file in self.parsed {
            for (index, table) in file.instance.get(name).into_iter().flat_map(Instance::elements).enumerate() {
                all.extend(self.read(file, format!("/{name}/{index}"), table));
            }
        }
        all
    }

    fn read<T: serde::de::DeserializeOwned>(&mut self, file: &Parsed<'_>, pointer: String, table: &Instance<'_>) -> Option<Located<T>> {
        if self.broken.contains_key(&(file.file, pointer.clone())) {
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
    let span = instance::follow(file.tree().get_ref(), pointer).span();
    Diagnostic::new(&INVALID_VALUE, "stack", Span::new(file.file, span), format!("this table cannot be read: {error}"))
        .key(format!("{}:{pointer}", file.path))
        .help("mend the value; if it is right, report this as a mistake in linchpin")
}

/// A stack whose root file does not hold `[stack]`. One that cannot be read, or stops being TOML, may hold it.
pub fn missing_company(parsed: &[Parsed<'_>]) -> Option<Diagnostic> {
    let root = parsed.iter().find(|file| file.path == ROOT_FILE)?;
    let may_hold =
        !root.syntax.diagnostics.is_empty() && syntax::headers(root.text).iter().any(|header| header.words.first() == Some(&"stack"));
    if root.instance.get("stack").is_some() || root.syntax.stops_at.is_some() || may_hold {
        return None;
    }
    let elsewhere = parsed.iter().find(|file| file.instance.get("stack").is_some());
    let help = elsewhere.map_or_else(
        || "add `[stack]` with `name = \"…\"`, the company's name".to_owned(),
        |file| format!("it stands in `{}`: move it here, because this file marks the root", file.path),
    );
    let message = format!("`{ROOT_FILE}` has no `[stack]`");
    Some(Diagnostic::new(&MISSING_FIELD, "stack", Span::new(root.file, 0..0), message).key("stack").help(help))
}
