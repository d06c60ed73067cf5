//! Markdown of a stack as safe HTML: no raw markup, no scripts, headings below those of the page.

use std::{collections::HashSet, sync::OnceLock};

use ammonia::Builder;
use pulldown_cmark::{BlockQuoteKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

use crate::text::is_steering;

/// The longest text that is read as Markdown, in bytes; anything longer is shown as it is.
const MAX_TEXT: usize = 1 << 20;

/// Renders Markdown. The label names its tables, for those who hear the page.
pub(super) fn html(text: &str, label: &str) -> String {
    let text: String = text.chars().map(|c| if is_steering(c) && c != '\r' { '\u{fffd}' } else { c }).collect();
    if text.len() > MAX_TEXT {
        return format!("<pre>{}</pre>", crate::text::html::escaped(&text));
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM;
    let mut state = State { label, tables: 0 };
    let mut events: Vec<Event<'_>> = Vec::new();
    for event in Parser::new_ext(&text, options) {
        state.push(event, &mut events);
    }
    let mut out = String::with_capacity(text.len() * 3 / 2);
    push_html(&mut out, events.into_iter());
    sanitizer().clean(&out).to_string()
}

/// Renders a single paragraph without its paragraph mark.
pub(super) fn text(markdown: &str) -> String {
    let plain: Vec<String> = Parser::new(markdown)
        .filter_map(|event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.to_string()),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => Some(" ".to_owned()),
            _ => None,
        })
        .collect();
    plain.concat().split_whitespace().collect::<Vec<_>>().join(" ")
}

struct State<'l> {
    label: &'l str,
    tables: usize,
}

impl State<'_> {
    /// Turns one event into those that the page wants.
    fn push<'e>(&mut self, event: Event<'e>, out: &mut Vec<Event<'e>>) {
        match event {
            // Markup is text: it stays visible and does nothing.
            Event::Html(markup) | Event::InlineHtml(markup) => out.push(Event::Text(markup)),
            Event::Start(Tag::Heading { level, .. }) => {
                out.push(Event::Start(Tag::Heading { level: lowered(level), id: None, classes: vec![], attrs: vec![] }));
            }
            Event::End(TagEnd::Heading(level)) => out.push(Event::End(TagEnd::Heading(lowered(level)))),
            Event::Start(Tag::Table(alignment)) => {
                self.tables += 1;
                let number = if self.tables > 1 { format!(" {}", self.tables) } else { String::new() };
                let label = crate::text::html::escaped(&format!("Table{number} in {}", self.label));
                out.push(markup(format!("<div class=\"box\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">")));
                out.push(Event::Start(Tag::Table(alignment)));
            }
            Event::End(TagEnd::Table) => {
                out.push(event);
                out.push(markup("</div>".to_owned()));
            }
            Event::Start(Tag::BlockQuote(Some(kind))) => {
                out.push(Event::Start(Tag::BlockQuote(Some(kind))));
                out.push(markup(format!("<p class=\"markdown-alert-title\">{}</p>", alert(kind))));
            }
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
}

fn markup<'e>(html: String) -> Event<'e> {
    Event::Html(CowStr::from(html))
}

/// Headings of a text begin below those of the page's sections.
fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 | HeadingLevel::H3 => HeadingLevel::H3,
        HeadingLevel::H4 => HeadingLevel::H4,
        HeadingLevel::H5 => HeadingLevel::H5,
        HeadingLevel::H6 => HeadingLevel::H6,
    }
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
