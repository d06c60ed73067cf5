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
    /// Add the diligence pack: what a review reads as one document, `diligence-pack.html`
    ///
    /// It has a cover, a table of contents, the summary, answers, map, people, findings, spend, processes and routings, and
    /// every tool, integration, flow and runbook. A browser prints it to a PDF with page numbers.
    #[arg(long)]
    pub print: bool,
    /// Use the files of a folder in place of templates and assets of their names, such as `partials/foot.html`
    ///
    /// A file may extend the one that it replaces by `{% extends "builtin/base.html" %}`. What the stack says is escaped in
    /// every template. A name that replaces nothing, or a template that is wrong, stops the build, and nothing is written.
    #[arg(long, value_name = "FOLDER")]
    pub templates: Option<PathBuf>,
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
