//! Markdown of a stack as safe HTML: no raw markup, no scripts, headings below those of the page.

use std::{collections::HashSet, sync::OnceLock};

use ammonia::Builder;
use pulldown_cmark::{BlockQuoteKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html::push_html};

use crate::text::is_steering;

/// The longest text that is read as Markdown, in bytes; anything longer is shown as it is.
const MAX_TEXT: usize = 1 << 20;

/// How deep quotes, lists and the like may lie in each other; what lies deeper shows its text alone.
const MAX_DEPTH: usize = 32;
/// The word for a picture that has none.
const PICTURE: &str = "picture";

/// Renders Markdown of a section. The label names its tables, for those who hear the page.
pub(super) fn html(text: &str, label: &str) -> String {
    render(text, label, HeadingLevel::H3)
}

/// Renders Markdown that stands below the head of the page, and not in a section.
pub(super) fn body(text: &str, label: &str) -> String {
    render(text, label, HeadingLevel::H2)
}

fn render(text: &str, label: &str, top: HeadingLevel) -> String {
    let text: String = text.chars().map(|c| if is_steering(c) && c != '\r' { '\u{fffd}' } else { c }).collect();
    if text.len() > MAX_TEXT {
        return format!("<pre>{}</pre>", crate::text::html::escaped(&text));
    }
    let mut state = State { label, tables: 0, top, head: None, depth: 0, links: 0, picture: None };
    let mut events: Vec<Event<'_>> = Vec::new();
    for event in Parser::new_ext(&text, options()) {
        state.push(event, &mut events);
    }
    let mut out = String::with_capacity(text.len() * 3 / 2);
    push_html(&mut out, events.into_iter());
    sanitizer().clean(&out).to_string()
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM
}

/// Returns the words of a text that is one paragraph and nothing else; nothing for a text that needs its Markdown.
pub(super) fn paragraph(markdown: &str) -> Option<String> {
    let mut words = String::new();
    let mut paragraphs = 0;
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::Paragraph) => paragraphs += 1,
            Event::Text(text) => words.push_str(&text),
            // A sentence sets as code what stands between backticks.
            Event::Code(text) => words.extend(["`", &text, "`"]),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::End(TagEnd::Paragraph) => {}
            _ => return None,
        }
    }
    (paragraphs == 1).then_some(words)
}

struct State<'l> {
    label: &'l str,
    tables: usize,
    /// The level of the highest head.
    top: HeadingLevel,
    /// The level of the last head.
    head: Option<HeadingLevel>,
    /// How many elements are open.
    depth: usize,
    /// How many links are open.
    links: usize,
    /// How deep the open picture lies, and how many events there were before it.
    picture: Option<(usize, usize)>,
}

