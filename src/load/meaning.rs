//! What only the whole can tell: conditions against fields, stages against stages, files that runbooks name.
//!
//! Spans are asked of [`Sources`] by pointer, so that a stack without mistakes pays nothing for them.

use std::{
    collections::BTreeSet,
    path::{Component, Path},
};

use super::{
    condition::{self, UNROUTED},
    ids::Ids,
    suggest::Suggest,
    validity::{INVALID_SUPPRESSION, INVALID_VALUE, UNKNOWN_REFERENCE, UNREADABLE_FILE},
    walk,
};
use crate::{
    diagnostic::{Diagnostic, Rule},
    model::{AnyEntity, Date, Entities, Entity, Fields, Lifecycle, Routing, Runbook, Scoring, Stack},
    source::{FileId, SourceFile, Sources, Span},
};

/// The entity that is being checked, and where mistakes go.
pub struct Cx<'a> {
    sources: &'a Sources,
    suggest: &'a mut Suggest,
    found: &'a mut Vec<Diagnostic>,
    file: FileId,
    subject: String,
    base: String,
}

impl Cx<'_> {
    /// Reports a mistake in the value at a pointer.
    pub fn report(&mut self, rule: &'static Rule, pointer: &str, message: String, help: String) {
        let span = self.sources.span(self.file, pointer);
        self.push(rule, pointer, span, message, help);
    }

    /// Reports a mistake in the key at a pointer.
    pub fn report_key(&mut self, rule: &'static Rule, pointer: &str, message: String, help: String) {
        let span = self.sources.key_span(self.file, pointer);
        self.push(rule, pointer, span, message, help);
    }

    fn push(&mut self, rule: &'static Rule, pointer: &str, span: Span, message: String, help: String) {
        let key = pointer.strip_prefix(&self.base).unwrap_or(pointer).trim_start_matches('/').replace('/', ".");
        self.found.push(Diagnostic::new(rule, &self.subject, span, message).key(key).help(help));
    }

    /// Returns the known word nearest to an unknown one.
    pub fn near<'w>(&mut self, pool: &str, got: &str, known: impl IntoIterator<Item = &'w str>) -> Option<String> {
        let pool = format!("{}/{pool}", self.subject);
        self.suggest.near(&pool, got, known)
    }

    /// Reports a lower bound that is above the upper one.
    pub fn ordered(&mut self, pointer: &str, low: (&str, Option<f64>), high: (&str, Option<f64>)) {
        if let (Some(least), Some(most)) = (low.1, high.1)
            && least > most
        {
            let message = format!("`{}` is above `{}`: nothing lies between {least} and {most}", low.0, high.0);
            self.report(&INVALID_VALUE, &format!("{pointer}/{}", low.0), message, "swap the two, or mend one of them".into());
        }
    }
}

/// Checks every entity of the stack that could be read.
pub fn check(stack: &Stack, sources: &Sources, ids: &Ids, suggest: &mut Suggest) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut enter = |file: FileId, subject: String, base: String, check: &mut dyn FnMut(&mut Cx<'_>)| {
        check(&mut Cx { sources, suggest, found: &mut found, file, subject, base });
    };
    let company = &stack.company;
    enter(company.file, "stack".into(), "/stack".into(), &mut |cx| {
        for (name, range) in [("hourly-rate", company.risk.hourly_rate), ("weeks-to-replace", company.risk.weeks_to_replace)] {
            if let Some(range) = range {
                cx.ordered(&format!("/stack/risk/{name}"), ("low", Some(range.low.0)), ("high", Some(range.high.0)));
            }
        }
    });
    for entity in stack.objects.values() {
        enter(entity.file, entity.address().to_string(), entity.pointer(), &mut |cx| {
            condition::fields(cx, &format!("{}/fields", entity.pointer()), &entity.fields);
        });
    }
    for entity in stack.lifecycles.values() {
        enter(entity.file, entity.address().to_string(), entity.pointer(), &mut |cx| lifecycle(cx, entity));
    }
    for entity in stack.routings.values() {
        enter(entity.file, entity.address().to_string(), entity.pointer(), &mut |cx| routing(cx, entity, stack));
    }
    for entity in stack.scorings.values() {
        enter(entity.file, entity.address().to_string(), entity.pointer(), &mut |cx| scoring(cx, entity, stack));
    }
    for entity in stack.metrics.values() {
        enter(entity.file, entity.address().to_string(), entity.pointer(), &mut |cx| {
            let target = entity.target.as_ref();
            let at = format!("{}/target", entity.pointer());
            cx.ordered(&at, ("min", target.and_then(|target| target.min)), ("max", target.and_then(|target| target.max)));
        });
    }
    for entity in stack.contracts.values().filter(|contract| contract.covers.is_none() && !ids.has("tool", contract.id.as_str())) {
        enter(entity.file, entity.address().to_string(), entity.pointer(), &mut |cx| {
            let message = format!("no tool `{}` for this contract to cover", entity.id);
            let near = cx.near("tool", entity.id.as_str(), stack.tools.keys().map(crate::model::Id::as_str));
            let help = near.map_or_else(
                || "say which tools it pays for: `covers = [\"…\"]`".to_owned(),
                |near| format!("say what it covers: did you mean `covers = [\"{near}\"]`?"),
            );
            cx.report_key(&UNKNOWN_REFERENCE, &entity.pointer(), message, help);
        });
    }
    found
}

