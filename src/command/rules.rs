//! `linchpin rules`.

use anyhow::bail;
use linchpin::{
    policy::{Request, resolved::resolve},
    report::{resolved, rule},
    rules,
};

use super::{Outcome, Output, open_valid, policy};
use crate::cli::{Common, Rules, RulesFormat};

pub fn run(arguments: &Rules, common: &Common, out: &mut Output<'_>) -> anyhow::Result<Outcome> {
    let selection = policy::selection(&arguments.selection)?;
    if arguments.resolved {
        let Some(project) = open_valid(&arguments.stack, common, out)? else { return Ok(Outcome::Failed) };
        let resolved = resolve(&project.stack, &project.sources, &Request { selection, ..Request::default() });
        match arguments.format {
            RulesFormat::Text => resolved::write_table(&project, &resolved, out.result)?,
            RulesFormat::Json => resolved::write_json(&project, &resolved, out.result)?,
        }
        return Ok(Outcome::Fine);
    }
    if arguments.stack.path.is_some() || !selection.is_empty() {
        bail!("the list of all rules is the same for every stack and run; `--resolved` shows what holds in one");
    }
    match arguments.format {
        RulesFormat::Text => rule::write_table(&rules::all(), out.result)?,
        RulesFormat::Json => rule::write_json(&rules::all(), out.result)?,
    }
    Ok(Outcome::Fine)
}
