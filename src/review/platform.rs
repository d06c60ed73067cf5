//! Platform: the map, marketing automation and CRM, systems of record, and what the tools cost.

use std::collections::BTreeSet;

use super::{
    Basis, Question, Verdict,
    asked::{Asked, named},
};
use crate::{
    diagnostic::Diagnostic,
    graph::FlowHop,
    model::{AnyEntity, Category, Entity, Integration, Layer, Method, Tool},
    report::counted,
};

/// Whether every tool and every flow is on the map.
pub(super) fn map(basis: &Basis<'_>) -> Asked {
    let mut asked = Asked::new(Question {
        id: "map",
        layer: Layer::Platform,
        short: "Integration map",
        text: "Is there a complete integration map?",
        parts: "tools, flows and important integrations",
    });
    let (analysis, stack) = (basis.analysis, basis.analysis.stack);
    let tools: Vec<&Entity<Tool>> = stack.tools.values().filter(|tool| tool.is_to_be_integrated()).collect();
    let flows: Vec<_> = stack.flows.values().filter(|flow| flow.is_live()).collect();
    let integrations: Vec<_> = stack.integrations.values().filter(|integration| integration.is_live()).collect();
    if tools.is_empty() {
        asked
            .lay(Verdict::NotDocumented, 1, "the stack has no live tool that should be joined to others", Some(basis.stack()))
            .remedy("describe each tool as `[tool.…]`");
        asked.say("There is nothing to draw yet.");
        return asked;
    }
    let (orphaned, cut_off, gaps) = (basis.found("orphaned-tool"), basis.found("disconnected-tool"), basis.found("flow-gap"));
    let apart = subjects(orphaned.iter().chain(cut_off));
    let joined = tools.iter().filter(|tool| !apart.contains(tool.address().as_str())).count();
    if joined > 0 {
        let text = format!("{joined} of {} that should be are joined to the rest", counted(tools.len(), "live tool"));
        asked.lay(Verdict::InPlace, joined, text, None);
    }
    asked.lay_all(Verdict::NotInPlace, orphaned.iter().chain(cut_off));
    let whole: Vec<_> = flows.iter().filter(|flow| !analysis.graph.flow_hops(flow).iter().any(FlowHop::is_gap)).copied().collect();
    if !whole.is_empty() {
        let text = format!("{} from end to end: {}", counted(whole.len(), "flow"), named(whole.iter().map(|flow| *flow as &dyn AnyEntity)));
        asked.lay(Verdict::InPlace, whole.len(), text, None);
    }
    let broken: BTreeSet<&str> = gaps.iter().map(|finding| finding.subject.as_str()).collect();
    let mut first_gaps: Vec<&Diagnostic> = Vec::new();
    for flow in broken {
        first_gaps.extend(gaps.iter().find(|finding| finding.subject == flow));
    }
    asked.lay_all(Verdict::NotInPlace, first_gaps);
    let old = basis.found("unverified-integration");
    let important = integrations.iter().filter(|integration| integration.is_important()).count();
    if important > old.len() {
        let text = format!("{} of {important} important integrations were tested end to end within 180 days", important - old.len());
        asked.lay(Verdict::InPlace, important - old.len(), text, None);
    }
    asked.lay_all(Verdict::Partly, old);
    let by_hand = integrations.iter().filter(|integration| !integration.is_automated()).count();
    let hands = match by_hand {
        0 => "all of them automatic".to_owned(),
        count => format!("{count} of them by hand"),
    };
    asked.say(format!("The map shows {} and {}, {hands}.", counted(tools.len(), "tool"), counted(integrations.len(), "live integration")));
    asked
}

/// The subjects of findings.
fn subjects<'f>(findings: impl Iterator<Item = &'f Diagnostic>) -> BTreeSet<&'f str> {
    findings.map(|finding| finding.subject.as_str()).collect()
}

