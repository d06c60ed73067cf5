//! Markdown in descriptions, steps and files: what it becomes, and what it cannot become.

use scraper::ElementRef;

use crate::built::{Folder, Page, words};

/// The page of a runbook whose steps are this text.
fn page(text: &str) -> Page {
    let folder = Folder::stack("[runbook.r]\nname = \"R\"\nkind = \"other\"\nfile = \"r.md\"\n");
    folder.write("r.md", text);
    folder.site().page("runbooks/r.html")
}

/// The elements that a text becomes, without white space between them.
fn html(text: &str) -> String {
    let page = page(text);
    let whole = page.one("main .md").inner_html();
    whole.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[test]
fn paragraphs_emphasis_and_code_are_what_they_look_like() {
    assert_eq!(
        html("One *two* **three** ~~four~~ `<five>`\nsix  \nseven\n\neight"),
        "<p>One <em>two</em> <strong>three</strong> <del>four</del> <code>&lt;five&gt;</code>\nsix<br>\nseven</p>\n<p>eight</p>"
    );
}

#[test]
fn heads_begin_below_those_of_the_page_and_skip_no_level() {
    assert_eq!(html("# One\n## Two\n### Three\n#### Four"), "<h3>One</h3>\n<h3>Two</h3>\n<h3>Three</h3>\n<h4>Four</h4>");
    for text in ["# One\n\n##### Five", "###### Six", "#### Four\n\n# One"] {
        let levels: Vec<u32> = page(text)
            .all("main h1, main h2, .md h3, .md h4, .md h5, .md h6")
            .iter()
            .map(|head| head.value().name()[1..].parse().unwrap())
            .collect();
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{text:?}: {levels:?}");
    }
}

#[test]
fn lists_nest_and_keep_their_first_number() {
    assert_eq!(
        html("3. a\n   - b\n     - c\n4. d"),
        "<ol start=\"3\">\n<li>a\n<ul>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n</li>\n<li>d</li>\n</ol>"
    );
}

#[test]
fn tasks_say_in_words_whether_they_are_done() {
    let page = page("- [x] one\n- [ ] two\n  - [x] three\n- four\n");
    let state = |item: &ElementRef<'_>| (item.value().attr("class").unwrap_or("").to_owned(), words(item));
    let items: Vec<_> = page.all("main .md li").iter().map(state).collect();
    assert_eq!(items[0], ("task done".to_owned(), "done: one".to_owned()));
    assert_eq!(items[1], ("task".to_owned(), "to do: two done: three".to_owned()));
    assert_eq!(items[2], ("task done".to_owned(), "done: three".to_owned()));
    assert_eq!(items[3], (String::new(), "four".to_owned()));
    assert!(page.all("main .md input").is_empty());
}

#[test]
fn loose_tasks_are_tasks_too() {
    let page = page("- [x] one\n\n- [ ] two\n\n  more\n");
    let classes: Vec<_> = page.all("main .md li").iter().map(|item| item.value().attr("class").unwrap_or("none").to_owned()).collect();
    assert_eq!(classes, ["task done", "task"]);
}

#[test]
fn alerts_carry_their_word() {
    for (mark, class, word) in [
        ("NOTE", "markdown-alert-note", "Note"),
        ("TIP", "markdown-alert-tip", "Tip"),
        ("IMPORTANT", "markdown-alert-important", "Important"),
        ("WARNING", "markdown-alert-warning", "Warning"),
        ("CAUTION", "markdown-alert-caution", "Caution"),
    ] {
        assert_eq!(
            html(&format!("> [!{mark}]\n> text")),
            format!("<blockquote class=\"{class}\">\n<p class=\"markdown-alert-title\">{word}</p>\n<p>text</p>\n</blockquote>")
        );
    }
    assert_eq!(html("> just a quote"), "<blockquote>\n<p>just a quote</p>\n</blockquote>");
}

#[test]
fn tables_stand_in_a_named_region_that_the_keyboard_reaches() {
    let page = page("| a | b |\n|---|--:|\n| 1 | `2` |\n\n| c |\n|---|\n| 3 |\n");
    let regions: Vec<_> =
        page.all("main .md div.box[role=region][tabindex='0']").iter().filter_map(|region| region.value().attr("aria-label")).collect();
    assert_eq!(regions, ["Table in R", "Table 2 in R"]);
    assert_eq!(page.words("main .md table"), "ab 12");
    assert!(!page.elements().any(|element| element.value().attr("style").is_some()));
    assert_eq!(page.all("main .md thead th").len(), 3);
}

#[test]
fn code_blocks_show_their_text_and_nothing_else() {
    assert_eq!(html("```html\n<script>x</script> &amp;\n```"), "<pre><code>&lt;script&gt;x&lt;/script&gt; &amp;amp;\n</code></pre>");
}

#[test]
fn markup_is_shown_as_text() {
    let text = "<script>alert(1)</script>\n\n<b onclick=x>bold</b> and <br> <!-- c --> <svg/onload=x>\n\n<div>\n\n*a*\n\n</div>";
    let page = page(text);
    let shown = page.words("main .md");
    for literal in ["<script>alert(1)</script>", "<b onclick=x>bold</b>", "<br>", "<!-- c -->", "<svg/onload=x>", "<div>", "</div>"] {
        assert!(shown.contains(literal), "{literal}: {shown}");
    }
    assert_eq!(page.all("main .md em").len(), 1);
    assert!(page.all("main .md script, main .md b, main .md br, main .md svg, main .md div").is_empty());
}

#[test]
fn links_lead_to_the_web_and_to_mail_and_nowhere_else() {
    for href in ["https://example.com/a?b=c&d=e#f", "http://example.com", "mailto:ana@example.com"] {
        let page = page(&format!("[words]({href}) <{href}>"));
        let links = page.all("main .md a");
        assert_eq!(links.iter().map(|link| link.value().attr("href").unwrap()).collect::<Vec<_>>(), [href, href]);
        assert!(links.iter().all(|link| link.value().attr("rel") == Some("noopener noreferrer")));
    }
    for href in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript&colon;alert(1)",
        "<java\u{1}script:alert(1)>",
        "\u{1}javascript:alert(1)",
        "%6Aavascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>x</script>",
        "file:///etc/passwd",
        "ftp://example.com",
        "//example.com",
        "/absolute",
        "../tools/a.html",
        "tools/a.html",
        "#steps",
        "blob:https://example.com/x",
        "view-source:https://example.com",
        "tel:123",
    ] {
        let page = page(&format!("before [words]({href}) after"));
        let links: Vec<_> = page.all("main .md a").iter().filter_map(|link| link.value().attr("href").map(str::to_owned)).collect();
        assert!(links.is_empty(), "{href}: {links:?}");
        let shown = page.words("main .md");
        assert!(shown.starts_with("before ") && shown.contains("words") && shown.ends_with(" after"), "{href}: {shown}");
    }
}

