//! Anything for a terminal or a machine that is no site: findings, rules, entities.

pub mod entity;
pub mod finding;
pub mod rule;
