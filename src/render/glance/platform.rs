//! Figures of what the machine consists of: tools, integrations, flows, automations, contracts.

use super::{
    super::{
        drawn, money,
        page::{Figure, Prose, Value},
        view::{View, capital, counted, link_list, url},
    },
    MOST_NAMES, at, day, findings, here, runners,
};
use crate::{
    analysis::{Cost, Seats},
    graph::FlowHop,
    model::{AnyEntity, Automation, ChangeOfControl, Contract, Direction, Entity, Flow, Integration, Kind, Tool, percent, thousands},
};

pub(super) fn tool(view: &View<'_>, tool: &Entity<Tool>) -> Vec<Figure> {
    let mut figures: Vec<Figure> = cost(view, tool).into_iter().collect();
    figures.extend(tool.adoption_share().map(|share| {
        let note = vec![Value::text("of what it can do")];
        at(view, (tool, "adoption"), "In use", percent(share), note)
    }));
    let touching: Vec<&Entity<Integration>> = view.graph.touching(tool.id.as_str()).collect();
    figures.extend((!touching.is_empty()).then(|| {
        let by_hand = touching.iter().filter(|integration| integration.is_live() && !integration.is_automated()).count();
        let note = if by_hand > 0 { vec![Value::text(format!("{by_hand} by hand"))] } else { vec![] };
        here("Integrations", touching.len().to_string(), "integrations", note)
    }));
    figures.extend(runners(view, tool));
    figures.extend(findings(view, tool));
    figures
}

/// What a tool costs a year, and by which contracts.
fn cost(view: &View<'_>, tool: &Entity<Tool>) -> Option<Figure> {
    let cost = view.analysis.outlay().tools.get(tool.id.as_str())?;
    let [first, ..] = cost.paid.as_slice() else { return None };
    let named = |paid: &crate::analysis::Paid<'_>| view.link_id(Kind::Contract, paid.contract);
    let mut note = vec![Value::text(if first.is_whole { "by " } else { "its part of " })];
    note.extend(link_list(cost.paid.iter().map(named).collect(), MOST_NAMES));
    if !cost.unknown.is_empty() {
        note.push(Value::text(", as far as is known"));
    }
    Some(money::figure(view, "Costs a year", cost.amount(), &url(Kind::Contract, first.contract), note))
}

pub(super) fn integration(view: &View<'_>, integration: &Entity<Integration>) -> Vec<Figure> {
    let mut figures: Vec<Figure> = drawn::schedule(integration)
        .map(|schedule| {
            let ways = if integration.direction == Direction::TwoWay { "both ways" } else { "one way" };
            at(view, (integration, "schedule"), "Runs", capital(&schedule), vec![Value::text(ways)])
        })
        .into_iter()
        .collect();
    let flows = view.ties.passing(integration.id.as_str());
    if !flows.is_empty() {
        figures.push(here("Flows through it", flows.len().to_string(), "flows", pipeline(view, flows)));
    }
    figures.extend(runners(view, integration));
    figures.extend(integration.verified.map(|on| day(view, (integration, "verified"), "Tested end to end", on, None)));
    figures.extend(integration.credential_expires.map(|on| day(view, (integration, "credential-expires"), "Credential ends", on, None)));
    figures.truncate(4);
    figures.extend(findings(view, integration));
    figures
}

/// The pipeline of a month that passes with live flows, as far as it is known.
fn pipeline(view: &View<'_>, flows: &[&dyn AnyEntity]) -> Prose {
    let live = flows.iter().filter(|flow| flow.is_live()).filter_map(|flow| view.stack.flows.get(flow.id().as_str()));
    let known: Vec<f64> = live.filter_map(|flow| flow.monthly_pipeline).map(|amount| amount.0).collect();
    match known.as_slice() {
        [] => vec![],
        known => vec![Value::text(format!("{} of pipeline a month", money::amount(view, known.iter().sum())))],
    }
}

