//! The integration map: every question about it, compared with the slowest way to answer it.

use std::collections::{BTreeMap, BTreeSet};

use linchpin::{
    graph::{Circle, Content, FlowHop, Graph, Hop, Path, circles},
    model::{AnyEntity, Company, Entity, Flow, Integration, Kind, Located, Stack, StackEntities},
    source::{SourceFile, Sources},
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// How many tools a random map has.
const TOOLS: usize = 5;
const OBJECTS: [&str; 3] = ["account", "contact", "lead"];
const FIELDS: [&str; 2] = ["country", "size"];

/// An integration of a random map; tools and objects by number.
#[derive(Debug, Clone)]
struct Link {
    from: usize,
    to: usize,
    via: Option<usize>,
    two_way: bool,
    live: bool,
    objects: Vec<(usize, Option<usize>, Option<&'static str>)>,
    fields: Vec<Mapped>,
}

/// A field mapping of a random map; fields and object by number.
#[derive(Debug, Clone)]
struct Mapped {
    from: usize,
    to: usize,
    object: Option<usize>,
    direction: Option<&'static str>,
}

fn links() -> impl Strategy<Value = Vec<Link>> {
    let object = (
        0..OBJECTS.len(),
        proptest::option::of(0..OBJECTS.len()),
        proptest::option::of(prop::sample::select(vec!["forward", "back", "both"])),
    );
    let objects = proptest::collection::vec(object, 0..3);
    let ends = (0..TOOLS, 0..TOOLS, proptest::option::weighted(0.3, 0..TOOLS));
    let link = (ends, any::<bool>(), proptest::bool::weighted(0.8), objects, proptest::collection::vec(mapped(), 0..3));
    let link = link.prop_map(|((from, to, via), two_way, live, objects, fields)| Link { from, to, via, two_way, live, objects, fields });
    proptest::collection::vec(link, 0..9)
}

/// Links between four tools that carry much, so that circles are frequent.
fn busy_links() -> impl Strategy<Value = Vec<Link>> {
    let object = (
        0..2_usize,
        proptest::option::weighted(0.2, 0..2_usize),
        proptest::option::weighted(0.2, prop::sample::select(vec!["forward", "back"])),
    );
    let link = (
        0..4_usize,
        0..4_usize,
        proptest::bool::weighted(0.3),
        proptest::collection::vec(object, 1..3),
        proptest::collection::vec(mapped(), 0..4),
    );
    let link = link.prop_map(|(from, to, two_way, objects, fields)| Link { from, to, via: None, two_way, live: true, objects, fields });
    proptest::collection::vec(link, 3..10)
}

fn mapped() -> impl Strategy<Value = Mapped> {
    let object = proptest::option::weighted(0.4, 0..OBJECTS.len());
    let direction = proptest::option::weighted(0.3, prop::sample::select(vec!["forward", "back", "both"]));
    let mapped = (0..FIELDS.len(), 0..FIELDS.len(), object, direction);
    mapped.prop_map(|(from, to, object, direction)| Mapped { from, to, object, direction })
}

fn tool(number: usize) -> String {
    format!("t{number:05}")
}

/// The stack that these links make, with flows of these steps.
fn stack(tools: usize, links: &[Link], flows: &[Value]) -> Stack {
    let file = Sources::default().add(SourceFile::default());
    let mut entities = StackEntities::default();
    for number in 0..tools {
        entities.insert(Kind::Tool, &tool(number), file, json!({ "name": tool(number), "category": "crm" })).unwrap();
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
        let field = |mapped: &Mapped| {
            let mut mapping = json!({ "from": FIELDS[mapped.from], "to": FIELDS[mapped.to] });
            if let Some(object) = mapped.object {
                mapping["object"] = OBJECTS[object].into();
            }
            if let Some(direction) = mapped.direction {
                mapping["direction"] = direction.into();
            }
            mapping
        };
        let mut table = json!({
            "from": tool(link.from), "to": tool(link.to), "method": "api",
            "direction": if link.two_way { "two-way" } else { "one-way" },
            "status": if link.live { "active" } else { "planned" },
            "objects": link.objects.iter().map(object).collect::<Vec<_>>(),
            "fields": link.fields.iter().map(field).collect::<Vec<_>>(),
        });
        if let Some(via) = link.via {
            table["via"] = tool(via).into();
        }
        entities.insert(Kind::Integration, &format!("i{number:05}"), file, table).unwrap();
    }
    for (number, flow) in flows.iter().enumerate() {
        entities.insert(Kind::Flow, &format!("f{number:05}"), file, flow.clone()).unwrap();
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

/// A value at a tool, in the records of an object, in a field; nothing for an object or field of which nothing is known.
type Value3 = (usize, Option<usize>, Option<usize>);

/// A way of a value: where it starts, where it ends, and over which link, in which direction, by which mapping.
#[derive(Debug, Clone, Copy)]
struct Way {
    from: Value3,
    to: Value3,
    link: usize,
    forward: bool,
    mapping: Option<usize>,
}

/// Whether something goes over a link in a direction, given what it says of itself.
fn goes(link: &Link, said: Option<&str>, forward: bool) -> bool {
    (forward || link.two_way)
        && match said {
            Some("forward") => forward,
            Some("back") => !forward,
            _ => true,
        }
}

/// The ways of values over live links, written out one by one: where the mappings of a link do not speak of an object that it
/// carries, any field of it may become any other.
fn value_ways(links: &[Link]) -> Vec<Way> {
    let mut all = Vec::new();
    for (number, link) in links.iter().enumerate().filter(|(_, link)| link.live && link.from != link.to) {
        let entries: Vec<_> =
            link.objects.iter().map(|(object, renamed, said)| (Some(*object), Some(renamed.unwrap_or(*object)), *said)).collect();
        let mut is_listed = vec![false; entries.len()];
        for (index, mapped) in link.fields.iter().enumerate() {
            let here = |entry: &(Option<usize>, Option<usize>, Option<&str>)| entry.0 == mapped.object;
            let there = |entry: &(Option<usize>, Option<usize>, Option<&str>)| entry.1 == mapped.object;
            let mut meant: Vec<usize> = if mapped.object.is_none() {
                (0..entries.len()).collect()
            } else if entries.iter().any(here) {
                (0..entries.len()).filter(|entry| here(&entries[*entry])).collect()
            } else {
                (0..entries.len()).filter(|entry| there(&entries[*entry])).collect()
            };
            let of_its_own = (mapped.object, mapped.object, None);
            let mut objects = vec![of_its_own];
            if !meant.is_empty() {
                objects = meant.iter().map(|entry| entries[*entry]).collect();
            }
            meant.drain(..).for_each(|entry| is_listed[entry] = true);
            for ((here, there, said), forward) in objects.into_iter().flat_map(|entry| [(entry, true), (entry, false)]) {
                if goes(link, mapped.direction.or(said), forward) {
                    let (at_from, at_to) = ((link.from, here, mapped.from), (link.to, there, mapped.to));
                    let (from, to) = if forward { (at_from, at_to) } else { (at_to, at_from) };
                    for known in [Some(from.2), None] {
                        let (from, to) = ((from.0, from.1, known), (to.0, to.1, Some(to.2)));
                        all.push(Way { from, to, link: number, forward, mapping: Some(index) });
                    }
                }
            }
        }
        for ((here, there, said), forward) in
            entries.iter().zip(&is_listed).filter(|(_, is_listed)| !**is_listed).flat_map(|(entry, _)| [(*entry, true), (*entry, false)])
        {
            if goes(link, said, forward) {
                let (from, to) = if forward { ((link.from, here), (link.to, there)) } else { ((link.to, there), (link.from, here)) };
                for known in (0..FIELDS.len()).map(Some).chain([None]) {
                    all.push(Way { from: (from.0, from.1, known), to: (to.0, to.1, None), link: number, forward, mapping: None });
                }
            }
        }
    }
    all
}

/// How many hops it takes from each value to each other, where ways through one tool are closed.
fn hops_without(ways: &[Way], tool: Option<usize>) -> BTreeMap<Value3, BTreeMap<Value3, usize>> {
    let mut next: BTreeMap<Value3, BTreeSet<Value3>> = BTreeMap::new();
    for way in ways.iter().filter(|way| Some(way.from.0) != tool && Some(way.to.0) != tool) {
        next.entry(way.from).or_default().insert(way.to);
    }
    let all: BTreeSet<Value3> = ways.iter().flat_map(|way| [way.from, way.to]).collect();
    let from = |start: Value3| {
        let mut hops = BTreeMap::from([(start, 0)]);
        let mut edge = BTreeSet::from([start]);
        for count in 1.. {
            edge = edge.iter().filter_map(|at| next.get(at)).flatten().copied().filter(|at| !hops.contains_key(at)).collect();
            if edge.is_empty() {
                break;
            }
            hops.extend(edge.iter().map(|at| (*at, count)));
        }
        hops
    };
    all.into_iter().map(|start| (start, from(start))).collect()
}

/// The ways without those between two tools that, among values that reach each other, nothing else joins.
fn without_detours(ways: &[Way]) -> Vec<Way> {
    let hops = hops_without(ways, None);
    let reaches = |from: Value3, to: Value3| hops[&from].contains_key(&to);
    let is_entangled = |a: &Way, b: &Way| reaches(a.to, b.from) && reaches(b.to, a.from);
    let is_detour = |way: &Way| {
        let pair = |way: &Way| (way.from.0.min(way.to.0), way.from.0.max(way.to.0));
        let others = ways.iter().filter(|other| is_entangled(way, other) && pair(other) != pair(way));
        let edges: Vec<(usize, usize)> = others.map(|other| (other.from.0, other.to.0)).collect();
        !groups(&edges, None).iter().any(|group| group.contains(&way.from.0) && group.contains(&way.to.0))
    };
    ways.iter().copied().filter(|way| is_entangled(way, way) && !is_detour(way)).collect()
}

/// The fewest hops of a circle of three tools or more through a value, by trying every way out and every way back in.
fn least_circle(start: Value3, ways: &[Way], without: &[BTreeMap<Value3, BTreeMap<Value3, usize>>]) -> Option<usize> {
    let out = ways.iter().filter(|way| way.from == start);
    let pairs = out.flat_map(|out| ways.iter().filter(|way| way.to == start && way.from.0 != out.to.0).map(|back| (out.to, back.from)));
    pairs.filter_map(|(second, last)| Some(without[start.0].get(&second)?.get(&last)? + 2)).min()
}

/// The stations of a circle as values; nothing for the field of a station that stands for several.
fn values(circle: &Circle<'_>) -> Vec<(Value3, Content<'static>)> {
    let number = |list: &[&str], word: &str| list.iter().position(|known| *known == word);
    let station = |station: &linchpin::graph::Station<'_>| {
        let at = (0..TOOLS).find(|number| tool(*number) == station.tool).unwrap();
        let object = station.object.map(|object| number(&OBJECTS, object).unwrap());
        match station.content {
            Content::Field(field) => {
                let field = number(&FIELDS, field).unwrap();
                ((at, object, Some(field)), Content::Field(FIELDS[field]))
            }
            Content::Some => ((at, object, None), Content::Some),
            Content::Unknown => ((at, object, None), Content::Unknown),
        }
    };
    circle.stations.iter().map(station).collect()
}

/// Whether a circle goes over ways that there are, each leg by its own, through three tools or more.
fn goes_round(circle: &Circle<'_>, ways: &[Way]) -> bool {
    let stations = values(circle);
    let matches = |(value, content): &(Value3, Content<'_>), at: Value3| match content {
        Content::Some => (value.0, value.1) == (at.0, at.1) && at.2.is_some(),
        _ => *value == at,
    };
    let is_way = |number: usize| {
        let (from, to, leg) = (&stations[number], &stations[(number + 1) % stations.len()], circle.legs[number]);
        ways.iter().any(|way| {
            matches(from, way.from)
                && matches(to, way.to)
                && (way.link, way.forward, way.mapping) == (leg.hop.integration, leg.hop.forward, leg.mapping)
        })
    };
    let tools: BTreeSet<usize> = stations.iter().map(|(value, _)| value.0).collect();
    stations.len() == circle.legs.len() && tools.len() >= 3 && (0..stations.len()).all(is_way)
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

/// What is told of a hop of a flow; integrations by number.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    Same,
    Manual,
    By(BTreeSet<usize>),
    Gap,
}

fn told(hop: &FlowHop<'_>) -> Told {
    match hop {
        FlowHop::Same => Told::Same,
        FlowHop::Manual => Told::Manual,
        FlowHop::Gap => Told::Gap,
        FlowHop::By(by) => Told::By(by.iter().map(|integration| integration.id.as_str()[1..].parse().unwrap()).collect()),
    }
}

/// Every way to make all hops between these steps: for each the link, whether forward, and which part of it, where one makes it.
fn all_ways(links: &[Link], steps: &[(usize, bool, Option<usize>)]) -> Vec<Vec<Option<(usize, bool, u8)>>> {
    let mut ways = vec![Vec::new()];
    for pair in steps.windows(2) {
        let ((from, ..), (to, manual, named)) = (pair[0], pair[1]);
        let mut next = Vec::new();
        for way in ways {
            if manual || from == to {
                next.push([way, vec![None]].concat());
                continue;
            }
            for (start, end, number, forward) in
                self::ways(links).into_iter().filter(|(.., number, _)| named.is_none_or(|named| named == *number))
            {
                let via = links[number].via;
                let parts = [(0, Some(start), Some(end)), (1, Some(start), via), (2, via, Some(end))];
                for (part, ..) in parts.into_iter().filter(|(_, a, b)| (*a, *b) == (Some(from), Some(to))) {
                    let came = came(&way, steps);
                    if part != 2 || came.is_none_or(|came| came == (number, forward, 1)) {
                        next.push([way.clone(), vec![Some((number, forward, part))]].concat());
                    }
                }
            }
        }
        ways = next;
    }
    ways
}

/// With what the data has come at the end of a way; nothing where it began or somebody carried it.
fn came(way: &[Option<(usize, bool, u8)>], steps: &[(usize, bool, Option<usize>)]) -> Option<(usize, bool, u8)> {
    let last = (0..way.len()).rev().find(|number| way[*number].is_some() || steps[number + 1].1)?;
    way[last]
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
        let leading = graph.leading_to(names.iter().map(String::as_str), &is_live);
        for start in 0..TOOLS {
            prop_assert_eq!(leading.contains(tool(start).as_str()), expected.contains(&start), "from {}", start);
            let way = graph.way(&tool(start), &|at| names.iter().any(|end| end == at), &|at| leading.contains(at), &is_live);
            prop_assert_eq!(way.is_some(), expected.contains(&start), "from {}", start);
            let way = way.unwrap_or_default();
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
        let found = graph.records_to([(tool(end).as_str(), None)], &is_live);
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
    fn values_go_round_exactly_where_trying_all_ways_finds_a_circle(links in prop_oneof![1 => links(), 3 => busy_links()]) {
        let stack = stack(TOOLS, &links, &[]);
        let graph = Graph::new(&stack);
        let found = circles(&graph.writes(AnyEntity::is_live), &graph.loads(AnyEntity::is_live));
        let all = value_ways(&links);
        let documented: Vec<Way> = all.iter().copied().filter(|way| way.from.2.is_some() && way.mapping.is_some()).collect();
        for (ways, is_documented) in [(&without_detours(&documented), true), (&without_detours(&all), false)] {
            let without: Vec<_> = (0..TOOLS).map(|tool| hops_without(ways, Some(tool))).collect();
            let told: Vec<_> = found.iter().filter(|circle| circle.legs.iter().all(|leg| leg.mapping.is_some()) == is_documented).collect();
            for circle in &told {
                prop_assert!(goes_round(circle, ways), "{:?}", circle);
                let start = values(circle)[0].0;
                prop_assert_eq!(Some(circle.legs.len()), least_circle(start, ways, &without));
            }
            let hops = hops_without(ways, None);
            let reaches = |from: Value3, to: Value3| hops.get(&from).is_some_and(|hops| hops.contains_key(&to));
            for start in hops.keys().copied().filter(|start| is_documented || start.2.is_none()) {
                if least_circle(start, ways, &without).is_some() {
                    let is_told = told.iter().map(|circle| values(circle)[0].0).any(|told| reaches(told, start) && reaches(start, told));
                    prop_assert!(is_told, "no circle stands for the one through {:?}", start);
                }
            }
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
    fn a_flow_gets_on_by_what_carries_what_has_come_so_far(
        links in links(),
        steps in proptest::collection::vec((0..TOOLS, proptest::bool::weighted(0.1), proptest::option::weighted(0.1, 0_usize..8)), 2..6),
    ) {
        let step = |(at, manual, named): &(usize, bool, Option<usize>)| {
            let mut step = json!({ "tool": tool(*at), "manual": manual });
            if let Some(named) = named {
                step["via"] = format!("i{named:05}").into();
            }
            step
        };
        let stack = stack(TOOLS, &links, &[json!({ "name": "Flow", "steps": steps.iter().map(step).collect::<Vec<_>>() })]);
        let flow: &Flow = &stack.flows.values().next().unwrap().body;
        let told: Vec<Told> = Graph::new(&stack).flow_hops(flow).iter().map(told).collect();
        prop_assert_eq!(told.len() + 1, steps.len());
        // What is told is looked at between two gaps: there every way to the end is known from trying all of them.
        let mut first = 0;
        for gap in told.iter().enumerate().filter(|(_, told)| **told == Told::Gap).map(|(gap, _)| gap).chain([told.len()]) {
            let ways = all_ways(&links, &steps[first..=gap]);
            for (number, told) in told[first..gap].iter().enumerate() {
                let made: BTreeSet<usize> = ways.iter().filter_map(|way| way[number]).map(|(link, ..)| link).collect();
                match told {
                    // Which integrations make a hop before a gap or before one of the middleware's own matters less.
                    Told::By(by) => prop_assert!(!by.is_empty() && by.is_subset(&made), "{:?} of {:?}", by, made),
                    _ => prop_assert!(ways.iter().all(|way| way[number].is_none())),
                }
            }
            prop_assert!(!ways.is_empty());
            if gap < told.len() {
                prop_assert_eq!(all_ways(&links, &steps[first..=gap + 1]), Vec::<Vec<_>>::new());
            }
            first = gap + 1;
        }
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

/// A link that carries leads from one tool to another, and nobody says which fields.
fn leads(from: usize, to: usize, two_way: bool) -> Link {
    Link { from, to, via: None, two_way, live: true, objects: vec![(2, None, None)], fields: Vec::new() }
}

/// The circles of a stack.
fn round<'a>(graph: &Graph<'a>) -> Vec<Circle<'a>> {
    circles(&graph.writes(AnyEntity::is_live), &graph.loads(AnyEntity::is_live))
}

#[test]
fn three_tools_that_all_sync_both_ways_are_a_circle() {
    let stack = stack(3, &[leads(0, 1, true), leads(1, 2, true), leads(2, 0, true)], &[]);
    let graph = Graph::new(&stack);
    let found = round(&graph);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].stations.iter().map(|station| station.tool).collect::<Vec<_>>(), [tool(0), tool(1), tool(2)]);
}

#[test]
fn values_that_change_their_field_and_records_that_change_their_name_still_come_back() {
    let mapped = |from, to| vec![Mapped { from, to, object: None, direction: None }];
    let mut links = vec![leads(0, 1, false), leads(1, 2, false), leads(2, 0, false)];
    links[0].objects = vec![(2, Some(1), None)];
    links[1].objects = vec![(1, None, None)];
    links[2].objects = vec![(1, Some(2), None)];
    for (link, fields) in links.iter_mut().zip([mapped(0, 1), mapped(1, 1), mapped(1, 0)]) {
        link.fields = fields;
    }
    let there_and_back = stack(3, &links, &[]);
    let graph = Graph::new(&there_and_back);
    let found = round(&graph);
    assert_eq!(found.len(), 1);
    let places: Vec<_> = found[0].stations.iter().map(|station| (station.object.unwrap(), station.content)).collect();
    assert_eq!(places, [("lead", Content::Field("country")), ("contact", Content::Field("size")), ("contact", Content::Field("size"))]);
    links[2].fields = mapped(0, 0);
    assert_eq!(round(&Graph::new(&stack(3, &links, &[]))), []);
}

#[test]
fn a_long_chain_is_walked_without_a_deep_stack_and_without_looking_twice() {
    const LENGTH: usize = 20_000;
    let links: Vec<Link> = (1..LENGTH).map(|number| leads(number - 1, number, true)).collect();
    let stack = stack(LENGTH, &links, &[]);
    let graph = Graph::new(&stack);
    assert_eq!(round(&graph).len(), 0);
    assert_eq!(graph.components(AnyEntity::is_live).len(), 1);
    assert_eq!(graph.articulation_points(AnyEntity::is_live).len(), LENGTH - 2);
    assert_eq!(graph.path(&tool(0), &tool(LENGTH - 1), &is_live).unwrap().hops.len(), LENGTH - 1);
    let end = tool(LENGTH - 1);
    assert_eq!(graph.way(&tool(0), &|at| at == end, &|_| true, &is_live).unwrap().len(), LENGTH - 1);
    assert!(graph.records_to([(end.as_str(), None)], &is_live).contains(&tool(0), "lead"));
    let mut closed = links;
    closed.push(leads(LENGTH - 1, 0, false));
    let stack = self::stack(LENGTH, &closed, &[]);
    assert_eq!(round(&Graph::new(&stack))[0].legs.len(), LENGTH);
}

#[test]
fn a_hub_that_syncs_both_ways_with_thousands_of_tools_is_looked_at_once() {
    const SPOKES: usize = 5_000;
    let mut links: Vec<Link> = (1..SPOKES).map(|number| leads(0, number, true)).collect();
    // A second way to each tool, by which a field is documented, makes no circle of three tools.
    let mapped = vec![Mapped { from: 0, to: 0, object: None, direction: None }];
    links.extend((1..SPOKES).map(|number| Link { fields: mapped.clone(), ..leads(0, number, true) }));
    let hub = stack(SPOKES, &links, &[]);
    assert_eq!(round(&Graph::new(&hub)), []);
    links.push(leads(SPOKES - 2, SPOKES - 1, false));
    let closed = stack(SPOKES, &links, &[]);
    assert_eq!(round(&Graph::new(&closed)).iter().map(|circle| circle.legs.len()).collect::<Vec<_>>(), [3]);
}
