//! Routings that hand records over in a circle, so that nobody ever gets them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use petgraph::{algo::tarjan_scc, graphmap::DiGraphMap};

use super::{salvage::Salvaged, validity::INVALID_VALUE};
use crate::{
    diagnostic::Diagnostic,
    model::{AnyEntity, Assign, Entity, Routing, Stack, slug},
    source::Sources,
};

/// A rule that hands records over.
struct HandOver<'a> {
    routing: &'a Entity<Routing>,
    rule: usize,
    to: &'a str,
}

/// Reports every group of routings that hand records over to each other, once, at the first rule of a shortest circle.
/// Linear in the rules but for the circles that there are.
pub fn circles(stack: &Stack, salvaged: &Salvaged, sources: &Sources) -> Vec<Diagnostic> {
    let routings = || stack.routings.values().chain(salvaged.entities.routings.values());
    let mut over: BTreeMap<&str, Vec<HandOver<'_>>> = BTreeMap::new();
    let mut graph: DiGraphMap<&str, ()> = DiGraphMap::new();
    for routing in routings() {
        for (rule, written) in routing.rule.iter().enumerate() {
            if let Assign::HandOver(hand_over) = &written.assign {
                let to = hand_over.routing.as_str();
                over.entry(routing.id.as_str()).or_default().push(HandOver { routing, rule, to });
                graph.add_edge(routing.id.as_str(), to, ());
            }
        }
    }
    let mut groups: Vec<BTreeSet<&str>> = tarjan_scc(&graph).into_iter().map(|group| group.into_iter().collect()).collect();
    groups.sort();
    groups.iter().filter_map(|group| report(&circle(group, &over)?, sources)).collect()
}

/// A shortest way from the first routing of a group back to it, by the rules that hand over; nothing where there is none.
fn circle<'a>(group: &BTreeSet<&'a str>, over: &'a BTreeMap<&str, Vec<HandOver<'a>>>) -> Option<Vec<&'a HandOver<'a>>> {
    let start = *group.first()?;
    let mut came_by: BTreeMap<&str, &HandOver<'_>> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for hand_over in over.get(at).into_iter().flatten().filter(|hand_over| group.contains(hand_over.to)) {
            if hand_over.to == start {
                let mut way = vec![hand_over];
                while let Some(before) = way.last().and_then(|last| came_by.get(last.routing.id.as_str())) {
                    way.push(before);
                }
                way.reverse();
                return Some(way);
            }
            came_by.entry(hand_over.to).or_insert_with(|| {
                queue.push_back(hand_over.to);
                hand_over
            });
        }
    }
    None
}

fn report(way: &[&HandOver<'_>], sources: &Sources) -> Option<Diagnostic> {
    let place = |of: &HandOver<'_>| {
        let pointer = format!("{}/rule/{}/assign/routing", of.routing.pointer(), of.rule);
        let name = of.routing.rule.get(of.rule).map_or("", |rule| rule.name.as_str());
        (of.routing.address().part("rule", &slug(name)), sources.span(of.routing.file, &pointer))
    };
    let names: Vec<String> = way.iter().map(|of| format!("`{}`", of.routing.id)).collect();
    let first = names.first().map_or("", String::as_str);
    let message = match names.len() {
        1 => format!("routing {first} hands records over to itself"),
        _ => format!("routing {first} hands records over in a circle: nobody ever gets them"),
    };
    let mut places = way.iter().map(|of| place(of));
    let (subject, span) = places.next()?;
    let mut diagnostic = Diagnostic::new(&INVALID_VALUE, subject, span, message)
        .key("assign.routing")
        .note(format!("the circle: {} → {first}", names.join(" → ")))
        .help("let one of the rules assign a person or a team");
    for (address, span) in places {
        diagnostic = diagnostic.related(&address, Some(span), "and hands over here");
    }
    Some(diagnostic)
}
