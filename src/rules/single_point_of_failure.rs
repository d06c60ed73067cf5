use super::{Context, wording};
use crate::{diagnostic::declare_rule, model::AnyEntity};

declare_rule! {
    /// ## What it checks
    /// A tool other than the system of record through which two or more live flows of criticality critical or high
    /// pass without beginning or ending there.
    ///
    /// ## Why it matters
    /// When such a tool stands still, several journeys stop at the same moment, though to none of them it looks like
    /// the place where something happens. It deserves the care that the flows get.
    ///
    /// ## Example
    /// ```toml
    /// [flow.trial]
    /// name = "Trial"
    /// owner = "ana"
    /// backup = "ben"
    /// criticality = "high"
    /// reviewed = 2026-10-01
    /// steps = [{ tool = "typeform" }, { tool = "hubspot" }, { tool = "salesforce" }]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [flow.trial]
    /// name = "Trial"
    /// owner = "ana"
    /// backup = "ben"
    /// criticality = "high"
    /// reviewed = 2026-10-01
    /// steps = [{ tool = "hubspot" }, { tool = "salesforce" }]
    /// ```
    ///
    /// ## Limits
    /// A flow counts once for a tool, however often it comes by. Middleware that no step names counts if every
    /// integration that makes the hop goes through it. While the stack names no system of record, any tool counts. A
    /// hub that is meant to be one can be accepted under `[[suppress]]`.
    pub RULE = "single-point-of-failure", Integration, Info
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    let record = stack.company.system_of_record.as_ref().map(crate::model::Ref::as_str);
    for tool in stack.tools.values().filter(|tool| record != Some(tool.id.as_str())) {
        let through = cx.analysis.passage().through_tool(tool.id.as_str()).iter();
        let flows: Vec<_> = through.copied().filter(|flow| flow.is_important()).collect();
        if flows.len() < 2 {
            continue;
        }
        let message = format!("{} important flows pass through `{}` and stand still when it does", flows.len(), tool.address());
        let mut finding = cx
            .on(&RULE, tool, message)
            .label("all of them pass here")
            .help("lead one of the flows another way, or prepare for the day when it stops: name a `backup`, write a runbook that covers it, and say under `monitoring` of its integrations where a failure shows");
        for flow in flows {
            let is_step = flow.steps.iter().any(|step| step.tool.as_str() == tool.id.as_str());
            let label = if is_step { "passes through it" } else { "passes through it as middleware" };
            finding = finding.related(flow.address(), Some(cx.header(flow)), label);
            finding.notes.extend(wording::pipeline(stack, flow));
        }
        cx.report(finding);
    }
}
