//! The diligence pack: one document of what a review reads.

use std::collections::BTreeSet;

use linchpin::render::{self, Options};

use crate::built::{Folder, Page, Site, example, open, words};

const PACK: &str = "diligence-pack.html";

fn with_pack(project: &linchpin::Project) -> Site {
    Site(render::render_as(project, &Options { pack: true, ..Options::default() }).unwrap())
}

/// Ids occur once, and every link within the document leads to one.
fn assert_whole(page: &Page) {
    let mut ids = BTreeSet::new();
    for id in page.elements().filter_map(|element| element.value().attr("id")) {
        assert!(ids.insert(id.to_owned()), "{id} occurs twice");
    }
    for element in page.elements() {
        for (name, value) in element.value().attrs() {
            match name {
                "href" if value.starts_with('#') => assert!(ids.contains(&value[1..]), "{value} leads nowhere"),
                "href" => assert!(
                    value.starts_with("https://")
                        || value.starts_with("http://")
                        || value.starts_with("mailto:")
                        || value.starts_with("assets/")
                        || value == "index.html",
                    "{value} leads out"
                ),
                "aria-labelledby" | "aria-describedby" | "for" => assert!(value.split(' ').all(|id| ids.contains(id)), "{name}={value}"),
                _ => {}
            }
        }
    }
}

#[test]
fn the_pack_of_the_example_holds_every_chapter_and_entry_once_and_leads_nowhere_else() {
    let project = open(&example());
    let site = with_pack(&project);
    let page = site.page(PACK);
    assert_whole(&page);
    let chapters: Vec<String> = page.all(".toc > ol > li > a").iter().map(words).collect();
    assert_eq!(
        chapters[..10],
        [
            "Summary",
            "Diligence answers",
            "Map",
            "Key people",
            "Findings",
            "Accepted risks",
            "Spend",
            "Redundancy",
            "Personal data",
            "Charter"
        ]
    );
    assert!(chapters[10].starts_with("Process: ") && chapters.iter().any(|title| title == "Routing: Inbound leads"));
    assert_eq!(chapters[chapters.len() - 4..], ["Tools", "Integrations", "Flows", "Runbooks"]);
    let stack = &project.stack;
    let entries = stack.tools.len() + stack.integrations.len() + stack.flows.len() + stack.runbooks.len();
    assert_eq!(page.all("article.entry").len(), entries);
    assert_eq!(page.all(".toc ul a").len(), entries);
    assert_eq!(page.all("script, .onpage, .filter, .tools, main .no-print").len(), 0);
    let cover = page.words(".cover");
    for said in ["Northwind Robotics", "20 November 2026", "Confidential"] {
        assert!(cover.contains(said), "{cover}");
    }
    // A link to what the document holds leads to it there; a link to what it does not hold is text.
    assert!(page.all("main a[href='#tools.hubspot']").len() > 3);
    assert!(page.all("main a").iter().any(|link| link.value().attr("href").is_none() && words(link) == "Priyanka Nair"));
}

#[test]
fn the_pack_is_there_only_where_it_is_asked_for_and_then_two_pages_lead_to_it() {
    let folder = Folder::stack("[tool.t]\nname = \"T\"\ncategory = \"crm\"\n");
    let plain = folder.site();
    assert!(plain.paths().all(|path| path != PACK && path != "assets/pack.css"));
    assert!(plain.0.iter().all(|file| !String::from_utf8_lossy(&file.content).contains(PACK)));
    let site = with_pack(&open(folder.path()));
    assert_whole(&site.page(PACK));
    assert!(site.paths().any(|path| path == "assets/pack.css"));
    let leading: Vec<&str> =
        site.0.iter().filter(|file| String::from_utf8_lossy(&file.content).contains(PACK)).map(|file| file.path.as_str()).collect();
    assert_eq!(leading, ["diligence.html", "index.html"]);
    super::sound::assert_sound(&Site(site.0.into_iter().filter(|file| file.path != PACK).chain(plain_pack()).collect()));
}

/// A stand-in for the document, which has another frame than pages have.
fn plain_pack() -> Vec<render::File> {
    Folder::stack("")
        .site()
        .0
        .into_iter()
        .filter(|file| file.path == "index.html")
        .map(|file| render::File { path: PACK.to_owned(), ..file })
        .collect()
}

#[test]
fn the_pack_of_a_stack_full_of_hostile_text_is_whole() {
    for text in ["\"><script>alert(1)</script> id=\"x\" href=\"#y\"", "a > b < c & 'd' <p class=\"no-print\">", "plain"] {
        let folder = crate::filled::filled(text, 0);
        let site = with_pack(&open(folder.path()));
        let page = site.page(PACK);
        assert_whole(&page);
        assert_eq!(page.all("script").len(), 0);
        assert_eq!(
            page.all("main > section, main article.entry").len(),
            page.all("main > section").len() + page.all("main > section > article.entry").len()
        );
        assert!(page.all("article.entry").len() >= 8);
    }
}

#[test]
fn the_areas_of_a_large_map_follow_its_overview() {
    let folder = Folder::stack(&super::large::text(64, 1));
    let site = with_pack(&open(folder.path()));
    let page = site.page(PACK);
    assert_whole(&page);
    let chapters: Vec<&str> = page.all("section.chapter").iter().filter_map(|chapter| chapter.value().attr("id")).collect();
    let at = chapters.iter().position(|id| *id == "page.map").unwrap();
    assert_eq!(chapters[at + 1..=at + 8], linchpin::model::Area::ALL.map(|area| format!("map.{}", area.slug())));
    assert!(page.all("a[href=\"#map.sales\"]").len() > 8, "the overview and the other areas lead there");
}
