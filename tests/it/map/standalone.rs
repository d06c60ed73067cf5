//! `graph --format svg`: a picture that stands alone.

use linchpin::model::AnyEntity;
use roxmltree::Document;

use super::svg;
use crate::{
    built::{Folder, linchpin, said},
    fixture::{checked_in, open},
};

/// What a viewer could be made to fetch, run or follow.
fn assert_stands_alone(svg: &str) {
    let document = Document::parse(svg).unwrap();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(
            !["a", "script", "image", "use", "foreignObject", "link"].contains(&node.tag_name().name()),
            "<{}>",
            node.tag_name().name()
        );
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && !["href", "style", "src"].contains(&name), "{name}=\"{value}\"");
        }
    }
    let style = document.descendants().find(|node| node.has_tag_name("style")).unwrap().text().unwrap();
    assert!(!style.contains("url(") && !style.contains("@import"));
    assert_eq!(svg.matches("http").count(), svg.matches("http://www.w3.org/2000/svg").count());
}

fn ids(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    document.descendants().filter_map(|node| node.attribute("data-box")).map(str::to_owned).collect()
}

#[test]
fn the_map_stands_alone_and_is_that_of_the_site() {
    let project = open(&checked_in("../stack.example"));
    let alone = svg(&project, None, 1);
    assert_stands_alone(&alone);
    let live: Vec<&str> = project.stack.tools.values().filter(|tool| tool.is_live()).map(|tool| tool.id.as_str()).collect();
    assert_eq!(ids(&alone), live);
    let document = Document::parse(&alone).unwrap();
    let words: Vec<&str> = document.descendants().filter(|node| node.has_tag_name("text")).filter_map(|node| node.text()).collect();
    assert!(words.contains(&"HubSpot") && words.contains(&"by hand"), "text and legend are text: {words:?}");
    assert!(alone.contains("prefers-color-scheme:dark") && alone.contains("<desc "));
    // Where things lie is what the page says, too.
    let page = crate::built::Site::of(&project).page("map.html");
    let place = |id: &str| {
        let border = page.one(&format!("#map [data-box=\"{id}\"] rect"));
        ["x", "y", "width", "height"].map(|name| border.value().attr(name).unwrap().to_owned())
    };
    for node in document.descendants().filter(|node| node.attribute("data-box").is_some()) {
        let border = node.children().find(|node| node.has_tag_name("rect")).unwrap();
        let own = ["x", "y", "width", "height"].map(|name| border.attribute(name).unwrap().to_owned());
        assert_eq!(own, place(node.attribute("data-box").unwrap()));
    }
}

#[test]
fn a_focus_shows_its_neighbours_and_depth_more_of_them() {
    let project = open(&checked_in("../stack.example"));
    let one = svg(&project, Some("tool.webflow"), 1);
    assert_stands_alone(&one);
    assert!(one.contains("d-subject"), "the neighbourhood of a tool has its subject");
    let (near, far) = (ids(&one), ids(&svg(&project, Some("tool.webflow"), 2)));
    assert!(near.contains(&"webflow".to_owned()) && near.len() < far.len(), "{near:?} {far:?}");
    assert!(near.iter().all(|id| far.contains(id)));
    assert_eq!(ids(&svg(&project, Some("tool.webflow"), 0)), ["webflow"]);
    let flow = project.stack.flows.values().next().unwrap();
    let along = ids(&svg(&project, Some(flow.address().as_str()), 0));
    assert!(flow.steps.iter().all(|step| along.contains(&step.tool.as_str().to_owned())));
}

#[test]
fn a_stack_without_tools_gives_a_document_that_says_so() {
    let folder = Folder::stack("");
    let (out, _) = said(&linchpin(folder.path(), &["graph", "--format", "svg"]));
    assert_stands_alone(&out);
    assert!(out.contains("no live tool is described"), "{out}");
}

#[test]
fn names_stay_text_in_the_document() {
    let folder = Folder::stack(
        "[tool.a]\nname = \"]]></text><script>alert(1)</script>\"\ncategory = \"crm\"\n\
         [tool.b]\nname = \"& \\u202E\"\ncategory = \"crm\"\n[integration.a-b]\nfrom = \"a\"\nto = \"b\"\nmethod = \"api\"\n",
    );
    let (out, _) = said(&linchpin(folder.path(), &["graph", "--format", "svg"]));
    assert_stands_alone(&out);
    assert!(!out.contains('\u{202e}') && out.contains("&lt;script&gt;"));
}
