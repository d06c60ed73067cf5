//! What it takes to do without a tool, and in which order that is proposed.

use linchpin::{
    analysis::{Analysis, Candidate, Choice, Reason},
    model::Kind,
};

use super::{analysed, tool};

const CAN: &str = "capabilities = [\"forms\", \"surveys\"]";

fn only<T>(text: &str, look: impl FnOnce(&Choice<'_>) -> T) -> T {
    analysed(text, |analysis| {
        let [choice] = analysis.consolidation().within.as_slice() else { panic!("there is one group") };
        look(choice)
    })
}

fn candidate<'c, 'a>(choice: &'c Choice<'a>, tool: &str) -> &'c Candidate<'a> {
    choice.candidates.iter().find(|candidate| candidate.tool == tool).unwrap()
}

/// The candidates in their order, each with why.
fn order(choice: &Choice<'_>) -> Vec<(String, Reason)> {
    choice.candidates.iter().map(|candidate| (candidate.tool.to_owned(), candidate.reason)).collect()
}

fn named(of: &[(&str, Reason)]) -> Vec<(String, Reason)> {
    of.iter().map(|(tool, reason)| ((*tool).to_owned(), *reason)).collect()
}

/// An integration from one tool to another.
fn joined(id: &str, from: &str, to: &str, more: &str) -> String {
    format!("[integration.{id}]\nfrom = \"{from}\"\nto = \"{to}\"\nmethod = \"api\"\n{more}\n")
}

#[test]
fn everything_live_that_depends_on_a_tool_has_to_move_and_nothing_else() {
    let text = [
        tool("a", &format!("{CAN}\nsystem-of-record-for = [\"lead\", \"contact\"]")),
        tool("b", CAN),
        tool("hub", ""),
        joined("out", "a", "hub", ""),
        joined("in", "hub", "a", "status = \"broken\""),
        joined("through", "b", "hub", "via = \"a\""),
        joined("gone", "a", "hub", "status = \"retired\""),
        joined("own", "a", "a", ""),
        "[flow.f]\nname = \"F\"\nsteps = [{ tool = \"a\" }, { tool = \"hub\", via = \"out\" }, { tool = \"a\", via = \"in\" }]\n"
            .to_owned(),
        "[flow.planned]\nname = \"P\"\nstatus = \"planned\"\nsteps = [{ tool = \"a\" }]\n".to_owned(),
        "[automation.lives]\nname = \"L\"\ntool = \"a\"\ntrigger = \"t\"\nactions = [\"x\"]\n".to_owned(),
        "[automation.calls]\nname = \"C\"\ntool = \"hub\"\ncalls = [\"a\"]\ntrigger = \"t\"\nactions = [\"x\"]\n".to_owned(),
        "[routing.r]\nname = \"R\"\nobject = \"lead\"\ntool = \"a\"\n[scoring.s]\nname = \"S\"\ntool = \"a\"\nthreshold = 1\n".to_owned(),
        "[audience.u]\nname = \"U\"\nkind = \"segment\"\ntool = \"a\"\n[lifecycle.l]\nname = \"L\"\ntool = \"a\"\n".to_owned(),
        "[metric.m]\nname = \"M\"\ndefinition = \"d\"\nkind = \"executive\"\nsources = [\"a\", \"hub\"]\n".to_owned(),
        "[report.p]\nname = \"P\"\naudience = \"board\"\ntool = \"a\"\n[attribution.t]\nname = \"T\"\nmodel = \"linear\"\ntool = \"a\"\n"
            .to_owned(),
        // Named, and yet nothing that would have to move.
        "[tool.c]\nname = \"c\"\ncategory = \"cms\"\nreplaced-by = \"a\"\n[contract.a]\nannual-cost = 5\n".to_owned(),
    ];
    only(&text.concat(), |choice| {
        let moves = &candidate(choice, "a").moves;
        assert_eq!(moves.integrations, ["in", "out", "own", "through"]);
        assert_eq!(moves.steps.iter().map(|steps| (steps.flow, steps.count)).collect::<Vec<_>>(), [("f", 2)]);
        assert_eq!(moves.records, ["contact", "lead"]);
        let kinds = [
            Kind::Automation,
            Kind::Routing,
            Kind::Scoring,
            Kind::Audience,
            Kind::Lifecycle,
            Kind::Metric,
            Kind::Report,
            Kind::Attribution,
        ];
        let others = kinds.map(|kind| moves.of_kind(kind).collect::<Vec<_>>().join(" "));
        assert_eq!(others, ["calls lives", "r", "s", "u", "l", "m", "p", "t"]);
        assert_eq!(moves.count(), 4 + 2 + 2 + 9);
    });
}

#[test]
fn the_least_to_move_comes_first_then_the_most_that_is_saved() {
    let contract = |id: &str, cost: u32| format!("[contract.{id}]\nannual-cost = {cost}\n");
    let text = [
        tool("a", CAN),
        tool("b", CAN),
        tool("c", CAN),
        tool("hub", ""),
        joined("x", "a", "hub", ""),
        contract("a", 900),
        contract("b", 10),
        contract("c", 20),
    ];
    only(&text.concat(), |choice| {
        assert_eq!(order(choice), named(&[("c", Reason::Nothing), ("b", Reason::Saves), ("a", Reason::More(1))]));
        assert_eq!(choice.candidates.iter().map(|candidate| candidate.saved).collect::<Vec<_>>(), [20.0, 10.0, 900.0]);
    });
}

#[test]
fn the_system_of_record_of_the_stack_is_never_first_even_if_nothing_is_known_to_depend_on_it() {
    let text = [tool("a", CAN), tool("b", CAN), joined("x", "b", "b", "")].concat();
    let made = crate::fixture::Made::of(&[("stack.toml", &format!("[stack]\nname = \"E\"\nsystem-of-record = \"a\"\n{text}"))]);
    let loaded = crate::fixture::load(made.root());
    let graph = linchpin::graph::Graph::new(&loaded.stack);
    let analysis = Analysis::new(&loaded.stack, &graph, crate::fixture::today());
    assert_eq!(order(&analysis.consolidation().within[0]), named(&[("b", Reason::Least), ("a", Reason::Record)]));
}

#[test]
fn what_nobody_else_of_the_group_can_do_would_be_lost() {
    let text = [
        tool("a", "capabilities = [\"forms\", \"surveys\", \"live-chat\"]"),
        tool("b", "capabilities = [\"surveys\", \"forms\", \"forms\"]"),
    ];
    only(&text.concat(), |choice| {
        assert_eq!(candidate(choice, "a").lost, ["live-chat"]);
        assert!(candidate(choice, "b").lost.is_empty());
        assert_eq!(choice.having["forms"], ["a", "b"]);
    });
}

#[test]
fn a_contract_for_it_alone_is_saved_and_of_another_only_a_part_that_is_told_apart() {
    let text = [
        tool("a", CAN),
        tool("b", CAN),
        "[contract.a]\nannual-cost = 100\nrenewal = 2027-03-01\nnotice-days = 30\nauto-renew = true\n".to_owned(),
        "[contract.both]\ncovers = [\"a\", \"b\"]\nannual-cost = 1000\nallocation = { a = 0.2, b = 0.8 }\nrenewal = 2026-01-01\n"
            .to_owned(),
        "[contract.dark]\ncovers = [\"a\"]\n".to_owned(),
    ];
    only(&text.concat(), |choice| {
        let a = candidate(choice, "a");
        assert_eq!((a.saved, a.part, a.cost.amount()), (100.0, 200.0, Some(300.0)));
        let endings: Vec<_> =
            a.endings.iter().map(|one| (one.contract, one.is_whole, one.cost.known(), one.last.map(|day| day.to_string()))).collect();
        let expected =
            [("a", true, Some(100.0), Some("2027-01-30".to_owned())), ("both", false, Some(200.0), None), ("dark", true, None, None)];
        assert_eq!(endings, expected);
    });
}

#[test]
fn across_units_a_tool_that_is_going_already_comes_first_and_that_is_no_finding() {
    let text = "[unit.x]\nname = \"X\"\n[unit.y]\nname = \"Y\"\n".to_owned()
        + &tool("a", &format!("unit = \"x\"\n{CAN}"))
        + &tool("b", &format!("unit = \"y\"\n{CAN}\nstatus = \"sunset\"\nreplaced-by = \"a\"\nretire-by = 2027-03-31"))
        + &joined("one", "b", "a", "")
        + &joined("two", "b", "b", "");
    analysed(&text, |analysis| {
        let consolidation = analysis.consolidation();
        assert!(consolidation.within.is_empty());
        let [choice] = consolidation.across.as_slice() else { panic!("there is one group") };
        assert_eq!(order(choice), named(&[("b", Reason::Going), ("a", Reason::Least)]));
    });
    let found = crate::fixture::Made::one(&text).open();
    assert!(found.report.findings.iter().all(|finding| finding.rule.name != "redundant-tools"));
}
