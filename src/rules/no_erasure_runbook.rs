use super::{Context, wording};
use crate::{diagnostic::declare_rule, model::RunbookKind};

declare_rule! {
    /// ## What it checks
    /// Whether a runbook says how a person's request about their data is answered, once a live tool holds personal data
    /// (`data.personal`): `[privacy]` names an `erasure-runbook`, or there is a runbook of kind `data-subject-request`.
    ///
    /// ## Why it matters
    /// Such a request has a deadline of a month (GDPR Art. 12(3), 15 to 17) or 45 days (CCPA regulations 7021). Whoever
    /// gets it without steps to follow begins by finding out which tools there are.
    ///
    /// ## Example
    /// ```toml
    /// [privacy]
    /// suppression-tool = "hubspot"
    ///
    /// [runbook.forget]
    /// name = "Questions of customers"
    /// kind = "other"
    /// owner = "ana"
    /// reviewed = 2026-10-01
    /// exercised = [{ on = 2026-10-10, by = "ben" }]
    /// steps = "1. Look who asks. 2. Answer."
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [privacy]
    /// suppression-tool = "hubspot"
    /// erasure-runbook = "forget"
    ///
    /// [runbook.forget]
    /// name = "Somebody wants to be forgotten"
    /// kind = "data-subject-request"
    /// owner = "ana"
    /// reviewed = 2026-10-01
    /// exercised = [{ on = 2026-10-10, by = "ben" }]
    /// steps = "1. Make sure who asks. 2. Delete them in each tool. 3. Answer."
    /// ```
    ///
    /// ## Limits
    /// Whether the steps are complete is not judged; `erasure-gap` says which tools they have to cover. It says what is
    /// documented and is no legal advice.
    pub RULE = "no-erasure-runbook", Privacy, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let is_named = cx.stack.privacy.as_ref().is_some_and(|privacy| privacy.erasure_runbook.is_some());
    if is_named || cx.stack.runbooks.values().any(|runbook| runbook.kind == RunbookKind::DataSubjectRequest) {
        return;
    }
    let holding = cx.analysis.data_map().holdings.values().filter(|holding| holding.is_declared());
    let tools: Vec<&str> = holding.map(|holding| holding.tool.id.as_str()).collect();
    if !tools.is_empty() {
        let names = wording::all_of(cx.stack, tools.iter().copied(), tools.len());
        let holds = if tools.len() == 1 { "holds" } else { "hold" };
        cx.report(
            cx.on_stack(
                &RULE,
                format!("no runbook says how a person's request about their data is answered, while {names} {holds} personal data"),
            )
            .help(
                "write `[runbook.…]` with `kind = \"data-subject-request\"` and its steps, and name it in `[privacy]` as `erasure-runbook`",
            ),
        );
    }
}
