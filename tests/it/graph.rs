//! The integration map: every question about it, compared with the slowest way to answer it.

use std::collections::{BTreeMap, BTreeSet};

use linchpin::{
    graph::{FlowHop, Graph, Hop, Path},
    model::{AnyEntity, Company, Entity, Flow, Integration, Kind, Located, Stack, StackEntities},
    source::{SourceFile, Sources},
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// How many tools a random map has.
const TOOLS: usize = 5;
const OBJECTS: [&str; 3] = ["account", "contact", "lead"];

/// An integration of a random map; tools and objects by number.
#[derive(Debug, Clone)]
struct Link {
    from: usize,
    to: usize,
    via: Option<usize>,
    two_way: bool,
    live: bool,
    objects: Vec<(usize, Option<usize>, Option<&'static str>)>,
}

fn links() -> impl Strategy<Value = Vec<Link>> {
    let object = (
        0..OBJECTS.len(),
        proptest::option::of(0..OBJECTS.len()),
        proptest::option::of(prop::sample::select(vec!["forward", "back", "both"])),
    );
    let objects = proptest::collection::vec(object, 0..3);
    let link = (0..TOOLS, 0..TOOLS, proptest::option::weighted(0.3, 0..TOOLS), any::<bool>(), proptest::bool::weighted(0.8), objects);
    let link = link.prop_map(|(from, to, via, two_way, live, objects)| Link { from, to, via, two_way, live, objects });
    proptest::collection::vec(link, 0..9)
}

fn tool(number: usize) -> String {
    format!("t{number:05}")
}

/// The stack that these links make, with flows of these steps.
fn stack(tools: usize, links: &[Link], flows: &[Value]) -> Stack {
    let file = Sources::default().add(SourceFile::default());
    let mut entities = StackEntities::default();
    for number in 0..tools {
        entities.insert(Kind::Tool, &tool(number), file, &json!({ "name": tool(number), "category": "crm" })).unwrap();
    }
    for (number, link) in links.iter().enumerate() {
        let object = |(object, renamed, direction): &(usize, Option<usize>, Option<&str>)| {
            let mut carried = json!({ "object": OBJECTS[*object] });
            if let Some(renamed) = renamed {
                carried["as"] = OBJECTS[*renamed].into();
            }
            if let Some(direction) = direction {
                carried["direction"] = (*direction).into();
            }
            carried
        };
        let mut table = json!({
            "from": tool(link.from), "to": tool(link.to), "method": "api",
            "direction": if link.two_way { "two-way" } else { "one-way" },
            "status": if link.live { "active" } else { "planned" },
            "objects": link.objects.iter().map(object).collect::<Vec<_>>(),
        });
        if let Some(via) = link.via {
            table["via"] = tool(via).into();
        }
        entities.insert(Kind::Integration, &format!("i{number:05}"), file, &table).unwrap();
    }
    for (number, flow) in flows.iter().enumerate() {
        entities.insert(Kind::Flow, &format!("f{number:05}"), file, flow).unwrap();
    }
    let company = Located { file, pointer: "/stack".to_owned(), body: Company::unnamed() };
    Stack { company, site: None, rules: None, charter: None, privacy: None, overrides: Vec::new(), suppressions: Vec::new(), entities }
}

fn is_live(integration: &Entity<Integration>, _: Hop) -> bool {
    integration.is_live()
}

/// The ways that live links make: from, to, link, and whether forward.
fn ways(links: &[Link]) -> Vec<(usize, usize, usize, bool)> {
    let live = links.iter().enumerate().filter(|(_, link)| link.live);
    live.flat_map(|(number, link)| {
        [Some((link.from, link.to, number, true)), link.two_way.then_some((link.to, link.from, number, false))].into_iter().flatten()
    })
    .collect()
}

/// How many hops it takes from each thing to each other, by trying until nothing changes.
fn distances<T: Ord + Clone>(all: &[T], ways: &[(T, T)]) -> BTreeMap<(T, T), usize> {
    let mut distances: BTreeMap<(T, T), usize> = all.iter().map(|one| ((one.clone(), one.clone()), 0)).collect();
    loop {
        let mut changed = false;
        for start in all {
            for (from, to) in ways {
                let Some(before) = distances.get(&(start.clone(), from.clone())).copied() else { continue };
                let known = distances.entry((start.clone(), to.clone())).or_insert(usize::MAX);
                if before + 1 < *known {
                    *known = before + 1;
                    changed = true;
                }
            }
        }
        if !changed {
            return distances;
        }
    }
}

/// Records at a tool under a name, both by number.
type Records = (usize, usize);

/// The ways of records: where they start, where they end, and over which link in which direction.
fn travels(links: &[Link]) -> Vec<(Records, Records, usize, bool)> {
    let mut travels = Vec::new();
    for (from, to, number, forward) in ways(links) {
        for (object, renamed, direction) in &links[number].objects {
            let travels_here = match *direction {
                Some("forward") => forward,
                Some("back") => !forward,
                _ => true,
            };
            let (here, there) = (*object, renamed.unwrap_or(*object));
            let (leaves, arrives) = if forward { (here, there) } else { (there, here) };
            if travels_here {
                travels.push(((from, leaves), (to, arrives), number, forward));
            }
        }
    }
    travels
}

/// Every circle of three tools or more through some records: the number of its hops, by trying all ways that pass no records twice.
fn circles_through(start: Records, travels: &[(Records, Records, usize, bool)]) -> Vec<usize> {
    fn go(way: &mut Vec<Records>, travels: &[(Records, Records, usize, bool)], found: &mut Vec<usize>) {
        let (start, last) = (way[0], way[way.len() - 1]);
        for (_, next, ..) in travels.iter().filter(|(from, ..)| *from == last) {
            if *next == start && way.len() > 2 && last.0 != way[1].0 {
                found.push(way.len());
            }
            if next.0 != start.0 && !way.contains(next) {
                way.push(*next);
                go(way, travels, found);
                way.pop();
            }
        }
    }
    let mut found = Vec::new();
    go(&mut vec![start], travels, &mut found);
    found
}

/// The tools by what joins them, without one of them.
fn groups(edges: &[(usize, usize)], without: Option<usize>) -> Vec<Vec<usize>> {
    let mut label: Vec<usize> = (0..TOOLS).collect();
    for _ in 0..TOOLS {
        for (a, b) in edges.iter().filter(|(a, b)| Some(*a) != without && Some(*b) != without) {
            let least = label[*a].min(label[*b]);
            (label[*a], label[*b]) = (least, least);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for tool in (0..TOOLS).filter(|tool| Some(*tool) != without) {
        groups.entry(label[tool]).or_default().push(tool);
    }
    groups.into_values().collect()
}

/// What live links join, direction aside: middleware stands between the ends.
fn joined(links: &[Link]) -> Vec<(usize, usize)> {
    let live = links.iter().filter(|link| link.live);
    live.flat_map(|link| match link.via {
        Some(via) => vec![(link.from, via), (via, link.to)],
        None => vec![(link.from, link.to)],
    })
    .collect()
}

/// Whether a path is what it says: its tools are joined by its hops.
fn holds(graph: &Graph<'_>, path: &Path) -> bool {
    path.tools.len() == path.hops.len() + 1
        && path.tools.windows(2).zip(&path.hops).all(|(pair, hop)| {
            let integration = graph.integration(*hop).unwrap();
            let (from, to) = (integration.from.as_str(), integration.to.as_str());
            (pair[0].as_str(), pair[1].as_str()) == if hop.forward { (from, to) } else { (to, from) }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_can_be_reached_is_what_repeated_trying_reaches(links in links(), start in 0..TOOLS) {
        let stack = stack(TOOLS, &links, &[]);
        let graph = Graph::new(&stack);
        let all: Vec<usize> = (0..TOOLS).collect();
        let pairs: Vec<(usize, usize)> = ways(&links).into_iter().map(|(from, to, ..)| (from, to)).collect();
        let distances = distances(&all, &pairs);
        let expected: BTreeSet<String> = all.iter().filter(|end| distances.contains_key(&(start, **end))).map(|end| tool(*end)).collect();
        let reached: BTreeSet<String> = graph.reachable([tool(start).as_str()], &is_live).into_iter().map(str::to_owned).collect();
        prop_assert_eq!(reached, expected);
        let expected: BTreeSet<String> = all.iter().filter(|from| distances.contains_key(&(**from, start))).map(|from| tool(*from)).collect();
        let reaching: BTreeSet<String> = graph.reaching([tool(start).as_str()], &is_live).into_iter().map(str::to_owned).collect();
        prop_assert_eq!(reaching, expected);
        for end in all {
            let path = graph.path(&tool(start), &tool(end), &is_live);
            prop_assert_eq!(path.as_ref().map(|path| path.hops.len()), distances.get(&(start, end)).copied());
            if let Some(path) = path {
                prop_assert!(holds(&graph, &path));
                prop_assert!(path.tools.first() == Some(&tool(start)) && path.tools.last() == Some(&tool(end)));
            }
        }
    }

    #[test]
    fn records_reach_what_repeated_trying_reaches_under_the_names_they_get(links in links(), start in 0..TOOLS, object in 0..OBJECTS.len()) {
        let stack = stack(TOOLS, &links, &[]);
        let graph = Graph::new(&stack);
        let mut expected = BTreeSet::from([(start, object)]);
        loop {
            let next: Vec<Records> = travels(&links).into_iter().filter(|(from, ..)| expected.contains(from)).map(|(_, to, ..)| to).collect();
            let before = expected.len();
            expected.extend(next);
            if expected.len() == before {
                break;
            }
        }
        let expected: BTreeSet<(String, String)> = expected.into_iter().map(|(at, object)| (tool(at), OBJECTS[object].to_owned())).collect();
        let reached = graph.reach_of_object(&tool(start), OBJECTS[object], &is_live);
        let reached: BTreeSet<(String, String)> = reached.into_iter().map(|(tool, object)| (tool.to_owned(), object)).collect();
        prop_assert_eq!(reached, expected);
    }

    #[test]
    fn what_leads_somewhere_is_what_repeated_trying_finds(links in links(), ends in proptest::collection::btree_set(0..TOOLS, 0..3)) {
        let stack = stack(TOOLS, &links, &[]);
        let graph = Graph::new(&stack);
        let ways = ways(&links);
        let (ways, links) = (&ways, &links);
        let through = |at: usize| ways.iter().filter(move |(.., number, _)| links[*number].via == Some(at));
        let mut expected: BTreeSet<usize> = ends.clone();
        expected.extend(ends.iter().flat_map(|end| through(*end)).map(|(from, ..)| *from));
        for _ in 0..TOOLS {
            expected.extend(ways.iter().filter(|(_, to, ..)| expected.contains(to)).map(|(from, ..)| *from).collect::<Vec<_>>());
        }
        expected.extend((0..TOOLS).filter(|via| through(*via).any(|(_, to, ..)| expected.contains(to))).collect::<Vec<_>>());
        let names: Vec<String> = ends.iter().map(|end| tool(*end)).collect();
        let found = graph.ways_to(names.iter().map(String::as_str), &is_live);
        for start in 0..TOOLS {
            prop_assert_eq!(found.lead_from(&tool(start)), expected.contains(&start), "from {}", start);
            let way: Vec<&str> = found.after(&tool(start)).collect();
            prop_assert!(way.len() < TOOLS && (way.is_empty() == (ends.contains(&start) || !expected.contains(&start))));
            prop_assert!(way.last().is_none_or(|last| names.iter().any(|end| end == last)));
            let all: Vec<usize> = std::iter::once(start).chain(way.iter().map(|name| (0..TOOLS).find(|number| tool(*number) == *name).unwrap())).collect();
            for (place, pair) in all.windows(2).enumerate() {
                let leads = ways.iter().any(|(from, to, number, _)| {
                    let via = links[*number].via;
                    let starts = *from == pair[0] || via == Some(pair[0]) && place == 0;
                    let stops = *to == pair[1] || via == Some(pair[1]) && place + 2 == all.len();
                    starts && stops
                });
                prop_assert!(leads, "{:?}", pair);
            }
        }
    }

    #[test]
    fn records_get_where_repeated_trying_takes_them_and_unlisted_ones_go_everywhere(links in links(), end in 0..TOOLS) {
        let stack = stack(TOOLS, &links, &[]);
        let graph = Graph::new(&stack);
        let mut travels = travels(&links);
        for (from, to, number, forward) in ways(&links).into_iter().filter(|(.., number, _)| links[*number].objects.is_empty()) {
            travels.extend((0..OBJECTS.len()).map(|object| ((from, object), (to, object), number, forward)));
        }
        let mut expected: BTreeSet<Records> = (0..OBJECTS.len()).map(|object| (end, object)).collect();
        expected.extend(travels.iter().filter(|(.., number, _)| links[*number].via == Some(end)).map(|(from, ..)| *from));
        for _ in 0..TOOLS * OBJECTS.len() {
            expected.extend(travels.iter().filter(|(_, to, ..)| expected.contains(to)).map(|(from, ..)| *from).collect::<Vec<_>>());
        }
        let passing = travels.iter().filter(|(_, to, ..)| expected.contains(to)).filter_map(|(from, to, number, _)| {
            let via = links[*number].via?;
            Some([(via, from.1), (via, to.1)])
        });
        expected.extend(passing.flatten().collect::<Vec<_>>());
        let found = graph.records_to(&tool(end), &is_live);
        let all = (0..TOOLS).flat_map(|tool| (0..OBJECTS.len()).map(move |object| (tool, object)));
        let found: BTreeSet<Records> = all.filter(|(at, object)| found.contains(&tool(*at), OBJECTS[*object])).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn data_leaves_a_tool_by_what_starts_there_and_by_what_passes_through(links in links(), at in 0..TOOLS) {
        let stack = stack(TOOLS, &links, &[]);
        let mut expected: Vec<(String, bool, String)> = Vec::new();
        for (number, link) in links.iter().enumerate() {
            let both = [Some((link.from, link.to, true)), link.two_way.then_some((link.to, link.from, false))];
            let leaving = both.into_iter().flatten().filter(|(from, ..)| *from == at || link.via == Some(at));
            expected.extend(leaving.map(|(_, to, forward)| (format!("i{number:05}"), forward, tool(to))));
        }
        let graph = Graph::new(&stack);
        let name = tool(at);
        let found = graph.leaving(&name).map(|(integration, hop, to)| (integration.id.to_string(), hop.forward, to.to_owned()));
        prop_assert_eq!(found.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn groups_of_tools_are_those_that_something_joins(links in links()) {
        let stack = stack(TOOLS, &links, &[]);
        let expected: Vec<Vec<String>> = groups(&joined(&links), None).into_iter().map(|group| group.into_iter().map(tool).collect()).collect();
        prop_assert_eq!(Graph::new(&stack).components(AnyEntity::is_live), expected);
    }

    #[test]
    fn a_tool_holds_a_group_together_if_the_group_falls_apart_without_it(links in links()) {
        let stack = stack(TOOLS, &links, &[]);
        let edges = joined(&links);
        let whole = groups(&edges, None);
        let expected: Vec<String> = (0..TOOLS)
            .filter(|removed| {
                let alone = whole.contains(&vec![*removed]);
                groups(&edges, Some(*removed)).len() > whole.len() - usize::from(alone)
            })
            .map(tool)
            .collect();
        prop_assert_eq!(Graph::new(&stack).articulation_points(AnyEntity::is_live), expected);
    }

    #[test]
    fn records_go_round_exactly_where_trying_all_ways_finds_a_circle(links in links(), object in 0..OBJECTS.len()) {
        let stack = stack(TOOLS, &links, &[]);
        let graph = Graph::new(&stack);
        let travels = travels(&links);
        let found = graph.circles(OBJECTS[object], is_live);
        let all: Vec<Records> = (0..TOOLS).flat_map(|tool| (0..OBJECTS.len()).map(move |object| (tool, object))).collect();
        let pairs: Vec<(Records, Records)> = travels.iter().map(|(from, to, ..)| (*from, *to)).collect();
        let distances = distances(&all, &pairs);
        let start_of = |path: &Path| ((0..TOOLS).find(|number| tool(*number) == path.tools[0]).unwrap(), object);
        for path in &found {
            prop_assert!(holds(&graph, path));
            prop_assert_eq!(path.tools.first(), path.tools.last());
            prop_assert!(path.tools.iter().collect::<BTreeSet<_>>().len() >= 3);
            let lengths = circles_through(start_of(path), &travels);
            prop_assert_eq!(Some(path.hops.len()), lengths.into_iter().min());
        }
        for start in (0..TOOLS).map(|tool| (tool, object)).filter(|start| !circles_through(*start, &travels).is_empty()) {
            let is_told = found.iter().map(start_of).any(|told| distances.contains_key(&(told, start)) && distances.contains_key(&(start, told)));
            prop_assert!(is_told, "no circle stands for the one through {:?}", start);
        }
    }

    #[test]
    fn a_flow_gets_on_where_a_live_link_or_half_of_one_leads(
        links in links(), from in 0..TOOLS, to in 0..TOOLS, manual in proptest::bool::weighted(0.2), named in proptest::option::weighted(0.3, 0_usize..8),
    ) {
        let mut second = json!({ "tool": tool(to), "manual": manual });
        if let Some(named) = named {
            second["via"] = format!("i{named:05}").into();
        }
        let stack = stack(TOOLS, &links, &[json!({ "name": "Flow", "steps": [{ "tool": tool(from) }, second] })]);
        let graph = Graph::new(&stack);
        let flow: &Flow = &stack.flows.values().next().unwrap().body;
        let hops = graph.flow_hops(flow);
        prop_assert_eq!(hops.len(), 1);
        let makes = |link: &Link| {
            let forward = [Some((link.from, link.to)), link.via.map(|via| (link.from, via)), link.via.map(|via| (via, link.to))];
            forward.into_iter().flatten().any(|(a, b)| (a, b) == (from, to) || link.two_way && (b, a) == (from, to))
        };
        let expected: Vec<String> = links
            .iter()
            .enumerate()
            .filter(|(number, link)| link.live && makes(link) && named.is_none_or(|named| named == *number))
            .map(|(number, _)| format!("i{number:05}"))
            .collect();
        let told = match &hops[0] {
            FlowHop::Manual => Err("manual"),
            FlowHop::Same => Err("same"),
            FlowHop::Gap => Ok(Vec::new()),
            FlowHop::By(integrations) => Ok(integrations.iter().map(|integration| integration.id.to_string()).collect()),
        };
        let expected = if manual { Err("manual") } else if from == to { Err("same") } else { Ok(expected) };
        prop_assert_eq!(told, expected);
    }

    #[test]
    fn a_tool_is_touched_by_what_ends_at_it_and_by_what_passes_through_it(links in links(), at in 0..TOOLS) {
        let stack = stack(TOOLS, &links, &[]);
        let graph = Graph::new(&stack);
        let touches = |link: &Link| link.from == at || link.to == at || link.via == Some(at);
        let expected: Vec<String> =
            links.iter().enumerate().filter(|(_, link)| touches(link)).map(|(number, _)| format!("i{number:05}")).collect();
        let touching: Vec<String> = graph.touching(&tool(at)).map(|integration| integration.id.to_string()).collect();
        prop_assert_eq!(touching, expected);
        for other in (0..TOOLS).filter(|other| *other != at) {
            let touches_other = |link: &Link| link.from == other || link.to == other || link.via == Some(other);
            let both = links.iter().enumerate().filter(|(_, link)| touches(link) && touches_other(link));
            let between: Vec<String> = graph.between(&tool(at), &tool(other)).map(|integration| integration.id.to_string()).collect();
            prop_assert_eq!(between, both.map(|(number, _)| format!("i{number:05}")).collect::<Vec<_>>());
        }
        let is_touched = links.iter().any(|link| link.live && touches(link));
        prop_assert_eq!(graph.touched(AnyEntity::is_live).contains(tool(at).as_str()), is_touched);
    }
}

/// A link that carries leads from one tool to another.
fn leads(from: usize, to: usize, two_way: bool) -> Link {
    Link { from, to, via: None, two_way, live: true, objects: vec![(2, None, None)] }
}

#[test]
fn three_tools_that_all_sync_both_ways_are_a_circle() {
    let stack = stack(3, &[leads(0, 1, true), leads(1, 2, true), leads(2, 0, true)], &[]);
    let circles = Graph::new(&stack).circles("lead", is_live);
    assert_eq!(circles.len(), 1);
    assert_eq!(circles[0].tools, [tool(0), tool(1), tool(2), tool(0)]);
}

#[test]
fn records_that_change_their_name_on_the_way_still_come_back() {
    let mut links = vec![leads(0, 1, false), leads(1, 2, false), leads(2, 0, false)];
    links[0].objects = vec![(2, Some(1), None)];
    links[1].objects = vec![(1, None, None)];
    links[2].objects = vec![(1, Some(2), None)];
    let stack = stack(3, &links, &[]);
    let graph = Graph::new(&stack);
    assert_eq!(graph.circles("lead", is_live).len(), 1);
    assert_eq!(graph.circles("contact", is_live).len(), 1);
    assert_eq!(graph.circles("account", is_live).len(), 0);
}

#[test]
fn a_long_chain_is_walked_without_a_deep_stack_and_without_looking_twice() {
    const LENGTH: usize = 20_000;
    let links: Vec<Link> = (1..LENGTH).map(|number| leads(number - 1, number, true)).collect();
    let stack = stack(LENGTH, &links, &[]);
    let graph = Graph::new(&stack);
    assert_eq!(graph.circles("lead", is_live).len(), 0);
    assert_eq!(graph.components(AnyEntity::is_live).len(), 1);
    assert_eq!(graph.articulation_points(AnyEntity::is_live).len(), LENGTH - 2);
    assert_eq!(graph.path(&tool(0), &tool(LENGTH - 1), &is_live).unwrap().hops.len(), LENGTH - 1);
    let end = tool(LENGTH - 1);
    assert_eq!(graph.ways_to([end.as_str()], &is_live).after(&tool(0)).count(), LENGTH - 1);
    assert!(graph.records_to(&end, &is_live).contains(&tool(0), "lead"));
    let mut round = links;
    round.push(leads(LENGTH - 1, 0, false));
    let stack = self::stack(LENGTH, &round, &[]);
    assert_eq!(Graph::new(&stack).circles("lead", is_live)[0].hops.len(), LENGTH);
}