impl State<'_> {
    /// Turns one event into those that the page wants.
    fn push<'e>(&mut self, event: Event<'e>, out: &mut Vec<Event<'e>>) {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth <= MAX_DEPTH && self.picture.is_none() {
                    self.start(tag, out);
                }
            }
            Event::End(tag) => {
                if self.depth <= MAX_DEPTH && self.picture.is_none_or(|(depth, _)| depth == self.depth) {
                    self.end(tag, out);
                }
                self.depth -= 1;
            }
            // Markup is text: it stays visible and does nothing.
            Event::Html(markup) | Event::InlineHtml(markup) => out.push(Event::Text(markup)),
            Event::TaskListMarker(_) if self.depth > MAX_DEPTH => {}
            Event::TaskListMarker(done) => {
                let class = if done { "task done" } else { "task" };
                // The item is open already: its mark is replaced by one with a class.
                if let Some(item) = out.iter_mut().rev().find(|event| matches!(event, Event::Start(Tag::Item))) {
                    *item = markup(format!("<li class=\"{class}\">"));
                }
                let word = if done { "done: " } else { "to do: " };
                out.push(markup(format!("<span class=\"vh\">{word}</span>")));
            }
            event => out.push(event),
        }
    }

    fn start<'e>(&mut self, tag: Tag<'e>, out: &mut Vec<Event<'e>>) {
        match tag {
            Tag::Heading { level, .. } => {
                let level = self.lowered(level);
                out.push(Event::Start(Tag::Heading { level, id: None, classes: vec![], attrs: vec![] }));
            }
            Tag::Table(alignment) => {
                self.tables += 1;
                let number = if self.tables > 1 { format!(" {}", self.tables) } else { String::new() };
                let label = crate::text::html::escaped(&format!("Table{number} in {}", self.label));
                out.push(markup(format!("<div class=\"box\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">")));
                out.push(Event::Start(Tag::Table(alignment)));
            }
            Tag::BlockQuote(Some(kind)) => {
                out.push(Event::Start(Tag::BlockQuote(Some(kind))));
                out.push(markup(format!("<p class=\"markdown-alert-title\">{}</p>", alert(kind))));
            }
            // Pages load nothing from elsewhere: a picture becomes a link to it, unless it stands in a link.
            Tag::Image { dest_url, .. } => {
                if self.links == 0 {
                    out.push(Event::Start(Tag::Link {
                        link_type: LinkType::Inline,
                        dest_url,
                        title: CowStr::from(""),
                        id: CowStr::from(""),
                    }));
                }
                self.picture = Some((self.depth, out.len()));
            }
            tag => {
                self.links += usize::from(matches!(tag, Tag::Link { .. }));
                out.push(Event::Start(tag));
            }
        }
    }

    fn end(&mut self, tag: TagEnd, out: &mut Vec<Event<'_>>) {
        match tag {
            TagEnd::Heading(_) => out.push(Event::End(TagEnd::Heading(self.head.unwrap_or(self.top)))),
            TagEnd::Table => {
                out.push(Event::End(tag));
                out.push(markup("</div>".to_owned()));
            }
            TagEnd::Image => {
                if self.picture.take().is_some_and(|(_, before)| out.len() == before) {
                    out.push(Event::Text(CowStr::from(PICTURE)));
                }
                if self.links == 0 {
                    out.push(Event::End(TagEnd::Link));
                }
            }
            tag => {
                self.links -= usize::from(tag == TagEnd::Link);
                out.push(Event::End(tag));
            }
        }
    }

    /// Heads of a text begin at the highest level and go down one level at a time.
    fn lowered(&mut self, level: HeadingLevel) -> HeadingLevel {
        let next = self.head.map_or(self.top, |last| HeadingLevel::try_from(last as usize + 1).unwrap_or(last));
        let level = level.max(self.top).min(next);
        self.head = Some(level);
        level
    }
}

fn markup<'e>(html: String) -> Event<'e> {
    Event::Html(CowStr::from(html))
}

fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "Note",
        BlockQuoteKind::Tip => "Tip",
        BlockQuoteKind::Important => "Important",
        BlockQuoteKind::Warning => "Warning",
        BlockQuoteKind::Caution => "Caution",
    }
}

/// Lets through what Markdown makes and nothing else; links only to the web and to mail.
fn sanitizer() -> &'static Builder<'static> {
    static SANITIZER: OnceLock<Builder<'static>> = OnceLock::new();
    SANITIZER.get_or_init(|| {
        let mut builder = Builder::default();
        builder
            .tags(HashSet::from([
                "a",
                "blockquote",
                "br",
                "code",
                "del",
                "div",
                "em",
                "h2",
                "h3",
                "h4",
                "h5",
                "h6",
                "hr",
                "li",
                "ol",
                "p",
                "pre",
                "span",
                "strong",
                "table",
                "tbody",
                "td",
                "th",
                "thead",
                "tr",
                "ul",
            ]))
            .url_schemes(HashSet::from(["http", "https", "mailto"]))
            .url_relative(ammonia::UrlRelative::Deny)
            .link_rel(Some("noopener noreferrer"))
            .add_allowed_classes(
                "blockquote",
                &[
                    "markdown-alert-note",
                    "markdown-alert-tip",
                    "markdown-alert-important",
                    "markdown-alert-warning",
                    "markdown-alert-caution",
                ],
            )
            .add_allowed_classes("div", &["box"])
            .add_allowed_classes("p", &["markdown-alert-title"])
            .add_allowed_classes("li", &["task", "done"])
            .add_allowed_classes("span", &["vh"])
            .add_tag_attributes("div", &["role", "tabindex", "aria-label"])
            .add_tag_attributes("ol", &["start"]);
        builder
    })
}
