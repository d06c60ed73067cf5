//! Pictures of what happens in order: a flow, a lifecycle.

use super::{
    page::Diagram,
    picture::{diagram as finished, line, weight},
    view::{View, anchor, counted, url},
};
use crate::{
    diagram::{self, Caption, LineStyle},
    graph::FlowHop,
    model::{AnyEntity, Entity, Flow, Kind, Lifecycle},
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
            let line = line(view, integration, "../", 0, 0);
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

/// The stages of a lifecycle as a state diagram.
pub(super) fn lifecycle(view: &View<'_>, lifecycle: &Entity<Lifecycle>) -> Option<Diagram> {
    let place = |id: &str| lifecycle.stage.iter().position(|stage| stage.id.as_str() == id);
    let name = |owner: &crate::model::Owner| view.stack.party(owner).map_or_else(|| owner.to_string(), |party| party.name().to_owned());
    let stages = lifecycle.stage.iter().map(|stage| diagram::Stage {
        id: stage.id.to_string(),
        label: stage.name.to_string(),
        detail: stage.owner.as_ref().map(name),
        terminal: stage.terminal,
        handoff: stage.handoff.as_ref().map(|handoff| diagram::Handoff {
            owner: name(&handoff.to),
            within: handoff.within.as_ref().map(|within| format!("within {}", within.in_words())),
        }),
        href: Some(format!("#{}", anchor("stage", stage.id.as_str()))),
        title: stage.definition.as_ref().map_or_else(|| stage.name.to_string(), |definition| format!("{}: {definition}", stage.name)),
    });
    let mut transitions = Vec::new();
    for (from, stage) in lifecycle.stage.iter().enumerate() {
        let next = lifecycle.next(from).into_iter().filter_map(place);
        transitions.extend(next.map(|to| diagram::Transition { from, to, title: "next".to_owned() }));
        if let Some((back, to)) = stage.recycle.as_ref().and_then(|back| Some((back, place(back.to.as_str())?))) {
            let when = if back.when.is_empty() { "recycled".to_owned() } else { format!("recycled when {}", back.when.join(", ")) };
            transitions.push(diagram::Transition { from, to, title: when });
        }
    }
    let title = format!("Stages of {}", lifecycle.about.name);
    let description = format!("{} in order.", counted(lifecycle.stage.len(), "stage", "stages"));
    let caption = Caption { prefix: "l", title: &title, description: &description };
    finished(diagram::lifecycle::picture(&diagram::Lifecycle { stages: stages.collect(), transitions }, &caption), "lifecycle", &title)
}
