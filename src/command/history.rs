//! What `show --history` and `build --with-history` share: reading the history of a stack, and saying where it ends.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use linchpin::{
    Project,
    history::{History, Missing},
    load,
    text::terminal::line,
};

/// Reads who edited the stack. That it cannot be told, or not to the beginning, is no mistake: it is said on standard error.
pub fn read(project: &Project, problem: &mut dyn Write) -> io::Result<Result<History, Missing>> {
    let files: BTreeSet<&str> = project.sources.iter().map(|(_, file)| file.path()).collect();
    let history = History::read(&project.root, &files, load::parts);
    match &history {
        Err(missing) => writeln!(problem, "note: {}", line(&format!("there is no history: {missing}")))?,
        Ok(History { gap: Some(gap), .. }) => writeln!(problem, "note: {}", gap.in_words())?,
        Ok(_) => {}
    }
    Ok(history)
}
