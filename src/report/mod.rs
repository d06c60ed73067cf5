//! Anything for a terminal or a machine that is no site: findings, rules, entities, accepted risks, routed leads.

pub mod diff;
pub mod entity;
pub mod finding;
pub mod leads;
pub mod resolved;
pub mod rule;
pub mod suppressions;
pub mod trace;

/// Returns a number with its word: `1 error`, `2 errors`.
pub fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
