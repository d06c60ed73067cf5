use std::collections::BTreeSet;

use super::{Context, contract, option::MinShare, wording::list};
use crate::{
    analysis::usual,
    diagnostic::{Diagnostic, declare_rule},
    model::{Address, AnyEntity, Capability, Contract, Entity, Ref, Tool, ToolStatus, percents},
};

declare_rule! {
    /// ## What it checks
    /// A live production tool of whose capability less than `min-share` is in use: its `adoption.share`, or the number
    /// of those of its `capabilities` that stand in `adoption.used` over all of them. Or a contract of which fewer than half of the
    /// `seats` are in use.
    ///
    /// ## Why it matters
    /// The rest is paid for every year. At the next renewal it is the easiest saving there is, or the quickest way to
    /// do without another tool.
    ///
    /// ## Example
    /// ```toml
    /// [contract.salesforce]
    /// vendor = "Salesforce"
    /// annual-cost = 24_000
    /// renewal = 2027-07-01
    /// owner = "ana"
    /// seats = 20
    /// seats-used = 8
    /// ```
    ///
    /// ## Use instead
    /// ```toml
    /// [contract.salesforce]
    /// vendor = "Salesforce"
    /// annual-cost = 12_000
    /// renewal = 2027-07-01
    /// owner = "ana"
    /// seats = 10
    /// seats-used = 8
    /// ```
    ///
    /// ## Options
    /// `min-share`: the least share of a tool's capability that should be in use, from 0 to 1. Default: `0.4`. Seats are
    /// always judged by half.
    ///
    /// ## Limits
    /// Exactly the least share, and exactly half of the seats, are enough. A tool whose adoption nobody has measured is
    /// not reported, nor are seats of a contract that covers no live production tool. Seats are reported on the tool if
    /// the contract covers only one, otherwise on the contract. A tool that is sunset is reported like any other: its
    /// contract still runs.
    pub RULE = "underused-tool", Spend, Warning, MinShare
}

/// So many capabilities are named at most.
const MOST: usize = 12;

pub(super) fn check(cx: &mut Context<'_>) {
    let stack = cx.stack;
    for tool in stack.tools.values().filter(|tool| tool.is_live_production()) {
        adoption(cx, tool);
    }
    for contract in stack.contracts.values() {
        if let (Some(seats), Some(used)) = (contract.seats, contract.seats_used)
            && u64::from(used) * 2 < u64::from(seats)
        {
            unused_seats(cx, contract, seats, used);
        }
    }
}

/// A tool of which little is in use.
fn adoption(cx: &mut Context<'_>, tool: &Entity<Tool>) {
    let (Some(share), Some(of)) = (tool.adoption_share(), &tool.adoption) else { return };
    let address = tool.address();
    let least = cx.options::<MinShare>(&RULE, &address).share_or(usual::UNGOVERNED_USE.1);
    if share >= least {
        return;
    }
    let [share, least] = percents([share, least]);
    let message = format!("{share} of what `{address}` can do is in use, less than {least}");
    let key = if of.share.is_some() { "adoption/share" } else { "adoption/used" };
    let mut finding = cx
        .at(&RULE, tool, key, message)
        .key("adoption")
        .label(format!("less than {least}"))
        .help("bring more of it into use and write that under `adoption`, or take a smaller plan or another tool at the next renewal");
    let (used, all) = (set(&of.used), set(&tool.capabilities));
    for (what, some) in [("not in use", all.difference(&used)), ("in use, but not among its `capabilities`", used.difference(&all))] {
        let some: Vec<String> = some.map(|capability| format!("`{capability}`")).collect();
        if !used.is_empty() && !some.is_empty() {
            finding = finding.note(format!("{what}: {}", list(some, MOST)));
        }
    }
    if let Some(day) = of.measured {
        finding = finding.note(format!("measured on {day}, {}", day.away_from(cx.today)));
    }
    if tool.status == ToolStatus::Sunset {
        finding = finding.note("it is sunset, and its contract can end with it");
    }
    for contract in cx.analysis.spend().covering(tool.id.as_str()) {
        if let Some(cost) = contract::yearly(cx, contract.contract) {
            let address = Address::of("contract", contract.contract);
            let part = if contract.tools.len() > 1 { format!("{cost} for {} tools", contract.tools.len()) } else { cost };
            finding = finding.related(&address, cx.header_at(&address), part);
        }
    }
    cx.report(finding);
}

fn set(capabilities: &[Ref<Capability>]) -> BTreeSet<&str> {
    capabilities.iter().map(Ref::as_str).collect()
}

/// A contract of which fewer than half of the seats are in use.
fn unused_seats(cx: &mut Context<'_>, contract: &Entity<Contract>, seats: u32, used: u32) {
    let tools = cx.analysis.spend().of(contract.id.as_str()).map(|of| of.tools.as_slice()).unwrap_or_default();
    let is_live = |tool: &&str| cx.stack.tools.get(*tool).is_some_and(|tool| tool.is_live_production());
    if !tools.iter().any(is_live) {
        return;
    }
    let (subject, key) = match tools {
        // A tool may have several contracts with seats.
        [tool] if *tool == contract.id.as_str() => (Address::of("tool", tool), "seats".to_owned()),
        [tool] => (Address::of("tool", tool), format!("seats.{}", contract.id)),
        _ => (contract.address(), "seats".to_owned()),
    };
    let in_use = match used {
        0 => "none is in use".to_owned(),
        1 => "1 is in use, less than half".to_owned(),
        used => format!("{used} are in use, less than half"),
    };
    let message = format!("{} has {seats} seats, of which {in_use}", contract::with_cost(cx, contract));
    let mut finding = Diagnostic::new(&RULE, &subject, cx.value(contract, "seats-used"), message)
        .key(key)
        .label(format!("of {seats}"))
        .help("give seats back at the next renewal and write `seats = …`, or bring more people in and write `seats-used = …`");
    for tool in tools {
        let address = Address::of("tool", tool);
        let label = if is_live(tool) { "the seats are for this tool" } else { "the contract covers this tool too" };
        finding = finding.related(&address, cx.header_at(&address), label);
    }
    if let Some(renewal) = contract.renewal {
        finding = finding.note(format!("its renewal is on {renewal}, {}", renewal.away_from(cx.today)));
    }
    cx.report(finding);
}
