use super::Context;
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::{AnyEntity, Method, trimmed},
};

declare_rule! {
    /// ## What it checks
    /// A live integration that somebody carries out: its method is `manual`, or `file` without a duration as
    /// `schedule`.
    ///
    /// ## Why it matters
    /// Data that waits for a person arrives late, wrong or not at all, and stops on the day that person is away.
    ///
    /// ## Example
    /// ```toml
    /// [integration.typeform-hubspot]
    /// from = "typeform"
    /// to = "hubspot"
    /// method = "manual"
    /// objects = ["lead"]
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
    /// owner = "ben"
    /// ```
    pub RULE = "manual-integration", Integration, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    for integration in stack.integrations.values().filter(|integration| integration.is_live() && !integration.is_automated()) {
        let address = integration.address();
        let name = stack.name(integration);
        let (how, help) = if integration.method == Method::File {
            ("by files that nothing schedules", "let a machine do it and say how often: `schedule = \"1d\"`")
        } else {
            ("by hand", "use a connector or middleware")
        };
        let lacks = [("`operator`", integration.operator.is_none()), ("`hours` a month", integration.hours.is_none())];
        let lacks: Vec<&str> = lacks.into_iter().filter(|(_, is_absent)| *is_absent).map(|(key, _)| key).collect();
        let until = if lacks.is_empty() { String::new() } else { format!("; until then name its {}", lacks.join(" and its ")) };
        let mut finding = Diagnostic::new(&RULE, &address, cx.value(integration, "method"), format!("{name} is carried out {how}"))
            .label("waits for a person")
            .help(format!("{help}{until}"));
        if let Some(hours) = integration.hours {
            let hours = trimmed(hours.0);
            let unit = if hours == "1" { "hour" } else { "hours" };
            finding = finding.note(format!("it takes {hours} {unit} a month"));
        }
        if let Some(operator) = &integration.operator {
            let address = crate::model::Address::of("person", operator.as_str());
            finding = finding.related(&address, Some(cx.value(integration, "operator")), "done by this person");
        }
        cx.report(finding);
    }
}
