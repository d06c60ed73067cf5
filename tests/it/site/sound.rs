//! What is true of every page of every stack: its frame, its links, its ids and its heads.

use std::collections::{BTreeMap, BTreeSet};

use linchpin::model::Kind;

use super::{built_example, target};
use crate::{
    built::{Folder, Page, Site, words},
    filled::filled,
};

/// The policy that every page states.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

fn ids(page: &Page) -> Vec<String> {
    page.elements().filter_map(|element| element.value().attr("id")).map(str::to_owned).collect()
}

/// Everything that is true of every page of every stack.
pub(super) fn assert_sound(site: &Site) {
    let pages: Vec<Page> = site.pages().collect();
    let anchors: BTreeMap<&str, Vec<String>> = pages.iter().map(|page| (page.path.as_str(), ids(page))).collect();
    let files: BTreeSet<&str> = site.paths().collect();
    for page in &pages {
        assert_frame(page);
        for element in page.elements() {
            for (name, value) in element.value().attrs() {
                match name {
                    "href" | "src" => assert_leads(page, value, &files, &anchors),
                    "aria-labelledby" | "aria-controls" | "aria-describedby" | "for" => {
                        let known = &anchors[page.path.as_str()];
                        assert!(value.split_whitespace().all(|id| known.iter().any(|known| known == id)), "{}: {name}={value}", page.path);
                    }
                    _ => {}
                }
            }
        }
    }
}

fn assert_leads(page: &Page, href: &str, files: &BTreeSet<&str>, anchors: &BTreeMap<&str, Vec<String>>) {
    if let Some((scheme, _)) = href.split_once(':') {
        assert!(matches!(scheme, "http" | "https" | "mailto"), "{}: {href}", page.path);
        return;
    }
    assert!(!href.is_empty() && !href.starts_with('/'), "{}: {href:?} is not relative", page.path);
    let (path, fragment) = target(&page.path, href);
    assert!(files.contains(path.as_str()), "{}: {href} leads to no file", page.path);
    if let Some(id) = fragment {
        assert!(anchors[path.as_str()].contains(&id), "{}: {href} leads to no element", page.path);
    }
}

fn assert_frame(page: &Page) {
    let at = &page.path;
    assert_eq!(page.one("html").value().attr("lang"), Some("en"), "{at}");
    assert!(!words(&page.one("h1")).is_empty(), "{at}");
    assert!(!words(&page.one("head > title")).is_empty(), "{at}");
    assert_eq!(page.one("meta[http-equiv]").value().attr("content"), Some(POLICY), "{at}");
    for landmark in ["main", "header", "footer", "nav.side", "nav.crumbs"] {
        page.one(landmark);
    }
    let all = ids(page);
    let unique: BTreeSet<&String> = all.iter().collect();
    assert_eq!(
        unique.len(),
        all.len(),
        "{at}: an id stands twice: {:?}",
        all.iter().filter(|id| all.iter().filter(|other| other == id).count() > 1).collect::<Vec<_>>()
    );
    assert!(all.iter().all(|id| !id.is_empty() && !id.contains(char::is_whitespace)), "{at}: {all:?}");
    let regions: Vec<&str> = page.all("[role=region]").iter().filter_map(|region| region.value().attr("aria-label")).collect();
    assert_eq!(regions.iter().collect::<BTreeSet<_>>().len(), regions.len(), "{at}: two regions of one name: {regions:?}");
    assert!(!page.elements().any(|element| element.value().attr("style").is_some()), "{at}: the policy forbids `style`");
    assert_order(page);
}

/// Headings go down one level at a time.
fn assert_order(page: &Page) {
    let levels: Vec<u32> = page
        .all("main h1, main h2, main h3, main h4, main h5, main h6")
        .iter()
        .map(|head| head.value().name()[1..].parse().unwrap())
        .collect();
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "{}: a head of level {} follows one of level {}", page.path, pair[1], pair[0]);
    }
}

#[test]
fn the_pages_of_the_example_are_sound() {
    assert_sound(&built_example());
}

#[test]
fn a_stack_that_says_nothing_but_its_name_renders() {
    let site = Folder::stack("").site();
    assert_sound(&site);
    assert!(site.page("index.html").words("main").contains("No tool is described yet"));
    for kind in Kind::ALL {
        assert!(site.page(&format!("{}/index.html", kind.folder())).words("main").contains(&format!("[{}.ID]", kind.name())), "{kind:?}");
    }
}

#[test]
fn a_stack_that_sets_every_key_renders_whatever_it_chooses() {
    for turn in 0..6 {
        assert_sound(&filled("Some words", turn).site());
    }
}

#[test]
fn a_single_entity_of_each_kind_renders() {
    let person = "[person.p]\nname = \"P\"\n";
    let tool = "[tool.t]\nname = \"T\"\ncategory = \"crm\"\n";
    for kind in Kind::ALL {
        let (id, rest) = match kind {
            Kind::Person => ("p", String::new()),
            Kind::Tool => ("t", String::new()),
            Kind::Unit | Kind::Team | Kind::Lifecycle | Kind::Object => ("x", "name = \"X\"".to_owned()),
            Kind::Routing => ("x", "name = \"X\"\nobject = \"lead\"\ntool = \"t\"".to_owned()),
            Kind::Scoring => ("x", "name = \"X\"\ntool = \"t\"\nthreshold = -5".to_owned()),
            Kind::Flow => ("x", "name = \"X\"\nsteps = [{ tool = \"t\" }]".to_owned()),
            Kind::Automation => ("x", "name = \"X\"\ntool = \"t\"\ntrigger = \"a\"\nactions = [\"b\"]".to_owned()),
            Kind::Runbook => ("x", "name = \"X\"\nkind = \"other\"".to_owned()),
            Kind::Routine => ("x", "name = \"X\"\nkind = \"other\"\ncadence = \"7d\"".to_owned()),
            Kind::Checklist => ("x", "name = \"X\"\nkind = \"other\"\nitems = []".to_owned()),
            Kind::Convention => ("x", "name = \"X\"\nkind = \"utm\"".to_owned()),
            Kind::Audience => ("x", "name = \"X\"\nkind = \"segment\"\ntool = \"t\"".to_owned()),
            Kind::Integration => ("x", "from = \"t\"\nto = \"t\"\nmethod = \"api\"".to_owned()),
            Kind::Contract => ("t", "annual-cost = 1000".to_owned()),
            Kind::Metric => ("x", "name = \"X\"\ndefinition = \"d\"\nkind = \"executive\"".to_owned()),
            Kind::Report => ("x", "name = \"X\"\naudience = \"board\"".to_owned()),
            Kind::Attribution => ("x", "name = \"X\"\nmodel = \"linear\"".to_owned()),
        };
        let entity = if rest.is_empty() { String::new() } else { format!("[{}.{id}]\n{rest}\n", kind.name()) };
        let site = Folder::stack(&format!("{person}{tool}{entity}")).site();
        assert_sound(&site);
        assert!(site.paths().any(|path| path == format!("{}/{id}.html", kind.folder())), "{kind:?}");
    }
}
