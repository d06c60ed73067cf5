//! `linchpin show`.

use anyhow::bail;
use linchpin::{
    Project,
    analysis::Witness,
    load,
    model::{Address, AnyEntity, Kind},
    report::{entity, history},
};

use super::{Outcome, Output, open_valid};
use crate::cli::{Common, StackPath};

/// What is shown.
enum Shown<'p> {
    /// All there is.
    Everything,
    /// The entities of a kind.
    Kind(Kind),
    /// An entity.
    Entity(&'p dyn AnyEntity),
    /// What exists once.
    Once(&'p str),
}

pub fn run(stack: &StackPath, only: Option<&str>, by_git: bool, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(stack, common, out)? else { return Ok(Outcome::Failed) };
    let shown = find(&project, only)?;
    if by_git {
        return edited(&project, &shown, out);
    }
    match shown {
        Shown::Everything => entity::write_overview(&project, out.result)?,
        Shown::Kind(kind) => entity::write_kind(&project, kind, out.result)?,
        Shown::Entity(found) => entity::write_entity(&project, found, out.result)?,
        Shown::Once(name) => entity::write_once(&project, name, out.result)?,
    }
    Ok(Outcome::Fine)
}

/// Shows who edited what.
fn edited(project: &Project, shown: &Shown<'_>, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    if let Shown::Once(name) = shown {
        bail!("`{name}` is no entity: `--history` shows entities, such as `tool.hubspot`");
    }
    let Ok(read) = super::history::read(project, out.problem)? else { return Ok(Outcome::Fine) };
    let witness = Witness::new(&project.stack, &project.sources, &project.documents, &read, project.today);
    match shown {
        Shown::Kind(kind) => history::write_table(project, &witness, Some(*kind), out.result)?,
        Shown::Entity(entity) => {
            if let Some(record) = witness.of(*entity) {
                history::write_record(project, record, out.result)?;
            }
        }
        Shown::Everything | Shown::Once(_) => history::write_table(project, &witness, None, out.result)?,
    }
    Ok(Outcome::Fine)
}

fn find<'p>(project: &'p Project, only: Option<&'p str>) -> anyhow::Result<Shown<'p>> {
    let Some(only) = only else { return Ok(Shown::Everything) };
    if let Some(kind) = Kind::ALL.iter().find(|kind| kind.name() == only || kind.folder() == only) {
        return Ok(Shown::Kind(*kind));
    }
    if entity::is_once(project, only) {
        return Ok(Shown::Once(only));
    }
    if let Some(found) = project.stack.at(&Address::new(only)) {
        return Ok(Shown::Entity(found));
    }
    let addresses: Vec<String> = project.stack.all().map(|entity| entity.address().to_string()).collect();
    let kinds = Kind::ALL.iter().flat_map(|kind| [kind.name(), kind.folder()]);
    let known = kinds.chain(addresses.iter().map(String::as_str));
    match load::nearest(only, known) {
        Some(near) => bail!("nothing in the stack is called `{only}`; did you mean `{near}`?"),
        None => bail!("nothing in the stack is called `{only}`; write a kind such as `tool`, or an address such as `tool.hubspot`"),
    }
}
