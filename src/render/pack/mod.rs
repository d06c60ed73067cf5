//! `diligence-pack.html`: the pages that a review reads as one long document, to print.
//!
//! Pages are taken as they were rendered: [`rewrite`] gives their ids a name of their own and leads their links to each
//! other inside of the document.

mod rewrite;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::{Context, Tera};

use self::rewrite::Pages;
use super::{Error, File, page::Shell, sheet, templates, view::View};
use crate::model::{Date, Kind};

/// Where the pack is, counted from the root.
pub(super) const URL: &str = "diligence-pack.html";

/// The data of the pack.
#[derive(Debug, Serialize)]
struct Pack {
    company: String,
    as_of: Date,
    /// The chapters, then the appendices.
    chapters: Vec<Chapter>,
}

/// A page, or all pages of a kind.
#[derive(Debug, Serialize)]
struct Chapter {
    id: String,
    title: String,
    /// Whether it is a kind, with a head of its own and a page each.
    is_appendix: bool,
    parts: Vec<Part>,
}

/// A page in the pack.
#[derive(Debug, Serialize)]
struct Part {
    id: String,
    title: String,
    /// What stands in its main block, with ids and links that hold in the pack.
    html: String,
}

/// A chapter by its title, whether it is an appendix, and its pages by path and title.
type Planned = (String, bool, Vec<(String, String)>);

/// Makes the pack from the pages of the site.
pub(super) fn file(view: &View<'_>, tera: &Tera, files: &[File]) -> Result<File, Error> {
    let texts: BTreeMap<&str, &str> =
        files.iter().filter_map(|file| Some((file.path.as_str(), std::str::from_utf8(&file.content).ok()?))).collect();
    let planned = plan(view);
    let urls: BTreeSet<&str> = planned.iter().flat_map(|(_, _, pages)| pages).map(|(url, _)| url.as_str()).collect();
    let mains = urls.iter().filter_map(|url| Some((*url, rewrite::main(texts.get(url)?)?)));
    let pages = Pages::new(mains.collect());
    let part = |(url, title): &(String, String)| {
        let html = pages.rewritten(url)?;
        Some(Part { id: rewrite::name(url), title: title.clone(), html })
    };
    let chapters = planned.iter().map(|(title, is_appendix, pages)| {
        let parts: Vec<Part> = pages.iter().filter_map(part).collect();
        let id = if *is_appendix {
            format!("kind.{}", title.to_lowercase())
        } else {
            parts.first().map_or_else(String::new, |part| part.id.clone())
        };
        Chapter { id, title: title.clone(), is_appendix: *is_appendix, parts }
    });
    let chapters = chapters.filter(|chapter| !chapter.parts.is_empty()).collect();
    let data = Pack { company: view.stack.company.name.to_string(), as_of: view.project.today, chapters };
    let mut context = Context::new();
    context.insert("page", &data);
    context.insert("shell", &Shell::new(URL, URL, "Diligence pack", Vec::new()));
    let html = tera.render("pack.html", &context)?;
    Ok(File { path: URL.to_owned(), content: templates::without_unused_marks(html).into_bytes() })
}

/// What the pack holds, in its order.
fn plan(view: &View<'_>) -> Vec<Planned> {
    let one = |url: &str, title: &str| (title.to_owned(), false, vec![(url.to_owned(), title.to_owned())]);
    let areas = super::area::all(view).iter().copied().map(|area| (super::area::url(area), format!("Map: {}", area.label())));
    let mut maps = one("map.html", "Map");
    maps.2.extend(areas);
    let mut all = vec![
        one("index.html", "Summary"),
        one(super::diligence::URL, "Diligence answers"),
        maps,
        one(super::key_people::URL, "Key people"),
        one("findings.html", "Findings"),
        one("suppressions.html", "Accepted risks"),
        one("spend.html", "Spend"),
        one("redundancy.html", "Redundancy"),
        one(super::privacy::URL, "Personal data"),
        one("charter.html", "Charter"),
    ];
    for lifecycle in view.stack.lifecycles.values() {
        all.push(one(&sheet::url(lifecycle.id.as_str()), &format!("Process: {}", lifecycle.about.name)));
    }
    let pages = |kind: Kind| -> Vec<(String, String)> {
        let page =
            |entity: &dyn crate::model::AnyEntity| (super::view::url(kind, entity.id().as_str()), view.stack.name(entity).into_owned());
        view.stack.of(kind).map(page).collect()
    };
    for (url, title) in pages(Kind::Routing) {
        all.push(one(&url, &format!("Routing: {title}")));
    }
    for kind in [Kind::Tool, Kind::Integration, Kind::Flow, Kind::Runbook] {
        all.push((super::view::plural(kind), true, pages(kind)));
    }
    all
}
