use std::collections::{BTreeMap, BTreeSet};

use super::{Context, wording};
use crate::{
    diagnostic::declare_rule,
    graph::carried,
    model::{AnyEntity, Entity, Stack, Tool},
};

declare_rule! {
    /// ## What it checks
    /// A live production tool that `captures` an object whose records no path of live integrations carries to the system
    /// of record, or to a live production tool that is the one of that object by `system-of-record-for`. Every integration
    /// on the way has to carry the records, in that direction, under the name that they have there, and every tool on the
    /// way has to be live.
    ///
    /// ## Why it matters
    /// Records that stay where they came into being are worked by nobody: the lead is never called, the consent never
    /// counts, and the campaign looks as if it had brought nothing.
    ///
    /// ## Example
    /// ```toml
    /// [integration.typeform-hubspot]
    /// from = "typeform"
    /// to = "hubspot"
    /// method = "native"
    /// objects = ["activity"]
    /// schedule = "real-time"
    /// owner = "ben"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [integration.typeform-hubspot]
    /// from = "typeform"
    /// to = "hubspot"
    /// method = "native"
    /// objects = ["activity", "lead"]
    /// schedule = "real-time"
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// An integration that lists no `objects` counts as carrying every record under the name that it has, so what is
    /// not documented is not reported. A `filter` is not judged, and an integration done by hand carries like any
    /// other. The rule is silent while the stack names no system of record, which `no-system-of-record` reports.
    /// `standalone` does not silence it; an object whose records matter elsewhere, or in that tool only, has its own
    /// system of record: `system-of-record-for`. What comes into being in a sandbox is not missed anywhere.
    pub RULE = "stranded-data", Integration, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let reach = cx.analysis.reach();
    let Some(record) = reach.system_of_record() else { return };
    for tool in cx.stack.tools.values().filter(|tool| tool.is_live_production()) {
        let id = tool.id.as_str();
        let captured = tool.captures.iter().enumerate();
        let stranded: BTreeMap<&str, usize> =
            captured.rev().map(|(index, object)| (object.as_str(), index)).filter(|(object, _)| !reach.carries(id, object)).collect();
        if !stranded.is_empty() {
            report(cx, tool, record, &stranded);
        }
    }
}

/// Reports objects that a tool captures, given with their places in `captures`.
fn report(cx: &mut Context<'_>, tool: &Entity<Tool>, record: &Entity<Tool>, stranded: &BTreeMap<&str, usize>) {
    let onward = Onward::new(cx, tool.id.as_str());
    for (object, index) in stranded {
        let own = cx.analysis.reach().own_of(object);
        let besides: Vec<_> = own.iter().copied().filter(|tool| tool.id != record.id).collect();
        let (goal, goals) = goals(cx.stack, object, record, &besides);
        let message = format!("no path of integrations carries `{object}` from `{}` to {goal}", tool.address());
        let (how_far, help) = how_far(cx.stack, tool, object, &onward, &goals);
        let elsewhere = format!("if another tool is the system of record for it, say so there: `system-of-record-for = [\"{object}\"]`");
        let help = if own.is_empty() { format!("{help}; {elsewhere}") } else { help };
        let mut finding = cx.at(&RULE, tool, &format!("captures/{index}"), message).label("stays here").key(*object).help(help);
        finding.notes.extend(how_far.into_iter().chain(onward.idle.clone()));
        for own in besides.into_iter().take(wording::MOST) {
            finding = finding.related(own.address(), Some(cx.header(own)), format!("the system of record for `{object}`"));
        }
        cx.report(finding.related(record.address(), Some(cx.header(record)), "the system of record"));
    }
}

/// Where the records of an object should arrive, given its own systems of record: as a message names it, and the names alone.
fn goals(stack: &Stack, object: &str, record: &Entity<Tool>, own: &[&Entity<Tool>]) -> (String, String) {
    let hub = record.about.name.as_str();
    let others = || own.iter().map(|tool| tool.id.as_str());
    match own {
        [] => (format!("the system of record, {hub}"), hub.to_owned()),
        [only] => (
            format!("its system of record, {}, or to {hub}", only.about.name),
            wording::one_of(stack, others().chain([record.id.as_str()]), 2),
        ),
        several => (
            format!("one of the systems of record for `{object}`, {}, or to {hub}", wording::one_of(stack, others(), several.len())),
            wording::one_of(stack, others().chain([record.id.as_str()]), several.len() + 1),
        ),
    }
}

/// Says how far the records of an object get from a tool, and what would take them on.
fn how_far(stack: &Stack, tool: &Entity<Tool>, object: &str, onward: &Onward<'_>, goals: &str) -> (Option<String>, String) {
    let name = &tool.about.name;
    let next = onward.of(object);
    if onward.all.is_empty() {
        let how_far = onward.idle.is_none().then(|| format!("no live integration leads out of {name}"));
        (how_far, format!("describe the integration that carries `{object}` on"))
    } else if next.is_empty() {
        let to = wording::all_of(stack, onward.all.iter().copied(), onward.all.len());
        (
            Some(format!("live integrations lead from {name} to {to}, but none lists `{object}` among what travels that way")),
            format!("add `{object}` to the `objects` of an integration that carries it on, or describe the one that does"),
        )
    } else {
        let count = next.len();
        let to = wording::all_of(stack, next, count);
        (
            Some(format!("`{object}` gets from {name} to {to}, but not from there to {goals}")),
            format!(
                "add `{object}`, or the name that its records have there, to the `objects` of the integrations between there and {goals}"
            ),
        )
    }
}

/// Where live integrations take the records of a tool next.
#[derive(Default)]
struct Onward<'a> {
    /// By the name of the records.
    listed: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// Whatever the records are called, because nobody says.
    unlisted: BTreeSet<&'a str>,
    all: BTreeSet<&'a str>,
    /// What is said of those that are not live.
    idle: Option<String>,
}

impl<'a> Onward<'a> {
    /// Looks once at what leaves a tool.
    fn new(cx: &Context<'a>, tool: &str) -> Self {
        let graph = cx.graph;
        let mut onward = Self { idle: wording::idle_after(cx, tool), ..Self::default() };
        for (integration, hop, to) in graph.leaving(tool).filter(|(integration, ..)| graph.is_in_use(integration)) {
            onward.all.insert(to);
            if integration.objects.is_empty() {
                onward.unlisted.insert(to);
            }
            for (leaves, _) in carried(&integration.body, hop.forward) {
                onward.listed.entry(leaves).or_default().insert(to);
            }
        }
        onward
    }

    fn of(&self, object: &str) -> BTreeSet<&'a str> {
        self.listed.get(object).into_iter().flatten().chain(&self.unlisted).copied().collect()
    }
}
