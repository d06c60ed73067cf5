//! What only the whole can tell: conditions against fields, stages against stages, bounds against bounds.
//!
//! Spans are asked of [`Sources`] by pointer, so that a stack without mistakes pays nothing for them.

use std::collections::BTreeSet;

use super::{
    assign::assign,
    condition::{self, KnownFields},
    explain::listed,
    ids::Ids,
    salvage::Salvaged,
    suggest::{Advice, Near, Suggest},
    validity::{INVALID_SUPPRESSION, INVALID_VALUE, UNKNOWN_REFERENCE},
};
use crate::{
    diagnostic::{Diagnostic, Fix, Rule},
    model::{
        Address, AnyEntity, Contract, Date, Entities, Entity, Fields, Lifecycle, Located, Record, Routing, Scoring, Stack, UNROUTED, slug,
    },
    source::{FileId, Sources, Span},
};

/// The entity that is being checked, and where mistakes go.
pub struct Cx<'a> {
    sources: &'a Sources,
    suggest: &'a mut Suggest,
    found: &'a mut Vec<Diagnostic>,
    file: FileId,
    entity: String,
    subject: String,
    base: String,
}

impl Cx<'_> {
    /// Reports a mistake in the value at a pointer.
    pub fn report(&mut self, rule: &'static Rule, pointer: &str, message: String, advice: impl Into<Advice>) {
        let span = self.sources.span(self.file, pointer);
        self.push(rule, pointer, span, message, advice.into());
    }

    /// Reports a mistake in the key at a pointer.
    pub fn report_key(&mut self, rule: &'static Rule, pointer: &str, message: String, advice: impl Into<Advice>) {
        let span = self.sources.key_span(self.file, pointer);
        self.push(rule, pointer, span, message, advice.into());
    }

    /// Reports that a table at the second pointer lacks the key of the first.
    pub fn report_within(&mut self, rule: &'static Rule, (pointer, table): (&str, &str), message: String, advice: impl Into<Advice>) {
        let span = self.sources.span(self.file, table);
        self.push(rule, pointer, span, message, advice.into());
    }

    fn push(&mut self, rule: &'static Rule, pointer: &str, span: Span, message: String, advice: Advice) {
        let key = pointer.strip_prefix(&self.base).unwrap_or(pointer).trim_start_matches('/').replace('/', ".");
        let fix = advice.change.map(|change| Fix { file: self.file, pointer: pointer.to_owned(), change });
        let diagnostic = Diagnostic::new(rule, &self.subject, span, message).help(advice.help);
        self.found.push(Diagnostic { key: Some(key).filter(|key| !key.is_empty()), fix, ..diagnostic });
    }

    /// Turns to a part of the entity: the smallest thing concerned is the subject.
    fn turn_to(&mut self, word: &str, name: &str, base: String) {
        let name = if word == "stage" { name.to_owned() } else { slug(name) };
        self.subject = if name.is_empty() { self.entity.clone() } else { format!("{}.{word}.{name}", self.entity) };
        self.base = if name.is_empty() { base.split('/').take(3).collect::<Vec<_>>().join("/") } else { base };
    }

    /// Returns the known word nearest to an unknown one.
    pub fn near<'w>(&mut self, pool: &str, got: &str, known: impl IntoIterator<Item = &'w str>) -> Option<Near> {
        let pool = format!("{}/{pool}", self.entity);
        self.suggest.near(&pool, got, known)
    }

    /// Reports a lower bound that is above the upper one.
    pub fn ordered(&mut self, pointer: &str, low: (&str, Option<f64>), high: (&str, Option<f64>)) {
        if let (Some(least), Some(most)) = (low.1, high.1)
            && least > most
        {
            let message = format!("`{}` is above `{}`: nothing lies between {least} and {most}", low.0, high.0);
            self.report(&INVALID_VALUE, &format!("{pointer}/{}", low.0), message, "swap the two, or mend one of them");
        }
    }
}

/// What is known when the entities are checked.
struct Known<'a> {
    stack: &'a Stack,
    salvaged: &'a Salvaged,
    ids: &'a Ids,
}

