//! Pages: what a browser makes of them.

use std::{collections::BTreeSet, path::Path, sync::LazyLock};

use linchpin::model::{AnyEntity, Kind, Shape, TextStyle};
use scraper::{ElementRef, Node};
use serde_json::Value as Json;

use super::{CASES, CORPUS, Case, assert_calm, long_word, steers};
use crate::{
    built::{Page, Site, open, words},
    filled::filled,
};

/// What Markdown may make: elements and their attributes.
const MARKDOWN: &[(&str, &[&str])] = &[
    ("a", &["href", "rel"]),
    ("blockquote", &["class"]),
    ("br", &[]),
    ("code", &[]),
    ("del", &[]),
    ("div", &["class", "role", "tabindex", "aria-label"]),
    ("em", &[]),
    ("h3", &[]),
    ("hr", &[]),
    ("li", &["class"]),
    ("ol", &["start"]),
    ("p", &["class"]),
    ("pre", &[]),
    ("span", &["class"]),
    ("strong", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &[]),
    ("th", &[]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
];

type Parts = BTreeSet<(String, String)>;

/// Every element of a page with each of its attributes.
fn parts(page: &Page) -> Parts {
    let part = |element: ElementRef<'_>| {
        let name = element.value().name().to_owned();
        let attributes = element.value().attrs().map(|(attribute, _)| attribute.to_owned()).chain([String::new()]);
        attributes.map(|attribute| (name.clone(), attribute)).collect::<Vec<_>>()
    };
    page.elements().flat_map(part).collect()
}

/// What the templates, the pictures and Markdown make of harmless text.
static KNOWN: LazyLock<Parts> = LazyLock::new(|| {
    let harmless = (0..CORPUS.len()).step_by(3).flat_map(|turn| {
        let folder = filled("plain words", turn * 7);
        folder.site().pages().flat_map(|page| parts(&page)).collect::<Vec<_>>()
    });
    let markdown = MARKDOWN.iter().flat_map(|(name, attributes)| {
        attributes.iter().chain([&""]).map(|attribute| ((*name).to_owned(), (*attribute).to_owned())).collect::<Vec<_>>()
    });
    harmless.chain(markdown).collect()
});

#[test]
fn no_text_becomes_an_element_or_an_attribute() {
    for element in ["iframe", "object", "embed", "style", "form", "base"] {
        assert!(!KNOWN.iter().any(|(name, _)| name == element), "{element}");
    }
    for (element, attribute) in KNOWN.iter() {
        let acts = attribute.starts_with("on") || ["style", "srcdoc", "srcset", "formaction", "xlink:href"].contains(&attribute.as_str());
        assert!(!acts, "{element} {attribute}");
    }
    for case in CASES.iter() {
        for page in case.site.pages() {
            let foreign: Vec<_> = parts(&page).difference(&KNOWN).cloned().collect();
            assert!(foreign.is_empty(), "{} on {}: {foreign:?}", case.name, page.path);
        }
    }
}

/// Whether a page has a form that asks rules, with its script and its data.
fn has_form(page: &Page) -> bool {
    ["routing/", "scoring/"].iter().any(|folder| page.path.starts_with(folder)) && !page.path.ends_with("/index.html")
}

/// A map of live tools has the control that tells what happens when people or tools go.
fn has_control(page: &Page) -> bool {
    page.path == "map.html" && !page.all(".whatif").is_empty()
}

