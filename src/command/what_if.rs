//! `linchpin what-if`.

use std::path::Path;

use linchpin::{
    Project,
    analysis::{Analysis, Gone, departure::MAY_GO},
    load::nearest,
    model::{Address, Kind},
    report::{command, what_if},
    text::list::any,
};

use super::{Mistakes, Outcome, Output, open_valid};
use crate::cli::{Common, StackPath, WhatIf};

pub fn run(arguments: &WhatIf, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let (stack, without) = told_apart(arguments);
    let Some(project) = open_valid(&stack, common, out)? else { return Ok(Outcome::Failed) };
    let without: Vec<Address> = without.iter().map(|address| Address::new(address.trim())).collect();
    let graph = project.graph();
    let analysis = Analysis::new(&project.stack, &graph, project.today);
    let gone = Gone::new(&project.stack, analysis.members(), &without, project.today)
        .map_err(|unknown| Mistakes(unknown.into_iter().map(|address| objection(&project, address)).collect()))?;
    what_if::write(arguments.format, &analysis, &analysis.departure(gone), out.result)?;
    Ok(Outcome::Fine)
}

/// The stack and what goes: a folder after the last address is the stack, unless one is named before.
fn told_apart(arguments: &WhatIf) -> (StackPath, &[String]) {
    match arguments.without.split_last() {
        Some((last, rest)) if arguments.stack.path.is_none() && !rest.is_empty() && Path::new(last).is_dir() => {
            (StackPath { path: Some(last.into()) }, rest)
        }
        _ => (arguments.stack.clone(), &arguments.without),
    }
}

/// Says why an address names nothing that may go.
fn objection(project: &Project, address: &Address) -> String {
    let (word, id) = address.entity();
    let kinds = any(MAY_GO.map(Kind::name), MAY_GO.len());
    if address.as_str().is_empty() {
        return format!("an address is empty; `--without` takes that of a {kinds}, such as `person.ID`");
    }
    let known = || MAY_GO.into_iter().flat_map(|kind| project.stack.of(kind)).map(|entity| entity.address().to_string());
    let kind = Kind::from_name(word);
    if let Some(kind) = kind.filter(|kind| !MAY_GO.contains(kind)) {
        return format!("`{address}` is of kind `{}`; what may go is a {kinds}", kind.name());
    }
    // The id alone may be meant, or the other of person and team.
    let of_id = |id: &str| known().find(|known| known.split_once('.').is_some_and(|(_, of)| of == id));
    if let Some(meant) = of_id(id.unwrap_or(word)) {
        return format!("no `{address}`; did you mean `{meant}`?");
    }
    let known: Vec<String> = known().collect();
    if let Some(near) = nearest(address.as_str(), known.iter().map(String::as_str)) {
        return format!("no `{address}`; did you mean `{near}`?");
    }
    let lists = command("show", &project.root, &format!("--only {}", kind.unwrap_or(Kind::Person).name()));
    format!("no `{address}`; what may go is a {kinds}, and `{lists}` lists them")
}
