//! Anything for a terminal or a machine that is no site: findings, rules, entities, accepted risks, routed leads.

pub mod data_trace;
pub mod diff;
pub mod entity;
pub mod finding;
pub mod history;
pub mod leads;
mod outline;
pub mod plan;
pub mod proof;
pub mod resolved;
pub mod rule;
pub mod suppressions;
pub mod trace;
pub mod what_if;

use std::path::{Component, Path};

use crate::text::shell::word;

/// Returns a number with its word: `1 error`, `2 errors`.
pub fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// Returns a command of linchpin for the stack in a folder, as one would type it: `linchpin check our-stack --fix`. The folder
/// is left out where linchpin finds it by itself: where one stands, or above.
pub fn command(name: &str, root: &Path, more: &str) -> String {
    let is_found = root.components().all(|part| matches!(part, Component::CurDir | Component::ParentDir));
    let root = if is_found { String::new() } else { format!(" {}", word(&root.display().to_string())) };
    let more = if more.is_empty() { String::new() } else { format!(" {more}") };
    format!("linchpin {name}{root}{more}")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn a_command_names_the_stack_unless_it_is_found_anyway() {
        let command = |root: &str, more: &str| super::command("check", Path::new(root), more);
        assert_eq!(command(".", ""), "linchpin check");
        assert_eq!(command("../..", "--fix"), "linchpin check --fix");
        assert_eq!(command("../our stack", "--fix"), "linchpin check '../our stack' --fix");
    }
}
