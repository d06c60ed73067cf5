//! Costs, renewals and what could be done without: how they are computed.

mod consolidation;
mod renewals;

use std::collections::BTreeMap;

use linchpin::{
    analysis::{Analysis, How, usual},
    graph::Graph,
    model::Date,
};

use crate::fixture::{Made, load, today};

/// Looks at the analysis of a stack of one file.
pub fn analysed<T>(text: &str, look: impl FnOnce(&Analysis<'_>) -> T) -> T {
    on(today(), text, look)
}

/// The same on another day.
pub fn on<T>(day: Date, text: &str, look: impl FnOnce(&Analysis<'_>) -> T) -> T {
    let loaded = load(Made::one(text).root());
    let mistakes: Vec<&String> = loaded.diagnostics.iter().map(|finding| &finding.message).collect();
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let graph = Graph::new(&loaded.stack);
    look(&Analysis::new(&loaded.stack, &graph, day))
}

/// A CRM with more keys.
pub fn tool(id: &str, more: &str) -> String {
    format!("[tool.{id}]\nname = \"{id}\"\ncategory = \"crm\"\n{more}\n")
}

/// How a contract for these tools with this allocation is divided: by what, the shares, and what is ignored.
fn divided(tools: &[&str], allocation: &str) -> (How, Vec<(String, f64)>, Vec<String>) {
    let all: String = ["a", "b", "c", "d"].iter().map(|id| tool(id, "")).collect();
    let allocation = if allocation.is_empty() { String::new() } else { format!("allocation = {{ {allocation} }}\n") };
    let text = format!("{all}[contract.x]\nannual-cost = 1000\ncovers = {tools:?}\n{allocation}");
    analysed(&text, |analysis| {
        let division = &analysis.spend().of("x").unwrap().division;
        let shares = division.shares.iter().map(|(tool, share)| ((*tool).to_owned(), (share * 1e6).round() / 1e6)).collect();
        (division.how, shares, division.ignored.iter().map(ToString::to_string).collect())
    })
}

fn shares(of: &[(&str, f64)]) -> Vec<(String, f64)> {
    of.iter().map(|(tool, share)| ((*tool).to_owned(), *share)).collect()
}

#[test]
fn a_contract_is_divided_as_it_says_and_equally_where_it_says_nothing() {
    assert_eq!(divided(&["a"], ""), (How::Whole, shares(&[("a", 1.0)]), vec![]));
    assert_eq!(divided(&["a", "b"], ""), (How::Equally, shares(&[("a", 0.5), ("b", 0.5)]), vec![]));
    assert_eq!(divided(&["a", "b"], "a = 0.7, b = 0.3"), (How::Allocated, shares(&[("a", 0.7), ("b", 0.3)]), vec![]));
    let rest = (How::WithRest, shares(&[("a", 0.5), ("b", 0.25), ("c", 0.25)]), vec![]);
    assert_eq!(divided(&["a", "b", "c"], "a = 0.5"), rest);
}

#[test]
fn shares_that_do_not_add_up_are_scaled_and_that_is_said() {
    assert_eq!(divided(&["a", "b"], "a = 0.9, b = 0.6"), (How::Scaled(1.5), shares(&[("a", 0.6), ("b", 0.4)]), vec![]));
    assert_eq!(divided(&["a", "b"], "a = 0.2, b = 0.2"), (How::Scaled(0.4), shares(&[("a", 0.5), ("b", 0.5)]), vec![]));
    // More than all of it leaves nothing for those that are not named.
    let all = (How::Scaled(1.5), shares(&[("a", 0.5), ("b", 0.5), ("c", 0.0)]), vec![]);
    let halves = divided(&["a", "b", "c"], "a = 0.75, b = 0.75");
    assert_eq!(halves, all);
    assert_eq!(divided(&["a", "b"], "a = 0, b = 0"), (How::Equally, shares(&[("a", 0.5), ("b", 0.5)]), vec![]));
    assert_eq!(divided(&["a", "b"], "a = 0"), (How::WithRest, shares(&[("a", 0.0), ("b", 1.0)]), vec![]));
}

#[test]
fn a_share_of_a_tool_that_the_contract_does_not_cover_is_ignored() {
    let ignored = (How::WithRest, shares(&[("a", 0.5), ("b", 0.5)]), vec!["d".to_owned()]);
    assert_eq!(divided(&["a", "b"], "a = 0.5, d = 0.5"), ignored);
    assert_eq!(divided(&["a"], "d = 1"), (How::Whole, shares(&[("a", 1.0)]), vec!["d".to_owned()]));
}

/// Tools of two units and none, paid for in two currencies, with one cost and one rate that nobody knows.
const PAID: &str = "[unit.x]\nname = \"X\"\n[unit.y]\nname = \"Y\"\n\
    [tool.crm]\nname = \"CRM\"\ncategory = \"crm\"\nunit = \"x\"\n[tool.crm.adoption]\nshare = 0.25\n\
    [tool.mail]\nname = \"Mail\"\ncategory = \"email-marketing\"\nunit = \"y\"\n\
    [tool.old]\nname = \"Old\"\ncategory = \"cms\"\nstatus = \"retired\"\n\
    [tool.free]\nname = \"Free\"\ncategory = \"cms\"\n\
    [tool.dark]\nname = \"Dark\"\ncategory = \"crm\"\n\
    [contract.crm]\nannual-cost = 1000\nshare = 0.5\nseats = 10\nseats-used = 4\n\
    [contract.both]\ncovers = [\"crm\", \"mail\"]\nannual-cost = 300\ncurrency = \"EUR\"\n\
    [contract.mail]\nannual-cost = 50\ncurrency = \"CHF\"\nseats = 5\nseats-used = 9\n\
    [contract.old]\nannual-cost = 70\n[contract.free]\nannual-cost = 0\n\
    [contract.gone]\nannual-cost = 11\n";

fn paid<T>(look: impl FnOnce(&Analysis<'_>) -> T) -> T {
    let made = Made::of(&[("stack.toml", &format!("[stack]\nname = \"Example\"\nrates = {{ EUR = 2 }}\n{PAID}"))]);
    let loaded = load(made.root());
    let graph = Graph::new(&loaded.stack);
    look(&Analysis::new(&loaded.stack, &graph, today()))
}

#[test]
fn tools_areas_and_units_add_up_to_what_is_known() {
    paid(|analysis| {
        let (spend, outlay) = (analysis.spend(), analysis.outlay());
        let known: BTreeMap<&str, f64> = outlay.tools.iter().map(|(tool, cost)| (*tool, cost.known)).collect();
        assert_eq!(known, BTreeMap::from([("crm", 800.0), ("mail", 300.0), ("old", 70.0), ("free", 0.0), ("dark", 0.0)]));
        let loose: f64 = outlay.loose.iter().filter_map(|id| spend.of(id)?.cost.known()).sum();
        assert_eq!((outlay.loose.as_slice(), loose), (&["gone"][..], 11.0));
        let areas: f64 = outlay.areas.values().map(|sum| sum.known).sum();
        let units: f64 = outlay.units.values().map(|sum| sum.known).sum();
        assert!((areas + loose - spend.known).abs() < 1e-9 && (units + loose - spend.known).abs() < 1e-9);
        assert_eq!(outlay.units[&Some("y")].unknown, ["mail"]);
        assert_eq!(outlay.units[&None].unknown, ["dark"]);
    });
}

#[test]
fn what_is_not_known_of_a_tool_is_listed_and_its_known_part_still_counts() {
    paid(|analysis| {
        let tools = &analysis.outlay().tools;
        assert_eq!(tools["mail"].unknown.iter().map(|(contract, _)| *contract).collect::<Vec<_>>(), ["mail"]);
        assert_eq!(tools["mail"].amount(), Some(300.0));
        assert_eq!((tools["dark"].amount(), tools["free"].amount()), (None, Some(0.0)));
    });
}

#[test]
fn idle_seats_are_priced_at_marketings_part_and_idle_capability_by_the_cost_of_the_tool() {
    paid(|analysis| {
        let outlay = analysis.outlay();
        let [crm, mail] = outlay.seats.as_slice() else { panic!("two contracts count seats") };
        assert_eq!((crm.price, crm.idle(), crm.idle_cost), (Some(100.0), Some(6), Some(300.0)));
        // More people than seats: nothing is idle; and of an unknown rate nothing is priced.
        assert_eq!((mail.price, mail.idle(), mail.idle_cost), (None, Some(0), None));
        assert!((outlay.idle_seats - 300.0).abs() < 1e-9);
        assert_eq!(outlay.tools["crm"].idle(), Some(600.0));
        assert_eq!(outlay.tools["mail"].idle(), None, "nobody has measured it");
        assert!((outlay.idle_capability - 600.0).abs() < 1e-9);
        assert_eq!(outlay.mean_use(analysis.stack), Some((0.25, 1)));
    });
}

#[test]
fn rules_and_pages_share_the_usual_figures() {
    let page = |name: &str| linchpin::rules::all().into_iter().find(|rule| rule.name == name).unwrap().docs.to_owned();
    assert!(page("tool-sprawl").contains(&format!("Default: `{}`", usual::tools::AVERAGE.1)));
    assert!(page("underused-tool").contains(&format!("Default: `{}`", usual::UNGOVERNED_USE.1)));
    assert!(page("vendor-concentration").contains(&format!("more than {}%", linchpin::analysis::CONCENTRATION * 100.0)));
    let staffed = page("understaffed-operations").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(staffed.contains("one from 10 million US dollars a year, three from 50 million, six from 200 million"), "{staffed}");
    let least: Vec<(f64, usize)> = usual::STAFF.iter().map(|staff| (staff.from, staff.least)).collect();
    assert_eq!(least, [(200e6, 6), (50e6, 3), (10e6, 1)]);
    let at = |revenue: f64| usual::Staff::at(revenue).map(usual::Staff::in_words);
    assert_eq!(
        [9e6, 10e6, 50e6, 61.8e6, 200e6].map(at),
        [None, Some("1–2"), Some("3–5"), Some("3–5"), Some("6 and more")].map(|words| words.map(str::to_owned))
    );
}

#[test]
fn what_belongs_to_an_area_is_counted_by_who_owns_it() {
    let text = "[person.ana]\nname = \"Ana\"\n[person.bo]\nname = \"Bo\"\n[charter]\nareas = { technology = \"ana\" }\n\
        [tool.a]\nname = \"A\"\ncategory = \"crm\"\nowner = \"ana\"\n[tool.b]\nname = \"B\"\ncategory = \"crm\"\nowner = \"bo\"\n\
        [tool.c]\nname = \"C\"\ncategory = \"crm\"\n[tool.d]\nname = \"D\"\ncategory = \"crm\"\nstatus = \"retired\"\nowner = \"ana\"\n\
        [metric.m]\nname = \"M\"\ndefinition = \"d\"\nkind = \"executive\"\nowner = \"ana\"\n";
    analysed(text, |analysis| {
        let mandate = analysis.mandate();
        let counts: Vec<_> = mandate.areas.iter().map(|area| (area.party, area.theirs, area.others, area.nobodys)).collect();
        assert_eq!(counts, [(Some("ana"), 1, 1, 1), (None, 0, 0, 0), (None, 0, 0, 0), (None, 0, 1, 0)]);
        assert_eq!(mandate.owners, BTreeMap::from([("ana", [1, 0, 0, 1]), ("bo", [1, 0, 0, 0])]));
    });
}
