//! `linchpin route`.

use anyhow::Context;
use linchpin::{
    model::Stack,
    report::trace,
    routing::{Engine, Router},
};

use super::{Outcome, Output, leads, open_valid, prove, record};
use crate::cli::{Common, OneRecord, Route, RouteCommand, StackPath, Tests};

pub fn run(arguments: &Route, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let stack = arguments.stack.path();
    match &arguments.command {
        RouteCommand::Trace(arguments) => trace(arguments, &stack, common, out),
        RouteCommand::Run(arguments) => leads::run(arguments, &stack, common, out),
        RouteCommand::Test(arguments) => test(arguments, &stack, common, out),
        RouteCommand::Prove { id, format } => prove::run(id.as_deref(), &stack, *format, common, out),
    }
}

fn trace(arguments: &OneRecord, stack: &StackPath, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(stack, common, out)? else { return Ok(Outcome::Failed) };
    let engine = Engine::new(&project.stack);
    let router = router(&engine, &project.stack, &arguments.id)?;
    let given = record::given(&router.form, &arguments.record, out.progress)?;
    trace::route::write(arguments.format, &project.stack, &engine, router, &given.record, out.result)?;
    Ok(Outcome::Fine)
}

fn test(arguments: &Tests, stack: &StackPath, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(stack, common, out)? else { return Ok(Outcome::Failed) };
    let engine = Engine::new(&project.stack);
    let routers = match &arguments.id {
        Some(id) => vec![router(&engine, &project.stack, id)?],
        None => engine.routers().collect(),
    };
    let tested = trace::write_route_tests(arguments.format, &project.stack, &routers, out.result)?;
    Ok(record::conclude(&tested, "routing", out.progress)?)
}

/// Returns the routing of an id.
pub fn router<'e, 'a>(engine: &'e Engine<'a>, stack: &Stack, id: &str) -> anyhow::Result<&'e Router<'a>> {
    let routing = record::named(&stack.routings, "routing", id)?;
    engine.router(routing.id.as_str()).with_context(|| format!("no routing `{id}`"))
}
