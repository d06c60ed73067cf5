//! A trace of personal data for people.

use super::Traced;
use crate::{
    analysis::{
        Analysis,
        personal_data::{Deleted, Erasure, How, Propagation, Untold},
    },
    graph::SpreadLeg,
    model::{Entity, Kind, Signal, Tool, time_in_words},
    report::outline::{Item, Outline, Section, named, plainly, titled},
    text::list::list,
};

/// So many names a sentence lists.
const MOST: usize = 8;

pub(super) fn outline(analysis: &Analysis<'_>, traced: &Traced<'_, '_>) -> Outline {
    match traced {
        Traced::Person(erasure) => walk(analysis, erasure),
        Traced::Signal(signal) => spread(analysis, signal),
    }
}

/// How a person is deleted from a tool: `by a call`, `told by OneTrust → HubSpot within 5 minutes`. Names are plain.
pub fn deletion(analysis: &Analysis<'_>, deleted: &Deleted<'_>) -> String {
    let data = analysis.data_map();
    let id = deleted.tool.id.as_str();
    let steps = || match data.runbook(id) {
        Some(runbook) => format!(", as {} says", plainly(runbook.about.name.as_str())),
        None => ", and no runbook for such requests covers it".to_owned(),
    };
    match deleted.how {
        How::Told { seconds } => {
            let by = data.told_by(id).map_or_else(|| "an integration".to_owned(), |by| plainly(&analysis.stack.name(by)));
            let within = match seconds {
                Some(seconds) => format!(" {}", soon(data.deletion.as_ref(), id, seconds)),
                None => String::new(),
            };
            format!("told by {by}{within}")
        }
        How::Automatic => "by itself".to_owned(),
        How::Api => "by a call".to_owned(),
        How::Ticket(_) => format!("by asking the vendor{}", steps()),
        How::Manual(_) => format!("by hand{}", steps()),
        How::Exempt => "need not be deleted".to_owned(),
        How::Never => "never".to_owned(),
        How::Untold(Untold::Deletion) => "not documented".to_owned(),
        How::Untold(Untold::Data) => "not documented, nor what it holds".to_owned(),
    }
}

/// How soon a signal arrives at a tool, as far as schedules are documented.
pub fn soon(signal: Option<&Propagation<'_>>, tool: &str, seconds: u64) -> String {
    match (seconds, signal.is_some_and(|signal| signal.is_open_ended(tool))) {
        (0, true) => "on demand, or when nobody says".to_owned(),
        (0, false) => "at once".to_owned(),
        (seconds, true) => format!("within {} at least, as far as schedules are documented", time_in_words(seconds)),
        (seconds, false) => format!("within {}", time_in_words(seconds)),
    }
}

fn walk(analysis: &Analysis<'_>, erasure: &Erasure<'_>) -> Outline {
    let stack = analysis.stack;
    let from = plainly(erasure.from.about.name.as_str());
    let item = |(number, deleted): (usize, &Deleted<'_>)| {
        let mut notes: Vec<String> = deleted
            .by
            .map(|leg| format!("comes from {} by {}", named(stack, Kind::Tool, leg.from), titled(stack, leg.integration)))
            .into_iter()
            .collect();
        notes.push(format!("deleted: {}", deletion(analysis, deleted)));
        if let Some(note) = deleted.tool.data.as_ref().and_then(|data| data.deletion_note.as_deref()) {
            notes.push(plainly(note));
        }
        let owner = deleted.tool.owner.as_ref().map(|owner| plainly(&stack.party_name(owner)));
        notes.extend(owner.map(|owner| format!("by whom: {owner}")));
        let mark = if deleted.how.is_missed() { " — a request would miss it" } else { "" };
        Item { text: format!("{number}. {}{mark}", titled(stack, deleted.tool)), notes }
    };
    let count = erasure.steps.len();
    let too = if count > 0 { " too" } else { "" };
    let apart = format!("Holds people{too}, but no documented way leads there: look them up");
    let sections = vec![
        Section::new(format!("What the record of a person in {from} reaches"), (1..).zip(&erasure.steps).map(item)),
        Section::new(apart, (count + 1..).zip(&erasure.apart).map(item)),
    ];
    let missed: Vec<String> = erasure.missed().map(|deleted| plainly(deleted.tool.about.name.as_str())).collect();
    let all = count + erasure.apart.len();
    let tools = if all == 1 { "tool" } else { "tools" };
    let verdict = match missed.len() {
        0 if all == 0 => "No live tool is documented to hold people.".to_owned(),
        0 => format!(
            "How a person is deleted is documented for {}.",
            if all == 1 { "the one tool that holds people".to_owned() } else { format!("all {all} tools that hold people") }
        ),
        of => format!("A request would miss {of} of {all} {tools}: {}.", list(missed, MOST)),
    };
    let idle = erasure.idle().map(|tool| format!("{} is not in use, so no record leaves it.", titled(stack, tool)));
    let lead = idle.into_iter().chain([verdict, LEGAL.to_owned()]).collect();
    Outline { title: format!("A person's record, from {from}"), lead, sections }
}

