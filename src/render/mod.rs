//! The site: pages of typed data, rendered in memory, written at the end.
//!
//! A [`View`] holds what all pages are made from. One file per kind of page turns it into the types of
//! [`page`], which are all that the templates see. [`render`] gives the files; [`mod@write`] alone touches the disk.

mod accent;
mod archive;
mod area;
mod charter;
mod compiled;
mod data;
mod decision;
mod diligence;
mod disclosed;
mod drawn;
mod entity;
mod example;
mod facts;
mod filters;
mod findings;
mod flow;
mod frame;
mod glance;
mod glossary;
mod history;
#[cfg(test)]
mod history_tests;
mod index;
mod integration;
mod key_people;
mod kind;
mod lead;
mod lifecycle;
mod logic;
mod loss;
mod map;
mod markdown;
mod measurements;
mod money;
mod nameless;
mod object;
mod overlaps;
mod pack;
pub mod page;
mod picture;
mod privacy;
mod prose;
mod proven;
mod readers;
mod record;
mod redundancy;
mod routing;
mod rule;
mod running;
mod scoring;
mod search;
mod sections;
mod sequence;
mod sheet;
mod spend;
mod standalone;
mod states;
mod suppressions;
mod templates;
mod ties;
mod unknown;
mod view;
mod what_if;
mod words;
mod worst;
pub mod write;

use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Tera};

pub use self::{archive::archive, standalone::standalone, templates::names as template_names};
use self::{
    page::{PageCss, Shell},
    view::View,
};
use crate::{
    Project,
    analysis::{Analysis, Witness},
    graph::Graph,
    history::{History, Missing},
    review::Review,
    rules::Settings,
};

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path below the output folder, with `/`.
    pub path: String,
    /// Its content.
    pub content: Vec<u8>,
}

/// Why a site could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A template is wrong, or does not fit its data.
    #[error("a template does not render: {0}")]
    Template(String),
    /// Data could not be serialized: a mistake in linchpin.
    #[error("data cannot be written: {0}")]
    Data(String),
}

impl From<tera::Error> for Error {
    fn from(error: tera::Error) -> Self {
        Self::Template(templates::complaint(&error))
    }
}

/// A page on its way: its template, its place and its data.
struct Page {
    template: &'static str,
    shell: Shell,
    context: Context,
}

impl Page {
    fn new(template: &'static str, shell: Shell, data: &impl Serialize) -> Self {
        let mut context = Context::new();
        context.insert("page", data);
        context.insert("shell", &shell);
        Self { template, shell, context }
    }

    fn render(&self, tera: &Tera) -> Result<File, Error> {
        let html = tera.render(self.template, &self.context)?;
        Ok(File { path: self.shell.url.clone(), content: templates::without_unused_marks(html).into_bytes() })
    }
}

/// Renders the site of a valid stack, sorted by path.
///
/// # Errors
/// If a template does not fit.
pub fn render(project: &Project) -> Result<Vec<File>, Error> {
    render_with(project, None)
}

/// Renders the site of a valid stack with who edited what, or why that cannot be told.
///
/// # Errors
/// If a template does not fit.
pub fn render_with(project: &Project, history: Option<&Result<History, Missing>>) -> Result<Vec<File>, Error> {
    render_as(project, &Options { history, ..Options::default() })
}

/// What is asked of a site beyond what the stack says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'o> {
    /// Who edited what, or why that cannot be told; nothing if nobody asks.
    pub history: Option<&'o Result<History, Missing>>,
    /// Whether there is a document of everything that a review reads.
    pub pack: bool,
    /// Files that replace templates and assets of their names.
    pub own: &'o [(String, String)],
}

/// Renders the site of a valid stack as it is asked for.
///
/// # Errors
/// If a template does not fit.
pub fn render_as(project: &Project, options: &Options<'_>) -> Result<Vec<File>, Error> {
    match nameless::nameless(project, options.history)? {
        Some(shown) => render_as_is(&shown.project, &Options { history: shown.history.as_ref(), ..*options }),
        None => render_as_is(project, options),
    }
}

