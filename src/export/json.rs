//! The map for programs: `linchpin/graph/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::{Extract, word};
use crate::model::{AnyEntity, Carried};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    stack: &'a str,
    nodes: Vec<Node<'a>>,
    edges: Vec<Edge<'a>>,
}

#[derive(Serialize)]
struct Node<'a> {
    id: &'a str,
    name: &'a str,
    category: &'static str,
    area: &'static str,
    status: String,
    live: bool,
    owner: Option<&'a str>,
}

#[derive(Serialize)]
struct Edge<'a> {
    id: &'a str,
    name: String,
    from: &'a str,
    to: &'a str,
    direction: String,
    method: String,
    via: Option<&'a str>,
    status: String,
    live: bool,
    automated: bool,
    forward: Vec<&'a str>,
    back: Vec<&'a str>,
    owner: Option<&'a str>,
}

pub(super) fn write(extract: &Extract<'_>, out: &mut dyn Write) -> io::Result<()> {
    let nodes = extract.tools.iter().map(|tool| Node {
        id: tool.id.as_str(),
        name: tool.about.name.as_str(),
        category: tool.category.slug(),
        area: tool.category.area().slug(),
        status: word(tool.status),
        live: tool.is_live(),
        owner: tool.body.owner.as_ref().map(crate::model::Ref::as_str),
    });
    let edges = extract.integrations.iter().map(|integration| {
        let carried = |forward: bool| -> Vec<&str> {
            integration
                .objects
                .iter()
                .filter(|carried| carried.travels(forward, integration.direction))
                .map(Carried::object)
                .map(crate::model::Ref::as_str)
                .collect()
        };
        Edge {
            id: integration.id.as_str(),
            name: extract.stack.name(*integration).into_owned(),
            from: integration.from.as_str(),
            to: integration.to.as_str(),
            direction: word(integration.direction),
            method: word(integration.method),
            via: integration.via.as_ref().map(crate::model::Ref::as_str),
            status: word(integration.status),
            live: integration.is_live(),
            automated: integration.is_automated(),
            forward: carried(true),
            back: carried(false),
            owner: integration.body.owner.as_ref().map(crate::model::Ref::as_str),
        }
    });
    let document =
        Document { schema: "linchpin/graph/1", stack: extract.stack.company.name.as_str(), nodes: nodes.collect(), edges: edges.collect() };
    crate::text::json::write(&document, out)
}
