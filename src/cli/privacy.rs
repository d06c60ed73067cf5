//! The arguments of `trace-data` and `export`.

use clap::{Args, Subcommand, ValueEnum};
use linchpin::{export::ropa, model, report::data_trace::Format};

use super::StackPath;

/// What is traced, and how it is told.
#[derive(Debug, Args)]
pub struct TraceData {
    #[command(flatten)]
    pub stack: StackPath,
    /// Follow a person's record from this tool, such as `hubspot` [default: the system of record]
    #[arg(long, value_name = "TOOL", conflicts_with = "signal")]
    pub person_from: Option<String>,
    /// Follow this signal from where it begins instead
    #[arg(long, value_enum)]
    pub signal: Option<Signal>,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// A signal about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Signal {
    /// What people agree to, from the consent tool
    Consent,
    /// Objections, from the suppression tool
    Suppression,
    /// Deletions, from the consent tool, or where none is named from the system of record
    Deletion,
}

impl From<Signal> for model::Signal {
    fn from(signal: Signal) -> Self {
        match signal {
            Signal::Consent => Self::Consent,
            Signal::Suppression => Self::Suppression,
            Signal::Deletion => Self::Deletion,
        }
    }
}

/// What is exported.
#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    pub command: ExportCommand,
}

/// What can be exported.
#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// The record of processing activities (GDPR Art. 30): a row for each tool and purpose, gaps marked
    Ropa {
        #[command(flatten)]
        stack: StackPath,
        /// How to write it
        #[arg(long, value_enum, default_value_t)]
        format: ropa::Format,
    },
}
