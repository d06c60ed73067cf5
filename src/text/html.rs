//! Text in HTML: escapes what is markup and takes the power from invisible characters.

use std::io::{self, Write};

use super::is_steering;

/// Writes text so that it is safe between tags and in quoted attributes.
///
/// `&`, `<`, `>`, `"` and `'` become references; characters that [`is_steering`] names become
/// U+FFFD. The signature is that of Tera's `set_escape_fn`.
///
/// # Errors
/// Those of the writer.
pub fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut rest = text;
    while let Some((at, c)) = rest.char_indices().find(|&(_, c)| replacement(c).is_some()) {
        let (clean, tail) = rest.split_at(at);
        out.write_all(clean.as_bytes())?;
        out.write_all(replacement(c).unwrap_or_default().as_bytes())?;
        rest = tail.split_at(c.len_utf8()).1;
    }
    out.write_all(rest.as_bytes())
}

/// Returns text as [`escape`] writes it.
pub fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match replacement(c) {
            Some(reference) => out.push_str(reference),
            None => out.push(c),
        }
        out
    })
}

fn replacement(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        _ if is_steering(c) => Some("\u{FFFD}"),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = vec![];
        escape(text, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn markup_becomes_text() {
        assert_eq!(written(r#"<a href="x" title='y'>&"#), "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
    }

    #[test]
    fn text_without_markup_is_unchanged() {
        assert_eq!(written("Müller – 東京 🚀\n\tend"), "Müller – 東京 🚀\n\tend");
        assert_eq!(written(""), "");
    }

    #[test]
    fn controls_but_line_feed_and_tab_are_replaced() {
        assert_eq!(written("a\u{0}b\u{1b}[31mc\r\n\u{7f}\u{85}\u{9b}d"), "a\u{FFFD}b\u{FFFD}[31mc\u{FFFD}\n\u{FFFD}\u{FFFD}\u{FFFD}d");
    }

    #[test]
    fn bidirectional_controls_are_replaced() {
        let all: String = ('\u{202A}'..='\u{202E}').chain('\u{2066}'..='\u{2069}').chain(['\u{200E}', '\u{200F}', '\u{061C}']).collect();
        assert_eq!(written(&all), "\u{FFFD}".repeat(12));
    }

    #[test]
    fn joiners_stay_because_scripts_and_emoji_need_them() {
        assert_eq!(written("👩\u{200D}💻 می\u{200C}خواهم"), "👩\u{200D}💻 می\u{200C}خواهم");
    }

    #[test]
    fn both_writers_agree() {
        for text in ["", "<", "é<é", "a\u{202E}b&", "&&", "🚀\u{7}"] {
            assert_eq!(written(text), escaped(text));
        }
    }
}
