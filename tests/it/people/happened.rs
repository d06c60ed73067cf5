//! What should be told of a departure, found by changing the tables of the stack as if it had happened.

use std::collections::{BTreeMap, BTreeSet};

use linchpin::{
    analysis::Analysis,
    graph::{FlowHop, Graph},
    model::{Address, AnyEntity, Flow, Integration, Kind, Stack},
};
use serde_json::Value;

use super::{
    draft::{Draft, ask},
    what_if::Told,
};
use crate::fixture::today;

/// What has happened, read from the tables.
struct Happened<'d> {
    draft: &'d Draft,
    /// Everything that goes, with the members of teams.
    gone: BTreeSet<String>,
}

fn is_in(value: &Value, one: &str) -> bool {
    value.as_array().is_some_and(|list| list.iter().any(|item| item == one)) || value == one
}

impl<'d> Happened<'d> {
    fn new(draft: &'d Draft, without: &[Address]) -> Self {
        let mut gone: BTreeSet<String> = without.iter().map(ToString::to_string).collect();
        let stack = draft.stack();
        for ((kind, id), table) in &draft.tables {
            let is_member = |team: &&String| {
                let team = team.strip_prefix("team.");
                team.is_some_and(|team| is_in(&table["teams"], team) || draft.tables[&(Kind::Team, team.to_owned())]["lead"] == *id)
            };
            if *kind == Kind::Person && !stack.is_gone(id, today()) && gone.iter().any(|address| is_member(&address)) {
                gone.insert(format!("person.{id}"));
            }
        }
        Self { draft, gone }
    }

    /// The same while only the people, or only the tools and integrations, are not replaced yet.
    fn without(&self, people: bool, tools: bool) -> Self {
        let is_person = |address: &str| address.starts_with("person.") || address.starts_with("team.");
        let gone = self.gone.iter().filter(|address| if is_person(address) { people } else { tools });
        Self { draft: self.draft, gone: gone.cloned().collect() }
    }

    /// The flows that stop.
    fn stops(&self, before: &Stack, middleware: bool) -> BTreeSet<String> {
        let broken = self.stopped_stack();
        let stops = |flow: &&linchpin::model::Entity<Flow>| {
            let has_step = flow.steps.iter().any(|step| self.gone.contains(&format!("tool.{}", step.tool.as_str())));
            let (was, is) = (hops(before, flow, middleware), hops(&broken, flow, middleware));
            has_step || was.iter().zip(&is).any(|(was, is)| *was == Some(true) && *is == Some(false))
        };
        before.flows.values().filter(|flow| flow.is_working()).filter(stops).map(|flow| flow.address().to_string()).collect()
    }

    fn is_gone(&self, kind: &str, id: &Value) -> bool {
        id.as_str().is_some_and(|id| self.gone.contains(&format!("{kind}.{id}")))
    }

    /// The tables of kinds, with their addresses.
    fn tables(&self, kinds: &'static [Kind]) -> impl Iterator<Item = (String, &'d Value)> {
        let tables = self.draft.tables.iter().filter(move |((kind, _), _)| kinds.contains(kind));
        tables.map(|((kind, id), table)| (format!("{}.{id}", kind.name()), table))
    }

    /// Whether it needs a tool that is gone.
    fn is_in_gone_tool(&self, table: &Value) -> bool {
        let calls = table["calls"].as_array().into_iter().flatten();
        ["from", "to", "via", "tool"].iter().map(|key| &table[key]).chain(calls).any(|tool| self.is_gone("tool", tool))
    }

    /// What worked and does not any more, and whether it has to be made anew.
    fn stopped(&self) -> BTreeMap<String, bool> {
        let working = self
            .tables(&[Kind::Integration, Kind::Automation, Kind::Routing, Kind::Scoring])
            .filter(|(_, table)| table["status"] == "active");
        let stopped = working.filter_map(|(address, table)| {
            let is_gone = self.gone.contains(&address);
            let needs = self.is_in_gone_tool(table);
            let runs_as = self.is_gone("person", &table["runs-as"]);
            (is_gone || needs || runs_as).then_some((address, is_gone || needs))
        });
        stopped.collect()
    }

    /// The stack whose people and teams have left.
    fn left(&self) -> Stack {
        let mut draft = self.draft.clone();
        for address in &self.gone {
            match address.split_once('.').unwrap() {
                ("person", _) => draft.at(address)["status"] = "left".into(),
                ("team", id) => drop(draft.tables.remove(&(Kind::Team, id.to_owned()))),
                _ => {}
            }
        }
        draft.stack()
    }

