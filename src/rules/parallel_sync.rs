use std::collections::BTreeMap;

use super::{
    Context,
    wording::{self, list},
};
use crate::{
    analysis::{Claim, Claims},
    diagnostic::declare_rule,
    graph::Load,
    model::AnyEntity,
};

declare_rule! {
    /// ## What it checks
    /// Two live integrations that carry the same object from one tool to the same other tool, unless each lists its
    /// `fields` and they write different ones, or each has a `filter` and the two differ.
    ///
    /// ## Why it matters
    /// Two ways for one record are a race: duplicates, values that flip to and fro, and two places to look at when
    /// something is wrong. Often one of the two was to be switched off long ago.
    ///
    /// ## Example
    /// ```toml
    /// [integration.typeform-hubspot]
    /// from = "typeform"
    /// to = "hubspot"
    /// method = "native"
    /// objects = ["lead"]
    /// owner = "ben"
    ///
    /// [integration.typeform-webhook]
    /// from = "typeform"
    /// to = "hubspot"
    /// method = "webhook"
    /// objects = ["lead"]
    /// owner = "ben"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [integration.typeform-hubspot]
    /// from = "typeform"
    /// to = "hubspot"
    /// method = "native"
    /// objects = [{ object = "lead", filter = "asks for a demonstration" }]
    /// owner = "ben"
    ///
    /// [integration.typeform-webhook]
    /// from = "typeform"
    /// to = "hubspot"
    /// method = "webhook"
    /// objects = [{ object = "lead", filter = "answers the survey" }]
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// An object is the same if it is called the same where it arrives. Filters are words: that two of them differ is
    /// read, that they exclude each other is not. The middleware that carries makes no difference. Integrations of
    /// different business units carry different records. What an integration carries without saying so under `objects`
    /// is not known.
    pub RULE = "parallel-sync", Integration, Warning
}

/// The most fields that are named.
const MOST: usize = 5;

/// Two integrations, by their numbers, and the object that both carry.
type Pair<'a> = (usize, usize, &'a str);

pub(super) fn check(cx: &mut Context<'_>) {
    let mut ways: BTreeMap<(&str, &str, &str), Vec<&Load<'_>>> = BTreeMap::new();
    for load in cx.analysis.loads().iter().filter(|load| load.from != load.to) {
        ways.entry((load.from, load.to, load.arrives)).or_default().push(load);
    }
    let mut pairs: BTreeMap<Pair<'_>, Vec<(&Load<'_>, &Load<'_>)>> = BTreeMap::new();
    for ((.., object), loads) in ways.into_iter().filter(|(_, loads)| loads.len() > 1) {
        let mut claims = Claims::default();
        for (number, load) in loads.iter().enumerate() {
            let first = claims.make(number, load.hop.integration, &respects(cx, load));
            if let Some(first) = first.and_then(|first| loads.get(first)) {
                let found = pairs.entry((first.hop.integration, load.hop.integration, object)).or_default();
                if found.iter().all(|(known, _)| known.hop.forward != first.hop.forward) {
                    found.push((first, load));
                }
            }
        }
    }
    for ((.., object), found) in pairs {
        report(cx, object, &found);
    }
}

/// What somebody who carries records claims: the business unit, the records that are let through, and their fields.
fn respects<'a>(cx: &Context<'a>, load: &Load<'a>) -> [Claim<'a>; 3] {
    let unit = cx.graph.integration(load.hop).and_then(|integration| integration.unit());
    let fields = load.fields.as_ref().map_or(Claim::Everything, |fields| Claim::Only(fields.iter().copied().collect()));
    [Claim::on(unit), Claim::on(load.filter), fields]
}

fn report(cx: &mut Context<'_>, object: &str, found: &[(&Load<'_>, &Load<'_>)]) {
    let Some((first, second)) = found.first() else { return };
    let (Some(one), Some(other)) = (cx.graph.integration(first.hop), cx.graph.integration(second.hop)) else { return };
    let (from, to) = (wording::tool(cx.stack, first.from), wording::tool(cx.stack, first.to));
    let way = if found.len() > 1 { format!("between {from} and {to}, both ways") } else { format!("from {from} to {to}") };
    let (address, partner) = (one.address(), other.address());
    let span = cx.value(other, &format!("objects/{}", second.number));
    let message = format!("`{address}` and `{partner}` both carry `{object}` {way}");
    let mut finding = cx
        .at(&RULE, one, &format!("objects/{}", first.number), message)
        .label(format!("carries `{object}`"))
        .key(format!("{} {object}", other.id))
        .related(&partner, Some(span), "so does this one");
    for (address, load) in [(&address, first), (&partner, second)] {
        finding = match (&load.fields, load.filter) {
            (None, None) => finding.note(format!("`{address}` does not list the fields of `{object}` and has no `filter` for it")),
            (None, Some(_)) => finding.note(format!("`{address}` does not list the fields of `{object}`")),
            (Some(_), _) => finding,
        };
    }
    if let (Some(fields), Some(others)) = (&first.fields, &second.fields) {
        let both = fields.intersection(others).map(|field| format!("`{field}`"));
        finding = finding.note(format!("both write {} in {to}", list(both, MOST)));
    }
    if let Some(filter) = first.filter.filter(|filter| second.filter == Some(*filter)) {
        finding = finding.note(format!("both let through \"{}\"", filter.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    cx.report(finding.help(format!(
        "switch one of the two off, or tell them apart: list the `fields` of `{object}` in each, or give each a `filter` for it"
    )));
}