/// Whether leads get from marketing automation to the CRM without files and hands.
pub(super) fn crm(basis: &Basis<'_>) -> Asked {
    let mut asked = Asked::new(Question {
        id: "crm",
        layer: Layer::Platform,
        short: "Automation and CRM joined",
        text: "Are marketing automation and CRM integrated without files and hands?",
        parts: "tools and integrations of marketing automation and CRM",
    });
    let stack = basis.analysis.stack;
    let of = |category: Category| stack.tools.values().filter(move |tool| tool.is_live_production() && tool.is_of(category));
    let marketing: Vec<&Entity<Tool>> = of(Category::MarketingAutomation).collect();
    let gaps = basis.found("crm-gap");
    if marketing.is_empty() {
        asked
            .lay(Verdict::NotDocumented, 1, "no live tool of category `marketing-automation` is described", Some(basis.stack()))
            .remedy("describe the tool that sends and nurtures, with `category = \"marketing-automation\"`");
        asked.say("The stack does not say which tool does marketing automation.");
        return asked;
    }
    asked.lay_all(Verdict::NotInPlace, gaps);
    let apart = subjects(gaps.iter());
    let joined = marketing.iter().filter(|tool| !apart.contains(tool.address().as_str()));
    let joined: Vec<&dyn AnyEntity> = joined.map(|tool| *tool as &dyn AnyEntity).collect();
    if let Some(first) = joined.first() {
        let verb = if joined.len() == 1 { "reaches" } else { "reach" };
        let text = format!("{} {verb} a CRM by automated integrations alone", named(joined.iter().copied()));
        asked.lay(Verdict::InPlace, joined.len(), text, Some(basis.header(*first)));
    }
    let ends: BTreeSet<&str> = marketing.iter().copied().chain(of(Category::Crm)).map(|tool| tool.id.as_str()).collect();
    let touches = |integration: &Entity<Integration>| ends.contains(integration.from.as_str()) || ends.contains(integration.to.as_str());
    let (by_hand, broken) = (basis.found("manual-integration"), basis.found("broken-integration"));
    let at_ends = |finding: &&Diagnostic| {
        let id = finding.subject.strip_prefix("integration.").and_then(|id| stack.integrations.get(id));
        id.is_some_and(&touches)
    };
    asked.lay_all(Verdict::NotInPlace, by_hand.iter().filter(at_ends));
    asked.lay_all(Verdict::NotInPlace, broken.iter().filter(at_ends));
    let against = subjects(by_hand.iter().chain(broken));
    let sound = stack.integrations.values().filter(|one| one.is_live() && touches(one) && !against.contains(one.address().as_str()));
    let sound: Vec<&Entity<Integration>> = sound.collect();
    if !sound.is_empty() {
        let by = if sound.len() == 1 { "runs by itself" } else { "run by themselves" };
        let text = format!("{} of these tools {by}", counted(sound.len(), "integration"));
        asked.lay(Verdict::InPlace, sound.len(), text, None);
    }
    let hands = asked.count(Verdict::NotInPlace);
    asked.say(match hands {
        0 => "Every one of them runs by itself.".to_owned(),
        1 => "One of them does not run by itself.".to_owned(),
        count => format!("{count} of them do not run by themselves."),
    });
    asked
}

/// Whether each object has one system of record.
pub(super) fn record(basis: &Basis<'_>) -> Asked {
    let mut asked = Asked::new(Question {
        id: "record",
        layer: Layer::Platform,
        short: "Systems of record",
        text: "Is there one system of record for each object, and does what is captured arrive there?",
        parts: "objects and tools that capture them",
    });
    let (analysis, stack) = (basis.analysis, basis.analysis.stack);
    let none = basis.found("no-system-of-record");
    asked.lay_all(Verdict::NotInPlace, none);
    if let Some(record) = analysis.reach().system_of_record() {
        let at = basis.sources.span(stack.company.file, "/stack/system-of-record");
        asked.lay(Verdict::InPlace, 1, format!("`{}` is the system of record", record.address()), Some(at));
        asked.say(format!("`{}` is the hub that everything should reach.", record.address()));
    }
    let conflicts = basis.found("conflicting-system-of-record");
    let disputed: BTreeSet<&str> = conflicts.iter().filter_map(|finding| finding.key.as_deref()).collect();
    let objects = stack.objects.values().map(|object| (object, analysis.reach().own_of(object.id.as_str())));
    let (owned, silent): (Vec<_>, Vec<_>) =
        objects.filter(|(object, _)| !disputed.contains(object.id.as_str())).partition(|(_, own)| !own.is_empty());
    if let Some((first, _)) = owned.first() {
        let text = format!("one tool is believed for {}", named(owned.iter().map(|(object, _)| *object as &dyn AnyEntity)));
        asked.lay(Verdict::InPlace, owned.len(), text, Some(basis.header(*first)));
    }
    asked.lay_all(Verdict::NotInPlace, conflicts);
    if let Some((first, _)) = silent.first() {
        let text = format!(
            "no tool says that it is the system of record for {}",
            named(silent.iter().map(|(object, _)| *object as &dyn AnyEntity))
        );
        asked
            .lay(Verdict::NotDocumented, silent.len(), text, Some(basis.header(*first)))
            .remedy("add each object to `system-of-record-for` of the tool that is believed");
    }
    let stranded = basis.found("stranded-data");
    asked.lay_all(Verdict::NotInPlace, stranded);
    let capturing = stack.tools.values().filter(|tool| tool.is_live_production() && !tool.captures.is_empty()).count();
    if capturing > stranded.len() && none.is_empty() {
        let text = format!("what {} of {} capture arrives there", capturing - stranded.len(), counted(capturing, "tool"));
        asked.lay(Verdict::InPlace, capturing - stranded.len(), text, None);
    }
    point_to_point(basis, &mut asked);
    if asked.tally().1 == 0 {
        asked
            .lay(Verdict::NotDocumented, 1, "no object is described, and no system of record is named", Some(basis.stack()))
            .remedy("write `system-of-record = \"…\"` in `[stack]`, and describe each object as `[object.…]`");
        asked.say("The stack does not say which tool is believed.");
        return asked;
    }
    asked.say(match asked.deductions() {
        0 => "Each object has one, and what is captured arrives.".to_owned(),
        1 => "One part of that is missing.".to_owned(),
        count => format!("{count} parts of that are missing."),
    });
    asked
}

