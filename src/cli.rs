//! The arguments: types and their help, nothing else.

mod map;
mod people;
mod privacy;
mod record;
mod site;

use std::{path::PathBuf, str::FromStr};

use clap::{Args, Parser, Subcommand, ValueEnum};
use linchpin::{
    model::{Date, Duration},
    report::{finding, plan, suppressions},
};

pub use self::map::MapFormat;
pub use self::people::WhatIf;
pub use self::privacy::{Export, ExportCommand, TraceData};
pub use self::record::{OneRecord, Route, RouteCommand, RouteTable, Score, ScoreCommand, Tests};
pub use self::site::Build;
#[cfg(feature = "serve")]
pub use self::site::Serve;

/// Keeps a marketing-technology stack governed and documented
#[derive(Debug, Parser)]
#[command(name = "linchpin", version, max_term_width = 100, propagate_version = false)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

/// What every command understands.
#[derive(Debug, Args)]
pub struct Common {
    /// Judge the stack as of this day [default: the stack's `as-of`, then `SOURCE_DATE_EPOCH`, then today]
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
    /// Colour the output
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub color: Color,
    /// Say nothing on standard error but what went wrong
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// When it goes to a terminal and `NO_COLOR` is not set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Validate and lint the stack
    Check(Check),
    /// Render the stack as a site
    Build(Build),
    /// Show the site in a browser on this machine, built anew whenever a file changes
    ///
    /// It answers on 127.0.0.1 only, from memory: nothing is written. While the stack has mistakes, pages show them.
    #[cfg(feature = "serve")]
    Serve(Serve),
    /// Show the page of a rule
    Explain {
        /// The rule, such as `orphaned-tool`
        rule: String,
    },
    /// List the rules, or what a stack sets for each of them
    Rules(Rules),
    /// Show an entity, or the entities of a kind
    Show {
        #[command(flatten)]
        stack: StackPath,
        /// An address such as `tool.hubspot`, or a kind such as `tool`
        #[arg(long, value_name = "ADDRESS|KIND")]
        only: Option<String>,
        /// Show who edited it and when, by git, instead of what it says
        ///
        /// The lines of each author, and whether the declared owner and backup edited it. People are told by their `email`,
        /// or by their exact name where none is declared; `.mailmap` is respected. Lines that are not committed are left
        /// out. Days are those on which authors wrote their commits. Where git has no answer, a note says so and the exit
        /// code stays what it is.
        #[arg(long)]
        history: bool,
    },
    /// Print the integration map
    Graph {
        #[command(flatten)]
        stack: StackPath,
        /// How to write the map
        #[arg(long, value_enum, default_value_t)]
        format: MapFormat,
        /// Only what lies around this tool, integration or flow
        #[arg(long, value_name = "ADDRESS")]
        focus: Option<String>,
        /// How many integrations away from the focus
        #[arg(long, default_value_t = 1, value_name = "N")]
        depth: usize,
    },
    /// Tell what stops, who else can run it and what it costs when people, teams, tools or integrations go
    WhatIf(WhatIf),
    /// Print the cheapest way to have no important part depend on one person, in ninety days
    Plan {
        #[command(flatten)]
        stack: StackPath,
        /// How to write it
        #[arg(long, value_enum, default_value_t)]
        format: plan::Format,
    },
    /// Follow personal data: a person's record to every tool that it reaches, or a signal about people
    TraceData(TraceData),
    /// Write what is documented in a form that others ask for
    Export(Export),
    /// Run routing rules: trace a record, route a table, test the rules, prove what they reach
    Route(Route),
    /// Run scoring criteria: trace a record, test the criteria
    Score(Score),
    /// List the accepted risks by the day on which they expire
    Suppressions {
        #[command(flatten)]
        stack: StackPath,
        /// Only those that expire within this time or have expired, such as `30d`
        #[arg(long, value_name = "DURATION", value_parser = duration)]
        expiring_within: Option<Duration>,
        /// How to write the list
        #[arg(long, value_enum, default_value_t)]
        format: suppressions::Format,
    },
    /// Start a stack: a small, valid one that teaches the format
    Init {
        /// The folder to start it in
        #[arg(default_value = ".")]
        path: PathBuf,
    },
    /// Print the JSON Schema of the format, for editors
    Schema {
        /// Print that of the report which `check --format json` writes
        #[arg(long)]
        report: bool,
    },
    /// Print the manual, as `man` reads it
    ///
    /// `linchpin man | man -l -` shows it. With a folder, a page for each command is written there.
    Man {
        /// The folder to write a page for each command to, such as `man/man1`
        #[arg(short, long, value_name = "FOLDER")]
        output: Option<PathBuf>,
    },
    /// Print the completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// The arguments of `rules`.
#[derive(Debug, Args)]
pub struct Rules {
    #[command(flatten)]
    pub stack: StackPath,
    /// Show what holds in the stack: the level and options of each rule, and where each of them comes from
    #[arg(long)]
    pub resolved: bool,
    /// How to write the list
    #[arg(long, value_enum, default_value_t)]
    pub format: RulesFormat,
    #[command(flatten)]
    pub selection: Selection,
}

/// Which rules run, and at which level.
#[derive(Debug, Args)]
pub struct Selection {
    /// Run only these rules, separated by commas; mistakes in the files are reported all the same
    #[arg(long, value_name = "RULE|FAMILY", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Leave these rules out, separated by commas; the name of a rule says more than that of its family
    #[arg(long, value_name = "RULE|FAMILY", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Set the level of a rule, whatever the stack says: `error`, `warning`, `info` or `off`
    #[arg(long, value_name = "RULE=LEVEL", value_delimiter = ',')]
    pub level: Vec<String>,
}

/// Reads a length of time as the format writes it.
fn duration(text: &str) -> Result<Duration, String> {
    Duration::parse(text).ok_or_else(|| "write a length of time such as `30d` or `8w`".to_owned())
}

/// How a list of rules is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum RulesFormat {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// Where the stack is.
#[derive(Debug, Clone, Args)]
pub struct StackPath {
    /// The stack's folder [default: the nearest folder upward with a `stack.toml`]
    pub path: Option<PathBuf>,
}

/// The arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub stack: StackPath,
    /// How to write the findings to standard output
    #[arg(long, value_enum, default_value_t)]
    pub format: finding::Format,
    /// Write the findings to a file as well, such as `sarif=linchpin.sarif`; may be given several times
    ///
    /// The formats are those of `--format`. A file is replaced as a whole, with its permissions, or stays as it was; its
    /// folder is made if need be. One that cannot be written keeps nothing else from being written; the exit code is 2
    /// then. Files of the stack, links and what is read-only are never replaced.
    ///
    /// Paths in `sarif`, `github`, `gitlab`, `junit` and `markdown` are those from the working directory, so run it at
    /// the root of the repository. The summary of a GitHub job is `markdown=$GITHUB_STEP_SUMMARY`.
    #[arg(long, value_name = "FORMAT=PATH")]
    pub output: Vec<Destination>,
    /// How many findings of a rule the text shows at length, 0 for all [default: 10, and 100 of a kind of mistake]
    #[arg(long, value_name = "N")]
    pub max_per_rule: Option<usize>,
    /// The least level that fails the check; mistakes in the files always do
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "LEVEL")]
    pub fail_on: FailOn,
    #[command(flatten)]
    pub selection: Selection,
    /// Report accepted risks like all others
    #[arg(long)]
    pub no_suppressions: bool,
    /// Leave out the findings that this file lists
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write what is found to this file, as a baseline, and leave it out
    ///
    /// Tells how many findings are new in it and how many are gone. A file that is no baseline is never replaced.
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
    /// Mend in the files what can be mended for certain, then check
    #[arg(long)]
    pub fix: bool,
    /// Print what `--fix` would change, and change nothing
    #[arg(long, requires = "fix", conflicts_with_all = ["write_baseline", "output"])]
    pub diff: bool,
}

/// A file to write findings to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// How.
    pub format: finding::Format,
    /// Where.
    pub path: PathBuf,
}

impl FromStr for Destination {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let formats = || finding::Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let names = || formats().map(|format| format.get_name().to_owned()).collect::<Vec<_>>().join(", ");
        let Some((format, path)) = text.split_once('=') else {
            return Err("write a format and a path, such as `json=report.json`".to_owned());
        };
        let format = finding::Format::from_str(format, false).map_err(|_| format!("`{format}` is none of {}", names()))?;
        match path {
            "" => Err("the path is missing".to_owned()),
            "-" => Err("standard output is what `--format` writes to; name a file".to_owned()),
            path => Ok(Self { format, path: path.into() }),
        }
    }
}

/// The least level that fails a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
    /// Every finding
    Info,
    /// No finding
    Never,
}