#[test]
fn reference_links_and_titles_cannot_carry_scripts() {
    let page = page("[a][x] [b][y]\n\n[x]: javascript:alert(1)\n[y]: https://example.com \"title\\\" onclick=x\"\n");
    let hrefs: Vec<_> = page.all("main .md a[href]").iter().map(|link| link.value().attr("href").unwrap().to_owned()).collect();
    assert_eq!(hrefs, ["https://example.com"]);
    assert!(!page.elements().any(|element| element.value().attr("onclick").is_some()));
}

#[test]
fn a_picture_becomes_a_link_to_it_because_pages_load_nothing_from_elsewhere() {
    let page =
        page("See ![the *map* of it](https://example.com/a.png \"t\") here, ![](https://example.com/b.png) and ![evil](javascript:x).");
    assert!(page.all("main .md img").is_empty());
    let links: Vec<_> =
        page.all("main .md a[href]").iter().map(|link| (words(link), link.value().attr("href").unwrap().to_owned())).collect();
    assert_eq!(
        links,
        [
            ("the map of it".to_owned(), "https://example.com/a.png".to_owned()),
            ("picture".to_owned(), "https://example.com/b.png".to_owned())
        ]
    );
    assert_eq!(page.words("main .md"), "See the map of it here, picture and evil.");
}

#[test]
fn a_picture_inside_a_link_leaves_the_link() {
    let page = page("[![alt](https://example.com/a.png) more](https://example.com/page)");
    let links: Vec<_> =
        page.all("main .md a[href]").iter().map(|link| (words(link), link.value().attr("href").unwrap().to_owned())).collect();
    assert_eq!(links, [("alt more".to_owned(), "https://example.com/page".to_owned())]);
}

#[test]
fn steering_characters_in_markdown_become_visible() {
    let page = page("a\u{202e}b `c\u{9b}d` [e\u{2066}](https://example.com/\u{200f})\r\nf");
    assert_eq!(page.words("main .md"), "a\u{fffd}b c\u{fffd}d e\u{fffd} f");
}

#[test]
fn deep_nesting_neither_overflows_nor_takes_long() {
    for text in [
        ">".repeat(100_000),
        format!("{}x", "> ".repeat(50_000)),
        "- ".repeat(20_000),
        "[".repeat(100_000),
        "![".repeat(50_000),
        "*a ".repeat(50_000),
        "_*~~".repeat(20_000),
        "<".repeat(100_000),
        "`a``b```".repeat(10_000),
        "&#".repeat(100_000),
        format!("|{}\n|{}\n", "a|".repeat(5_000), "-|".repeat(5_000)),
        (0..900).flat_map(|depth| ["  ".repeat(depth), "- a\n".to_owned()]).collect(),
    ] {
        let head: String = text.chars().take(8).collect();
        let before = std::time::Instant::now();
        page(&text);
        assert!(before.elapsed().as_secs() < 10, "{head:?} took {:?}", before.elapsed());
    }
}

#[test]
fn descriptions_and_definitions_are_markdown_and_other_texts_are_not() {
    let folder = Folder::stack(
        "[object.lead]\nname = \"Lead\"\ndefinition = \"Somebody with\\n\\n- a name\\n- a <b>\"\ndescription = \"A *person*\"\n\
         [metric.m]\nname = \"M\"\ndefinition = \"a * b * c, `d`\"\nkind = \"executive\"\n\
         [tool.t]\nname = \"T *x*\"\ncategory = \"crm\"\npurpose = \"Sends *mail* <b>\"\n",
    );
    let site = folder.site();
    let object = site.page("objects/lead.html");
    assert_eq!(object.all("main .md li").len(), 2);
    assert!(object.words("main").contains("a <b>"));
    assert_eq!(object.words("main .md em"), "person");
    assert!(site.page("metrics/m.html").words("main").contains("A * b * c, d."));
    let tool = site.page("tools/t.html");
    assert_eq!(tool.words("h1"), "T *x*");
    assert_eq!(tool.words(".lead"), "Sends *mail* <b>.");
}
