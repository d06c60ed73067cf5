//! linchpin keeps a company's marketing-technology stack governed and documented.
//!
//! ```text
//! *.toml *.md ──load──▶ Stack ──graph──▶ Graph ──analysis──▶ Analysis ──rules──▶ Findings ──policy──▶ report/
//!                      (model)        (petgraph)             └──▶ render/ (pages) ◀── diagram/ (svg)
//!                                                            ├──▶ export/ (mermaid, dot, json, csv)
//!                                                            └──▶ fix/ (changes of the files)
//! ```
//!
//! [`Project::open`] runs all of it up to the findings.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice))]

pub mod analysis;
pub mod diagnostic;
pub mod diagram;
pub mod disk;
pub mod export;
pub mod fix;
pub mod graph;
pub mod history;
pub mod load;
pub mod model;
pub mod policy;
pub mod render;
pub mod report;
pub mod review;
pub mod routing;
pub mod rules;
pub mod source;
pub mod text;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{
    analysis::Analysis,
    diagnostic::Diagnostic,
    graph::Graph,
    load::{Edits, Loaded, Logo},
    model::{Date, Stack},
    policy::{Policy, Report, Request},
    rules::Settings,
    source::{FileId, Sources},
};

/// Which day it is: the day that was asked for, or what the stack says, or what the clock says.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// The day that wins over everything.
    pub asked: Option<Date>,
    /// Tells the day that counts if nobody says another, or why it cannot be told.
    pub now: fn() -> Result<Date, String>,
}

/// A stack with everything that follows from it.
#[derive(Debug)]
pub struct Project {
    /// The folder, as it was given.
    pub root: PathBuf,
    /// The text of its files.
    pub sources: Sources,
    /// What they describe, as far as it is valid.
    pub stack: Stack,
    /// How many TOML files there are.
    pub files: usize,
    /// The Markdown files that runbooks name, by the id of the runbook.
    pub documents: BTreeMap<String, FileId>,
    /// The picture beside the site's name, if there is one.
    pub logo: Option<Logo>,
    /// The day on which the stack is judged.
    pub today: Date,
    /// What is wrong.
    pub report: Report,
}

impl Project {
    /// Loads and judges the stack in a folder. Rules other than validity run only when nothing is invalid.
    ///
    /// # Errors
    /// If there is no stack, or it cannot be read at all.
    pub fn open(root: &Path, clock: Clock) -> Result<Self, load::Error> {
        Self::judge(root, clock, &Request::default(), &Edits::new())
    }

    /// Loads and judges the stack in a folder as it is asked for, and as it would be after some edits.
    ///
    /// # Errors
    /// If there is no stack, or it cannot be read at all.
    pub fn judge(root: &Path, clock: Clock, request: &Request, edits: &Edits) -> Result<Self, load::Error> {
        let rules = rules::all();
        let Loaded { sources, stack, files, documents, logo, untils, mut diagnostics } = load::load_edited(root, &rules, edits)?;
        let today = clock.asked.or(stack.company.as_of).map_or_else(clock.now, Ok).map_err(load::Error::Clock)?;
        diagnostics.extend(load::suppressions(&stack, &untils, &sources, today));
        let is_valid = diagnostics.is_empty();
        let mut project = Self { root: root.to_owned(), sources, stack, files, documents, logo, today, report: Report::default() };
        project.report = if is_valid { project.judged(request) } else { project.mistaken(request, diagnostics) };
        Ok(project)
    }

    /// Runs the rules on a valid stack as it is asked for.
    pub(crate) fn judged(&self, request: &Request) -> Report {
        let Self { stack, sources, documents, today, .. } = self;
        let settings = Settings::new(stack);
        let policy = Policy::new(&settings, request);
        let graph = Graph::new(stack);
        let analysis = Analysis::new(stack, &graph, *today);
        let found = rules::check(&analysis, sources, documents, &settings, |rule| policy.runs(rule));
        policy.apply(self.in_order(found), stack, sources, *today)
    }

    /// Reports what is wrong with a stack that is not valid.
    fn mistaken(&self, request: &Request, found: Vec<Diagnostic>) -> Report {
        let settings = Settings::new(&self.stack);
        Policy::new(&settings, request).report_mistakes(self.in_order(found))
    }

    /// Sorts findings and gives each an id of its own.
    fn in_order(&self, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        load::sort(&mut found, &self.sources);
        load::distinguish(&mut found);
        found
    }

    /// Whether the files say what the format allows.
    pub fn is_valid(&self) -> bool {
        !self.report.only_validity
    }

    /// Builds the integration map.
    pub fn graph(&self) -> Graph<'_> {
        Graph::new(&self.stack)
    }
}