#[test]
fn every_script_is_one_of_the_site_and_every_page_has_the_same_head() {
    for case in CASES.iter() {
        for page in case.site.pages() {
            let scripts = page.all("script:not([type])");
            let found: Vec<_> =
                scripts.iter().map(|script| (script.value().attr("src").unwrap_or("inline"), script.inner_html())).collect();
            let root = if page.path.contains('/') { "../" } else { "" };
            let more = [("routing", has_form(&page)), ("what-if", has_control(&page))].into_iter().filter(|(_, has)| *has);
            let wanted: Vec<String> = [("site", true)].into_iter().chain(more).map(|(name, _)| format!("{root}assets/{name}.js")).collect();
            let wanted = wanted.iter().map(|path| (path.as_str(), String::new()));
            assert_eq!(found, wanted.collect::<Vec<_>>(), "{} on {}", case.name, page.path);
            let mut head: Vec<&str> = page.all("head > *").iter().map(|element| element.value().name()).collect();
            if has_form(&page) || has_control(&page) {
                assert_eq!(head.pop(), Some("script"));
            }
            assert_eq!(
                head,
                ["meta", "meta", "meta", "meta", "meta", "title", "link", "link", "link", "link", "script"],
                "{} on {}",
                case.name,
                page.path
            );
            let comment = page.tree.root_element().descendants().any(|node| matches!(node.value(), Node::Comment(_)));
            assert!(!comment, "{} on {}", case.name, page.path);
        }
    }
}

#[test]
fn the_data_of_a_form_is_json_that_holds_every_name_unchanged_and_no_markup() {
    for case in CASES.iter() {
        for page in case.site.pages() {
            let blocks = page.all("script[type]");
            assert_eq!(blocks.len(), usize::from(has_form(&page) || has_control(&page)), "{} on {}", case.name, page.path);
            for block in blocks {
                assert_eq!(block.value().attrs().collect::<Vec<_>>(), [("type", "application/json")]);
                let text: String = block.text().collect();
                assert!(!text.contains(['<', '>', '&']), "{} on {}", case.name, page.path);
                let data: Json = serde_json::from_str(&text).unwrap();
                if has_control(&page) {
                    let names = |list: &str| data[list].as_array().unwrap().iter().map(|one| one["name"].clone()).collect::<Vec<_>>();
                    assert!(!names("tools").is_empty() && names("tools").iter().all(|name| *name == case.text), "{:?}", names("tools"));
                    assert!(names("people").iter().all(|name| *name == case.text), "{:?}", names("people"));
                    continue;
                }
                let routing = &data["routings"][data["ask"].as_str().unwrap()];
                let part = if page.path.starts_with("routing/") { "rule" } else { "criterion" };
                assert_eq!(routing["name"], case.text, "{}", page.path);
                assert_eq!(routing["rules"][0]["name"], format!("{} {part} 0", case.text), "{}", page.path);
                let fields = data["fields"].as_array().unwrap();
                assert!(fields.iter().any(|field| field["name"] == case.text && field["values"][0] == case.text), "{}", page.path);
            }
        }
    }
}

#[test]
fn every_address_is_relative_or_leads_to_the_web_or_to_mail() {
    for case in CASES.iter() {
        for page in case.site.pages() {
            for element in page.elements() {
                for (name, value) in element.value().attrs().filter(|(name, _)| matches!(*name, "href" | "src" | "action" | "xlink:href")) {
                    let scheme = value.split_once(':').map(|(scheme, _)| scheme);
                    let is_page = scheme.is_none() && !value.starts_with('/') && !value.starts_with('\\');
                    assert!(
                        is_page || matches!(scheme, Some("http" | "https" | "mailto")),
                        "{} on {}: {name}={value:?}",
                        case.name,
                        page.path
                    );
                }
            }
        }
    }
}

#[test]
fn no_page_holds_a_character_that_steers() {
    for case in CASES.iter() {
        for path in case.site.paths().filter(|path| Path::new(path).extension().is_some_and(|end| end == "html" || end == "css")) {
            assert_calm(case.site.text(path), &format!("{} in {path}", case.name));
        }
    }
}

