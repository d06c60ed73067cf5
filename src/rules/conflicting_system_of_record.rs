use std::collections::BTreeMap;

use super::Context;
use crate::{
    analysis::{Claim, Claims},
    diagnostic::declare_rule,
    model::{AnyEntity, Entity, Tool},
};

declare_rule! {
    /// ## What it checks
    /// Two live production tools of a business unit that both say by `system-of-record-for` that an object is right
    /// with them. A tool without a `unit` belongs to every unit.
    ///
    /// ## Why it matters
    /// When two tools disagree about a record, somebody must know which one to believe. With two that claim to be right
    /// each team believes its own, and every merge destroys something.
    ///
    /// ## Example
    /// ```toml
    /// [tool.typeform]
    /// name = "Typeform"
    /// vendor = "Typeform"
    /// category = "forms-surveys"
    /// purpose = "Asks visitors for their contact details."
    /// owner = "ben"
    /// capabilities = ["forms", "surveys"]
    /// captures = ["lead"]
    /// system-of-record-for = ["lead"]
    /// data = { personal = ["email"], deletion = "api" }
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.typeform]
    /// name = "Typeform"
    /// vendor = "Typeform"
    /// category = "forms-surveys"
    /// purpose = "Asks visitors for their contact details."
    /// owner = "ben"
    /// capabilities = ["forms", "surveys"]
    /// captures = ["lead"]
    /// data = { personal = ["email"], deletion = "api" }
    /// ```
    ///
    /// ## Limits
    /// A sandbox or staging instance may repeat what its production instance says. A tool that is sunset still counts:
    /// say at each moment of a migration which of the two is believed. Objects are compared by their ids, not by their
    /// aliases. A unit and the unit that it is
    /// part of are two.
    pub RULE = "conflicting-system-of-record", Integration, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let mut by_object: BTreeMap<&str, Vec<(&Entity<Tool>, usize)>> = BTreeMap::new();
    for tool in stack.tools.values().filter(|tool| tool.is_live_production()) {
        for (index, object) in tool.system_of_record_for.iter().enumerate() {
            by_object.entry(object.as_str()).or_default().push((tool, index));
        }
    }
    for (object, tools) in by_object {
        let mut claims = Claims::default();
        for (number, (tool, index)) in tools.iter().enumerate() {
            let unit = Claim::on(tool.unit());
            let Some((first, place)) = claims.make(number, tool.id.as_str(), &[unit]).and_then(|first| tools.get(first)) else { continue };
            let message = format!("`{}` and `{}` are both the system of record for `{object}`", first.address(), tool.address());
            let span = cx.value(*first, &format!("system-of-record-for/{place}"));
            let finding = cx.at(&RULE, *tool, &format!("system-of-record-for/{index}"), message);
            cx.report(
                finding.label(format!("claims `{object}`")).key(object).related(first.address(), Some(span), "so does this one").help(
                    format!("decide which one is believed and remove `{object}` from the other, or write the `unit` that each belongs to"),
                ),
            );
        }
    }
}