/// Renders a project whose people may be named.
fn render_as_is(project: &Project, options: &Options<'_>) -> Result<Vec<File>, Error> {
    let shown = disclosed::Disclosed::new(&project.stack)?.stack(&project.stack)?;
    let stack = shown.as_ref().unwrap_or(&project.stack);
    let defaults = Settings::defaults(stack);
    let graph = Graph::new(stack);
    let analysis = Analysis::new(stack, &graph, project.today);
    let review = match &shown {
        Some(_) => review(project),
        None => Review::new(&analysis, &project.sources, &project.documents, &defaults),
    };
    let mut view = View::new(project, &analysis, review)?;
    view.history = options.history.map(|read| {
        let read = read.as_ref()?;
        // As the stack is and not as it may be shown: people are told by their addresses.
        Ok(Witness::new(&project.stack, &project.sources, &project.documents, read, project.today))
    });
    let mut tera = templates::compile(options.own)?;
    let site = page::Site { pack: options.pack.then(|| pack::URL.to_owned()), ..frame::site(&view) };
    tera.global_context().insert("site", &site);
    let rendered = jobs(&view, &tera).par_iter().map(|job| job()).collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<File> = rendered.into_iter().flatten().collect();
    if options.pack {
        files.push(pack::file(&view, &tera, &files)?);
    }
    files.extend(templates::assets(options.own, options.pack).into_iter().map(|(path, content)| File { path, content }));
    let logo = project.logo.as_ref().map(|logo| File { path: format!("assets/logo.{}", logo.extension), content: logo.bytes.clone() });
    files.extend(logo);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Answers the questions of a review about the stack as it is: what is withheld would make its tests fail and its rules find
/// something else. The pages withhold what the answers say.
fn review(project: &Project) -> Review {
    let stack = &project.stack;
    let defaults = Settings::defaults(stack);
    let graph = Graph::new(stack);
    let analysis = Analysis::new(stack, &graph, project.today);
    Review::new(&analysis, &project.sources, &project.documents, &defaults)
}

/// A part of the site on its way: data and HTML of one page at a time, so that memory does not grow with the stack.
type Job<'v> = Box<dyn Fn() -> Result<Vec<File>, Error> + Send + Sync + 'v>;

/// Everything that is to be rendered, in no order; pages that take long come first.
fn jobs<'v>(view: &'v View<'v>, tera: &'v Tera) -> Vec<Job<'v>> {
    let mut jobs: Vec<Job<'v>> = vec![
        Box::new(|| Ok(vec![index::page(view).render(tera)?])),
        Box::new(|| Ok(vec![map::page(view).render(tera)?])),
        Box::new(|| Ok(map::control(view).into_iter().collect())),
        Box::new(|| {
            Ok(vec![findings::page(view).render(tera)?, suppressions::page(view).render(tera)?, glossary::page(view).render(tera)?])
        }),
        Box::new(|| Ok(vec![key_people::page(view).render(tera)?, diligence::page(view).render(tera)?])),
        Box::new(|| data::files(view)),
        Box::new(|| Ok(vec![search::file(view)?, style(view, tera)?, charter::page(view).render(tera)?])),
        Box::new(|| Ok(vec![spend::page(view).render(tera)?, redundancy::page(view).render(tera)?, privacy::page(view).render(tera)?])),
        Box::new(|| rule::pages(view).par_iter().map(|page| page.render(tera)).collect()),
        Box::new(|| sheet::pages(view).par_iter().map(|page| page.render(tera)).collect()),
    ];
    jobs.extend(area::all(view).iter().copied().map(|of| -> Job<'v> { Box::new(move || Ok(vec![area::page(view, of).render(tera)?])) }));
    for kind in crate::model::Kind::ALL {
        jobs.push(Box::new(|| Ok(vec![kind::page(view, *kind).render(tera)?])));
        jobs.extend(view.stack.of(*kind).map(|entity| -> Job<'v> { Box::new(move || Ok(vec![entity::page(view, entity).render(tera)?])) }));
    }
    jobs
}

/// The style sheet that knows the stack: the foot of printed pages, and the stack's accent where it can be read.
fn style(view: &View<'_>, tera: &Tera) -> Result<File, Error> {
    let accent = view.stack.site.as_ref().and_then(|site| site.accent.as_ref()).map(crate::model::Colour::as_str);
    let (by_day, by_night) = accent.map_or((false, false), accent::readable);
    let colour = |readable: bool| accent.filter(|_| readable).map(str::to_owned);
    let css = PageCss { foot: crate::text::css::string(&frame::foot(view)), accent: colour(by_day), accent_dark: colour(by_night) };
    let mut context = Context::new();
    context.insert("css", &css);
    Ok(File { path: "assets/page.css".to_owned(), content: tera.render("page.css", &context)?.into_bytes() })
}
