//! `linchpin trace-data` and `linchpin export`.

use linchpin::{
    Project,
    analysis::Analysis,
    export::ropa,
    load::nearest,
    model::{Entity, Id, Signal, Tool},
    report::data_trace::{self, Traced},
};

use super::{Mistakes, Outcome, Output, open_valid};
use crate::cli::{Common, Export, ExportCommand, TraceData};

pub fn trace(arguments: &TraceData, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(&arguments.stack, common, out)? else { return Ok(Outcome::Failed) };
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    if let Some(signal) = arguments.signal.map(Signal::from) {
        let propagation = analysis.data_map().signal(signal).ok_or_else(|| Mistakes(vec![nowhere(signal).to_owned()]))?;
        data_trace::write(arguments.format, &analysis, &Traced::Signal(propagation), out.result)?;
    } else {
        let from = begins(&project, arguments.person_from.as_deref()).map_err(|mistake| Mistakes(vec![mistake]))?;
        let erasure = analysis.data_map().erasure(&graph, from);
        data_trace::write(arguments.format, &analysis, &Traced::Person(&erasure), out.result)?;
    }
    Ok(Outcome::Fine)
}

/// The tool from which a person's record is followed.
fn begins<'p>(project: &'p Project, asked: Option<&str>) -> Result<&'p Entity<Tool>, String> {
    let tools = &project.stack.tools;
    let Some(asked) = asked else {
        let record = project.stack.company.system_of_record.as_ref().and_then(|tool| tools.get(tool.as_str()));
        return record.ok_or_else(|| "the stack names no system of record to begin with; name a tool by `--person-from TOOL`".to_owned());
    };
    let id = asked.trim();
    let id = id.strip_prefix("tool.").unwrap_or(id);
    tools.get(id).ok_or_else(|| match nearest(id, tools.keys().map(Id::as_str)) {
        Some(near) => format!("no tool `{id}`; did you mean `{near}`?"),
        None => format!("no tool `{id}`; `--person-from` takes the id of a tool"),
    })
}

/// That nobody says where a signal begins.
fn nowhere(signal: Signal) -> &'static str {
    match signal {
        Signal::Consent => "the stack does not say where consent is recorded: `[privacy]` with `consent-tool = \"…\"`",
        Signal::Suppression => "the stack does not say where objections are kept: `[privacy]` with `suppression-tool = \"…\"`",
        Signal::Deletion => {
            "the stack names neither a system of record nor a consent tool, from which deletions begin: `[stack]` with `system-of-record = \"…\"`"
        }
    }
}

pub fn export(arguments: &Export, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let ExportCommand::Ropa { stack, format } = &arguments.command;
    let Some(project) = open_valid(stack, common, out)? else { return Ok(Outcome::Failed) };
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    ropa::write(*format, &analysis, out.result)?;
    Ok(Outcome::Fine)
}
