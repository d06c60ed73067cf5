use super::Context;
use crate::{diagnostic::declare_rule, model::ConventionKind};

declare_rule! {
    /// ## What it checks
    /// A stack without a convention of kind `utm`.
    ///
    /// ## Why it matters
    /// `LinkedIn`, `linkedin` and `li` are three sources in every report. What was spent can then not be set against
    /// what came of it, and nobody can mend that afterwards.
    ///
    /// ## Example
    /// ```toml
    /// [convention.utm]
    /// name = "Names of campaigns"
    /// kind = "campaign-name"
    /// owner = "ben"
    /// pattern = "{year}q{quarter}-{product}-{region}"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [convention.utm]
    /// name = "Parameters of links"
    /// kind = "utm"
    /// owner = "ben"
    /// parameters = { utm_source = ["google", "linkedin"], utm_medium = ["cpc", "email"] }
    /// ```
    ///
    /// ## Limits
    /// What the convention says, and whether anybody follows it, is not judged. Silent without any live tool.
    pub RULE = "no-tracking-standard", LeadManagement, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    if !stack.has_live_tools() || stack.conventions.values().any(|convention| convention.kind == ConventionKind::Utm) {
        return;
    }
    cx.report(
        cx.on_stack(&RULE, "no convention says which parameters tracked links carry")
            .label("no convention of kind `utm`")
            .help("add `[convention.utm]` with `kind = \"utm\"`, an `owner`, and `parameters` with the values that each may have"),
    );
}
