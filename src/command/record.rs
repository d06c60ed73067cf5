//! What `route` and `score` share: finding the one that was named, and reading what was said of a record.

use std::io::{self, Write};

use anyhow::bail;
use linchpin::{
    load,
    model::{Entities, Entity},
    report::trace::Tested,
    routing::{Form, Given},
    text::terminal::line,
};

use super::{Mistakes, Outcome};

/// Returns the routing or scoring of an id, or of an address.
pub fn named<'a, T>(all: &'a Entities<T>, kind: &str, id: &str) -> anyhow::Result<&'a Entity<T>> {
    let bare = id.strip_prefix(kind).and_then(|rest| rest.strip_prefix('.')).unwrap_or(id);
    match all.get(bare) {
        Some(found) => Ok(found),
        None if all.is_empty() => bail!("no {kind} `{id}`: the stack has none"),
        None => match load::nearest(bare, all.keys().map(linchpin::model::Id::as_str)) {
            Some(near) => bail!("no {kind} `{id}`; did you mean `{near}`?"),
            None => bail!("no {kind} `{id}`; `linchpin show --only {kind}` lists them"),
        },
    }
}

/// Reads a record from the command line, and notes the fields that it lacks.
pub fn given(form: &Form<'_>, texts: &[String], progress: &mut dyn Write) -> anyhow::Result<Given> {
    let given = form.given(texts).map_err(|wrong| Mistakes(wrong.iter().map(ToString::to_string).collect()))?;
    for field in &given.absent {
        writeln!(progress, "note: {}", line(&format!("every record has `{field}`; without it, it is traced as missing")))?;
    }
    Ok(given)
}

/// Says how tests went.
pub fn conclude(tested: &Tested, word: &str, progress: &mut dyn Write) -> io::Result<Outcome> {
    writeln!(progress, "{}", tested.summary(word))?;
    Ok(if tested.failed > 0 { Outcome::Failed } else { Outcome::Fine })
}