/// How much goes past the integration platform, if there is one.
fn point_to_point(basis: &Basis<'_>, asked: &mut Asked) {
    let stack = basis.analysis.stack;
    let platforms: Vec<_> =
        stack.tools.values().filter(|tool| tool.is_live_production() && tool.is_of(Category::IntegrationPlatform)).collect();
    let automated = stack.integrations.values().filter(|integration| integration.is_live() && integration.is_automated());
    let (through, past): (Vec<_>, Vec<_>) = automated.partition(|one| {
        let touched = [Some(&one.from), Some(&one.to), one.via.as_ref()].into_iter().flatten();
        one.method == Method::Middleware
            || touched.into_iter().any(|tool| platforms.iter().any(|platform| platform.id.as_str() == tool.as_str()))
    });
    let all = through.len() + past.len();
    if all == 0 {
        return;
    }
    let text = match platforms.first() {
        Some(first) if platforms.len() == 1 => {
            format!("{} of {all} automated integrations go past `{}`, point to point", past.len(), first.address())
        }
        Some(_) => format!("{} of {all} automated integrations go past the integration platforms, point to point", past.len()),
        None => format!("{} of {all} automated integrations are point to point: there is no integration platform", past.len()),
    };
    asked.lay(Verdict::InPlace, 0, text, platforms.first().map(|platform| basis.header(*platform)));
}

/// Whether it is known what the tools cost, which overlap or stand idle, and when their contracts renew.
pub(super) fn spend(basis: &Basis<'_>) -> Asked {
    let mut asked = Asked::new(Question {
        id: "spend",
        layer: Layer::Platform,
        short: "Overlap, renewals, vendors",
        text: "Which tools overlap, which are idle, which contracts renew when, and how concentrated are vendors?",
        parts: "tools and contracts",
    });
    let (analysis, stack) = (basis.analysis, basis.analysis.stack);
    let tools = stack.tools.values().filter(|tool| tool.is_live_production()).count();
    if tools == 0 && stack.contracts.is_empty() {
        asked
            .lay(Verdict::NotDocumented, 1, "no tool and no contract is described", Some(basis.stack()))
            .remedy("describe each contract as `[contract.…]` with its `annual-cost` and `renewal`");
        asked.say("The stack names no tool and no contract.");
        return asked;
    }
    let unknown = basis.found("unknown-cost");
    if tools > unknown.len() {
        asked.lay(
            Verdict::InPlace,
            tools - unknown.len(),
            format!("the cost of {} of {} is known", tools - unknown.len(), counted(tools, "tool")),
            None,
        );
    }
    asked.lay_all(Verdict::NotDocumented, unknown);
    let renewals = analysis.renewals();
    let (due, past) = (basis.found("renewal-due"), basis.found("stale-contract"));
    let dated = stack.contracts.len() - renewals.undated.len();
    let settled = dated.saturating_sub(due.len() + past.len());
    if settled > 0 {
        let text = format!("{settled} of {} renew on a known day that is not due", counted(stack.contracts.len(), "contract"));
        asked.lay(Verdict::InPlace, settled, text, None);
    }
    asked.lay_all(Verdict::Partly, due);
    asked.lay_all(Verdict::NotInPlace, past);
    let undated: Vec<&dyn AnyEntity> = renewals.undated.iter().filter_map(|id| stack.get(crate::model::Kind::Contract, id)).collect();
    if let Some(first) = undated.first() {
        let text = format!("no renewal date is documented for {}", named(undated.iter().copied()));
        asked.lay(Verdict::NotDocumented, undated.len(), text, Some(basis.header(*first))).remedy("write `renewal = …` in each contract");
    }
    for rule in ["redundant-tools", "underused-tool", "change-of-control", "vendor-concentration"] {
        asked.lay_all(Verdict::Partly, basis.found(rule));
    }
    asked.say(match tools - unknown.len().min(tools) {
        0 => format!("None of {} is priced.", counted(tools, "tool")),
        priced => format!("{priced} of {} are priced.", counted(tools, "tool")),
    });
    asked.say(match (due.len(), renewals.ahead.first()) {
        (0, Some(next)) => format!("The next decision is `contract.{}`, by {}.", next.contract, next.last.in_words()),
        (0, None) => "No renewal is ahead.".to_owned(),
        (1, _) => "One contract is to be decided now.".to_owned(),
        (count, _) => format!("{count} contracts are to be decided now."),
    });
    asked
}
