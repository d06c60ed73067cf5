//! The integration map as readers get it: whole documents, and what a picture measures.

mod drawing;
mod measures;
mod standalone;

use linchpin::{export::Extract, model::Address, render};

/// The document that `graph --format svg` prints.
fn svg(project: &linchpin::Project, focus: Option<&str>, depth: usize) -> String {
    let graph = project.graph();
    let focus = focus.map(Address::new);
    let extract = match &focus {
        None => Extract::whole(&project.stack),
        Some(focus) => Extract::around(&graph, focus, depth).unwrap(),
    };
    render::standalone(&graph, &extract, focus.as_ref(), depth)
}