fn lifecycle(cx: &mut Cx<'_>, lifecycle: &Entity<Lifecycle>) {
    let known: BTreeSet<&str> = lifecycle.stage.iter().map(|stage| stage.id.as_str()).collect();
    for (index, stage) in lifecycle.stage.iter().enumerate() {
        let at = format!("{}/stage/{index}", lifecycle.pointer());
        let next = stage.next.iter().flatten().enumerate().map(|(n, id)| (format!("{at}/next/{n}"), id));
        let back = stage.recycle.iter().map(|recycle| (format!("{at}/recycle/to"), &recycle.to));
        for (pointer, id) in next.chain(back).filter(|(_, id)| !known.contains(id.as_str())) {
            let near = cx.near("stages", id.as_str(), known.iter().copied());
            let help = near.map_or_else(
                || format!("stages of this lifecycle are {}", known.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            cx.report(&UNKNOWN_REFERENCE, &pointer, format!("no stage `{id}` in this lifecycle"), help);
        }
    }
}

/// The fields that a routing or scoring reads: its own, or those of its object.
fn fields_of<'a>(own: Option<&'a Fields>, object: Option<&str>, stack: &'a Stack) -> Option<&'a Fields> {
    own.or_else(|| object.and_then(|object| stack.objects.get(object)).map(|object| &object.body.fields))
}

fn routing(cx: &mut Cx<'_>, routing: &Entity<Routing>, stack: &Stack) {
    let at = routing.pointer();
    let none = Fields::new();
    let fields = fields_of(routing.fields.as_ref(), Some(routing.object.as_str()), stack).unwrap_or(&none);
    if let Some(own) = &routing.fields {
        condition::fields(cx, &format!("{at}/fields"), own);
    }
    for (index, rule) in routing.rule.iter().enumerate() {
        if rule.name.as_str() == UNROUTED {
            let help = format!("tests write `{UNROUTED}` for records that no rule takes: choose another name");
            cx.report(&INVALID_VALUE, &format!("{at}/rule/{index}/name"), format!("a rule cannot be called `{UNROUTED}`"), help);
        }
        if let Some(when) = &rule.when {
            condition::when(cx, &format!("{at}/rule/{index}/when"), when, fields);
        }
    }
    let names: Vec<&str> = routing.rule.iter().map(|rule| rule.name.as_str()).chain([UNROUTED]).collect();
    for (index, test) in routing.test.iter().enumerate() {
        condition::record(cx, &format!("{at}/test/{index}/record"), &test.record, fields);
        if !names.contains(&test.expect.as_str()) {
            let near = cx.near("rules", &test.expect, names.iter().copied());
            let help = near.map_or_else(|| format!("write the name of a rule, or `{UNROUTED}`"), |near| format!("did you mean `{near}`?"));
            cx.report(&UNKNOWN_REFERENCE, &format!("{at}/test/{index}/expect"), format!("no rule `{}` in this routing", test.expect), help);
        }
    }
}

fn scoring(cx: &mut Cx<'_>, scoring: &Entity<Scoring>, stack: &Stack) {
    let at = scoring.pointer();
    let none = Fields::new();
    let object = scoring.object.as_ref().map(crate::model::Ref::as_str);
    let fields = fields_of(scoring.fields.as_ref(), object, stack).unwrap_or(&none);
    if let Some(own) = &scoring.fields {
        condition::fields(cx, &format!("{at}/fields"), own);
    }
    for (index, criterion) in scoring.criterion.iter().enumerate() {
        condition::when(cx, &format!("{at}/criterion/{index}/when"), &criterion.when, fields);
    }
    for (index, test) in scoring.test.iter().enumerate() {
        condition::record(cx, &format!("{at}/test/{index}/record"), &test.record, fields);
    }
}

/// Checks that no accepted risk reaches further than a year after today.
pub fn suppressions(stack: &Stack, sources: &Sources, today: Date) -> Vec<Diagnostic> {
    let latest = today.plus_days(366);
    let too_far = stack.suppressions.iter().filter(|suppress| suppress.until > latest);
    too_far
        .map(|suppress| {
            let pointer = format!("{}/until", suppress.pointer);
            let message = format!("`until` is {}, more than a year after {today}", suppress.until);
            Diagnostic::new(&INVALID_SUPPRESSION, "stack", sources.span(suppress.file, &pointer), message)
                .key(format!("{}:{pointer}", sources.file(suppress.file).path()))
                .help(format!("choose a day up to {latest}; a rule that does not apply is turned off in `[rules]`"))
        })
        .collect()
}

/// Reads the files that runbooks name. What cannot be read is reported at the key that names it.
pub fn documents(root: &Path, runbooks: &Entities<Runbook>, sources: &mut Sources) -> (Vec<(String, FileId)>, Vec<Diagnostic>) {
    let mut read = Vec::new();
    let mut found = Vec::new();
    for runbook in runbooks.values() {
        let Some(file) = &runbook.file_name() else { continue };
        match document(root, file) {
            Ok(text) => {
                let id = sources.add(SourceFile::new((*file).to_owned(), text));
                read.push((runbook.id.to_string(), id));
            }
            Err(refusal) => {
                let span = sources.span(runbook.file, &format!("{}/file", runbook.pointer()));
                let message = format!("`{file}` cannot be a runbook: {}", refusal.reason);
                found.push(Diagnostic::new(&UNREADABLE_FILE, runbook.address(), span, message).key("file").help(refusal.help));
            }
        }
    }
    (read, found)
}

impl Entity<Runbook> {
    /// Returns the path of the file with the steps, if there is one.
    pub fn file_name(&self) -> Option<&str> {
        self.body.file.as_ref().map(crate::model::FilePath::as_str)
    }
}

/// Reads a Markdown file inside the stack, without following links.
fn document(root: &Path, name: &str) -> Result<String, walk::Refusal> {
    let refuse = |reason: &str, help| Err(walk::Refusal::new(reason, help));
    let relative = Path::new(name);
    if name.contains('\\') || relative.components().any(|part| !matches!(part, Component::Normal(_))) {
        return refuse("the path leaves the stack's folder", "write a path below the stack's folder, such as `runbooks/launch.md`");
    }
    if relative.extension().is_none_or(|extension| extension != "md") {
        return refuse("it is no Markdown file", "name a file that ends in `.md`");
    }
    let mut path = root.to_owned();
    for part in relative.components() {
        if part.as_os_str().to_string_lossy().starts_with('.') {
            return refuse("a part of its path is hidden", "move it to a folder whose name does not start with a dot");
        }
        path.push(part);
        match path.symlink_metadata() {
            Err(_) => return refuse("there is no such file", "write the file, or mend the path; it is relative to the stack's folder"),
            Ok(metadata) if metadata.is_symlink() => return refuse("a part of its path is a symbolic link", "put the file itself there"),
            Ok(_) => {}
        }
    }
    walk::read_file(&path)
}
