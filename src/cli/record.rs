//! The arguments of `route` and `score`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use linchpin::report::{proof, trace};

use super::StackPath;

/// Where the stack is, for commands whose arguments name something else.
#[derive(Debug, Args)]
pub struct StackFlag {
    /// The stack's folder [default: the nearest folder upward with a `stack.toml`]
    #[arg(long = "stack", global = true, value_name = "PATH")]
    stack: Option<PathBuf>,
}

impl StackFlag {
    /// The same as an argument.
    pub fn path(&self) -> StackPath {
        StackPath { path: self.stack.clone() }
    }
}

/// The arguments of `route`.
#[derive(Debug, Args)]
pub struct Route {
    #[command(subcommand)]
    pub command: RouteCommand,
    #[command(flatten)]
    pub stack: StackFlag,
}

/// What is done with routings.
#[derive(Debug, Subcommand)]
pub enum RouteCommand {
    /// Show who gets a record, and why: the rules that were tried, and what failed in each
    ///
    /// A field that is not named, or has nothing after the `=`, is missing. Quote values with spaces for your shell:
    /// `linchpin route trace inbound country=US "job-title=Plant Manager"`.
    Trace(OneRecord),
    /// Route a table of records and add who gets each
    ///
    /// The table is CSV in UTF-8 whose first line names the fields; other columns pass through as they are, and an empty
    /// cell is a missing field. Two columns are added, `linchpin_rule` and `linchpin_assignee`; both are empty where no
    /// rule takes the record. Memory does not grow with the table. Whoever gets records in turn has one after the other,
    /// by weight. A summary goes to standard error.
    ///
    /// A cell that does not fit its field is named by line and column, and the exit code is 2. With `--output` nothing is
    /// written then. To standard output rows go as they are routed, so the rows before the first mistake have gone out.
    Run(RouteTable),
    /// Run the tests that the stack has of its routings; exits with 1 if one fails
    Test(Tests),
    /// Prove which rules can take a record, which records no rule takes, and where rules overlap
    ///
    /// The answers hold for every record that the fields allow, not for samples: open text, ranges and missing values
    /// included. Each comes with a record that shows it. What would take too long is said to be not decided.
    Prove {
        /// The routing, by its id or address, such as `inbound` [default: all]
        id: Option<String>,
        /// How to write the proofs
        #[arg(long, value_enum, default_value_t)]
        format: proof::Format,
    },
}

/// The arguments of `score`.
#[derive(Debug, Args)]
pub struct Score {
    #[command(subcommand)]
    pub command: ScoreCommand,
    #[command(flatten)]
    pub stack: StackFlag,
}

/// What is done with scorings.
#[derive(Debug, Subcommand)]
pub enum ScoreCommand {
    /// Show how many points a record gets, and why: the criteria that count, and what failed in the others
    ///
    /// A field that is not named, or has nothing after the `=`, is missing. Quote values with spaces for your shell.
    Trace(OneRecord),
    /// Run the tests that the stack has of its scorings; exits with 1 if one fails
    Test(Tests),
}

/// A record, field by field.
#[derive(Debug, Args)]
pub struct OneRecord {
    /// Which one, by its id or address, such as `inbound`
    pub id: String,
    /// What is known of the record, such as `country=US employees=120`
    #[arg(value_name = "FIELD=VALUE")]
    pub record: Vec<String>,
    /// How to write the trace
    #[arg(long, value_enum, default_value_t)]
    pub format: trace::Format,
}

/// Whose tests are run.
#[derive(Debug, Args)]
pub struct Tests {
    /// Only those of this one, by its id or address
    pub id: Option<String>,
    /// How to write what came of them
    #[arg(long, value_enum, default_value_t)]
    pub format: trace::Format,
}

/// A table of records.
#[derive(Debug, Args)]
pub struct RouteTable {
    /// The routing that is asked, by its id or address, such as `inbound`
    pub id: String,
    /// The table; `-` for standard input
    #[arg(value_name = "LEADS.csv")]
    pub table: PathBuf,
    /// Write the rows to this file instead of standard output
    ///
    /// It is replaced as a whole once every row is routed, or stays as it was.
    #[arg(short, long, value_name = "OUT.csv")]
    pub output: Option<PathBuf>,
    /// Leave out rows with cells that do not fit their field, and count them
    #[arg(long)]
    pub skip_invalid: bool,
}
