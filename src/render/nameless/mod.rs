//! A stack without its people's names: what is rendered in place of the project where `[site]` withholds them.
//!
//! Every person becomes `Person 3` with the id `person-3`, in the stack, its documents and its history; then everything that
//! follows from the stack is computed anew. So nothing that is made from it later can know a name.

mod names;
mod past;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use self::{names::Names, table::Veil};
use super::Error;
use crate::{
    Project,
    history::{History, Missing},
    model::{AnyEntity, Kind, Redaction, Shape, Stack, StackEntities},
    policy::{Report, Request},
};

/// What a reader sees where a name is withheld and nothing else stands for it.
const WITHHELD: &str = "withheld";

/// A project without names, and its history if there is one.
pub(super) struct Nameless {
    pub(super) project: Project,
    pub(super) history: Option<Result<History, Missing>>,
}

/// What an entity is called instead, by kind and id.
type Renamed = BTreeMap<(Kind, String), String>;

/// Makes what is shown in place of a project, if its stack withholds people.
pub(super) fn nameless(project: &Project, history: Option<&Result<History, Missing>>) -> Result<Option<Nameless>, Error> {
    if !project.stack.site.as_ref().is_some_and(|site| site.redact.contains(&Redaction::People)) {
        return Ok(None);
    }
    let (names, renamed) = called(&project.stack);
    let veil = Veil { names: &names, renamed: &renamed };
    let stack = veiled(&project.stack, &veil)?;
    let pointers = renamed.iter().map(|((kind, id), new)| {
        let pointer = |id: &str| format!("/{}/{id}", kind.name());
        (pointer(new), pointer(id))
    });
    let documents: BTreeSet<_> = project.documents.values().copied().collect();
    let text = |id, text: &str| if documents.contains(&id) { names.text(text).into_owned() } else { text.to_owned() };
    let sources = project.sources.renamed(|path| names.slug(path), text, pointers.collect());
    let documents = project.documents.iter().map(|(id, file)| (veil.id(Kind::Runbook, id).to_owned(), *file)).collect();
    let history = history.map(|read| match read {
        Ok(history) => Ok(past::nameless(history, project, &stack, &renamed)),
        Err(missing) => Err(missing.clone()),
    });
    let mut shown = Project {
        root: project.root.clone(),
        sources,
        stack,
        files: project.files,
        documents,
        logo: project.logo.clone(),
        today: project.today,
        report: Report::default(),
    };
    // As the project was judged by default: the stack is valid, or there would be no site.
    shown.report = shown.judged(&Request::default());
    Ok(Some(Nameless { project: shown, history }))
}

/// Decides what everybody is called, numbered by the order of their ids, and everything else whose id holds a name.
fn called(stack: &Stack) -> (Names, Renamed) {
    let about = |entity: &dyn AnyEntity| stack.name(entity).into_owned();
    let kept_kinds = [Kind::Tool, Kind::Unit, Kind::Object];
    let kept: Vec<String> =
        kept_kinds.into_iter().flat_map(|kind| stack.of(kind)).map(about).chain([stack.company.name.to_string()]).collect();
    let kept: BTreeSet<&str> = kept.iter().flat_map(|name| name.split(|c: char| !c.is_alphanumeric())).collect();
    let mut names = Names::default();
    let mut renamed = Renamed::new();
    let mut number = 0;
    for person in stack.people.values() {
        // Teams share their ids with people.
        number += 1;
        while stack.teams.contains_key(format!("person-{number}").as_str()) {
            number += 1;
        }
        let id = format!("person-{number}");
        names.add(person, &id, &format!("Person {number}"), |word| kept.contains(word));
        renamed.insert((Kind::Person, person.id.to_string()), id);
    }
    for entity in stack.all().filter(|entity| entity.kind() != Kind::Person) {
        let (kind, id) = (entity.kind(), entity.id().as_str());
        let mut new = names.slug(id);
        if new != id {
            while stack.get(kind, &new).is_some() || renamed.iter().any(|((of, _), taken)| *of == kind && *taken == new) {
                new.push_str("-x");
            }
            renamed.insert((kind, id.to_owned()), new);
        }
    }
    (names, renamed)
}

/// Returns the stack without names.
fn veiled(stack: &Stack, veil: &Veil<'_>) -> Result<Stack, Error> {
    let failed = |error: serde_json::Error| Error::Data(error.to_string());
    let mut shown = Stack { entities: StackEntities::default(), ..stack.clone() };
    for entity in stack.all() {
        let (kind, id) = (entity.kind(), entity.id().as_str());
        let new = veil.id(kind, id);
        let mut table = entity.json();
        veil.cover(Shape::of(kind), &mut table);
        if kind == Kind::Person {
            anonymous(&mut table, new);
        }
        shown.entities.insert(kind, new, entity.file(), table).map_err(failed)?;
    }
    veil.once("stack", &mut shown.company).map_err(failed)?;
    shown.site.as_mut().map_or(Ok(()), |site| veil.once("site", site)).map_err(failed)?;
    shown.charter.as_mut().map_or(Ok(()), |charter| veil.once("charter", charter)).map_err(failed)?;
    shown.privacy.as_mut().map_or(Ok(()), |privacy| veil.once("privacy", privacy)).map_err(failed)?;
    for part in &mut shown.overrides {
        veil.scope(part).map_err(failed)?;
    }
    for accepted in &mut shown.suppressions {
        veil.each("suppress", accepted).map_err(failed)?;
    }
    Ok(shown)
}

/// Leaves of a person what tells what they do for the stack, and nothing that tells who they are.
fn anonymous(table: &mut serde_json::Value, id: &str) {
    let Some(table) = table.as_object_mut() else { return };
    let label = id.replacen("person-", "Person ", 1);
    table.insert("name".to_owned(), label.into());
    for (key, value) in [("title", WITHHELD.to_owned()), ("email", format!("{id}@{WITHHELD}.invalid"))] {
        if let Some(known) = table.get_mut(key) {
            *known = value.into();
        }
    }
    for key in ["description", "links", "renamed-from", "tags"] {
        table.remove(key);
    }
}