    /// The stack whose integrations have stopped.
    fn stopped_stack(&self) -> Stack {
        let mut draft = self.draft.clone();
        for address in self.stopped().keys() {
            draft.at(address)["status"] = "broken".into();
        }
        draft.stack()
    }

    fn hours(&self, address: &str) -> f64 {
        let kind = address.split_once('.').unwrap().0;
        let defaults = [("tool", 24.0), ("integration", 16.0), ("flow", 8.0), ("routing", 24.0), ("scoring", 20.0), ("automation", 6.0)];
        let default = defaults.iter().find(|(name, _)| *name == kind).unwrap().1;
        let table = self.tables(&[Kind::Tool, Kind::Integration, Kind::Flow, Kind::Routing, Kind::Scoring, Kind::Automation]);
        let table = table.into_iter().find(|(of, _)| of == address).unwrap().1;
        let factor = match table["criticality"].as_str() {
            Some("critical") => 2.0,
            Some("high") => 1.5,
            Some("low") => 0.5,
            Some(_) => 1.0,
            // Routings and scorings are important unless somebody says otherwise.
            None => {
                if matches!(kind, "routing" | "scoring") {
                    1.5
                } else {
                    1.0
                }
            }
        };
        factor * self.draft.risk["hours-to-rebuild"][kind].as_f64().unwrap_or(default)
    }

    fn range(&self, key: &str, default: [f64; 2]) -> [f64; 2] {
        let range = &self.draft.risk[key];
        if range.is_null() { default } else { ["low", "high"].map(|end| range[end].as_f64().unwrap()) }
    }
}

/// The integrations that make a hop, found without the map.
fn makes(stack: &Stack, from: &str, to: &linchpin::model::Step) -> BTreeSet<String> {
    let leads = |integration: &Integration| {
        let (a, b) = (integration.from.as_str(), integration.to.as_str());
        let back = integration.direction == linchpin::model::Direction::TwoWay;
        (a == from && b == to.tool.as_str()) || (back && b == from && a == to.tool.as_str())
    };
    let named = |id: &str| to.via.as_ref().is_none_or(|via| via.as_str() == id);
    let all = stack.integrations.values().filter(|of| of.is_working() && leads(of) && named(of.id.as_str()));
    all.map(|of| of.id.as_str().to_owned()).collect()
}

/// Whether each hop of a flow is made; nothing where nothing has to make it.
fn hops(stack: &Stack, flow: &Flow, middleware: bool) -> Vec<Option<bool>> {
    if middleware {
        let hops = Graph::new(stack).flow_hops_by(flow, &|integration| integration.is_working());
        return hops.iter().map(|hop| matches!(hop, FlowHop::By(_) | FlowHop::Gap).then(|| !hop.is_gap())).collect();
    }
    let pairs = flow.steps.windows(2).map(|pair| {
        let [from, to] = pair else { unreachable!() };
        (!to.manual && from.tool != to.tool).then(|| !makes(stack, from.tool.as_str(), to).is_empty())
    });
    pairs.collect()
}

/// What should be told.
pub fn expected(draft: &Draft, without: &[Address], middleware: bool) -> Told {
    let (happened, before) = (Happened::new(draft, without), draft.stack());
    let left = happened.left();
    let stopped = happened.stopped();
    let mut told = Told { stopped: stopped.keys().cloned().collect(), ..Told::default() };
    told.stops = happened.stops(&before, middleware);
    ask(&before, |was| ask(&left, |is| classify(&mut told, &happened, &stopped, was, is)));
    reached(&mut told, &happened, &before);
    let live = |(address, table): (String, &Value)| {
        let is_live = !matches!(table["status"].as_str().unwrap(), "planned" | "retired" | "evaluating");
        (is_live && happened.gone.contains(&address)).then_some(address)
    };
    let mut rebuilt: BTreeSet<String> = happened.tables(&[Kind::Tool, Kind::Integration]).filter_map(live).collect();
    rebuilt.extend(stopped.iter().filter(|(_, is_lost)| **is_lost).map(|(address, _)| address.clone()));
    rebuilt.extend(told.unmaintained.iter().cloned());
    let low: f64 = rebuilt.iter().map(|address| happened.hours(address)).sum();
    told.hours = [low, low + told.recoverable.iter().map(|address| happened.hours(address)).sum::<f64>()];
    let rate = happened.range("hourly-rate", [75.0, 150.0]);
    let pipeline = |flow: &String| before.at(&Address::new(flow.as_str())).unwrap().json()["monthly-pipeline"].as_f64();
    let [people, tools] = ["weeks-to-replace", "weeks-to-replace-tool"].map(|key| happened.range(key, [8.0, 16.0]));
    let still = [(true, false), (false, true)].map(|(people, tools)| happened.without(people, tools).stops(&before, middleware));
    for end in 0..2 {
        // It goes on as soon as what is not replaced yet would not stop it by itself.
        let after = |flow: &String| {
            let mut times = [(people[end], &still[1]), (tools[end], &still[0])];
            times.sort_by(|a, b| a.0.total_cmp(&b.0));
            if times[0].1.contains(flow) { times[1].0 } else { times[0].0 }
        };
        told.pipeline[end] = told.stops.iter().filter_map(|flow| Some(pipeline(flow)? * after(flow) * 12.0 / 52.0)).sum();
    }
    told.unknown = told.stops.iter().filter(|flow| pipeline(flow).is_none()).cloned().collect();
    told.rebuild = [0, 1].map(|end| told.hours[end] * rate[end]);
    told
}

