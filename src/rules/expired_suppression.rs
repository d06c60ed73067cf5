use super::Context;
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::Address,
};

declare_rule! {
    /// ## What it checks
    /// An accepted risk, a `[[suppress]]`, whose last day has passed. From that day on the finding is reported again.
    ///
    /// ## Why it matters
    /// Whoever accepts a risk until a date promises to look at it again by then. A date that passes unnoticed turns a
    /// decision for some months into one for ever.
    ///
    /// ## Example
    /// ```toml
    /// [[suppress]]
    /// rule = "no-owner"
    /// on = "tool.hubspot"
    /// reason = "The new head of operations takes it over in October."
    /// until = 2026-10-31
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
    /// It is reported whether or not there is still a finding to accept, and cannot be accepted itself.
    pub RULE = "expired-suppression", Governance, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    let (stack, today) = (cx.stack, cx.today);
    for suppress in stack.suppressions.iter().filter(|suppress| suppress.is_expired(today)) {
        let by = Address::of("person", suppress.by.as_str());
        let days = today.days_since(suppress.until);
        let ago = if days == 1 { "yesterday".to_owned() } else { format!("{days} days ago") };
        let message = format!("the acceptance of {} by {} expired on {}", suppress.in_words(), stack.name_at(&by), suppress.until);
        let finding = Diagnostic::new(&RULE, "stack", cx.place(suppress.file, &format!("{}/until", suppress.pointer)), message)
            .key(suppress.name())
            .label(ago)
            .related(&by, cx.header_at(&by), "accepted it")
            .help("mend what it is about and remove the table, or decide again: a new `until`, with the reason of today");
        cx.report(finding);
    }
}
