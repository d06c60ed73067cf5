use super::Context;
use crate::diagnostic::{Diagnostic, declare_rule};

declare_rule! {
    /// ## What it checks
    /// A `[charter]` whose `areas` name nobody for `technology`, `process`, `data` or `reporting`.
    ///
    /// ## Why it matters
    /// The four areas are the whole of marketing operations. What nobody answers for in the charter is done by whoever is
    /// asked last, and decided by nobody.
    ///
    /// ## Example
    /// ```toml
    /// [charter]
    /// owner = "ana"
    /// reports-to = "cara"
    /// mandate = "Keeps the machine running that turns interest into conversations."
    /// areas = { technology = "ana", process = "ana", data = "ben" }
    /// reviewed = 2026-10-01
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [charter]
    /// owner = "ana"
    /// reports-to = "cara"
    /// mandate = "Keeps the machine running that turns interest into conversations."
    /// areas = { technology = "ana", process = "ana", data = "ben", reporting = "ben" }
    /// reviewed = 2026-10-01
    /// ```
    ///
    /// ## Limits
    /// A stack without a charter is not judged. Whether whoever is named is still there is judged by `departed-owner`.
    pub RULE = "unowned-area", Ownership, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let Some(charter) = &cx.stack.charter else { return };
    for (area, _) in charter.areas.each().into_iter().filter(|(_, owner)| owner.is_none()) {
        let span = cx.place(charter.file, &format!("{}/areas/{area}", charter.pointer));
        let message = format!("the charter names nobody who answers for {area}: {}", meaning(area));
        let finding = Diagnostic::new(&RULE, "charter", span, message).label(format!("no `{area}`")).key(area);
        cx.report(finding.help(format!("add `{area} = \"…\"` to `areas` of `[charter]`, with the id of a person or team")));
    }
}

/// Says what belongs to an area.
fn meaning(area: &str) -> &'static str {
    match area {
        "technology" => "tools, integrations, access",
        "process" => "lifecycle, routing, launches",
        "data" => "quality, cleaning, enrichment",
        _ => "metrics, dashboards, attribution",
    }
}