/// A text as it can be compared: case, spaces and backticks, which set words as code, do not count.
fn plain(text: &str) -> String {
    let shown: String = text.chars().filter(|c| *c != '`').map(|c| if steers(c) { '\u{fffd}' } else { c }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Every text of a table that is no Markdown, with the key under which it stands.
fn texts(shape: &Shape, json: &Json, key: &str, out: &mut Vec<(String, String)>) {
    match (shape, json) {
        (Shape::Text(TextStyle::Plain | TextStyle::Url | TextStyle::Email | TextStyle::Path), Json::String(text)) => {
            out.push((key.to_owned(), text.clone()));
        }
        (Shape::List(item), Json::Array(values)) => values.iter().for_each(|value| texts(item, value, key, out)),
        (Shape::Table(fields), Json::Object(table)) => {
            for field in fields {
                if let Some(value) = table.get(&field.name) {
                    texts(&field.shape, value, &format!("{key}.{}", field.name), out);
                }
            }
        }
        (Shape::Map { keys, value }, Json::Object(table)) => {
            for (name, json) in table {
                if keys.is_empty() {
                    out.push((format!("{key} (name)"), name.clone()));
                }
                texts(value, json, key, out);
            }
        }
        (Shape::AnyOf(_), json) if !matches!(shape.branch(json), Shape::AnyOf(_)) => texts(shape.branch(json), json, key, out),
        _ => {}
    }
}

fn missing(site: &Site, entity: &dyn AnyEntity) -> Vec<String> {
    let page = site.page(&format!("{}/{}.html", entity.kind().folder(), entity.id()));
    let shown = plain(&words(&page.one("main")));
    let mut all = Vec::new();
    texts(Shape::of(entity.kind()), &entity.json(), entity.kind().name(), &mut all);
    // Pages name stages by their names.
    let is_stage = |key: &str| key.starts_with("lifecycle.stage") && [".id", ".next", ".to"].iter().any(|end| key.ends_with(end));
    all.retain(|(key, _)| !is_stage(key));
    all.into_iter().filter(|(_, text)| !shown.contains(&plain(text))).map(|(key, _)| key).collect()
}

fn assert_literal(case: &Case) {
    let missing: BTreeSet<String> = case.project.stack.all().flat_map(|entity| missing(&case.site, entity)).collect();
    assert!(missing.is_empty(), "{}: {missing:#?}", case.name);
}

#[test]
fn every_text_of_every_entity_stands_on_its_page_as_it_was_written() {
    CASES.iter().for_each(assert_literal);
}

#[test]
fn a_word_of_ten_thousand_letters_stands_on_its_page_but_is_cut_in_pictures() {
    let folder = filled(&long_word(), 3);
    let project = open(folder.path());
    let site = Site::of(&project);
    for entity in project.stack.all() {
        assert_eq!(missing(&site, entity), Vec::<String>::new(), "{}", entity.address());
    }
    for page in site.pages() {
        for text in page.all("svg text") {
            assert!(words(&text).chars().count() < 200, "{}", page.path);
        }
        for picture in page.all("svg.diagram") {
            let width: f64 = picture.value().attr("width").unwrap().parse().unwrap();
            assert!(width < 5_000.0, "{}: {width}", page.path);
        }
    }
}

#[test]
fn a_picture_holds_only_what_pictures_are_made_of() {
    let allowed = [
        "a", "circle", "defs", "desc", "g", "line", "path", "polygon", "polyline", "rect", "svg", "symbol", "text", "title", "tspan", "use",
    ];
    for case in CASES.iter() {
        for page in case.site.pages() {
            for picture in page.all("svg") {
                for element in picture.descendants().skip(1).filter_map(ElementRef::wrap) {
                    let name = element.value().name();
                    assert!(allowed.contains(&name), "{} on {}: <{name}>", case.name, page.path);
                    let empty = matches!(name, "circle" | "line" | "path" | "polygon" | "polyline" | "rect" | "use");
                    assert!(!empty || element.children().next().is_none(), "{} on {}: content in <{name}>", case.name, page.path);
                }
            }
        }
    }
}

#[test]
fn the_longest_ids_name_pages_that_exist() {
    for kind in Kind::ALL {
        let id = crate::filled::id(*kind, 0);
        assert_eq!(id.len(), 63);
        assert!(CASES[0].site.paths().any(|path| path == format!("{}/{id}.html", kind.folder())));
    }
}