impl<'a> Known<'a> {
    /// The fields that an entity may speak of: its own, or those of its object.
    fn fields(&self, address: &Address, own: Option<&'a Fields>, object: Option<&str>) -> KnownFields<'a> {
        static NONE: Fields = Fields::new();
        let unread = |address: &str| self.salvaged.unread.get(address);
        let is_lost = self.ids.lost.contains(address.as_str());
        if own.is_some() || unread(address.as_str()).is_some() {
            return KnownFields::new(own.unwrap_or(&NONE), unread(address.as_str()), is_lost);
        }
        let Some(object) = object else { return KnownFields::new(&NONE, None, is_lost) };
        let declared = self.stack.objects.get(object).or_else(|| self.salvaged.entities.objects.get(object));
        let address = format!("object.{object}");
        // An object that nothing declares has no fields; of one that cannot be read, or whose name is wrong, nobody knows them.
        let is_unknown = declared.is_none() && (self.ids.is_declared(&address) || !self.ids.has("object", object));
        let fields = declared.map_or(&NONE, |object| &object.body.fields);
        KnownFields::new(fields, unread(&address), is_lost || is_unknown || self.ids.lost.contains(&address))
    }
}

/// Iterates over what is whole of all entities of a kind.
fn each<'a, T>(whole: &'a Entities<T>, salvaged: &'a Entities<T>) -> impl Iterator<Item = &'a Entity<T>> {
    whole.values().chain(salvaged.values())
}

/// Checks every entity of the stack as far as it could be read.
pub fn check(stack: &Stack, salvaged: &Salvaged, sources: &Sources, ids: &Ids, suggest: &mut Suggest) -> Vec<Diagnostic> {
    let known = Known { stack, salvaged, ids };
    let rest = &salvaged.entities;
    let mut found = Vec::new();
    let mut enter = |file: FileId, subject: String, base: String, check: &mut dyn FnMut(&mut Cx<'_>)| {
        check(&mut Cx { sources, suggest, found: &mut found, file, entity: subject.clone(), subject, base });
    };
    let company = &stack.company;
    enter(company.file, "stack".into(), String::new(), &mut |cx| {
        let risk = &company.risk;
        let ranges = [
            ("hourly-rate", risk.hourly_rate),
            ("weeks-to-replace", risk.weeks_to_replace),
            ("weeks-to-replace-tool", risk.weeks_to_replace_tool),
        ];
        for (name, range) in ranges {
            if let Some(range) = range {
                cx.ordered(&format!("/stack/risk/{name}"), ("low", Some(range.low.0)), ("high", Some(range.high.0)));
            }
        }
    });
    for entity in each(&stack.objects, &rest.objects) {
        enter(entity.file, entity.address().to_string(), entity.pointer(), &mut |cx| {
            condition::fields(cx, &format!("{}/fields", entity.pointer()), &entity.fields);
        });
    }
    for entity in each(&stack.lifecycles, &rest.lifecycles) {
        enter(entity.file, entity.address().to_string(), entity.pointer(), &mut |cx| lifecycle(cx, entity, &known));
    }
    for entity in each(&stack.routings, &rest.routings) {
        enter(entity.file, entity.address().to_string(), entity.pointer(), &mut |cx| routing(cx, entity, &known));
    }
    for entity in each(&stack.scorings, &rest.scorings) {
        enter(entity.file, entity.address().to_string(), entity.pointer(), &mut |cx| scoring(cx, entity, &known));
    }
    for entity in each(&stack.metrics, &rest.metrics) {
        enter(entity.file, entity.address().to_string(), entity.pointer(), &mut |cx| {
            let target = entity.target.as_ref();
            let at = format!("{}/target", entity.pointer());
            cx.ordered(&at, ("min", target.and_then(|target| target.min)), ("max", target.and_then(|target| target.max)));
        });
    }
    for entity in each(&stack.contracts, &rest.contracts) {
        enter(entity.file, entity.address().to_string(), entity.pointer(), &mut |cx| contract(cx, entity, &known));
    }
    found
}

/// A contract without `covers` pays for the tool of its own id.
fn contract(cx: &mut Cx<'_>, contract: &Entity<Contract>, known: &Known<'_>) {
    let id = contract.id.as_str();
    let is_written = || cx.sources.has(contract.file, &format!("{}/covers", contract.pointer()));
    if contract.covers.is_some() || known.ids.has("tool", id) || is_written() {
        return;
    }
    let tools = known.ids.pools.get("tool").into_iter().flatten().map(String::as_str);
    let help = cx.near("tool", id, tools).map_or_else(
        || "say which tools it pays for: `covers = [\"…\"]`".to_owned(),
        |near| format!("say what it covers: did you mean `covers = [\"{}\"]`?", near.word),
    );
    cx.report_key(&UNKNOWN_REFERENCE, &contract.pointer(), format!("no tool `{id}` for this contract to cover"), help);
}

fn lifecycle(cx: &mut Cx<'_>, lifecycle: &Entity<Lifecycle>, known: &Known<'_>) {
    if known.ids.lost.contains(lifecycle.address().as_str()) {
        return;
    }
    let known: BTreeSet<&str> = lifecycle.stage.iter().map(|stage| stage.id.as_str()).collect();
    for (index, stage) in lifecycle.stage.iter().enumerate() {
        let at = format!("{}/stage/{index}", lifecycle.pointer());
        cx.turn_to("stage", stage.id.as_str(), at.clone());
        let next = stage.next.iter().flatten().enumerate().map(|(n, id)| (format!("{at}/next/{n}"), id));
        let back = stage.recycle.iter().map(|recycle| (format!("{at}/recycle/to"), &recycle.to));
        for (pointer, id) in next.chain(back).filter(|(_, id)| !known.contains(id.as_str())) {
            let near = cx.near("stages", id.as_str(), known.iter().copied());
            let listed = || listed("stages of this lifecycle are", known.iter().copied()).into();
            let advice = near.map_or_else(listed, Near::for_value);
            cx.report(&UNKNOWN_REFERENCE, &pointer, format!("no stage `{id}` in this lifecycle"), advice);
        }
    }
}

fn routing(cx: &mut Cx<'_>, routing: &Entity<Routing>, known: &Known<'_>) {
    let at = routing.pointer();
    let address = routing.address();
    let fields = known.fields(&address, routing.fields.as_ref(), Some(routing.object.as_str()));
    if let Some(own) = &routing.fields {
        condition::fields(cx, &format!("{at}/fields"), own);
    }
    for (index, rule) in routing.rule.iter().enumerate() {
        cx.turn_to("rule", rule.name.as_str(), format!("{at}/rule/{index}"));
        if rule.name.as_str() == UNROUTED {
            let help = format!("tests write `{UNROUTED}` for records that no rule takes: choose another name");
            cx.report(&INVALID_VALUE, &format!("{at}/rule/{index}/name"), format!("a rule cannot be called `{UNROUTED}`"), help);
        }
        if let Some(when) = &rule.when {
            condition::when(cx, &format!("{at}/rule/{index}/when"), when, &fields);
        }
        assign(cx, &format!("{at}/rule/{index}/assign"), &rule.assign);
    }
    // An unreadable name stands as an empty one: any test may mean it.
    let names: Vec<&str> = routing.rule.iter().map(|rule| rule.name.as_str()).chain([UNROUTED]).collect();
    let is_open = names.contains(&"") || known.ids.lost.contains(address.as_str());
    let is_whole = known.stack.routings.contains_key(routing.id.as_str());
    for (index, test) in routing.test.iter().enumerate() {
        cx.turn_to("test", test.name.as_str(), format!("{at}/test/{index}"));
        record(cx, &format!("{at}/test/{index}/record"), &test.record, &fields, is_whole);
        if !is_open && !names.contains(&test.expect.as_str()) {
            let near = cx.near("rules", &test.expect, names.iter().copied());
            let advice = near.map_or_else(|| format!("write the name of a rule, or `{UNROUTED}`").into(), Near::for_value);
            let message = format!("no rule `{}` in this routing", test.expect);
            cx.report(&UNKNOWN_REFERENCE, &format!("{at}/test/{index}/expect"), message, advice);
        }
    }
}

fn scoring(cx: &mut Cx<'_>, scoring: &Entity<Scoring>, known: &Known<'_>) {
    let at = scoring.pointer();
    let object = scoring.object.as_ref().map(crate::model::Ref::as_str);
    let fields = known.fields(&scoring.address(), scoring.fields.as_ref(), object);
    if let Some(own) = &scoring.fields {
        condition::fields(cx, &format!("{at}/fields"), own);
    }
    for (index, criterion) in scoring.criterion.iter().enumerate() {
        cx.turn_to("criterion", criterion.name.as_str(), format!("{at}/criterion/{index}"));
        condition::when(cx, &format!("{at}/criterion/{index}/when"), &criterion.when, &fields);
    }
    let is_whole = known.stack.scorings.contains_key(scoring.id.as_str());
    for (index, test) in scoring.test.iter().enumerate() {
        cx.turn_to("test", test.name.as_str(), format!("{at}/test/{index}"));
        record(cx, &format!("{at}/test/{index}/record"), &test.record, &fields, is_whole);
    }
}

/// The record of a test. One that could not be read stands as an empty one: nobody knows what it lacks.
fn record(cx: &mut Cx<'_>, pointer: &str, record: &Record, fields: &KnownFields<'_>, is_whole: bool) {
    condition::record(cx, pointer, record, fields);
    if is_whole || !record.is_empty() {
        condition::complete(cx, pointer, record, fields);
    }
}

/// Checks that no accepted risk reaches further than a year after today. `untils` are the days of those that are wrong elsewhere.
pub fn suppressions(stack: &Stack, untils: &[Located<Date>], sources: &Sources, today: Date) -> Vec<Diagnostic> {
    let latest = today.plus_years(1);
    let whole = stack.suppressions.iter().map(|suppress| (suppress.file, &suppress.pointer, suppress.until));
    let rest = untils.iter().map(|until| (until.file, &until.pointer, until.body));
    whole
        .chain(rest)
        .filter(|(_, _, until)| *until > latest)
        .map(|(file, pointer, until)| {
            let pointer = format!("{pointer}/until");
            let message = format!("`until` is {until}, more than a year after {today}");
            Diagnostic::new(&INVALID_SUPPRESSION, "stack", sources.span(file, &pointer), message)
                .key(format!("{}:{}", sources.file(file).path(), pointer.trim_start_matches('/').replace('/', ".")))
                .help(format!("choose a day up to {latest}; a rule that does not apply is turned off in `[rules]`"))
        })
        .collect()
}
