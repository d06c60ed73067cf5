use std::collections::BTreeSet;

use super::{Context, wording};
use crate::{
    diagnostic::{Diagnostic, declare_rule},
    graph::FlowHop,
    model::{AnyEntity, Direction, Entity, Flow, Id, Integration, Ref, Step},
};

declare_rule! {
    /// ## What it checks
    /// A live flow with a step that no live integration leads to from the step before. Steps in one tool need no
    /// integration, one through middleware also leads to it and on from it, and `manual = true` says that somebody
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
    ///
    /// ## Limits
    /// What has come into middleware with an integration leaves it with the same one: where two others meet, the gap is
    /// behind the middleware. A flow that begins there, or to which somebody carries the data by hand, may go on with any.
    /// Behind a gap the flow is judged as if it began anew. Which objects the integrations carry is not judged.
    pub RULE = "flow-gap", Integration, Error
}

/// So many integrations are shown at most beside a gap.
const MOST: usize = 5;

pub(super) fn check(cx: &mut Context<'_>) {
    for flow in cx.stack.flows.values().filter(|flow| flow.is_live()) {
        let hops = cx.graph.flow_hops(flow);
        for (index, pair) in flow.steps.windows(2).enumerate() {
            if let [from, to] = pair
                && hops.get(index).is_some_and(FlowHop::is_gap)
            {
                let inside = inside(flow, &hops, index);
                report(cx, flow, index, [from, to], inside.as_ref());
            }
        }
    }
}

/// How data came into the middleware at a step: from which tool, and with which integrations.
struct Inside<'a> {
    from: &'a str,
    with: &'a [&'a Entity<Integration>],
}

/// How data came into the tool of a step, if that is the middleware of all that leads there.
fn inside<'h>(flow: &'h Flow, hops: &'h [FlowHop<'h>], step: usize) -> Option<Inside<'h>> {
    let before = hops.get(..step)?;
    let came = before.iter().rposition(|hop| !matches!(hop, FlowHop::Same))?;
    let (from, at) = (flow.steps.get(came)?.tool.as_str(), flow.steps.get(step)?.tool.as_str());
    let FlowHop::By(with) = before.get(came)? else { return None };
    let is_middleware = |by: &&Entity<Integration>| {
        by.via.as_ref().map(Ref::as_str) == Some(at) && [&by.from, &by.to].into_iter().all(|end| end.as_str() != at)
    };
    with.iter().all(is_middleware).then_some(Inside { from, with })
}

fn report(cx: &mut Context<'_>, flow: &Entity<Flow>, index: usize, [from, to]: [&Step; 2], inside: Option<&Inside<'_>>) {
    let stack = cx.stack;
    let subject = flow.address().part("step", &(index + 2).to_string());
    let tool = |id: &str| wording::tool(stack, id).to_owned();
    let (here, there) = (tool(from.tool.as_str()), tool(to.tool.as_str()));
    let from_there = inside.map(|inside| tool(inside.from));
    let way =
        from_there.as_ref().map_or_else(|| format!("from {here} to {there}"), |first| format!("from {first} through {here} to {there}"));
    let message = match &to.via {
        Some(via) if stack.integrations.get(via.as_str()).is_some_and(|via| !via.is_live()) => {
            format!("`integration.{via}`, by which {there} should be reached from {here}, is not live")
        }
        Some(via) => format!("`integration.{via}` does not lead {way}"),
        None => format!("no live integration leads {way}"),
    };
    let help = match (&to.via, &from_there) {
        (Some(_), _) => "name an integration that makes this hop, or remove `via`".to_owned(),
        (None, Some(first)) if *first != there => {
            format!("describe the integration from {first} to {there}, with `via = \"{}\"`, or the steps that the data takes", from.tool)
        }
        (None, _) => "describe the integration, add the step in between, or write `manual = true` if somebody carries the data".to_owned(),
    };
    let pointer = if to.via.is_some() { format!("steps/{}/via", index + 1) } else { format!("steps/{}", index + 1) };
    let finding = Diagnostic::new(&RULE, subject, cx.value(flow, &pointer), message)
        .label(format!("step {} of {} cannot be reached", index + 2, flow.steps.len()))
        .note(format!("the flow is {}", flow.steps.iter().map(|step| tool(step.tool.as_str())).collect::<Vec<_>>().join(" → ")))
        .help(help);
    cx.report(beside(cx, finding, [from, to], inside));
}

/// Adds what leads into the middleware before a gap, and what is between its two tools.
fn beside(cx: &Context<'_>, mut finding: Diagnostic, [from, to]: [&Step; 2], inside: Option<&Inside<'_>>) -> Diagnostic {
    let (from, to) = (from.tool.as_str(), to.tool.as_str());
    let name = |tool: &str| wording::tool(cx.stack, tool).to_owned();
    let (first, with) = inside.map_or(("", &[][..]), |inside| (inside.from, inside.with));
    for integration in with.iter().take(MOST) {
        let end = if integration.from.as_str() == first { &integration.to } else { &integration.from };
        let why = format!("this one goes on to {}", name(end.as_str()));
        finding = finding.related(integration.address(), Some(cx.header(*integration)), why);
    }
    let told: BTreeSet<&Id> = with.iter().map(|integration| &integration.id).collect();
    let why = |integration: &Entity<Integration>| {
        let two_way = integration.direction == Direction::TwoWay;
        let (first, last) = (integration.from.as_str(), integration.to.as_str());
        if [[first, last], [last, first]].contains(&[from, to]) {
            return Some(match integration.is_live() {
                false => "this one is not live".to_owned(),
                true if two_way || first == from => "this one leads there".to_owned(),
                true => "this one leads the other way".to_owned(),
            });
        }
        let is_through = integration.is_live() && integration.via.as_ref().map(Ref::as_str) == Some(from);
        let other = if last == to { Some(first) } else { (two_way && first == to).then_some(last) };
        other.filter(|_| is_through).map(|other| format!("this one carries on only what comes from {}", name(other)))
    };
    let between = cx.graph.between(from, to).filter(|integration| !told.contains(&integration.id));
    let between = between.filter_map(|integration| Some((integration, why(integration)?)));
    for (integration, why) in between.take(MOST) {
        finding = finding.related(integration.address(), Some(cx.header(integration)), why);
    }
    finding
}