/// Who can run what after people have left.
fn classify(told: &mut Told, happened: &Happened<'_>, stopped: &BTreeMap<String, bool>, was: &Analysis<'_>, is: &Analysis<'_>) {
    for entity in was.stack.all() {
        let address = entity.address().to_string();
        let (runners, still) = (was.knowledge().of(&address), is.knowledge().of(&address));
        let ids = |of: &linchpin::analysis::Runners<'_>| {
            let people = of.people.iter().map(|runner| runner.person.to_owned());
            people.chain(of.unlisted.iter().map(ToString::to_string)).collect::<BTreeSet<_>>()
        };
        if ids(runners) == ids(still) || happened.gone.contains(&address) || stopped.get(&address) == Some(&true) {
            continue;
        }
        let set = if still.count() > 0 {
            &mut told.covered
        } else if is.coverage().is_fresh(&address, today()) {
            &mut told.recoverable
        } else {
            &mut told.unmaintained
        };
        set.insert(address);
    }
    for tool in was.stack.tools.values().filter(|tool| tool.is_live()) {
        let gone = |stack: &Stack, id: &str| stack.is_gone(id, today());
        let goes = tool.admins.iter().any(|admin| !gone(was.stack, admin.as_str()) && gone(is.stack, admin.as_str()));
        let is_left = tool.admins.iter().any(|admin| is.stack.people.get(admin.as_str()).is_some_and(|person| person.is_present(today())));
        if goes && !is_left && !happened.gone.contains(&tool.address().to_string()) {
            told.without_admin.insert(tool.address().to_string());
        }
    }
}

/// The stages, routings and automations that are affected.
fn reached(told: &mut Told, happened: &Happened<'_>, before: &Stack) {
    let affected: BTreeSet<String> = told.stopped.union(&told.unmaintained).cloned().collect();
    let of_kind = |kind: &str| affected.iter().filter(|address| address.starts_with(kind)).cloned().collect::<BTreeSet<_>>();
    (told.routings, told.automations) = (of_kind("routing."), of_kind("automation."));
    let is_party = |party: &Value| happened.is_gone("person", party) || happened.is_gone("team", party);
    for (address, table) in
        happened.tables(&[Kind::Routing]).filter(|(_, table)| !matches!(table["status"].as_str().unwrap(), "planned" | "retired"))
    {
        let assigned = table["rule"].as_array().into_iter().flatten().flat_map(|rule| rule["assign"].as_array().unwrap());
        if assigned.into_iter().any(is_party) {
            told.routings.insert(address);
        }
    }
    let mut stages: Vec<Value> = Vec::new();
    for address in &told.stopped {
        let table = before.at(&Address::new(address.as_str())).unwrap().json();
        stages.extend(table["stages"].as_array().cloned().unwrap_or_default());
        stages.push(table["promotes-to"].clone());
    }
    for flow in &told.stops {
        let table = before.at(&Address::new(flow.as_str())).unwrap().json();
        stages.extend(table["steps"].as_array().unwrap().iter().map(|step| step["stage"].clone()));
    }
    let (_, lifecycle) = happened.tables(&[Kind::Lifecycle]).next().unwrap();
    for stage in lifecycle["stage"].as_array().unwrap().iter().filter(|stage| is_party(&stage["handoff"]["to"])) {
        stages.push(format!("lifecycle.main.stage.{}", stage["id"].as_str().unwrap()).into());
    }
    told.stages = stages.iter().filter_map(Value::as_str).map(str::to_owned).collect();
}
