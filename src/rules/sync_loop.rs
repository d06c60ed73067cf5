use std::collections::{BTreeMap, BTreeSet};

use super::{
    Context,
    wording::{self, list},
};
use crate::{
    diagnostic::{Diagnostic, Level, declare_rule},
    graph::{Circle, Content, Hop, Station, Write, circles},
    model::{AnyEntity, FieldRule},
};

declare_rule! {
    /// ## What it checks
    /// A field that travels over live integrations through three tools or more and comes back to where it was, while no
    /// hop on the way ends the circle: by `fill-blank`, or by `master` where it leads to the tool whose value wins. Where the records go round and a hop does not say
    /// which fields it writes, that is told at level info: a field may.
    ///
    /// ## Why it matters
    /// A value that somebody corrects is overwritten by its own older copy. Records change for ever without anybody
    /// touching them, every change sets off automations, and the quota is used up by the machine talking to itself.
    ///
    /// ## Example
    /// ```toml
    /// [integration.typeform-hubspot]
    /// from = "typeform"
    /// to = "hubspot"
    /// method = "native"
    /// objects = ["lead"]
    /// fields = [{ from = "country", to = "country", rule = "overwrite" }]
    /// owner = "ben"
    ///
    /// [integration.hubspot-looker]
    /// from = "hubspot"
    /// to = "looker"
    /// method = "etl"
    /// objects = ["lead"]
    /// fields = [{ from = "country", to = "lead_country", rule = "newest" }]
    /// owner = "ben"
    ///
    /// [integration.looker-typeform]
    /// from = "looker"
    /// to = "typeform"
    /// method = "api"
    /// objects = ["lead"]
    /// fields = [{ from = "lead_country", to = "country", rule = "overwrite" }]
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
    /// fields = [{ from = "country", to = "country", rule = "fill-blank" }]
    /// owner = "ben"
    ///
    /// [integration.hubspot-looker]
    /// from = "hubspot"
    /// to = "looker"
    /// method = "etl"
    /// objects = ["lead"]
    /// fields = [{ from = "country", to = "lead_country", rule = "newest" }]
    /// owner = "ben"
    ///
    /// [integration.looker-typeform]
    /// from = "looker"
    /// to = "typeform"
    /// method = "api"
    /// objects = ["lead"]
    /// fields = [{ from = "lead_country", to = "country", rule = "overwrite" }]
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// A mapping without a `rule` counts as one that overwrites, and so does one by `master` that names another tool than
    /// the one it leads to, or none: the value arrives there. Of circles that are entangled a shortest one is reported, and
    /// all fields that go the same way together. A hop that lists fields of an object carries no others. Two tools that
    /// sync both ways are no circle, and a detour to a tool that only leads back is no part of one. What an integration
    /// carries without saying so under `objects` or `fields` is not known.
    pub RULE = "sync-loop", Integration, Warning
}

/// The most tools of a circle that are shown.
const MOST: usize = 12;

pub(super) fn check(cx: &mut Context<'_>) {
    // Where the value of the tool at its end wins, what arrives there does not count.
    let wins = |write: &Write<'_>| write.mapping.master.as_ref().is_some_and(|master| master.as_str() == write.to.tool);
    let ends = |write: &Write<'_>| match write.mapping.rule {
        Some(FieldRule::FillBlank) => true,
        Some(FieldRule::Master) => wins(write),
        Some(FieldRule::Overwrite | FieldRule::Newest) | None => false,
    };
    let writes: Vec<Write<'_>> = cx.analysis.writes().iter().filter(|write| !ends(write)).copied().collect();
    let mut known: BTreeMap<Vec<Hop>, Vec<Circle<'_>>> = BTreeMap::new();
    let mut guessed: BTreeMap<Vec<Hop>, Vec<Circle<'_>>> = BTreeMap::new();
    for mut circle in circles(&writes, cx.analysis.loads()) {
        let first = circle.legs.iter().enumerate().min_by_key(|(_, leg)| leg.hop.integration).map_or(0, |(first, _)| first);
        circle.legs.rotate_left(first);
        circle.stations.rotate_left(first);
        let hops = circle.legs.iter().map(|leg| leg.hop).collect();
        let is_known = circle.legs.iter().all(|leg| leg.mapping.is_some());
        let same = if is_known { &mut known } else { &mut guessed };
        same.entry(hops).or_default().push(circle);
    }
    guessed.retain(|hops, _| !known.contains_key(hops));
    for circles in known.into_values() {
        report(cx, &circles, true);
    }
    for circles in guessed.into_values() {
        report(cx, &circles, false);
    }
}

