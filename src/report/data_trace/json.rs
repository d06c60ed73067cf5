//! A trace of personal data for programs: `linchpin/data-trace/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::Traced;
use crate::{
    analysis::{
        Analysis,
        personal_data::{Deleted, How, WhyNot},
    },
    graph::SpreadLeg,
    model::{Address, AnyEntity, Owner},
};

#[derive(Serialize)]
struct Document<'d> {
    schema: &'static str,
    stack: &'d str,
    today: String,
    /// Where it begins.
    from: Vec<Address>,
    /// Nothing for a person's record.
    signal: Option<&'static str>,
    /// The tools that are reached, in order.
    reached: Vec<Reached<'d>>,
    /// For a record: the tools that hold people and that no documented way leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    apart: Option<Vec<Reached<'d>>>,
    /// The tools that are missed.
    missed: Vec<Missed>,
}

#[derive(Serialize)]
struct Reached<'d> {
    tool: Address,
    /// The integrations on the way; for a record the last one.
    by: Vec<Address>,
    /// For a signal: the seconds that it takes at most, as far as schedules are documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u64>,
    /// For a record: how a person is deleted there.
    #[serde(skip_serializing_if = "Option::is_none")]
    deletion: Option<Deletion<'d>>,
}

#[derive(Serialize)]
struct Deletion<'d> {
    how: &'static str,
    seconds: Option<u64>,
    told_by: Option<Address>,
    runbook: Option<Address>,
    note: Option<&'d str>,
    owner: Option<&'d Owner>,
    missed: bool,
}

#[derive(Serialize)]
struct Missed {
    tool: Address,
    /// For a signal: the last tool that it reaches on the way there.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_far_as: Option<Address>,
    /// For a signal: the integration that does not take it on.
    #[serde(skip_serializing_if = "Option::is_none")]
    integration: Option<Address>,
    because: &'static str,
}

pub(super) fn write(analysis: &Analysis<'_>, traced: &Traced<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let stack = analysis.stack;
    let tool = |id: &str| Address::of("tool", id);
    let base = |from, signal| Document {
        schema: "linchpin/data-trace/1",
        stack: stack.company.name.as_str(),
        today: analysis.today.to_string(),
        from,
        signal,
        reached: Vec::new(),
        apart: None,
        missed: Vec::new(),
    };
    let document = match traced {
        Traced::Person(erasure) => Document {
            reached: erasure.steps.iter().map(|deleted| reached(analysis, deleted)).collect(),
            apart: Some(erasure.apart.iter().map(|deleted| reached(analysis, deleted)).collect()),
            missed: erasure
                .missed()
                .map(|deleted| Missed { tool: deleted.tool.address(), as_far_as: None, integration: None, because: how(deleted.how) })
                .collect(),
            ..base(vec![erasure.from.address()], None)
        },
        Traced::Signal(signal) => Document {
            reached: signal
                .tools()
                .map(|id| Reached {
                    tool: tool(id),
                    by: signal.way(id).iter().map(|leg: &SpreadLeg<'_>| leg.integration.address()).collect(),
                    seconds: signal.seconds(id),
                    deletion: None,
                })
                .collect(),
            missed: signal.missed(stack).map(|of| missed(analysis, signal, of.id.as_str())).collect(),
            ..base(vec![signal.source.address()], Some(signal.signal.word()))
        },
    };
    crate::text::json::write(&document, out)
}

fn reached<'d>(analysis: &Analysis<'_>, deleted: &'d Deleted<'_>) -> Reached<'d> {
    let data = analysis.data_map();
    let id = deleted.tool.id.as_str();
    let seconds = if let How::Told { seconds } = deleted.how { seconds } else { None };
    let by_people = matches!(deleted.how, How::Ticket(_) | How::Manual(_));
    Reached {
        tool: deleted.tool.address(),
        by: deleted.by.iter().map(|leg| leg.integration.address()).collect(),
        seconds: None,
        deletion: Some(Deletion {
            how: how(deleted.how),
            seconds,
            told_by: data.told_by(id).filter(|_| matches!(deleted.how, How::Told { .. })).map(AnyEntity::address),
            runbook: data.runbook(id).filter(|_| by_people).map(AnyEntity::address),
            note: deleted.tool.data.as_ref().and_then(|data| data.deletion_note.as_deref()),
            owner: deleted.tool.owner.as_ref(),
            missed: deleted.how.is_missed(),
        }),
    }
}

fn missed(analysis: &Analysis<'_>, signal: &crate::analysis::personal_data::Propagation<'_>, id: &str) -> Missed {
    let end = signal.ends(analysis.stack, id);
    let because = match end.map(|end| end.why) {
        None => "no-way",
        Some(WhyNot::NotCarried) => "not-carried",
        Some(WhyNot::ByHand) => "by-hand",
        Some(WhyNot::NotWorking) => "not-working",
    };
    Missed {
        tool: Address::of("tool", id),
        as_far_as: end.map(|end| Address::of("tool", end.last)),
        integration: end.map(|end| end.next.address()),
        because,
    }
}

/// How a person is deleted, as a word.
fn how(how: How) -> &'static str {
    match how {
        How::Told { .. } => "told",
        How::Automatic => "automatic",
        How::Api => "api",
        How::Ticket(_) => "ticket",
        How::Manual(_) => "manual",
        How::Exempt => "exempt",
        How::Never => "none",
        How::Untold(_) => "not-documented",
    }
}
