use super::Context;
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::{AnyEntity, Entity, Tool, ToolStatus},
};

declare_rule! {
    /// ## What it checks
    /// A tool of status sunset that does not say what takes its place (`replaced-by`) or by when it is gone
    /// (`retire-by`), or whose day has passed.
    ///
    /// ## Why it matters
    /// A migration without a goal and a day never ends. Two tools are paid for, both are kept in step, and everybody
    /// asks which one counts.
    ///
    /// ## Example
    /// ```toml
    /// [tool.typeform]
    /// name = "Typeform"
    /// vendor = "Typeform"
    /// category = "forms-surveys"
    /// purpose = "Asks visitors for their contact details."
    /// status = "sunset"
    /// replaced-by = "hubspot"
    /// retire-by = 2026-09-30
    /// owner = "ben"
    /// capabilities = ["forms", "surveys"]
    /// captures = ["lead"]
    /// data = { personal = ["email"], deletion = "api" }
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [tool.typeform]
    /// name = "Typeform"
    /// vendor = "Typeform"
    /// category = "forms-surveys"
    /// purpose = "Asks visitors for their contact details."
    /// status = "sunset"
    /// replaced-by = "hubspot"
    /// retire-by = 2027-03-31
    /// owner = "ben"
    /// capabilities = ["forms", "surveys"]
    /// captures = ["lead"]
    /// data = { personal = ["email"], deletion = "api" }
    /// ```
    ///
    /// ## Limits
    /// A tool that nothing will replace is reported too: name the tool that takes over what is left of its work, or
    /// accept the finding with the reason. On the day itself the tool is still in time. A `retire-by` of a tool that is
    /// not sunset is a plan, not a migration.
    pub RULE = "stalled-migration", Integration, Warning
}

pub(super) fn check(cx: &mut Context<'_>) {
    for tool in cx.stack.tools.values().filter(|tool| tool.status == ToolStatus::Sunset) {
        let address = tool.address();
        if tool.replaced_by.is_none() {
            let message = format!("`{address}` is being sunset and does not say what takes its place");
            let finding = cx.on(&RULE, tool, message).label("no `replaced-by`").key("replaced-by");
            cx.report(finding.help("add `replaced-by = \"…\"` with the id of the tool that takes over"));
        }
        let Some(day) = tool.retire_by else {
            let message = format!("`{address}` is being sunset and does not say by when it will be gone");
            let finding = cx.on(&RULE, tool, message).label("no `retire-by`").key("retire-by");
            cx.report(finding.help("add `retire-by = …` with the day by which it will be switched off"));
            continue;
        };
        if day < cx.today {
            let late = day.away_from(cx.today);
            let message = format!("`{address}` was to be gone by {day}, {late}, and is still live");
            let finding = cx.at(&RULE, tool, "retire-by", message).label("has passed").key("retire-by");
            let finding = finding.help("switch it off and write `status = \"retired\"`, or agree on a new day and write it as `retire-by`");
            cx.report(touching(cx, tool, finding));
        }
    }
}

/// Names what is still connected to a tool.
fn touching(cx: &Context<'_>, tool: &Entity<Tool>, finding: Diagnostic) -> Diagnostic {
    let live = cx.graph.touching(tool.id.as_str()).filter(|integration| integration.is_live());
    live.fold(finding, |finding, integration| finding.related(integration.address(), Some(cx.header(integration)), "still connected to it"))
}
