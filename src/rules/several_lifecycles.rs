use std::collections::BTreeMap;

use super::Context;
use crate::{
    diagnostic::declare_rule,
    model::{Address, AnyEntity, Entity, Lifecycle, Ref, Stack},
};

declare_rule! {
    /// ## What it checks
    /// Two lifecycles with stages in one unit. One that names no unit belongs to each. Lifecycles of different
    /// objects, such as leads and opportunities, stand side by side.
    ///
    /// ## Why it matters
    /// With two definitions of a qualified lead every report depends on which one its author had in mind, and a
    /// record that is ready by the one waits by the other.
    ///
    /// ## Example
    /// ```toml
    /// [lifecycle.sales]
    /// name = "Stages of sales"
    /// owner = "cara"
    /// reviewed = 2026-10-01
    /// stage = [
    ///   { id = "open", name = "Open", exit = ["The offer is signed or declined."] },
    ///   { id = "closed", name = "Closed", entry = ["The outcome is recorded."], terminal = true },
    /// ]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [lifecycle.sales]
    /// name = "Stages of sales"
    /// owner = "cara"
    /// object = "opportunity"
    /// reviewed = 2026-10-01
    /// stage = [
    ///   { id = "open", name = "Open", exit = ["The offer is signed or declined."] },
    ///   { id = "closed", name = "Closed", entry = ["The outcome is recorded."], terminal = true },
    /// ]
    /// ```
    ///
    /// ## Limits
    /// A lifecycle that names no `object` may be about anything and is compared with all of its unit. One without
    /// stages says nothing yet and is compared with none. Each is reported once, beside the first by id.
    pub RULE = "several-lifecycles", LeadManagement, Warning
}

/// What two lifecycles must share: a unit or object, the lack of one (`Some(None)`), or anything (`None`).
type Slot<'a> = Option<Option<&'a str>>;

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let mut first: BTreeMap<(Slot<'_>, Slot<'_>), &Entity<Lifecycle>> = BTreeMap::new();
    for lifecycle in stack.lifecycles.values().filter(|lifecycle| !lifecycle.stage.is_empty()) {
        let unit = lifecycle.unit();
        let object = lifecycle.object.as_ref().map(Ref::as_str);
        // Ids come sorted, so that the smallest id is the first one. A few look-ups each, however many there are.
        let rivals = meets(unit).into_iter().flat_map(|unit| meets(object).into_iter().map(move |object| (unit, object)));
        if let Some(other) = rivals.filter_map(|slots| first.get(&slots).copied()).min_by_key(|other| &other.id) {
            report(cx, lifecycle, other);
        }
        for slots in [(Some(unit), Some(object)), (None, Some(object)), (Some(unit), None), (None, None)] {
            first.entry(slots).or_insert(lifecycle);
        }
    }
}

/// Where to look for what meets a unit or object: what has the same or none; without one, anything.
fn meets(value: Option<&str>) -> Vec<Slot<'_>> {
    if value.is_some() { vec![Some(value), Some(None)] } else { vec![None] }
}

fn report(cx: &mut Context<'_>, lifecycle: &Entity<Lifecycle>, other: &Entity<Lifecycle>) {
    let (address, first) = (lifecycle.address(), other.address());
    let message = match (&other.object, &lifecycle.object) {
        (Some(_), Some(object)) => format!("`{address}` and `{first}` both define the stages of `{object}`"),
        (Some(_), None) => format!("`{address}` stands beside `{first}` and names no `object` of its own"),
        (None, Some(_)) => format!("`{address}` stands beside `{first}`, which names no `object`"),
        (None, None) => format!("`{address}` stands beside `{first}`, and neither names an `object`"),
    };
    let mut finding = cx
        .on(&RULE, lifecycle, message)
        .label("a second lifecycle")
        .related(&first, Some(cx.header(other)), "the first one")
        .help("keep one of them; or, if both are needed, give each the `object` or the `unit` that it is for");
    if !cx.stack.units.is_empty() {
        finding = finding.note(units(cx.stack, other, lifecycle));
    }
    cx.report(finding);
}

/// Says which unit both belong to.
fn units(stack: &Stack, first: &Entity<Lifecycle>, second: &Entity<Lifecycle>) -> String {
    let unit = |of: &Entity<Lifecycle>| Some(stack.name_at(&Address::of("unit", of.unit()?)));
    match (unit(first), unit(second)) {
        (None, None) => "neither names a unit, so both belong to each".to_owned(),
        (Some(name), Some(_)) => format!("both belong to {name}"),
        (None, Some(name)) => format!("`{}` names no unit, so it belongs to {name} too", first.address()),
        (Some(name), None) => format!("`{}` names no unit, so it belongs to {name} too", second.address()),
    }
}
