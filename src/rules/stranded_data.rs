use std::collections::{BTreeMap, BTreeSet};

use super::{Context, wording};
use crate::{
    diagnostic::declare_rule,
    graph::{Graph, carried},
    model::{AnyEntity, Entity, Tool},
};

declare_rule! {
    /// ## What it checks
    /// A live tool that `captures` an object whose records no path of live integrations carries to the system of
    /// record, or to a tool that is the one of that object by `system-of-record-for`. Every integration on the way has to carry the records, in that direction, under the name that they
    /// have there.
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
    /// system of record: `system-of-record-for`.
    pub RULE = "stranded-data", Integration, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let reach = cx.analysis.reach();
    let Some(record) = reach.system_of_record() else { return };
    for tool in cx.stack.tools.values().filter(|tool| tool.is_live()) {
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
    let stack = cx.stack;
    let onward = Onward::new(cx.graph, tool.id.as_str());
    let (name, goal) = (&tool.about.name, &record.about.name);
    for (object, index) in stranded {
        let message = format!("no path of integrations carries `{object}` from `{}` to the system of record, {goal}", tool.address());
        let next = onward.of(object);
        let (how_far, help) = if onward.is_empty() {
            (format!("no live integration leads out of {name}"), format!("describe the integration that carries `{object}` on"))
        } else if next.is_empty() {
            let to = wording::all_of(stack, onward.tools());
            (
                format!("live integrations lead from {name} to {to}, but none lists `{object}` among what travels that way"),
                format!("add `{object}` to the `objects` of an integration that carries it on, or describe the one that does"),
            )
        } else {
            let to = wording::all_of(stack, next);
            (
                format!("`{object}` gets from {name} to {to}, but not from there to {goal}"),
                format!(
                    "add `{object}`, or the name that its records have there, to the `objects` of the integrations between there and {goal}"
                ),
            )
        };
        let finding = cx
            .at(&RULE, tool, &format!("captures/{index}"), message)
            .label("stays here")
            .key(*object)
            .note(how_far)
            .related(record.address(), Some(cx.header(record)), "the system of record")
            .help(format!("{help}; if another tool is the system of record for it, say so there: `system-of-record-for = [\"{object}\"]`"));
        cx.report(finding);
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
}

impl<'a> Onward<'a> {
    /// Looks once at what leaves a tool.
    fn new(graph: &Graph<'a>, tool: &str) -> Self {
        let mut onward = Self::default();
        for (integration, hop, to) in graph.leaving(tool).filter(|(integration, ..)| integration.is_live()) {
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

    fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    fn tools(&self) -> impl Iterator<Item = &'a str> {
        self.all.iter().copied()
    }

    fn of(&self, object: &str) -> BTreeSet<&'a str> {
        self.listed.get(object).into_iter().flatten().chain(&self.unlisted).copied().collect()
    }
}
