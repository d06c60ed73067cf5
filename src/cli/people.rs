//! The arguments of `what-if`.

use clap::Args;
use linchpin::report::what_if::Format;

use super::StackPath;

/// What goes, and how it is told.
#[derive(Debug, Args)]
pub struct WhatIf {
    #[command(flatten)]
    pub stack: StackPath,
    /// What goes, such as `person.maya`, `team.agency`, `tool.hubspot` or `integration.hubspot-salesforce`; a team goes with its members
    #[arg(long, value_name = "ADDRESS", required = true, num_args = 1.., value_delimiter = ',')]
    pub without: Vec<String>,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}
