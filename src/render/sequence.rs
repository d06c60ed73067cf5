//! The picture of a flow.

use super::{
    drawn::{line, weight},
    page::Diagram,
    picture::diagram as finished,
    view::{View, counted, url},
};
use crate::{
    diagram::{self, Caption, LineStyle},
    graph::FlowHop,
    model::{AnyEntity, Entity, Flow, Kind},
};

/// A flow as a sequence of hops.
pub(super) fn flow(view: &View<'_>, flow: &Entity<Flow>) -> Option<Diagram> {
    let hops = view.graph.flow_hops(flow);
    let steps = flow.steps.iter().enumerate().map(|(index, step)| {
        let tool = view.stack.tools.get(step.tool.as_str());
        let label = tool.map_or_else(|| step.tool.to_string(), |tool| tool.about.name.to_string());
        let hop = index.checked_sub(1).and_then(|before| hops.get(before));
        diagram::Step {
            id: step.tool.to_string(),
            title: format!("{}. {label}{}", index + 1, step.action.as_ref().map_or_else(String::new, |action| format!(": {action}"))),
            label,
            action: step.action.clone(),
            manual: step.manual,
            weight: weight(tool.and_then(AnyEntity::criticality)),
            href: Some(format!("../{}", url(Kind::Tool, step.tool.as_str()))),
            hop: hop.and_then(|hop| flow_hop(view, hop)),
        }
    });
    let title = format!("Steps of {}", flow.about.name);
    let description = format!("{} in order.", counted(flow.steps.len(), "step", "steps"));
    let caption = Caption { prefix: "f", title: &title, description: &description };
    finished(diagram::flow::picture(&diagram::Flow { steps: steps.collect() }, &caption), "flow", &title)
}

/// What carries a record to a step; nothing for a gap.
fn flow_hop(view: &View<'_>, hop: &FlowHop<'_>) -> Option<diagram::Hop> {
    match hop {
        FlowHop::Gap => None,
        FlowHop::Same => Some(diagram::Hop { title: "inside the same tool".to_owned(), ..diagram::Hop::default() }),
        FlowHop::Manual => {
            Some(diagram::Hop { style: LineStyle::Manual, title: "somebody carries the data".to_owned(), ..diagram::Hop::default() })
        }
        FlowHop::By(by) => {
            let integration = by.first()?;
            let line = line(view.graph, integration, "../", 0, 0);
            Some(diagram::Hop {
                id: line.id,
                style: line.style,
                broken: line.broken,
                critical: line.critical,
                href: line.href,
                title: line.title,
            })
        }
    }
}
