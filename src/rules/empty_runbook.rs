use super::Context;
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Markdown},
};

declare_rule! {
    /// ## What it checks
    /// A runbook without steps: it has neither `steps` nor a `file` in which anything stands.
    ///
    /// ## Why it matters
    /// The title promises that it is written down what to do. Whoever needs it finds out at the worst moment that it is
    /// not.
    ///
    /// ## Example
    /// ```toml
    /// [runbook.launch]
    /// name = "Launching a campaign"
    /// kind = "campaign-launch"
    /// owner = "ana"
    /// reviewed = 2026-10-01
    /// exercised = [{ on = 2026-10-10, by = "ben" }]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [runbook.launch]
    /// name = "Launching a campaign"
    /// kind = "campaign-launch"
    /// owner = "ana"
    /// reviewed = 2026-10-01
    /// exercised = [{ on = 2026-10-10, by = "ben" }]
    /// steps = "Brief, build, check, send."
    /// ```
    ///
    /// ## Limits
    /// Any text counts as steps, a mere heading too. A `description` does not: it says what a runbook is, not what to do.
    pub RULE = "empty-runbook", Documentation, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let is_blank = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
    for runbook in cx.stack.runbooks.values() {
        let steps = runbook.steps.as_ref().map(Markdown::as_str);
        if !is_blank(steps) || !is_blank(cx.document(runbook)) {
            continue;
        }
        let address = runbook.address();
        let (key, message, label, help) = if runbook.file_name().is_some() {
            (
                "file",
                format!("`{address}` has no steps: the file that it names is blank"),
                "nothing stands in it",
                "write the steps into the file, one for each thing to do",
            )
        } else {
            let message = if steps.is_some() { "has no steps: its `steps` are blank" } else { "has no steps" };
            (
                "steps",
                format!("`{address}` {message}"),
                if steps.is_some() { "nothing stands here" } else { "neither `steps` nor `file`" },
                "write what to do as `steps = \"…\"`, or in a Markdown file and name it: `file = \"runbooks/….md\"`",
            )
        };
        cx.report(cx.at(&RULE, runbook, key, message).label(label).help(help));
    }
}
