use super::Context;
use crate::{diagnostic::declare_rule, model::RunbookKind};

declare_rule! {
    /// ## What it checks
    /// A stack without a runbook of one of the five kinds that every marketing team needs: `campaign-launch`,
    /// `lead-routing`, `lead-scoring`, `integration-troubleshooting` and `data-hygiene`. Each is reported by itself.
    ///
    /// ## Why it matters
    /// These are the things that are done under pressure, or by whoever stands in. What is not written down is done from
    /// memory, differently each time, and not at all once that memory has left.
    ///
    /// ## Example
    /// ```toml
    /// [runbook.hygiene]
    /// name = "Merging duplicates"
    /// kind = "other"
    /// owner = "ben"
    /// reviewed = 2026-10-01
    /// exercised = [{ on = 2026-10-10, by = "ana" }]
    /// steps = "List the pairs. Merge them, the older one wins."
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [runbook.hygiene]
    /// name = "Merging duplicates"
    /// kind = "data-hygiene"
    /// owner = "ben"
    /// reviewed = 2026-10-01
    /// exercised = [{ on = 2026-10-10, by = "ana" }]
    /// steps = "List the pairs. Merge them, the older one wins."
    /// ```
    ///
    /// ## Limits
    /// One runbook of a kind is enough, whatever it covers and whatever unit it belongs to. One without steps counts;
    /// `empty-runbook` reports it. Of a stack without any live tool or runbook nobody can say yet what it lacks.
    pub RULE = "runbook-gap", Documentation, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let runbooks = &cx.stack.runbooks;
    if !cx.stack.has_live_tools() && runbooks.is_empty() {
        return;
    }
    for (kind, word) in RunbookKind::EXPECTED {
        let says = kind.says();
        if runbooks.values().any(|runbook| runbook.kind == kind) {
            continue;
        }
        let note = match runbooks.len() {
            0 => "the stack has no runbook at all".to_owned(),
            1 => "the only runbook is of another kind".to_owned(),
            count => format!("all {count} runbooks are of other kinds"),
        };
        cx.report(
            cx.on_stack(&RULE, format!("no runbook of kind `{word}` says {says}")).key(word).label(format!("no `{word}`")).note(note).help(
                format!(
                    "write `[runbook.…]` with `kind = \"{word}\"` and its `steps`, or set this `kind` on the runbook that says so already"
                ),
            ),
        );
    }
}
