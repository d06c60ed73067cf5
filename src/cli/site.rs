//! The arguments of what makes a site.

use std::path::PathBuf;

use clap::Args;

use super::StackPath;

/// The arguments of `build`.
#[derive(Debug, Args)]
pub struct Build {
    #[command(flatten)]
    pub stack: StackPath,
    /// The folder to write the site to
    #[arg(short, long, default_value = "site", value_name = "FOLDER")]
    pub output: PathBuf,
    /// Write nothing; fail if the folder differs from what would be written
    #[arg(long)]
    pub check: bool,
    /// Add who edited what and when, by git
    ///
    /// The site then depends on the commit that is checked out as well as on the files. Where git has no answer, such as
    /// outside a repository, a note and the pages say so and the exit code stays what it is.
    #[arg(long)]
    pub with_history: bool,
    /// Write the site as one archive for a data room instead, such as `northwind.zip`
    ///
    /// Its files lie in a folder of the archive's name, and it opens at `index.html` without a server. The same site gives
    /// the same bytes.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["check", "output"])]
    pub zip: Option<PathBuf>,
}

/// The arguments of `serve`.
#[cfg(feature = "serve")]
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub stack: StackPath,
    /// The port to answer on; 0 takes any that is free
    #[arg(short, long, default_value_t = 3000, value_name = "PORT")]
    pub port: u16,
}
