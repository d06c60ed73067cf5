//! `build --templates`: files of one's own in place of templates and assets.

use std::fs;

use super::{TOOL, build_with, place};
use crate::built::Folder;

fn own(files: &[(&str, &str)]) -> Folder {
    let folder = place(TOOL);
    for (name, text) in files {
        folder.write(&format!("own/{name}"), text);
    }
    folder
}

fn built(folder: &Folder, page: &str) -> String {
    build_with(folder, &["--templates", "own"], 0);
    folder.read(&format!("site/{page}"))
}

/// What is said of templates that stop a build, which then writes nothing.
fn refused(folder: &Folder) -> String {
    let (out, err) = build_with(folder, &["--templates", "own"], 2);
    assert!(out.is_empty() && !folder.has("site"), "{out}");
    err
}

#[test]
fn the_example_in_the_readme_changes_the_foot_of_every_page() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, rest) = readme.split_once("`own/partials/foot.html`").unwrap();
    let (_, rest) = rest.split_once("```html\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let folder = own(&[("partials/foot.html", example)]);
    for page in ["index.html", "tools/index.html"] {
        let html = built(&folder, page);
        assert!(html.contains("<footer class=\"foot\">") && html.contains("Ask in #marketing-operations"), "{html}");
        assert!(!html.contains("{{"), "{html}");
    }
}

#[test]
fn a_template_may_extend_the_one_that_it_replaces_and_escapes_what_the_stack_says() {
    let folder = own(&[
        (
            "base.html",
            "{% extends \"builtin/base.html\" %}{% block head %}<meta name=\"company\" content=\"{{ site.name }}\">{% endblock head %}",
        ),
        ("assets/site.css", "body { color: black }\n"),
    ]);
    folder.write("stack/name.toml", "[site]\ntitle = \"<b>\\\"Bold\\\"\"\n");
    folder.write("own/partials/crumbs.html", "<p class=\"mine\">{{ site.title }}</p>");
    let page = built(&folder, "index.html");
    assert!(page.contains("<meta name=\"company\" content=") && page.contains("<main id=\"main\""), "{page}");
    assert!(page.contains("<p class=\"mine\">&lt;b&gt;&quot;Bold&quot;</p>"), "{page}");
    assert_eq!(folder.read("site/assets/site.css"), "body { color: black }\n");
}

#[test]
fn a_name_that_replaces_nothing_stops_the_build_and_the_nearest_is_named() {
    let err = refused(&own(&[("partials/foots.html", "a")]));
    assert!(err.contains("replaces nothing") && err.contains("did you mean `partials/foot.html`?"), "{err}");
    assert!(refused(&own(&[("x", "a")])).contains("the names are `assets/"));
    assert!(refused(&own(&[("page.css", "a")])).contains("replaces nothing"));
    assert!(refused(&own(&[("starter/stack.toml", "a")])).contains("replaces nothing"));
    assert!(refused(&own(&[])).contains("there is no such folder"));
    assert!(refused(&own(&[(".hidden", "a")])).contains("it has no files"));
}

#[test]
fn a_template_that_is_wrong_stops_the_build_with_its_place() {
    let err = refused(&own(&[("partials/foot.html", "<footer>\n{{ site.name\n</footer>")]));
    assert!(err.contains("partials/foot.html:3:"), "{err}");
    let err = refused(&own(&[("partials/foot.html", "<footer>\n\n{{ site.nothing }}</footer>")]));
    assert!(err.contains("partials/foot.html:3:9") && err.contains("nothing"), "{err}");
    assert_eq!(err.matches("is not defined").count(), 1, "{err}");
    let err = refused(&own(&[("base.html", "{% extends \"base.html\" %}")]));
    assert!(err.contains("base.html"), "{err}");
    let folder = own(&[("partials/foot.html", "")]);
    folder.write("own/partials/foot.html", b"\xff");
    assert!(refused(&folder).contains("foot.html"));
}
