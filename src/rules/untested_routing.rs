use super::Context;
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A live routing without a test.
    ///
    /// ## Why it matters
    /// A new rule at the top takes records from those below it, and nobody sees that in a list. A record with the
    /// rule that must take it turns the agreement with sales into something that is checked at every change.
    ///
    /// ## Example
    /// ```toml
    /// [routing.inbound]
    /// name = "Inbound leads"
    /// object = "lead"
    /// tool = "salesforce"
    /// owner = "ana"
    /// backup = "ben"
    /// audited = 2026-09-01
    /// reviewed = 2026-10-01
    /// fields = { country = { type = "text" } }
    /// rule = [
    ///   { name = "Europe", when = { country = ["DE", "FR"] }, assign = "cara" },
    ///   { name = "Everybody else", assign = "sales" },
    /// ]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [routing.inbound]
    /// name = "Inbound leads"
    /// object = "lead"
    /// tool = "salesforce"
    /// owner = "ana"
    /// backup = "ben"
    /// audited = 2026-09-01
    /// reviewed = 2026-10-01
    /// fields = { country = { type = "text" } }
    /// rule = [
    ///   { name = "Europe", when = { country = ["DE", "FR"] }, assign = "cara" },
    ///   { name = "Everybody else", assign = "sales" },
    /// ]
    /// test = [{ name = "A lead from France", record = { country = "FR" }, expect = "Europe" }]
    /// ```
    ///
    /// ## Limits
    /// One test is enough. Whether it passes is judged by `failed-routing-test`.
    pub RULE = "untested-routing", LeadManagement, Info
}

pub(super) fn check(cx: &mut Context<'_>) {
    for routing in cx.stack.routings.values().filter(|routing| routing.is_live() && routing.test.is_empty()) {
        let (address, id) = (routing.address(), &routing.id);
        let message = match routing.rule.len() {
            0 => format!("`{address}` has no test"),
            1 => format!("`{address}` has no test for its rule"),
            rules => format!("`{address}` has {rules} rules and no test"),
        };
        cx.report(
            cx.on(&RULE, routing, message)
                .label("no test")
                .help(format!("add a `[[routing.{id}.test]]` with a `name`, a `record` and the rule that must take it: `expect = \"…\"`")),
        );
    }
}