/// Reports circles that go the same way, each with other fields or objects.
fn report(cx: &mut Context<'_>, circles: &[Circle<'_>], is_known: bool) {
    let Some((circle, leg)) = circles.first().and_then(|circle| Some((circle, circle.legs.first()?))) else { return };
    let Some(integration) = cx.graph.integration(leg.hop) else { return };
    let pointer = leg.mapping.map(|number| format!("fields/{number}")).unwrap_or_default();
    let span = if pointer.is_empty() { cx.header(integration) } else { cx.value(integration, &pointer) };
    let home = circle.stations.first().map_or("", |station| station.tool);
    let name = |tool: &str| wording::tool(cx.stack, tool).to_owned();
    let through: Vec<String> = circle.stations.iter().skip(1).map(|station| name(station.tool)).collect();
    let through = match through.as_slice() {
        more if more.len() > 2 => format!("{} other tools", more.len()),
        few => list(few, MOST),
    };
    let home = name(home);
    let message = match (is_known, circles.len(), circle.stations.first()) {
        (true, 1, Some(station)) => format!("{} of {home} comes back to it through {through}, and no hop ends the circle", field(station)),
        (true, count, _) => format!("{count} fields of {home} come back to it through {through}, and no hop ends the circle"),
        (false, ..) => format!("fields of {} may go round from {home} through {through} and come back", objects(circles)),
    };
    let key: Vec<&str> = circle.legs.iter().take(MOST).filter_map(|leg| Some(cx.graph.integration(leg.hop)?.id.as_str())).collect();
    let mut finding = Diagnostic::new(&RULE, integration.address(), span, message).key(key.join(" "));
    finding = if is_known { finding.label("goes round from here") } else { finding.level(Level::Info).label("goes round from here") };
    for circle in circles.iter().take(MOST) {
        finding = finding.note(path(circle, &name));
        if !is_known {
            break;
        }
    }
    let mut silent = BTreeSet::new();
    for (leg, other) in circle.legs.iter().take(MOST).filter_map(|leg| Some((leg, cx.graph.integration(leg.hop)?))) {
        if leg.mapping.is_none() {
            silent.insert(format!("`{}`", other.address()));
        }
        if other.id != integration.id {
            let span = leg.mapping.map_or_else(|| cx.header(other), |number| cx.value(other, &format!("fields/{number}")));
            finding = finding.related(other.address(), Some(span), "carries it on");
        }
    }
    cx.report(if is_known {
        finding.help("let one of the hops only fill what is empty, `rule = \"fill-blank\"`, or let the value of the tool at its end win, `rule = \"master\"` with that tool as `master`")
    } else {
        let silent = list(silent, MOST);
        finding.help(format!("list the `fields` of {silent}, each with its `rule`, so that it shows whether a value comes back"))
    });
}

/// The objects that some circles start with.
fn objects(circles: &[Circle<'_>]) -> String {
    let objects: BTreeSet<&str> = circles.iter().filter_map(|circle| circle.stations.first()?.object).collect();
    list(objects.iter().map(|object| format!("`{object}`")), MOST)
}

/// The field in which a value stands, with its object.
fn field(station: &Station<'_>) -> String {
    let field = match station.content {
        Content::Field(field) => Some(field),
        Content::Some | Content::Unknown => None,
    };
    let words: Vec<&str> = station.object.into_iter().chain(field).collect();
    format!("`{}`", words.join("."))
}

/// A circle as a path; what is in the middle of a long one is left out.
fn path(circle: &Circle<'_>, name: &dyn Fn(&str) -> String) -> String {
    let mut words: Vec<String> =
        circle.stations.iter().take(MOST).map(|station| format!("{} ({})", name(station.tool), field(station))).collect();
    if circle.stations.len() > MOST {
        words.push(format!("{} more", circle.stations.len() - MOST));
    }
    words.extend(circle.stations.first().map(|station| name(station.tool)));
    words.join(" → ")
}
