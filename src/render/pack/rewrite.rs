//! The HTML of a page inside of another document: ids get the page's name, links lead to where things are now.
//!
//! It reads what the templates write and nothing else: every `<` of it begins a tag, and values stand in double quotes.

use std::collections::{BTreeMap, HashSet};

/// Attributes that name ids of their own page.
const NAMING: [&str; 5] = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"];
/// Attributes that only a script reads, or that would name many regions alike.
const NEEDLESS: [&str; 6] = ["role=\"region\"", "data-sortable", "data-sort", "data-level", "data-family", "data-owner"];
/// Elements that are nothing on paper: a name, and a class that tells them.
const LEFT_OUT: [(&str, &str); 5] = [("script", ""), ("nav", "onpage"), ("p", "filter"), ("p", "tools"), ("p", "no-print")];

/// The pages of the document, by path, with the ids that each has.
pub(super) struct Pages<'p> {
    mains: BTreeMap<&'p str, &'p str>,
    ids: BTreeMap<&'p str, HashSet<&'p str>>,
}

/// A part of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'h> {
    Text(&'h str),
    /// From `<` to `>`.
    Tag(&'h str),
}

/// Returns what is inside of a page's main block.
pub(super) fn main(html: &str) -> Option<&str> {
    let start = html.find("<main ")?;
    let from = start + html.get(start..)?.find('>')? + 1;
    html.get(from..html.rfind("</main>")?)
}

/// The name of a page in the document, which no other page has, and which begins no name of another: `tools.hubspot`.
pub(super) fn name(url: &str) -> String {
    let path = url.trim_end_matches(".html");
    path.split_once('/').map_or_else(|| format!("page.{path}"), |(folder, id)| format!("{folder}.{id}"))
}

impl<'p> Pages<'p> {
    /// Takes over the main blocks of pages by path.
    pub(super) fn new(mains: BTreeMap<&'p str, &'p str>) -> Self {
        let ids = mains.iter().map(|(url, html)| (*url, ids(html))).collect();
        Self { mains, ids }
    }

    /// Returns the main block of a page as it stands in the document. Linear in its length.
    pub(super) fn rewritten(&self, url: &str) -> Option<String> {
        let html = self.mains.get(url)?;
        let mut out = String::with_capacity(html.len());
        // The element that is left out, and how many of its name are open inside of it.
        let mut skipped: Option<(&str, usize)> = None;
        for piece in pieces(html) {
            let Piece::Tag(tag) = piece else {
                if let (Piece::Text(text), None) = (piece, skipped) {
                    out.push_str(text);
                }
                continue;
            };
            let element = element(tag);
            if let Some((left_out, depth)) = skipped {
                if element == left_out {
                    let depth = if tag.starts_with("</") { depth.saturating_sub(1) } else { depth + 1 };
                    skipped = (depth > 0).then_some((left_out, depth));
                }
            } else if is_left_out(tag, element) {
                skipped = Some((element, 1));
            } else {
                self.tag(url, tag, &mut out);
            }
        }
        Some(out)
    }

    /// Writes a tag.
    fn tag(&self, url: &str, tag: &str, out: &mut String) {
        let is_region = tag.contains(" role=\"region\"");
        let end = if tag.ends_with("/>") { "/>" } else { ">" };
        let inner = tag.trim_end_matches(end);
        let mut words = attributes(inner);
        out.push_str(words.next().unwrap_or_default());
        for attribute in words {
            let (key, value) = attribute.split_once("=\"").map_or((attribute, None), |(key, rest)| (key, Some(rest.trim_end_matches('"'))));
            if NEEDLESS.iter().any(|needless| *needless == attribute || *needless == key) || is_region && key == "aria-label" {
                continue;
            }
            let value = match (key, value) {
                ("id", Some(id)) => Some(format!("{}.{id}", name(url))),
                ("href", Some(href)) => match self.led(url, href) {
                    Some(href) => Some(href),
                    // What the document does not hold is text.
                    None => continue,
                },
                (_, Some(value)) if NAMING.contains(&key) => {
                    Some(value.split(' ').map(|id| format!("{}.{id}", name(url))).collect::<Vec<_>>().join(" "))
                }
                (_, value) => value.map(|value| self.drawn(url, value)),
            };
            out.push(' ');
            out.push_str(key);
            if let Some(value) = value {
                out.push_str("=\"");
                out.push_str(&value);
                out.push('"');
            }
        }
        out.push_str(end);
    }

    /// Returns where a link of a page leads in the document; nothing if what it leads to is not there.
    fn led(&self, url: &str, href: &str) -> Option<String> {
        let is_outside =
            href.split_once(':').is_some_and(|(scheme, _)| scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)));
        if is_outside {
            return Some(href.to_owned());
        }
        let (path, fragment) = href.split_once('#').map_or((href, None), |(path, fragment)| (path, Some(fragment)));
        let path = if path.is_empty() { url.to_owned() } else { resolved(url, path) };
        let ids = self.ids.get(path.as_str())?;
        match fragment.filter(|fragment| !fragment.is_empty()) {
            Some(id) if ids.contains(id) => Some(format!("#{}.{id}", name(&path))),
            // The marks of the site, of which the document has a copy of its own.
            Some(id) if href.starts_with('#') && (id.starts_with("g-") || id.starts_with("m-")) => Some(href.to_owned()),
            _ => Some(format!("#{}", name(&path))),
        }
    }

    /// Returns a value in which what a drawing refers to has the page's name.
    fn drawn(&self, url: &str, value: &str) -> String {
        let Some(id) = value.strip_prefix("url(#").and_then(|rest| rest.strip_suffix(')')) else { return value.to_owned() };
        if self.ids.get(url).is_some_and(|ids| ids.contains(id)) { format!("url(#{}.{id})", name(url)) } else { value.to_owned() }
    }
}

