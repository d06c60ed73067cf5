use super::Context;
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    model::{AnyEntity, Direction},
};

declare_rule! {
    /// ## What it checks
    /// A live flow with a step that no live integration leads to from the step before. Steps in one tool need no
    /// integration, one through middleware also leads to and from it, and `manual = true` says that somebody
    /// carries the data.
    ///
    /// ## Why it matters
    /// The journey that the team believes in does not happen: data stops at the gap, and the map says nothing of
    /// whatever closes it.
    ///
    /// ## Example
    /// ```toml
    /// [flow.inbound]
    /// name = "Inbound lead"
    /// owner = "ana"
    /// steps = [{ tool = "typeform" }, { tool = "salesforce" }]
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [flow.inbound]
    /// name = "Inbound lead"
    /// owner = "ana"
    /// steps = [{ tool = "typeform" }, { tool = "hubspot" }, { tool = "salesforce" }]
    /// ```
    pub RULE = "flow-gap", Integration, Error
}

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    for flow in stack.flows.values().filter(|flow| flow.is_live()) {
        for (index, hop) in cx.graph.flow_hops(flow).into_iter().enumerate() {
            let (Some(from), Some(to)) = (flow.steps.get(index), flow.steps.get(index + 1)) else { continue };
            if !hop.is_gap() {
                continue;
            }
            let subject = flow.address().part("step", &(index + 2).to_string());
            let tool = |id: &str| stack.tools.get(id).map_or_else(|| id.to_owned(), |tool| tool.about.name.to_string());
            let (here, there) = (tool(from.tool.as_str()), tool(to.tool.as_str()));
            let message = match &to.via {
                Some(via) if stack.integrations.get(via.as_str()).is_some_and(|via| !via.is_live()) => {
                    format!("`integration.{via}`, by which {there} should be reached from {here}, is not live")
                }
                Some(via) => format!("`integration.{via}` does not lead from {here} to {there}"),
                None => format!("no live integration leads from {here} to {there}"),
            };
            let pointer = if to.via.is_some() { format!("steps/{}/via", index + 1) } else { format!("steps/{}", index + 1) };
            let mut finding = Diagnostic::new(&RULE, subject, cx.value(flow, &pointer), message)
                .label(format!("step {} of {} cannot be reached", index + 2, flow.steps.len()))
                .note(format!("the flow is {}", flow.steps.iter().map(|step| tool(step.tool.as_str())).collect::<Vec<_>>().join(" → ")))
                .help(if to.via.is_some() {
                    "name an integration that makes this hop, or remove `via`"
                } else {
                    "describe the integration, add the step in between, or write `manual = true` if somebody carries the data"
                });
            let between =
                |a: &str, b: &str| a == from.tool.as_str() && b == to.tool.as_str() || a == to.tool.as_str() && b == from.tool.as_str();
            for integration in cx.graph.between(from.tool.as_str(), to.tool.as_str()).filter(|i| between(i.from.as_str(), i.to.as_str())) {
                let two_way = integration.direction == Direction::TwoWay;
                let why = match integration.is_live() {
                    false => "this one is not live",
                    true if two_way || integration.from.as_str() == from.tool.as_str() => "this one leads there",
                    true => "this one leads the other way",
                };
                finding = finding.related(integration.address(), Some(cx.header(integration)), why);
            }
            cx.report(finding);
        }
    }
}
