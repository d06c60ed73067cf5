use super::Context;
use crate::{
    diagnostic::{Change, Diagnostic, Fix, declare_rule},
    model::{Address, Located, Stack, Suppress},
    source::Sources,
};

declare_rule! {
    /// ## What it checks
    /// An accepted risk, a `[[suppress]]`, that has not expired and sets nothing aside: no finding of its rule concerns
    /// exactly what `on` and `key` say.
    ///
    /// ## Why it matters
    /// It reads as if there were a risk where there is none, and would hide the same finding if it came back for
    /// another reason.
    ///
    /// ## Example
    /// ```toml
    /// [[suppress]]
    /// rule = "no-owner"
    /// on = "tool.hubspot"
    /// reason = "The new head of operations starts in January."
    /// until = 2027-01-31
    /// by = "ana"
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [[suppress]]
    /// rule = "no-owner"
    /// on = "tool.calendly"
    /// reason = "The new head of operations starts in January."
    /// until = 2027-01-31
    /// by = "ana"
    ///
    /// [tool.calendly]
    /// name = "Calendly"
    /// category = "scheduling"
    /// purpose = "Lets prospects book a meeting with sales."
    /// standalone = "Its links stand in signatures only."
    /// data = { personal = ["email"], deletion = "api" }
    ///
    /// [contract.calendly]
    /// annual-cost = 1_200
    /// ```
    ///
    /// ## Limits
    /// It is said only of rules that ran: not of one that is off or left out by `--select` or `--ignore`. It cannot be
    /// accepted itself. `linchpin check --fix` removes the table.
    pub RULE = "unused-suppression", Governance, Warning
}

/// Says nothing: what is unused shows only when the findings of all other rules are matched, and then [`report`] says it.
pub(super) fn check(_: &mut Context<'_>) {}

/// Returns the finding about an accepted risk that sets nothing aside.
pub fn report(suppress: &Located<Suppress>, stack: &Stack, sources: &Sources) -> Diagnostic {
    let by = stack.name_at(&Address::of("person", suppress.by.as_str()));
    let message = format!("the acceptance of {} by {by} sets nothing aside", suppress.in_words());
    Diagnostic::new(&RULE, "stack", sources.span(suppress.file, &suppress.pointer), message)
        .key(suppress.name())
        .label("no finding to accept")
        .help("remove the table, or name the finding as it stands in `linchpin check --no-suppressions --format json`")
        .fix(Fix { file: suppress.file, pointer: suppress.pointer.clone(), change: Change::Remove })
}
