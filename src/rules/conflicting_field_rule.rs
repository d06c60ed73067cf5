use std::collections::BTreeMap;

use super::Context;
use crate::{
    analysis::{Claim, Claims},
    diagnostic::{Diagnostic, declare_rule},
    graph::{Place, Write},
    model::{Address, AnyEntity, Entity, FieldRule, Integration, Ref},
};

declare_rule! {
    /// ## What it checks
    /// Two live integrations that write one field of one object in one tool by different rules: by `overwrite`,
    /// `fill-blank`, `newest` or `master`, or by `master` with different masters.
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
    /// A mapping without a `rule` says nothing and is not compared, nor is a `master` that is not named. Integrations of
    /// different business units write different records. A mapping without an `object` is about every object that its
    /// integration carries.
    pub RULE = "conflicting-field-rule", Integration, Warning
}

/// The rule of a write and its master.
type Settled<'a> = (FieldRule, Option<&'a str>);

pub(super) fn check(cx: &mut Context<'_>) {
    let mut by_place: BTreeMap<Place<'_>, Vec<(&Write<'_>, Settled<'_>)>> = BTreeMap::new();
    for write in cx.analysis.writes() {
        let Some(rule) = write.mapping.rule else { continue };
        let master = write.mapping.master.as_ref().filter(|_| rule == FieldRule::Master).map(Ref::as_str);
        let writers = by_place.entry(write.to).or_default();
        // What one integration says twice is its own affair.
        if writers.last().is_none_or(|(last, _)| last.hop.integration != write.hop.integration) {
            writers.push((write, (rule, master)));
        }
    }
    for (place, writers) in by_place {
        for group in conflicts(cx, &writers) {
            let group: Vec<_> = group.into_iter().filter_map(|number| writers.get(number).copied()).collect();
            report(cx, place, &group);
        }
    }
}

/// The writers of a field that conflict with each other, in groups: each with the first that it conflicts with.
fn conflicts(cx: &Context<'_>, writers: &[(&Write<'_>, Settled<'_>)]) -> Vec<Vec<usize>> {
    let (mut by_rule, mut by_master) = (Claims::default(), Claims::default());
    let mut first_of: Vec<usize> = Vec::new();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, (write, (rule, master))) in writers.iter().enumerate() {
        let unit = cx.graph.integration(write.hop).and_then(|integration| integration.about.unit.as_ref());
        let unit = [Claim::on(unit.map(Ref::as_str))];
        let other_rule = by_rule.make(number, *rule, &unit);
        let other_master = master.and_then(|master| by_master.make(number, master, &unit));
        let met = other_rule.into_iter().chain(other_master).min();
        let first = met.map_or(number, |met| first_of.get(met).copied().unwrap_or(met));
        first_of.push(first);
        groups.entry(first).or_default().push(number);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

fn report(cx: &mut Context<'_>, place: Place<'_>, writers: &[(&Write<'_>, Settled<'_>)]) {
    let written: Vec<(&Entity<Integration>, _, String)> = writers
        .iter()
        .filter_map(|(write, settled)| {
            let integration = cx.graph.integration(write.hop)?;
            let span = cx.value(integration, &format!("fields/{}/rule", write.number));
            Some((integration, span, by(*settled)))
        })
        .collect();
    let Some(((first, span, how), others)) = written.split_first() else { return };
    let tool = cx.stack.name_at(&Address::of("tool", place.tool));
    let of = place.object.map_or_else(String::new, |object| format!(" of `{object}`"));
    let message = format!("`{}`{of} in {tool} is written by {} integrations under different rules", place.field, written.len());
    let key = [Some(place.tool), place.object, Some(place.field)].into_iter().flatten().collect::<Vec<_>>().join(".");
    let mut finding = Diagnostic::new(&RULE, first.address(), *span, message).label(how).key(key);
    for (integration, span, how) in others {
        finding = finding.related(integration.address(), Some(*span), how);
    }
    cx.report(finding.help("agree on which value wins and write the same `rule` in each, or let only one of them write the field"));
}

/// Says by which rule a field is written.
fn by((rule, master): Settled<'_>) -> String {
    match (rule, master) {
        (FieldRule::Overwrite, _) => "overwrites what is there".to_owned(),
        (FieldRule::FillBlank, _) => "fills it only where it is empty".to_owned(),
        (FieldRule::Newest, _) => "takes the newer value".to_owned(),
        (FieldRule::Master, Some(master)) => format!("lets `{}` win", Address::of("tool", master)),
        (FieldRule::Master, None) => "lets a master win".to_owned(),
    }
}
