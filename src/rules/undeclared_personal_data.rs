use std::collections::BTreeMap;

use super::{Context, wording};
use crate::{
    analysis::personal_data::Holding,
    diagnostic::{Diagnostic, declare_rule},
    model::{AnyEntity, Entity, Integration, Tool},
};

declare_rule! {
    /// ## What it checks
    /// A live tool into which a live integration carries personal data that its `data.personal` does not name; or into
    /// which an integration or a flow carries records about people while it declares no personal data at all. Records
    /// about people are those of `lead`, `contact`, `campaign-member` and `consent`, and of objects with a field that is
    /// `personal`.
    ///
    /// ## Why it matters
    /// The record of processing (GDPR Art. 30) and every answer to a person rest on what tools declare. Data that
    /// arrives unnoticed is in neither.
    ///
    /// ## Example
    /// ```toml
    /// [integration.typeform-hubspot]
    /// from = "typeform"
    /// to = "hubspot"
    /// method = "native"
    /// objects = ["lead"]
    /// personal = ["email", "phone"]
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
    /// objects = ["lead"]
    /// personal = ["email", "name"]
    /// schedule = "real-time"
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// An integration in two directions counts as carrying its `personal` both ways. What goes through middleware is
    /// not counted as held there. A flow brings records to its tools from the second step on, and no sooner than to
    /// the first that `captures` some of them. A tool that holds nobody says so: `data = { personal = [] }`. It says what is documented and is no legal advice.
    pub RULE = "undeclared-personal-data", Privacy, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let data = cx.analysis.data_map();
    for holding in data.holdings.values() {
        let undeclared: Vec<_> = holding.undeclared().collect();
        if !undeclared.is_empty() {
            carried(cx, holding.tool, &undeclared);
        } else if holding.is_silent() && !holding.brought.is_empty() {
            brought(cx, holding);
        }
    }
}

/// Reports what integrations carry and a tool does not name.
fn carried(cx: &mut Context<'_>, tool: &Entity<Tool>, undeclared: &[(&str, &[&Entity<Integration>])]) {
    let what = wording::list(undeclared.iter().map(|(what, _)| format!("`{what}`")), wording::MOST);
    let by: BTreeMap<&str, &Entity<Integration>> =
        undeclared.iter().flat_map(|(_, by)| *by).map(|integration| (integration.id.as_str(), *integration)).collect();
    let message = format!(
        "{what} of people {} carried into `{}`, which does not declare it",
        if undeclared.len() == 1 { "is" } else { "are" },
        tool.address()
    );
    let mut finding = at(cx, tool, message)
        .help("add it to `personal` in its `data`, or take away what does not travel from `personal` of the integration");
    for integration in by.into_values().take(wording::MOST) {
        finding = finding.related(integration.address(), Some(cx.value(integration, "personal")), "carries it");
    }
    cx.report(finding);
}

/// Reports that records about people arrive in a tool that declares nothing.
fn brought(cx: &mut Context<'_>, holding: &Holding<'_>) {
    let message = format!("records about people arrive in `{}`, which declares no personal data", holding.tool.address());
    let mut finding = at(cx, holding.tool, message).help("write what it holds: `data = { personal = [\"email\", …] }`");
    for by in holding.brought.iter().take(wording::MOST) {
        let entity = by.entity();
        finding = finding.related(entity.address(), Some(cx.value(entity, "objects")), "brings them");
    }
    cx.report(finding);
}

fn at(cx: &Context<'_>, tool: &Entity<Tool>, message: String) -> Diagnostic {
    let key = if tool.holds_people() { "data/personal" } else { "data" };
    cx.at(&RULE, tool, key, message)
}
