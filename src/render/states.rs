//! A lifecycle as a state diagram.

use super::{
    page::Diagram,
    picture::diagram as finished,
    view::{View, anchor, counted},
};
use crate::{
    diagram::{self, Caption, Note, NoteKind},
    model::{Entity, Handoff, Lifecycle, Owner, Recycle, Stage},
};

/// The stages of a lifecycle with who answers for them, handoffs and ways back; boxes lead to `base` with the id of the stage.
pub(super) fn picture(view: &View<'_>, lifecycle: &Entity<Lifecycle>, base: &str) -> Option<Diagram> {
    let reached = lifecycle.reached();
    let stages = lifecycle.stage.iter().enumerate().map(|(index, stage)| {
        let handoff = stage.handoff.as_ref().map(|handoff| self::handoff(view, handoff));
        let (into, out_of) = if stage.is_handed_over_on_entry() { (handoff, None) } else { (None, handoff) };
        diagram::Stage {
            id: stage.id.to_string(),
            label: stage.name.to_string(),
            detail: owner(view, stage),
            terminal: stage.terminal,
            unreached: !reached.contains(stage.id.as_str()),
            into,
            out_of,
            notes: notes(view, lifecycle, index, stage),
            href: Some(format!("{base}#{}", anchor("stage", stage.id.as_str()))),
            title: stage.definition.as_ref().map_or_else(|| stage.name.to_string(), |definition| format!("{}: {definition}", stage.name)),
        }
    });
    let picture = diagram::Lifecycle { stages: stages.collect(), transitions: transitions(lifecycle) };
    let title = format!("Stages of {}", lifecycle.about.name);
    let description =
        format!("{} from top to bottom, with who answers for records in each.", counted(lifecycle.stage.len(), "stage", "stages"));
    let caption = Caption { prefix: "l", title: &title, description: &description };
    finished(diagram::lifecycle::picture(&picture, &caption), "lifecycle", &title)
}

fn name(view: &View<'_>, owner: &Owner) -> String {
    view.stack.party(owner).map_or_else(|| owner.to_string(), |party| party.name().to_owned())
}

/// Who answers for records in a stage; at an end nobody has to.
fn owner(view: &View<'_>, stage: &Stage) -> Option<Note> {
    match &stage.owner {
        Some(owner) => Some(Note::new(NoteKind::Quiet, name(view, owner))),
        None if stage.terminal => None,
        None => Some(Note::new(NoteKind::Gap, "no owner")),
    }
}

fn handoff(view: &View<'_>, handoff: &Handoff) -> diagram::Handoff {
    let time = |of: Option<&crate::model::Duration>, before: &str, gap: &str| match of {
        Some(duration) => Note::new(NoteKind::Quiet, format!("{before} {}", duration.in_words())),
        None => Note::new(NoteKind::Gap, gap),
    };
    let times = vec![
        time(handoff.within.as_ref(), "has it within", "no time to hand over"),
        time(handoff.sla.as_ref(), "first touch within", "no time to first touch"),
    ];
    let owner = name(view, &handoff.to);
    let notify = handoff.notify.as_ref().map_or_else(String::new, |notify| format!(": {notify}"));
    diagram::Handoff { title: format!("Handoff to {owner}{notify}"), owner, times }
}

/// What stands beside a stage: what it means, what nobody has written down, how a record goes back, and where people work.
fn notes(view: &View<'_>, lifecycle: &Entity<Lifecycle>, index: usize, stage: &Stage) -> Vec<Note> {
    let mut notes: Vec<Note> = stage.definition.iter().map(|definition| Note::new(NoteKind::Plain, definition)).collect();
    if index > 0 && !stage.has_entry() {
        notes.push(Note::new(NoteKind::Gap, "no criteria to enter"));
    }
    if !stage.terminal && !stage.has_exit() {
        notes.push(Note::new(NoteKind::Gap, "no criteria to leave"));
    }
    if !stage.terminal && stage.recycle.is_none() && lifecycle.next(index).is_empty() {
        notes.push(Note::new(NoteKind::Gap, "leads nowhere, and is no end"));
    }
    notes.extend(stage.recycle.iter().map(|recycle| Note::new(NoteKind::Back, back(lifecycle, recycle))));
    let tools = view.analysis.stages().tools(lifecycle, stage.id.as_str());
    let names = tools.into_iter().filter_map(|id| view.stack.tools.get(id)).map(|tool| tool.about.name.to_string());
    let names: Vec<String> = names.collect();
    if !names.is_empty() {
        notes.push(Note::new(NoteKind::Quiet, format!("Tools: {}", names.join(", "))));
    }
    notes
}

/// Where a record goes back to and after how long: `back to Recycled after 14 days`.
fn back(lifecycle: &Lifecycle, recycle: &Recycle) -> String {
    let after = recycle.after.as_ref().map_or_else(String::new, |after| format!(" after {}", after.in_words()));
    format!("back to {}{after}", lifecycle.name_of(recycle.to.as_str()))
}

fn transitions(lifecycle: &Lifecycle) -> Vec<diagram::Transition> {
    let place = |id: &str| lifecycle.stage.iter().position(|stage| stage.id.as_str() == id);
    let mut transitions = Vec::new();
    for (from, stage) in lifecycle.stage.iter().enumerate() {
        let next = lifecycle.next(from).into_iter().filter_map(place);
        transitions.extend(next.map(|to| diagram::Transition { from, to, ..diagram::Transition::default() }));
        if let Some((recycle, to)) = stage.recycle.as_ref().and_then(|recycle| Some((recycle, place(recycle.to.as_str())?))) {
            let after = recycle.after.as_ref().map(|after| format!("after {}", after.in_words()));
            let when: Vec<String> = recycle.when.iter().cloned().chain(after).collect();
            transitions.push(diagram::Transition { from, to, recycles: true, title: when.join(", ") });
        }
    }
    transitions
}