pub(super) fn flow(view: &View<'_>, flow: &Entity<Flow>) -> Vec<Figure> {
    let mut figures = Vec::new();
    if let Some(amount) = flow.monthly_pipeline {
        let text = money::amount(view, amount.0);
        figures.push(at(view, (flow, "monthly-pipeline"), "Pipeline a month", text, vec![Value::text("stops when it stops")]));
    }
    if let Some(volume) = view.table(flow).get("monthly-volume").and_then(serde_json::Value::as_f64) {
        figures.push(at(view, (flow, "monthly-volume"), "Records a month", thousands(volume), vec![]));
    }
    let hops = view.graph.flow_hops(flow);
    if !hops.is_empty() {
        let count = |is: fn(&FlowHop<'_>) -> bool| hops.iter().filter(|hop| is(hop)).count();
        let (by_hand, gaps) = (count(|hop| matches!(hop, FlowHop::Manual)), count(|hop| matches!(hop, FlowHop::Gap)));
        let said = [(by_hand, "by hand"), (gaps, "without a live integration")];
        let said: Vec<String> = said.into_iter().filter(|(count, _)| *count > 0).map(|(count, how)| format!("{count} {how}")).collect();
        let note = if said.is_empty() { "all by themselves".to_owned() } else { said.join(", ") };
        figures.push(here("Steps from tool to tool", hops.len().to_string(), "steps", vec![Value::text(note)]));
    }
    figures.extend(runners(view, flow));
    figures.extend(findings(view, flow));
    figures
}

pub(super) fn automation(view: &View<'_>, automation: &Entity<Automation>) -> Vec<Figure> {
    let mut figures = Vec::new();
    if !automation.actions.is_empty() {
        figures.push(here("Does", counted(automation.actions.len(), "thing", "things"), "s-actions", vec![]));
    }
    figures.extend(runners(view, automation));
    figures.extend(automation.tested.map(|on| day(view, (automation, "tested"), "Last tested", on, None)));
    figures.extend(findings(view, automation));
    figures
}

pub(super) fn contract(view: &View<'_>, contract: &Entity<Contract>) -> Vec<Figure> {
    let today = view.project.today;
    let mut figures = Vec::new();
    if let Some(Cost::Known(amount)) = view.analysis.spend().of(contract.id.as_str()).map(|of| of.cost) {
        let part = contract.share.is_some_and(|share| share.0 < 1.0);
        let note = if part { vec![Value::text("marketing’s part")] } else { vec![] };
        figures.push(at(view, (contract, "annual-cost"), "Costs a year", money::amount(view, amount), note));
    }
    if let (Some(last), Some(renewal)) = (contract.last_day_to_decide(), contract.renewal) {
        let is_past = renewal < today;
        let by_itself = contract.auto_renew == Some(true);
        let label = if is_past {
            "Ended or renewed"
        } else if by_itself && last < today {
            "Notice missed"
        } else if by_itself {
            "Give notice by"
        } else {
            "Decide by"
        };
        let shown = if is_past { renewal } else { last };
        let then = if by_itself { "renews by itself on" } else { "ends on" };
        let note = if is_past {
            capital(&renewal.away_from(today))
        } else {
            format!("{}; it {then} {}", last.away_from(today), renewal.in_short())
        };
        figures.push(at(view, (contract, "renewal"), label, shown.in_short(), vec![Value::text(note)]));
    }
    if let Some(seats) = Seats::new(view.stack, view.analysis.spend(), contract)
        && let Some(used) = seats.used
    {
        let idle = seats.idle_cost.filter(|cost| *cost > 0.0);
        let note = idle.map(|cost| Value::text(format!("{} a year for the rest", money::amount(view, cost)))).into_iter().collect();
        figures.push(at(view, (contract, "seats-used"), "Seats in use", format!("{used} of {}", seats.seats), note));
    }
    figures.extend(contract.change_of_control.map(|clause| {
        let words = match clause {
            ChangeOfControl::Assignable => "Goes over",
            ChangeOfControl::Consent => "Needs consent",
            ChangeOfControl::Terminates => "Ends",
            ChangeOfControl::Unknown => "Nobody has looked",
        };
        at(view, (contract, "change-of-control"), "If the company is sold", words, vec![])
    }));
    figures.extend(findings(view, contract));
    figures
}
