//! `linchpin show`.

use anyhow::bail;
use linchpin::{
    load,
    model::{Address, Kind},
    report::entity,
};

use super::{Outcome, Output, open_valid};
use crate::cli::{Common, StackPath};

pub fn run(stack: &StackPath, only: Option<&str>, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let Some(project) = open_valid(stack, common, out)? else { return Ok(Outcome::Failed) };
    let Some(only) = only else {
        entity::write_overview(&project, out.result)?;
        return Ok(Outcome::Fine);
    };
    if let Some(kind) = Kind::ALL.iter().find(|kind| kind.name() == only || kind.folder() == only) {
        entity::write_kind(&project, *kind, out.result)?;
        return Ok(Outcome::Fine);
    }
    if entity::write_once(&project, only, out.result)? {
        return Ok(Outcome::Fine);
    }
    if let Some(found) = project.stack.at(&Address::new(only)) {
        entity::write_entity(&project, found, out.result)?;
        return Ok(Outcome::Fine);
    }
    let addresses: Vec<String> = project.stack.all().map(|entity| entity.address().to_string()).collect();
    let kinds = Kind::ALL.iter().flat_map(|kind| [kind.name(), kind.folder()]);
    let known = kinds.chain(addresses.iter().map(String::as_str));
    match load::nearest(only, known) {
        Some(near) => bail!("nothing in the stack is called `{only}`; did you mean `{near}`?"),
        None => bail!("nothing in the stack is called `{only}`; write a kind such as `tool`, or an address such as `tool.hubspot`"),
    }
}
