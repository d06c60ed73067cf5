//! SVG writing, and the one place where text from a stack becomes markup.
//!
//! Every attribute and every text node passes [`escape`]. No `style` attribute and no `<style>` element is ever
//! written: the site's content security policy forbids them.

use super::{Caption, Picture};
use crate::text::is_steering;
use std::fmt::Write as _;

/// The writer of one picture.
#[derive(Debug, Default)]
pub(crate) struct Svg {
    out: String,
    open: Vec<&'static str>,
    /// The picture holds links, which `role="img"` would hide.
    linked: bool,
}

/// Attributes in the order in which they are written.
pub(crate) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Svg {
    /// Opens an element; [`Svg::close`] ends the one opened last.
    pub(crate) fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.out.push('>');
        self.open.push(name);
    }

    pub(crate) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            let _ = write!(self.out, "</{name}>");
        }
    }

    /// Writes an element without content.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.out.push_str("/>");
    }

    /// Writes an element that holds text.
    pub(crate) fn text(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) {
        self.open(name, attributes);
        escape(&mut self.out, text);
        self.close();
    }

    /// Opens a link if there is a target, else a group.
    pub(crate) fn open_link(&mut self, href: Option<&str>, attributes: Attributes<'_>) {
        match href {
            Some(href) => {
                self.linked = true;
                let mut all = vec![("href", href)];
                all.extend_from_slice(attributes);
                self.open("a", &all);
            }
            None => self.open("g", attributes),
        }
    }

    /// Puts what `later` wrote behind what is here.
    pub(crate) fn append(&mut self, later: &Self) {
        self.out.push_str(&later.out);
        self.linked |= later.linked;
    }

    /// Puts a finished element here, such as a swatch or a picture.
    pub(crate) fn finished(&mut self, element: &str) {
        self.out.push_str(element);
    }

    fn tag(&mut self, name: &str, attributes: Attributes<'_>) {
        let _ = write!(self.out, "<{name}");
        for (key, value) in attributes.iter().filter(|(_, v)| !v.is_empty()) {
            let _ = write!(self.out, " {key}=\"");
            escape(&mut self.out, value);
            self.out.push('"');
        }
    }

    /// The bare elements, for a swatch.
    pub(crate) fn into_fragment(self) -> String {
        self.out
    }

    /// Wraps what was written into an `<svg>` element with its caption.
    pub(crate) fn into_picture(mut self, caption: &Caption<'_>, width: f64, height: f64) -> Picture {
        while !self.open.is_empty() {
            self.close();
        }
        let (w, h) = (number(width), number(height));
        let prefix: String = caption.prefix.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect();
        let (title, desc) = (format!("{prefix}-title"), format!("{prefix}-desc"));
        let mut svg = Self::default();
        let role = if self.linked { "group" } else { "img" };
        svg.open(
            "svg",
            &[
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("class", "diagram"),
                ("viewBox", &format!("0 0 {w} {h}")),
                ("width", &w),
                ("height", &h),
                ("role", role),
                ("aria-labelledby", &format!("{title} {desc}")),
                ("font-family", "system-ui, Segoe UI, Roboto, Noto Sans, Liberation Sans, Arial, sans-serif"),
                ("font-size", "12.5"),
                ("fill", INK),
            ],
        );
        svg.text("title", &[("id", &title)], caption.title);
        svg.text("desc", &[("id", &desc)], caption.description);
        svg.empty("rect", &[("class", "d-paper"), ("width", &w), ("height", &h), ("fill", PAPER)]);
        svg.append(&self);
        svg.close();
        Picture { svg: svg.out, width: round(width), height: round(height), legend: Vec::new() }
    }
}

/// Colours for places that no stylesheet reaches: those of the light theme.
pub(crate) const INK: &str = "#1a1c1e";
/// Lines and second lines of text.
pub(crate) const INK_2: &str = "#54585d";
/// Borders.
pub(crate) const RULE_2: &str = "#85888a";
/// The ground of the picture.
pub(crate) const PAPER: &str = "#fff";
/// The ground of an area.
pub(crate) const WASH: &str = "#f6f6f3";
/// Broken lines and gaps.
pub(crate) const ERROR: &str = "#9e1c14";
/// What is not documented.
pub(crate) const INFO: &str = "#465a73";

fn round(v: f64) -> f64 {
    if v.is_finite() { (v * 10.0).round() / 10.0 + 0.0 } else { 0.0 }
}

/// Writes a coordinate with at most one decimal, never `-0`.
pub(crate) fn number(v: f64) -> String {
    let v = round(v);
    // Adding zero turns -0 into 0.
    format!("{}", v + 0.0)
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if is_steering(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::sample;

    #[test]
    fn numbers_have_one_decimal_and_no_negative_zero() {
        assert_eq!(number(-0.04), "0");
        assert_eq!(number(1.25), "1.3");
        assert_eq!(number(3.0), "3");
        assert_eq!(number(f64::NAN), "0");
    }

    #[test]
    fn markup_and_direction_controls_in_text_stay_text() {
        let mut svg = Svg::default();
        svg.text("text", &[("class", "\"><script>")], "</text><script>\u{202e}\u{0}'&");
        assert_eq!(
            svg.into_fragment(),
            "<text class=\"&quot;&gt;&lt;script&gt;\">&lt;/text&gt;&lt;script&gt;\u{fffd}\u{fffd}&#39;&amp;</text>"
        );
    }

    #[test]
    fn a_picture_with_links_is_a_group_and_names_its_caption() {
        let mut svg = Svg::default();
        svg.open_link(Some("tools/a.html"), &[]);
        let caption = Caption { prefix: "a b", title: "T", description: "D" };
        let picture = svg.into_picture(&caption, 10.0, 20.0);
        assert!(picture.svg.contains("role=\"group\" aria-labelledby=\"a-b-title a-b-desc\""));
        sample::assert_well_formed(&picture.svg);
    }
}
