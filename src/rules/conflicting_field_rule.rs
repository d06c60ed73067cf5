use std::collections::{BTreeMap, BTreeSet};

use super::{Context, wording};
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    graph::{Place, Write},
    model::{Address, AnyEntity, Entity, FieldRule, Integration, Ref},
};

declare_rule! {
    /// ## What it checks
    /// Two live integrations or more that write one field of one object in one tool by different rules: by `overwrite`,
    /// `fill-blank`, `newest` or `master`, or by `master` with different masters. All that write it are named.
    ///
    /// ## Why it matters
    /// One integration spares the value that is there, the other overwrites it. What the field says depends on which of
    /// them ran last, and nobody can tell from either of them.
    ///
    /// ## Example
    /// ```toml
    /// [integration.typeform-hubspot]
    /// from = "typeform"
    /// to = "hubspot"
    /// method = "native"
    /// objects = ["lead"]
    /// fields = [{ from = "country", to = "country", object = "lead", rule = "fill-blank" }]
    /// owner = "ben"
    ///
    /// [integration.google-ads-hubspot]
    /// from = "google-ads"
    /// to = "hubspot"
    /// method = "native"
    /// objects = ["lead"]
    /// fields = [{ from = "region", to = "country", object = "lead", rule = "overwrite" }]
    /// owner = "ben"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [integration.typeform-hubspot]
    /// from = "typeform"
    /// to = "hubspot"
    /// method = "native"
    /// objects = ["lead"]
    /// fields = [{ from = "country", to = "country", object = "lead", rule = "fill-blank" }]
    /// owner = "ben"
    ///
    /// [integration.google-ads-hubspot]
    /// from = "google-ads"
    /// to = "hubspot"
    /// method = "native"
    /// objects = ["lead"]
    /// fields = [{ from = "region", to = "country", object = "lead", rule = "fill-blank" }]
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// A mapping without a `rule` says nothing and is not compared, nor is one by `master` that does not name its
    /// `master`. Integrations of different business units write different records. A mapping without an `object` is about
    /// every object that its integration carries. What one integration alone says twice is its own affair.
    pub RULE = "conflicting-field-rule", Integration, Warning
}

/// By which rule a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Settled<'a> {
    Overwrite,
    FillBlank,
    Newest,
    Master(&'a str),
}

/// A write that says by which rule it writes.
#[derive(Clone, Copy)]
struct Writer<'c, 'a> {
    write: &'c Write<'a>,
    settled: Settled<'a>,
    unit: Option<&'a str>,
}

pub(super) fn check(cx: &mut Context<'_>) {
    let mut by_place: BTreeMap<Place<'_>, Vec<Writer<'_, '_>>> = BTreeMap::new();
    let mut told = BTreeSet::new();
    for write in cx.analysis.writes() {
        let Some(settled) = settled(write) else { continue };
        if told.insert((write.to, write.hop.integration, settled)) {
            let unit = cx.graph.integration(write.hop).and_then(|integration| integration.unit());
            by_place.entry(write.to).or_default().push(Writer { write, settled, unit });
        }
    }
    for (place, writers) in by_place {
        for group in groups(&writers) {
            report(cx, place, &group);
        }
    }
}

/// By which rule a field is written, if that is said in full.
fn settled<'a>(write: &Write<'a>) -> Option<Settled<'a>> {
    Some(match write.mapping.rule? {
        FieldRule::Overwrite => Settled::Overwrite,
        FieldRule::FillBlank => Settled::FillBlank,
        FieldRule::Newest => Settled::Newest,
        FieldRule::Master => Settled::Master(write.mapping.master.as_ref().map(Ref::as_str)?),
    })
}

/// The writers of a place that conflict: those of each business unit in which any two do, with those that all units share.
/// Where there are shared ones they are one group. Linear but for the look-ups.
fn groups<'c, 'a>(writers: &[Writer<'c, 'a>]) -> Vec<Vec<Writer<'c, 'a>>> {
    let mut of_unit: BTreeMap<Option<&str>, Vec<Writer<'_, '_>>> = BTreeMap::new();
    for writer in writers {
        of_unit.entry(writer.unit).or_default().push(*writer);
    }
    let shared = of_unit.remove(&None).unwrap_or_default();
    let known = Said::of(&shared);
    let conflicting: Vec<_> = of_unit.into_values().filter(|own| known.with(own).is_conflict()).collect();
    if shared.is_empty() {
        return conflicting;
    }
    let mut all: Vec<_> = conflicting.into_iter().flatten().collect();
    if all.is_empty() && !known.is_conflict() {
        return Vec::new();
    }
    all.extend(shared);
    all.sort_by_key(|writer| (writer.write.hop.integration, writer.write.number));
    vec![all]
}

/// Which rules and which integrations there are among some writers, of each the first two.
#[derive(Clone, Default)]
struct Said<'a> {
    rules: BTreeSet<Settled<'a>>,
    integrations: BTreeSet<usize>,
}

impl<'a> Said<'a> {
    fn of(writers: &[Writer<'_, 'a>]) -> Self {
        Self::default().with(writers)
    }

    fn with(&self, writers: &[Writer<'_, 'a>]) -> Self {
        let mut said = self.clone();
        for writer in writers {
            if said.rules.len() < 2 {
                said.rules.insert(writer.settled);
            }
            if said.integrations.len() < 2 {
                said.integrations.insert(writer.write.hop.integration);
            }
        }
        said
    }

    /// Whether two integrations write by different rules: of two integrations and two rules some do.
    fn is_conflict(&self) -> bool {
        self.rules.len() > 1 && self.integrations.len() > 1
    }
}

fn report(cx: &mut Context<'_>, place: Place<'_>, writers: &[Writer<'_, '_>]) {
    let written: Vec<(&Entity<Integration>, _, String)> = writers
        .iter()
        .filter_map(|writer| {
            let integration = cx.graph.integration(writer.write.hop)?;
            let span = cx.value(integration, &format!("fields/{}/rule", writer.write.number));
            Some((integration, span, by(writer.settled)))
        })
        .collect();
    let count = written.iter().map(|(integration, ..)| &integration.id).collect::<BTreeSet<_>>().len();
    let Some(((first, span, how), others)) = written.split_first() else { return };
    let tool = wording::tool(cx.stack, place.tool);
    let of = place.object.map_or_else(String::new, |object| format!(" of `{object}`"));
    let message = format!("`{}`{of} in {tool} is written by {count} integrations under different rules", place.field);
    let key = [Some(place.tool), place.object, Some(place.field)].into_iter().flatten().collect::<Vec<_>>().join(".");
    let mut finding = Diagnostic::new(&RULE, first.address(), *span, message).label(how).key(key);
    for (integration, span, how) in others {
        finding = finding.related(integration.address(), Some(*span), how);
    }
    cx.report(finding.help("agree on which value wins and write the same `rule` in each, or let only one of them write the field"));
}

/// Says by which rule a field is written.
fn by(settled: Settled<'_>) -> String {
    match settled {
        Settled::Overwrite => "overwrites what is there".to_owned(),
        Settled::FillBlank => "fills it only where it is empty".to_owned(),
        Settled::Newest => "takes the newer value".to_owned(),
        Settled::Master(master) => format!("lets `{}` win", Address::of("tool", master)),
    }
}
