//! How much of long flows is looked at.
#![allow(clippy::unwrap_used, reason = "a test that is wrong may fail in any way")]

use serde_json::json;

use super::{Gone, Works};
use crate::{
    graph::Graph,
    model::{Company, Kind, Located, Stack, StackEntities},
    source::{SourceFile, Sources},
};

/// A flow of so many steps, each of whose hops runs as a person of its own.
fn long(steps: usize, via: bool) -> Stack {
    let file = Sources::default().add(SourceFile::default());
    let mut entities = StackEntities::default();
    let mut add = |kind, id: &str, table| entities.insert(kind, id, file, table).unwrap();
    let tool = |number: usize| format!("t{number:05}");
    for number in 0..steps {
        add(Kind::Tool, &tool(number), json!({ "name": "Tool", "category": "crm" }));
        add(Kind::Person, &format!("p{number:05}"), json!({ "name": "Somebody" }));
    }
    add(Kind::Tool, "middle", json!({ "name": "Middle", "category": "crm" }));
    for number in 1..steps {
        let mut way = json!({ "from": tool(number - 1), "to": tool(number), "method": "api", "runs-as": format!("p{number:05}") });
        if via {
            way["via"] = "middle".into();
        }
        add(Kind::Integration, &format!("i{number:05}"), way);
    }
    let all: Vec<_> = (0..steps).map(|number| json!({ "tool": tool(number) })).collect();
    add(Kind::Flow, "long", json!({ "name": "Long", "steps": all }));
    let company = Located { file, pointer: "/stack".to_owned(), body: Company::unnamed() };
    Stack { company, site: None, rules: None, charter: None, privacy: None, overrides: Vec::new(), suppressions: Vec::new(), entities }
}

#[test]
fn each_hop_of_a_flow_that_runs_as_as_many_people_is_looked_at_once() {
    for (steps, via) in [(30, false), (300, false), (300, true)] {
        let stack = long(steps, via);
        let graph = Graph::new(&stack);
        let works = Works::new(&stack, &graph);
        let mut looked_at = 0;
        for person in stack.people.keys() {
            let gone = Gone::person(person.as_str());
            let stopped = works.stopped(&stack, &graph, &gone);
            for concerned in works.concerned(&gone, &stopped).values() {
                looked_at += works.parts(concerned).map(|steps| steps.len() - 1).sum::<usize>();
            }
            let stops = works.stops((&stack, &graph), &gone, &stopped);
            assert_eq!(stops.len(), usize::from(person.as_str() != "p00000"), "{person}");
        }
        assert_eq!(looked_at, steps - 1, "of {steps} steps");
    }
}
