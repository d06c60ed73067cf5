use super::{Context, wording};
use crate::{
    diagnostic::declare_rule,
    model::{AnyEntity, Status},
};

declare_rule! {
    /// ## What it checks
    /// An integration whose `status` is `broken`.
    ///
    /// ## Why it matters
    /// Everything behind it works with old data and does not know it. What it should have carried piles up, and part
    /// of it cannot be delivered later.
    ///
    /// ## Example
    /// ```toml
    /// [integration.typeform-hubspot]
    /// from = "typeform"
    /// to = "hubspot"
    /// method = "native"
    /// objects = ["lead"]
    /// status = "broken"
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
    /// status = "active"
    /// owner = "ben"
    /// ```
    ///
    /// ## Limits
    /// An integration that is `paused` stands still on purpose. Rules about what is connected to what still count a
    /// broken one.
    pub RULE = "broken-integration", Integration, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    for integration in stack.integrations.values().filter(|integration| integration.status == Status::Broken) {
        let address = integration.address();
        let flows: Vec<_> = cx.analysis.passage().through_integration(integration.id.as_str()).collect();
        let through = match flows.len() {
            0 => String::new(),
            1 => ", and a flow goes through it".to_owned(),
            several => format!(", and {several} flows go through it"),
        };
        let message = format!("`{address}` ({}) is broken{through}", stack.name(integration));
        let mut finding = cx
            .at(&RULE, integration, "status", message)
            .label("does not work")
            .help("mend it and write `status = \"active\"`, or `\"paused\"` if it stands still on purpose, or `\"retired\"` if nobody needs it any more");
        for passing in flows {
            let label = if passing.has_no_other { "goes through it" } else { "goes through it or through another" };
            finding = finding.related(passing.flow.address(), Some(cx.header(passing.flow)), label);
            finding.notes.extend(wording::pipeline(stack, passing.flow));
        }
        cx.report(finding);
    }
}