const LEGAL: &str = "This is what is documented, and no legal advice.";

fn spread(analysis: &Analysis<'_>, signal: &Propagation<'_>) -> Outline {
    let stack = analysis.stack;
    let word = signal.signal.noun();
    let source = plainly(signal.source.about.name.as_str());
    let reached = signal.tools().filter(|tool| !signal.begins_in(tool)).filter_map(|tool| stack.tools.get(tool));
    let reached: Vec<Item> = reached.map(|tool| arrival(analysis, signal, tool)).collect();
    let missed: Vec<&Entity<Tool>> = signal.missed(stack).collect();
    let (holds, kept) = match signal.signal {
        Signal::Deletion => ("holds people", "hold people"),
        Signal::Consent | Signal::Suppression => ("contacts people", "contact people"),
    };
    let verdict = match missed.len() {
        0 => format!("It reaches every tool that {holds}."),
        1 => format!("It never reaches 1 tool that {holds}."),
        of => format!("It never reaches {of} tools that {kept}."),
    };
    let sections = vec![
        Section::new("Reaches, the soonest first", reached),
        Section::new("Never reaches", missed.into_iter().map(|tool| gap(analysis, signal, tool))),
    ];
    Outline { title: format!("{}, from {source}", crate::text::sentence::capital(word)), lead: vec![verdict, LEGAL.to_owned()], sections }
}

fn arrival(analysis: &Analysis<'_>, signal: &Propagation<'_>, tool: &Entity<Tool>) -> Item {
    let (stack, id) = (analysis.stack, tool.id.as_str());
    let way = signal.way(id);
    let name = |leg: &SpreadLeg<'_>| named(stack, Kind::Tool, leg.to);
    let tools: Vec<String> = way.first().map(|leg| named(stack, Kind::Tool, leg.from)).into_iter().chain(way.iter().map(name)).collect();
    // A long way is told by its beginning and its end.
    let shown = match tools.as_slice() {
        [first @ .., last] if first.len() > MOST => {
            format!("{} → … → {last}", first.iter().take(MOST - 1).cloned().collect::<Vec<_>>().join(" → "))
        }
        all => all.join(" → "),
    };
    let mut notes = vec![shown];
    if let Some(slowest) = signal.slowest(id) {
        notes.push(format!("waits longest for {}", titled(stack, slowest)));
    }
    let within = soon(Some(signal), id, signal.seconds(id).unwrap_or_default());
    Item { text: format!("{}: {within}", titled(stack, tool)), notes }
}

fn gap(analysis: &Analysis<'_>, signal: &Propagation<'_>, tool: &Entity<Tool>) -> Item {
    let stack = analysis.stack;
    let note = match signal.ends(stack, tool.id.as_str()) {
        Some(end) => {
            let why = end.why.words(signal.signal);
            format!("gets as far as {}: {} {why}", named(stack, Kind::Tool, end.last), titled(stack, end.next))
        }
        None => match signal.idle() {
            Some(idle) => format!("{} does not work, so nothing begins there", titled(stack, idle)),
            None => "no live integrations lead there".to_owned(),
        },
    };
    Item { text: titled(stack, tool), notes: vec![note] }
}
