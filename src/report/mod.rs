//! Anything for a terminal or a machine that is no site: findings, rules, entities, accepted risks.

pub mod diff;
pub mod entity;
pub mod finding;
pub mod resolved;
pub mod rule;
pub mod suppressions;