/// The ids of a page that stay in the document.
fn ids(html: &str) -> HashSet<&str> {
    let of_tag = |piece| match piece {
        Piece::Tag(tag) => {
            attributes(tag.trim_end_matches(['/', '>'])).find_map(|attribute| attribute.strip_prefix("id=\"")?.strip_suffix('"'))
        }
        Piece::Text(_) => None,
    };
    pieces(html).filter_map(of_tag).collect()
}

fn is_left_out(tag: &str, element: &str) -> bool {
    let classes = || attributes(tag.trim_end_matches('>')).find_map(|attribute| attribute.strip_prefix("class=\"")?.strip_suffix('"'));
    let has = |class: &str| class.is_empty() || classes().is_some_and(|classes| classes.split(' ').any(|one| one == class));
    !tag.starts_with("</") && LEFT_OUT.iter().any(|(name, class)| *name == element && has(class))
}

/// The name of the element that a tag opens or closes.
fn element(tag: &str) -> &str {
    tag.trim_start_matches(['<', '/']).split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default()
}

/// A relative path as seen from the root.
fn resolved(url: &str, path: &str) -> String {
    let mut parts: Vec<&str> = url.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Cuts HTML into tags and what is between them.
fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = if rest.starts_with('<') { closing(rest) } else { rest.find('<') }.unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(if piece.starts_with('<') { Piece::Tag(piece) } else { Piece::Text(piece) })
    })
}

/// Where a tag ends: after the first `>` that is in no value.
fn closing(tag: &str) -> Option<usize> {
    let mut is_quoted = false;
    tag.char_indices().find_map(|(at, c)| {
        is_quoted ^= c == '"';
        (c == '>' && !is_quoted).then_some(at + 1)
    })
}

/// The words of a tag: its name, and its attributes with their values.
fn attributes(tag: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    tag.split(move |c: char| {
        is_quoted ^= c == '"';
        c.is_whitespace() && !is_quoted
    })
    .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Pages, main, name};

    fn rewritten(html: &str) -> String {
        let other = "<h2 id=\"facts\">Facts</h2>";
        Pages::new(BTreeMap::from([("tools/a.html", html), ("tools/b.html", other), ("index.html", "<p>Home</p>")]))
            .rewritten("tools/a.html")
            .unwrap()
    }

    #[test]
    fn the_main_block_of_a_page_is_what_is_inside_of_it() {
        assert_eq!(main("<body><main id=\"main\" tabindex=\"-1\"><p>a</p></main></body>"), Some("<p>a</p>"));
        assert_eq!(main("<p>a</p>"), None);
    }

    #[test]
    fn ids_and_what_names_them_get_the_name_of_the_page() {
        assert_eq!(
            rewritten("<h2 id=\"x\">X</h2><article aria-labelledby=\"x y\"><label for=\"x\">a</label><rect fill=\"url(#x)\"/>"),
            "<h2 id=\"tools.a.x\">X</h2><article aria-labelledby=\"tools.a.x tools.a.y\"><label for=\"tools.a.x\">a</label><rect fill=\"url(#tools.a.x)\"/>"
        );
        assert_eq!((name("index.html"), name("routing/a.html")), ("page.index".to_owned(), "routing.a".to_owned()));
    }

    #[test]
    fn links_lead_into_the_document_or_to_the_web_or_nowhere() {
        for (href, led) in [
            ("#x", " href=\"#tools.a.x\""),
            ("#gone", " href=\"#tools.a\""),
            ("#g-error", " href=\"#g-error\""),
            ("b.html", " href=\"#tools.b\""),
            ("b.html#facts", " href=\"#tools.b.facts\""),
            ("../tools/b.html#gone", " href=\"#tools.b\""),
            ("../index.html", " href=\"#page.index\""),
            ("../people/p.html", ""),
            ("https://example.com/a#b", " href=\"https://example.com/a#b\""),
            ("mailto:a@example.com", " href=\"mailto:a@example.com\""),
        ] {
            assert_eq!(rewritten(&format!("<a href=\"{href}\"><b id=\"x\">t</b></a>")), format!("<a{led}><b id=\"tools.a.x\">t</b></a>"));
        }
    }

    #[test]
    fn what_paper_cannot_do_is_left_out_and_values_may_hold_anything() {
        assert_eq!(
            rewritten(
                "a<script type=\"application/json\">{\"a\":\"&lt;\"}</script>b<p class=\"add no-print\">c<b>d</b></p>e<nav class=\"onpage\">f</nav>g"
            ),
            "abeg"
        );
        assert_eq!(
            rewritten("<div class=\"box\" role=\"region\" aria-label=\"All > some\" tabindex=\"0\"><i title=\"a > b id=\"></i></div>"),
            "<div class=\"box\" tabindex=\"0\"><i title=\"a > b id=\"></i></div>"
        );
    }
}
